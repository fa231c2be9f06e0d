#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "extract/candidate.h"
#include "extract/plan.h"
#include "extract/runner.h"
#include "pattern/regex.h"
#include "text/text_index.h"

namespace fakt {

/// Finds what the patterns and names of a plan say about a document. One for each thread.
///
/// A pattern's candidates are: at each place where a word or a symbol begins, its longest match from there that ends
/// at a word edge, stays in the sentence and has what `before`, `after`, `not_before`, `not_after` and `reject` ask
/// for. Of patterns of a type that match from the same place the longest counts, and all that match just as long; where
/// evidence is weighed, all count.
///
/// Regexes run only where the scan has seen a word that a group of patterns requires, from the places before it at
/// which a match can begin.
class Matcher {
 public:
  /// REQUIRES: `plan` outlives the matcher.
  explicit Matcher(const Plan& plan);

  /// Fills `found` with the candidates of each type of the plan, in the order of their place. Cues are among them.
  void find(std::string_view text, const TextIndex& index, std::vector<std::vector<Candidate>>& found);

  /// The slots of a match, in Document::text. REQUIRES: the pattern matches all of `match`.
  SlotSpans slots(std::string_view text, const Pattern& pattern, Span match);

  /// The slots of `before` or `after`, beside the mention.
  SlotSpans context_slots(std::string_view text, Span sentence, const Pattern& pattern, Span mention, bool before);

 private:
  /// What a thread keeps for a group.
  struct Search {
    std::unique_ptr<Regex> any;  ///< union of the patterns, once that is worth its making
    std::size_t tries = 0;       ///< how often it would have been asked
    std::uint32_t tried = 0;     ///< matches from before this byte have been looked for
  };
  /// The document at hand.
  struct Scene {
    std::string_view text;
    const TextIndex* index;
    std::vector<std::vector<Candidate>>* found;
    std::uint32_t number = 0;  ///< of the sentence
    Span sentence;
    std::string_view until_end;  ///< text up to the end of the sentence
  };

  void scan_sentence();
  void scan_gap(std::uint32_t begin, std::uint32_t end, std::uint32_t next_token);
  void triggered(std::uint32_t id, std::uint32_t at, std::uint32_t token);
  void find_names(std::uint32_t type, const Token& token);
  void extend_name(std::uint32_t type, std::uint32_t begin, const Gazetteer::Hit& hit);
  void enter(std::uint32_t sentence);
  void call(std::uint32_t group, std::uint32_t at, std::uint32_t token);
  void search(std::uint32_t group, std::uint32_t at, std::uint32_t token);
  void search_gap(std::uint32_t group, std::uint32_t begin, std::uint32_t end);
  void try_from(std::uint32_t group, std::uint32_t begin);
  std::uint32_t longest(std::uint32_t group, std::uint32_t begin, std::uint32_t limit);
  bool take(std::uint32_t group, Span match);
  bool accept(std::uint32_t group, const Pattern& pattern, Span match);
  bool context_allows(const Pattern& pattern, Span mention);
  bool worth_compiling(std::uint32_t group);

  const Plan& plan_;
  std::vector<Search> searches_;
  Runner runner_;
  /// A search for cues that waits until all candidates of the document are known.
  struct Call {
    std::uint32_t group, at, token, sentence;
  };
  std::vector<Call> cues_;
  Scene scene_;
  std::vector<const Pattern*> accepted_;  ///< patterns whose match from a place was accepted
  SlotSpans marks_;                       ///< marks of the match at hand
  std::string backwards_;                 ///< the text before a mention, from its last character to its first
  std::vector<Gazetteer::Hit> hits_;
};

}  // namespace fakt
