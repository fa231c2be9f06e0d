#pragma once

#include "app.h"
#include "cli.h"

namespace fakt {

/// `fakt patterns`: what is loaded.
int run_patterns(const Options& options, Streams streams);

}  // namespace fakt
