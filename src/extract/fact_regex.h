#pragma once

#include <memory>
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

  /// Bytes of a text where a match may begin.
  struct Begin {
    std::size_t from, until;
  };
  /// The leftmost match that begins there, half-open: see Regex::captures. The regex is one between_words. `ways`: see
  /// FactSearch::search.
  bool captures(FactSearch& search, FactText& text, Begin begin, std::uint64_t ways, Regex::Groups& out);

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
