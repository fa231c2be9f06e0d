#include "command/eval.h"

#include "error.h"

namespace fakt {

int run_eval(const Options&, Streams) { throw Error("eval is not there yet"); }

}  // namespace fakt
