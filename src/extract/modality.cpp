#include "extract/modality.h"

#include <algorithm>
#include <array>
#include <limits>

#include "extract/fact_text.h"
#include "text/unicode.h"

namespace fakt {
namespace {

constexpr std::array<std::string_view, 4> kRank = {"negated", "possible", "reported", "planned"};

std::string_view reach_of(const TableEntry& entry) {
  for (const auto& [name, value] : entry.fields)
    if (name == "within") return value;
  return "clause";
}

}  // namespace

ModalityCues::ModalityCues(const Table* table) : table_(table) {
  if (table_) cue_ = std::make_unique<Regex>("(?i:" + table_->regex + ")", Regex::Prefer::longest);
}

std::string_view ModalityCues::find(std::string_view document, Span sentence, const std::vector<std::uint32_t>& breaks,
                                    const std::vector<Span>& triggers) {
  if (!cue_) return {};
  std::string_view text = document.substr(sentence.begin, sentence.size());
  std::size_t best = kRank.size();
  for (std::size_t at = 0; at < text.size();) {
    if (!cue_->captures(text, at, Regex::Anchor::none, groups_)) break;
    auto [begin, end] = groups_[0];
    if (!is_word_edge(text, begin) || !is_word_edge(text, end)) {
      at = begin + decode(text, begin).size;
      continue;
    }
    at = std::max(end, begin + 1);
    const TableEntry* entry = table_->find(text.substr(begin, end - begin));
    if (!entry) continue;
    auto place = sentence.begin + static_cast<std::uint32_t>(begin);
    int away = std::numeric_limits<int>::max();
    Span cue{place, sentence.begin + static_cast<std::uint32_t>(end)};
    bool states = false;  // a word that states the fact says nothing about how sure it is: "untersagt" of a ban
    for (const Span& trigger : triggers) {
      states |= trigger.overlaps(cue);
      int between = breaks_between(breaks, place, trigger.begin);
      if (between <= 1 && place > trigger.begin && between) between = 2;  // only the clause before counts as near
      away = std::min(away, between);
    }
    if (states) continue;
    std::string_view reach = reach_of(*entry);
    if (reach != "sentence" && away > (reach == "before" ? 1 : 0)) continue;
    auto rank = static_cast<std::size_t>(std::find(kRank.begin(), kRank.end(), entry->meaning) - kRank.begin());
    best = std::min(best, rank);
  }
  return best < kRank.size() ? kRank[best] : std::string_view();
}

}  // namespace fakt
