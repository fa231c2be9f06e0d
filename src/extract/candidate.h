#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "document.h"
#include "pattern/pattern_set.h"

namespace fakt {

/// What one pattern says of one stretch of text, before evidence is weighed and overlaps are settled.
struct Candidate {
  Span span;   ///< the mention: the mark, or the whole match
  Span match;  ///< what the pattern matched; for a spread name that of the place where it was established
  const Pattern* pattern;
  const Name* name = nullptr;  ///< the entry of a name list, if it was one
  std::uint32_t sentence = 0;
  std::uint16_t mark = 0;  ///< which «…» of the pattern
  bool spread = false;     ///< accepted because its name was elsewhere in the document
  double score = 0;        ///< its pattern's weight; once weighed, the sum of the evidence
  Span source{};           ///< where the words of the value stand, if not in `span`: another form of the name
};

/// What the patterns of a type say of a document.
struct Found {
  std::vector<Candidate> candidates;
  std::vector<Candidate> cues;  ///< what speaks of candidates

  std::vector<Candidate>& of(const Pattern& pattern) { return pattern.cue ? cues : candidates; }
};

}  // namespace fakt
