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

}  // namespace fakt
