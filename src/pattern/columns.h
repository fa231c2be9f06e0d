#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "pattern/program.h"

namespace fakt {

/// In which columns of an automaton's rows characters have their steps: see Transitions. Characters that no step of the
/// programs tells apart share one from Transitions::kNear on; others get theirs when they are first met.
class Columns {
 public:
  static constexpr std::uint32_t kNone = UINT8_MAX;  ///< all are taken

  /// REQUIRES: the pool outlives it.
  Columns(const ProgramPool& pool, std::span<const Instruction> steps);

  std::uint32_t of_ascii(unsigned char c) const { return ascii_[c]; }
  /// The column of a character that is not ASCII, or kNone.
  std::uint32_t of_wide(char32_t c) {
    if (c >= 128 + latin_.size()) return of_rare(c);
    std::uint8_t& known = latin_[c - 128];
    return known != 0 ? known : known = static_cast<std::uint8_t>(new_column_of(c));
  }

  /// Columns are below this.
  std::uint32_t width() const { return width_; }
  /// A character of each column from Transitions::kNear on that has one of ASCII.
  const std::vector<unsigned char>& far_ascii() const { return far_ascii_; }

 private:
  std::uint32_t of_rare(char32_t c);
  std::uint32_t new_column_of(char32_t c);

  std::array<std::uint8_t, 128> ascii_{};
  std::array<std::uint8_t, 128> latin_{};  ///< of U+0080 to U+00FF; 0: not known yet
  std::vector<unsigned char> far_ascii_;
  std::uint32_t taken_, width_;
  const ProgramPool& pool_;
  std::vector<std::uint32_t> classes_;                     ///< that the programs use
  std::array<bool, 256> lead_in_text_{};                   ///< first bytes of wide characters of texts and words
  std::unordered_map<std::uint32_t, std::uint32_t> rare_;  ///< columns of characters from U+0100 on
  std::unordered_map<std::string, std::uint32_t> wide_by_classes_;  ///< columns of what differs in no class
};

}  // namespace fakt
