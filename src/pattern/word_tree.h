#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pattern/program.h"
#include "pattern/syntax.h"

namespace fakt {

/// The strings that a node matches, in the order in which Perl tries them, each once; false for a node with captures,
/// with assertions, with classes of more than a few characters, or with more than some hundred strings.
bool ordered_strings(const Node& node, std::vector<std::string>& out);

constexpr std::size_t kMostWords = 4000;  ///< of a tree of ranked words
constexpr std::size_t kMostEnds = 32;     ///< words of such a tree that begin with each other

/// Words with their ranks, 1 for the first, sorted as WordTrees needs them. Nothing if more than kMostEnds begin with
/// each other. REQUIRES: each stands once.
std::optional<WordTrees::Words> ranked(const std::vector<std::string>& words);

}  // namespace fakt
