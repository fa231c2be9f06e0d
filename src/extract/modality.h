#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "document.h"
#include "pattern/pattern_set.h"
#include "pattern/regex.h"

namespace fakt {

/// How sure a statement is, by the cues in [table.modality] of a language: 'nicht' = "negated", 'will' = "planned". The
/// longest cue counts, so 'nicht nur' = "" keeps "nicht" from counting. A row may say `within`: "clause" (of the
/// trigger; the default), "before" (that clause or the one before it), "sentence".
class ModalityCues {
 public:
  /// REQUIRES: the table outlives this. Null: there are no cues.
  explicit ModalityCues(const Table* table);

  /// "negated", "possible", "reported", "planned", or "" for what is stated as it is; of several the first of these.
  /// `breaks` are the clause breaks of the sentence, `triggers` the words that state the fact.
  std::string_view find(std::string_view document, Span sentence, const std::vector<std::uint32_t>& breaks,
                        const std::vector<Span>& triggers);

 private:
  const Table* table_;
  std::unique_ptr<Regex> cue_;
  Regex::Groups groups_;
};

}  // namespace fakt
