#include "output/json_text.h"

namespace fakt {
namespace {

constexpr char kHex[] = "0123456789abcdef";

/// Bytes that need a look: quotation marks, backslashes, control characters, DEL, and E2, with which U+2028 begins.
struct Special {
  bool at[256] = {};
  constexpr Special() {
    for (int c = 0; c < 0x20; ++c) at[c] = true;
    at[static_cast<int>('"')] = at[static_cast<int>('\\')] = at[0x7F] = at[0xE2] = true;
  }
};
constexpr Special kSpecial;

void append_escape(std::string& out, unsigned c) {
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      out += "\\u";
      for (int shift = 12; shift >= 0; shift -= 4) out += kHex[c >> shift & 15];
  }
}

}  // namespace

void append_json(std::string& out, std::string_view text) {
  std::size_t plain = 0;
  while (plain < text.size() && !kSpecial.at[static_cast<unsigned char>(text[plain])]) ++plain;
  if (plain == text.size()) {  // nearly always; one call makes room for all of it
    std::size_t at = out.size();
    out.append(text.size() + 2, '"');
    text.copy(out.data() + at + 1, text.size());
    return;
  }
  out += '"';
  std::size_t from = 0;
  for (std::size_t i = plain; i < text.size(); ++i) {
    auto c = static_cast<unsigned char>(text[i]);
    if (!kSpecial.at[c]) continue;
    std::string_view three = text.substr(i, 3);
    bool separator = three == "\u2028" || three == "\u2029";
    if (c == 0xE2 && !separator) continue;
    out.append(text, from, i - from);
    append_escape(out, separator ? 0x2000u + (static_cast<unsigned char>(three[2]) & 0x3F) : c);
    if (separator) i += 2;
    from = i + 1;
  }
  out.append(text, from, text.size() - from);
  out += '"';
}

void append_key(std::string& out, std::string_view key) {
  if (!out.ends_with('{')) out += ',';
  out += '"';
  out += key;
  out += "\":";
}

}  // namespace fakt
