#include "extract/name_ids.h"

#include <algorithm>

#include "text/fold.h"

namespace fakt {
namespace {

bool same(const Text* a, const Text* b) { return a == b || (a && b && *a == *b); }

}  // namespace

std::uint32_t NameIds::of(std::string_view name, const Text* reading) {
  if (2 * (entries_.size() + 1) > slots_.size()) grow();
  std::uint32_t hash = hash_word(name) + (reading ? static_cast<std::uint32_t>(reading->size()) : 1u << 31);
  std::size_t mask = slots_.size() - 1, at = hash & mask;
  for (; slots_[at] != kNone; at = (at + 1) & mask) {
    const Entry& entry = entries_[slots_[at]];
    if (entry.hash == hash && entry.name == name && same(entry.reading, reading)) return slots_[at];
  }
  slots_[at] = static_cast<std::uint32_t>(entries_.size());
  entries_.push_back({name, reading, hash});
  return slots_[at];
}

void NameIds::grow() {
  slots_.assign(std::max(slots_.size() * 2, kLeast), kNone);
  std::size_t mask = slots_.size() - 1;
  for (std::uint32_t id = 0; id < entries_.size(); ++id) {
    std::size_t at = entries_[id].hash & mask;
    while (slots_[at] != kNone) at = (at + 1) & mask;
    slots_[at] = id;
  }
}

}  // namespace fakt
