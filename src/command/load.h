#pragma once

#include "cli.h"
#include "extract/extractor.h"

namespace fakt {

/// The pattern sets that the options ask for: built-in files and the user's. Throws Error with every mistake in them.
PatternSets load_patterns(const Options& options);

/// The same from the files themselves, which takes a second or two, with the examples and the triggers of all patterns:
/// what is built in comes without.
PatternSets load_pattern_files(const Options& options);

/// What to extract. Throws Error for an unknown type, language or date, naming the nearest.
ExtractOptions extract_options(const Options& options, const PatternSets& sets);

}  // namespace fakt
