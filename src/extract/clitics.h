#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "document.h"
#include "pattern/pattern_set.h"

namespace fakt {

/// Takes the clitics of names, "'s" in "Velmo's board", out of mentions and arguments. Facts are put together before,
/// so that their patterns see "Velmo's" as the name that it is there.
class Clitics {
 public:
  /// REQUIRES: the set outlives this.
  explicit Clitics(const PatternSet& set);

  /// Shortens spans that end with a clitic, unless it belongs to the name: "McDonald's".
  void leave_out(std::string_view text, std::vector<Mention>& mentions, std::vector<Fact>& facts) const;

  /// Bytes of a clitic behind a mention that a pattern found without it: "'s" in "Velmo Inc.'s board"; else 0.
  std::uint32_t behind(std::string_view text, std::string_view type, std::uint32_t end) const;

 private:
  /// Null if the names of the type have none.
  const Array<Text>* of(std::string_view type) const;
  void shorten(std::string_view text, std::string_view type, std::string_view value, Span& span) const;

  std::vector<std::pair<std::string_view, const Array<Text>*>> of_types_;
};

}  // namespace fakt
