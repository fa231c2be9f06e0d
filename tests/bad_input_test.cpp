// What arrives broken: empty, cut, in other line ends, with invalid bytes, NULs, broken JSON.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <string>
#include <vector>

#include "command/load.h"
#include "extract/extractor.h"
#include "input/source.h"
#include "output/sink.h"
#include "support.h"

namespace fakt {
namespace {

const std::vector<std::string> kMoney = with_pack();

std::size_t lines(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

std::vector<std::string> values(const std::string& out) {
  std::vector<std::string> all;
  simdjson::dom::parser parser;
  for (std::size_t begin = 0; begin < out.size();) {
    std::size_t end = out.find('\n', begin);
    simdjson::dom::object record;
    REQUIRE(!parser.parse(out.substr(begin, end - begin)).get(record));
    all.emplace_back(std::string_view(record["value"]));
    begin = end + 1;
  }
  return all;
}

std::string json_line(const std::string& id, const std::string& text) {
  return fmt::format("{{\"id\":\"{}\",\"text\":\"{}\"}}\n", id, text);
}

/// Every way in which bytes can fail to be UTF-8.
std::vector<std::string> invalid_sequences() {
  std::vector<std::string> all = {
      "\xC0\xAF", "\xED\xA0\x80", "\xED\xBF\xBF", "\xF4\x90\x80\x80", "\xF8\x88\x80\x80", "\xFE\xFF",
      "\xE2\x82", "\xF0\x9F\x98", "\xC3",         "\xE0\x80\x80",     "\xF0\x80\x80\x80"};
  for (int byte = 0x80; byte <= 0xFF; ++byte) all.push_back(std::string(1, static_cast<char>(byte)));
  return all;
}

}  // namespace

TEST_CASE("empty input holds nothing and is no error") {
  TemporaryFolder folder;
  for (std::string text : {"", "\n", "\n\n \n", "\xEF\xBB\xBF"}) {
    Ran ran = run_fakt(kMoney, text);
    CHECK(ran.status == 0);
    CHECK(ran.out + ran.err == "");
    Ran file = run_fakt(with_pack({folder.write("empty.txt", text), folder.write("empty.jsonl", "\n \n\n")}));
    CHECK(file.status == 0);
    CHECK(file.out + file.err == "");
  }
}

TEST_CASE("a last line without a line break counts like one with it") {
  CHECK(run_fakt(kMoney, "Es kostet 3 Euro").out == run_fakt(kMoney, "Es kostet 3 Euro\n").out);
  std::string line = json_line("a", "Es kostet 3 Euro");
  CHECK(run_fakt(kMoney, line).out == run_fakt(kMoney, line.substr(0, line.size() - 1)).out);
  CHECK(lines(run_fakt(kMoney, line).out) == 1);
}

TEST_CASE("all line ends give the same values") {
  for (std::string end : {"\n", "\r\n", "\r", "\xC2\x85", "\xE2\x80\xA8", "\n\r\n"}) {
    INFO("line end of " << end.size() << " bytes");
    std::string text = "Das Haus kostet 3 Mio. Euro." + end + "Die Miete steigt auf 900 Euro." + end + "Ende" + end;
    CHECK(values(run_fakt(kMoney, text).out) == std::vector<std::string>{"EUR 3000000", "EUR 900"});
  }
}

TEST_CASE("a byte order mark hides nothing, and its bytes count in a text's offsets") {
  Ran text = run_fakt(kMoney,
                      "\xEF\xBB\xBF"
                      "3 Euro");
  CHECK(text.out.find("\"start\":3,") != std::string::npos);
  Ran json = run_fakt(kMoney, "\xEF\xBB\xBF" + json_line("a", "3 Euro"));
  CHECK(json.status == 0);
  CHECK(json.out.find("\"start\":0,") != std::string::npos);
}

TEST_CASE("bytes that are no UTF-8 cost only what they stand in") {
  TemporaryFolder folder;
  auto sequences = invalid_sequences();
  for (std::size_t i = 0; i < sequences.size(); ++i) {
    const std::string& bad = sequences[i];
    std::string text = "Größe: 3 Euro. " + bad + " Dann 4" + bad + " Euro, danach 5 Euro und 6 Euro." + bad;
    folder.write(fmt::format("{:03}.txt", i), text);
  }
  Ran ran = run_fakt(with_pack({folder.path()}));
  CHECK(ran.status == 0);
  CHECK(lines(ran.err) == sequences.size());  // one for each file
  CHECK(simdjson::validate_utf8(ran.out));
  for (std::size_t i = 0, begin = 0; i < sequences.size(); ++i) {
    std::string doc = fmt::format("{}/{:03}.txt", folder.path(), i);
    std::size_t end = begin;
    while (ran.out.compare(end, doc.size() + 9, "{\"doc\":\"" + doc + "\"") == 0) end = ran.out.find('\n', end) + 1;
    auto found = values(ran.out.substr(begin, end - begin));
    begin = end;
    INFO(doc << ", byte " << (int(sequences[i][0]) & 255));
    for (std::string value : {"EUR 3", "EUR 5", "EUR 6"}) CHECK(std::count(found.begin(), found.end(), value) == 1);
  }
}

TEST_CASE("a file without a valid multi-byte character is read as Windows-1252") {
  TemporaryFolder folder;
  Ran ran = run_fakt(with_pack({folder.write("a.txt", "F\xFCr 3 \x80 und 4 Euro")}));
  CHECK(values(ran.out) == std::vector<std::string>{"EUR 3", "EUR 4"});
  CHECK(ran.out.find("\"encoding\":\"windows-1252\"") != std::string::npos);
  CHECK(lines(ran.err) == 1);
}

TEST_CASE("every byte and every pair of bytes passes through as a document") {
  Options options;
  options.no_default_patterns = true;
  options.patterns = {FAKT_ROOT "/tests/pack"};
  PatternSets sets = load_patterns(options);
  ExtractOptions extract;
  extract.types = {"money"};
  Extractor extractor(sets, extract);
  auto sink = make_sink({});
  simdjson::dom::parser parser;
  std::size_t documents = 0, wrong = 0;
  PieceReader reader;
  reader.note = [](const std::string&, const std::string&) {};
  reader.error = [](const std::string&, const std::string& text) { FAIL(text); };
  Extraction extraction;
  reader.document = [&](Document&& document) {
    ++documents;
    extractor.run(document, extraction);
    std::string out;
    sink->write(make_records(document, extraction), out);
    auto found = values(out);
    wrong += found != std::vector<std::string>{"EUR 3", "EUR 4"} || !simdjson::validate_utf8(out);
  };
  for (int a = 0; a < 256; ++a)
    for (int b = -1; b < 256; ++b) {
      Piece piece;
      piece.kind = Piece::Kind::part;
      piece.path = "-";
      piece.bytes = "Ü 3 Euro. (";
      piece.bytes += static_cast<char>(a);
      if (b >= 0) piece.bytes += static_cast<char>(b);
      piece.bytes += ") Noch 4 Euro";
      read_piece(std::move(piece), {}, reader);
    }
  CHECK(documents == 256 * 257);
  CHECK(wrong == 0);
}

TEST_CASE("NUL ends nothing") {
  using namespace std::string_literals;
  CHECK(values(run_fakt(kMoney, "3 Euro\0 und 4 Euro, 5\0 Euro, 6 Euro"s).out) ==
        std::vector<std::string>{"EUR 3", "EUR 4", "EUR 6"});
  CHECK(run_fakt(kMoney, R"({"text":"3 Euro\u0000 und 4 Euro"})").out.find("EUR 4") != std::string::npos);
  Ran zeros = run_fakt(kMoney, std::string(10'000'000, '\0'));
  CHECK(zeros.status == 0);
  CHECK(zeros.out + zeros.err == "");
}

TEST_CASE("a walk passes over files with NUL in their head, a named file is read") {
  using namespace std::string_literals;
  TemporaryFolder folder;
  std::string binary = folder.write("binary", "\0\1\2 3 Euro"s);
  folder.write("text", "4 Euro");
  folder.write(".hidden", "5 Euro");
  CHECK(values(run_fakt(with_pack({folder.path()})).out) == std::vector<std::string>{"EUR 4"});
  CHECK(values(run_fakt(with_pack({binary})).out) == std::vector<std::string>{"EUR 3"});
}

TEST_CASE("a broken line of JSON Lines costs only itself") {
  using namespace std::string_literals;
  std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  std::vector<std::string> broken = {"{",
                                     "}",
                                     "{\"text\":",
                                     "{\"text\":\"3 Euro}",
                                     "{\"text\":\"3 Euro\"",
                                     "{\"text\":\"3 Euro\",}",
                                     "{\"text\" \"3\"}",
                                     "{\"text\":\"3 Euro\"} {\"text\":\"4 Euro\"}",
                                     "[]",
                                     "[{\"text\":\"3 Euro\"}]",
                                     "3",
                                     "\"3 Euro\"",
                                     "null",
                                     "true",
                                     "{}",
                                     "{\"id\":\"x\"}",
                                     "{\"Text\":\"3 Euro\"}",
                                     "{\"text\":3}",
                                     "{\"text\":null}",
                                     "{\"text\":[\"3 Euro\"]}",
                                     "{\"text\":{\"a\":1}}",
                                     "{\"text\":\"\\ud800\"}",
                                     "{\"text\":\"\\udc00\"}",
                                     "{\"text\":\"\\x\"}",
                                     "{\"text\":\"\\u12\"}",
                                     "{\"text\":\"3 Euro\",\"n\":01}",
                                     "{\"text\":\"3 Euro\",\"n\":+1}",
                                     "{\"text\":\"3 Euro\",\"n\":1e}",
                                     "{\"text\":\"3 Euro\",\"n\":" + std::string(400, '9') + "}",
                                     "{\"text\":\"3 Euro\",\"n\":" + deep + "}",
                                     "{text:\"3 Euro\"}",
                                     "{'text':'3 Euro'}",
                                     "{\"text\":\"3 Euro\"}//",
                                     "{\"text\":\"tab\there\"}",
                                     "{\"text\":\"nul\0here\"}"s,
                                     "nan",
                                     "{\"text\":NaN}",
                                     "\"",
                                     "{\"text\":\"3 Euro\"}}",
                                     "{\"text\":\"3 Euro\"]",
                                     ",",
                                     "<html>"};
  CHECK(broken.size() >= 40);
  std::string input = json_line("good", "7 Euro");
  std::vector<std::string> expected = {"EUR 7"}, places;
  for (const auto& line : broken) {
    places.push_back(fmt::format("fakt: -:{}: the document at byte {}: ", lines(input) + 1, input.size()));
    input += line + "\n" + json_line(fmt::format("good {}", places.size()), std::to_string(places.size()) + " Euro");
    expected.push_back("EUR " + std::to_string(places.size()));
  }
  Ran ran = run_fakt(kMoney, input);
  CHECK(ran.status == 2);
  CHECK(values(ran.out) == expected);
  REQUIRE(lines(ran.err) == broken.size());
  for (std::size_t i = 0, begin = 0; i < broken.size(); ++i) {
    INFO(broken[i].substr(0, 80));
    std::size_t end = ran.err.find('\n', begin) + 1;
    CHECK_MESSAGE(ran.err.substr(begin, end - begin).starts_with(places[i]), ran.err.substr(begin, end - begin));
    begin = end;
  }
}

TEST_CASE("keys given twice, NULs and astral characters in JSON are no errors") {
  Ran ran = run_fakt(with_pack({"--keep", "k"}), R"({"text":"1 Euro","text":"2 Euro","k":1,"k":2})"
                                                 "\n"
                                                 R"({"text":"\u0000\ud83d\ude00 3 Euro"})");
  CHECK(ran.status == 0);
  CHECK(values(ran.out) == std::vector<std::string>{"EUR 2", "EUR 3"});
}

TEST_CASE("a named encoding gives what its UTF-8 twin gives") {
  TemporaryFolder folder;
  const std::string utf8 = "Für das Werk zahlt die Stadt 3 € und später 4,5 Mio. Euro.\n";
  auto expected = values(run_fakt(kMoney, utf8).out);
  REQUIRE(expected.size() == 2);
  std::string file = folder.write("utf8.txt", utf8);
  for (std::string name : {"UTF-16LE", "UTF-16BE", "UTF-16", "WINDOWS-1252", "ISO-8859-15", "UTF-32"}) {
    INFO(name);
    std::string other = folder.path() + "/" + name;
    REQUIRE(run_shell("iconv -f UTF-8 -t " + name + " " + file + " > " + other).status == 0);
    Ran ran = run_fakt(with_pack({"--encoding", name, other}));
    CHECK(ran.status == 0);
    CHECK(values(ran.out) == expected);
  }
  SUBCASE("UTF-16 with its byte order mark need not be named") {
    Ran ran = run_fakt(with_pack({folder.path()}));  // a walk, though there are NULs
    CHECK(ran.out.find("utf-16") != std::string::npos);
  }
  SUBCASE("a wrong name is an error of that file") {
    std::string odd = folder.write("odd", std::string("3\0 \0E\0u\0r\0o\0x", 13));
    Ran ran = run_fakt(with_pack({"--encoding", "utf-16le", odd, folder.path() + "/UTF-16LE"}));
    CHECK(ran.status == 2);
    CHECK(ran.err == "fakt: " + odd + ": not all of it is utf-16le\n");
    CHECK(values(ran.out) == expected);
  }
  SUBCASE("an unknown name is told before anything is read") {
    Ran ran = run_fakt({"--encoding", "utf-17", "nothere"});
    CHECK(ran.status == 2);
    CHECK(ran.err == "fakt: --encoding: utf-17 is not known here; iconv --list names what is\n");
  }
}

}  // namespace fakt
