#include "input/descriptor.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace fakt {

namespace {

/// Whether an empty pipe has a writer: copying from it without taking anything then has to wait.
bool has_writer(int pipe) {
  int aside[2];
  if (::pipe2(aside, O_CLOEXEC) != 0) return true;
  Descriptor out(aside[0], true), in(aside[1], true);
  return ::tee(pipe, in.get(), 1, SPLICE_F_NONBLOCK) != 0;
}

}  // namespace

Descriptor::~Descriptor() {
  if (owned_ && fd_ >= 0) ::close(fd_);
}

Descriptor open_to_read(const std::string& path) {
  return Descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY), true);
}

Descriptor open_pipe_to_read(const std::string& path, int milliseconds) {
  // Without waiting, so that a pipe without a writer opens, too; poll then tells of bytes, or of a writer that has
  // gone.
  Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK), true);
  if (fd.get() < 0) return fd;
  pollfd ready{fd.get(), POLLIN, 0};
  int events;
  do events = ::poll(&ready, 1, milliseconds);
  while (events < 0 && errno == EINTR);
  if (events == 0 && !has_writer(fd.get())) {
    errno = ETIMEDOUT;
    return Descriptor();
  }
  ::fcntl(fd.get(), F_SETFL, 0);  // from here on reading waits
  return fd;
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
