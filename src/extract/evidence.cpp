#include "extract/evidence.h"

#include <algorithm>
#include <tuple>

#include "text/fold.h"
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

Weighing::Weighing(std::string_view text, const TextIndex& index, const Type& type, const Language& language,
                   const std::vector<Candidate>& candidates, RegexCache& cache)
    : text_(text), index_(index), type_(type), language_(language), candidates_(candidates), cache_(cache) {
  collect();
  for (const Candidate& c : candidates_)
    for (auto [scope, weight] : c.pattern->scopes) apply_cue(c, scope, weight);
  pool();
  for (auto& h : hypotheses_)
    h.accepted = h.score >= type_.threshold - kRounding && !(weak(h) && is_common(name_of(h.lead.span)));
}

/// Whether no single pattern or name is enough for it, whatever its words.
bool Weighing::weak(const Hypothesis& h) const {
  return std::all_of(h.own.begin(), h.own.end(), [&](const Candidate* c) {
    return !c->name && (c->pattern->uncommon || c->score < type_.threshold - kRounding);
  });
}

/// Whether every word of the name is one that never stands for a name alone.
bool Weighing::is_common(std::string_view name) const {
  const SpreadRules& rules = type_.spread;
  if (rules.not_alone.empty() && rules.common.empty()) return false;
  while (!name.empty()) {
    std::string_view word = name.substr(0, name.find(' '));
    name.remove_prefix(std::min(word.size() + 1, name.size()));
    bool listed = language_.has(rules.common, word);
    for (const auto& ending : type_.names.genitive())
      listed |= word.ends_with(ending) && language_.has(rules.common, word.substr(0, word.size() - ending.size()));
    if (!listed && (rules.not_alone.empty() || !cache_.get(rules.not_alone, Regex::Prefer::first).matches(word)))
      return false;
  }
  return true;
}

/// The words of a name as a key: without a genitive ending, all gaps a space.
std::string Weighing::name_of(Span span) const {
  std::string_view name = text_.substr(span.begin, span.size());
  for (const auto& ending : type_.names.genitive())
    if (name.size() > ending.size() + 2 && name.ends_with(ending)) {
      name.remove_suffix(ending.size());
      break;
    }
  std::string out(name);
  std::replace(out.begin(), out.end(), '\n', ' ');
  return out;
}

/// The name, and what it is taken for.
std::string Weighing::key_of(const Hypothesis& h) const {
  return name_of(h.lead.span) + '\0' + h.lead.pattern->reading;
}

void Weighing::collect() {
  std::map<std::tuple<std::uint32_t, std::uint32_t, std::string_view>, std::size_t> by_reading;
  for (const Candidate& c : candidates_) {
    if (c.pattern->cue) continue;
    auto [at, added] = by_reading.try_emplace({c.span.begin, c.span.end, c.pattern->reading}, hypotheses_.size());
    if (added) hypotheses_.push_back({c, {}, 0, 0, false, nullptr, {}});
    Hypothesis& h = hypotheses_[at->second];
    auto same = [&](const Candidate* other) { return other->pattern == c.pattern; };
    if (std::none_of(h.own.begin(), h.own.end(), same)) h.own.push_back(&c);
    if (stronger(c, h.lead)) h.lead = c;
  }
}

/// Hypotheses first to last whose key lies in [from, to]. They are in the order of their place.
template <typename Key>
std::pair<std::size_t, std::size_t> Weighing::where(Key key, std::uint32_t from, std::uint32_t to) const {
  auto low =
      std::partition_point(hypotheses_.begin(), hypotheses_.end(), [&](const Hypothesis& h) { return key(h) < from; });
  auto high = std::partition_point(low, hypotheses_.end(), [&](const Hypothesis& h) { return key(h) <= to; });
  return {static_cast<std::size_t>(low - hypotheses_.begin()), static_cast<std::size_t>(high - hypotheses_.begin())};
}

/// The hypotheses that can lie in the scope of a cue; none if the cue was counted there already.
std::pair<std::size_t, std::size_t> Weighing::range(const Candidate& cue, CueScope scope) {
  auto paragraph = [&](std::uint32_t sentence) { return index_.sentences[sentence].paragraph; };
  auto begin = [](const Hypothesis& h) { return h.lead.span.begin; };
  std::uint32_t unit = 0;
  auto counted = [&] { return !counted_.emplace(unit, scope, cue.pattern).second; };
  switch (scope) {
    case CueScope::exact:
      return where(begin, cue.span.begin, cue.span.begin);
    case CueScope::attached:
      return where(begin, cue.span.begin - std::min(cue.span.begin, kReach), cue.span.end + kReach);
    case CueScope::sentence:
      unit = cue.sentence;
      if (counted()) return {0, 0};
      return where([](const Hypothesis& h) { return h.lead.sentence; }, unit, unit);
    case CueScope::paragraph:
      unit = paragraph(cue.sentence);
      if (counted()) return {0, 0};
      return where([&](const Hypothesis& h) { return paragraph(h.lead.sentence); }, unit, unit);
    default:
      if (counted()) return {0, 0};
      return {0, hypotheses_.size()};
  }
}

/// Side by side, with at most a space or a hyphen between, or overlapping.
bool Weighing::touches(Span a, Span b) const {
  if (a.begin > b.begin) std::swap(a, b);
  if (a.end >= b.begin) return true;
  std::string_view between = text_.substr(a.end, b.begin - a.end);
  return between == "-" || (decode(between, 0).size == between.size() && is_space(decode(between, 0).value));
}

void Weighing::apply_cue(const Candidate& cue, CueScope scope, double weight) {
  auto speaks_of = [&](const Hypothesis& h) {
    const auto& readings = cue.pattern->readings;
    return readings.empty() || std::find(readings.begin(), readings.end(), h.lead.pattern->reading) != readings.end();
  };
  bool attached = scope == CueScope::attached, exact = scope == CueScope::exact;
  auto [from, to] = range(cue, scope);
  for (std::size_t i = from; i < to; ++i) {
    Hypothesis& h = hypotheses_[i];
    if (!speaks_of(h) || (exact && cue.span != h.lead.span)) continue;
    if (attached && !touches(cue.span, h.lead.span)) continue;
    if ((attached || exact) && !h.attached.insert(cue.pattern).second) continue;
    h.cues += weight;
  }
}

/// The same words, found by other patterns elsewhere, speak for each other; what a cue that spreads says of them where
/// it touches them ("LG G4") holds elsewhere, too, unless something else touches
/// them there.
void Weighing::pool() {
  std::unordered_map<std::string, std::map<const Pattern*, double>> by_name;
  for (const auto& h : hypotheses_) {
    auto& weights = by_name[key_of(h)];
    for (const Pattern* cue : h.attached)
      for (auto [scope, weight] : cue->scopes)
        if (cue->spread && (scope == CueScope::attached || scope == CueScope::exact)) weights[cue] = weight;
    for (const Candidate* c : h.own) {
      double& weight = weights.try_emplace(c->pattern, c->score).first->second;
      weight = std::max(weight, c->score);
    }
  }
  for (auto& h : hypotheses_) {
    h.score = h.cues;
    for (const auto& [pattern, weight] : by_name[key_of(h)])
      if (!pattern->cue || h.attached.empty()) h.score += weight;
  }
}

void Weighing::contest(const std::vector<Candidate>& rivals) {
  for (auto& h : hypotheses_) {
    if (!h.accepted) continue;
    Span span = h.lead.span;
    auto rival = std::partition_point(rivals.begin(), rivals.end(),
                                      [&](const Candidate& r) { return r.span.end <= span.begin; });
    for (; rival != rivals.end() && rival->span.begin < span.end; ++rival) {
      bool same = rival->span == span;
      bool inside = !same && rival->span.contains(span);
      if (!inside && !(same && rival->score > h.score + kRounding)) continue;
      h.accepted = false;
      h.beaten_by = rival->pattern->type;
      break;
    }
  }
}

std::vector<Candidate> Weighing::accepted() const {
  std::vector<Candidate> out;
  for (const auto& h : hypotheses_) {
    if (!h.accepted) continue;
    out.push_back(h.lead);
    out.back().score = h.score;
  }
  return out;
}

std::vector<Weighed> Weighing::all() const {
  std::vector<Weighed> out;
  for (const auto& h : hypotheses_) {
    out.push_back({h.lead, h.accepted, h.beaten_by ? h.beaten_by->name : "too little evidence"});
    out.back().candidate.score = h.score;
  }
  return out;
}

}  // namespace fakt
