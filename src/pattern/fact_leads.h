#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pattern/fact_program.h"

namespace fakt {

/// What the steps of a program can begin with, so that the search sees at the first byte which ways lead nowhere.
/// Bytes are those of FactSubject::leads.
class FactLeads {
 public:
  /// Bytes that a match begins with from a step on, and whether it can end without one.
  struct Lead {
    ByteSet bytes;
    bool empty = false;
  };
  /// X* and what lies where.
  struct Loop {
    std::uint32_t head, body, end;
  };

  /// REQUIRES: all outlive this. `classes`: the leads of the characters of each class.
  FactLeads(const std::vector<FactStep>& code, const FactPrograms& programs,
            const std::map<std::uint32_t, ByteSet>& classes)
      : code_(code), programs_(programs), classes_(classes), known_(code.size()) {}

  const Lead& lead(std::uint32_t pc);

  /// The bytes alone: all of them if it can end.
  ByteSet first(std::uint32_t pc);

  /// Bytes that in a loop lead to its next round, and nowhere else. REQUIRES: splits know what they begin with.
  ByteSet of_loop(const Loop& loop);

  /// The leads of all tokens.
  static ByteSet all_tokens();

 private:
  Lead lead_of(std::uint32_t pc);
  void add_words(std::uint32_t node, const std::string& so_far, ByteSet& bytes) const;

  const std::vector<FactStep>& code_;
  const FactPrograms& programs_;
  const std::map<std::uint32_t, ByteSet>& classes_;
  std::vector<std::optional<Lead>> known_;
};

}  // namespace fakt
