// The engine that looks where a rare word stands, against the plain one that tries every pattern at every place.
#include <doctest/doctest.h>
#include <simdjson.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "output/json_text.h"
#include "support.h"
#include "text/unicode.h"

namespace fakt {
namespace {

const std::string kAllTypes = "money,date,time,duration,set,percent,quantity,chip,org,person,place,product,fact";

/// Makes documents out of sentences of samples/, damaged in ways that move, split and hide what patterns look for.
/// The same ones in every run, on every machine.
class Mutations {
 public:
  Mutations() {
    for (const auto& entry : std::filesystem::directory_iterator(FAKT_ROOT "/samples")) files_.push_back(entry.path());
    std::sort(files_.begin(), files_.end());
    for (const auto& file : files_) samples_.push_back(sentences(read_file(file)));
  }

  std::string next() {
    const auto& sample = samples_[below(samples_.size())];
    std::string text;
    for (std::size_t n = 1 + below(3); n > 0; --n) text += sample[below(sample.size())] + (below(4) ? " " : "\n");
    for (std::size_t n = 1 + below(3); n > 0; --n) mutate(text);
    return text;
  }

 private:
  /// `n` > 0. Distributions of the library differ between its makers.
  std::size_t below(std::size_t n) { return random_() % n; }

  static std::vector<std::string> sentences(const std::string& text) {
    std::vector<std::string> out;
    for (std::size_t begin = 0; begin < text.size();) {
      std::size_t end = std::min({text.find('\n', begin), text.find(". ", begin), text.size()});
      if (end < text.size() && text[end] == '.') ++end;
      if (end > begin) out.push_back(text.substr(begin, end - begin));
      begin = end + 1;
    }
    return out;
  }

  void mutate(std::string& text) {
    switch (below(7)) {
      case 0:
        return swap_words(text);
      case 1:
        return delete_letter(text);
      case 2:
        for (char& c : text)
          if (c >= '0' && c <= '9') c = static_cast<char>('0' + below(10));
        return;
      case 3:
        return text.resize(border(text));
      case 4:
        return change_space(text);
      case 5:
        return insert_word(text);
      default:
        return insert_symbol(text);
    }
  }

  /// A place between two characters.
  std::size_t border(const std::string& text) {
    std::size_t at = below(text.size() + 1);
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
    return at;
  }

  /// The words of the text, between spaces.
  static std::vector<std::pair<std::size_t, std::size_t>> words(const std::string& text) {
    std::vector<std::pair<std::size_t, std::size_t>> out;
    for (std::size_t begin = 0; begin < text.size();) {
      std::size_t end = std::min(text.find_first_of(" \n", begin), text.size());
      if (end > begin) out.emplace_back(begin, end - begin);
      begin = end + 1;
    }
    return out;
  }

  std::string word_of(const std::string& text) {
    auto all = words(text);
    if (all.empty()) return {};
    auto [at, size] = all[below(all.size())];
    return text.substr(at, size);
  }

  void swap_words(std::string& text) {
    auto all = words(text);
    if (all.size() < 2) return;
    auto a = all[below(all.size())], b = all[below(all.size())];
    if (a.first > b.first) std::swap(a, b);
    if (a.first == b.first) return;
    std::string first = text.substr(a.first, a.second), second = text.substr(b.first, b.second);
    text.replace(b.first, b.second, first);
    text.replace(a.first, a.second, second);
  }

  void delete_letter(std::string& text) {
    std::size_t at = border(text);
    if (at < text.size()) text.erase(at, decode(text, at).size);
  }

  void change_space(std::string& text) {
    static const std::vector<std::string> kSpaces = {"\u00A0", "\u202F", "\u2009", "\u3000", "\t",     "  ",
                                                     "\n",     "\n\n",   "",       "-",      "\u00AD", "\u200B"};
    std::size_t at = text.find(' ', border(text));
    if (at != std::string::npos) text.replace(at, 1, kSpaces[below(kSpaces.size())]);
  }

  void insert_word(std::string& text) {
    const auto& sample = samples_[below(samples_.size())];
    text.insert(border(text), " " + word_of(sample[below(sample.size())]) + " ");
  }

  void insert_symbol(std::string& text) {
    static const std::vector<std::string> kSymbols = {"€", "$", "„", "“", "–", ".", ",", "(", ")", "%", "'", "&", "/"};
    text.insert(border(text), kSymbols[below(kSymbols.size())]);
  }

  std::mt19937 random_{20250127};
  std::vector<std::filesystem::path> files_;
  std::vector<std::vector<std::string>> samples_;
};

/// The lines of each document, by its id.
std::map<std::string, std::string> by_document(const std::string& out) {
  std::map<std::string, std::string> all;
  simdjson::dom::parser parser;
  for (std::size_t begin = 0; begin < out.size();) {
    std::size_t end = out.find('\n', begin) + 1;
    std::string line = out.substr(begin, end - begin);
    std::string_view doc;
    REQUIRE(!parser.parse(line)["doc"].get(doc));
    all[std::string(doc)] += line;
    begin = end;
  }
  return all;
}

}  // namespace

TEST_CASE("both engines find the same in the samples") {
  const std::string samples = FAKT_ROOT "/samples";
  Ran fast = run_fakt({"--type", kAllTypes, "--explain", samples});
  CHECK(fast.status == 0);
  CHECK(by_document(fast.out).size() > 10);
  CHECK(run_fakt({"--type", kAllTypes, "--explain", "--engine", "plain", samples}).out == fast.out);
}

TEST_CASE("both engines find the same in 10,000 damaged documents") {
  Mutations mutations;
  std::vector<std::string> texts;
  std::string input;
  for (int i = 0; i < 10'000; ++i) {
    texts.push_back(mutations.next());
    input += "{\"id\":\"" + std::to_string(i) + "\",\"text\":";
    append_json(input, texts.back());
    input += "}\n";
  }
  Ran fast = run_fakt({"--type", kAllTypes, "--explain"}, input);
  Ran plain = run_fakt({"--type", kAllTypes, "--explain", "--engine", "plain"}, input);
  REQUIRE(fast.status == 0);
  REQUIRE(plain.status == 0);
  CHECK(std::count(plain.out.begin(), plain.out.end(), '\n') > 20'000);
  if (fast.out == plain.out) return;
  auto a = by_document(fast.out), b = by_document(plain.out);
  int shown = 0;
  for (std::size_t i = 0; i < texts.size() && shown < 10; ++i) {
    std::string id = std::to_string(i);
    if (a[id] == b[id]) continue;
    ++shown;
    FAIL_CHECK("document ", id, ": ", texts[i], "\nfast:\n", a[id], "plain:\n", b[id]);
  }
}

TEST_CASE("documents that are searched together say what each says alone") {
  Mutations mutations;
  std::string input, alone;
  for (int i = 0; i < 300; ++i) {  // some of no language that is known, and English ones between the others
    std::string line = "{\"id\":\"" + std::to_string(i) + "\",\"text\":";
    append_json(line, mutations.next());
    if (i % 7 == 0) line += ",\"lang\":\"xx\"";
    line += "}\n";
    input += line;
    alone += run_fakt({"--explain"}, line).out;
  }
  CHECK(std::count(alone.begin(), alone.end(), '\n') > 400);
  CHECK(run_fakt({"--explain", "-j", "1"}, input).out == alone);
  CHECK(run_fakt({"--explain", "-j", "3"}, input).out == alone);
}

TEST_CASE("nothing is lost in a text that calls for more searches than may wait") {
  constexpr int kSentences = 8000;
  std::string text;
  for (int i = 0; i < kSentences; ++i) text += "Am 3. Mai 2024 zahlte die Gruber AG 3 Euro an Bosch.\n";
  Ran ran = run_fakt({"--type", "money,date,org"}, text);
  int orgs = 0, lines = 0;
  for (std::size_t at = 0; at < ran.out.size(); at = ran.out.find('\n', at) + 1, ++lines)
    orgs += ran.out.substr(at, ran.out.find('\n', at) - at).find("\"type\":\"org\"") != std::string::npos;
  CHECK(orgs == 2 * kSentences);
  CHECK(lines == 4 * kSentences);
}

}  // namespace fakt
