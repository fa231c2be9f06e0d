#include "extract/fact_matcher.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <utility>

#include "error.h"
#include "text/unicode.h"

namespace fakt {
namespace {

constexpr long kBreak = 1000;  ///< a clause break counts as so many bytes between a role and its trigger
constexpr long kFarthest = std::numeric_limits<long>::max();

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
  auto add = [&](const Array<Text>& types) {
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

std::uint64_t TypeBits::bits(const Array<Text>& types) const {
  std::uint64_t all = 0;
  for (const auto& type : types) all |= bit(type);
  return all;
}

Mentions TypeBits::mentions(const Array<Text>& types) const {
  Mentions all;
  for (const auto& type : types) all.add(bit(type));
  return all;
}

FactMatcher::FactMatcher(const PatternSet& set, const TypeBits& types)
    : search_(set.fact_programs()),
      words_(set.fact_triggers()),
      set_aside_(set.language().list("set_aside")),
      oblique_after_(set.language().list("oblique_after")) {
  const FactPrograms& programs = set.fact_programs();
  for (const auto& type : set.types()) {
    if (!type->is_fact) continue;
    for (const auto& pattern : type->patterns) {
      const FactParts& fact = pattern->fact;
      Candidate candidate{pattern.get(),
                          {},
                          {{programs, fact.program, pattern->regex}, pattern->slots, types.bits(fact.types)},
                          {},
                          {}};
      for (const auto& [key, value] : pattern->keys)
        for (const auto& hole : value.holes()) candidate.key_slots.push_back(hole.slot);
      for (const Attachment& attachment : fact.attachments)
        candidate.attachments.push_back(
            {{{programs, attachment.program, attachment.regex}, attachment.slots, types.bits(attachment.types)},
             types.mentions(attachment.required),
             attachment.sentence});
      candidates_.push_back(std::move(candidate));
    }
  }
  ways_.resize(set.fact_ways());
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    for (const FactWay& way : candidates_[i].pattern->fact.ways) {
      Mentions required = types.mentions(way.mentions);
      auto& until = candidates_[i].until;
      until.resize(std::max<std::size_t>(until.size(), std::bit_width(way.alternatives)));
      ways_[way.number] = {required, static_cast<std::uint32_t>(i), way.alternatives};
      if (way.wordless) wordless_.push_back(way.number);
      if (std::find(required_.begin(), required_.end(), required) == required_.end()) required_.push_back(required);
    }
  }
}

void FactMatcher::begin_document(const Vocabulary& words) {
  vocabulary_ = &words;
  called_.begin_document(words);
}

void FactMatcher::choose(std::string_view document, const TextIndex& index, const fakt::Sentence& sentence,
                         const Stretch& stretch, const Mentions& present) {
  Span where = stretch.where;
  for (std::size_t i : chosen_) {
    candidates_[i].chosen = false;
    std::fill(candidates_[i].until.begin(), candidates_[i].until.end(), 0);
  }
  chosen_.clear();
  auto fits = [&](const Mentions& required) { return present.hold(required); };
  if (std::none_of(required_.begin(), required_.end(), fits)) return;
  auto add = [&](std::uint32_t way, std::uint32_t word_end) {
    if (!fits(ways_[way].required)) return;
    Candidate& candidate = candidates_[ways_[way].candidate];
    if (!std::exchange(candidate.chosen, true)) chosen_.push_back(ways_[way].candidate);
    for (std::uint64_t left = ways_[way].alternatives; left; left &= left - 1) {
      std::uint32_t& until = candidate.until[static_cast<std::size_t>(std::countr_zero(left))];
      until = std::max(until, word_end);
    }
  };
  auto learn = [&](std::uint32_t word) {
    return [&, word](std::vector<std::uint32_t>& ways) {
      std::string_view text = vocabulary_->text(word);
      words_.visit(text, 0, static_cast<std::uint32_t>(text.size()), vocabulary_->hash(word),
                   [&](std::uint32_t way, std::uint32_t) { ways.push_back(way); });
    };
  };
  for (std::uint32_t way : wordless_) add(way, where.end);
  std::uint32_t passed = where.begin;
  auto symbols_until = [&](std::uint32_t end) {
    for (; words_.has_symbols() && passed < end; ++passed)
      if (words_.is_symbol_lead(document[passed]))
        words_.visit_symbol(decode(document, passed).value, [&](std::uint32_t way) { add(way, passed + 1); });
  };
  constexpr std::uint32_t kNear = 4, kFar = 12;  // tokens that memory is asked for ahead
  for (std::uint32_t i = sentence.first_token; i < sentence.last_token; ++i) {
    const auto& token = index.tokens[i];
    if (i + kFar < index.tokens.size())
      called_.fetch(index.tokens[i + kFar].word), called_.fetch_items(index.tokens[i + kNear].word);
    if (!stretch.contains({token.begin, token.end})) continue;
    symbols_until(token.begin);
    passed = token.end;
    for (std::uint32_t way : called_.of(token.word, learn(token.word))) add(way, token.end);
  }
  symbols_until(where.end);
  std::sort(chosen_.begin(), chosen_.end());
}

FactText& FactMatcher::text_for(Texts& texts, std::uint64_t types, const Sentence& sentence,
                                const std::vector<Span>& triggers) {
  types &= sentence.present.once;  // of which the others make the same text
  FactText& text = texts.all[types];
  if (std::find(texts.built.begin(), texts.built.end(), types) == texts.built.end()) {
    text.build(sentence.document, sentence.stretch, sentence.fillers, types, triggers, search_.next_id());
    texts.built.push_back(types);
  }
  return text;
}

void FactMatcher::find(std::string_view document, const TextIndex& index, const fakt::Sentence& number,
                       const Stretch& stretch, const std::vector<const Filler*>& fillers, std::vector<FactHit>& out) {
  Mentions present;
  for (const Filler* filler : fillers) present.add(filler->type);
  choose(document, index, number, stretch, present);
  if (chosen_.empty()) return;
  texts_.built.clear();
  search_.forget();
  Sentence sentence{document, stretch, fillers, present, {}};
  for (std::size_t i : chosen_) run(candidates_[i], sentence, out);
}

void FactMatcher::run(Candidate& candidate, Sentence& sentence, std::vector<FactHit>& out) {
  Finder& finder = candidate.finder;
  FactText& text = text_for(texts_, finder.types, sentence, {});
  until_.clear();
  for (std::uint32_t until : candidate.until) until_.push_back(until ? text.place_of(until) : 0);
  for (std::size_t at = 0; at < text.text().size();) {
    if (!finder.regex.captures(search_, text, at, until_, groups_)) break;
    const auto& groups = finder.regex.groups();
    std::size_t next = std::string::npos;
    for (std::size_t i = 1; i < groups_.size(); ++i)
      if (groups[i - 1].kind == 'm' && groups_[i].first != std::string::npos) next = std::min(next, groups_[i].second);
    if (next == std::string::npos) next = groups_[0].second;
    FactHit hit;
    hit.pattern = candidate.pattern;
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
    auto [kind, index] = finder.regex.groups()[i - 1];
    if (kind == 'm' && !attached) {
      if (begin < end) hit.triggers.push_back(text.original(begin, end));
    } else if (kind == 's') {
      const Slot& slot = finder.slots[index];
      auto fillers = text.fillers_in(begin, end);
      if (!attached && fillers.size() > 1 && phrase_before(text.text(), static_cast<std::uint32_t>(begin)))
        fillers.erase(fillers.begin());  // "Unlike A, B sells"
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
  attaching_.built.clear();
  for (Further& further : candidate.attachments)
    if (sentence.present.hold(further.required))
      attach_nearest(candidate, further.finder, further.anywhere, sentence, hit);
}

/// Of all matches of a further role takes the one nearest to the trigger.
void FactMatcher::attach_nearest(const Candidate& candidate, Finder& finder, bool anywhere, Sentence& sentence,
                                 FactHit& hit) {
  auto filled = [&](std::string_view name) {
    return std::any_of(hit.roles.begin(), hit.roles.end(), [&](const FilledRole& role) { return role.name == name; }) ||
           std::any_of(hit.words.begin(), hit.words.end(), [&](const auto& word) { return word.first == name; });
  };
  for (const Slot& slot : finder.slots)
    if (filled(slot.name)) return;
  FactText& text = text_for(attaching_, finder.types, sentence, hit.triggers);
  long best = kFarthest;
  FactHit chosen;
  for (std::size_t at = 0; at < text.text().size();) {
    if (!finder.regex.captures(search_, text, at, FactSearch::kAnywhere, groups_)) break;
    FactHit trial;
    trial.pattern = hit.pattern;
    trial.triggers = hit.triggers;
    fill(candidate, finder, text, trial);
    const auto& groups = finder.regex.groups();
    std::size_t next = groups_[0].second;
    for (std::size_t i = 1; i < groups_.size(); ++i)
      if (groups[i - 1].kind == 's' && groups_[i].first != std::string::npos) next = std::min(next, groups_[i].second);
    at = std::max(at + 1, next);
    auto [begin, end] = groups_[0];
    long cost = cost_of(trial, hit, anywhere, sentence);
    if (cost >= best) continue;
    std::uint32_t from = text.original(begin, end).begin;
    if (std::any_of(trial.roles.begin(), trial.roles.end(),
                    [&](const FilledRole& role) { return set_aside(sentence.document, role, from); }))
      continue;
    best = cost, chosen = std::move(trial);
  }
  if (!chosen.pattern) return;
  hit.members = std::max(hit.members, chosen.members);
  std::move(chosen.roles.begin(), chosen.roles.end(), std::back_inserter(hit.roles));
  std::move(chosen.words.begin(), chosen.words.end(), std::back_inserter(hit.words));
}

/// Where the phrase that sets aside what stands at `at` begins: "laut ", "im Vergleich zum "; nothing if there is none.
std::optional<std::uint32_t> FactMatcher::phrase_before(std::string_view text, std::uint32_t at) const {
  std::uint32_t begin = at;
  for (int words = 0; words < 3; ++words) {
    std::string_view word = word_before(text, begin);
    if (word.empty()) break;
    begin -= static_cast<std::uint32_t>(word.size()) + 1;
    if (set_aside_.contains(text.substr(begin, at - 1 - begin))) return begin;
  }
  return std::nullopt;
}

/// Whether a mention belongs to a statement of its own, as a source or a comparison: a phrase before it says so, or the
/// word behind it; not where the match of the role begins with the phrase, at `from`.
bool FactMatcher::set_aside(std::string_view document, const FilledRole& role, std::uint32_t from) const {
  if (!role.filler) return false;
  if (oblique_after_.contains(word_after(document, role.span.end))) return true;
  auto phrase = phrase_before(document, role.span.begin);
  return phrase && (role.filler->argument.type == "date" || from != *phrase);
}

/// How far the roles of a trial lie from the trigger; kFarthest: they may not be taken. Clause breaks count for more
/// than bytes. A coordination ("in A, B und C") stands where its first member does.
long FactMatcher::cost_of(const FactHit& trial, const FactHit& hit, bool anywhere, Sentence& sentence) const {
  if (trial.roles.empty()) return trial.words.empty() ? kFarthest : 0;
  if (!sentence.breaks) sentence.breaks = clause_breaks(sentence.document, sentence.stretch);
  const auto& breaks = *sentence.breaks;
  long cost = 0;
  const FilledRole* before = nullptr;
  for (const auto& role : trial.roles) {
    for (const auto& other : hit.roles)
      if (other.span.overlaps(role.span)) return kFarthest;
    bool coordinated = before && before->name == role.name;
    before = &role;
    if (coordinated) continue;
    auto same_clause = [&](Span span) { return breaks_between(breaks, span.begin, role.span.begin) == 0; };
    bool inside = std::any_of(hit.triggers.begin(), hit.triggers.end(), same_clause) ||
                  std::any_of(hit.roles.begin(), hit.roles.end(),
                              [&](const FilledRole& core) { return !core.attached && same_clause(core.span); });
    if (!anywhere && !inside) return kFarthest;
    long nearest = kFarthest;
    for (const Span& trigger : hit.triggers)
      nearest = std::min(
          nearest, distance(trigger, role.span) + kBreak * breaks_between(breaks, trigger.begin, role.span.begin));
    cost = std::max(cost, nearest);
  }
  return cost;
}

}  // namespace fakt
