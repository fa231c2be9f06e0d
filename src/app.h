#pragma once

#include <string>
#include <vector>

namespace fakt {

/// Open file descriptors; the caller closes them.
struct Streams {
  int in;
  int out;
  int err;
};

/// Status of the program: 0 all was read and written, 1 with --exit-status when nothing was printed, 2 any error.
constexpr int kOk = 0, kNothing = 1, kFailed = 2;

/// The whole run of `fakt ARGS`, apart from the process around it, so that tests can call it.
int run(const std::vector<std::string>& args, Streams streams);

}  // namespace fakt
