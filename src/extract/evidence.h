#pragma once

#include <string_view>
#include <vector>

#include "extract/candidate.h"
#include "text/text_index.h"

namespace fakt {

/// Weighs the candidates of a type that asks for evidence, and keeps those that reach its threshold.
///
/// Candidates of one span and one reading are one hypothesis; its score is the sum of
///   - the weights of the different patterns that found it, or found the same words elsewhere in the document, and
///   - the weights of the cues that speak of its reading and in whose scope it lies, each cue pattern once.
/// Names accepted with a pattern that spreads count everywhere in the document.
struct Weighed {
  Candidate candidate;  ///< of each hypothesis the strongest, with the score of all
  bool accepted = false;
};
std::vector<Weighed> weigh_evidence(std::string_view text, const TextIndex& index, const Type& type,
                                    std::vector<Candidate> candidates);

}  // namespace fakt
