#include "text/vocabulary.h"

#include <algorithm>

namespace fakt {
namespace {

std::uint64_t hash_of(std::string_view word) {
  constexpr std::uint64_t kFactor = 0x9E3779B97F4A7C15u;
  std::uint64_t hash = word.size(), bytes;
  for (; word.size() >= sizeof bytes; word.remove_prefix(sizeof bytes)) {
    std::memcpy(&bytes, word.data(), sizeof bytes);
    hash = (hash ^ bytes) * kFactor;
    hash ^= hash >> 32;
  }
  return (hash ^ load_tail(word.data(), word.size())) * kFactor;
}

}  // namespace

void Vocabulary::forget() {
  constexpr std::size_t kSlots = 1 << 12;
  slots_.assign(std::max(kSlots, slots_.size()), {});
  mask_ = slots_.size() - 1;
  entries_.clear();
  pool_.clear();
  ++stamp_;
}

/// The key of a word of any size, wherever it stands.
Vocabulary::Key Vocabulary::key_of_any(std::string_view word) {
  Key key{};
  if (word.size() > sizeof key) return {hash_of(word), kLong};
  std::memcpy(&key, word.data(), word.size());
  return key;
}

Vocabulary::Word Vocabulary::probe(Key key, std::string_view word) {
  std::size_t at = mix(key);
  for (int probes = 0; probes < kProbes; ++probes, ++at) {
    const Slot& slot = slots_[at & mask_];
    if (slot.number == kFree) break;
    if (slot.key == key && (key.tail != kLong || word == text(slot.number))) return {slot.number, slot.hash};
  }
  return add(word, {key});
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

Vocabulary::Word Vocabulary::add(std::string_view word, Slot slot) {
  if (entries_.size() * 3 > slots_.size() * 2) {
    std::vector<Slot> old(slots_.size() * 2);
    slots_.swap(old);
    mask_ = slots_.size() - 1;
    for (const Slot& known : old)
      if (known.number != kFree) put(known);
  }
  slot.number = static_cast<std::uint32_t>(entries_.size());
  slot.hash = hash_word(word);
  entries_.push_back({static_cast<std::uint32_t>(pool_.size()), static_cast<std::uint32_t>(word.size()), slot.hash});
  pool_ += word;
  put(slot);
  return {slot.number, slot.hash};
}

}  // namespace fakt
