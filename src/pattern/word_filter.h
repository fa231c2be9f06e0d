#pragma once

#include <bitset>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "pattern/syntax.h"
#include "text/fold.h"

namespace fakt {

/// The heads of words that a regex can begin with, or hold: up to three bytes, folded. A word shorter than that is
/// followed by kEnd, a place where nearly any letter may stand is kAny. Symbols stand for themselves, as one code
/// point.
struct WordHeads {
  static constexpr char kEnd = '\0', kAny = '\1';
  std::set<std::string> words;
  std::set<char32_t> symbols;
  bool any_symbol = false;
};

/// What a match can begin with.
WordHeads heads_at_start(const Node& pattern);

/// What any word in a match can begin with.
WordHeads heads_of_words(const Node& pattern);

/// A quick look at the head of a word: can it stand there? Never says no wrongly.
class WordFilter {
 public:
  void add(const WordHeads& heads);
  void add(const WordFilter& other);

  /// REQUIRES: text[begin, end) is a word.
  bool may_be(std::string_view text, std::uint32_t begin, std::uint32_t end) const {
    std::uint32_t a = byte(text[begin]);
    if (one_[a]) return true;
    std::uint32_t b = begin + 1 < end ? byte(text[begin + 1]) : 0;
    if (two_[slot<kTwo>(a | b << 8)]) return true;
    std::uint32_t c = begin + 2 < end ? byte(text[begin + 2]) : 0;
    return three_[slot<kThree>(a | b << 8 | c << 16)];
  }
  /// A character that is neither letter, digit nor space.
  bool may_be_symbol(char32_t symbol) const { return any_symbol_ || symbols_[slot<kSymbols>(symbol)]; }
  bool has_symbols() const { return any_symbol_ || symbols_.any(); }

  template <typename Archive>
  friend void fields(Archive& archive, WordFilter& value);

 private:
  static constexpr std::size_t kTwo = 256, kThree = 2048, kSymbols = 64;
  static std::uint32_t byte(char c) { return static_cast<unsigned char>(fold_byte(c)); }
  template <std::size_t kSize>
  static std::size_t slot(std::uint32_t key) {
    return (key * 0x9E3779B1u >> 16) % kSize;
  }
  std::bitset<256> one_;       ///< after this byte anything may follow
  std::bitset<kTwo> two_;      ///< after these two, by hash
  std::bitset<kThree> three_;  ///< these three, or a shorter word, by hash
  std::bitset<kSymbols> symbols_;
  bool any_symbol_ = false;
};

}  // namespace fakt
