#include "extract/matcher.h"

#include <algorithm>

#include "pattern/syntax.h"
#include "text/unicode.h"

namespace fakt {
namespace {

constexpr std::uint32_t kLongestMatch = 512;  ///< bytes
constexpr std::uint32_t kContext = 48;        ///< bytes seen by before, after and their negations

constexpr int kTries = 12;  ///< shorter ends that are tried when a longer one is refused

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

/// Of candidates whose matches begin at the same byte, only those with the longest match.
void keep_longest(std::vector<Candidate>& candidates) {
  auto before = [](const Candidate& a, const Candidate& b) {
    return a.match.begin != b.match.begin ? a.match.begin < b.match.begin : a.match.end > b.match.end;
  };
  std::stable_sort(candidates.begin(), candidates.end(), before);
  Span last{UINT32_MAX, 0};
  std::erase_if(candidates, [&](const Candidate& c) {
    if (c.name) return false;
    if (c.match.begin != last.begin) last = c.match;
    return c.match.end != last.end;
  });
}

}  // namespace

Matcher::Matcher(const Plan& plan) : plan_(plan), searches_(plan.groups().size()), runner_(plan.set().program_pool()) {}

/// RE2 finds the longest match of many patterns at once and faster than their programs do, but compiling them takes as
/// long as some thousand searches. The plain engine has it from the start, so that the two are compared with each
/// other.
bool Matcher::worth_compiling(std::uint32_t group) {
  Search& search = searches_[group];
  if (search.any) return true;
  const Group& g = plan_.groups()[group];
  if (plan_.engine() == Engine::fast && ++search.tries < g.regex.size() * g.patterns.size()) return false;
  search.any = std::make_unique<Regex>(g.regex, Regex::Prefer::longest);
  return true;
}

void Matcher::find(std::string_view text, const TextIndex& index, std::vector<std::vector<Candidate>>& found) {
  found.resize(plan_.types().size());
  for (auto& candidates : found) candidates.clear();
  for (auto& search : searches_) search.tried = 0;
  cues_.clear();
  scene_ = {text, &index, &found, 0, {}, {}};
  for (std::uint32_t i = 0; i < index.sentences.size(); ++i) {
    enter(i);
    scan_sentence();
  }
  std::vector<bool> any;
  for (const auto& candidates : found) any.push_back(!candidates.empty());
  for (const Call& call : cues_) {
    if (!any[plan_.type_of_group(call.group)]) continue;
    enter(call.sentence);
    search(call.group, call.at, call.token);
  }
  for (std::size_t t = 0; t < found.size(); ++t) {
    if (!plan_.types()[t]->weighs_evidence) keep_longest(found[t]);
    std::stable_sort(found[t].begin(), found[t].end(),
                     [](const Candidate& a, const Candidate& b) { return a.span.begin < b.span.begin; });
  }
}

void Matcher::enter(std::uint32_t sentence) {
  scene_.number = sentence;
  scene_.sentence = scene_.index->sentences[sentence].span;
  scene_.until_end = scene_.text.substr(0, scene_.sentence.end);
}

/// Looks at each word, and at each symbol between the words.
void Matcher::scan_sentence() {
  const auto& tokens = scene_.index->tokens;
  const Sentence& sentence = scene_.index->sentences[scene_.number];
  const TriggerTable& table = plan_.table();
  bool gaps = table.has_symbols();
  std::uint32_t passed = sentence.span.begin;
  for (std::uint32_t i = sentence.first_token; i < sentence.last_token; ++i) {
    const Token& token = tokens[i];
    if (gaps && token.begin > passed) scan_gap(passed, token.begin, i);
    passed = token.end;
    table.visit(scene_.text, token.begin, token.end, token.hash,
                [&](std::uint32_t id, std::uint32_t at) { triggered(id, at, i); });
  }
  if (gaps && sentence.span.end > passed) scan_gap(passed, sentence.span.end, sentence.last_token);
  for (std::uint32_t group : plan_.everywhere()) call(group, sentence.span.end, sentence.last_token);
}

/// Symbols in the gap before a token; most gaps are a space.
void Matcher::scan_gap(std::uint32_t begin, std::uint32_t end, std::uint32_t next_token) {
  const TriggerTable& table = plan_.table();
  for (std::uint32_t at = begin; at < end; ++at)
    if (table.is_symbol_lead(scene_.text[at]))
      table.visit_symbol(decode(scene_.text, at).value, [&](std::uint32_t id) { call(id, at, next_token); });
}

void Matcher::triggered(std::uint32_t id, std::uint32_t at, std::uint32_t token) {
  if (id < plan_.names_begin())
    call(id, at, token);
  else
    find_names(id - plan_.names_begin(), scene_.index->tokens[token]);
}

/// Searches at once, or for cues once it is known whether there is anything for them to speak of.
void Matcher::call(std::uint32_t group, std::uint32_t at, std::uint32_t token) {
  if (plan_.groups()[group].cues)
    cues_.push_back({group, at, token, scene_.number});
  else
    search(group, at, token);
}

void Matcher::find_names(std::uint32_t type, const Token& token) {
  const Gazetteer& names = plan_.types()[type]->names;
  names.find(scene_.text, token.begin, token.end, scene_.sentence.end, hits_);
  for (const auto& hit : hits_) {
    Span span{token.begin, hit.end};
    double weight = hit.ambiguous ? names.ambiguous_weight() : names.weight();
    (*scene_.found)[type].push_back(
        {span, span, plan_.types()[type]->names_pattern.get(), hit.name, scene_.number, 0, weight, false, {}});
  }
  if (plan_.types()[type]->extensions.empty()) return;
  for (const auto& hit : hits_) extend_name(type, token.begin, hit);
}

/// What patterns make of a listed name and what follows it.
void Matcher::extend_name(std::uint32_t type, std::uint32_t begin, const Gazetteer::Hit& hit) {
  std::uint32_t limit = std::min(hit.end + kLongestMatch, scene_.sentence.end);
  while (limit > hit.end && limit < scene_.text.size() && is_continuation(scene_.text[limit])) --limit;
  for (const Pattern* pattern : plan_.types()[type]->extensions) {
    if (hit.end >= limit || (pattern->extends != "*" && pattern->extends != hit.name->kind)) continue;
    if (!pattern->first[static_cast<unsigned char>(scene_.text[hit.end])]) continue;
    auto end = runner_.longest(pattern->regex, pattern->program, scene_.until_end, hit.end, limit);
    if (!end || *end == hit.end || !is_word_edge(scene_.text, *end)) continue;
    Span span{begin, *end};
    if (!context_allows(*pattern, span)) continue;
    Span rest{hit.end, span.end};
    (*scene_.found)[type].push_back({span, rest, pattern, nullptr, scene_.number, 0, pattern->weight, false, {}});
  }
}

/// Looks for matches of a group that begin before or at the atom at byte `at`: no more than its lead before it.
/// `token` is the index of the token that holds the atom, or of the one that follows it.
void Matcher::search(std::uint32_t group, std::uint32_t at, std::uint32_t token) {
  const Group& g = plan_.groups()[group];
  const auto& tokens = scene_.index->tokens;
  const Sentence& sentence = scene_.index->sentences[scene_.number];
  Search& state = searches_[group];
  std::uint32_t lead = g.everywhere ? Trigger::kAnywhere : std::min(g.trigger.lead_bytes, kLongestMatch);
  std::uint32_t from = std::max({at > lead ? at - lead : 0, state.tried, sentence.span.begin});
  std::uint32_t words = g.everywhere ? Trigger::kAnywhere : g.trigger.lead_words;
  std::uint32_t first = token;
  while (first > sentence.first_token && words > 0 && tokens[first - 1].begin >= from) --first, --words;
  for (std::uint32_t i = first; i <= token; ++i) {
    std::uint32_t gap_end = i < sentence.last_token ? tokens[i].begin : sentence.span.end;
    if (g.symbol_first)
      search_gap(group, std::max(from, i > sentence.first_token ? tokens[i - 1].end : sentence.span.begin),
                 std::min(gap_end, at + 1));
    if (i == sentence.last_token || tokens[i].begin > at || tokens[i].begin < from) continue;
    if (g.first[static_cast<unsigned char>(scene_.text[tokens[i].begin])]) try_from(group, tokens[i].begin);
  }
  state.tried = std::max(state.tried, at + 1);
}

void Matcher::search_gap(std::uint32_t group, std::uint32_t begin, std::uint32_t end) {
  const Group& g = plan_.groups()[group];
  for (std::uint32_t at = begin; at < end;) {
    auto [c, size] = decode(scene_.text, at);
    if (!is_space(c) && !is_word(c) && g.first[static_cast<unsigned char>(scene_.text[at])]) try_from(group, at);
    at += size;
  }
}

/// The end of the longest match of any pattern of the group that begins at `begin`; 0 if there is none.
std::uint32_t Matcher::longest(std::uint32_t group, std::uint32_t begin, std::uint32_t limit) {
  const Group& g = plan_.groups()[group];
  if (worth_compiling(group)) {
    auto end = searches_[group].any->match_at(scene_.until_end, begin, limit);
    return end ? static_cast<std::uint32_t>(*end) : 0;
  }
  std::uint32_t longest = 0;
  auto first = static_cast<unsigned char>(scene_.text[begin]);
  for (const Pattern* pattern : g.patterns)
    if (pattern->first[first])
      if (auto end = runner_.longest(pattern->regex, pattern->program, scene_.until_end, begin, limit))
        longest = std::max(longest, *end);
  return longest;
}

void Matcher::try_from(std::uint32_t group, std::uint32_t begin) {
  std::uint32_t limit = std::min(begin + kLongestMatch, scene_.sentence.end);
  while (limit > begin && limit < scene_.text.size() && is_continuation(scene_.text[limit])) --limit;
  accepted_.clear();
  for (int tries = 0; tries < kTries && limit > begin; ++tries) {
    std::uint32_t end = longest(group, begin, limit);
    if (end <= begin) return;
    if (is_word_edge(scene_.text, end) && take(group, {begin, end}) && !plan_.groups()[group].all) return;
    limit = end - 1;
    while (limit > begin && (is_continuation(scene_.text[limit]) || !is_word_edge(scene_.text, limit))) --limit;
  }
}

/// What the patterns of a group make of a match of one of them; true if one accepts it.
bool Matcher::take(std::uint32_t group, Span match) {
  bool any = false;
  auto first = static_cast<unsigned char>(scene_.text[match.begin]);
  for (const Pattern* pattern : plan_.groups()[group].patterns) {
    if (!pattern->first[first] || std::find(accepted_.begin(), accepted_.end(), pattern) != accepted_.end()) continue;
    SlotSpans* slots = nullptr;
    if (pattern->marks > 0) {
      marks_.slots.clear();
      marks_.marks.assign(static_cast<std::size_t>(pattern->marks), std::nullopt);
      slots = &marks_;
    }
    if (!runner_.exactly(pattern->regex, pattern->program, scene_.until_end, match.begin, match.end, slots)) continue;
    if (!accept(group, *pattern, match)) continue;
    any = true;
    accepted_.push_back(pattern);
  }
  return any;
}

bool Matcher::accept(std::uint32_t group, const Pattern& pattern, Span match) {
  auto& out = (*scene_.found)[plan_.type_of_group(group)];
  if (pattern.marks == 0) {
    if (!context_allows(pattern, match)) return false;
    out.push_back({match, match, &pattern, nullptr, scene_.number, 0, pattern.weight, false, {}});
    return true;
  }
  bool any = false;
  for (std::size_t i = 0; i < marks_.marks.size(); ++i) {
    const auto& mark = marks_.marks[i];
    if (!mark || mark->begin == mark->end || !context_allows(pattern, *mark)) continue;
    out.push_back(
        {*mark, match, &pattern, nullptr, scene_.number, static_cast<std::uint16_t>(i), pattern.weight, false, {}});
    any = true;
  }
  return any;
}

bool Matcher::context_allows(const Pattern& pattern, Span mention) {
  std::string_view right = right_of(scene_.text, scene_.sentence, mention.end);
  auto begins = [&](const Context& context, std::string_view text) {
    return runner_.longest(context.regex, context.program, text, 0, static_cast<std::uint32_t>(text.size()))
        .has_value();
  };
  if (!pattern.after.empty() && !begins(pattern.after, right)) return false;
  if (!pattern.not_after.empty() && begins(pattern.not_after, right)) return false;
  if (!pattern.before.empty() || !pattern.not_before.empty()) {
    reverse(left_of(scene_.text, scene_.sentence, mention.begin), backwards_);
    if (!pattern.before.empty() && !begins(pattern.before, backwards_)) return false;
    if (!pattern.not_before.empty() && begins(pattern.not_before, backwards_)) return false;
  }
  return pattern.reject.empty() || !runner_.found_in(pattern.reject, scene_.text.substr(mention.begin, mention.size()));
}

SlotSpans Matcher::slots(std::string_view text, const Pattern& pattern, Span match) {
  SlotSpans out;
  out.slots.resize(pattern.slots.size());
  out.marks.resize(static_cast<std::size_t>(pattern.marks));
  runner_.exactly(pattern.regex, pattern.program, text, match.begin, match.end, &out);
  return out;
}

SlotSpans Matcher::context_slots(std::string_view text, Span sentence, const Pattern& pattern, Span mention,
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
