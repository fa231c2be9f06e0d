#pragma once

#include <cstdint>
#include <set>
#include <string>

#include "pattern/syntax.h"

namespace fakt {

constexpr std::uint32_t kUnbounded = 1u << 20;  ///< of bytes or words: no bound

/// The longest stretch of text that a node matches.
struct Extent {
  std::uint32_t bytes = 0;
  std::uint32_t words = 0;  ///< words that can begin in it
};
Extent operator+(Extent a, Extent b);
Extent extent_of(const Node& node);

/// Whether a match of the node can begin (end) with a letter or digit.
bool touches_word(const Node& node, bool at_begin);

/// The strings of a node as the scan of a text sees them: letters of Latin-1 small, digits as 0. False when there are
/// too many or no end of them.
using Strings = std::set<std::u32string>;
bool list_strings(const Node& node, Strings& out);
/// The same for a class of characters.
bool list_class(const Node& node, Strings& out);
/// Each head with each tail. False when there are too many.
bool product(const Strings& heads, const Strings& tails, Strings& out);

/// Bytes of the character in UTF-8.
std::uint32_t utf8_size(char32_t c);

}  // namespace fakt
