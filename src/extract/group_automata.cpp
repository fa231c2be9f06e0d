#include "extract/group_automata.h"

#include <string>
#include <utility>

#include "extract/plan.h"

namespace fakt {

GroupAutomata::GroupAutomata(const Plan& plan) : plan_(plan), entries_(plan.groups().size()) {}

void GroupAutomata::prepare(std::uint32_t number) {
  Entry& entry = entries_[number];
  if (entry.automaton || entry.any) return;
  const Type& type = *plan_.types()[plan_.type_of_group(number)];
  const Group& group = *plan_.groups()[number];
  if (plan_.engine() == Engine::plain) {
    entry.any = std::make_unique<Regex>(union_regex(type, group), Regex::Prefer::longest);
    constexpr std::size_t kFew = 3;
    if (group.patterns.size() <= kFew) return;
    std::vector<std::string> regexes;
    for (std::uint32_t i : group.patterns) regexes.push_back(type.patterns[i]->plain.str());
    entry.which = std::make_unique<RegexSet>(regexes);
    return;
  }
  static const Program kNone;
  std::vector<const Program*> programs;
  for (std::uint32_t i = 0; i < group.patterns.size(); ++i) {
    const Program& program = type.patterns[group.patterns[i]]->program;
    bool fits = Automaton::supported(program);
    programs.push_back(fits ? &program : &kNone);
    if (!fits) entry.others.push_back(i);
  }
  entry.automaton = std::make_unique<Automaton>(plan_.set().program_pool(), programs);
}

void GroupAutomata::prepare_approach(std::uint32_t number) {
  Entry& entry = entries_[number];
  if (entry.approach) return;
  const Type& type = *plan_.types()[plan_.type_of_group(number)];
  std::vector<const Program*> programs;
  for (std::uint32_t i : plan_.groups()[number]->patterns) programs.push_back(&type.patterns[i]->approach);
  entry.approach = std::make_unique<Automaton>(plan_.set().program_pool(), programs);
}

void GroupAutomata::forget(Entry& held) {
  clear(held);
  for (Entry& entry : entries_) {
    if (&entry == &held) continue;
    std::unique_lock lock(entry.mutex, std::try_to_lock);
    if (lock) clear(entry);
  }
}

void GroupAutomata::clear(Entry& entry) {
  for (Automaton* automaton : {entry.automaton.get(), entry.approach.get()}) {
    if (!automaton) continue;
    spent_.fetch_sub(automaton->bytes(), std::memory_order_relaxed);
    automaton->forget();
  }
}

}  // namespace fakt
