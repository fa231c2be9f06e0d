#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "document.h"
#include "extract/fact_search.h"
#include "extract/fact_text.h"
#include "pattern/pattern_set.h"
#include "pattern/regex.h"

namespace fakt {

/// How sure a statement is, by the cues in [table.modality] of a language: 'nicht' = "negated", 'will' = "planned". The
/// longest cue counts, so 'nicht nur' = "" keeps "nicht" from counting. A row may say `within`: "clause" (of the
/// trigger; the default), "before" (that clause or the one before it), "sentence".
class ModalityCues {
 public:
  /// REQUIRES: the set outlives this.
  explicit ModalityCues(const PatternSet& set);

  /// "negated", "possible", "reported", "planned", or "" for what is stated as it is; of several the first of these.
  /// `breaks` are the clause breaks of the sentence, `triggers` the words that state the fact.
  std::string_view find(std::string_view document, Span sentence, const std::vector<ClauseBreak>& breaks,
                        const std::vector<Span>& triggers);

 private:
  bool next_cue(std::size_t from, std::size_t& begin, std::size_t& end);
  bool next_cue_by_re2(std::size_t from, std::size_t& begin, std::size_t& end);

  bool auxiliary_between(std::string_view document, std::uint32_t from, std::uint32_t to) const;
  bool coordinated(std::string_view document, Span cue, Span trigger) const;

  const Language& language_;
  const Table* table_;  ///< null: there are no cues
  const FactPrograms& programs_;
  FactSearch search_;
  std::string text_;            ///< of the sentence
  std::unique_ptr<Regex> cue_;  ///< where there is no program
  Regex::Groups groups_;
};

}  // namespace fakt
