#pragma once

#include <string>
#include <vector>

#include "pattern/syntax.h"

namespace fakt {

/// Trees of what stands in a match before an atom of its trigger. Read backwards from the atom, they tell where matches
/// may begin. A tree may match more than that, never less.

Node any_text();
Node in_a_row(std::vector<Node> nodes);
Node one_of(std::vector<Node> nodes);

/// A text as Strings hold it: letters small, digits as 0.
Node unfolded(const std::u32string& text);

/// The tree without captures and conditions, and with repeats that have no upper bound: its automaton has few states.
Node loosened(const Node& node);

}  // namespace fakt
