#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace fakt {

/// Makes room for `more` elements, at least a quarter at a time: twice as much as there is would be a lot to leave
/// unused in hundreds of automata.
template <typename Container>
void make_room(Container& container, std::size_t more) {
  std::size_t size = container.size() + more;
  if (size > container.capacity()) container.reserve(size + size / 4 + 4);
}

/// The steps of an automaton that are known, by state and column. The columns of the characters that most texts are
/// made of stand in a line of the cache, so that a step costs one look into memory. Others, from kNear on, which
/// whoever uses this gives to characters, stand in a row apart, which few states have.
class Transitions {
 public:
  static constexpr std::uint16_t kUnknown = 0xFFFF;
  static constexpr std::uint32_t kNear = 32;
  static constexpr std::uint8_t kNotNear = 0xFF;

  /// The column below kNear of a character of ASCII; kNotNear: it has none.
  static std::uint32_t near_column(unsigned char c) { return kNearColumns[c]; }

  /// The columns of characters of ASCII, a bit for each.
  static std::uint32_t near_columns(const std::array<std::uint64_t, 2>& ascii) {
    constexpr std::uint32_t kLetters = (1u << 26) - 1;
    std::uint32_t out = static_cast<std::uint32_t>(ascii[1] >> ('a' - 64)) & kLetters;
    for (std::size_t i = 26; i < kNearChars.size(); ++i)
      out |= static_cast<std::uint32_t>(ascii[0] >> kNearChars[i] & 1) << i;
    return out;
  }

  /// Forgets all states. REQUIRES: columns are below `width`.
  void clear(std::uint32_t width) {
    far_width_ = width > kNear ? width - kNear : 0;
    lines_.clear();
    rows_.clear();
    far_.assign(far_width_, kUnknown);
  }
  /// States are numbered as they are added.
  void add_state() {
    make_room(lines_, 1);
    lines_.emplace_back();
    make_room(rows_, 1);
    rows_.push_back(0);
  }

  /// What was set; kUnknown: nothing. REQUIRES: column < kNear.
  std::uint32_t near(std::uint32_t state, std::uint32_t column) const { return lines_[state].next[column]; }
  /// The same. REQUIRES: column >= kNear.
  std::uint32_t far(std::uint32_t state, std::uint32_t column) const { return far_[rows_[state] + column - kNear]; }

  void set(std::uint32_t state, std::uint32_t column, std::uint16_t next) {
    if (column < kNear) {
      lines_[state].next[column] = next;
      return;
    }
    std::uint32_t& row = rows_[state];
    if (row == 0) {
      row = static_cast<std::uint32_t>(far_.size());
      make_room(far_, far_width_);
      far_.resize(far_.size() + far_width_, kUnknown);
    }
    far_[row + column - kNear] = next;
  }

  std::size_t bytes() const {
    return lines_.size() * sizeof(Line) + rows_.size() * sizeof(rows_[0]) + far_.size() * sizeof(far_[0]);
  }

 private:
  static constexpr std::string_view kNearChars = "abcdefghijklmnopqrstuvwxyz -.,";
  static constexpr std::array<std::uint8_t, 256> kNearColumns = [] {
    std::array<std::uint8_t, 256> out{};
    out.fill(kNotNear);
    std::uint8_t columns = 0;
    for (char c : kNearChars) out[static_cast<unsigned char>(c)] = columns++;
    return out;
  }();
  struct alignas(64) Line {
    std::array<std::uint16_t, kNear> next;
    Line() { next.fill(kUnknown); }
  };

  std::vector<Line> lines_;
  std::vector<std::uint32_t> rows_;  ///< where a state's row begins in far_; 0: the row of those that have none
  std::vector<std::uint16_t> far_;
  std::uint32_t far_width_ = 0;
};

}  // namespace fakt
