#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <string_view>
#include <vector>

#include "pattern/syntax.h"

namespace fakt {

/// A quick look at the head of a word: can it stand there? Never says no wrongly.
class WordFilter {
 public:
  /// What may follow on the bytes that are known.
  enum class Next : std::uint8_t { any, upper, other };  ///< upper: A to Z; other: anything else, or the word's end

  /// A word that begins with these bytes, the first in the lowest eight bits: `known` of them (0 to 3), then
  /// `next` and anything. A word that ends before its third byte has zeros there, all three known.
  void add_word(std::uint32_t bytes, std::uint32_t known, Next next);
  void add_symbol(char32_t symbol);
  void add_any_symbol();
  void add(const WordFilter& other);

  /// All that filters look at in a word.
  struct Head {
    std::uint16_t pair = 0;  ///< of the first two bytes
    std::uint16_t slot = 0;  ///< of the first three; the highest bit: the third is A to Z
  };
  /// REQUIRES: a word is not empty.
  static Head head_of(std::string_view word) {
    std::uint32_t a = byte(word[0]), b = word.size() > 1 ? byte(word[1]) : 0, c = word.size() > 2 ? byte(word[2]) : 0;
    bool upper = c >= 'A' && c <= 'Z';
    return {static_cast<std::uint16_t>(kind(a) * kKinds + kind(b)),
            static_cast<std::uint16_t>(slot<kHeads>(a | b << 8 | c << 16) | (upper ? kThirdIsUpper : 0))};
  }
  bool may_be(Head head) const { return pairs_[head.slot >= kThirdIsUpper][head.pair] || heads_[head.slot % kHeads]; }
  bool may_be(std::string_view word) const { return may_be(head_of(word)); }
  /// A character that is neither letter, digit nor space.
  bool may_be_symbol(char32_t symbol) const { return any_symbol_ || symbols_[slot<kSymbols>(symbol)]; }
  bool has_symbols() const { return any_symbol_ || symbols_.any(); }

 private:
  static constexpr std::size_t kKinds = 64, kHeads = 4096, kSymbols = 64;
  static constexpr std::uint32_t kThirdIsUpper = 0x8000;
  /// All digits are one.
  static std::uint32_t byte(char c) { return c >= '0' && c <= '9' ? '0' : static_cast<unsigned char>(c); }
  template <std::size_t kSize>
  static std::size_t slot(std::uint32_t key) {
    return (key * 0x9E3779B1u >> 16) % kSize;
  }
  /// ASCII letters one by one, digits together, other bytes by their part in UTF-8; 0 for the end of a word.
  static constexpr std::array<std::uint8_t, 256> kKindOf = [] {
    std::array<std::uint8_t, 256> out{};
    for (std::size_t i = 1; i < 256; ++i) {
      bool digit = i >= '0' && i <= '9', lower = i >= 'a' && i <= 'z', upper = i >= 'A' && i <= 'Z';
      std::size_t k = lower ? i - 'a' + 1 : upper ? i - 'A' + 27 : digit ? 53 : i < 0x80 ? 54 : i < 0xC0 ? 55 : 56;
      out[i] = static_cast<std::uint8_t>(i == 0xC3 ? 57 : k);
    }
    return out;
  }();
  static std::size_t kind(std::uint32_t b) { return kKindOf[b]; }
  std::bitset<kKinds * kKinds> pairs_[2];  ///< by the kinds of the first two bytes; [1]: the third is A to Z
  std::bitset<kHeads> heads_;              ///< these three bytes, or a shorter word, by hash
  std::bitset<kSymbols> symbols_;
  bool any_symbol_ = false;
};

/// The words that a match of a regex can begin with.
WordFilter starts_of(const Node& pattern);

/// All words that can begin inside parts of a regex, whatever stands beside these.
WordFilter words_inside(const std::vector<const Node*>& parts);

}  // namespace fakt
