#include "extract/evidence.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>

#include "text/fold.h"
#include "text/unicode.h"

namespace fakt {
namespace {

/// All that speaks for one reading of one stretch of text.
struct Hypothesis {
  Candidate lead;                     ///< the strongest candidate: who is credited and gives the value
  std::vector<const Candidate*> own;  ///< one for each pattern
  double cues = 0;
  double score = 0;
  bool accepted = false;
  std::set<const Pattern*> attached;  ///< cues that touch it and were counted
};

constexpr std::uint32_t kReach = 520;  ///< bytes between the begin of a cue and of what it touches, at most

bool stronger(const Candidate& a, const Candidate& b) {
  if (a.score != b.score) return a.score > b.score;
  if (a.pattern->priority != b.pattern->priority) return a.pattern->priority > b.pattern->priority;
  return a.pattern->order < b.pattern->order;
}

class Weighing {
 public:
  Weighing(std::string_view text, const TextIndex& index, const Type& type, const std::vector<Candidate>& candidates)
      : text_(text), index_(index), type_(type), candidates_(candidates) {}

  std::vector<Weighed> run() {
    collect();
    for (const Candidate& c : candidates_)
      for (auto [scope, weight] : c.pattern->scopes) apply_cue(c, scope, weight);
    pool();
    for (auto& h : hypotheses_) h.accepted = h.score >= type_.threshold - 1e-9;
    spread();
    std::vector<Weighed> out;
    for (auto& h : hypotheses_) {
      h.lead.score = h.score;
      out.push_back({h.lead, h.accepted});
    }
    return out;
  }

 private:
  std::string name_of(Span span) const {
    std::string_view name = text_.substr(span.begin, span.size());
    for (const auto& ending : type_.names.genitive())
      if (name.size() > ending.size() + 2 && name.ends_with(ending))
        return std::string(name.substr(0, name.size() - ending.size()));
    return std::string(name);
  }

  void collect() {
    std::map<std::tuple<std::uint32_t, std::uint32_t, std::string_view>, std::size_t> by_reading;
    for (const Candidate& c : candidates_) {
      if (c.pattern->cue) continue;
      auto [at, added] = by_reading.try_emplace({c.span.begin, c.span.end, c.pattern->reading}, hypotheses_.size());
      if (added) hypotheses_.push_back({c, {}, 0, 0, false, {}});
      Hypothesis& h = hypotheses_[at->second];
      auto same = [&](const Candidate* other) { return other->pattern == c.pattern; };
      if (std::none_of(h.own.begin(), h.own.end(), same)) h.own.push_back(&c);
      if (stronger(c, h.lead)) h.lead = c;
    }
  }

  /// Hypotheses first to last whose key lies in [from, to]. They are in the order of their place.
  template <typename Key>
  std::pair<std::size_t, std::size_t> where(Key key, std::uint32_t from, std::uint32_t to) const {
    auto low = std::partition_point(hypotheses_.begin(), hypotheses_.end(),
                                    [&](const Hypothesis& h) { return key(h) < from; });
    auto high = std::partition_point(low, hypotheses_.end(), [&](const Hypothesis& h) { return key(h) <= to; });
    return {static_cast<std::size_t>(low - hypotheses_.begin()), static_cast<std::size_t>(high - hypotheses_.begin())};
  }

  /// The hypotheses that can lie in the scope of a cue; none if the cue was counted there already.
  std::pair<std::size_t, std::size_t> range(const Candidate& cue, CueScope scope) {
    auto paragraph = [&](std::uint32_t sentence) { return index_.sentences[sentence].paragraph; };
    std::uint32_t unit = 0;
    auto counted = [&] { return !counted_.emplace(unit, scope, cue.pattern).second; };
    switch (scope) {
      case CueScope::attached:
        return where([](const Hypothesis& h) { return h.lead.span.begin; },
                     cue.span.begin - std::min(cue.span.begin, kReach), cue.span.end + kReach);
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
  bool touches(Span a, Span b) const {
    if (a.begin > b.begin) std::swap(a, b);
    if (a.end >= b.begin) return true;
    std::string_view between = text_.substr(a.end, b.begin - a.end);
    return between == "-" || (decode(between, 0).size == between.size() && is_space(decode(between, 0).value));
  }

  static bool speaks_of(const Pattern& cue, const Hypothesis& h) {
    const auto& readings = cue.readings;
    return readings.empty() || std::find(readings.begin(), readings.end(), h.lead.pattern->reading) != readings.end();
  }

  void apply_cue(const Candidate& cue, CueScope scope, double weight) {
    bool attached = scope == CueScope::attached;
    auto [from, to] = range(cue, scope);
    for (std::size_t i = from; i < to; ++i) {
      Hypothesis& h = hypotheses_[i];
      if (!speaks_of(*cue.pattern, h)) continue;
      if (attached && (!touches(cue.span, h.lead.span) || !h.attached.insert(cue.pattern).second)) continue;
      h.cues += weight;
    }
  }

  /// The name, and what it is taken for.
  std::string key_of(const Hypothesis& h) const { return name_of(h.lead.span) + '\0' + h.lead.pattern->reading; }

  /// The same words, found by other patterns elsewhere, speak for each other.
  void pool() {
    std::unordered_map<std::string, std::map<const Pattern*, double>> by_name;
    for (const auto& h : hypotheses_)
      for (const Candidate* c : h.own) {
        double& weight = by_name[key_of(h)].try_emplace(c->pattern, c->score).first->second;
        weight = std::max(weight, c->score);
      }
    for (auto& h : hypotheses_) {
      h.score = h.cues;
      for (const auto& [pattern, weight] : by_name[key_of(h)]) h.score += weight;
    }
  }

  void spread() {
    std::map<std::string, Candidate> established;  // by name and reading
    std::map<std::string, Candidate> names;
    for (const auto& h : hypotheses_) {
      bool spreads = std::any_of(h.own.begin(), h.own.end(), [](const Candidate* c) { return c->pattern->spread; });
      if (!h.accepted || !spreads) continue;
      established.try_emplace(key_of(h), h.lead);
      names.try_emplace(name_of(h.lead.span), h.lead);
    }
    for (auto& h : hypotheses_) {
      auto known = established.find(key_of(h));
      if (h.accepted || h.score < 0 || known == established.end()) continue;
      Candidate like = known->second;
      like.span = h.lead.span;
      like.sentence = h.lead.sentence;
      like.spread = true;
      h.lead = like;
      h.accepted = true;
    }
    search(names);
  }

  /// Occurrences of established names that no pattern found.
  void search(const std::map<std::string, Candidate>& names) {
    std::unordered_multimap<std::uint32_t, const std::pair<const std::string, Candidate>*> by_word;
    for (const auto& name : names) {
      std::size_t end = 0;
      while (end < name.first.size() && is_word(decode(name.first, end).value)) end += decode(name.first, end).size;
      by_word.emplace(hash_word(std::string_view(name.first).substr(0, end)), &name);
    }
    std::set<std::pair<std::uint32_t, std::uint32_t>> taken;
    for (const auto& h : hypotheses_) taken.emplace(h.lead.span.begin, h.lead.span.end);
    for (const Token& token : index_.tokens) {
      std::string_view word = text_.substr(token.begin, token.end - token.begin);
      occurrence(by_word, token.hash, token, taken);
      for (const auto& ending : type_.names.genitive())
        if (word.size() > ending.size() && word.ends_with(ending))
          occurrence(by_word, hash_word(word.substr(0, word.size() - ending.size())), token, taken);
    }
  }

  template <typename Names, typename Taken>
  void occurrence(const Names& by_word, std::uint32_t hash, const Token& token, Taken& taken) {
    auto [from, to] = by_word.equal_range(hash);
    for (; from != to; ++from) {
      const auto& [name, lead] = *from->second;
      if (text_.substr(token.begin, name.size()) != name) continue;
      std::size_t end = token.begin + name.size();
      for (const auto& ending : type_.names.genitive())
        if (!is_word_edge(text_, end) && text_.substr(end).starts_with(ending)) end += ending.size();
      std::uint32_t sentence = index_.sentence_at(token.begin);
      if (!is_word_edge(text_, end) || end > index_.sentences[sentence].span.end) continue;
      Span span{token.begin, static_cast<std::uint32_t>(end)};
      if (!taken.emplace(span.begin, span.end).second) continue;
      Candidate c = lead;  // its match stays where the name was established: the value comes from there
      c.span = span;
      c.sentence = sentence;
      c.spread = true;
      hypotheses_.push_back({c, {}, 0, type_.threshold, true, {}});
    }
  }

  std::string_view text_;
  const TextIndex& index_;
  const Type& type_;
  const std::vector<Candidate>& candidates_;
  std::vector<Hypothesis> hypotheses_;
  std::set<std::tuple<std::uint32_t, CueScope, const Pattern*>> counted_;  ///< cues, by number of sentence or paragraph
};

}  // namespace

std::vector<Weighed> weigh_evidence(std::string_view text, const TextIndex& index, const Type& type,
                                    std::vector<Candidate> candidates) {
  return Weighing(text, index, type, candidates).run();
}

}  // namespace fakt
