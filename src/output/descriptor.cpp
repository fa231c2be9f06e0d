#include "output/descriptor.h"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "error.h"

namespace fakt {
namespace {

/// 0, or the errno of the write that failed.
int write_bytes(int fd, std::string_view bytes) noexcept {
  while (!bytes.empty()) {
    ssize_t done = ::write(fd, bytes.data(), bytes.size());
    if (done >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(done));
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      pollfd wait{fd, POLLOUT, 0};
      ::poll(&wait, 1, -1);
    } else if (errno != EINTR) {
      return errno;
    }
  }
  return 0;
}

}  // namespace

void write_all(int fd, std::string_view bytes) {
  if (int code = write_bytes(fd, bytes)) throw Error(fmt::format("standard output: {}", std::strerror(code)));
}

void try_write(int fd, std::string_view bytes) noexcept { write_bytes(fd, bytes); }

}  // namespace fakt
