#pragma once

#include <string>
#include <vector>

#include "pattern/pattern_sets.h"

namespace fakt {

/// The built-in files, and on top of them those of `paths` (files or folders): one with the same path within its
/// folder replaces ours, any other adds. A file outside a folder named common, names or by a language counts for all
/// languages. Throws Error for a path that cannot be read.
std::vector<PatternSource> pattern_sources(const std::vector<std::string>& paths, bool with_builtin);

/// The sets of all languages in the sources. Throws Error with every mistake in them.
PatternSets load_sets(const std::vector<PatternSource>& sources);

/// The sets of the built-in files.
PatternSets builtin_pattern_sets();

/// The image that builtin() of the next build stage is: the sets of a pattern folder, and its files. Throws Error.
std::string freeze_patterns(const std::string& folder);

}  // namespace fakt
