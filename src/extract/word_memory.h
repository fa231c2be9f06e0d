#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "text/vocabulary.h"

namespace fakt {

/// What was found out about the words of a vocabulary, a list for each, which is made when it is first asked for.
template <typename Item>
class WordMemory {
 public:
  /// Must be called before words are asked for. Returns whether all was forgotten since numbers began anew.
  bool begin_document(const Vocabulary& words) {
    bool anew = std::exchange(stamp_, words.stamp()) != words.stamp();
    if (anew) lists_.clear(), items_.clear();
    if (lists_.capacity() < words.size()) lists_.reserve(words.size() + words.size() / 8);  // not twice as much
    lists_.resize(words.size());
    return anew;
  }

  /// The list of a word, to be used until the next call; learn(items) adds what belongs to it.
  template <typename Learn>
  std::span<const Item> of(std::uint32_t word, Learn&& learn) {
    if (lists_[word].count == kUnknown) {
      auto first = static_cast<std::uint32_t>(items_.size());
      learn(items_);
      lists_[word] = {first, static_cast<std::uint32_t>(items_.size()) - first};
    }
    return {items_.data() + lists_[word].first, lists_[word].count};
  }

  // These ask the memory early. They are inlined, since gcc leaves out calls of a function that does nothing else.
  [[gnu::always_inline]] void fetch(std::uint32_t word) const { __builtin_prefetch(&lists_[word]); }
  [[gnu::always_inline]] void fetch_items(std::uint32_t word) const {
    const List& list = lists_[word];
    if (list.count != kUnknown && list.count > 0) __builtin_prefetch(&items_[list.first]);
  }

 private:
  static constexpr std::uint32_t kUnknown = UINT32_MAX;
  struct List {
    std::uint32_t first = 0, count = kUnknown;  ///< in items_
  };
  std::uint32_t stamp_ = 0;  ///< of the vocabulary when this began
  std::vector<List> lists_;  ///< by number of the word
  std::vector<Item> items_;
};

}  // namespace fakt
