#include "app.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <thread>

#include "cli.h"
#include "command/check.h"
#include "command/eval.h"
#include "command/extract.h"
#include "command/patterns.h"
#include "error.h"
#include "extract/extractor.h"
#include "output/descriptor.h"
#include "pattern/packs.h"

namespace fakt {
namespace {

int dispatch(const Options& options, Streams streams) {
  switch (options.command) {
    case Options::Command::extract:
      return run_extract(options, streams);
    case Options::Command::check:
      return run_check(options, streams);
    case Options::Command::eval:
      return run_eval(options, streams);
    case Options::Command::patterns:
      return run_patterns(options, streams);
  }
  return kFailed;
}

}  // namespace

int run(const std::vector<std::string>& args, Streams streams) {
  try {
    Options options = parse_command_line(args);
    if (options.done) {
      write_all(streams.out, options.message);
      return kOk;
    }
    return dispatch(options, streams);
  } catch (const Error& e) {
    try_write(streams.err, fmt::format("fakt: {}\n", e.what()));
  } catch (const std::bad_alloc&) {
    try_write(streams.err, "fakt: out of memory\n");
  }
  return kFailed;
}

}  // namespace fakt
