#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "text/fold.h"

namespace fakt {

/// The different words that a thread has met, by number. Most words of a text have been met before, so what is found
/// out about a number serves again.
class Vocabulary {
 public:
  struct Word {
    std::uint32_t number;
    std::uint32_t hash;  ///< hash_word of it
  };

  Vocabulary() { forget(); }

  /// Begins a document: forgets all words if there are too many. Numbers of the last document stay true otherwise.
  void begin_document() {
    if (entries_.size() > kMost) forget();
  }

  /// What a word is known by: all of it, if it has at most sixteen bytes.
  struct Key {
    std::uint64_t head, tail;  ///< its first eight bytes, and the next eight; of a longer word: a hash, and kLong
    bool operator==(const Key&) const = default;
  };

  /// The key of the word at text[begin, end), whose place is asked of the memory early: who looks for several words
  /// makes all their keys first. REQUIRES: a word is UTF-8, not empty, and holds no NUL byte.
  Key key_of(std::string_view text, std::size_t begin, std::size_t end) const {
    std::size_t size = end - begin;
    Key key;
    if (size <= sizeof key && begin + sizeof key <= text.size()) {
      std::memcpy(&key, text.data() + begin, sizeof key);
      key.head &= kMasks[size].head, key.tail &= kMasks[size].tail;
    } else {
      key = key_of_any(text.substr(begin, size));
    }
    __builtin_prefetch(&slots_[mix(key) & mask_]);
    return key;
  }

  /// The word with this key. The same word may have several numbers, but each number is of one word.
  Word find(Key key, std::string_view word) {
    const Slot& slot = slots_[mix(key) & mask_];
    if (slot.key == key && key.tail != kLong) return {slot.number, slot.hash};
    return probe(key, word);
  }

  std::string_view text(std::uint32_t number) const {
    return std::string_view(pool_).substr(entries_[number].at, entries_[number].size);
  }
  std::uint32_t hash(std::uint32_t number) const { return entries_[number].hash; }

  std::size_t size() const { return entries_.size(); }
  /// Changes when the numbers begin anew.
  std::uint32_t stamp() const { return stamp_; }

 private:
  static constexpr std::size_t kMost = 40'000;  // some 5 MB, with what others keep of them
  static constexpr int kProbes = 32;            ///< slots that are looked at, so that no text makes this slow
  static constexpr std::uint32_t kFree = UINT32_MAX;
  static constexpr std::uint64_t kLong = UINT64_MAX;  ///< no UTF-8
  struct Slot {
    Key key{};
    std::uint32_t number = kFree, hash = 0;
  };
  struct Entry {
    std::uint32_t at, size, hash;
  };

  /// The bytes of sixteen that belong to a word, by its size.
  static constexpr std::array<Key, sizeof(Key) + 1> kMasks = [] {
    std::array<Key, sizeof(Key) + 1> out{};
    for (std::size_t size = 1; size < out.size(); ++size) {
      out[size] = out[size - 1];
      (size <= 8 ? out[size].head : out[size].tail) |= std::uint64_t{0xFF} << 8 * ((size - 1) % 8);
    }
    return out;
  }();
  static std::size_t mix(const Key& key) {
    constexpr std::uint64_t kFactor = 0x9E3779B97F4A7C15u;
    return static_cast<std::size_t>(((key.head * kFactor >> 32) ^ key.tail) * kFactor >> 32);
  }
  static Key key_of_any(std::string_view word);
  Word probe(Key key, std::string_view word);
  Word add(std::string_view word, Slot slot);
  void put(const Slot& slot);
  void forget();

  std::vector<Slot> slots_;  ///< a power of two, at most two thirds of them taken
  std::size_t mask_ = 0;
  std::vector<Entry> entries_;
  std::string pool_;
  std::uint32_t stamp_ = 0;
};

}  // namespace fakt
