#pragma once

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "extract/candidate.h"
#include "pattern/regex.h"
#include "text/text_index.h"

namespace fakt {

/// The compiled regexes of one thread. Everything is compiled on first use.
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

/// Finds what the patterns of a type say about a document. One for each thread.
///
/// A pattern's candidates are: at each place where a word or a symbol begins, its longest match from there that ends
/// at a word edge, stays in the sentence and has what `before`, `after`, `not_before`, `not_after` and `reject` ask
/// for. Of patterns that match from the same place the longest counts, and all that match just as long; where evidence
/// is weighed, all count.
class Matcher {
 public:
  explicit Matcher(const Type& type);

  /// Appends the candidates of patterns and names, in the order of their place. Cues are among them.
  void find(std::string_view text, const TextIndex& index, std::vector<Candidate>& out);

  /// The slots of a match, in Document::text. REQUIRES: the pattern matches all of `match`.
  SlotSpans slots(std::string_view text, const Pattern& pattern, Span match);

  /// The slots of `before` or `after`, beside the match.
  SlotSpans context_slots(std::string_view text, Span sentence, const Pattern& pattern, Span mention, bool before);

 private:
  /// Patterns that are searched for together. Weak ones and cues have a group of their own, so that a long weak match
  /// hides no short strong one.
  struct Group {
    std::vector<const Pattern*> patterns;
    std::string regex;              ///< union of the patterns
    std::array<bool, 256> first{};  ///< bytes that a match can begin with
    std::unique_ptr<Regex> any;
    std::unique_ptr<RegexSet> which;
    bool all = false;  ///< also the shorter matches from a place
  };

  void find_names(std::string_view text, const TextIndex& index, std::vector<Candidate>& out);
  void find_in(Group& group, std::string_view text, const Sentence& sentence, std::uint32_t number,
               std::vector<Candidate>& out);
  bool accept(const Pattern& pattern, std::string_view text, Span sentence, Span match, std::uint32_t number,
              std::vector<Candidate>& out);
  bool context_allows(const Pattern& pattern, std::string_view text, Span sentence, Span mention);
  void fill(const Regex& regex, std::string_view text, std::uint32_t base, Regex::Anchor anchor, SlotSpans& out);
  void compile(Group& group);

  const Type& type_;
  std::vector<Group> groups_;
  RegexCache cache_;
  std::vector<int> which_;
  Regex::Groups groups_found_;
};

}  // namespace fakt
