#include "input/descriptor.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace fakt {

Descriptor::~Descriptor() {
  if (owned_ && fd_ >= 0) ::close(fd_);
}

Descriptor open_to_read(const std::string& path) {
  return Descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY), true);
}

ssize_t read_some(int fd, std::string& out, std::size_t want) {
  std::size_t had = out.size();
  out.resize(had + want);
  ssize_t got;
  do got = ::read(fd, out.data() + had, want);
  while (got < 0 && errno == EINTR);
  int code = errno;
  out.resize(had + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
  errno = code;
  return got;
}

std::string failure(const std::string& path, int code) {
  std::string reason = std::strerror(code);
  return path.empty() ? reason : path + ": " + reason;
}

}  // namespace fakt
