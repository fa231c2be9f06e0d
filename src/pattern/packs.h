#pragma once

#include <string>
#include <vector>

#include "pattern/pattern_set.h"

namespace fakt {

/// The pattern files that are built into the binary, without their examples' cost: texts as they stand in patterns/.
const std::vector<PatternSource>& builtin_patterns();

/// The built-in files, and on top of them those of `paths` (files or folders): one with the same path within its
/// folder replaces ours, any other adds. A file outside a folder named common, names or by a language counts for all
/// languages. Throws Error for a path that cannot be read.
std::vector<PatternSource> pattern_sources(const std::vector<std::string>& paths, bool with_builtin);

}  // namespace fakt
