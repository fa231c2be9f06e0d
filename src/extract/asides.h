#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "document.h"
#include "extract/fact_text.h"
#include "pattern/language.h"

namespace fakt {

/// Finds clauses between commas that tell something of the name before them, and name somebody else: ", which is owned
/// by Velmo,". What stands behind such a clause goes on about the name before it: in "Orbo, a unit of Velmo, bought
/// Tarvo" it is Orbo that buys.
///
/// A clause begins behind a filler, with a word of the language's list `asides`, or with one of `aside_prepositions`
/// and one of `asides`. It ends at the first comma before a word with a small letter that can go on with the sentence:
/// none of `asides`, `conjunctions` and `aside_goes_on`.
class Asides {
 public:
  /// REQUIRES: the language outlives it.
  explicit Asides(const Language& language);

  /// Those in a part of a sentence, with both commas, in the order of the text; they do not overlap. None where there
  /// are many. `fillers` are those of the part, in the order of the text.
  std::vector<Span> find(std::string_view text, Span where, const std::vector<const Filler*>& fillers) const;

 private:
  bool opens(std::string_view text, std::uint32_t at) const;
  std::uint32_t end_of(std::string_view text, std::uint32_t begin) const;
  bool goes_on(std::string_view word) const;

  const StringIndex &openers_, &prepositions_, &conjunctions_, &more_;
};

}  // namespace fakt
