#include "pattern/group.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "pattern/syntax.h"

namespace fakt {
namespace {

/// Disjoint sets of patterns that share an atom.
class Clusters {
 public:
  explicit Clusters(std::size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), std::size_t{0}); }
  std::size_t root(std::size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  void join(std::size_t a, std::size_t b) { parent_[std::max(root(a), root(b))] = std::min(root(a), root(b)); }

 private:
  std::vector<std::size_t> parent_;
};

int tier_of(const Type& type, const Pattern& pattern) {
  if (pattern.cue) return 2;
  return type.weighs_evidence && pattern.weight < type.threshold ? 1 : 0;
}

void add_pattern(Group& group, const Pattern& pattern, Engine engine) {
  group.patterns.push_back(&pattern);
  group.regex += (group.regex.empty() ? "(?:" : "|(?:") + pattern.plain + ")";
  for (std::size_t i = 0; i < group.first.size(); ++i) group.first[i] |= pattern.first[i];
  if (engine == Engine::plain || !pattern.found_by) {
    group.everywhere = true;
    return;
  }
  const Trigger& t = *pattern.found_by;
  group.trigger.atoms.insert(group.trigger.atoms.end(), t.atoms.begin(), t.atoms.end());
  group.trigger.lead_bytes = std::max(group.trigger.lead_bytes, t.lead_bytes);
  group.trigger.lead_words = std::max(group.trigger.lead_words, t.lead_words);
}

void complete(Group& group) {
  auto& atoms = group.trigger.atoms;
  std::sort(atoms.begin(), atoms.end());
  atoms.erase(std::unique(atoms.begin(), atoms.end()), atoms.end());
  for (std::size_t i = 0; i < group.first.size(); ++i) {
    auto c = static_cast<unsigned char>(i);
    bool word = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
    bool letters = c >= 0xC3 && c <= 0xDF;  // two-byte letters; other leads may begin symbols
    group.symbol_first |= group.first[i] && !word && !letters;
  }
}

}  // namespace

std::vector<Group> group_patterns(const Type& type, Engine engine) {
  Clusters clusters(type.patterns.size());
  std::map<std::pair<int, Atom>, std::size_t> owner;
  std::map<int, std::size_t> untriggered;
  for (std::size_t i = 0; i < type.patterns.size(); ++i) {
    const Pattern& pattern = *type.patterns[i];
    if (!pattern.extends.empty()) continue;
    int tier = tier_of(type, pattern);
    if (engine == Engine::plain || !pattern.found_by) {
      clusters.join(i, untriggered.try_emplace(tier, i).first->second);
      continue;
    }
    for (const Atom& atom : pattern.found_by->atoms) clusters.join(i, owner.try_emplace({tier, atom}, i).first->second);
  }
  std::map<std::size_t, std::size_t> index;
  std::vector<Group> groups;
  for (std::size_t i = 0; i < type.patterns.size(); ++i) {
    if (!type.patterns[i]->extends.empty()) continue;
    auto [at, fresh] = index.try_emplace(clusters.root(i), groups.size());
    if (fresh) {
      groups.emplace_back().type = &type;
      groups.back().all = type.weighs_evidence;
      groups.back().cues = type.patterns[i]->cue;
    }
    add_pattern(groups[at->second], *type.patterns[i], engine);
  }
  for (Group& group : groups) complete(group);
  return groups;
}

}  // namespace fakt
