#pragma once

#include <bitset>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fakt {

/// The loader's own parse of a regular expression in RE2's syntax. RE2 keeps its parse tree to itself, and the loader
/// needs one: for initial capitals, for the finite lists behind tables, and for what a pattern requires (triggers).
struct Node {
  enum class Kind { empty, literal, char_class, concat, alternate, repeat, capture, assertion };
  using Ranges = std::vector<std::pair<char32_t, char32_t>>;

  Kind kind = Kind::empty;
  std::u32string literal;      ///< literal: its characters; case folding has become classes
  Ranges ranges;               ///< char_class: sorted, disjoint, inclusive
  std::string source;          ///< char_class: as written, where that is kept; assertion: "^", "\\b"
  std::vector<Node> children;  ///< concat, alternate: many; repeat, capture: one
  int min = 0, max = 0;        ///< repeat; max -1: no bound
  bool lazy = false;           ///< repeat
  std::string name;            ///< capture
};

/// What is wrong and where in the regex (byte offset).
struct SyntaxError : std::runtime_error {
  SyntaxError(const std::string& what, std::size_t at) : std::runtime_error(what), offset(at) {}
  std::size_t offset;
};

/// Throws SyntaxError for what RE2 would refuse as well (look-around, back-references) and for \C, which could cut a
/// character in two. Unnamed groups capture nothing.
Node parse_regex(std::string_view regex);

/// The regex of a tree, for RE2. Without captures the union of many patterns stays small.
enum class Emit { plain, captures };
std::string emit_regex(const Node& node, Emit how);

/// Can the node match the empty string? Then what follows it may stand at the start as well.
bool nullable(const Node& node);

/// The tree in which a lower-case letter at the very start of a match may also be a capital: `rund` finds "Rund".
void free_initial_capital(Node& node);

/// The tree in which the case of letters does not count.
void fold_case(Node& node);

/// All strings that the node matches, when they are at most `limit`; else false and `out` is left as it was.
bool enumerate_strings(const Node& node, std::size_t limit, std::vector<std::string>& out);

/// Adds the bytes that a match of the node can begin with; all of them if it can be empty.
using ByteSet = std::bitset<256>;
void add_first_bytes(const Node& node, ByteSet& bytes);

/// The tree that matches the same texts read backwards, character by character.
Node reversed(const Node& node);

/// A literal text as a regex.
std::string quote_regex(std::string_view literal);

}  // namespace fakt
