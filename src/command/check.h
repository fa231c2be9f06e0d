#pragma once

#include <string>
#include <vector>

#include "app.h"
#include "cli.h"
#include "extract/extractor.h"

namespace fakt {

/// `fakt check`: compiles pattern files and runs their examples; with --text shows what is found in a text and why.
int run_check(const Options& options, Streams streams);

/// What running examples came to. A failure is "FILE:LINE: what was expected and what was found".
struct ExampleReport {
  std::size_t examples = 0, gaps = 0;
  std::vector<std::string> failures;
};

/// Runs every example of the sets, with the whole engine; `own_only` leaves out those of the built-in files.
///
/// A `yes` holds if the mentions of the type in the text are exactly those in brackets, each with the keys that stand
/// on the right side, and at least one is credited to the pattern (unless that only gives evidence). A `no` without
/// brackets holds if no mention of the type is found; with brackets, if none overlaps them. A `todo` fails once it
/// would hold as a `yes`.
ExampleReport run_examples(const PatternSets& sets, bool own_only);

}  // namespace fakt
