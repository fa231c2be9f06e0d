#include "pattern/group.h"

#include <algorithm>
#include <map>

#include "pattern/pattern_set.h"

namespace fakt {
namespace {

using Frequent = std::set<std::string>;

/// Patterns on their way to a group.
struct Cluster {
  int tier = 0;
  std::vector<std::uint32_t> patterns;
  std::set<Atom> atoms;
  std::uint32_t lead_bytes = 0, lead_words = 0;
  bool direct = true;    ///< see Group::begins_with_trigger
  bool at_atom = false;  ///< a match may begin with the atom
  std::size_t size = 0;  ///< bytes of the regexes
};

int tier_of(const Type& type, const Pattern& pattern) {
  if (pattern.cue) return 2;
  return type.weighs_evidence && pattern.weight < type.threshold ? 1 : 0;
}

void merge(Cluster& into, const Cluster& from) {
  into.atoms.insert(from.atoms.begin(), from.atoms.end());
  into.patterns.insert(into.patterns.end(), from.patterns.begin(), from.patterns.end());
  into.lead_bytes = std::max(into.lead_bytes, from.lead_bytes);
  into.lead_words = std::max(into.lead_words, from.lead_words);
  into.size += from.size;
  into.direct &= from.direct, into.at_atom |= from.at_atom;
}

/// Joins clusters that share atoms where that saves runs of automata, and the more of them the larger the regexes: the
/// automaton of two has more states than both together, and making these is a quarter of the time of a megabyte.
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
    double own = cost(a), best = 0;
    Cluster* with = nullptr;
    for (std::size_t j = 0; j < clusters_.size(); ++j) {
      Cluster& b = clusters_[j];
      bool shares = j != i && b.tier == a.tier &&
                    std::any_of(b.atoms.begin(), b.atoms.end(), [&](const Atom& x) { return a.atoms.contains(x); });
      if (!shares) continue;
      Cluster both = a;
      merge(both, b);
      double saved = own + cost(b) - cost(both) - kOfSize * static_cast<double>(both.size);
      if (saved > best) best = saved, with = &b;
    }
    if (!with) return false;
    merge(a, *with);
    with->patterns.clear();
    with->atoms.clear();
    return true;
  }

  /// What searching costs in 1,000 words: how often an atom is there, times the runs of automata for it.
  double cost(const Cluster& cluster) const {
    constexpr double kBackAndOn = 2, kBack = 1.3;
    double runs = cluster.direct ? 1 : cluster.at_atom ? kBackAndOn : kBack;
    return frequency({cluster.atoms.begin(), cluster.atoms.end()}, frequent_) * runs;
  }

  /// Runs that must be saved for a byte of regex. With a half of it 1 MB of news takes 15 % more instructions, with six
  /// times as much 8 MB takes 2 % more.
  static constexpr double kOfSize = 0.006;

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
  group.trigger = make_owned<Trigger>();
  *group.trigger = {
      {cluster.atoms.begin(), cluster.atoms.end()}, 0, cluster.lead_bytes, cluster.lead_words, {}, false, {}};
  for (const Atom& atom : cluster.atoms)
    if (atom.kind == Atom::Kind::symbol) group.symbols.push_back(atom.text);
  for (std::uint32_t i : group.patterns) {
    const Pattern& pattern = *type.patterns[i];
    if (pattern.starts) group.starts.add(*pattern.starts);
    if (!everywhere) group.anchor.add(pattern.found_by->anchor);
    group.regex_size += pattern.plain.size();
  }
  return group;
}

}  // namespace

Array<Group> group_patterns(const Type& type, Engine engine, const Frequent& frequent, std::uint32_t first) {
  std::vector<Cluster> found;
  std::map<int, Cluster> everywhere;
  for (std::uint32_t i = first; i < type.patterns.size(); ++i) {
    const Pattern& pattern = *type.patterns[i];
    if (!pattern.extends.empty()) continue;
    int tier = tier_of(type, pattern);
    if (engine == Engine::plain || !pattern.found_by) {
      everywhere[tier].tier = tier;
      everywhere[tier].patterns.push_back(i);
      continue;
    }
    const Trigger& t = *pattern.found_by;
    found.push_back({tier,
                     {i},
                     {t.atoms.begin(), t.atoms.end()},
                     t.lead_bytes,
                     t.lead_words,
                     t.lead_words == 0 && !pattern.starts->has_symbols(),
                     t.at_begin,
                     pattern.plain.size()});
  }
  Array<Group> groups;
  for (Cluster& cluster : Joining(std::move(found), frequent).run()) groups.push_back(make_group(type, cluster, false));
  for (auto& [tier, cluster] : everywhere) groups.push_back(make_group(type, cluster, true));
  return groups;
}

std::string union_regex(const Type& type, const Group& group) {
  std::string regex;
  for (std::uint32_t i : group.patterns)
    regex += (regex.empty() ? "(?:" : "|(?:") + type.patterns[i]->plain.str() + ")";
  return regex;
}

}  // namespace fakt
