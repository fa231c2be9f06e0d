#include "extract/fact_matcher.h"

#include <algorithm>
#include <limits>

#include "error.h"
#include "text/unicode.h"

namespace fakt {
namespace {

constexpr long kBreak = 1000;  ///< a clause break counts as so many bytes between a role and its trigger

/// Whether the amounts are as the pattern asks. A role that is open asks for nothing.
bool within_bounds(const FactHit& hit) {
  return std::all_of(hit.pattern->fact.where.begin(), hit.pattern->fact.where.end(), [&](const AmountBounds& bounds) {
    return std::all_of(hit.roles.begin(), hit.roles.end(), [&](const FilledRole& role) {
      if (role.name != bounds.role || !role.filler) return true;
      return role.filler->amount >= bounds.least && role.filler->amount <= bounds.most;
    });
  });
}

}  // namespace

TypeBits::TypeBits(const PatternSet& set) {
  auto add = [&](const std::vector<std::string>& types) {
    for (const auto& type : types)
      if (std::find(names_.begin(), names_.end(), type) == names_.end()) names_.push_back(type);
  };
  for (const auto& type : set.types())
    if (type->is_fact)
      for (const auto& pattern : type->patterns) {
        add(pattern->fact.types);
        for (const auto& attachment : pattern->fact.attachments) add(attachment.types);
      }
  if (names_.size() > 64) throw Error("the fact patterns of a language may name at most 64 types of mentions");
}

std::uint64_t TypeBits::bit(std::string_view type) const {
  for (std::size_t i = 0; i < names_.size(); ++i)
    if (names_[i] == type) return std::uint64_t{1} << i;
  return 0;
}

std::uint64_t TypeBits::bits(const std::vector<std::string>& types) const {
  std::uint64_t all = 0;
  for (const auto& type : types) all |= bit(type);
  return all;
}

FactMatcher::Finder::Finder(const std::string& source, const std::vector<Slot>& s, std::uint64_t t)
    : regex(source, Regex::Prefer::first), slots(s), types(t) {
  for (const auto& name : regex.group_names()) {
    if (name.size() > 1 && (name[0] == 's' || name[0] == 'm'))
      groups.emplace_back(name[0], std::stoul(name.substr(1)));
    else
      groups.emplace_back(' ', 0);
  }
}

FactMatcher::FactMatcher(const PatternSet& set, const TypeBits& types) {
  for (const auto& type : set.types()) {
    if (!type->is_fact) continue;
    for (const auto& pattern : type->patterns) {
      Candidate candidate{
          pattern.get(), types.bits(pattern->fact.types), types.bits(pattern->fact.required), {}, {}, {}, {}};
      for (const auto& [key, value] : pattern->keys)
        for (const auto& hole : value.holes()) candidate.key_slots.push_back(hole.slot);
      for (const auto& attachment : pattern->fact.attachments)
        candidate.attachments.push_back({nullptr, types.bits(attachment.types)});
      candidates_.push_back(std::move(candidate));
    }
  }
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    for (const Atom& atom : candidates_[i].pattern->fact.words) words_.add(atom, static_cast<std::uint32_t>(i));
    if (candidates_[i].pattern->fact.words.empty()) wordless_.push_back(i);
  }
  words_.build();
}

void FactMatcher::choose(std::string_view document, const TextIndex& index, const fakt::Sentence& sentence, Span where,
                         std::uint64_t present) {
  chosen_.clear();
  auto add = [&](std::size_t i) {
    if ((candidates_[i].required & ~present) == 0) chosen_.push_back(i);
  };
  auto add_called = [&](std::uint32_t i, std::uint32_t) { add(i); };
  for (std::size_t i : wordless_) add(i);
  std::uint32_t passed = where.begin;
  auto symbols_until = [&](std::uint32_t end) {
    for (; words_.has_symbols() && passed < end; ++passed)
      if (words_.is_symbol_lead(document[passed])) words_.visit_symbol(decode(document, passed).value, add);
  };
  for (std::uint32_t i = sentence.first_token; i < sentence.last_token; ++i) {
    const auto& token = index.tokens[i];
    if (token.begin < where.begin || token.end > where.end) continue;
    symbols_until(token.begin);
    passed = token.end;
    words_.visit(document, token.begin, token.end, token.hash, add_called);
  }
  symbols_until(where.end);
  std::sort(chosen_.begin(), chosen_.end());
  chosen_.erase(std::unique(chosen_.begin(), chosen_.end()), chosen_.end());
}

const FactText& FactMatcher::text_for(std::uint64_t types, const Sentence& sentence) {
  FactText& text = texts_[types];
  if (std::find(built_.begin(), built_.end(), types) == built_.end()) {
    text.build(sentence.document, sentence.where, sentence.fillers, types, {});
    built_.push_back(types);
  }
  return text;
}

void FactMatcher::find(std::string_view document, const TextIndex& index, const fakt::Sentence& number, Span where,
                       const std::vector<const Filler*>& fillers, std::vector<FactHit>& out) {
  std::uint64_t present = 0;
  for (const Filler* filler : fillers) present |= filler->type;
  choose(document, index, number, where, present);
  if (chosen_.empty()) return;
  built_.clear();
  Sentence sentence{document, where, fillers, clause_breaks(document, where)};
  for (std::size_t i : chosen_) run(candidates_[i], sentence, out);
}

void FactMatcher::run(Candidate& candidate, Sentence& sentence, std::vector<FactHit>& out) {
  const Pattern& pattern = *candidate.pattern;
  if (!pattern.fact.stated_by.empty()) {
    if (!candidate.trigger) candidate.trigger = std::make_unique<Regex>(pattern.fact.stated_by, Regex::Prefer::longest);
    constexpr std::uint64_t kNoTokens = 0;
    if (!candidate.trigger->found_in(text_for(kNoTokens, sentence).text())) return;
  }
  if (!candidate.finder) candidate.finder = std::make_unique<Finder>(pattern.regex, pattern.slots, candidate.types);
  Finder& finder = *candidate.finder;
  const FactText& text = text_for(candidate.types, sentence);
  for (std::size_t at = 0; at < text.text().size();) {
    if (!finder.regex.captures(text.text(), at, Regex::Anchor::none, groups_)) break;
    std::size_t next = std::string::npos;
    for (std::size_t i = 1; i < groups_.size(); ++i)
      if (finder.groups[i].first == 'm' && groups_[i].first != std::string::npos)
        next = std::min(next, groups_[i].second);
    if (next == std::string::npos) next = groups_[0].second;
    FactHit hit;
    hit.pattern = &pattern;
    fill(candidate, finder, text, hit);
    at = std::max(at + 1, next);
    if (hit.triggers.empty()) continue;
    attach(candidate, sentence, hit);
    if (within_bounds(hit)) out.push_back(std::move(hit));
  }
}

void FactMatcher::fill(const Candidate& candidate, const Finder& finder, const FactText& text, FactHit& hit) {
  bool attached = !hit.triggers.empty();
  for (std::size_t i = 1; i < groups_.size(); ++i) {
    auto [begin, end] = groups_[i];
    if (begin == std::string::npos) continue;
    auto [kind, index] = finder.groups[i];
    if (kind == 'm' && !attached) {
      if (begin < end) hit.triggers.push_back(text.original(begin, end));
    } else if (kind == 's') {
      const Slot& slot = finder.slots[index];
      auto fillers = text.fillers_in(begin, end);
      if (!fillers.empty()) {
        bool distribute = slot.many && !candidate.pattern->repeat && fillers.size() > 1;
        if (distribute) hit.members = std::max(hit.members, static_cast<int>(fillers.size()));
        int number = 0;
        for (const Filler* filler : fillers)
          hit.roles.push_back({slot.name, filler, filler->span, {}, distribute ? ++number : 0, attached});
        continue;
      }
      std::string words = text.text().substr(begin, end - begin);
      Span span = text.original(begin, end);
      if (span.size() == 0) continue;
      if (slot.table)
        if (const TableEntry* entry = slot.table->find(words)) words = entry->meaning;
      const auto& keys = candidate.key_slots;
      if (std::find(keys.begin(), keys.end(), slot.name) != keys.end())
        hit.words.emplace_back(slot.name, words);
      else
        hit.roles.push_back({slot.name, nullptr, span, words, 0, attached});
    }
  }
}

void FactMatcher::attach(Candidate& candidate, Sentence& sentence, FactHit& hit) {
  for (std::size_t i = 0; i < candidate.attachments.size(); ++i) {
    const Attachment& attachment = candidate.pattern->fact.attachments[i];
    auto& [finder, types] = candidate.attachments[i];
    if (!finder) finder = std::make_unique<Finder>(attachment.regex, attachment.slots, types);
    attach_nearest(candidate, *finder, attachment.sentence, sentence, hit);
  }
}

/// Of all matches of a further role takes the one nearest to the trigger. Clause breaks count for more than bytes.
bool FactMatcher::attach_nearest(const Candidate& candidate, Finder& finder, bool anywhere, Sentence& sentence,
                                 FactHit& hit) {
  auto filled = [&](const std::string& name) {
    return std::any_of(hit.roles.begin(), hit.roles.end(), [&](const FilledRole& role) { return role.name == name; }) ||
           std::any_of(hit.words.begin(), hit.words.end(), [&](const auto& word) { return word.first == name; });
  };
  for (const Slot& slot : finder.slots)
    if (filled(slot.name)) return false;
  FactText text;
  text.build(sentence.document, sentence.where, sentence.fillers, finder.types, hit.triggers);
  long best = std::numeric_limits<long>::max();
  FactHit chosen;
  for (std::size_t at = 0; at < text.text().size();) {
    if (!finder.regex.captures(text.text(), at, Regex::Anchor::none, groups_)) break;
    FactHit trial;
    trial.pattern = hit.pattern;
    trial.triggers = hit.triggers;
    fill(candidate, finder, text, trial);
    std::size_t next = groups_[0].second;
    for (std::size_t i = 1; i < groups_.size(); ++i)
      if (finder.groups[i].first == 's' && groups_[i].first != std::string::npos)
        next = std::min(next, groups_[i].second);
    at = std::max(at + 1, next);
    long cost = trial.roles.empty() && trial.words.empty() ? best : 0;
    for (const auto& role : trial.roles) {
      for (const auto& other : hit.roles)
        if (other.span.overlaps(role.span)) cost = best;
      auto same_clause = [&](Span span) { return breaks_between(sentence.breaks, span.begin, role.span.begin) == 0; };
      bool inside = std::any_of(hit.triggers.begin(), hit.triggers.end(), same_clause) ||
                    std::any_of(hit.roles.begin(), hit.roles.end(),
                                [&](const FilledRole& core) { return !core.attached && same_clause(core.span); });
      if (!anywhere && !inside) cost = best;
      long nearest = std::numeric_limits<long>::max();
      for (const Span& trigger : hit.triggers)
        nearest = std::min(nearest, distance(trigger, role.span) +
                                        kBreak * breaks_between(sentence.breaks, trigger.begin, role.span.begin));
      cost = std::max(cost, nearest);
    }
    if (cost < best) best = cost, chosen = std::move(trial);
  }
  if (!chosen.pattern) return false;
  hit.members = std::max(hit.members, chosen.members);
  std::move(chosen.roles.begin(), chosen.roles.end(), std::back_inserter(hit.roles));
  std::move(chosen.words.begin(), chosen.words.end(), std::back_inserter(hit.words));
  return true;
}

}  // namespace fakt
