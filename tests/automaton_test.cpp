// Automata against RE2: all ends of all matches, and which programs they are of.
#include "pattern/automaton.h"

#include <doctest/doctest.h>

#include <random>
#include <set>
#include <string>
#include <vector>

#include "pattern/regex.h"
#include "support.h"
#include "text/unicode.h"

namespace fakt {
namespace {

using Ends = std::set<std::pair<std::uint32_t, std::size_t>>;  ///< end, and the number of the regex

/// Every construct that programs know: texts, lists of words, classes, runs with and without bounds, loops, options,
/// ends of the text.
const std::vector<std::string> kRegexes = {
    "ab",
    "(?:ab|abc|ä|äb|a)",
    "[a-c]+",
    "[a-zäöü]{2,4}b",
    "a{1,3}[^a]",
    "(?:a|b)*c",
    "(?:[ab]+ )?c[0-9]{0,2}",
    "(?:ä[bc]?){1,3}",
    "a+?b??c",
    "[^ ]+ [^ ]+",
    "^a.?b",
    "ab$|b",
    "(?:a(?:b(?:c)?)?)?ö",
    "[ä-ü]+[a-c ]",
    "(?:ab?){2}(?:c|€)",
    "€ ?[0-9]+(?:,[0-9]{2})?",
    "(?:bab|abba|baba|cab)+",
    "[a-b]{0,3}[b-c]{0,3}a",
};

/// By asking RE2 for each end whether the longest match up to there ends there.
Ends ends_by_re2(const std::vector<Regex>& regexes, std::string_view text, std::uint32_t begin, std::uint32_t limit) {
  Ends ends;
  for (std::size_t i = 0; i < regexes.size(); ++i)
    for (std::uint32_t end = begin + 1; end <= limit; ++end)
      if (on_border(text, end) && regexes[i].match_at(text, begin, end) == end) ends.emplace(end, i);
  return ends;
}

struct Compiled {
  Compiled() {
    ProgramCompiler compiler(pool);
    for (const auto& regex : kRegexes) {
      programs.push_back(compiler.compile(parse_regex(regex)));
      regexes.emplace_back(regex, Regex::Prefer::longest);
    }
    for (const auto& program : programs) pointers.push_back(&program);
  }
  ProgramPool pool;
  std::vector<Program> programs;
  std::vector<const Program*> pointers;
  std::vector<Regex> regexes;
};

TEST_CASE("an automaton finds every end of every match") {
  Compiled compiled;
  for (const Program* program : compiled.pointers) REQUIRE(Automaton::supported(*program));
  Automaton automaton(compiled.pool, compiled.pointers);
  std::mt19937 random{20250127};
  std::size_t found = 0;
  for (int round = 0; round < 3000; ++round) {
    std::string text = random_text(random);
    if (round % 500 == 499) automaton.forget();
    for (std::uint32_t begin = 0; begin < text.size(); ++begin) {
      if (!on_border(text, begin)) continue;
      auto limit = static_cast<std::uint32_t>(text.size());
      if (random() % 3 == 0) do
          --limit;
        while (limit > begin && !on_border(text, limit));
      if (limit <= begin) continue;
      Ends ends;
      automaton.run<Automaton::Ends::all>(text, begin, limit, [&](std::uint32_t end, const auto& programs) {
        for (auto program : programs) ends.emplace(end, program);
      });
      INFO(text, " from ", begin, " to ", limit);
      CHECK(ends == ends_by_re2(compiled.regexes, text, begin, limit));
      found += ends.size();
    }
  }
  CHECK(found > 10'000);
}

TEST_CASE("read backwards an automaton finds every begin of every match") {
  ProgramPool pool;
  ProgramCompiler compiler(pool);
  std::mt19937 random{7};
  std::size_t found = 0;
  for (const auto& source : kRegexes) {
    if (source.find_first_of("^$") != std::string::npos && source.find("[^") == std::string::npos) continue;
    Program program = compiler.compile(reversed(parse_regex(source)));
    Automaton automaton(pool, {&program});
    Regex regex(source, Regex::Prefer::longest);
    for (int round = 0; round < 500; ++round) {
      std::string text = random_text(random);
      auto end = static_cast<std::uint32_t>(text.size()), low = end / 3;
      while (!on_border(text, low)) --low;
      std::set<std::uint32_t> begins, expected;
      automaton.run_in_reverse(text, end, low, [&](std::uint32_t begin) { begins.insert(begin); });
      for (std::uint32_t begin = low; begin <= end; ++begin)
        if (on_border(text, begin) && regex.match_at(text, begin, end) == end) expected.insert(begin);
      INFO(source, " in ", text, " from ", low);
      CHECK(begins == expected);
      found += begins.size();
    }
  }
  CHECK(found > 1000);
}

TEST_CASE("an automaton says whether anything of a text matches") {
  Compiled compiled;
  std::mt19937 random{4};
  for (std::size_t i = 0; i < kRegexes.size(); ++i) {
    Automaton anchored(compiled.pool, {compiled.pointers[i]});
    Automaton anywhere(compiled.pool, {compiled.pointers[i]}, Automaton::Begin::anywhere);
    for (int round = 0; round < 300; ++round) {
      std::string text = random_text(random);
      INFO(kRegexes[i], " in ", text);
      CHECK(anchored.matches_in(text) == compiled.regexes[i].match_at(text, 0, text.size()).has_value());
      CHECK(anywhere.matches_in(text) == compiled.regexes[i].found_in(text));
    }
  }
}

TEST_CASE("ends between two letters are left out where words are asked for") {
  ProgramPool pool;
  Program program = ProgramCompiler(pool).compile(parse_regex("[a-z]+(?: [a-z]+)?"));
  Automaton automaton(pool, {&program});
  std::vector<std::uint32_t> ends;
  automaton.run<Automaton::Ends::words>("abc de, f", 0, 9,
                                        [&](std::uint32_t end, const auto&) { ends.push_back(end); });
  CHECK(ends == std::vector<std::uint32_t>{3, 6});
}

TEST_CASE("word borders are beyond automata") {
  ProgramPool pool;
  CHECK_FALSE(Automaton::supported(ProgramCompiler(pool).compile(parse_regex("\\bab"))));
  CHECK_FALSE(Automaton::supported({}));
}

TEST_CASE("a context that two patterns share, one beside the mention and one in it, serves both in steady use") {
  TemporaryFolder folder;
  std::string file =
      folder.write("x.toml",
                   "mention = \"x\"\n"
                   "[[pattern]]\nname = \"p\"\nmatch = 'Kilo[a-z]+'\nnot_after = 'gramm'\nreject = 'gramm'\n"
                   "yes.\"[Kilometer]\" = \"Kilometer\"\nno.\"Kilogramm\" = \"grams\"\n");
  std::string text;
  for (int i = 0; i < 30; ++i) text += "Kilometer Kilogramm Kilowatt gramm Kiloggramm. ";
  Ran ran = run_fakt({"--patterns", file, "--type", "x", "--lang", "de", "--count", "-"}, text);
  CHECK(ran.out == "60\n");
}

TEST_CASE("a pattern with more states than memory is found all the same, and the statistics say so") {
  TemporaryFolder folder;
  std::string file = folder.write("x.toml",
                                  "mention = \"x\"\n[[pattern]]\nname = \"p\"\nmatch = '[ab]*a[ab]{16}c'\n"
                                  "yes.\"[aaaaaaaaaaaaaaaaac]\" = \"aaaaaaaaaaaaaaaaac\"\n");
  std::mt19937 random{7};
  std::string text;
  std::size_t expected = 0;
  for (int word = 0; word < 6000; ++word) {
    std::string letters;
    for (int i = 0; i < 40; ++i) letters += "ab"[random() % 2];
    expected += letters[23] == 'a';
    text += letters + "c ";
  }
  Ran ran = run_fakt({"--patterns", file, "--type", "x", "--lang", "de", "--stats", "--count", "-"}, text);
  CHECK(ran.status == 0);
  CHECK(ran.out == std::to_string(expected) + "\n");
  CHECK(ran.err.find("began anew") != std::string::npos);
}

}  // namespace
}  // namespace fakt
