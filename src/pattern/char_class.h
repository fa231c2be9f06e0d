#pragma once

#include <string>

#include "pattern/syntax.h"

namespace fakt {

constexpr char32_t kLastCharacter = 0x10FFFF;

/// Sorts ranges and joins those that touch.
void normalize(Node::Ranges& ranges);

/// All characters that are in none of the ranges.
Node::Ranges complement(Node::Ranges ranges);

/// Both cases of every letter below U+0530; beyond, scripts with case are not what patterns are written in.
void add_other_case(Node::Ranges& ranges);

/// A class of these characters; `source`: as it is written for RE2, where that is kept.
Node make_class(Node::Ranges ranges, std::string source = {});
Node make_literal(char32_t c);

}  // namespace fakt
