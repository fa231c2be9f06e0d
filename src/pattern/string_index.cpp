#include "pattern/string_index.h"

#include <algorithm>
#include <bit>

namespace fakt {
namespace {

std::uint32_t hash_of(std::string_view text) {
  std::uint32_t hash = 2166136261u;  // FNV-1a
  for (char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  return hash;
}

}  // namespace

StringIndex::StringIndex(const std::vector<std::pair<std::string, std::uint32_t>>& entries) {
  if (entries.empty()) return;
  slots_.resize(std::bit_ceil(entries.size() * 2));
  for (const auto& [text, number] : entries) {
    std::uint32_t hash = hash_of(text);
    Slot& slot = slots_[slot_of(text, hash)];
    if (slot.size != kFree) continue;
    slot = {hash, static_cast<std::uint32_t>(pool_.size()), static_cast<std::uint32_t>(text.size()), number};
    pool_ += text;
  }
}

std::size_t StringIndex::slot_of(std::string_view text, std::uint32_t hash) const {
  std::size_t mask = slots_.size() - 1, i = hash & mask;
  while (slots_[i].size != kFree && (slots_[i].hash != hash || text_of(slots_[i]) != text)) i = (i + 1) & mask;
  return i;
}

bool StringIndex::has_ending_of(std::string_view word) const {
  constexpr std::size_t kLongest = 5;
  for (std::size_t size = std::min(kLongest, word.size() / 2); size > 0; --size)
    if (contains(word.substr(word.size() - size))) return true;
  return false;
}

std::optional<std::uint32_t> StringIndex::find(std::string_view text) const {
  if (slots_.empty()) return std::nullopt;
  const Slot& slot = slots_[slot_of(text, hash_of(text))];
  if (slot.size == kFree) return std::nullopt;
  return slot.number;
}

}  // namespace fakt
