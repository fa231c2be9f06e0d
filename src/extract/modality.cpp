#include "extract/modality.h"

#include <algorithm>
#include <array>
#include <limits>
#include <tuple>

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

ModalityCues::ModalityCues(const PatternSet& set)
    : language_(set.language()),
      table_(language_.table("modality")),
      programs_(set.fact_programs()),
      search_(programs_) {}

/// The leftmost cue that begins at or after `from`, the longest there is; not within words.
bool ModalityCues::next_cue(std::size_t from, std::size_t& begin, std::size_t& end) {
  const auto& program = programs_.programs[programs_.modality];
  if (program.entry == FactPrograms::kNone) return next_cue_by_re2(from, begin, end);
  FactSubject subject{&text_, &text_, search_.next_id()};
  for (begin = from; begin < text_.size(); begin += decode(text_, begin).size) {
    auto at = static_cast<std::uint32_t>(begin);
    if (!search_.can_begin(program, subject, at) || !is_word_edge(text_, begin)) continue;
    end = search_.longest(program, subject, at);
    if (end != FactSearch::kNone && end > begin && is_word_edge(text_, end)) return true;
  }
  return false;
}

bool ModalityCues::next_cue_by_re2(std::size_t from, std::size_t& begin, std::size_t& end) {
  if (!cue_) cue_ = std::make_unique<Regex>("(?i:" + table_->regex + ")", Regex::Prefer::longest);
  for (std::size_t at = from; at < text_.size(); at = begin + decode(text_, begin).size) {
    if (!cue_->captures(text_, at, Regex::Anchor::none, groups_)) return false;
    std::tie(begin, end) = groups_[0];
    if (begin == text_.size()) return false;
    if (end > begin && is_word_edge(text_, begin) && is_word_edge(text_, end)) return true;
  }
  return false;
}

/// Whether a new statement begins between two places: a conjunction and an auxiliary verb behind it, "und hat".
bool ModalityCues::auxiliary_between(std::string_view document, std::uint32_t from, std::uint32_t to) const {
  bool joined = false;
  for (std::uint32_t begin = from; begin < to;) {
    std::uint32_t end = begin;
    while (end < to && is_word(decode(document, end).value)) end += decode(document, end).size;
    if (end == begin) {
      begin += decode(document, begin).size;
      continue;
    }
    std::string_view word = document.substr(begin, end - begin);
    if (joined && language_.has("auxiliaries", word)) return true;
    joined = language_.has("conjunctions", word);
    begin = end;
  }
  return false;
}

/// Whether a cue and a trigger in one clause belong to two verbs joined by a conjunction: "kauft A und will B" says
/// nothing about the purchase, "will A und kauft B" and "will A und hat B gekauft" nothing either; "will A und B
/// kaufen" and "will sparen und B kaufen" do.
bool ModalityCues::coordinated(std::string_view document, Span cue, Span trigger) const {
  if (trigger.begin < cue.begin) return language_.has("conjunctions", word_before(document, cue.begin));
  if (auxiliary_between(document, cue.end, trigger.begin)) return true;
  if (!language_.has("verb_conjunctions", word_before(document, trigger.begin))) return false;
  char32_t first = decode(document, trigger.begin).value;
  std::string_view verb = word_after(document, trigger.begin - 1);  // behind the space after the conjunction
  return to_lower(first) == first && !language_.list("infinitive_endings").has_ending_of(verb) &&
         !language_.has("infinitives", word_after(document, trigger.end));
}

std::string_view ModalityCues::find(std::string_view document, Span sentence, const std::vector<ClauseBreak>& breaks,
                                    const std::vector<Span>& triggers) {
  if (!table_) return {};
  text_ = document.substr(sentence.begin, sentence.size());
  search_.forget();
  std::size_t best = kRank.size();
  for (std::size_t begin = 0, end = 0; next_cue(end, begin, end);) {
    const TableEntry* entry = table_->find(std::string_view(text_).substr(begin, end - begin));
    if (!entry) continue;
    auto place = sentence.begin + static_cast<std::uint32_t>(begin);
    int away = std::numeric_limits<int>::max();
    Span cue{place, sentence.begin + static_cast<std::uint32_t>(end)};
    bool states = false;  // a word that states the fact says nothing about how sure it is: "untersagt" of a ban
    for (const Span& trigger : triggers) {
      states |= trigger.overlaps(cue);
      int between = breaks_between(breaks, place, trigger.begin);
      if (between <= 1 && place > trigger.begin && between) between = 2;  // only the clause before counts as near
      if (between == 0 && coordinated(document, cue, trigger)) between = 2;
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
