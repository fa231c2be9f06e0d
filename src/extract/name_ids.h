#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "extract/reuse.h"
#include "pattern/relative.h"

namespace fakt {

/// Numbers, from 0, for the names of a document: names with the same words and the same reading have the same one.
class NameIds {
 public:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  void clear() {
    clear_for_reuse(entries_);
    clear_for_reuse(slots_);
    slots_.clear();
  }
  /// Makes room for so many names, so that few must be entered anew. REQUIRES: there are none yet.
  void expect(std::size_t names) { slots_.assign(std::bit_ceil(2 * names + kLeast), kNone); }

  /// The number of a name, a new one if it was not seen before. `reading` is what it is taken for; null: just words.
  /// REQUIRES: both stay where they are until clear().
  std::uint32_t of(std::string_view name, const Text* reading);

  std::string_view name(std::uint32_t id) const { return entries_[id].name; }
  std::size_t size() const { return entries_.size(); }

 private:
  static constexpr std::size_t kLeast = 64;  ///< slots
  struct Entry {
    std::string_view name;
    const Text* reading;
    std::uint32_t hash;
  };
  void grow();

  std::vector<Entry> entries_;
  std::vector<std::uint32_t> slots_;  ///< open addressing: a power of two of numbers, or kNone; at most half are taken
};

}  // namespace fakt
