#include "extract/plan.h"

#include <algorithm>

namespace fakt {
namespace {

bool all_speak_of_near(const Type& type, const Group& group) {
  return std::all_of(group.patterns.begin(), group.patterns.end(), [&](std::uint32_t i) {
    const auto& scopes = type.patterns[i]->scopes;
    return std::all_of(scopes.begin(), scopes.end(), [](const auto& scope) {
      return scope.first == CueScope::exact || scope.first == CueScope::attached || scope.first == CueScope::sentence;
    });
  });
}

}  // namespace

Plan::Plan(const PatternSet& set, std::vector<const Type*> types, Engine engine)
    : set_(set), engine_(engine), types_(std::move(types)) {
  plain_.resize(types_.size());
  numbers_.resize(set.types().size());
  for (std::size_t t = 0; t < types_.size(); ++t) {
    if (engine == Engine::fast) numbers_of(*types_[t]).groups = static_cast<std::uint32_t>(groups_.size());
    if (engine == Engine::plain) plain_[t] = group_patterns(*types_[t], engine, {});
    for (const Group& group : engine == Engine::plain ? plain_[t] : types_[t]->groups) {
      groups_.push_back(&group);
      type_of_group_.push_back(t);
      speaks_of_near_.push_back(group.cues && all_speak_of_near(*types_[t], group));
    }
  }
  for (std::uint32_t g = 0; g < groups_.size(); ++g) {
    if (groups_[g]->everywhere) everywhere_.push_back(g);
    for (const Text& symbol : groups_[g]->symbols) symbols_.add({Atom::Kind::symbol, symbol}, g);
  }
  for (std::uint32_t t = 0; t < types_.size(); ++t) numbers_of(*types_[t]).names = names_begin() + t;
  automata_ = std::make_unique<GroupAutomata>(*this);
}

Plan::Numbers& Plan::numbers_of(const Type& type) {
  const auto& all = set_.types();
  auto found = std::find_if(all.begin(), all.end(), [&](const auto& other) { return other.get() == &type; });
  return numbers_[static_cast<std::size_t>(found - all.begin())];
}

const Plan& Plans::get(const PatternSet& set, const std::vector<const Type*>& types, Engine engine) {
  std::lock_guard lock(mutex_);
  auto& plan = plans_[{&set, types, engine}];
  if (!plan) plan = std::make_unique<Plan>(set, types, engine);
  return *plan;
}

}  // namespace fakt
