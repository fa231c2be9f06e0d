#include "input/encoding.h"

#include <array>

#include "input/json.h"
#include "text/unicode.h"

namespace fakt {
namespace {

/// 0x80 to 0x9F of Windows-1252 as the WHATWG Encoding Standard maps them; the rest is Latin-1.
constexpr std::array<char32_t, 32> kUpper = {0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021,
                                             0x2C6,  0x2030, 0x160,  0x2039, 0x152,  0x8D,   0x17D,  0x8F,
                                             0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                             0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};

constexpr std::string_view kWindows1252 = "windows-1252";

}  // namespace

std::string detect_encoding(std::string_view head) {
  if (is_valid_utf8(head)) return {};
  std::string copy(head);
  Utf8Check check = repair_utf8(copy);
  return check.repaired && !check.multibyte ? std::string(kWindows1252) : std::string();
}

std::string to_utf8(std::string_view bytes, std::string_view encoding) {
  if (encoding != kWindows1252) return std::string(bytes);
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 8);
  for (char byte : bytes) {
    auto c = static_cast<unsigned char>(byte);
    append_utf8(out, c >= 0x80 && c < 0xA0 ? kUpper[c - 0x80u] : c);
  }
  return out;
}

}  // namespace fakt
