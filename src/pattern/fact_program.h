#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "pattern/program.h"
#include "pattern/syntax.h"
#include "pattern/word_tree.h"

namespace fakt {

/// What a fact program does next.
struct FactStep {
  enum class Op : std::uint8_t {
    text,    ///< the bytes pool.text[b, b + c)
    one,     ///< a character of class b
    run,     ///< a (min) to c (max) characters of class b, as many as possible first; `lazy`: as few
    words,   ///< one of the words whose tree begins at node b, in the order of their ranks
    call,    ///< all that part b matches, in its order
    split,   ///< go on at b, and if that fails at c
    jump,    ///< go on at b
    save,    ///< the place goes into register a
    assert,  ///< a condition of the place: see Condition
    check,   ///< go on only where no way led to this step and place before; a: its number in the program
    skip,    ///< the bytes of `first`: in a loop, those that can only lead to its next round
    match,   ///< the end
  };
  enum class Condition : std::uint16_t { text_begin, text_end, word_edge, no_word_edge, no_word_next };
  Op op;
  bool lazy = false;
  std::uint16_t a = 0;
  std::uint32_t b = 0, c = 0;
  std::uint16_t first = 0, other = 0;  ///< in `firsts`: bytes that what follows can begin with; split: at b, at c
};

/// The regexes of the facts of a language, ready to run by a FactSearch: made when fakt is built and loaded as they
/// are. They match as RE2 does leftmost-first: of several ways to match, the first in the order of Perl.
///
/// Facts are put together from few macros, such as {gap}, which stand hundreds of times in their regexes. What has no
/// captures and stands more than once is a part, compiled once and called: so some ten thousand steps do for a megabyte
/// of regexes, and what a part matches at a place of a sentence is found once for all patterns.
struct FactPrograms {
  static constexpr std::uint32_t kNone = UINT32_MAX;

  /// A capture: slot s0, s1, ... or mark m0, m1, ...
  struct Group {
    char kind;
    std::uint16_t index;
  };
  struct Program {
    std::uint32_t entry = kNone;          ///< in `steps`; kNone: RE2 must do
    std::uint32_t ways_at = 0, ways = 0;  ///< in `ways`; none: it begins at its entry
    std::uint32_t checks = 0;             ///< steps `check`
    std::uint16_t first = 0;              ///< in `firsts`: bytes that a match can begin with
    std::uint16_t can_be_empty = 0;
    std::uint32_t groups_at = 0, groups = 0;  ///< in `groups`; the n-th has registers 2n and 2n + 1
  };

  /// One of the alternatives of a whole regex, in their order: see FactWay.
  struct Way {
    std::uint32_t entry = 0;  ///< counts from that of the program
    std::uint16_t first = 0;  ///< in `firsts`: bytes that a match can begin with; all, if it can be empty
    std::uint16_t unused = 0;
  };

  ProgramPool pool;       ///< here the word_ends of a node are the rank of the word that ends, the first is 1
  Array<ByteSet> firsts;  ///< of bytes of FactSubject::leads
  Array<FactStep> steps;  ///< of all; they count from the entry of their program
  Array<Group> groups;
  Array<Way> ways;
  Array<Program> parts;            ///< what is called
  Array<Program> programs;         ///< of the regexes
  std::uint32_t modality = kNone;  ///< in `programs`: the cues of [table.modality]
};

/// What stands for the first byte of the token of a mention where a first byte is looked at: a number made of the first
/// letters of its type, in the range of bytes that no character begins with. So a program sees at once that a token is
/// of another type than its own.
unsigned char token_lead(char first, char second);

/// Characters of words, as fact patterns see them: what stands around a match is none.
constexpr bool is_fact_word(char32_t c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= 0xC0 && c <= 0x24F);
}

/// Gathers the regexes of a language and compiles them together.
class FactCompiler {
 public:
  static constexpr std::size_t kMostWays = 64;

  /// The alternatives of a whole regex, in their order: itself if it has none, or more than can be told apart.
  static std::vector<const Node*> ways_of(const Node& regex);

  /// What is compiled is added to `out`.
  explicit FactCompiler(FactPrograms& out) : out_(out), first_(static_cast<std::uint32_t>(out.programs.size())) {}

  /// between_words: no character of a word may follow a match. whole: as it is.
  enum class Use { between_words, whole };

  /// The number that its program will have; the same for the same regex. REQUIRES: parse_regex takes it.
  std::uint32_t add(const std::string& regex, Use use);

  /// REQUIRED after the last add(). There is no program for what RE2 alone knows (\pL), for loops that can go round
  /// without moving, and for what would take too many steps.
  void compile();

 private:
  friend class FactEmitter;
  /// What nodes of the same content have in common.
  struct Content {
    std::size_t uses = 0, size = 0;  ///< size: steps, about
    bool captures = false;
    std::uint32_t part = FactPrograms::kNone;
  };
  struct Regex {
    Node tree;
    Use use;
  };

  std::size_t intern(const Node& node);
  void count_uses(const Node& node, std::size_t times);
  Content& content_of(const Node& node) { return contents_[of_node_.at(&node)]; }
  bool is_part(const Node& node);
  std::uint32_t part_of(const Node& node);
  std::uint32_t class_of(const Node& node);
  std::uint32_t text_at(const std::string& text) { return pool_.text_at(text); }
  std::uint32_t tree_of(const WordTrees::Words& words) { return trees_.add(words); }
  std::uint16_t first_of(const ByteSet& bytes);

  FactPrograms& out_;
  std::uint32_t first_;  ///< number of the first program that is added
  PoolWriter pool_{out_.pool};
  WordTrees trees_{out_.pool};
  std::map<std::pair<std::string, Use>, std::uint32_t> known_;
  std::deque<Regex> regexes_;  ///< their nodes stay where they are
  std::unordered_map<std::string, std::size_t> ids_;
  std::unordered_map<const Node*, std::size_t> of_node_;
  std::vector<Content> contents_;  ///< by their ids
  std::map<std::string, std::uint16_t> firsts_;
  std::map<std::uint32_t, ByteSet> class_leads_;
};

}  // namespace fakt
