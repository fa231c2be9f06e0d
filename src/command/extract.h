#pragma once

#include "app.h"
#include "cli.h"
#include "input/source.h"

namespace fakt {

/// `fakt [PATH...]`: reads, extracts and prints. Output is in the order of the input, the same bytes for every number
/// of threads; memory does not grow with the input.
int run_extract(const Options& options, Streams streams);

/// What to read, as the options say.
InputOptions input_options(const Options& options, int stdin_fd);

}  // namespace fakt
