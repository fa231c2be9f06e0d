#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "pattern/relative.h"
#include "pattern/syntax.h"

namespace fakt {

/// Where a run of characters ends.
struct RunEnd {
  std::uint32_t place, low;  ///< behind all that were taken, and behind the fewest that it must have
  std::uint32_t count;       ///< of those that were taken
};

/// Takes characters from byte `at` on: as many as the step `run` may have, or, if it is lazy, must have; fewer if
/// `size_at(place)` is 0. size_at says how many bytes the character there has, if it is of the step's class.
template <typename Step, typename SizeAt>
RunEnd take_run(const Step& step, std::uint32_t at, SizeAt size_at) {
  RunEnd end{at, at, 0};
  std::uint32_t most = step.lazy ? step.a : step.c;
  for (; end.count < most; ++end.count) {
    std::uint32_t size = size_at(end.place);
    if (size == 0) break;
    end.place += size;
    if (end.count + 1 == step.a) end.low = end.place;
  }
  return end;
}

/// What a Program does next.
struct Instruction {
  enum class Op : std::uint8_t {
    text,    ///< the bytes pool.text[b, b + c)
    one,     ///< a character of class b
    run,     ///< a (min) to c (max) characters of class b, as many as possible first; `lazy`: as few
    words,   ///< one of the words whose tree begins at node b, longer ones first; their bytes are pool.bytes_of[c]
    split,   ///< go on at b, and if that fails at c; pool.forks[a] tells which of them can succeed
    jump,    ///< go on at b
    save,    ///< the place goes into register a
    assert,  ///< a condition of the place: see Condition
    match,   ///< the end
  };
  enum class Condition : std::uint8_t { text_begin, text_end, word_edge, no_word_edge };
  Op op;
  bool lazy = false;
  std::uint16_t a = 0;
  std::uint32_t b = 0, c = 0;
};

/// What programs share: trees of words, classes and texts stand here once, however many patterns use them.
struct ProgramPool {
  static constexpr std::uint32_t kNoEnd = UINT32_MAX;

  /// Characters: a bit for each of ASCII, ranges for the others.
  struct Class {
    std::array<std::uint64_t, 2> ascii{};
    std::uint32_t first_range = 0, ranges = 0;  ///< in `ranges`
    bool has(char32_t c, const ProgramPool& pool) const;
  };
  struct Range {
    char32_t low, high;
  };
  /// A place in a tree of words, each branch one byte; its branches lead to nodes side by side. Branches that are alike
  /// stand there once, for all trees of the pool.
  struct Node {
    std::uint32_t first = 0;  ///< in `nodes` and `bytes`
    std::uint16_t branches = 0;
    std::uint16_t word_ends = 0;  ///< 1: a word ends here
  };
  /// Bytes of the words of a tree: all, and those of ASCII that a word begins with, a bit for each.
  struct WordBytes {
    ByteSet all;
    std::array<std::uint64_t, 2> begins{};
  };
  /// What the next byte says of the two ways of a split.
  struct Fork {
    std::array<ByteSet, 2> bytes;       ///< that the matches of a way can go on with
    std::array<std::uint64_t, 2> ends;  ///< 1: a match can end there; as wide as the others, so that no byte is unset
  };
  Array<Class> classes;
  Array<Range> ranges;
  Array<Node> nodes;
  Text bytes;               ///< of each node the byte that leads to it
  Array<WordBytes> bytes_of;
  Array<Fork> forks;
  Text text;
};

/// A regex ready to run, made when fakt is built and loaded as it is: compiling the patterns with RE2 takes longer than
/// reading an article. An Automaton finds where matches end, a Backtracker what their captures hold; RE2 takes over
/// where a regex has no program.
struct Program {
  Array<Instruction> steps;  ///< empty: there is none
  bool empty() const { return steps.empty(); }
};

/// Adds classes and texts to a pool, each once.
class PoolWriter {
 public:
  explicit PoolWriter(ProgramPool& pool) : pool_(pool) {}
  /// The class of a node; nothing if RE2 alone knows it.
  std::optional<std::uint32_t> class_of(const Node& node);
  std::uint32_t text_at(const std::string& text);

 private:
  ProgramPool& pool_;
  std::map<std::string, std::uint32_t> classes_, texts_;
};

/// Adds trees of words to a pool.
class WordTrees {
 public:
  using Words = std::vector<std::pair<std::string, std::uint16_t>>;  ///< with what word_ends is to say of them

  explicit WordTrees(ProgramPool& pool) : pool_(pool) {}

  /// The root of the tree of these words, which are sorted and stand once each.
  std::uint32_t add(const Words& words);

 private:
  ProgramPool::Node node_of(std::span<const Words::value_type> words, std::size_t depth);
  std::uint32_t side_by_side(const std::string& bytes, const std::vector<ProgramPool::Node>& nodes);

  ProgramPool& pool_;
  std::unordered_map<std::string, std::uint32_t> known_;  ///< where nodes stand, by what they hold
};

/// Tells the splits of programs what the next byte says of their ways: most of them can be ruled out by it, and need
/// not be tried. One for a pool.
class Lookahead {
 public:
  /// REQUIRES: the pool outlives it.
  explicit Lookahead(ProgramPool& pool) : pool_(pool) {}

  /// Sets `a` of each split to its place in pool.forks. REQUIRES: no loop can go round without a character.
  void add_to(std::vector<Instruction>& steps);

 private:
  /// What can come next from a step on.
  struct Next {
    ByteSet bytes;
    bool end = false;  ///< a match can end there
  };
  const Next& next(std::uint32_t pc);
  Next next_of(std::uint32_t pc);
  ByteSet bytes_of_class(const ProgramPool::Class& all) const;
  std::uint16_t number_of(const Next& first, const Next& second);

  ProgramPool& pool_;
  std::unordered_map<std::string, std::uint16_t> numbers_;  ///< of forks, each once
  const std::vector<Instruction>* steps_ = nullptr;
  std::vector<std::optional<Next>> known_;  ///< of each step
};

/// Makes programs for one pool.
class ProgramCompiler {
 public:
  explicit ProgramCompiler(ProgramPool& pool) : pool_(pool), writer_(pool), trees_(pool), lookahead_(pool) {}

  /// The program of a tree; its captures s0, s1, ... and m0, m1, ... save into registers 4n, 4n+1 and 4n+2, 4n+3. No
  /// program for what RE2 alone knows (\pL), for loops that can go round without moving, and for more than
  /// kLongest instructions.
  Program compile(const Node& tree);
  static constexpr std::size_t kLongest = 12000;

 private:
  struct TooHard {};

  void emit(const Node& node);
  void emit_repeat(const Node& node);
  void emit_alternate(const Node& node);
  void emit_optional(const Node& node, bool lazy);
  bool emit_words(const std::vector<const Node*>& nodes);
  std::uint32_t class_of(const Node& node);
  std::uint32_t add(Instruction step);
  std::uint32_t next() const { return static_cast<std::uint32_t>(steps_.size()); }

  ProgramPool& pool_;
  PoolWriter writer_;
  WordTrees trees_;
  Lookahead lookahead_;
  std::vector<Instruction> steps_;
  std::map<std::string, Instruction> lists_;
};

}  // namespace fakt
