#pragma once

#include <string_view>

namespace fakt {

/// What the build made of patterns/: the pattern sets, ready to be thawed, and the files themselves for `fakt check`
/// and for packs that come on top. Empty in the tool that makes it.
std::string_view builtin_image();

}  // namespace fakt
