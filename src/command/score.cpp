#include "command/score.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include "pattern/diagnostics.h"

namespace fakt {
namespace {

/// Roles whose arguments do not decide whether a fact is right at its core.
constexpr std::array<std::string_view, 13> kSideRoles = {
    "date",  "location", "position", "num_laid_off", "num_striking", "striker", "union",
    "price", "from",     "money",    "percent",      "count",        "country"};

bool is_side_role(std::string_view role) {
  return std::find(kSideRoles.begin(), kSideRoles.end(), role) != kSideRoles.end();
}

template <typename A, typename B>
std::int64_t overlap(const A& a, const B& b) {
  return static_cast<std::int64_t>(std::min(a.end, b.end)) - static_cast<std::int64_t>(std::max(a.start, b.start));
}

bool agrees(const GoldRecord& gold, const FoundMention& found) {
  return std::find(gold.values.begin(), gold.values.end(), found.value) != gold.values.end();
}

/// Indices of gold and found that belong together.
struct Match {
  std::size_t gold, found;
  bool exact;
};

std::vector<Match> align(const MentionPair& pair) {
  using Ranked = std::tuple<bool, bool, std::int64_t, std::size_t, std::size_t>;
  std::vector<Ranked> ranked;
  for (std::size_t i = 0; i < pair.gold.size(); ++i)
    for (std::size_t j = 0; j < pair.found.size(); ++j) {
      const GoldRecord& g = pair.gold[i];
      const FoundMention& f = pair.found[j];
      if (overlap(g, f) > 0)
        ranked.emplace_back(g.start == f.start && g.end == f.end, agrees(g, f), overlap(g, f), i, j);
    }
  auto better = [](const Ranked& a, const Ranked& b) {
    auto key = [](const Ranked& r) { return std::tie(std::get<0>(r), std::get<1>(r), std::get<2>(r)); };
    return key(a) > key(b);
  };
  std::stable_sort(ranked.begin(), ranked.end(), better);
  std::set<std::size_t> used_gold, used_found;
  std::vector<Match> matches;
  for (const auto& [exact, same, size, i, j] : ranked) {
    if (used_gold.contains(i) || used_found.contains(j)) continue;
    used_gold.insert(i), used_found.insert(j);
    matches.push_back({i, j, exact});
  }
  return matches;
}

std::string show(std::string_view type, std::uint64_t start, std::uint64_t end, const std::string& text,
                 const std::string* value) {
  std::string one_line = printable(text);
  std::replace(one_line.begin(), one_line.end(), '\n', ' ');
  return fmt::format("{}[{},{}) '{}' = {}", type, start, end, one_line,
                     value ? fmt::format("'{}'", printable(*value)) : "None");
}

std::string show(std::string_view type, const GoldRecord* gold, const FoundMention* found) {
  std::string out = "gold ";
  out += gold ? show(type, gold->start, gold->end, gold->text, gold->values.empty() ? nullptr : &gold->values[0]) : "-";
  out += " | out ";
  out += found ? show(type, found->start, found->end, found->text, &found->value) : "-";
  return out;
}

template <typename Args>
std::string show_args(const Args& args) {
  std::string out;
  for (const auto& arg : args)
    out += fmt::format("{}{}='{}'", out.empty() ? "" : ", ", printable(arg.role), printable(arg.text));
  return out;
}

/// Arguments of the same role that overlap: index in gold, index in found.
std::vector<std::pair<std::size_t, std::size_t>> shared(const GoldRecord& gold, const FoundFact& found) {
  std::vector<std::pair<std::size_t, std::size_t>> hits;
  std::set<std::size_t> used;
  for (std::size_t i = 0; i < gold.args.size(); ++i)
    for (std::size_t j = 0; j < found.args.size(); ++j) {
      if (used.contains(j) || gold.args[i].role != found.args[j].role || overlap(gold.args[i], found.args[j]) <= 0)
        continue;
      used.insert(j);
      hits.emplace_back(i, j);
      break;
    }
  return hits;
}

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

/// For each gold fact the found one that is its partner, and the other way round.
std::pair<std::vector<std::size_t>, std::vector<std::size_t>> partners(const FactPair& pair) {
  std::vector<std::tuple<std::size_t, std::size_t, std::size_t>> ranked;
  for (std::size_t i = 0; i < pair.gold.size(); ++i)
    for (std::size_t j = 0; j < pair.found.size(); ++j)
      if (std::size_t n = shared(pair.gold[i], pair.found[j]).size()) ranked.emplace_back(n, i, j);
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const auto& a, const auto& b) { return std::get<0>(a) > std::get<0>(b); });
  std::vector<std::size_t> of_gold(pair.gold.size(), kNone), of_found(pair.found.size(), kNone);
  for (const auto& [n, i, j] : ranked)
    if (of_gold[i] == kNone && of_found[j] == kNone) of_gold[i] = j, of_found[j] = i;
  return {of_gold, of_found};
}

bool core_agrees(const GoldRecord& gold, const FoundFact& found, const std::set<std::size_t>& hit_gold,
                 const std::set<std::size_t>& hit_found) {
  for (std::size_t i = 0; i < gold.args.size(); ++i)
    if (!hit_gold.contains(i) && !is_side_role(gold.args[i].role) && !gold.args[i].optional) return false;
  for (std::size_t j = 0; j < found.args.size(); ++j)
    if (!hit_found.contains(j) && !is_side_role(found.args[j].role)) return false;
  return true;
}

}  // namespace

void MentionScorer::add(std::string_view type, const MentionPair& pair) {
  auto tell = [&](std::size_t kind, const GoldRecord* gold, const FoundMention* found) {
    errors_[kind].lines.push_back(fmt::format("   {}: {}", pair.doc, show(type, gold, found)));
  };
  std::set<std::size_t> hit_gold, hit_found;
  std::int64_t dropped = 0, without_value = 0;
  for (const Match& match : align(pair)) {
    hit_gold.insert(match.gold), hit_found.insert(match.found);
    const GoldRecord& gold = pair.gold[match.gold];
    const FoundMention& found = pair.found[match.found];
    if (gold.optional) {
      ++dropped;
      continue;
    }
    ++relaxed_.right;
    strict_.right += match.exact;
    if (gold.values.empty())
      ++without_value;
    else if (agrees(gold, found))
      ++value_.right;
    else
      tell(3, &gold, &found);
    if (!match.exact) tell(2, &gold, &found);
  }
  for (std::size_t i = 0; i < pair.gold.size(); ++i) {
    const GoldRecord& gold = pair.gold[i];
    if (gold.optional) continue;
    ++strict_.gold, ++relaxed_.gold;
    value_.gold += !gold.values.empty();
    if (!hit_gold.contains(i)) tell(0, &gold, nullptr);
  }
  auto found = static_cast<std::int64_t>(pair.found.size()) - dropped;
  strict_.found += found, relaxed_.found += found, value_.found += found - without_value;
  for (std::size_t j = 0; j < pair.found.size(); ++j)
    if (!hit_found.contains(j)) tell(1, nullptr, &pair.found[j]);
}

std::vector<ScoreRow> MentionScorer::rows(std::string_view type) const {
  std::string name(type);
  return {{name, "strict", strict_}, {name, "relaxed", relaxed_}, {name, "value", value_}};
}

void FactScorer::add(std::string_view predicate, const FactPair& pair) {
  auto tell = [&](std::size_t kind, const std::string& args) {
    errors_[kind].lines.push_back(fmt::format("   {} {} {}", pair.doc, predicate, args));
  };
  auto [of_gold, of_found] = partners(pair);
  for (std::size_t i = 0; i < pair.gold.size(); ++i) {
    const GoldRecord& gold = pair.gold[i];
    if (gold.optional) continue;
    ++event_.gold, ++core_.gold;
    for (const auto& arg : gold.args) arg_.gold += !arg.optional;
    if (of_gold[i] == kNone) {
      tell(0, show_args(gold.args));
      continue;
    }
    const FoundFact& found = pair.found[of_gold[i]];
    std::set<std::size_t> hit_gold, hit_found;
    for (auto [x, y] : shared(gold, found)) {
      hit_gold.insert(x), hit_found.insert(y);
      arg_.right += !gold.args[x].optional;
      arg_.found -= gold.args[x].optional;
    }
    ++event_.right;
    core_.right += core_agrees(gold, found, hit_gold, hit_found);
  }
  for (std::size_t j = 0; j < pair.found.size(); ++j) {
    bool paired = of_found[j] != kNone;
    if (!paired) tell(1, show_args(pair.found[j].args));
    if (paired && pair.gold[of_found[j]].optional) continue;
    ++event_.found, ++core_.found;
    arg_.found += static_cast<std::int64_t>(pair.found[j].args.size());
  }
}

std::vector<ScoreRow> FactScorer::rows(std::string_view predicate) const {
  std::string name(predicate);
  return {{name, "event", event_}, {name, "core", core_}, {name, "arg", arg_}};
}

void FactScorer::add(const FactScorer& other) {
  event_.add(other.event_), core_.add(other.core_), arg_.add(other.arg_);
  for (std::size_t i = 0; i < errors_.size(); ++i)
    errors_[i].lines.insert(errors_[i].lines.end(), other.errors_[i].lines.begin(), other.errors_[i].lines.end());
}

}  // namespace fakt
