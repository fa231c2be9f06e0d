#pragma once

#include <vector>

#include "extract/candidate.h"

namespace fakt {

/// Of candidates of one type that overlap, keeps one, and returns what is kept in the order of the text. The rule,
/// here and nowhere else: a longer one wins over a shorter, then the earlier, then more evidence, then the higher
/// priority, then the pattern that stands first in its file.
std::vector<Candidate> settle_overlaps(std::vector<Candidate> candidates);

/// Drops what lies inside one of the `blockers`. Both in the order of the text.
void drop_blocked(std::vector<Candidate>& candidates, const std::vector<Span>& blockers);

}  // namespace fakt
