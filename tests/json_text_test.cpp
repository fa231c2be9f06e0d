// The escaper of all JSON that fakt prints, read back by two parsers that it does not use for writing.
#include "output/json_text.h"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <simdjson.h>

#include <string>

#include "support.h"
#include "text/unicode.h"

namespace fakt {
namespace {

/// What simdjson makes of the escaped text.
std::string read_back(const std::string& text) {
  std::string json;
  append_json(json, text);
  CHECK_MESSAGE(json.find_first_of("\n\r\x7F") == std::string::npos, "no byte that ends a line or steers a terminal");
  simdjson::dom::parser parser;
  std::string_view back;
  REQUIRE_MESSAGE(parser.parse(json).get(back) == simdjson::SUCCESS, json);
  return std::string(back);
}

/// All code points of [begin, end) that are no surrogates, each behind a letter, so that none hides in another's
/// escape.
std::string code_points(char32_t begin, char32_t end) {
  std::string text;
  for (char32_t c = begin; c < end; ++c) {
    if (c >= 0xD800 && c < 0xE000) continue;
    text += 'u';
    append_utf8(text, c);
  }
  return text;
}

}  // namespace

TEST_CASE("simdjson reads back every code point, at each place in a text") {
  for (char32_t c = 0; c < 0x110000; c += 0x100) {
    std::string text = code_points(c, c + 0x100);
    if (read_back(text) != text) FAIL_CHECK(fmt::format("U+{:04X} and the 255 behind it", std::uint32_t(c)));
  }
  for (std::string c : {"\"", "\\", "\n", "\x01", "\x7F", "\u2027", "\u2028", "\u2029", "\u202A", "é", "😀"})
    for (const std::string& text : {c, c + c, "a" + c, c + "a", "\\" + c, c + "\"", c + "u0041", "\xE2\x80\xA7" + c})
      CHECK(read_back(text) == text);
  CHECK(read_back("") == "");
}

TEST_CASE("jq reads back every code point") {
  TemporaryFolder folder;
  std::string texts, lines;
  for (char32_t c = 0; c < 0x110000; c += 0x1000) {
    std::string text = code_points(c, c + 0x1000);
    texts += text;
    append_json(lines, text);
    lines += '\n';
  }
  std::string file = folder.write("lines.json", lines);
  Ran ran = run_shell("jq -j . '" + file + "' > '" + folder.path() + "/back'");
  CHECK(ran.err == "");
  REQUIRE(ran.status == 0);
  CHECK_MESSAGE(read_file(folder.path() + "/back") == texts, "jq and the escaper disagree");
}

TEST_CASE("every byte of an input comes out as itself, or as ? where it is no UTF-8") {
  for (int byte = 0; byte < 256; ++byte) {
    if (byte == '\n' || byte == '\r') continue;  // they may end a sentence
    INFO(byte);
    std::string text = std::string("ä \"x") + static_cast<char>(byte) + "y\\ kostet 3 Euro";
    Ran ran = run_fakt(with_pack({"--sentence"}), text);
    simdjson::dom::parser parser;
    simdjson::dom::object record;
    std::string_view sentence;
    REQUIRE(parser.parse(ran.out).get(record) == simdjson::SUCCESS);
    REQUIRE(!record["sentence"].get(sentence));
    if (byte >= 0x80) text[5] = '?';
    CHECK(sentence == text);
  }
}

}  // namespace fakt
