#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "pattern/program.h"
#include "pattern/syntax.h"

namespace fakt {

/// The strings that a node matches, in the order in which Perl tries them, each once; false for a node with captures,
/// with assertions, with classes of more than a few characters, or with more than some hundred strings.
bool ordered_strings(const Node& node, std::vector<std::string>& out);

/// Adds trees of words to a pool. The word_ends of a node are the rank of its word: 1 for the first of the list.
class WordTrees {
 public:
  static constexpr std::size_t kMostWords = 4000;  ///< of one tree
  static constexpr std::size_t kMostEnds = 32;     ///< words of a tree that begin with each other

  explicit WordTrees(ProgramPool& pool) : pool_(pool) {}

  /// The root of the tree of these words, each of which stands once. kNone if more than kMostEnds begin with each
  /// other.
  std::uint32_t add(const std::vector<std::string>& words);
  static constexpr std::uint32_t kNone = UINT32_MAX;

 private:
  using Words = std::vector<std::pair<std::string, std::uint16_t>>;  ///< with their ranks
  void add_branches(std::uint32_t node, const Words& words, std::size_t from, std::size_t to, std::size_t depth);

  ProgramPool& pool_;
  std::map<std::string, std::uint32_t> known_;
};

}  // namespace fakt
