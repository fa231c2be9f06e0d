#include "text/unicode.h"

#include <algorithm>

namespace fakt {
namespace {

bool in(char32_t c, char32_t low, char32_t high) { return c >= low && c <= high; }

/// Alphabets whose upper and lower case alternate: even/odd pairs.
bool paired(char32_t c) { return in(c, 0x100, 0x137) || in(c, 0x14A, 0x177) || in(c, 0x1E00, 0x1EFF); }
bool paired_odd(char32_t c) { return in(c, 0x139, 0x148) || in(c, 0x179, 0x17E); }

}  // namespace

// RFC 3629: no overlong forms, surrogates or values above 10FFFF.
unsigned valid_size(std::string_view text, std::size_t at) {
  auto byte = [&](std::size_t i) -> unsigned { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0; };
  auto tail = [&](std::size_t i) { return (byte(i) & 0xC0) == 0x80; };
  unsigned a = byte(at), b = byte(at + 1);
  if (a < 0x80) return 1;
  if (a >= 0xC2 && a <= 0xDF) return tail(at + 1) ? 2 : 0;
  if (a >= 0xE0 && a <= 0xEF) {
    bool second = a == 0xE0 ? b >= 0xA0 && b <= 0xBF : a == 0xED ? b >= 0x80 && b <= 0x9F : tail(at + 1);
    return second && tail(at + 2) ? 3 : 0;
  }
  if (a >= 0xF0 && a <= 0xF4) {
    bool second = a == 0xF0 ? b >= 0x90 && b <= 0xBF : a == 0xF4 ? b >= 0x80 && b <= 0x8F : tail(at + 1);
    return second && tail(at + 2) && tail(at + 3) ? 4 : 0;
  }
  return 0;
}

bool steers_terminal(char32_t c) {
  return c < 0x20 || in(c, 0x7F, 0x9F) || in(c, 0x200B, 0x200F) || in(c, 0x202A, 0x202E) || in(c, 0x2060, 0x2069) ||
         c == 0xFEFF;
}

CodePoint decode_long(std::string_view text, std::size_t at) {
  auto byte = [&](std::size_t i) -> char32_t { return static_cast<unsigned char>(text[i]); };
  char32_t a = byte(at);
  if (a < 0xE0) return {(a & 0x1F) << 6 | (byte(at + 1) & 0x3F), 2};
  if (a < 0xF0) return {(a & 0x0F) << 12 | (byte(at + 1) & 0x3F) << 6 | (byte(at + 2) & 0x3F), 3};
  return {(a & 0x07) << 18 | (byte(at + 1) & 0x3F) << 12 | (byte(at + 2) & 0x3F) << 6 | (byte(at + 3) & 0x3F), 4};
}

CodePoint decode_before(std::string_view text, std::size_t at) {
  do --at;
  while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
  return decode(text, at);
}

void append_utf8(std::string& out, char32_t c) {
  auto put = [&](char32_t byte) { out += static_cast<char>(byte); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | c >> 6), put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | c >> 12), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | c >> 18), put(0x80 | (c >> 12 & 0x3F)), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
  }
}

bool is_word_beyond_ascii(char32_t c) {
  if (c < 0xC0) return c == 0xAA || c == 0xB5 || c == 0xBA;
  if (c < 0x250) return c != 0xD7 && c != 0xF7;
  if (in(c, 0x2000, 0x2BFF)) return in(c, 0x2070, 0x209C) || in(c, 0x2C00, 0x2DFF);  // superscripts
  if (in(c, 0x3000, 0x303F) || in(c, 0xE000, 0xF8FF) || in(c, 0xFE00, 0xFE6F) || c == 0xFEFF) return false;
  if (in(c, 0xFF00, 0xFFEF)) return in(c, 0xFF10, 0xFF19) || in(c | 0x20, 0xFF41, 0xFF5A) || in(c, 0xFF66, 0xFFDC);
  if (c >= 0xFFF0) return in(c, 0x20000, 0x3FFFF);  // CJK; emoji and private use are not
  return true;
}

bool is_upper_beyond_ascii(char32_t c) { return to_lower(c) != c; }

bool is_space_beyond_ascii(char32_t c) {
  return c == 0x85 || c == 0xA0 || in(c, 0x2000, 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

char32_t to_lower(char32_t c) {
  if (in(c, 'A', 'Z') || (in(c, 0xC0, 0xDE) && c != 0xD7)) return c + 32;
  if (c < 0x100) return c;
  if (paired(c)) return c | 1;
  if (paired_odd(c)) return c + (c & 1);
  if (c == 0x178) return 0xFF;
  if (c == 0x1E9E) return 0xDF;
  if (in(c, 0x391, 0x3A9) || in(c, 0x410, 0x42F)) return c + 32;
  if (in(c, 0x400, 0x40F)) return c + 80;
  return c;
}

char32_t to_upper(char32_t c) {
  if (in(c, 'a', 'z') || (in(c, 0xE0, 0xFE) && c != 0xF7)) return c - 32;
  if (c < 0xFF) return c;
  if (c == 0xFF) return 0x178;
  if (paired(c)) return c & ~char32_t{1};
  if (paired_odd(c)) return c - (1 - (c & 1));
  if ((in(c, 0x3B1, 0x3C9) && c != 0x3C2) || in(c, 0x430, 0x44F)) return c - 32;
  if (in(c, 0x450, 0x45F)) return c - 80;
  return c;
}

namespace {
template <typename Map>
std::string mapped(std::string_view text, Map map) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    auto [c, size] = decode(text, i);
    append_utf8(out, map(c));
    i += size;
  }
  return out;
}
}  // namespace

std::string to_lower(std::string_view text) {
  return mapped(text, [](char32_t c) { return to_lower(c); });
}

std::string to_upper(std::string_view text) {
  return mapped(text, [](char32_t c) { return to_upper(c); });
}

bool is_word_edge_beyond_ascii(std::string_view text, std::size_t at) {
  return !is_word(decode(text, at).value) || !is_word(decode_before(text, at).value);
}

Utf8Check repair_utf8(std::string& text) {
  Utf8Check check;
  for (std::size_t i = 0; i < text.size();) {
    unsigned size = valid_size(text, i);
    if (size == 0) {
      text[i] = '?';
      check.repaired = true;
      size = 1;
    } else if (size > 1) {
      check.multibyte = true;
    }
    i += size;
  }
  return check;
}

std::size_t count_code_points(std::string_view text) {
  std::size_t n = text.size();
  for (std::size_t at = 0; at < text.size();) {
    std::uint8_t continued = 0;  // of at most 255 bytes, so that sixteen are counted at once
    for (std::size_t end = std::min(at + 255, text.size()); at < end; ++at)
      continued = static_cast<std::uint8_t>(continued + (static_cast<signed char>(text[at]) < -64));
    n -= continued;
  }
  return n;
}

}  // namespace fakt
