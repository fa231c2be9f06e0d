#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "extract/group_automata.h"
#include "extract/plan.h"
#include "extract/runner.h"
#include "extract/scene.h"

namespace fakt {

/// Tries the patterns of a group from one place of a text. One for each thread.
class GroupSearch {
 public:
  /// REQUIRES: `plan` outlives this.
  explicit GroupSearch(const Plan& plan);

  /// Makes a group the one at hand. False if another thread uses it; `waits`: this one waits until it is free.
  bool take(std::uint32_t group, bool waits);
  void give_back();

  /// Adds the candidates of the group at hand that begin at byte `begin` to the scene: see Matcher.
  void try_from(const Scene& scene, std::uint32_t begin);

  /// Adds where matches of the group at hand may begin that have their trigger at byte `at`: from there back to byte
  /// `low`. Far ones come last.
  void find_begins(const Scene& scene, std::uint32_t at, std::uint32_t low, std::vector<std::uint32_t>& begins);

  /// Adds what patterns make of a listed name at [begin, name_end) and what follows it. Of an `ambiguous` one nothing
  /// follows for other names.
  void extend_name(const Scene& scene, std::uint32_t type, std::uint32_t begin, std::uint32_t name_end,
                   std::string_view kind, bool ambiguous);

  /// The slots of a match, to be used until the next call. REQUIRES: the pattern matches all of `match`.
  SlotSpans& slots(std::string_view text, const Pattern& pattern, Span match);

  /// The same for the slots of `before` or `after`, beside the mention.
  SlotSpans& context_slots(std::string_view text, Span sentence, const Pattern& pattern, Span mention, bool before);

 private:
  /// A match from the place at hand.
  struct Hit {
    std::uint32_t end;
    std::uint32_t pattern;  ///< its number in the group
  };

  void find_hits(const Scene& scene, std::uint32_t begin, std::uint32_t limit);
  void find_plain_hits(const Scene& scene, std::uint32_t begin, std::uint32_t limit);
  void add_hits(const Scene& scene, const Pattern& pattern, std::uint32_t number, std::uint32_t begin,
                std::uint32_t limit);
  bool take_one(const Scene& scene, std::size_t type, const Pattern& pattern, Span match);
  bool add(const Scene& scene, std::size_t type, const Pattern& pattern, Span mention, Span match, std::size_t mark);
  bool add_marks(const Scene& scene, std::size_t type, const Pattern& pattern, Span match);
  bool context_allows(const Scene& scene, const Pattern& pattern, Span mention);

  const Plan& plan_;
  Runner runner_;

  std::uint32_t group_ = 0;  ///< the one at hand
  std::size_t type_ = 0;     ///< its type's number in the plan
  GroupAutomata::Entry* automata_ = nullptr;
  std::unique_lock<std::mutex> lock_;

  std::vector<Hit> hits_;                 ///< longer ones first
  std::vector<int> matching_;             ///< patterns that match a stretch of text exactly
  std::vector<const Pattern*> accepted_;  ///< patterns whose match from the place was accepted
  SlotSpans marks_, spans_;
  std::string backwards_;  ///< the text before a mention, from its last character to its first
};

}  // namespace fakt
