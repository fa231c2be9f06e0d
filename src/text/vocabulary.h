#pragma once

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

  /// What a word is known by.
  struct Key {
    std::uint64_t bytes;  ///< of a word of at most eight; else a hash
    bool is_long;
  };

  /// The key of the word at text[begin, end), whose place is asked of the memory early: who looks for several words
  /// makes all their keys first. REQUIRES: a word is not empty and holds no NUL byte.
  Key key_of(std::string_view text, std::size_t begin, std::size_t end) const {
    std::size_t size = end - begin;
    bool near_end = begin + sizeof(std::uint64_t) > text.size();
    bool is_long = size > sizeof(std::uint64_t);
    Key key{is_long || near_end ? long_key(text.substr(begin, size)) : head_of(text.data() + begin, size), is_long};
    __builtin_prefetch(&slots_[mix(key.bytes) & mask_]);
    return key;
  }

  /// The word with this key. The same word may have several numbers, but each number is of one word.
  Word find(Key key, std::string_view word) {
    const Slot& slot = slots_[mix(key.bytes) & mask_];
    if (slot.key == key.bytes && !slot.is_long && !key.is_long) return {slot.number, slot.hash};
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
  static constexpr std::uint32_t kFree = UINT32_MAX >> 1;
  struct Slot {
    std::uint64_t key = 0;  ///< the bytes of a word of at most eight; else a hash
    std::uint32_t number : 31 = kFree;
    std::uint32_t is_long : 1 = 0;
    std::uint32_t hash = 0;
  };
  struct Entry {
    std::uint32_t at, size, hash;
  };

  /// The bytes of a word of at most eight. REQUIRES: eight bytes may be read.
  static std::uint64_t head_of(const char* word, std::size_t size) {
    std::uint64_t bytes;
    std::memcpy(&bytes, word, sizeof bytes);
    return bytes & ~std::uint64_t{0} >> 8 * (sizeof bytes - size);
  }
  static std::size_t mix(std::uint64_t key) { return static_cast<std::size_t>(key * 0x9E3779B97F4A7C15u >> 32); }
  static std::uint64_t long_key(std::string_view word);
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
