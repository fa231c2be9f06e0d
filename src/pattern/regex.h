#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fakt {

/// What RE2 says against a regex, and the part of it that it names.
struct RegexFault {
  std::string reason;
  std::string fragment;
};
std::optional<RegexFault> check_regex(const std::string& regex);

/// A compiled regular expression. This header and its .cpp are the only place that knows RE2.
/// Not for use by two threads at once: RE2 locks on every call, so each thread compiles its own.
class Regex {
 public:
  enum class Prefer { longest, first };  ///< leftmost-longest, or leftmost-first as in Perl

  /// REQUIRES: check_regex(regex) found nothing.
  Regex(const std::string& regex, Prefer prefer);
  ~Regex();
  Regex(Regex&&) noexcept;
  Regex& operator=(Regex&&) noexcept;

  /// The end of the match that begins at text[begin] and ends at or before text[limit]; nothing if there is none.
  /// What stands outside [begin, limit) is seen by \b and ^ alone.
  std::optional<std::size_t> match_at(std::string_view text, std::size_t begin, std::size_t limit) const;

  /// Whether the whole text matches.
  bool matches(std::string_view text) const;

  /// Whether any part of the text matches.
  bool found_in(std::string_view text) const;

  /// The leftmost match at or after `begin`: offsets of the groups, {npos, npos} for one that took no part.
  /// Group 0 is the whole match.
  using Groups = std::vector<std::pair<std::size_t, std::size_t>>;
  enum class Anchor { none, start, both };
  bool captures(std::string_view text, std::size_t begin, Anchor anchor, Groups& groups) const;

  /// Names of the groups by number; "" for group 0.
  const std::vector<std::string>& group_names() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Many regexes at once: which of them match a whole text, or (Anchor::none) are found in it.
class RegexSet {
 public:
  explicit RegexSet(const std::vector<std::string>& regexes, Regex::Anchor anchor = Regex::Anchor::both);
  ~RegexSet();
  RegexSet(RegexSet&&) noexcept;
  RegexSet& operator=(RegexSet&&) noexcept;

  /// Indices of the regexes that match, ascending.
  void matches(std::string_view text, std::vector<int>& out) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// How often a matcher ran out of its memory budget and fell back to a slower way, in all threads.
std::uint64_t regex_budget_overruns();

}  // namespace fakt
