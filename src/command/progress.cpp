#include "command/progress.h"

#include <fmt/format.h>

#include "output/descriptor.h"

namespace fakt {

void Progress::update(std::uint64_t documents, std::uint64_t bytes) {
  auto now = std::chrono::steady_clock::now();
  if (!on_ || now - shown_ < std::chrono::milliseconds(200)) return;
  shown_ = now;
  visible_ = true;
  double megabytes = static_cast<double>(bytes) / 1e6;
  try_write(fd_,
            fmt::format("\r\x1b[K{} documents, {:.1f} MB, {:.1f} MB/s", documents, megabytes, megabytes / seconds()));
}

void Progress::clear() {
  if (visible_) try_write(fd_, "\r\x1b[K");
  visible_ = false;
}

double Progress::seconds() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
}

}  // namespace fakt
