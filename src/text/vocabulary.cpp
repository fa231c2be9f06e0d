#include "text/vocabulary.h"

namespace fakt {

std::uint64_t Vocabulary::hash_of(std::string_view word) {
  constexpr std::uint64_t kFactor = 0x9E3779B97F4A7C15u;
  std::uint64_t hash = word.size();
  for (; word.size() > sizeof hash; word.remove_prefix(sizeof hash)) {
    hash = (hash ^ bytes_of(word.substr(0, sizeof hash))) * kFactor;
    hash ^= hash >> 32;
  }
  return (hash ^ bytes_of(word)) * kFactor;
}

void Vocabulary::forget() {
  constexpr std::size_t kSlots = 1 << 12;
  slots_.assign(kSlots, {});
  mask_ = kSlots - 1;
  words_.clear();
  pool_.clear();
  ++stamp_;
}

/// A word that finds no slot near its place is not known again.
void Vocabulary::put(const Slot& slot) {
  std::size_t at = mix(slot.key);
  for (int probes = 0; probes < kProbes; ++probes, ++at) {
    if (slots_[at & mask_].number != kFree) continue;
    slots_[at & mask_] = slot;
    return;
  }
}

std::uint32_t Vocabulary::add(std::string_view word, std::uint64_t key, bool is_short) {
  auto number = static_cast<std::uint32_t>(words_.size());
  if (words_.size() * 2 > slots_.size()) {
    std::vector<Slot> old(slots_.size() * 4);
    slots_.swap(old);
    mask_ = slots_.size() - 1;
    for (const Slot& slot : old)
      if (slot.number != kFree) put(slot);
  }
  words_.push_back(
      {static_cast<std::uint32_t>(pool_.size()), static_cast<std::uint32_t>(word.size()), hash_word(word)});
  pool_ += word;
  put({key, number, is_short});
  return number;
}

}  // namespace fakt
