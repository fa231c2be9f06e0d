#include "pattern/node_text.h"

#include <algorithm>

#include "text/fold.h"
#include "text/unicode.h"

namespace fakt {
namespace {

using Kind = Node::Kind;

constexpr std::size_t kListed = 4000;  ///< strings of a part that are looked at one by one

bool in_order(const Node::Ranges& ranges, bool word) {
  for (auto [low, high] : ranges) {
    if (high - low > 2000) return false;
    for (char32_t c = low; c <= high; ++c)
      if (is_word(c) != word) return false;
  }
  return true;
}

bool has_word(const Node& node) { return !in_order(node.ranges, false); }

bool list_repeat(const Node& node, Strings& out) {
  if (node.max < 0 || node.max > 8) return false;
  Strings child, now = {U""};
  if (!list_strings(node.children[0], child)) return false;
  for (int i = 0; i <= node.max; ++i) {
    if (i >= node.min) out.insert(now.begin(), now.end());
    if (out.size() > kListed) return false;
    Strings next;
    if (i < node.max && !product(now, child, next)) return false;
    now = std::move(next);
  }
  return true;
}

}  // namespace

std::uint32_t utf8_size(char32_t c) { return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4; }

Extent operator+(Extent a, Extent b) {
  return {std::min(a.bytes + b.bytes, kUnbounded), std::min(a.words + b.words, kUnbounded)};
}

Extent extent_of(const Node& node) {
  Extent out;
  switch (node.kind) {
    case Kind::empty:
    case Kind::assertion:
      return out;
    case Kind::literal: {
      bool in_word = false;
      for (char32_t c : node.literal) {
        out.bytes += utf8_size(c);
        out.words += is_word(c) && !in_word;
        in_word = is_word(c);
      }
      return out;
    }
    case Kind::char_class:
      return {utf8_size(node.ranges.back().second), has_word(node) ? 1u : 0u};
    case Kind::concat:
      for (const Node& child : node.children) {
        out = out + extent_of(child);
      }
      return out;
    case Kind::alternate:
      for (const Node& child : node.children) {
        Extent e = extent_of(child);
        out = {std::max(out.bytes, e.bytes), std::max(out.words, e.words)};
      }
      return out;
    case Kind::capture:
      return extent_of(node.children[0]);
    case Kind::repeat: {
      Extent e = extent_of(node.children[0]);
      auto times = [&](std::uint32_t n) {
        return node.max < 0 ? (n ? kUnbounded : 0)
                            : std::min<std::uint32_t>(kUnbounded, n * static_cast<std::uint32_t>(node.max));
      };
      bool one_word = node.children[0].kind == Kind::char_class && in_order(node.children[0].ranges, true);
      return {times(e.bytes), one_word ? 1 : times(e.words)};
    }
  }
  return out;
}

bool touches_word(const Node& node, bool at_begin) {
  switch (node.kind) {
    case Kind::empty:
    case Kind::assertion:
      return false;
    case Kind::literal:
      return is_word(at_begin ? node.literal.front() : node.literal.back());
    case Kind::char_class:
      return has_word(node);
    case Kind::alternate:
      return std::any_of(node.children.begin(), node.children.end(),
                         [&](const Node& n) { return touches_word(n, at_begin); });
    case Kind::capture:
    case Kind::repeat:
      return touches_word(node.children[0], at_begin);
    case Kind::concat:
      for (std::size_t i = 0; i < node.children.size(); ++i) {
        const Node& child = node.children[at_begin ? i : node.children.size() - 1 - i];
        if (touches_word(child, at_begin)) return true;
        if (!nullable(child)) return false;
      }
      return false;
  }
  return true;
}

bool product(const Strings& heads, const Strings& tails, Strings& out) {
  if (heads.size() * tails.size() > kListed) return false;
  for (const auto& head : heads)
    for (const auto& tail : tails) out.insert(head + tail);
  return true;
}

bool list_class(const Node& node, Strings& out) {
  for (auto [low, high] : node.ranges) {
    if (high - low > 40) return false;
    for (char32_t c = low; c <= high; ++c) out.insert(std::u32string(1, fold_char(c)));
  }
  return out.size() <= 14;
}

bool list_strings(const Node& node, Strings& out) {
  switch (node.kind) {
    case Kind::empty:
    case Kind::assertion:
      out.insert(U"");
      return true;
    case Kind::literal: {
      std::u32string text;
      for (char32_t c : node.literal) text += fold_char(c);
      out.insert(text);
      return true;
    }
    case Kind::char_class:
      return list_class(node, out);
    case Kind::capture:
      return list_strings(node.children[0], out);
    case Kind::repeat:
      return list_repeat(node, out);
    case Kind::alternate:
      for (const Node& child : node.children)
        if (!list_strings(child, out) || out.size() > kListed) return false;
      return true;
    case Kind::concat: {
      Strings all = {U""};
      for (const Node& child : node.children) {
        Strings part, next;
        if (!list_strings(child, part) || !product(all, part, next)) return false;
        all = std::move(next);
      }
      out.insert(all.begin(), all.end());
      return true;
    }
  }
  return false;
}

}  // namespace fakt
