// Backtrackers against RE2: the longest match, whole matches, and where their captures lie.
#include "pattern/backtracker.h"

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

#include "pattern/regex.h"
#include "support.h"

namespace fakt {
namespace {

using Outcome = Backtracker::Outcome;

/// Every construct that programs know, and ways that part late: of each, one split of a text into captures is the first
/// for Perl as well.
const std::vector<std::string> kRegexes = {
    "(?P<s0>ab)?(?P<s1>[a-c]+)",
    "(?P<s0>[ab]+) ?(?P<s1>c?)",
    "(?:(?P<s0>[0-9]{1,3}(?:,[0-9]{3})*)|(?P<s1>[a-c]+)) ?(?P<s2>€|ä)?",
    "(?P<s0>[a-cä]{0,3})(?P<s1>[b-c]{1,2}a)",
    "(?P<s0>a+?)(?P<s1>[ab]*)",
    "(?:(?P<s0>[01]+) (?:a|b) )?(?P<s1>[01]+)(?: (?P<s2>[abc]+))?",
    "(?P<s0>(?:a[bc]?,?){1,4})(?P<s1>[^,]?)",
    "(?:[ab]|ä)*(?P<s0>c|€)$",
    "^(?P<s0>[^ ]+)(?: (?P<s1>[^ ]+))*",
    "\\b(?P<s0>[a-c]+)\\b(?P<s1>.?)",
    "(?:(?:(?P<s0>a)b)?(?P<s1>c)?)(?P<s2>[a-c]?)",
    "(?P<m0>[a-cäö]+)(?P<s0>,? ?[01]+)?",
};

/// The captures that RE2 sees, by register.
std::vector<std::uint32_t> registers_by_re2(const Regex& regex, std::string_view text) {
  std::vector<std::uint32_t> out(16, Backtracker::kUnset);
  Regex::Groups groups;
  REQUIRE(regex.captures(text, 0, Regex::Anchor::both, groups));
  for (std::size_t i = 1; i < groups.size(); ++i) {
    const std::string& name = regex.group_names()[i];
    std::size_t at = 4 * std::stoul(name.substr(1)) + (name[0] == 'm' ? 2 : 0);
    if (groups[i].first == std::string::npos) continue;
    out[at] = static_cast<std::uint32_t>(groups[i].first), out[at + 1] = static_cast<std::uint32_t>(groups[i].second);
  }
  return out;
}

}  // namespace

TEST_CASE("a backtracker finds the longest match, and what a whole match captures") {
  ProgramPool pool;
  ProgramCompiler compiler(pool);
  Backtracker backtracker(pool);
  std::mt19937 random{20250127};
  std::size_t found = 0, captured = 0;
  for (const auto& source : kRegexes) {
    Program program = compiler.compile(parse_regex(source));
    REQUIRE_FALSE(program.empty());
    Regex longest(source, Regex::Prefer::longest), first(source, Regex::Prefer::first);
    for (int round = 0; round < 4000; ++round) {
      std::string text = random_text(random);
      auto size = static_cast<std::uint32_t>(text.size());
      std::uint32_t limit = size, end = 0;
      if (limit > 0 && random() % 3 == 0) do
          --limit;
        while (!on_border(text, limit));
      INFO(source, " in '", text, "' up to ", limit);
      auto expected = longest.match_at(text, 0, limit);
      REQUIRE((backtracker.longest(program, text, 0, limit, end) == Outcome::yes) == expected.has_value());
      if (expected) CHECK(end == *expected);
      found += expected.has_value();
      bool whole = backtracker.exactly(program, text, 0, size) == Outcome::yes;
      REQUIRE(whole == first.matches(text));
      if (!whole) continue;
      auto registers = registers_by_re2(first, text);
      for (std::size_t i = 0; i < registers.size(); ++i) CHECK_MESSAGE(backtracker.reg(i) == registers[i], i);
      ++captured;
    }
  }
  CHECK(found > 10'000);
  CHECK(captured > 1'000);
}

}  // namespace fakt
