#include "extract/evidence.h"

#include <algorithm>
#include <cstring>

#include "text/unicode.h"

namespace fakt {
namespace {

constexpr std::uint32_t kReach = 520;  ///< bytes between the begin of a cue and of what it touches, at most

bool stronger(const Candidate& a, const Candidate& b) {
  if (a.score != b.score) return a.score > b.score;
  if (a.pattern->priority != b.pattern->priority) return a.pattern->priority > b.pattern->priority;
  return a.pattern->order < b.pattern->order;
}

}  // namespace

Weighing::Weighing(const Type& type, const Language& language, Runner& runner)
    : type_(type), language_(language), runner_(runner) {
  for (std::string_view ending : type_.names.genitive()) {
    last_bytes_.set(static_cast<unsigned char>(ending.back()));
    std::size_t at = 0;
    while (at < ending.size() && is_word(decode(ending, at).value)) at += decode(ending, at).size;
    if (at == ending.size()) word_endings_.push_back(ending);
  }
}

void Weighing::weigh(std::string_view text, const TextIndex& index, const Found& found) {
  clear();
  text_ = text, index_ = &index, found_ = &found;
  if (candidates().empty()) return;
  names_.expect(candidates().size());
  collect();
  own_ = hypotheses_.size();
  apply_cues();
  pool();
  for (auto& h : hypotheses_) h.accepted = h.score >= type_.threshold - kRounding && !(h.weak && is_common(h.name));
}

void Weighing::clear() {
  clear_for_reuse(hypotheses_);
  clear_for_reuse(touches_);
  clear_for_reuse(voices_);
  clear_for_reuse(known_);
  counted_.clear();
  mended_.clear();
  names_.clear();
  own_ = 0;
}

void Weighing::collect() {
  for (std::size_t i = 0; i < candidates().size(); ++i) {
    const Candidate& c = candidates()[i];
    std::size_t at = hypotheses_.size();  // those of the same span are neighbours
    while (at > 0 && hypotheses_[at - 1].span == c.span && reading_of(hypotheses_[at - 1]) != c.pattern->reading) --at;
    if (at == 0 || hypotheses_[at - 1].span != c.span) {
      hypotheses_.push_back({c.span, c.sentence, static_cast<std::uint32_t>(i), kNone, kNone, c.name});
      at = hypotheses_.size();
      hypotheses_.back().name = id_of(name_of(c.span), &c.pattern->reading);
    }
    count(hypotheses_[at - 1], i);
  }
}

/// The candidate of that number speaks for the hypothesis; those of one pattern are neighbours, and the first counts.
void Weighing::count(Hypothesis& h, std::size_t number) {
  const Candidate& c = candidates()[number];
  if (stronger(c, candidates()[h.lead])) h.lead = static_cast<std::uint32_t>(number), h.listed = c.name;
  bool repeated =
      number > 0 && candidates()[number - 1].span == c.span && candidates()[number - 1].pattern == c.pattern;
  if (repeated) return;
  h.weak &= !c.name && (c.pattern->uncommon || c.score < type_.threshold - kRounding);
  h.spreads |= c.pattern->spread;
  say(h.name, c.pattern, c.score);
}

/// Of what a pattern says of a name, the most counts.
void Weighing::say(std::uint32_t name, const Pattern* pattern, double weight) {
  std::uint32_t* at = &known_[name].voices;
  auto before = [](const Pattern* a, const Pattern* b) { return a->order < b->order; };
  while (*at != kNone && voices_[*at].pattern != pattern && !before(pattern, voices_[*at].pattern))
    at = &voices_[*at].next;
  if (*at != kNone && voices_[*at].pattern == pattern) {
    voices_[*at].weight = std::max(voices_[*at].weight, weight);
    return;
  }
  std::uint32_t next = *at;
  *at = static_cast<std::uint32_t>(voices_.size());  // before push_back, which may move the list
  voices_.push_back({pattern, weight, next});
}

void Weighing::apply_cues() {
  Cursor cursor;
  for (const Candidate& c : found_->cues)
    for (auto [scope, weight] : c.pattern->scopes) apply_cue(c, scope, weight, cursor);
}

/// Whether the cue has spoken in this scope already. Units are numbers of sentences or paragraphs, and ascend.
bool Weighing::counted(const Pattern& cue, CueScope scope, std::uint32_t unit) {
  if (counted_.empty()) counted_.assign(type_.patterns.size() + 1, {kNone, kNone, kNone});
  std::uint32_t& last = counted_[cue.order][scope == CueScope::sentence ? 0 : scope == CueScope::paragraph ? 1 : 2];
  if (last == unit) return true;
  last = unit;
  return false;
}

void Weighing::apply_cue(const Candidate& cue, CueScope scope, double weight, Cursor& cursor) {
  auto speaks_of = [&](const Hypothesis& h) {
    const auto& readings = cue.pattern->readings;
    return readings.empty() || std::find(readings.begin(), readings.end(), reading_of(h)) != readings.end();
  };
  auto paragraph = [&](std::uint32_t sentence) { return index_->sentences[sentence].paragraph; };
  auto add_while = [&](std::size_t from, auto in_scope) {
    for (std::size_t i = from; i < own_ && in_scope(hypotheses_[i]); ++i)
      if (speaks_of(hypotheses_[i])) hypotheses_[i].score += weight;
  };
  if (scope == CueScope::exact || scope == CueScope::attached) {
    bool exact = scope == CueScope::exact;
    std::uint32_t last = exact ? cue.span.begin : cue.span.end + kReach;
    while (cursor.near < own_ && hypotheses_[cursor.near].span.begin + kReach < cue.span.begin) ++cursor.near;
    for (std::size_t i = cursor.near; i < own_ && hypotheses_[i].span.begin <= last; ++i) {
      Hypothesis& h = hypotheses_[i];
      bool meets = exact ? cue.span == h.span : touches(cue.span, h.span);
      if (meets && speaks_of(h) && note_touch(h, cue.pattern)) h.score += weight;
    }
  } else if (scope == CueScope::sentence) {
    if (counted(*cue.pattern, scope, cue.sentence)) return;
    while (cursor.sentence < own_ && hypotheses_[cursor.sentence].sentence < cue.sentence) ++cursor.sentence;
    add_while(cursor.sentence, [&](const Hypothesis& h) { return h.sentence == cue.sentence; });
  } else if (scope == CueScope::paragraph) {
    std::uint32_t unit = paragraph(cue.sentence);
    if (counted(*cue.pattern, scope, unit)) return;
    while (cursor.paragraph < own_ && paragraph(hypotheses_[cursor.paragraph].sentence) < unit) ++cursor.paragraph;
    add_while(cursor.paragraph, [&](const Hypothesis& h) { return paragraph(h.sentence) == unit; });
  } else if (!counted(*cue.pattern, scope, 0)) {
    add_while(0, [](const Hypothesis&) { return true; });
  }
}

/// Side by side, with at most a space or a hyphen between, or overlapping.
bool Weighing::touches(Span a, Span b) const {
  if (a.begin > b.begin) std::swap(a, b);
  if (a.end >= b.begin) return true;
  std::string_view between = text_.substr(a.end, b.begin - a.end);
  if (between == "-") return true;
  auto [c, size] = decode(between, 0);
  return size == between.size() && is_space(c);
}

/// False if it was known.
bool Weighing::note_touch(Hypothesis& h, const Pattern* cue) {
  for (std::uint32_t i = h.touched; i != kNone; i = touches_[i].next)
    if (touches_[i].cue == cue) return false;
  touches_.push_back({cue, h.touched});
  h.touched = static_cast<std::uint32_t>(touches_.size() - 1);
  return true;
}

/// The same words, found by other patterns elsewhere, speak for each other; what a cue that spreads says of them where
/// it touches them ("LG G4") holds elsewhere, too, unless something else touches
/// them there.
void Weighing::pool() {
  for (const auto& h : hypotheses_)
    for (std::uint32_t i = h.touched; i != kNone; i = touches_[i].next) {
      const Pattern* cue = touches_[i].cue;
      if (!cue->spread) continue;
      auto weighs = [](const auto& s) { return s.first == CueScope::attached || s.first == CueScope::exact; };
      auto last =
          std::find_if(std::reverse_iterator(cue->scopes.end()), std::reverse_iterator(cue->scopes.begin()), weighs);
      say(h.name, cue, last->second);
    }
  for (Known& known : known_)
    for (std::uint32_t i = known.voices; i != kNone; i = voices_[i].next)
      (voices_[i].pattern->cue ? known.touched : known.found) += voices_[i].weight;
  for (auto& h : hypotheses_) {
    const Known& known = known_[h.name];
    h.score += known.found;
    if (h.touched == kNone) h.score += known.touched;
  }
}

void Weighing::contest(const std::vector<Candidate>& rivals) {
  std::size_t rival = 0;
  for (std::size_t i = 0; i < hypotheses_.size(); ++i) {
    if (i == own_) rival = 0;
    Hypothesis& h = hypotheses_[i];
    if (!h.accepted) continue;
    while (rival < rivals.size() && rivals[rival].span.end <= h.span.begin) ++rival;
    if (rival == rivals.size()) continue;
    const Candidate& r = rivals[rival];  // what holds or is the span can be no other
    bool same = r.span == h.span;
    if (same ? r.score > h.score + kRounding : r.span.contains(h.span)) {
      h.accepted = false;
      h.beaten_by = r.pattern->type;
    }
  }
}

Candidate Weighing::candidate_of(const Hypothesis& h) const {
  Candidate c = candidates()[h.lead];
  c.name = h.listed;
  c.score = h.score;
  if (!h.spread) return c;
  c.source = c.span;
  c.spread = true;
  c.span = h.span;
  c.sentence = h.sentence;
  return c;
}

void Weighing::accepted(std::vector<Candidate>& out) const {
  out.clear();
  auto is_accepted = [](const Hypothesis& h) { return h.accepted; };
  out.reserve(static_cast<std::size_t>(std::count_if(hypotheses_.begin(), hypotheses_.end(), is_accepted)));
  std::size_t a = 0, b = own_;
  while (a < own_ || b < hypotheses_.size()) {
    bool first = b == hypotheses_.size() || (a < own_ && hypotheses_[a].span.begin <= hypotheses_[b].span.begin);
    const Hypothesis& h = hypotheses_[first ? a++ : b++];
    if (h.accepted) out.push_back(candidate_of(h));
  }
}

std::vector<Weighed> Weighing::all() const {
  std::vector<Weighed> out;
  for (const auto& h : hypotheses_)
    out.push_back({candidate_of(h), h.accepted, h.beaten_by ? h.beaten_by->name.str() : "too little evidence"});
  return out;
}

}  // namespace fakt
