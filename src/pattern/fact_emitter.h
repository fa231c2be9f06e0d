#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "pattern/fact_leads.h"
#include "pattern/fact_program.h"

namespace fakt {

/// Turns one tree into steps.
class FactEmitter {
 public:
  FactEmitter(FactCompiler& compiler, FactPrograms& out) : compiler_(compiler), out_(out) {}

  /// Throws TooHard where there can be no program.
  struct TooHard {};
  FactPrograms::Program part(const Node& node);
  FactPrograms::Program regex(const Node& node, FactCompiler::Use use);

 private:
  /// Of an alternation: a list of words, or something else.
  struct Branch {
    std::vector<std::string> words;
    const Node* other = nullptr;
  };
  void emit(const Node& node);
  void emit_whole(const Node& node);
  void emit_words(const std::vector<std::string>& words);
  void emit_alternate(const Node& node);
  void emit_ways(const std::vector<const Node*>& ways);
  void emit_branches(const std::vector<Branch>& branches);
  void emit_branches(std::span<const Branch> branches, std::vector<std::uint32_t>& ends);
  void emit_repeat(const Node& node);
  void emit_assertion(const std::string& source);
  void emit_capture(const Node& node);
  FactPrograms::Program finish();

  std::uint32_t next() const { return static_cast<std::uint32_t>(code_.size()); }
  std::uint32_t add(FactStep step);
  std::uint32_t add_split() { return add({FactStep::Op::split, false, 0, next() + 1}); }
  void condition(FactStep::Condition what);
  void settle(std::uint32_t split, bool lazy);

  FactCompiler& compiler_;
  FactPrograms& out_;
  std::vector<FactStep> code_;
  std::vector<std::string> groups_;
  std::vector<FactLeads::Loop> loops_;
  std::vector<std::uint32_t> ways_;  ///< where they begin
  std::uint32_t checks_ = 0;
};

}  // namespace fakt
