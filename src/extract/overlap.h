#pragma once

#include <vector>

#include "extract/candidate.h"

namespace fakt {

/// Of candidates of one type that overlap, keeps one. The rule, here and nowhere else: a longer one wins over a
/// shorter, then the earlier, then more evidence, then the higher priority, then the pattern that stands first in its
/// file. REQUIRES: the candidates are in the order of the text, and none is empty; so are those that are kept.
void settle_overlaps(std::vector<Candidate>& candidates);

/// Drops what lies inside one of the `blockers`, which are disjoint. Both in the order of the text.
void drop_blocked(std::vector<Candidate>& candidates, const std::vector<Span>& blockers);

}  // namespace fakt
