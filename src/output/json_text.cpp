#include "output/json_text.h"

#include <algorithm>
#include <charconv>

#include "text/fold.h"

namespace fakt {
namespace {

constexpr char kHex[] = "0123456789abcdef";

bool is_special(unsigned char c) { return c < 0x20 || c == '"' || c == '\\' || c == 0x7F; }

/// Whether one of eight bytes may be special, or E2, with which U+2028 begins: no means no.
bool may_be_special(std::uint64_t bytes) {
  constexpr std::uint64_t kOnes = 0x0101010101010101u;
  auto zero = [](std::uint64_t x) { return (x - kOnes) & ~x; };  // the high bit of a byte that is 0
  auto is = [&](std::uint64_t c) { return zero(bytes ^ kOnes * c); };
  std::uint64_t control = (bytes - kOnes * 0x20) & ~bytes;
  return (control | is('"') | is('\\') | is(0x7F) | is(0xE2)) & kOnes * 0x80;
}

/// Writes the escape of a byte, or of the separator U+2028 or U+2029.
char* put_escape(char* at, unsigned c) {
  *at++ = '\\';
  constexpr std::string_view kShort = "\"\\\n\r\t", kNames = "\"\\nrt";
  if (std::size_t i = c < 0x80 ? kShort.find(static_cast<char>(c)) : kShort.npos; i != kShort.npos) {
    *at++ = kNames[i];
    return at;
  }
  *at++ = 'u';
  for (int shift = 12; shift >= 0; shift -= 4) *at++ = kHex[c >> shift & 15];
  return at;
}

}  // namespace

void JsonWriter::grow(std::size_t bytes) {
  constexpr std::size_t kStep = 1024;  // small, as a string clears the room that it makes
  std::size_t used = size();
  out_.resize(used + std::max(bytes, kStep));
  at_ = out_.data() + used, end_ = out_.data() + out_.size();
}

void JsonWriter::make_room(std::size_t bytes) {
  std::size_t used = size();
  out_.reserve(used + bytes);
  at_ = out_.data() + used, end_ = out_.data() + out_.size();
}

void JsonWriter::text(std::string_view text) {
  constexpr std::size_t kLongestEscape = 6, kWord = 8;
  need(1);
  *at_++ = '"';
  while (!text.empty()) {
    need(kWord * kLongestEscape);
    std::size_t size = std::min(text.size(), kWord);
    std::uint64_t bytes;
    if (size == kWord)
      std::memcpy(&bytes, text.data(), kWord);
    else
      bytes = load_tail(text.data(), size) | ~std::uint64_t{0} / 255 * ' ' << 8 * size;
    if (!may_be_special(bytes)) {
      std::memcpy(at_, &bytes, kWord);
      at_ += size;
      text.remove_prefix(size);
      continue;
    }
    for (std::size_t end = text.size() - size; text.size() > end && !text.empty();) {
      auto c = static_cast<unsigned char>(text[0]);
      bool separator = text.starts_with("\u2028") || text.starts_with("\u2029");
      if (separator)
        at_ = put_escape(at_, 0x2000u + (static_cast<unsigned char>(text[2]) & 0x3F));
      else if (is_special(c))
        at_ = put_escape(at_, c);
      else
        *at_++ = text[0];
      text.remove_prefix(separator ? 3 : 1);
    }
  }
  need(1);
  *at_++ = '"';
}

void JsonWriter::number(std::uint64_t value) {
  constexpr std::size_t kDigits = 20;
  need(kDigits);
  at_ = std::to_chars(at_, at_ + kDigits, value).ptr;
}

void JsonWriter::key(std::string_view key) {
  need(key.size() + 4);
  if (at_[-1] != '{') *at_++ = ',';
  *at_++ = '"';
  raw(key);
  *at_++ = '"', *at_++ = ':';
}

void append_json(std::string& out, std::string_view text) { JsonWriter(out).text(text); }

void append_key(std::string& out, std::string_view key) { JsonWriter(out).key(key); }

}  // namespace fakt
