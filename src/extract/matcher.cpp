#include "extract/matcher.h"

#include <algorithm>
#include <utility>

#include "text/unicode.h"

namespace fakt {
namespace {

constexpr std::uint32_t kIds = UINT32_MAX >> 1;  ///< of WordCall::id

/// Sorts candidates and keeps the order of equal ones. They are found from left to right, so that few of them must
/// move, and not far.
template <typename Before>
void sort_nearly_sorted(std::vector<Candidate>& candidates, Before before) {
  constexpr std::size_t kMoves = 8;  // for each candidate on average
  std::size_t left = candidates.size() * kMoves;
  for (std::size_t i = 1; i < candidates.size(); ++i) {
    if (!before(candidates[i], candidates[i - 1])) continue;
    Candidate moved = candidates[i];
    std::size_t to = i;
    for (; to > 0 && before(moved, candidates[to - 1]); --to) candidates[to] = candidates[to - 1];
    candidates[to] = moved;
    if (i - to <= left) {
      left -= i - to;
      continue;
    }
    std::stable_sort(candidates.begin(), candidates.end(), before);
    return;
  }
}

/// Of candidates whose matches begin at the same byte, only those with the longest match.
void keep_longest(std::vector<Candidate>& candidates) {
  auto before = [](const Candidate& a, const Candidate& b) {
    return a.match.begin != b.match.begin ? a.match.begin < b.match.begin : a.match.end > b.match.end;
  };
  sort_nearly_sorted(candidates, before);
  Span last{UINT32_MAX, 0};
  std::erase_if(candidates, [&](const Candidate& c) {
    if (c.name) return false;
    if (c.match.begin != last.begin) last = c.match;
    return c.match.end != last.end;
  });
}

/// From left to right, longer ones first; how patterns are grouped for the search makes no difference.
bool by_place(const Candidate& a, const Candidate& b) {
  if (a.span.begin != b.span.begin) return a.span.begin < b.span.begin;
  if (a.span.end != b.span.end) return a.span.end > b.span.end;
  return a.pattern->order < b.pattern->order;
}

}  // namespace

Matcher::Matcher(const Plan& plan)
    : plan_(plan), search_(plan), tried_(plan.groups().size()), tried_from_(plan.groups().size()) {}

void Matcher::find(std::string_view text, const TextIndex& index, const Vocabulary& words, std::vector<Found>& found) {
  begin_document(words);
  found.resize(plan_.types().size());
  for (Found& of_type : found) of_type.candidates.clear(), of_type.cues.clear();
  std::fill(tried_.begin(), tried_.end(), 0);
  for (auto& tried : tried_from_) tried.clear();
  cues_.clear();
  scene_ = {text, &index, &found, 0, {}, {}};
  for (std::uint32_t i = 0; i < index.sentences.size(); ++i) {
    scene_.enter(i);
    scan_sentence();
  }
  run_cues();
  for (std::size_t t = 0; t < found.size(); ++t) {
    if (!plan_.types()[t]->weighs_evidence) keep_longest(found[t].candidates);
    sort_nearly_sorted(found[t].candidates, by_place);
    sort_nearly_sorted(found[t].cues, by_place);
  }
}

/// Looks at each word, and at each symbol between the words.
void Matcher::scan_sentence() {
  const auto& tokens = scene_.index->tokens;
  const Sentence& sentence = scene_.index->sentences[scene_.number];
  bool gaps = plan_.symbols().has_symbols();
  constexpr std::uint32_t kNear = 4, kFar = 12;  // tokens that memory is asked for ahead
  std::uint32_t passed = sentence.span.begin;
  for (std::uint32_t i = sentence.first_token; i < sentence.last_token; ++i) {
    const Token& token = tokens[i];
    if (gaps && token.begin > passed && !is_one_space(passed, token.begin)) scan_gap(passed, token.begin, i);
    passed = token.end;
    if (i + kFar < tokens.size())
      word_calls_.fetch(tokens[i + kFar].word), word_calls_.fetch_items(tokens[i + kNear].word);
    for (const WordCall& c : calls_of(token.word)) call_for(c, token, i);
  }
  if (gaps && sentence.span.end > passed) scan_gap(passed, sentence.span.end, sentence.last_token);
  for (std::uint32_t group : plan_.everywhere()) call(group, sentence.span.end, sentence.last_token);
}

/// Symbols in the gap before a token; most gaps are a space.
void Matcher::scan_gap(std::uint32_t begin, std::uint32_t end, std::uint32_t next_token) {
  const TriggerTable& symbols = plan_.symbols();
  for (std::uint32_t at = begin; at < end; ++at)
    if (symbols.is_symbol_lead(scene_.text[at]))
      symbols.visit_symbol(decode(scene_.text, at).value, [&](std::uint32_t id) { call(id, at, next_token); });
}

void Matcher::begin_document(const Vocabulary& words) {
  words_ = &words;
  if (word_calls_.begin_document(words)) starts_.clear(), heads_.clear();
  heads_.resize(words.size());
}

std::span<const WordCall> Matcher::calls_of(std::uint32_t word) {
  return word_calls_.of(word, [&](std::vector<WordCall>& calls) { learn(word, calls); });
}

/// What the word calls for wherever it stands.
void Matcher::learn(std::uint32_t number, std::vector<WordCall>& calls) {
  std::string_view word = words_->text(number);
  auto first = static_cast<std::ptrdiff_t>(calls.size());
  WordFilter::Head head = heads_[number] = WordFilter::head_of(word);
  plan_.visit(word, words_->hash(number), [&](std::uint32_t id, std::uint32_t at) {
    if (id >= plan_.names_begin()) return learn_names(id, word, calls);
    const Group& group = *plan_.groups()[id];
    if (!group.anchor.may_be(head)) return;
    bool begins = group.begins_with_trigger();
    if (begins && (at > group.lead_bytes || !group.starts.may_be(head))) return;
    WordCall call{at, 0, id & kIds, begins && !group.cues};
    auto same = [&](const WordCall& other) { return other.at == at && other.id == call.id; };
    if (std::none_of(calls.begin() + first, calls.end(), same)) calls.push_back(call);
  });
}

void Matcher::learn_names(std::uint32_t id, std::string_view word, std::vector<WordCall>& calls) {
  auto first = static_cast<std::uint32_t>(starts_.size());
  plan_.types()[id - plan_.names_begin()]->names.starts_of(word, starts_);
  auto count = static_cast<std::uint32_t>(starts_.size()) - first;
  if (count > 0) calls.push_back({first, count, id & kIds, false});
}

void Matcher::call_for(const WordCall& word_call, const Token& token, std::uint32_t number) {
  std::uint32_t id = word_call.id;
  if (id >= plan_.names_begin()) return find_names(id - plan_.names_begin(), word_call, token);
  std::uint32_t at = token.begin + word_call.at;
  if (!word_call.direct) return call(id, at, number);
  if (token.begin >= tried_[id]) search_.try_from(scene_, id, token.begin);
  tried_[id] = std::max(tried_[id], at + 1);
}

/// Searches at once, or for cues once it is known whether there is anything for them to speak of.
void Matcher::call(std::uint32_t group, std::uint32_t at, std::uint32_t token) {
  if (plan_.groups()[group]->cues)
    cues_.push_back({group, at, token, scene_.number});
  else if (plan_.groups()[group]->everywhere)
    search_everywhere(group);
  else
    search_before(group, at, token);
}

/// Cues are of use only where there are candidates.
void Matcher::run_cues() {
  std::vector<std::vector<bool>> near(scene_.found->size());  // sentences with candidates of a type, and those beside
  for (std::size_t t = 0; t < near.size(); ++t) {
    if (!(*scene_.found)[t].candidates.empty()) near[t].resize(scene_.index->sentences.size() + 2);
    for (const Candidate& c : (*scene_.found)[t].candidates)
      near[t][c.sentence] = near[t][c.sentence + 1] = near[t][c.sentence + 2] = true;
  }
  for (const Call& call : cues_) {
    const auto& sentences = near[plan_.type_of_group(call.group)];
    if (sentences.empty() || (plan_.speaks_of_near(call.group) && !sentences[call.sentence + 1])) continue;
    scene_.enter(call.sentence);
    if (plan_.groups()[call.group]->everywhere)
      search_everywhere(call.group);
    else
      search_before(call.group, call.at, call.token);
  }
}

void Matcher::find_names(std::uint32_t type, const WordCall& word_call, const Token& token) {
  const Gazetteer& names = plan_.types()[type]->names;
  names.find(scene_.text, token.begin, scene_.sentence.end, {starts_.data() + word_call.at, word_call.starts}, hits_);
  if (hits_.empty()) return;
  for (const auto& hit : hits_) {
    Span span{hit.begin, hit.end};
    double weight = hit.ambiguous ? names.ambiguous_weight() : names.weight();
    (*scene_.found)[type].candidates.push_back(
        {span, span, plan_.types()[type]->names_pattern.get(), hit.name, scene_.number, 0, weight, false, {}});
  }
  if (plan_.types()[type]->extensions.empty()) return;
  for (const auto& hit : hits_) search_.extend_name(scene_, type, hit.begin, hit.end, hit.name->kind, hit.ambiguous);
}

/// Tries matches of a group whose trigger is the atom at byte `at`: they begin no more than the group's lead before it.
/// `token` is the index of the token that holds the atom, or of the next one.
void Matcher::search_before(std::uint32_t group, std::uint32_t at, std::uint32_t token) {
  const Group& g = *plan_.groups()[group];
  std::uint32_t lead = std::min(g.lead_bytes, kLongestMatch);
  std::uint32_t low = std::max(at > lead ? at - lead : 0, scene_.sentence.begin);
  begins_.clear();
  search_.find_begins(scene_, group, at, low, begins_);
  if (begins_.empty()) return;
  auto& tried = tried_from_[group];
  if (!tried.empty() && tried.back() < low) tried.clear();
  const auto& tokens = scene_.index->tokens;
  const Sentence& sentence = scene_.index->sentences[scene_.number];
  auto fits = [&](std::uint32_t begin) {
    while (token > sentence.first_token && (token == sentence.last_token || tokens[token].begin > begin)) --token;
    if (token < sentence.last_token && tokens[token].begin == begin) return g.starts.may_be(heads_[tokens[token].word]);
    char32_t c = decode(scene_.text, begin).value;
    return !is_space(c) && !is_word(c) && g.starts.may_be_symbol(c);
  };
  std::size_t known = tried.size();
  auto is_tried = [&](std::uint32_t begin) {
    while (known > 0 && tried[known - 1] > begin) --known;
    return known > 0 && tried[known - 1] == begin;
  };
  std::erase_if(begins_, [&](std::uint32_t begin) { return is_tried(begin) || !fits(begin); });
  std::reverse(begins_.begin(), begins_.end());
  for (std::uint32_t begin : begins_) {
    tried.insert(std::lower_bound(tried.begin(), tried.end(), begin), begin);
    search_.try_from(scene_, group, begin);
  }
}

bool Matcher::is_one_space(std::uint32_t begin, std::uint32_t end) const {
  return end - begin == 1 && scene_.text[begin] == ' ';
}

void Matcher::search_everywhere(std::uint32_t group) {
  const Sentence& sentence = scene_.index->sentences[scene_.number];
  std::uint32_t passed = sentence.span.begin;
  for (std::uint32_t i = sentence.first_token; i < sentence.last_token; ++i) {
    const Token& token = scene_.index->tokens[i];
    try_symbols(group, passed, token.begin);
    try_token(group, token);
    passed = token.end;
  }
  try_symbols(group, passed, sentence.span.end);
}

void Matcher::try_token(std::uint32_t group, const Token& token) {
  bool fits = plan_.engine() == Engine::plain || plan_.groups()[group]->starts.may_be(heads_[token.word]);
  if (fits) search_.try_from(scene_, group, token.begin);
}

void Matcher::try_symbols(std::uint32_t group, std::uint32_t begin, std::uint32_t end) {
  for (std::uint32_t at = begin; at < end;) {
    auto [c, size] = decode(scene_.text, at);
    bool fits = plan_.engine() == Engine::plain || plan_.groups()[group]->starts.may_be_symbol(c);
    if (!is_space(c) && !is_word(c) && fits) search_.try_from(scene_, group, at);
    at += size;
  }
}

}  // namespace fakt
