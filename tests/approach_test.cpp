// What a match holds before its trigger: too much is slow, too little loses matches.
#include "pattern/approach.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

#include "pattern/program.h"
#include "pattern/regex.h"
#include "pattern/trigger.h"

namespace fakt {
namespace {

/// The texts that may stand before the atoms of a pattern's trigger.
Regex approach_of(const std::string& pattern) {
  auto trigger = derive_trigger(parse_regex(pattern), std::set<std::string>{"die", "und"});
  REQUIRE(trigger);
  return Regex(emit_regex(loosened(trigger->approach), Emit::plain), Regex::Prefer::longest);
}

bool is_whole(const Regex& regex, std::string_view text) { return regex.match_at(text, 0, text.size()) == text.size(); }

}  // namespace

TEST_CASE("what stands before a trigger is what the pattern asks for there") {
  Regex amount = approach_of("[0-9]+(?:,[0-9]+)? Euro");
  CHECK(is_whole(amount, "12,50 "));
  CHECK(is_whole(amount, "3 "));
  CHECK_FALSE(is_whole(amount, ""));
  CHECK_FALSE(is_whole(amount, "drei "));

  Regex company = approach_of("[A-Z][a-z]+(?: [A-Z][a-z]+){0,2} (?:GmbH|Aktiengesellschaft)");
  CHECK(is_whole(company, "Gruber Bau "));
  CHECK(is_whole(company, "Gruber Hoch Tief Bau "));  // a bound is no bound here
  CHECK_FALSE(is_whole(company, "Gruber und "));
}

TEST_CASE("of each way to match it is what stands there before its own trigger") {
  Regex regex = approach_of("(?:am [0-9]+\\. Januar|im Vorjahr)");
  CHECK(is_whole(regex, "am 3. "));
  CHECK(is_whole(regex, "im "));
  CHECK_FALSE(is_whole(regex, "am 3 "));
  CHECK_FALSE(is_whole(regex, "a "));
}

TEST_CASE("within a listed text it is what stands before the rarest word") {
  Regex regex = approach_of("die (?:neue|alte) Bundesbank");
  CHECK(is_whole(regex, "die neue "));
  CHECK_FALSE(is_whole(regex, "die "));
  CHECK_FALSE(is_whole(regex, ""));
}

TEST_CASE("a part that repeats is approached in its first round") {
  Regex regex = approach_of("nach (?:Quartal [A-Z])+");
  CHECK(is_whole(regex, "nach "));
}

TEST_CASE("capitals may begin before the trigger's word does, so that anything may stand before it") {
  Regex regex = approach_of("[a-z]?[A-Z]{2,}[a-z]+");
  CHECK(is_whole(regex, ""));
  CHECK(is_whole(regex, "ein "));
}

TEST_CASE("branches that are alike stand in a pool once") {
  ProgramPool pool;
  WordTrees trees(pool);
  trees.add({{"Bank", 1}, {"Banken", 1}});
  std::size_t nodes = pool.nodes.size();
  std::uint32_t more = trees.add({{"Tank", 1}, {"Tanken", 1}});
  CHECK(pool.nodes.size() == nodes + 2);  // the root and "T"; "ank" and "anken" are there
  CHECK(trees.add({{"Tank", 1}, {"Tanken", 1}}) == more);
  CHECK(pool.nodes.size() == nodes + 2);
}

}  // namespace fakt
