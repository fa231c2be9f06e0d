#include "extract/matcher.h"

#include <algorithm>
#include <utility>

#include "text/unicode.h"

namespace fakt {
namespace {

constexpr std::uint32_t kIds = UINT32_MAX >> 1;  ///< of WordCall::id
constexpr std::size_t kMostCalls = 64000;        ///< that wait, beside those for cues

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

Matcher::Matcher(const Plan& plan) : plan_(plan), search_(plan) {}

std::size_t Matcher::find(std::span<const Searched> documents, const Vocabulary& words) {
  begin(documents, words);
  std::uint32_t count = 0;
  for (std::size_t made = 0; count < documents.size() && made < kMostCalls;) {
    enter_document(count++);
    scene_.found->resize(plan_.types().size());
    for (Found& of_type : *scene_.found) of_type.candidates.clear(), of_type.cues.clear();
    for (std::uint32_t i = 0; i < scene_.index->sentences.size(); ++i) {
      scene_.enter(i);
      scan_sentence();
      if (calls_.size() < kMostCalls) continue;
      made += calls_.size();
      run_all(calls_);
      enter_document(count - 1);
    }
  }
  documents_ = documents.first(count);
  run_all(calls_);
  mark_near();
  run_all(cues_);
  for (const Searched& document : documents_) {
    for (std::size_t t = 0; t < document.found->size(); ++t) {
      auto& [candidates, cues] = (*document.found)[t];
      if (!plan_.types()[t]->weighs_evidence) keep_longest(candidates);
      sort_nearly_sorted(candidates, by_place);
      sort_nearly_sorted(cues, by_place);
    }
  }
  return count;
}

void Matcher::begin(std::span<const Searched> documents, const Vocabulary& words) {
  documents_ = documents;
  first_sentences_.assign(1, 0);
  for (const Searched& document : documents)
    first_sentences_.push_back(first_sentences_.back() + static_cast<std::uint32_t>(document.index->sentences.size()) +
                               2);
  calls_.clear();
  cues_.clear();
  words_ = &words;
  if (word_calls_.begin_document(words)) starts_.clear(), heads_.clear();
  if (heads_.capacity() < words.size()) heads_.reserve(words.size() + words.size() / 8);
  heads_.resize(words.size());
}

void Matcher::enter_document(std::uint32_t number) {
  static_cast<Searched&>(scene_) = documents_[number];
  document_ = number;
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
    for (const WordCall& c : calls_of(token.word)) {
      if (c.id >= plan_.names_begin())
        find_names(c.id - plan_.names_begin(), c, token);
      else
        call(c.id, c.cue, token.begin + c.at, i);
    }
  }
  if (gaps && sentence.span.end > passed) scan_gap(passed, sentence.span.end, sentence.last_token);
  for (std::uint32_t group : plan_.everywhere())
    call(group, plan_.groups()[group]->cues, sentence.span.end, sentence.last_token);
}

/// Symbols in the gap before a token; most gaps are a space.
void Matcher::scan_gap(std::uint32_t begin, std::uint32_t end, std::uint32_t next_token) {
  const TriggerTable& symbols = plan_.symbols();
  for (std::uint32_t at = begin; at < end; ++at)
    if (symbols.is_symbol_lead(scene_.text[at]))
      symbols.visit_symbol(decode(scene_.text, at).value,
                           [&](std::uint32_t id) { call(id, plan_.groups()[id]->cues, at, next_token); });
}

void Matcher::call(std::uint32_t group, bool cue, std::uint32_t at, std::uint32_t token) {
  (cue ? cues_ : calls_).push_back({at, token, first_sentences_[document_] + scene_.number, group});
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
    WordCall call{begins ? 0 : at, 0, id & kIds, group.cues};
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

/// Cues are of use only where there are candidates: in the sentence, or in those beside it.
void Matcher::mark_near() {
  near_.assign(plan_.types().size(), {});
  for (std::size_t t = 0; t < near_.size(); ++t) {
    near_[t].resize(first_sentences_.back());
    for (std::size_t d = 0; d < documents_.size(); ++d)
      for (const Candidate& c : (*documents_[d].found)[t].candidates)
        for (std::uint32_t beside : {0, 1, 2}) near_[t][first_sentences_[d] + c.sentence + beside] = true;
  }
}

/// Of a call for cues. REQUIRES: its document is at hand.
bool Matcher::is_of_use(const Call& call) const {
  std::size_t type = plan_.type_of_group(call.group);
  if (!plan_.speaks_of_near(call.group)) return !(*scene_.found)[type].candidates.empty();
  return near_[type][call.sentence + 1];
}

/// Does the searches group by group, and empties the list. Groups that another thread uses wait until the rest is done.
void Matcher::run_all(std::vector<Call>& calls) {
  order(calls);
  calls.clear();
  later_.clear();
  auto of_group = [&](std::uint32_t group) {
    std::uint32_t first = group > 0 ? ends_[group - 1] : 0;
    return std::span<const Call>(ordered_).subspan(first, ends_[group] - first);
  };
  for (std::uint32_t group = 0; group < ends_.size(); ++group)
    if (auto of = of_group(group); !of.empty() && !run(of, false)) later_.push_back(group);
  for (std::uint32_t group : later_) run(of_group(group), true);
}

/// Sorts calls by counting.
void Matcher::order(const std::vector<Call>& calls) {
  ends_.assign(plan_.groups().size(), 0);
  for (const Call& call : calls) ++ends_[call.group];
  std::uint32_t before = 0;
  for (std::uint32_t& end : ends_) before += std::exchange(end, before);
  ordered_.resize(calls.size());
  for (const Call& call : calls) ordered_[ends_[call.group]++] = call;
}

/// Does all searches of a group; false if another thread uses it.
bool Matcher::run(std::span<const Call> calls, bool waits) {
  constexpr std::size_t kAhead = 4;
  std::uint32_t number = calls[0].group;
  if (!search_.take(number, waits)) return false;
  const Group& group = *plan_.groups()[number];
  enter_document(0);
  tried_.clear();
  for (std::size_t i = 0; i < calls.size(); ++i) {
    const Call& call = calls[i];
    if (i + kAhead < calls.size()) __builtin_prefetch(scene_.text.data() + calls[i + kAhead].at);
    while (call.sentence >= first_sentences_[document_ + 1]) enter_document(document_ + 1), tried_.clear();
    if (group.cues && !is_of_use(call)) continue;
    scene_.enter(call.sentence - first_sentences_[document_]);
    if (group.everywhere)
      search_everywhere(number);
    else if (group.begins_with_trigger())
      search_.try_from(scene_, call.at);
    else
      search_before(number, call.at, call.token);
  }
  search_.give_back();
  return true;
}

void Matcher::find_names(std::uint32_t type, const WordCall& word_call, const Token& token) {
  const Gazetteer& names = plan_.types()[type]->names;
  names.find(scene_.text, token.begin, scene_.sentence.end, {starts_.data() + word_call.at, word_call.starts}, hits_);
  if (hits_.empty()) return;
  for (const auto& hit : hits_) {
    Span span{hit.begin, hit.end};
    double weight = hit.ambiguous ? names.ambiguous_weight() : names.weight();
    (*scene_.found)[type].candidates.push_back(
        {span, span, plan_.types()[type]->names_pattern.get(), hit.name, scene_.number, 0, false, weight, {}});
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
  search_.find_begins(scene_, at, low, begins_);
  if (begins_.empty()) return;
  if (!tried_.empty() && tried_.back() < low) tried_.clear();
  const auto& tokens = scene_.index->tokens;
  const Sentence& sentence = scene_.index->sentences[scene_.number];
  auto fits = [&](std::uint32_t begin) {
    while (token > sentence.first_token && (token == sentence.last_token || tokens[token].begin > begin)) --token;
    if (token < sentence.last_token && tokens[token].begin == begin) return g.starts.may_be(heads_[tokens[token].word]);
    char32_t c = decode(scene_.text, begin).value;
    return !is_space(c) && !is_word(c) && g.starts.may_be_symbol(c);
  };
  std::size_t known = tried_.size();
  auto is_tried = [&](std::uint32_t begin) {
    while (known > 0 && tried_[known - 1] > begin) --known;
    return known > 0 && tried_[known - 1] == begin;
  };
  std::erase_if(begins_, [&](std::uint32_t begin) { return is_tried(begin) || !fits(begin); });
  std::reverse(begins_.begin(), begins_.end());
  for (std::uint32_t begin : begins_) {
    tried_.insert(std::lower_bound(tried_.begin(), tried_.end(), begin), begin);
    search_.try_from(scene_, begin);
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
  if (fits) search_.try_from(scene_, token.begin);
}

void Matcher::try_symbols(std::uint32_t group, std::uint32_t begin, std::uint32_t end) {
  for (std::uint32_t at = begin; at < end;) {
    auto [c, size] = decode(scene_.text, at);
    bool fits = plan_.engine() == Engine::plain || plan_.groups()[group]->starts.may_be_symbol(c);
    if (!is_space(c) && !is_word(c) && fits) search_.try_from(scene_, at);
    at += size;
  }
}

}  // namespace fakt
