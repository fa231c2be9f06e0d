#include "pattern/word_filter.h"

#include <algorithm>

#include "text/unicode.h"

namespace fakt {
namespace {

using Kind = Node::Kind;
using Heads = std::set<std::string>;

constexpr std::size_t kHead = 3;
constexpr char32_t kMany = 64;  ///< a class of more characters counts as any

/// What can stand at a place: heads of words, symbols, and whether the place may be the end of the regex.
struct Starts {
  WordHeads heads;
  bool space = false;  ///< a space, or nothing: no word begins here
};

void join(Starts& into, const Starts& from) {
  into.heads.words.insert(from.heads.words.begin(), from.heads.words.end());
  into.heads.symbols.insert(from.heads.symbols.begin(), from.heads.symbols.end());
  into.heads.any_symbol |= from.heads.any_symbol;
  into.space |= from.space;
}

/// The heads of `first` followed by what `rest` can begin with. `first` is not complete: shorter than a head, no end.
void append(const std::string& first, const Starts& rest, Starts& out) {
  for (const auto& next : rest.heads.words) out.heads.words.insert((first + next).substr(0, kHead));
  if (rest.space || !rest.heads.symbols.empty() || rest.heads.any_symbol)
    out.heads.words.insert((first + WordHeads::kEnd).substr(0, kHead));
}

std::string folded(char32_t c) {
  std::string out;
  append_utf8(out, c);
  for (char& b : out) b = fold_byte(b);
  return out;
}

/// A character, then `rest`.
void prepend(char32_t c, const Starts& rest, Starts& out) {
  if (!is_word(c)) {
    if (is_space(c))
      out.space = true;
    else
      out.heads.symbols.insert(c);
    return;
  }
  std::string first = folded(c);
  if (first.size() >= kHead)
    out.heads.words.insert(first.substr(0, kHead));
  else
    append(first, rest, out);
}

Starts prepend_class(const Node& node, const Starts& rest) {
  Starts out;
  bool words = false, others = false;
  std::size_t size = 0;
  for (auto [low, high] : node.ranges) size += high - low + 1u;
  for (auto [low, high] : node.ranges) {
    if (size <= kMany) {
      for (char32_t c = low; c <= high; ++c) prepend(c, rest, out);
      continue;
    }
    for (char32_t c = low; c <= std::min<char32_t>(high, low + 0x500); ++c) (is_word(c) ? words : others) = true;
    words |= high - low > 0x500;
    others |= high - low > 0x500;
  }
  if (size <= kMany) return out;
  if (others) out.heads.any_symbol = out.space = true;
  if (!words) return out;
  bool letters_only = node.ranges.back().second < 0x250 && !others;
  if (!letters_only) {
    out.heads.words.insert(std::string(1, WordHeads::kAny));
    return out;
  }
  for (auto [low, high] : node.ranges)  // letters of Latin scripts: by their first byte, then anything
    for (char32_t c = low; c <= high; ++c) out.heads.words.insert(folded(c).substr(0, 1) + WordHeads::kAny);
  return out;
}

/// Gathers, besides what a place can begin with, the heads of all words that can begin behind it.
class Walker {
 public:
  /// What the node, followed by `rest`, can begin with. `fresh`: a word may begin at the node, since what stands before
  /// it can be no letter.
  Starts walk(const Node& node, const Starts& rest, bool fresh) {
    Starts out = walk_inside(node, rest, fresh);
    if (fresh) join(all, out);
    return out;
  }
  Starts all;

 private:
  Starts walk_inside(const Node& node, const Starts& rest, bool fresh) {
    Starts out;
    switch (node.kind) {
      case Kind::empty:
      case Kind::assertion:
        return rest;
      case Kind::char_class:
        return prepend_class(node, rest);
      case Kind::capture:
        return walk(node.children[0], rest, fresh);
      case Kind::alternate:
        for (const Node& child : node.children) join(out, walk(child, rest, fresh));
        return out;
      case Kind::literal:
        return walk_literal(node.literal, rest);
      case Kind::concat:
        out = rest;
        for (std::size_t i = node.children.size(); i-- > 0;)
          out = walk(node.children[i], out, i == 0 ? fresh : gap_before(node, i, fresh));
        return out;
      case Kind::repeat:
        return walk_repeat(node, rest, fresh);
    }
    return out;
  }

  Starts walk_literal(const std::u32string& text, const Starts& rest) {
    Starts out;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (i > 0 && (is_word(text[i - 1]) || !is_word(text[i]))) continue;
      Starts here;
      if (!is_word(text[i])) {
        prepend(text[i], rest, here);
      } else {
        std::string head;
        std::size_t k = i;
        for (; k < text.size() && is_word(text[k]) && head.size() < kHead; ++k) head += folded(text[k]);
        if (head.size() >= kHead)
          here.heads.words.insert(head.substr(0, kHead));
        else if (k < text.size())
          here.heads.words.insert(head + WordHeads::kEnd);
        else
          append(head, rest, here);
      }
      if (i == 0) out = here;
      if (i > 0) join(all, here);
    }
    return out;
  }

  /// A loop's second round may follow on its first; two rounds settle what three bytes can be.
  Starts walk_repeat(const Node& node, const Starts& rest, bool fresh) {
    const Node& child = node.children[0];
    bool again = node.max < 0 || node.max > 1;
    Starts out = rest;
    if (again) {
      bool gap = fresh || ends_without_word(child);
      for (int i = 0; i < 3; ++i) {
        Starts round = walk(child, out, gap);
        join(round, rest);
        out = std::move(round);
      }
    }
    Starts first = walk(child, out, fresh);
    if (node.min == 0) join(first, rest);
    return first;
  }

  static bool gap_before(const Node& concat, std::size_t i, bool fresh) {
    while (i-- > 0) {
      if (ends_without_word(concat.children[i])) return true;
      if (!can_vanish(concat.children[i])) return false;
    }
    return fresh;
  }

  static bool can_vanish(const Node& node) {
    switch (node.kind) {
      case Kind::empty:
      case Kind::assertion:
        return true;
      case Kind::literal:
      case Kind::char_class:
        return false;
      case Kind::concat:
        return std::all_of(node.children.begin(), node.children.end(), can_vanish);
      case Kind::alternate:
        return std::any_of(node.children.begin(), node.children.end(), can_vanish);
      case Kind::repeat:
        return node.min == 0 || can_vanish(node.children[0]);
      case Kind::capture:
        return can_vanish(node.children[0]);
    }
    return true;
  }

  /// Whether the last character of a match can be something else than a letter or digit.
  static bool ends_without_word(const Node& node) {
    switch (node.kind) {
      case Kind::empty:
      case Kind::assertion:
        return false;
      case Kind::literal:
        return !is_word(node.literal.back());
      case Kind::char_class: {
        for (auto [low, high] : node.ranges) {
          if (high - low > 0x500) return true;
          for (char32_t c = low; c <= high; ++c)
            if (!is_word(c)) return true;
        }
        return false;
      }
      case Kind::alternate:
        return std::any_of(node.children.begin(), node.children.end(), ends_without_word);
      case Kind::capture:
      case Kind::repeat:
        return ends_without_word(node.children[0]);
      case Kind::concat:
        for (std::size_t i = node.children.size(); i-- > 0;) {
          if (ends_without_word(node.children[i])) return true;
          if (!can_vanish(node.children[i])) return false;
        }
        return false;
    }
    return true;
  }
};

}  // namespace

WordHeads heads_at_start(const Node& pattern) {
  Starts end;
  end.space = true;
  return Walker().walk(pattern, end, true).heads;
}

WordHeads heads_of_words(const Node& pattern) {
  Starts end;
  end.space = true;
  Walker walker;
  walker.walk(pattern, end, true);
  return walker.all.heads;
}

void WordFilter::add(const WordHeads& heads) {
  auto at = [](const std::string& head, std::size_t i) {
    return i < head.size() && head[i] != WordHeads::kEnd ? byte(head[i]) : 0u;
  };
  for (const auto& head : heads.words) {
    std::size_t any = head.find(WordHeads::kAny);
    if (any == 0)
      one_.set();
    else if (any == 1)
      one_.set(byte(head[0]));
    else if (any == 2)
      two_.set(slot<kTwo>(at(head, 0) | at(head, 1) << 8));
    else
      three_.set(slot<kThree>(at(head, 0) | at(head, 1) << 8 | at(head, 2) << 16));
  }
  for (char32_t symbol : heads.symbols) symbols_.set(slot<kSymbols>(symbol));
  any_symbol_ |= heads.any_symbol;
}

void WordFilter::add(const WordFilter& other) {
  one_ |= other.one_, two_ |= other.two_, three_ |= other.three_, symbols_ |= other.symbols_;
  any_symbol_ |= other.any_symbol_;
}

}  // namespace fakt
