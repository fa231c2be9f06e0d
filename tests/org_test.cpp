#include <doctest/doctest.h>

#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "support.h"

namespace fakt {
namespace {

/// A sentence with its organisations in brackets, what speaks for them, and their values, joined by a bar.
struct Case {
  std::string evidence, sentence, values;
};

/// tests/data/orgs.tsv: a row a case; "trap" names sentences without any organisation.
std::vector<Case> cases() {
  std::istringstream in(read_file(FAKT_ROOT "/tests/data/orgs.tsv"));
  std::vector<Case> rows;
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    std::istringstream row(line);
    Case& c = rows.emplace_back();
    std::getline(row, c.evidence, '\t');
    std::getline(row, c.sentence, '\t');
    std::getline(row, c.values);
  }
  return rows;
}

std::string without_brackets(const std::string& text) {
  std::string out;
  for (char c : text)
    if (c != '[' && c != ']') out += c;
  return out;
}

/// What the tool found, in the notation of the table: brackets in the sentence, a tab, values.
std::string found(const std::string& sentence) {
  std::string text = without_brackets(sentence), marked, values;
  Ran ran = run_fakt({"--type", "org", "--lang", "de", "--format", "jsonl"}, text);
  REQUIRE_MESSAGE(ran.status == 0, ran.err);
  auto number = [](const std::string& line, const char* key) {
    return static_cast<std::size_t>(std::stoul(line.substr(line.find(key) + std::string(key).size())));
  };
  std::istringstream lines(ran.out);
  std::size_t done = 0;
  for (std::string line; std::getline(lines, line);) {
    std::size_t start = number(line, "\"start\":"), end = number(line, "\"end\":");
    std::size_t at = line.find("\"value\":\"") + 9;
    values += (values.empty() ? "" : "|") + line.substr(at, line.find('"', at) - at);
    marked += text.substr(done, start - done) + "[" + text.substr(start, end - start) + "]";
    done = end;
  }
  return marked + text.substr(done) + "\t" + values;
}

}  // namespace

TEST_CASE("organisations by each class of evidence, and what is none") {
  std::map<std::string, int> count;
  for (const Case& c : cases()) {
    ++count[c.evidence];
    CHECK(found(c.sentence) == c.sentence + "\t" + c.values);
  }
  CHECK(count["trap"] >= 200);
  count.erase("trap");
  REQUIRE(count.size() == 12);
  for (const auto& [evidence, number] : count) CHECK_MESSAGE(number >= 25, evidence);
}

}  // namespace fakt
