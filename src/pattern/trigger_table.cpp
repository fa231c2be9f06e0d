#include "pattern/trigger_table.h"

#include <algorithm>
#include <bit>

namespace fakt {

void PostingTable::add(std::uint32_t key, std::uint32_t id) {
  if ((keys_ + 1) * 2 > slots_.size()) grow();
  Slot& slot = slot_of(key);
  for (std::uint32_t i = slot.first; i != kNone; i = ids_[i].next)
    if (ids_[i].id == id) return;
  if (slot.first == kNone) ++keys_, filter_in(key);
  ids_.push_back({id, slot.first});
  slot = {key, static_cast<std::uint32_t>(ids_.size() - 1)};
}

/// The slot of a key, or the free one where it would stand.
PostingTable::Slot& PostingTable::slot_of(std::uint32_t key) {
  std::uint32_t slot = mix(key) & mask_;
  while (slots_[slot].first != kNone && slots_[slot].key != key) slot = (slot + 1) & mask_;
  return slots_[slot];
}

void PostingTable::filter_in(std::uint32_t key) {
  std::uint32_t mixed = mix(key);
  filter_[mixed >> 6 & filter_mask_] |= std::uint64_t{1} << (mixed & 63);
}

void PostingTable::grow() {
  constexpr std::size_t kFewest = 4, kBitsForKey = 12, kLargest = 2048;  // 16 KiB
  Array<Slot> old = std::move(slots_);
  std::size_t size = std::max(kFewest, old.size() * 2);
  slots_.resize(size);
  mask_ = static_cast<std::uint32_t>(size - 1);
  filter_.clear();
  filter_.resize(std::bit_ceil(std::min(size / 2 * kBitsForKey / 64 + 1, kLargest)));
  filter_mask_ = static_cast<std::uint32_t>(filter_.size() - 1);
  for (const Slot& slot : old)
    if (slot.first != kNone) slot_of(slot.key) = slot, filter_in(slot.key);
}

bool TriggerTable::has_capitals(std::string_view word) {
  bool last = false;
  for (std::size_t at = 0; at < word.size();) {
    auto [c, size] = decode(word, at);
    bool upper = is_upper(c);
    if (upper && last) return true;
    last = upper;
    at += size;
  }
  return false;
}

void TriggerTable::add(const Atom& atom, std::uint32_t id) {
  std::string_view text = atom.text;
  auto all = static_cast<std::uint32_t>(text.size()), size = std::min(all, kKey);
  auto part = static_cast<std::uint32_t>(parts_.size());
  switch (atom.kind) {
    case Atom::Kind::word:
      words_.add(hash_word(text), id);
      return;
    case Atom::Kind::symbol:
      symbols_.add(decode(text, 0).value, id);
      symbol_leads_[static_cast<unsigned char>(text[0])] = true;
      return;
    case Atom::Kind::capitals:
      capitals_.push_back(id);
      return;
    case Atom::Kind::prefix:
      prefix_sizes_ |= 1u << size;
      prefixes_.add(key_of(head_of(text, 0, all), size), part);
      break;
    case Atom::Kind::suffix:
      suffix_sizes_ |= 1u << size;
      suffixes_.add(key_of(tail_of(text, all, all) >> 8 * (8 - size), size), part);
      break;
  }
  bool suffix = atom.kind == Atom::Kind::suffix, shorter = all < 8;
  std::uint64_t mask = shorter ? (std::uint64_t{1} << 8 * all) - 1 : ~std::uint64_t{0};
  if (suffix && shorter) mask <<= 8 * (8 - all);
  std::uint64_t bytes = suffix ? tail_of(text, all, all) : head_of(text, 0, all);
  parts_.push_back({bytes & mask, mask, all, id, static_cast<std::uint32_t>(texts_.size()), all > 8 ? all : 0});
  if (all > 8) texts_ += text;
}

}  // namespace fakt
