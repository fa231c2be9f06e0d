#include "output/descriptor.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

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

void write_all(int fd, std::string_view bytes, std::string_view name) {
  if (int code = write_bytes(fd, bytes)) throw Error(fmt::format("{}: {}", name, std::strerror(code)));
}

void try_write(int fd, std::string_view bytes) noexcept { write_bytes(fd, bytes); }

OutputFile::OutputFile(std::string path) : path_(std::move(path)) {
  struct stat status {};
  bool there = ::stat(path_.c_str(), &status) == 0;
  if (there && !S_ISREG(status.st_mode)) {  // a device or a pipe
    fd_ = ::open(path_.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
  } else {
    temporary_ = path_ + ".XXXXXX";
    fd_ = ::mkostemp(temporary_.data(), O_CLOEXEC);
    if (fd_ < 0) temporary_.clear();
    mode_t mask = ::umask(0);
    ::umask(mask);
    if (fd_ >= 0 && ::fchmod(fd_, there ? status.st_mode & 07777 : 0666 & ~mask) != 0) fail();
  }
  if (fd_ < 0) fail();
}

OutputFile::~OutputFile() {
  if (fd_ >= 0) ::close(fd_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

void OutputFile::commit() {
  if (::close(std::exchange(fd_, -1)) != 0) fail();
  if (temporary_.empty()) return;
  if (::rename(temporary_.c_str(), path_.c_str()) != 0) fail();
  temporary_.clear();
}

void OutputFile::fail() const { throw Error(fmt::format("{}: {}", path_, std::strerror(errno))); }

}  // namespace fakt
