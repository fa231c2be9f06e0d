#pragma once

#include "pattern/pattern_sets.h"
#include "pattern/relative.h"

namespace fakt {

/// A file of patterns/.
struct BuiltInFile {
  Text path;     ///< see PatternSource
  Text display;  ///< "patterns/de/money.toml"
  Text text;
};

/// What the build made of patterns/: the pattern sets, each with its head, and the files themselves for `fakt check`
/// and for packs that come on top.
struct BuiltIn {
  Array<LanguageHead> languages;
  Array<Ref<const PatternSet>> sets;
  Array<BuiltInFile> files;
};

/// It is part of the program; nothing in it in the tool that makes it.
const BuiltIn& builtin();

/// The image that it is.
std::string_view builtin_image();

/// The same as an image: see ImageWriter.
std::string freeze(const BuiltIn& builtin);

}  // namespace fakt
