#include <doctest/doctest.h>

#include "support.h"

namespace fakt {

TEST_CASE("standard input gives JSON Lines with offsets that cut out the text") {
  Ran ran = run_fakt({"--type", "money"}, "Für das Werk fehlten 3,5 Mio. Euro.\n");
  CHECK(ran.status == 0);
  CHECK(ran.err == "");
  CHECK(
      ran.out ==
      R"({"doc":"-","type":"money","start":22,"end":35,"line":1,"column":22,"text":"3,5 Mio. Euro","value":"EUR 3500000","amount":3500000,"currency":"EUR"})"
      "\n");
}

TEST_CASE("a headline is read in its language") {
  auto fact = [](const std::string& text, const std::vector<std::string>& lang) {
    std::vector<std::string> args = {"--type", "fact", "--format", "tsv"};
    args.insert(args.end(), lang.begin(), lang.end());
    return run_fakt(args, text).out;
  };
  std::string english = fact("Ford named Jim Farley chief executive.", {});
  CHECK(english.find("leadership") != std::string::npos);
  CHECK(english == fact("Ford named Jim Farley chief executive.", {"--lang", "en"}));
  std::string german = fact("Siemens übernimmt Osram", {});
  CHECK(german.find("acquisition") != std::string::npos);
  CHECK(german == fact("Siemens übernimmt Osram", {"--lang", "de"}));
}

}  // namespace fakt
