#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "pattern/pattern_set.h"
#include "pattern/relative.h"

namespace fakt {

/// What is to be known of a language before its patterns are used.
struct LanguageHead {
  Text name;
  Array<std::uint32_t> telling;  ///< hash_word of its lists `frequent` and `telling`, ascending
  Array<Text> types;             ///< of mentions
};

LanguageHead head_of(const PatternSet& set);

/// The pattern sets of all languages; threads may share them.
class PatternSets {
 public:
  void add(LanguageHead head, std::shared_ptr<const PatternSet> set);

  /// In the order of their names.
  const std::vector<LanguageHead>& languages() const { return heads_; }

  /// Null for a language that there is not.
  const PatternSet* find(std::string_view language) const;

  /// Calls visit(set) for each language, in the order of their names.
  void each(const std::function<void(const PatternSet&)>& visit) const;

 private:
  std::vector<LanguageHead> heads_;
  std::vector<std::shared_ptr<const PatternSet>> sets_;  ///< in the same order
};

}  // namespace fakt
