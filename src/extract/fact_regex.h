#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "extract/fact_search.h"
#include "extract/fact_text.h"
#include "pattern/fact_program.h"
#include "pattern/regex.h"

namespace fakt {

/// A regex of fact patterns, run by its program, or by RE2 where it has none. One for each thread.
class FactRegex {
 public:
  /// REQUIRES: both outlive this. `source` is what RE2 would take.
  FactRegex(const FactPrograms& programs, std::uint32_t number, std::string_view source);

  /// The leftmost match at or after `from`: see Regex::captures. The regex is one between_words. `until`: see
  /// FactSearch::search; RE2 does without.
  bool captures(FactSearch& search, FactText& text, std::size_t from, std::span<const std::uint32_t> until,
                Regex::Groups& out);

  /// Of the group n + 1 what it captures; kind ' ' for a group that is neither slot nor mark.
  const std::vector<FactPrograms::Group>& groups() const { return groups_; }

 private:
  Regex& compiled();

  const FactPrograms::Program& program_;
  std::string_view source_;
  std::unique_ptr<Regex> regex_;
  std::vector<FactPrograms::Group> groups_;
};

}  // namespace fakt
