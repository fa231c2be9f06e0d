#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "document.h"
#include "pattern/automaton.h"
#include "pattern/backtracker.h"
#include "pattern/pattern_set.h"
#include "pattern/regex.h"

namespace fakt {

/// The compiled regexes of one thread, each compiled on first use.
class RegexCache {
 public:
  const Regex& get(std::string_view regex, Regex::Prefer prefer);

 private:
  std::map<std::pair<std::string_view, bool>, std::unique_ptr<Regex>> regexes_;  ///< keys live in the PatternSet
};

/// Where the slots of a pattern lie; nothing for a slot that took no part.
struct SlotSpans {
  std::vector<std::optional<Span>> slots, marks;
};

/// The characters of a text from the last to the first.
void reverse(std::string_view text, std::string& out);

/// Runs regexes by their programs: those in steady use as automata, the others one way after the other; and by RE2
/// where a program is missing or gives up. One for each thread.
class Runner {
 public:
  explicit Runner(const ProgramPool& pool) : pool_(pool), backtracker_(pool) {}

  /// The end of the longest match that begins at text[begin] and ends at or before text[limit].
  std::optional<std::uint32_t> longest(std::string_view regex, const Program& program, std::string_view text,
                                       std::uint32_t begin, std::uint32_t limit);

  /// Whether the regex matches exactly text[begin, end). Then `out`, if there is one, gets the places of its slots and
  /// marks, as many as it has room for, in bytes of the text.
  bool exactly(std::string_view regex, const Program& program, std::string_view text, std::uint32_t begin,
               std::uint32_t end, SlotSpans* out);

  /// Whether a match of the context begins at the begin of the text.
  bool begins(const Context& context, std::string_view text);

  /// Whether a match of the context, whose regex reads backwards, ends at the end of the text.
  bool ends(const Context& context, std::string_view text);

  /// Whether any part of the text matches.
  bool found_in(const Context& context, std::string_view text);

  /// Bytes that the states of the automata take.
  std::size_t bytes() const { return bytes_; }
  void forget();

 private:
  /// How often a program was run, and its automata once they are worth their making: one for matches from a place, one
  /// for matches anywhere.
  struct Use {
    std::uint32_t runs = 0;
    std::unique_ptr<Automaton> anchored, anywhere;
  };
  Automaton* automaton_of(const Program& program, Automaton::Begin begin);
  template <typename Says>
  std::optional<bool> ask(const Program& program, Automaton::Begin begin, Says says);

  const ProgramPool& pool_;
  std::unordered_map<const Program*, Use> uses_;
  std::size_t bytes_ = 0;
  Backtracker backtracker_;
  RegexCache regexes_;
  Regex::Groups groups_;
  std::string backwards_;
};

}  // namespace fakt
