#include "pattern/trigger_table.h"

#include <algorithm>
#include <bit>

namespace fakt {

void PostingTable::add(std::uint32_t key, std::uint32_t id) { added_.emplace_back(key, id); }

void PostingTable::build() {
  constexpr std::size_t kBitsForKey = 12, kLargest = 2048;  // 16 KiB
  filter_.assign(std::bit_ceil(std::min(added_.size() * kBitsForKey / 64 + 1, kLargest)), 0);
  filter_mask_ = static_cast<std::uint32_t>(filter_.size() - 1);
  slots_.assign(std::bit_ceil(added_.size() * 2 + 2), {});
  mask_ = static_cast<std::uint32_t>(slots_.size() - 1);
  ids_.clear();
  ids_.reserve(added_.size());
  for (auto [key, id] : added_) {
    std::uint32_t slot = mix(key);
    filter_[slot >> 6 & filter_mask_] |= std::uint64_t{1} << (slot & 63);
    slot &= mask_;
    while (slots_[slot].first != kNone && slots_[slot].key != key) slot = (slot + 1) & mask_;
    bool known = slots_[slot].first != kNone && ids_[slots_[slot].first].id == id;
    if (known) continue;
    ids_.push_back({id, slots_[slot].first});
    slots_[slot] = {key, static_cast<std::uint32_t>(ids_.size() - 1)};
  }
  added_ = {};
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
  auto size = static_cast<std::uint32_t>(std::min<std::size_t>(text.size(), kKey));
  std::uint32_t key = size << 24;
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
      for (std::uint32_t i = 0; i < size; ++i) key |= byte(text[i]) << (8 * i);
      prefix_sizes_ |= 1u << size;
      prefixes_.add(key, static_cast<std::uint32_t>(parts_.size()));
      break;
    case Atom::Kind::suffix:
      for (std::uint32_t i = 0; i < size; ++i) key |= byte(text[text.size() - size + i]) << (8 * i);
      suffix_sizes_ |= 1u << size;
      suffixes_.add(key, static_cast<std::uint32_t>(parts_.size()));
      break;
  }
  auto all = static_cast<std::uint32_t>(text.size());
  bool suffix = atom.kind == Atom::Kind::suffix, shorter = all < 8;
  std::uint64_t mask = shorter ? (std::uint64_t{1} << 8 * all) - 1 : ~std::uint64_t{0};
  if (suffix && shorter) mask <<= 8 * (8 - all);
  std::uint64_t bytes = suffix ? tail_of(text, all, all) : head_of(text, 0, all);
  parts_.push_back({bytes & mask, mask, all, id, all > 8 ? atom.text.str() : std::string()});
}

void TriggerTable::build() {
  for (auto* table : {&words_, &prefixes_, &suffixes_, &symbols_}) table->build();
}

}  // namespace fakt
