#include "pattern/pattern_sets.h"

#include <algorithm>

#include "text/fold.h"

namespace fakt {

LanguageHead head_of(const PatternSet& set) {
  LanguageHead head;
  head.name = set.language().name;
  for (const char* list : {"frequent", "telling"})
    set.language().list(list).each(
        [&](std::string_view word, std::uint32_t) { head.telling.push_back(hash_word(word)); });
  std::sort(head.telling.begin(), head.telling.end());
  for (const auto& type : set.types())
    if (!type->is_fact) head.types.push_back(type->name);
  return head;
}

void PatternSets::add(LanguageHead head, std::shared_ptr<const PatternSet> set) {
  auto at = std::lower_bound(heads_.begin(), heads_.end(), head.name,
                             [](const LanguageHead& h, const Text& name) { return h.name < name; });
  sets_.insert(sets_.begin() + (at - heads_.begin()), std::move(set));
  heads_.insert(at, std::move(head));
}

const PatternSet* PatternSets::find(std::string_view language) const {
  for (std::size_t i = 0; i < heads_.size(); ++i)
    if (heads_[i].name == language) return sets_[i].get();
  return nullptr;
}

void PatternSets::each(const std::function<void(const PatternSet&)>& visit) const {
  for (const auto& set : sets_) visit(*set);
}

}  // namespace fakt
