#pragma once

#include <stdexcept>
#include <string>

namespace fakt {

/// A message for the user, complete with file and line where there is one; main prints it after "fakt: " and ends
/// with status 2. Text that makes no sense ("31. Februar") is not an Error but an empty optional.
struct Error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace fakt
