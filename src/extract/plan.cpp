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
  for (std::size_t t = 0; t < types_.size(); ++t) {
    if (engine == Engine::plain) plain_[t] = group_patterns(*types_[t], engine, {});
    for (const Group& group : engine == Engine::plain ? plain_[t] : types_[t]->groups) {
      groups_.push_back(&group);
      type_of_group_.push_back(t);
      speaks_of_near_.push_back(group.cues && all_speak_of_near(*types_[t], group));
    }
  }
  for (std::uint32_t g = 0; g < groups_.size(); ++g) {
    if (groups_[g]->everywhere) everywhere_.push_back(g);
    for (std::uint32_t word : groups_[g]->words) table_.add_word(word, g);
    for (const Atom& atom : groups_[g]->parts) table_.add(atom, g);
  }
  for (std::uint32_t t = 0; t < types_.size(); ++t)
    types_[t]->names.each_first_word([&](std::uint32_t hash) { table_.add_word(hash, names_begin() + t); });
  table_.build();
}

const Plan& Plans::get(const PatternSet& set, const std::vector<const Type*>& types, Engine engine) {
  std::lock_guard lock(mutex_);
  auto& plan = plans_[{&set, types, engine}];
  if (!plan) plan = std::make_unique<Plan>(set, types, engine);
  return *plan;
}

}  // namespace fakt
