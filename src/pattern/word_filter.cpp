#include "pattern/word_filter.h"

#include <algorithm>
#include <compare>
#include <string>
#include <vector>

#include "text/unicode.h"

namespace fakt {
namespace {

using Kind = Node::Kind;

constexpr std::uint32_t kHead = 3;
constexpr char32_t kMany = 12;  ///< of a word that begins with a larger class two bytes are known

/// Up to three bytes of a word, and how many of them are known; all three are when the word ends before
/// (zeros).
struct Head {
  std::uint32_t bytes = 0, known = 0;
  WordFilter::Next next = WordFilter::Next::any;  ///< of the byte behind those known, where there are fewer than three
  bool outside = false;                           ///< nothing: what follows belongs to another part
  auto operator<=>(const Head&) const = default;

  /// This head, not complete, followed by `rest`.
  Head operator+(Head rest) const {
    Head out{(bytes | rest.bytes << 8 * known) & 0xFFFFFF, known + rest.known, rest.next, false};
    return out.first(kHead);
  }
  /// Its first bytes.
  Head first(std::uint32_t count) const {
    if (known <= count) return *this;
    auto byte = bytes >> 8 * count & 0xFF;
    bool upper = byte >= 'A' && byte <= 'Z';
    return {bytes & ((1u << 8 * count) - 1), count, upper ? WordFilter::Next::upper : WordFilter::Next::other, false};
  }
};

constexpr Head kAnyWord{0, 0, WordFilter::Next::any, false};
constexpr Head kOutside{0, 0, WordFilter::Next::any, true};

/// What can stand at a place: heads of words, symbols, a space or the end.
struct Starts {
  std::vector<Head> words;
  std::vector<char32_t> symbols;
  bool any_symbol = false;
  bool space = false;  ///< a space, or nothing: no word begins here

  bool no_word() const { return space || any_symbol || !symbols.empty(); }

  void join(const Starts& from) {
    words.insert(words.end(), from.words.begin(), from.words.end());
    symbols.insert(symbols.end(), from.symbols.begin(), from.symbols.end());
    any_symbol |= from.any_symbol;
    space |= from.space;
  }

  /// Each head once, and none beside a head that says that anything goes.
  void tidy() {
    auto unique = [](auto& list) {
      auto out_of_order = [](const auto& a, const auto& b) { return !(a < b); };
      if (std::adjacent_find(list.begin(), list.end(), out_of_order) == list.end()) return;
      std::sort(list.begin(), list.end());
      list.erase(std::unique(list.begin(), list.end()), list.end());
    };
    if (std::find(words.begin(), words.end(), kAnyWord) != words.end()) words = {kAnyWord};
    unique(words);
    unique(symbols);
  }
};

Head head_of(char32_t c) {
  std::string utf8;
  append_utf8(utf8, c);
  Head out;
  for (char b : utf8.substr(0, kHead)) {
    out.bytes |= std::uint32_t{static_cast<unsigned char>(b)} << 8 * out.known;
    ++out.known;
  }
  return out;
}

/// The heads of `first` followed by what `rest` can begin with. REQUIRES: fewer than three bytes are known.
void append(Head first, const Starts& rest, Starts& out) {
  for (Head next : rest.words) out.words.push_back(first + next);
  if (rest.no_word()) out.words.push_back({first.bytes, kHead, {}, false});
}

/// A character, then `rest`.
void prepend(char32_t c, const Starts& rest, Starts& out) {
  if (!is_word(c)) {
    if (is_space(c))
      out.space = true;
    else
      out.symbols.push_back(c);
    return;
  }
  Head first = head_of(c);
  if (first.known == kHead)
    out.words.push_back(first);
  else
    append(first, rest, out);
}

Starts prepend_class(const Node& node, const Starts& rest) {
  Starts out;
  bool words = false, others = false;
  std::size_t size = 0;
  for (auto [low, high] : node.ranges) size += high - low + 1u;
  bool few = size <= kMany;
  for (auto [low, high] : node.ranges) {
    if (few) {
      for (char32_t c = low; c <= high; ++c) prepend(c, rest, out);
      continue;
    }
    for (char32_t c = low; c <= std::min<char32_t>(high, low + 0x500); ++c) (is_word(c) ? words : others) = true;
    words |= high - low > 0x500;
    others |= high - low > 0x500;
  }
  if (others) out.any_symbol = out.space = true;
  if (words && (others || node.ranges.back().second >= 0x250)) out.words.push_back(kAnyWord);
  if (!words || !out.words.empty()) return out;
  Starts next = rest;  // of letters of Latin scripts
  for (Head& head : next.words) head = head.first(1);
  next.tidy();
  for (auto [low, high] : node.ranges)
    for (char32_t c = low; c <= high; ++c) prepend(c, next, out);
  for (Head& head : out.words) head = head.first(2);
  out.tidy();
  return out;
}

/// Characters that each match of the node has at least, as far as heads are concerned.
std::uint32_t least_size(const Node& node) {
  std::uint32_t size = 0;
  switch (node.kind) {
    case Kind::empty:
    case Kind::assertion:
      return 0;
    case Kind::char_class:
      return 1;
    case Kind::literal:
      return std::min(kHead, static_cast<std::uint32_t>(node.literal.size()));
    case Kind::capture:
      return least_size(node.children[0]);
    case Kind::repeat:
      return node.min > 0 ? least_size(node.children[0]) : 0;
    case Kind::concat:
      for (std::size_t i = 0; i < node.children.size() && size < kHead; ++i) size += least_size(node.children[i]);
      return std::min(kHead, size);
    case Kind::alternate:
      size = kHead;
      for (std::size_t i = 0; i < node.children.size() && size > 0; ++i)
        size = std::min(size, least_size(node.children[i]));
      return size;
  }
  return size;
}

/// Finds what a place can begin with, and if told to the heads of all words that can begin behind it.
class Walker {
 public:
  enum class Find { starts, all_words };
  explicit Walker(Find find) : find_(find) {}

  /// What the node, followed by `rest`, can begin with. `fresh`: a word may begin at the node, since what stands before
  /// it can be no letter.
  Starts walk(const Node& node, const Starts& rest, bool fresh) {
    Starts out = walk_inside(node, rest, fresh);
    out.tidy();
    if (fresh && find_ == Find::all_words) add(body, out);
    return out;
  }

  static void add(WordFilter& filter, const Starts& starts) {
    for (Head head : starts.words)
      if (!head.outside) filter.add_word(head.bytes, head.known, head.next);
    for (char32_t symbol : starts.symbols) filter.add_symbol(symbol);
    if (starts.any_symbol) filter.add_any_symbol();
  }

  WordFilter body;  ///< every head of a word that was seen

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
        for (const Node& child : node.children) out.join(walk(child, rest, fresh));
        return out;
      case Kind::literal:
        return walk_literal(node.literal, rest);
      case Kind::concat:
        out = rest;
        for (std::size_t i = used_children(node, out); i-- > 0;)
          out = walk(node.children[i], out, i == 0 ? fresh : gap_before(node, i, fresh));
        return out;
      case Kind::repeat:
        return walk_repeat(node, rest, fresh);
    }
    return out;
  }

  /// How many of the children have a say in what is looked for; if not all have, `rest` becomes anything.
  std::size_t used_children(const Node& concat, Starts& rest) const {
    if (find_ == Find::all_words) return concat.children.size();
    std::uint32_t size = 0;
    for (std::size_t i = 0; i + 1 < concat.children.size(); ++i) {
      size += least_size(concat.children[i]);
      if (size < kHead) continue;
      rest = {{kAnyWord}, {}, true, true};
      return i + 1;
    }
    return concat.children.size();
  }

  Starts walk_literal(const std::u32string& text, const Starts& rest) {
    Starts out;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (i > 0 && (is_word(text[i - 1]) || !is_word(text[i]))) continue;
      Starts here;
      if (!is_word(text[i])) {
        prepend(text[i], rest, here);
      } else {
        Head head;
        std::size_t k = i;
        for (; k < text.size() && is_word(text[k]) && head.known < kHead; ++k) head = head + head_of(text[k]);
        if (head.known == kHead || k < text.size())
          here.words.push_back({head.bytes, kHead, {}, false});
        else
          append(head, rest, here);
      }
      if (i == 0) out = here;
      if (i > 0 && find_ == Find::all_words) add(body, here);
    }
    return out;
  }

  /// Of a loop with no near end the second round may follow on the first; what follows on that is not looked at.
  Starts walk_repeat(const Node& node, const Starts& rest, bool fresh) {
    constexpr int kUnrolled = 3;
    const Node& child = node.children[0];
    bool fresh_again = fresh || ends_without_word(child);
    Starts after = rest;
    if (node.max < 0 || node.max > kUnrolled) {
      Starts anything{{kOutside}, {}, false, true};
      after.join(walk(child, anything, fresh_again));
    } else {
      for (int round = node.max; round > 1; --round) {
        Starts again = walk(child, after, fresh_again);
        if (round > node.min) again.join(rest);
        after = std::move(again);
      }
    }
    Starts first = walk(child, after, fresh);
    if (node.min == 0) first.join(rest);
    return first;
  }

  static bool gap_before(const Node& concat, std::size_t i, bool fresh) {
    while (i-- > 0) {
      if (ends_without_word(concat.children[i])) return true;
      if (!nullable(concat.children[i])) return false;
    }
    return fresh;
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
          if (!nullable(node.children[i])) return false;
        }
        return false;
    }
    return true;
  }

  Find find_;
};

}  // namespace

void WordFilter::add_word(std::uint32_t bytes, std::uint32_t known, Next next) {
  for (std::uint32_t shift : {0, 8, 16}) {
    std::uint32_t b = bytes >> shift & 0xFF;
    bytes ^= (b ^ byte(static_cast<char>(b))) << shift;
  }
  std::size_t first = kind(bytes & 0xFF) * kKinds;
  auto add = [&](std::size_t pair) {
    if (next != Next::other) pairs_[1].set(pair);
    if (next != Next::upper) pairs_[0].set(pair);
  };
  if (known < 2) next = Next::any;
  if (known == 0)
    for (std::size_t pair = 0; pair < kKinds * kKinds; ++pair) add(pair);
  if (known == 1)
    for (std::size_t second = 0; second < kKinds; ++second) add(first + second);
  if (known == 2) add(first + kind(bytes >> 8 & 0xFF));
  if (known == 3) heads_.set(slot<kHeads>(bytes));
}

void WordFilter::add_symbol(char32_t symbol) { symbols_.set(slot<kSymbols>(symbol)); }

void WordFilter::add_any_symbol() { any_symbol_ = true; }

void WordFilter::add(const WordFilter& other) {
  pairs_[0] |= other.pairs_[0], pairs_[1] |= other.pairs_[1];
  heads_ |= other.heads_, symbols_ |= other.symbols_;
  any_symbol_ |= other.any_symbol_;
}

namespace {

/// Every symbol that can stand anywhere in a match of the node.
void add_symbols(const Node& node, WordFilter& filter) {
  auto add = [&](char32_t c) {
    if (!is_word(c) && !is_space(c)) filter.add_symbol(c);
  };
  for (char32_t c : node.literal) add(c);
  for (auto [low, high] : node.ranges) {
    if (high - low > 0x500) return filter.add_any_symbol();
    for (char32_t c = low; c <= high; ++c) add(c);
  }
  for (const Node& child : node.children) add_symbols(child, filter);
}

}  // namespace

WordFilter starts_of(const Node& pattern) {
  Starts end;
  end.space = true;
  WordFilter out;
  Walker::add(out, Walker(Walker::Find::starts).walk(pattern, end, true));
  return out;
}

WordFilter words_inside(const std::vector<const Node*>& parts) {
  Walker walker(Walker::Find::all_words);
  for (const Node* part : parts) {
    walker.walk(*part, {{kOutside}, {}, false, true}, true);
    add_symbols(*part, walker.body);
  }
  return walker.body;
}

}  // namespace fakt
