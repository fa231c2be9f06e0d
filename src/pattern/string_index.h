#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pattern/relative.h"

namespace fakt {

/// Texts and a number for each, found by hash. Made once.
class StringIndex {
 public:
  StringIndex() = default;
  /// Of equal texts the first counts.
  explicit StringIndex(const std::vector<std::pair<std::string, std::uint32_t>>& entries);

  std::optional<std::uint32_t> find(std::string_view text) const;
  bool contains(std::string_view text) const { return find(text).has_value(); }
  /// Whether one of the texts, of up to five bytes, is the ending of a word, and no more than half of it.
  bool has_ending_of(std::string_view word) const;
  bool empty() const { return slots_.empty(); }

  /// Calls visit(text, number) for all, in no particular order.
  template <typename Visit>
  void each(Visit visit) const {
    for (const Slot& slot : slots_)
      if (slot.size != kFree) visit(text_of(slot), slot.number);
  }

  friend void fields(ImageWriter& writer, const StringIndex& index);

 private:
  static constexpr std::uint32_t kFree = UINT32_MAX;
  struct Slot {
    std::uint32_t hash = 0, at = 0, size = kFree, number = 0;
  };
  std::string_view text_of(const Slot& slot) const { return pool_.view().substr(slot.at, slot.size); }
  /// The slot that holds the text, or the free one where it would stand. REQUIRES: slots_ is not empty.
  std::size_t slot_of(std::string_view text, std::uint32_t hash) const;

  Array<Slot> slots_;  ///< a power of two of them, at most half of them taken
  Text pool_;
};

}  // namespace fakt
