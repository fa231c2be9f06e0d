#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace fakt {

/// The scan takes letters of both cases as one and all digits as one. For bytes of ASCII letters and of the second
/// byte of Latin-1 letters in UTF-8, case is bit 5; setting it in other bytes of a word makes some letters of rarer
/// alphabets equal, which costs a needless look and no more.
constexpr char fold_byte(char c) {
  auto b = static_cast<unsigned char>(c);
  return static_cast<char>(b >= '0' && b <= '9' ? '0' : b | 0x20);
}

/// The same for a code point: what fold_byte makes of its bytes is what it makes of the result's bytes.
constexpr char32_t fold_char(char32_t c) {
  if (c >= '0' && c <= '9') return '0';
  if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7)) return c + 32;
  return c;
}

/// fold_byte on eight bytes of a word at once. REQUIRES: they are bytes of letters and digits.
constexpr std::uint64_t fold_bytes(std::uint64_t bytes) {
  constexpr std::uint64_t kOnes = 0x0101010101010101u;
  bytes |= kOnes * 0x20;
  std::uint64_t high = (bytes & kOnes * 0xF0) ^ kOnes * 0x30;  // zero where the byte is 0x3N: a digit
  std::uint64_t digit = ~(((high & kOnes * 0x7F) + kOnes * 0x7F) | high | kOnes * 0x7F);
  return bytes & ~((digit >> 7) * 0x0F);
}

/// Up to seven bytes, without reading behind them.
inline std::uint64_t load_tail(const char* from, std::size_t size) {
  auto byte = [&](std::size_t i) { return static_cast<std::uint64_t>(static_cast<unsigned char>(from[i])) << (8 * i); };
  if (size >= 4) {
    std::uint32_t first, last;
    std::memcpy(&first, from, 4);
    std::memcpy(&last, from + size - 4, 4);
    return first | static_cast<std::uint64_t>(last) << (8 * (size - 4));
  }
  return size == 0 ? 0 : byte(0) | byte(size / 2) | byte(size - 1);
}

/// A hash of a word as it is folded: "Bank" and "BANK" have the same.
inline std::uint32_t hash_word(std::string_view word) {
  static_assert(std::endian::native == std::endian::little);
  constexpr std::uint64_t kFactor = 0x9E3779B97F4A7C15u;
  std::uint64_t hash = kFactor;
  while (word.size() >= 8) {
    std::uint64_t bytes;
    std::memcpy(&bytes, word.data(), 8);
    hash = (hash ^ fold_bytes(bytes)) * kFactor;
    hash ^= hash >> 32;
    word.remove_prefix(8);
  }
  std::uint64_t bytes = fold_bytes(load_tail(word.data(), word.size()));
  bytes &= (std::uint64_t{1} << (8 * word.size())) - 1;
  hash = (hash ^ bytes) * kFactor;
  return static_cast<std::uint32_t>(hash >> 32);
}

}  // namespace fakt
