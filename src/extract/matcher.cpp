#include "extract/matcher.h"

#include <algorithm>

#include "pattern/syntax.h"
#include "text/unicode.h"

namespace fakt {
namespace {

constexpr std::uint32_t kLongestMatch = 512;  ///< bytes
constexpr std::uint32_t kContext = 48;        ///< bytes seen by before, after and their negations

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

}  // namespace

const Regex& RegexCache::get(const std::string& regex, Regex::Prefer prefer) {
  auto& slot = regexes_[{regex, prefer == Regex::Prefer::longest}];
  if (!slot) slot = std::make_unique<Regex>(regex, prefer);
  return *slot;
}

Matcher::Matcher(const Type& type) : type_(type) {
  std::array<Group, 3> groups;
  for (const auto& pattern : type.patterns) {
    bool weak = type.weighs_evidence && pattern->weight < type.threshold;
    groups[pattern->cue ? 2 : weak ? 1 : 0].patterns.push_back(pattern.get());
  }
  for (auto& group : groups) {
    if (group.patterns.empty()) continue;
    group.all = type.weighs_evidence;
    for (const auto* pattern : group.patterns) {
      group.regex += (group.regex.empty() ? "(?:" : "|(?:") + pattern->plain + ")";
      add_first_bytes(parse_regex(pattern->plain), group.first);
    }
    groups_.push_back(std::move(group));
  }
}

void Matcher::compile(Group& group) {
  group.any = std::make_unique<Regex>(group.regex, Regex::Prefer::longest);
  std::vector<std::string> regexes;
  for (const auto* pattern : group.patterns) regexes.push_back(pattern->plain);
  if (regexes.size() > 1) group.which = std::make_unique<RegexSet>(regexes);
}

void Matcher::find(std::string_view text, const TextIndex& index, std::vector<Candidate>& out) {
  std::size_t from = out.size();
  if (!type_.names.empty()) find_names(text, index, out);
  for (auto& group : groups_)
    for (std::uint32_t i = 0; i < index.sentences.size(); ++i) find_in(group, text, index.sentences[i], i, out);
  std::stable_sort(out.begin() + static_cast<std::ptrdiff_t>(from), out.end(),
                   [](const Candidate& a, const Candidate& b) { return a.span.begin < b.span.begin; });
}

void Matcher::find_names(std::string_view text, const TextIndex& index, std::vector<Candidate>& out) {
  std::vector<Gazetteer::Hit> hits;
  for (const Token& token : index.tokens) {
    Span sentence = index.sentences[token.sentence].span;
    type_.names.find(text, token.begin, token.end, sentence.end, hits);
    for (const auto& hit : hits) {
      Span span{token.begin, hit.end};
      double weight = hit.name->ambiguous ? type_.names.ambiguous_weight() : type_.names.weight();
      out.push_back({span, span, type_.names_pattern.get(), hit.name, token.sentence, 0, weight});
    }
  }
}

void Matcher::find_in(Group& group, std::string_view text, const Sentence& sentence, std::uint32_t number,
                      std::vector<Candidate>& out) {
  std::string_view until = text.substr(0, sentence.span.end);
  char32_t previous = 0;
  std::vector<const Pattern*> done;
  for (std::uint32_t at = sentence.span.begin; at < sentence.span.end;) {
    auto [c, size] = decode(text, at);
    bool start = is_word(c) ? !is_word(previous) : !is_space(c);
    previous = c;
    std::uint32_t begin = at;
    at += size;
    if (!start || !group.first[static_cast<unsigned char>(text[begin])]) continue;
    if (!group.any) compile(group);
    std::uint32_t limit = std::min(begin + kLongestMatch, sentence.span.end);
    while (limit > begin && limit < text.size() && is_continuation(text[limit])) --limit;
    done.clear();
    for (int tries = 0; tries < 12 && limit > begin; ++tries) {
      auto end = group.any->match_at(until, begin, limit);
      if (!end || *end == begin) break;
      bool accepted = false;
      if (is_word_edge(text, *end)) {
        Span match{begin, static_cast<std::uint32_t>(*end)};
        which_.assign(1, 0);
        if (group.which) group.which->matches(text.substr(begin, match.size()), which_);
        for (int i : which_) {
          const Pattern* pattern = group.patterns[static_cast<std::size_t>(i)];
          if (std::find(done.begin(), done.end(), pattern) != done.end()) continue;
          if (!accept(*pattern, text, sentence.span, match, number, out)) continue;
          accepted = true;
          done.push_back(pattern);
        }
      }
      if (accepted && !group.all) break;
      limit = static_cast<std::uint32_t>(*end) - 1;
      while (limit > begin && (is_continuation(text[limit]) || !is_word_edge(text, limit))) --limit;
    }
  }
}

bool Matcher::accept(const Pattern& pattern, std::string_view text, Span sentence, Span match, std::uint32_t number,
                     std::vector<Candidate>& out) {
  if (pattern.marks == 0) {
    if (!context_allows(pattern, text, sentence, match)) return false;
    out.push_back({match, match, &pattern, nullptr, number, 0, pattern.weight});
    return true;
  }
  SlotSpans found = slots(text, pattern, match);
  bool any = false;
  for (std::size_t i = 0; i < found.marks.size(); ++i) {
    const auto& mark = found.marks[i];
    if (!mark || mark->begin == mark->end || !context_allows(pattern, text, sentence, *mark)) continue;
    out.push_back({*mark, match, &pattern, nullptr, number, static_cast<std::uint16_t>(i), pattern.weight});
    any = true;
  }
  return any;
}

bool Matcher::context_allows(const Pattern& pattern, std::string_view text, Span sentence, Span mention) {
  auto has = [&](const std::string& regex, bool left) {
    return left ? cache_.get(regex, Regex::Prefer::first).found_in(left_of(text, sentence, mention.begin))
                : cache_.get(regex, Regex::Prefer::first)
                      .match_at(right_of(text, sentence, mention.end), 0, right_of(text, sentence, mention.end).size())
                      .has_value();
  };
  if (!pattern.before.regex.empty() && !has(pattern.before.regex, true)) return false;
  if (!pattern.not_before.empty() && has(pattern.not_before, true)) return false;
  if (!pattern.after.regex.empty() && !has(pattern.after.regex, false)) return false;
  if (!pattern.not_after.empty() && has(pattern.not_after, false)) return false;
  return pattern.reject.empty() ||
         !cache_.get(pattern.reject, Regex::Prefer::first).found_in(text.substr(mention.begin, mention.size()));
}

SlotSpans Matcher::slots(std::string_view text, const Pattern& pattern, Span match) {
  SlotSpans out;
  out.slots.resize(pattern.slots.size());
  out.marks.resize(static_cast<std::size_t>(pattern.marks));
  const Regex& regex = cache_.get(pattern.regex, Regex::Prefer::first);
  fill(regex, text.substr(match.begin, match.size()), match.begin, Regex::Anchor::both, out);
  return out;
}

SlotSpans Matcher::context_slots(std::string_view text, Span sentence, const Pattern& pattern, Span mention,
                                 bool before) {
  const Context& context = before ? pattern.before : pattern.after;
  SlotSpans out;
  out.slots.resize(context.slots.size());
  if (context.regex.empty() || context.slots.empty()) return out;
  std::string_view beside = before ? left_of(text, sentence, mention.begin) : right_of(text, sentence, mention.end);
  auto base = static_cast<std::uint32_t>(beside.data() - text.data());
  fill(cache_.get(context.regex, Regex::Prefer::first), beside, base,
       before ? Regex::Anchor::none : Regex::Anchor::start, out);
  return out;
}

void Matcher::fill(const Regex& regex, std::string_view text, std::uint32_t base, Regex::Anchor anchor,
                   SlotSpans& out) {
  if (!regex.captures(text, 0, anchor, groups_found_)) return;
  const auto& names = regex.group_names();
  for (std::size_t i = 1; i < names.size() && i < groups_found_.size(); ++i) {
    auto [begin, end] = groups_found_[i];
    if (begin == std::string::npos || names[i].size() < 2) continue;
    auto& list = names[i][0] == 's' ? out.slots : out.marks;
    auto number = static_cast<std::size_t>(std::stoul(names[i].substr(1)));
    if (number < list.size())
      list[number] = Span{base + static_cast<std::uint32_t>(begin), base + static_cast<std::uint32_t>(end)};
  }
}

}  // namespace fakt
