#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "document.h"
#include "pattern/backtracker.h"
#include "pattern/pattern_set.h"
#include "pattern/regex.h"

namespace fakt {

/// The compiled regexes of one thread, each compiled on first use.
class RegexCache {
 public:
  const Regex& get(const std::string& regex, Regex::Prefer prefer);

 private:
  std::map<std::pair<std::string_view, bool>, std::unique_ptr<Regex>> regexes_;  ///< keys live in the PatternSet
};

/// Where the slots of a pattern lie; nothing for a slot that took no part.
struct SlotSpans {
  std::vector<std::optional<Span>> slots, marks;
};

/// Runs regexes by their programs, and by RE2 where a program is missing or gives up. One for each thread.
class Runner {
 public:
  explicit Runner(const ProgramPool& pool) : backtracker_(pool) {}

  /// The end of the longest match that begins at text[begin] and ends at or before text[limit].
  std::optional<std::uint32_t> longest(const std::string& regex, const Program& program, std::string_view text,
                                       std::uint32_t begin, std::uint32_t limit);

  /// Whether the regex matches exactly text[begin, end). Then `out`, if there is one, gets the places of its slots and
  /// marks, as many as it has room for, in bytes of the text.
  bool exactly(const std::string& regex, const Program& program, std::string_view text, std::uint32_t begin,
               std::uint32_t end, SlotSpans* out);

  /// Steps that programs have taken so far.
  std::uint64_t steps() const { return backtracker_.steps(); }

  /// Whether any part of the text matches.
  bool found_in(const Context& context, std::string_view text);

 private:
  Backtracker backtracker_;
  RegexCache regexes_;
  Regex::Groups groups_;
};

}  // namespace fakt
