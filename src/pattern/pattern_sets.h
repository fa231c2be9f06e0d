#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "pattern/pattern_set.h"

namespace fakt {

/// What is to be known of a language before its patterns are loaded.
struct LanguageHead {
  std::string name;
  std::vector<std::uint32_t> frequent;  ///< hash_word of its list `frequent`, ascending: what tells it from others
  std::vector<std::string> types;       ///< of mentions
};

/// The pattern sets of all languages. Those that are built in are thawed when the first document needs them; threads
/// may share the sets.
class PatternSets {
 public:
  PatternSets();
  PatternSets(PatternSets&&) noexcept;
  PatternSets& operator=(PatternSets&&) noexcept;
  ~PatternSets();

  void add(std::unique_ptr<PatternSet> set);

  /// In the order of their names.
  const std::vector<LanguageHead>& languages() const { return heads_; }

  /// Null for a language that there is not.
  const PatternSet* find(std::string_view language) const;

  /// Calls visit(set) for each language, in the order of their names.
  void each(const std::function<void(const PatternSet&)>& visit) const;

  /// All sets as bytes, and back. `image` must live as long as what is made of it.
  std::string freeze() const;
  static PatternSets from_image(std::string_view image);

 private:
  struct Entry;
  const PatternSet& loaded(Entry& entry) const;

  std::vector<LanguageHead> heads_;
  std::vector<std::unique_ptr<Entry>> entries_;
};

}  // namespace fakt
