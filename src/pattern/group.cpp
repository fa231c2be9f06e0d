#include "pattern/group.h"

#include <algorithm>
#include <map>

#include "pattern/pattern_set.h"
#include "text/fold.h"

namespace fakt {
namespace {

using Frequent = std::set<std::string>;

/// Patterns on their way to a group.
struct Cluster {
  int tier = 0;
  std::vector<std::uint32_t> patterns;
  std::set<Atom> atoms;
  std::uint32_t lead_bytes = 0, lead_words = 0;
};

int tier_of(const Type& type, const Pattern& pattern) {
  if (pattern.cue) return 2;
  return type.weighs_evidence && pattern.weight < type.threshold ? 1 : 0;
}

/// What searching for the patterns costs in 1,000 words: how often an atom is there, times the places before it at
/// which a match may begin.
double cost(const std::set<Atom>& atoms, std::uint32_t lead_words, const Frequent& frequent) {
  double often = frequency({atoms.begin(), atoms.end()}, frequent);
  return often * (1.0 + 0.5 * std::min(lead_words, 6u));
}

/// Joins clusters that share atoms where that saves searches: the same words, and matches that begin about as far
/// before them.
class Joining {
 public:
  Joining(std::vector<Cluster> clusters, const Frequent& frequent)
      : clusters_(std::move(clusters)), frequent_(frequent) {}

  std::vector<Cluster> run() {
    for (std::size_t i = 0; i < clusters_.size(); ++i)
      while (join_best(i)) {
      }
    std::erase_if(clusters_, [](const Cluster& c) { return c.patterns.empty(); });
    return std::move(clusters_);
  }

 private:
  bool join_best(std::size_t i) {
    Cluster& a = clusters_[i];
    if (a.patterns.empty()) return false;
    double own = cost(a.atoms, a.lead_words, frequent_), best = 0;
    Cluster* with = nullptr;
    for (std::size_t j = 0; j < clusters_.size(); ++j) {
      Cluster& b = clusters_[j];
      bool shares = j != i && b.tier == a.tier &&
                    std::any_of(b.atoms.begin(), b.atoms.end(), [&](const Atom& x) { return a.atoms.contains(x); });
      if (!shares) continue;
      std::set<Atom> both = a.atoms;
      both.insert(b.atoms.begin(), b.atoms.end());
      double saved =
          own + cost(b.atoms, b.lead_words, frequent_) - cost(both, std::max(a.lead_words, b.lead_words), frequent_);
      if (saved > best) best = saved, with = &b;
    }
    if (!with) return false;
    a.atoms.insert(with->atoms.begin(), with->atoms.end());
    a.patterns.insert(a.patterns.end(), with->patterns.begin(), with->patterns.end());
    a.lead_bytes = std::max(a.lead_bytes, with->lead_bytes);
    a.lead_words = std::max(a.lead_words, with->lead_words);
    with->patterns.clear();
    with->atoms.clear();
    return true;
  }

  std::vector<Cluster> clusters_;
  const Frequent& frequent_;
};

Group make_group(const Type& type, Cluster& cluster, bool everywhere) {
  Group group;
  group.everywhere = everywhere;
  group.cues = cluster.tier == 2;
  std::sort(cluster.patterns.begin(), cluster.patterns.end());
  group.patterns = std::move(cluster.patterns);
  group.lead_bytes = cluster.lead_bytes, group.lead_words = cluster.lead_words;
  group.trigger = {{cluster.atoms.begin(), cluster.atoms.end()}, 0, cluster.lead_bytes, cluster.lead_words, {}};
  for (const Atom& atom : cluster.atoms) {
    if (atom.kind == Atom::Kind::word)
      group.words.push_back(hash_word(atom.text));
    else
      group.parts.push_back(atom);
  }
  for (std::uint32_t i : group.patterns) {
    const Pattern& pattern = *type.patterns[i];
    group.starts.add(pattern.starts);
    if (!everywhere) group.lead.add(pattern.found_by->lead);
    group.regex_size += pattern.plain.size();
  }
  return group;
}

}  // namespace

std::vector<Group> group_patterns(const Type& type, Engine engine, const Frequent& frequent) {
  std::vector<Cluster> found;
  std::map<int, Cluster> everywhere;
  for (std::uint32_t i = 0; i < type.patterns.size(); ++i) {
    const Pattern& pattern = *type.patterns[i];
    if (!pattern.extends.empty()) continue;
    int tier = tier_of(type, pattern);
    if (engine == Engine::plain || !pattern.found_by) {
      everywhere[tier].tier = tier;
      everywhere[tier].patterns.push_back(i);
      continue;
    }
    const Trigger& t = *pattern.found_by;
    found.push_back({tier, {i}, {t.atoms.begin(), t.atoms.end()}, t.lead_bytes, t.lead_words});
  }
  std::vector<Group> groups;
  for (Cluster& cluster : Joining(std::move(found), frequent).run()) groups.push_back(make_group(type, cluster, false));
  for (auto& [tier, cluster] : everywhere) groups.push_back(make_group(type, cluster, true));
  return groups;
}

std::string union_regex(const Type& type, const Group& group) {
  std::string regex;
  for (std::uint32_t i : group.patterns) regex += (regex.empty() ? "(?:" : "|(?:") + type.patterns[i]->plain + ")";
  return regex;
}

}  // namespace fakt
