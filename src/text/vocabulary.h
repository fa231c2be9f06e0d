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
  Vocabulary() { forget(); }

  /// Begins a document: forgets all words if there are too many. Numbers of the last document stay true otherwise.
  void begin_document() {
    if (words_.size() > kMost) forget();
  }

  /// The number of the word at text[begin, end). The same word may have several numbers, but each number is of one
  /// word. REQUIRES: a word is not empty and holds no NUL byte.
  std::uint32_t number_of(std::string_view text, std::size_t begin, std::size_t end) {
    std::string_view word = text.substr(begin, end - begin);
    bool is_short = word.size() <= sizeof(std::uint64_t);
    std::uint64_t key = !is_short ? hash_of(word) : begin + sizeof key <= text.size() ? head_of(word) : bytes_of(word);
    std::size_t at = mix(key);
    for (int probes = 0; probes < kProbes; ++probes) {
      const Slot& slot = slots_[(at + static_cast<std::size_t>(probes)) & mask_];
      if (slot.number == kFree) break;
      if (slot.key == key && is_short == slot.is_short && (is_short || word == this->text(slot.number)))
        return slot.number;
    }
    return add(word, key, is_short);
  }

  /// hash_word of the word of that number.
  std::uint32_t hash(std::uint32_t number) const { return words_[number].hash; }
  std::string_view text(std::uint32_t number) const {
    return std::string_view(pool_).substr(words_[number].at, words_[number].size);
  }

  std::size_t size() const { return words_.size(); }
  /// Changes when the numbers begin anew.
  std::uint32_t stamp() const { return stamp_; }

 private:
  static constexpr std::size_t kMost = 1 << 16;
  static constexpr int kProbes = 24;  ///< slots that are looked at, so that no text makes this slow
  static constexpr std::uint32_t kFree = UINT32_MAX;
  struct Slot {
    std::uint64_t key;  ///< a short word's bytes; a longer one's hash
    std::uint32_t number = kFree;
    bool is_short;
  };
  struct Word {
    std::uint32_t at, size, hash;
  };

  static std::uint64_t bytes_of(std::string_view word) {
    if (word.size() < sizeof(std::uint64_t)) return load_tail(word.data(), word.size());
    std::uint64_t bytes;
    std::memcpy(&bytes, word.data(), sizeof bytes);
    return bytes;
  }
  /// The same where eight bytes may be read.
  static std::uint64_t head_of(std::string_view word) {
    std::uint64_t bytes;
    std::memcpy(&bytes, word.data(), sizeof bytes);
    return bytes & ~std::uint64_t{0} >> 8 * (sizeof bytes - word.size());
  }
  static std::uint64_t hash_of(std::string_view word);
  static std::size_t mix(std::uint64_t key) { return static_cast<std::size_t>(key * 0x9E3779B97F4A7C15u >> 32); }
  std::uint32_t add(std::string_view word, std::uint64_t key, bool is_short);
  void put(const Slot& slot);
  void forget();

  std::vector<Slot> slots_;  ///< a power of two, at most half of them taken
  std::size_t mask_ = 0;
  std::vector<Word> words_;
  std::string pool_;
  std::uint32_t stamp_ = 0;
};

}  // namespace fakt
