#pragma once

#include <string>
#include <vector>

#include "pattern/pattern_sets.h"

namespace fakt {

/// The built-in files, and on top of them those of `paths` (files or folders): one with the same path within its
/// folder replaces ours, any other adds. A file outside a folder named common, names or by a language counts for all
/// languages. Throws Error for a path that cannot be read.
std::vector<PatternSource> pattern_sources(const std::vector<std::string>& paths, bool with_builtin);

/// The sets of all languages in the sources, which takes a second or two for the built-in ones. Throws Error with every
/// mistake in them.
PatternSets load_sets(const std::vector<PatternSource>& sources);

/// The sets of the built-in files.
PatternSets builtin_pattern_sets();

/// The sets of the built-in files and those of `paths`, as load_sets makes them. What is built in is taken as it is,
/// unless these files replace or alter it; patterns have their examples only if they are of these files. Throws Error.
PatternSets load_on_builtin(const std::vector<std::string>& paths);

/// The image that builtin() of the next build stage is: the sets of a pattern folder, and its files. Throws Error.
std::string freeze_patterns(const std::string& folder);

}  // namespace fakt
