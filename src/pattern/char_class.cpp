#include "pattern/char_class.h"

#include <algorithm>

#include "text/unicode.h"

namespace fakt {

using Ranges = Node::Ranges;

void normalize(Ranges& ranges) {
  std::sort(ranges.begin(), ranges.end());
  Ranges merged;
  for (auto [low, high] : ranges) {
    if (!merged.empty() && low <= merged.back().second + 1)
      merged.back().second = std::max(merged.back().second, high);
    else
      merged.emplace_back(low, high);
  }
  ranges = std::move(merged);
}

Ranges complement(Ranges ranges) {
  normalize(ranges);
  Ranges out;
  char32_t next = 0;
  for (auto [low, high] : ranges) {
    if (low > next) out.emplace_back(next, low - 1);
    next = high + 1;
  }
  if (next <= kLastCharacter) out.emplace_back(next, kLastCharacter);
  return out;
}

void add_other_case(Ranges& ranges) {
  Ranges more;
  for (auto [low, high] : ranges) {
    for (char32_t c = low; c <= std::min<char32_t>(high, 0x52F); ++c) {
      if (char32_t l = to_lower(c); l != c) more.emplace_back(l, l);
      if (char32_t u = to_upper(c); u != c) more.emplace_back(u, u);
    }
  }
  ranges.insert(ranges.end(), more.begin(), more.end());
  normalize(ranges);
}

Node make_class(Ranges ranges, std::string source) {
  Node node;
  node.kind = Node::Kind::char_class;
  normalize(ranges);
  node.ranges = std::move(ranges);
  node.source = std::move(source);
  return node;
}

Node make_literal(char32_t c) {
  Node node;
  node.kind = Node::Kind::literal;
  node.literal = c;
  return node;
}

}  // namespace fakt
