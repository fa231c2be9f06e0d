#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "extract/plan.h"
#include "extract/runner.h"
#include "extract/scene.h"

namespace fakt {

/// Tries the patterns of a group from one place of a text. One for each thread.
class GroupSearch {
 public:
  /// REQUIRES: `plan` outlives this.
  explicit GroupSearch(const Plan& plan);

  /// Adds the candidates of a group that begin at byte `begin` to the scene: see Matcher.
  void try_from(const Scene& scene, std::uint32_t group, std::uint32_t begin);

  /// Adds what patterns make of a listed name at [begin, name_end) and what follows it.
  void extend_name(const Scene& scene, std::uint32_t type, std::uint32_t begin, std::uint32_t name_end,
                   std::string_view kind);

  /// The slots of a match. REQUIRES: the pattern matches all of `match`.
  SlotSpans slots(std::string_view text, const Pattern& pattern, Span match);

  /// The slots of `before` or `after`, beside the mention.
  SlotSpans context_slots(std::string_view text, Span sentence, const Pattern& pattern, Span mention, bool before);

 private:
  /// What a thread keeps for a group.
  struct State {
    std::unique_ptr<Regex> any;       ///< union of the patterns, once that is worth its making
    std::unique_ptr<RegexSet> which;  ///< with it, for more than a few patterns
    std::uint64_t tries = 0;          ///< how often programs were asked
    std::uint64_t steps = 0;          ///< and the steps that they took
  };

  bool compiled(std::uint32_t group);
  std::uint32_t longest(const Scene& scene, std::uint32_t group, std::uint32_t begin, std::uint32_t limit, bool again);
  bool take(const Scene& scene, std::uint32_t group, Span match);
  bool take_one(const Scene& scene, std::size_t type, const Pattern& pattern, Span match);
  bool context_allows(const Scene& scene, const Pattern& pattern, Span mention);

  const Plan& plan_;
  std::vector<State> states_;
  Runner runner_;
  std::vector<std::uint32_t> ends_;       ///< of each pattern of the group, the longest match by its program; 0: none
  std::vector<int> matching_;             ///< patterns that match a stretch of text exactly
  std::vector<const Pattern*> accepted_;  ///< patterns whose match from the place was accepted
  SlotSpans marks_;
  std::string backwards_;  ///< the text before a mention, from its last character to its first
};

}  // namespace fakt
