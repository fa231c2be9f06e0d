#include <doctest/doctest.h>

#include "support.h"

namespace fakt {

TEST_CASE("every example of the built-in patterns holds") {
  Ran ran = run_fakt({"check"});
  CHECK_MESSAGE(ran.status == 0, ran.err);
}

}  // namespace fakt
