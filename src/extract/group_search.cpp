#include "extract/group_search.h"

#include <algorithm>

#include "text/unicode.h"

namespace fakt {
namespace {

constexpr std::uint32_t kContext = 48;       ///< bytes seen by before, after and their negations
constexpr int kTries = 12;                   ///< ends that are tried, the longest first
constexpr std::size_t kMostSpent = 4 << 20;  ///< bytes of the states of a thread's own automata

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

/// The text beside a mention, on whole characters.
std::string_view left_of(std::string_view text, Span sentence, std::uint32_t at) {
  std::uint32_t begin = at > sentence.begin + kContext ? at - kContext : sentence.begin;
  while (begin < at && is_continuation(text[begin])) ++begin;
  return text.substr(begin, at - begin);
}

std::string_view right_of(std::string_view text, Span sentence, std::uint32_t at) {
  std::uint32_t end = std::min(at + kContext, sentence.end);
  while (end > at && end < text.size() && is_continuation(text[end])) --end;
  return text.substr(at, end - at);
}

/// The end of what a match from `begin` may cover, on the border of a character.
std::uint32_t limit_from(const Scene& scene, std::uint32_t begin) {
  std::uint32_t limit = std::min(begin + kLongestMatch, scene.sentence.end);
  while (limit > begin && limit < scene.text.size() && is_continuation(scene.text[limit])) --limit;
  return limit;
}

/// Where a shorter match than one to `end` may end at most: a word edge.
std::uint32_t shorter(const Scene& scene, std::uint32_t begin, std::uint32_t end) {
  std::uint32_t limit = end - 1;
  while (limit > begin && (is_continuation(scene.text[limit]) || !is_word_edge(scene.text, limit))) --limit;
  return limit;
}

unsigned char byte_at(const Scene& scene, std::uint32_t at) { return static_cast<unsigned char>(scene.text[at]); }

}  // namespace

GroupSearch::GroupSearch(const Plan& plan) : plan_(plan), runner_(plan.set().program_pool()) {}

bool GroupSearch::take(std::uint32_t group, bool waits) {
  automata_ = &plan_.automata().of(group);
  lock_ = waits ? std::unique_lock(automata_->mutex) : std::unique_lock(automata_->mutex, std::try_to_lock);
  if (!lock_) return false;
  group_ = group;
  type_ = plan_.type_of_group(group);
  return true;
}

void GroupSearch::give_back() { lock_ = {}; }

void GroupSearch::find_begins(const Scene& scene, std::uint32_t at, std::uint32_t low,
                              std::vector<std::uint32_t>& begins) {
  if (!automata_->approach) plan_.automata().prepare_approach(group_);
  Automaton& approach = *automata_->approach;
  std::size_t before = approach.bytes();
  approach.run_in_reverse(scene.text, at, low, [&](std::uint32_t begin) {
    if (is_word_edge(scene.text, begin)) begins.push_back(begin);
  });
  if (approach.bytes() != before) plan_.automata().grew(approach.bytes() - before);
}

/// All matches of the group from `begin` that end at a word edge at or before `limit`, the longest first.
void GroupSearch::find_hits(const Scene& scene, std::uint32_t begin, std::uint32_t limit) {
  hits_.clear();
  if (!automata_->automaton) plan_.automata().prepare(group_);
  if (automata_->any) return find_plain_hits(scene, begin, limit);
  Automaton& automaton = *automata_->automaton;
  std::size_t before = automaton.bytes();
  automaton.run<Automaton::Ends::words>(scene.until_end, begin, limit, [&](std::uint32_t end, const auto& patterns) {
    if (!is_word_edge(scene.text, end)) return;
    for (std::uint32_t pattern : patterns) hits_.push_back({end, pattern});
  });
  if (automaton.bytes() != before) plan_.automata().grew(automaton.bytes() - before);
  const Type& type = *plan_.types()[type_];
  for (std::uint32_t i : automata_->others)
    add_hits(scene, *type.patterns[plan_.groups()[group_]->patterns[i]], i, begin, limit);
  if (hits_.size() < 2) return;
  std::sort(hits_.begin(), hits_.end(),
            [](const Hit& a, const Hit& b) { return a.end != b.end ? a.end > b.end : a.pattern < b.pattern; });
}

/// What RE2 says of a pattern that no automaton can do.
void GroupSearch::add_hits(const Scene& scene, const Pattern& pattern, std::uint32_t number, std::uint32_t begin,
                           std::uint32_t limit) {
  if (!pattern.first[byte_at(scene, begin)]) return;
  for (int tries = 0; tries < kTries && limit > begin;) {
    auto end = runner_.longest(pattern.regex, pattern.program, scene.until_end, begin, limit);
    if (!end || *end <= begin) return;
    if (is_word_edge(scene.text, *end)) hits_.push_back({*end, number}), ++tries;
    limit = shorter(scene, begin, *end);
  }
}

void GroupSearch::find_plain_hits(const Scene& scene, std::uint32_t begin, std::uint32_t limit) {
  const Type& type = *plan_.types()[type_];
  const auto& patterns = plan_.groups()[group_]->patterns;
  for (int tries = 0; tries < kTries && limit > begin;) {
    auto found = automata_->any->match_at(scene.until_end, begin, limit);
    if (!found || *found <= begin) return;
    auto end = static_cast<std::uint32_t>(*found);
    limit = shorter(scene, begin, end);
    if (!is_word_edge(scene.text, end)) continue;
    ++tries;
    matching_.clear();
    if (automata_->which) {
      automata_->which->matches(scene.text.substr(begin, end - begin), matching_);
    } else {
      for (std::size_t i = 0; i < patterns.size(); ++i) {
        const Pattern& p = *type.patterns[patterns[i]];
        if (runner_.exactly(p.regex, p.program, scene.until_end, begin, end, nullptr))
          matching_.push_back(static_cast<int>(i));
      }
    }
    for (int i : matching_) hits_.push_back({end, static_cast<std::uint32_t>(i)});
  }
}

void GroupSearch::try_from(const Scene& scene, std::uint32_t begin) {
  std::uint32_t limit = limit_from(scene, begin);
  if (limit <= begin) return;
  plan_.automata().forget_if_spent(*automata_);
  if (runner_.bytes() > kMostSpent) runner_.forget();
  find_hits(scene, begin, limit);
  if (hits_.empty()) return;
  const Type& type = *plan_.types()[type_];
  const auto& patterns = plan_.groups()[group_]->patterns;
  accepted_.clear();
  int tries = 0;
  bool any = false;
  for (std::size_t i = 0; i < hits_.size(); ++i) {
    if (i > 0 && hits_[i].end != hits_[i - 1].end && (++tries >= kTries || (any && !type.weighs_evidence))) return;
    any |= take_one(scene, type_, *type.patterns[patterns[hits_[i].pattern]], {begin, hits_[i].end});
  }
}

bool GroupSearch::take_one(const Scene& scene, std::size_t type, const Pattern& pattern, Span match) {
  if (std::find(accepted_.begin(), accepted_.end(), &pattern) != accepted_.end()) return false;
  bool taken = pattern.marks == 0 ? add(scene, type, pattern, match, match, 0) : add_marks(scene, type, pattern, match);
  if (taken) accepted_.push_back(&pattern);
  return taken;
}

bool GroupSearch::add(const Scene& scene, std::size_t type, const Pattern& pattern, Span mention, Span match,
                      std::size_t mark) {
  if (!context_allows(scene, pattern, mention)) return false;
  (*scene.found)[type].of(pattern).push_back(
      {mention, match, &pattern, nullptr, scene.number, static_cast<std::uint16_t>(mark), false, pattern.weight, {}});
  return true;
}

bool GroupSearch::add_marks(const Scene& scene, std::size_t type, const Pattern& pattern, Span match) {
  marks_.slots.clear();
  marks_.marks.assign(static_cast<std::size_t>(pattern.marks), std::nullopt);
  runner_.exactly(pattern.regex, pattern.program, scene.until_end, match.begin, match.end, &marks_);
  bool added = false;
  for (std::size_t i = 0; i < marks_.marks.size(); ++i)
    if (const auto& mark = marks_.marks[i]; mark && mark->begin < mark->end)
      added |= add(scene, type, pattern, *mark, match, i);
  return added;
}

void GroupSearch::extend_name(const Scene& scene, std::uint32_t type, std::uint32_t begin, std::uint32_t name_end,
                              std::string_view kind, bool ambiguous) {
  std::uint32_t limit = limit_from(scene, name_end);
  for (const Pattern* pattern : plan_.types()[type]->extensions) {
    if (name_end >= limit || (pattern->extends != "*" && pattern->extends != kind)) continue;
    if (!pattern->first[byte_at(scene, name_end)] || (ambiguous && pattern->marks > 0)) continue;
    auto end = runner_.longest(pattern->regex, pattern->program, scene.until_end, name_end, limit);
    if (!end || *end == name_end || !is_word_edge(scene.text, *end)) continue;
    Span rest{name_end, *end};
    if (pattern->marks == 0)
      add(scene, type, *pattern, {begin, *end}, rest, 0);
    else
      add_marks(scene, type, *pattern, rest);
  }
}

bool GroupSearch::context_allows(const Scene& scene, const Pattern& pattern, Span mention) {
  std::string_view right = right_of(scene.text, scene.sentence, mention.end);
  if (!pattern.after->empty() && !runner_.begins(*pattern.after, right)) return false;
  if (!pattern.not_after->empty() && runner_.begins(*pattern.not_after, right)) return false;
  if (!pattern.before->empty() || !pattern.not_before->empty()) {
    std::string_view left = left_of(scene.text, scene.sentence, mention.begin);
    if (!pattern.before->empty() && !runner_.ends(*pattern.before, left)) return false;
    if (!pattern.not_before->empty() && runner_.ends(*pattern.not_before, left)) return false;
  }
  return pattern.reject->empty() ||
         !runner_.found_in(*pattern.reject, scene.text.substr(mention.begin, mention.size()));
}

SlotSpans& GroupSearch::slots(std::string_view text, const Pattern& pattern, Span match) {
  spans_.slots.assign(pattern.slots.size(), std::nullopt);
  spans_.marks.assign(static_cast<std::size_t>(pattern.marks), std::nullopt);
  runner_.exactly(pattern.regex, pattern.program, text, match.begin, match.end, &spans_);
  return spans_;
}

SlotSpans& GroupSearch::context_slots(std::string_view text, Span sentence, const Pattern& pattern, Span mention,
                                      bool before) {
  const Context& context = before ? *pattern.before : *pattern.after;
  SlotSpans& out = spans_;
  out.slots.assign(context.slots.size(), std::nullopt);
  out.marks.clear();
  if (context.empty() || context.slots.empty()) return out;
  std::string_view beside = before ? left_of(text, sentence, mention.begin) : right_of(text, sentence, mention.end);
  auto base = static_cast<std::uint32_t>(beside.data() - text.data());
  if (before) reverse(beside, backwards_), beside = backwards_;
  auto end = runner_.longest(context.regex, context.program, beside, 0, static_cast<std::uint32_t>(beside.size()));
  if (!end || !runner_.exactly(context.regex, context.program, beside, 0, *end, &out)) return out;
  for (auto& slot : out.slots) {
    if (!slot) continue;
    slot = before ? Span{mention.begin - slot->end, mention.begin - slot->begin}
                  : Span{base + slot->begin, base + slot->end};
  }
  return out;
}

}  // namespace fakt
