#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace fakt {

/// The code point that begins at text[at], and its length in bytes. REQUIRES: valid UTF-8, at < text.size().
struct CodePoint {
  char32_t value;
  unsigned size;
};
CodePoint decode_long(std::string_view text, std::size_t at);  ///< for decode(): no ASCII
inline CodePoint decode(std::string_view text, std::size_t at) {
  auto c = static_cast<unsigned char>(text[at]);
  return c < 0x80 ? CodePoint{c, 1} : decode_long(text, at);
}

/// The code point that ends before text[at]. REQUIRES: valid UTF-8, 0 < at <= text.size().
CodePoint decode_before(std::string_view text, std::size_t at);

/// Length of the valid UTF-8 character at `at`, or 0.
unsigned valid_size(std::string_view text, std::size_t at);

/// Control characters, and those that change the order or hide parts of what a person sees.
bool steers_terminal(char32_t c);

void append_utf8(std::string& out, char32_t c);

/// Letters and digits of all scripts: what words are made of. Punctuation, symbols, spaces and emoji are not.
bool is_word_beyond_ascii(char32_t c);  ///< for is_word()
inline bool is_word(char32_t c) {
  return c < 0x80 ? (c | 0x20u) - 'a' < 26u || c - U'0' < 10u : is_word_beyond_ascii(c);
}
bool is_upper_beyond_ascii(char32_t c);  ///< for is_upper()
inline bool is_upper(char32_t c) { return c < 0x80 ? c - U'A' < 26u : is_upper_beyond_ascii(c); }
/// Also no-break, thin and narrow spaces.
bool is_space_beyond_ascii(char32_t c);  ///< for is_space()
inline bool is_space(char32_t c) { return c < 0x80 ? c == ' ' || c - U'\t' < 5u : is_space_beyond_ascii(c); }
char32_t to_lower(char32_t c);  ///< Latin, Greek and Cyrillic letters, independent of the locale
char32_t to_upper(char32_t c);
std::string to_lower(std::string_view text);
std::string to_upper(std::string_view text);

/// Whether a word that ends (begins) at `at` is not cut there: text[at-1] and text[at] are not both word characters.
bool is_word_edge_beyond_ascii(std::string_view text, std::size_t at);  ///< for is_word_edge()
inline bool is_word_edge(std::string_view text, std::size_t at) {
  if (at == 0 || at >= text.size()) return true;
  auto before = static_cast<unsigned char>(text[at - 1]), behind = static_cast<unsigned char>(text[at]);
  if ((before | behind) >= 0x80) return is_word_edge_beyond_ascii(text, at);
  return !is_word(before) || !is_word(behind);
}

/// `text` with every byte that is no valid UTF-8 replaced by '?', so that offsets stay true.
/// `repaired` tells whether there was one; `multibyte` whether there was a valid character of two bytes or more.
struct Utf8Check {
  bool repaired = false;
  bool multibyte = false;
};
Utf8Check repair_utf8(std::string& text);

std::size_t count_code_points(std::string_view text);

}  // namespace fakt
