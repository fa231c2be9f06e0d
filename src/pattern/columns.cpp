#include "pattern/columns.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "pattern/transitions.h"
#include "text/unicode.h"

namespace fakt {
namespace {

using Op = Instruction::Op;

/// Numbers for the characters of ASCII, the same for those that no class tells apart.
std::array<std::uint8_t, 128> kinds_of_ascii(const std::vector<std::uint32_t>& classes, const ProgramPool& pool) {
  using Ascii = std::array<std::uint64_t, 2>;
  std::vector<Ascii> kinds{{~std::uint64_t{0}, ~std::uint64_t{0}}};
  for (std::uint32_t i : classes) {
    const auto& in = pool.classes[i].ascii;
    for (std::size_t k = kinds.size(); k-- > 0;) {
      Ascii inside{kinds[k][0] & in[0], kinds[k][1] & in[1]}, outside{kinds[k][0] & ~in[0], kinds[k][1] & ~in[1]};
      if (!(inside[0] | inside[1]) || !(outside[0] | outside[1])) continue;
      kinds[k] = outside;
      kinds.push_back(inside);
    }
  }
  std::array<std::uint8_t, 128> kind{};
  for (std::size_t k = 0; k < kinds.size(); ++k)
    for (std::size_t half : {0, 1})
      for (std::uint64_t all = kinds[k][half]; all; all &= all - 1)
        kind[64 * half + static_cast<std::size_t>(std::countr_zero(all))] = static_cast<std::uint8_t>(k);
  return kind;
}

}  // namespace

Columns::Columns(const ProgramPool& pool, std::span<const Instruction> steps)
    : taken_(Transitions::kNear), pool_(pool) {
  constexpr std::uint32_t kSpare = 16;  // for characters that are not ASCII
  ByteSet in_text{};
  for (const Instruction& step : steps) {
    if (step.op == Op::one || step.op == Op::run) classes_.push_back(step.b);
    if (step.op == Op::words) in_text |= pool_.bytes_of[step.c].all;
    if (step.op == Op::text)
      for (std::uint32_t i = 0; i < step.c; ++i) in_text.set(static_cast<unsigned char>(pool_.text[step.b + i]));
  }
  std::sort(classes_.begin(), classes_.end());
  classes_.erase(std::unique(classes_.begin(), classes_.end()), classes_.end());
  std::array<std::uint8_t, 128> kind = kinds_of_ascii(classes_, pool_);
  std::array<std::uint8_t, 128> column{};  // of each kind; 0: none yet
  for (unsigned char c = 0; c < 128; ++c) {
    std::uint32_t near = Transitions::near_column(c);
    if (near < Transitions::kNear) {
      ascii_[c] = static_cast<std::uint8_t>(near);
    } else if (!in_text[c] && column[kind[c]] != 0) {
      ascii_[c] = column[kind[c]];
    } else {
      far_ascii_.push_back(c);
      ascii_[c] = static_cast<std::uint8_t>(taken_++);
      if (!in_text[c]) column[kind[c]] = ascii_[c];
    }
  }
  for (std::size_t c = 0x80; c < 256; ++c) lead_in_text_[c] = in_text[c];
  width_ = taken_ + kSpare;
}

std::uint32_t Columns::of_rare(char32_t c) {
  constexpr std::size_t kMostKnown = 4096;
  if (auto known = rare_.find(c); known != rare_.end()) return known->second;
  std::uint32_t column = new_column_of(c);
  if (rare_.size() < kMostKnown) rare_[c] = column;
  return column;
}

/// Characters of texts and words have their own columns, others share them with those of the same classes.
std::uint32_t Columns::new_column_of(char32_t c) {
  std::string key;
  append_utf8(key, c);
  if (!lead_in_text_[static_cast<unsigned char>(key[0])]) {
    key = "\n";
    for (std::uint32_t i : classes_) key += pool_.classes[i].has(c, pool_) ? '1' : '0';
  }
  if (auto known = wide_by_classes_.find(key); known != wide_by_classes_.end()) return known->second;
  if (taken_ == width_) return kNone;
  return wide_by_classes_[std::move(key)] = taken_++;
}

}  // namespace fakt
