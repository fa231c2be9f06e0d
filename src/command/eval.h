#pragma once

#include "app.h"
#include "cli.h"

namespace fakt {

/// `fakt eval GOLD [PATH...]`: precision, recall and F1 of what is extracted from the documents against gold records.
int run_eval(const Options& options, Streams streams);

}  // namespace fakt
