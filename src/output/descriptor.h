#pragma once

#include <string_view>

namespace fakt {

/// Writes all of it; throws Error with the reason when it cannot (a full disk, a closed output).
void write_all(int fd, std::string_view bytes);

/// The same for messages, where a failure has nowhere to be told.
void try_write(int fd, std::string_view bytes) noexcept;

}  // namespace fakt
