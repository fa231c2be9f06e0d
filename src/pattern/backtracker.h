#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "pattern/program.h"

namespace fakt {

/// Runs programs by trying one way after the other. Fast on the short stretches that triggers choose; it gives up after
/// kMostSteps, so that no pattern costs more than that, and the caller asks RE2 instead. One for each thread.
class Backtracker {
 public:
  explicit Backtracker(const ProgramPool& pool) : pool_(pool) {}

  enum class Outcome { no, yes, gave_up };

  /// The end of the longest match that begins at text[begin] and ends at or before text[limit].
  /// REQUIRES: limit <= text.size(), on the border of a character.
  Outcome longest(const Program& program, std::string_view text, std::uint32_t begin, std::uint32_t limit,
                  std::uint32_t& end);

  /// Whether the program matches exactly text[begin, end); then registers() tells where its captures lie. Of several
  /// ways to split the text among them, each takes as much as it can, from the left.
  Outcome exactly(const Program& program, std::string_view text, std::uint32_t begin, std::uint32_t end);

  /// kUnset for a capture that took no part.
  static constexpr std::uint32_t kUnset = UINT32_MAX;
  std::uint32_t reg(std::size_t i) const { return i < registers_.size() ? registers_[i] : kUnset; }

 private:
  static constexpr int kMostSteps = 20000;

  /// What is left to try: go on at step `pc` and place `at`; or take a character from a run; or restore a register.
  struct Frame {
    enum class Kind : std::uint8_t { go, shrink, grow, restore } kind;
    std::uint32_t pc, at, low;
  };
  template <bool kExactly>
  Outcome run(const Program& program, std::string_view text, std::uint32_t begin, std::uint32_t limit,
              std::uint32_t& end);
  template <bool kExactly>
  bool choose(const ProgramPool::Fork& fork, const Instruction& split, std::uint32_t& pc, std::uint32_t at);
  bool step_words(std::uint32_t root, std::uint32_t pc, std::uint32_t& at);
  bool step_run(const Instruction& step, std::uint32_t pc, std::uint32_t& at);
  bool holds(Instruction::Condition condition, std::uint32_t at) const;
  template <bool kExactly>
  bool can_follow(const Instruction* step, std::uint32_t at) const;
  template <bool kExactly>
  bool unwind(std::uint32_t& pc, std::uint32_t& at, const Program& program);
  std::uint32_t one(const ProgramPool::Class& all, std::uint32_t at) const;

  const ProgramPool& pool_;
  std::string_view text_;
  std::uint32_t limit_ = 0;
  std::vector<Frame> stack_;
  std::vector<std::uint32_t> registers_;
};

}  // namespace fakt
