#include "extract/group_search.h"

#include <algorithm>

#include "text/unicode.h"

namespace fakt {
namespace {

constexpr std::uint32_t kContext = 48;  ///< bytes seen by before, after and their negations
constexpr int kTries = 12;              ///< shorter ends that are tried when a longer one is refused

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

/// The characters of a text from the last to the first.
void reverse(std::string_view text, std::string& out) {
  out.clear();
  for (std::size_t at = text.size(); at > 0;) {
    std::size_t end = at--;
    while (at > 0 && is_continuation(text[at])) --at;
    out.append(text, at, end - at);
  }
}

/// The end of what a match from `begin` may cover, on the border of a character.
std::uint32_t limit_from(const Scene& scene, std::uint32_t begin) {
  std::uint32_t limit = std::min(begin + kLongestMatch, scene.sentence.end);
  while (limit > begin && limit < scene.text.size() && is_continuation(scene.text[limit])) --limit;
  return limit;
}

unsigned char byte_at(const Scene& scene, std::uint32_t at) { return static_cast<unsigned char>(scene.text[at]); }

}  // namespace

GroupSearch::GroupSearch(const Plan& plan)
    : plan_(plan), states_(plan.groups().size()), runner_(plan.set().program_pool()) {}

/// RE2 finds the longest match of many patterns at once in the time of some thirty steps of their programs, but to make
/// it takes about 70 steps a byte of their regexes. The plain engine has it from the start, so that the two are
/// compared with each other.
bool GroupSearch::compiled(std::uint32_t group) {
  constexpr std::uint64_t kStepsOfSearch = 30, kStepsOfByte = 70;
  State& state = states_[group];
  if (state.any) return true;
  const Group& g = *plan_.groups()[group];
  bool worth = state.steps > g.regex_size * kStepsOfByte && state.steps > state.tries * kStepsOfSearch;
  if (plan_.engine() == Engine::fast && !worth) return false;
  const Type& type = *plan_.types()[plan_.type_of_group(group)];
  state.any = std::make_unique<Regex>(union_regex(type, g), Regex::Prefer::longest);
  constexpr std::size_t kFew = 3;
  if (g.patterns.size() <= kFew) return true;
  std::vector<std::string> regexes;
  for (std::uint32_t i : g.patterns) regexes.push_back(type.patterns[i]->plain);
  state.which = std::make_unique<RegexSet>(regexes);
  return true;
}

/// The end of the longest match of any pattern of the group that begins at `begin`; 0 if there is none. `again`: with a
/// smaller limit than before.
std::uint32_t GroupSearch::longest(const Scene& scene, std::uint32_t group, std::uint32_t begin, std::uint32_t limit,
                                   bool again) {
  State& state = states_[group];
  if (compiled(group)) {
    auto end = state.any->match_at(scene.until_end, begin, limit);
    return end ? static_cast<std::uint32_t>(*end) : 0;
  }
  const Type& type = *plan_.types()[plan_.type_of_group(group)];
  const auto& patterns = plan_.groups()[group]->patterns;
  std::uint64_t before = runner_.steps();
  if (!again) ends_.assign(patterns.size(), limit + 1);
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    if (ends_[i] <= limit) continue;
    const Pattern& pattern = *type.patterns[patterns[i]];
    bool fits = pattern.first[byte_at(scene, begin)];
    ends_[i] = fits ? runner_.longest(pattern.regex, pattern.program, scene.until_end, begin, limit).value_or(0) : 0;
  }
  ++state.tries;
  state.steps += runner_.steps() - before;
  return *std::max_element(ends_.begin(), ends_.end());
}

void GroupSearch::try_from(const Scene& scene, std::uint32_t group, std::uint32_t begin) {
  std::uint32_t limit = limit_from(scene, begin);
  bool all = plan_.types()[plan_.type_of_group(group)]->weighs_evidence;
  accepted_.clear();
  for (int tries = 0; tries < kTries && limit > begin; ++tries) {
    std::uint32_t end = longest(scene, group, begin, limit, tries > 0);
    if (end <= begin) return;
    if (is_word_edge(scene.text, end) && take(scene, group, {begin, end}) && !all) return;
    limit = end - 1;
    while (limit > begin && (is_continuation(scene.text[limit]) || !is_word_edge(scene.text, limit))) --limit;
  }
}

/// What the patterns of a group make of the longest match of one of them; true if one accepts it.
bool GroupSearch::take(const Scene& scene, std::uint32_t group, Span match) {
  std::size_t t = plan_.type_of_group(group);
  const Type& type = *plan_.types()[t];
  const auto& patterns = plan_.groups()[group]->patterns;
  const State& state = states_[group];
  matching_.clear();
  if (state.which) {
    state.which->matches(scene.text.substr(match.begin, match.size()), matching_);
  } else {
    for (std::size_t i = 0; i < patterns.size(); ++i) {
      const Pattern& pattern = *type.patterns[patterns[i]];
      bool matches = !state.any ? ends_[i] == match.end
                                : pattern.first[byte_at(scene, match.begin)] &&
                                      runner_.exactly(pattern.regex, pattern.program, scene.until_end, match.begin,
                                                      match.end, nullptr);
      if (matches) matching_.push_back(static_cast<int>(i));
    }
  }
  bool any = false;
  for (int i : matching_) any |= take_one(scene, t, *type.patterns[patterns[static_cast<std::size_t>(i)]], match);
  return any;
}

bool GroupSearch::take_one(const Scene& scene, std::size_t type, const Pattern& pattern, Span match) {
  if (std::find(accepted_.begin(), accepted_.end(), &pattern) != accepted_.end()) return false;
  auto& out = (*scene.found)[type];
  std::size_t before = out.size();
  auto add = [&](Span mention, std::size_t mark) {
    if (context_allows(scene, pattern, mention))
      out.push_back({mention,
                     match,
                     &pattern,
                     nullptr,
                     scene.number,
                     static_cast<std::uint16_t>(mark),
                     pattern.weight,
                     false,
                     {}});
  };
  if (pattern.marks == 0) {
    add(match, 0);
  } else {
    marks_.slots.clear();
    marks_.marks.assign(static_cast<std::size_t>(pattern.marks), std::nullopt);
    runner_.exactly(pattern.regex, pattern.program, scene.until_end, match.begin, match.end, &marks_);
    for (std::size_t i = 0; i < marks_.marks.size(); ++i)
      if (const auto& mark = marks_.marks[i]; mark && mark->begin < mark->end) add(*mark, i);
  }
  if (out.size() == before) return false;
  accepted_.push_back(&pattern);
  return true;
}

void GroupSearch::extend_name(const Scene& scene, std::uint32_t type, std::uint32_t begin, std::uint32_t name_end,
                              std::string_view kind) {
  std::uint32_t limit = limit_from(scene, name_end);
  for (const Pattern* pattern : plan_.types()[type]->extensions) {
    if (name_end >= limit || (pattern->extends != "*" && pattern->extends != kind)) continue;
    if (!pattern->first[byte_at(scene, name_end)]) continue;
    auto end = runner_.longest(pattern->regex, pattern->program, scene.until_end, name_end, limit);
    if (!end || *end == name_end || !is_word_edge(scene.text, *end)) continue;
    Span span{begin, *end}, rest{name_end, *end};
    if (context_allows(scene, *pattern, span))
      (*scene.found)[type].push_back({span, rest, pattern, nullptr, scene.number, 0, pattern->weight, false, {}});
  }
}

bool GroupSearch::context_allows(const Scene& scene, const Pattern& pattern, Span mention) {
  std::string_view right = right_of(scene.text, scene.sentence, mention.end);
  auto begins = [&](const Context& context, std::string_view text) {
    return runner_.longest(context.regex, context.program, text, 0, static_cast<std::uint32_t>(text.size()))
        .has_value();
  };
  if (!pattern.after.empty() && !begins(pattern.after, right)) return false;
  if (!pattern.not_after.empty() && begins(pattern.not_after, right)) return false;
  if (!pattern.before.empty() || !pattern.not_before.empty()) {
    reverse(left_of(scene.text, scene.sentence, mention.begin), backwards_);
    if (!pattern.before.empty() && !begins(pattern.before, backwards_)) return false;
    if (!pattern.not_before.empty() && begins(pattern.not_before, backwards_)) return false;
  }
  return pattern.reject.empty() || !runner_.found_in(pattern.reject, scene.text.substr(mention.begin, mention.size()));
}

SlotSpans GroupSearch::slots(std::string_view text, const Pattern& pattern, Span match) {
  SlotSpans out;
  out.slots.resize(pattern.slots.size());
  out.marks.resize(static_cast<std::size_t>(pattern.marks));
  runner_.exactly(pattern.regex, pattern.program, text, match.begin, match.end, &out);
  return out;
}

SlotSpans GroupSearch::context_slots(std::string_view text, Span sentence, const Pattern& pattern, Span mention,
                                     bool before) {
  const Context& context = before ? pattern.before : pattern.after;
  SlotSpans out;
  out.slots.resize(context.slots.size());
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
