#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <tuple>
#include <vector>

#include "extract/group_automata.h"
#include "pattern/pattern_set.h"
#include "pattern/trigger_table.h"

namespace fakt {

constexpr std::uint32_t kLongestMatch = 512;  ///< bytes

/// How some types of a language are looked for: their groups of patterns and name lists, and which word calls for which
/// of them. Threads may share it: once made, nothing changes but the automata, which know how to.
class Plan {
 public:
  /// REQUIRES: `set` outlives the plan and holds the types.
  Plan(const PatternSet& set, std::vector<const Type*> types, Engine engine);

  const PatternSet& set() const { return set_; }
  Engine engine() const { return engine_; }

  const std::vector<const Type*>& types() const { return types_; }
  const std::vector<const Group*>& groups() const { return groups_; }
  std::size_t type_of_group(std::size_t group) const { return type_of_group_[group]; }

  /// Calls visit(id, begin) for what a word calls for; begin is the byte of the word where its trigger begins. An id is
  /// a group's index, or, from names_begin() on, a type whose name list the word may begin.
  template <typename Visit>
  void visit(std::string_view word, std::uint32_t hash, Visit&& visit_id) const {
    set_.triggers().visit(word, 0, static_cast<std::uint32_t>(word.size()), hash,
                          [&](std::uint32_t id, std::uint32_t begin) {
                            auto [type, group] = PatternSet::Call::of(id);
                            bool names = group == PatternSet::Call::kNames;
                            std::uint32_t first = names ? numbers_[type].names : numbers_[type].groups;
                            if (first != kNone) visit_id(names ? first : first + group, begin);
                          });
  }
  /// The symbols that call for groups, by their ids.
  const TriggerTable& symbols() const { return symbols_; }
  GroupAutomata& automata() const { return *automata_; }
  std::uint32_t names_begin() const { return static_cast<std::uint32_t>(groups_.size()); }

  /// Whether all that a group of cues says is of candidates in their sentence, or beside them.
  bool speaks_of_near(std::size_t group) const { return speaks_of_near_[group]; }

  /// Groups without a trigger: tried wherever a match may begin.
  const std::vector<std::uint32_t>& everywhere() const { return everywhere_; }

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;
  /// Of a type of the set: the ids of its first group and of its names; kNone if they are not looked for.
  struct Numbers {
    std::uint32_t groups = kNone, names = kNone;
  };

  Numbers& numbers_of(const Type& type);

  const PatternSet& set_;
  Engine engine_;
  std::vector<const Type*> types_;
  std::vector<Numbers> numbers_;  ///< of each type of the set
  std::vector<const Group*> groups_;
  std::vector<Array<Group>> plain_;  ///< groups of the plain engine, of each type
  std::vector<std::size_t> type_of_group_;
  std::vector<bool> speaks_of_near_;
  std::vector<std::uint32_t> everywhere_;
  TriggerTable symbols_;
  std::unique_ptr<GroupAutomata> automata_;
};

/// Plans of several threads, each made once, by the thread that needs it first.
class Plans {
 public:
  /// The plan lives as long as this. REQUIRES: what Plan does.
  const Plan& get(const PatternSet& set, const std::vector<const Type*>& types, Engine engine);

 private:
  std::mutex mutex_;
  using Key = std::tuple<const PatternSet*, std::vector<const Type*>, Engine>;
  std::map<Key, std::unique_ptr<Plan>> plans_;
};

}  // namespace fakt
