#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <vector>

namespace fakt {

/// The steps of an automaton that are known, by state and column. Texts need three of a state's hundred columns, so a
/// state has room for a few beside each other, half a line of the cache, and a full row once they do not suffice.
class Transitions {
 public:
  static constexpr std::uint16_t kUnknown = 0xFFFF;

  /// Forgets all states. REQUIRES: columns are below `width`, and that is below 255.
  void clear(std::uint32_t width) {
    width_ = width;
    states_.clear();
    rows_.clear();
  }
  /// States are numbered as they are added.
  void add_state() { states_.emplace_back(); }

  /// What was set; kUnknown: nothing.
  std::uint32_t next(std::uint32_t state, std::uint32_t column) const {
    const State& s = states_[state];
    if (s.count > kFew) return rows_[s.row + column];
    std::uint64_t differs = s.columns ^ kOnes * column;  // a byte of zeros where the column stands
    std::uint64_t found = (differs - kOnes) & ~differs & kOnes << 7;
    return found ? s.next[static_cast<unsigned>(std::countr_zero(found)) / 8] : kUnknown;
  }

  /// REQUIRES: next(state, column) is kUnknown.
  void set(std::uint32_t state, std::uint32_t column, std::uint16_t next) {
    State& s = states_[state];
    if (s.count == kFew) spread(s);
    if (s.count > kFew) {
      rows_[s.row + column] = next;
      return;
    }
    s.next[s.count] = next;
    s.columns &= ~(std::uint64_t{0xFF} << 8 * s.count);
    s.columns |= std::uint64_t{column} << 8 * s.count++;
  }

  std::size_t bytes() const { return states_.size() * sizeof(State) + rows_.size() * sizeof(rows_[0]); }

 private:
  static constexpr std::uint32_t kFew = 8;
  static constexpr std::uint64_t kOnes = 0x0101010101010101u;
  struct alignas(32) State {
    std::uint64_t columns = ~std::uint64_t{0};  ///< a byte for each; the first `count` are taken
    std::array<std::uint16_t, kFew> next{};
    std::uint32_t row = 0;    ///< in rows_, where count is above kFew
    std::uint32_t count = 0;  ///< of the steps that are known; kFew + 1: they are in a row
  };

  /// Gives the state a row of its own.
  void spread(State& s) {
    s.row = static_cast<std::uint32_t>(rows_.size());
    rows_.resize(rows_.size() + width_, kUnknown);
    for (std::uint32_t i = 0; i < kFew; ++i) rows_[s.row + (s.columns >> 8 * i & 0xFF)] = s.next[i];
    s.count = kFew + 1;
  }

  std::uint32_t width_ = 0;
  std::vector<State> states_;
  std::vector<std::uint16_t> rows_;
};

}  // namespace fakt
