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

/// A file in the folder of `path` that goes with the process, however that ends; -1 where there are none such.
int open_nameless(const std::string& path) {
  if (::access("/proc/self/fd", X_OK) != 0) return -1;
  std::size_t slash = path.rfind('/');
  std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  return ::open(folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
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
    fd_ = open_nameless(path_);
    nameless_ = fd_ >= 0;
    if (!nameless_) fd_ = ::mkostemp(temporary_.data(), O_CLOEXEC);
    if (fd_ < 0) temporary_.clear();
    mode_t mask = ::umask(0);
    ::umask(mask);
    if (fd_ >= 0 && ::fchmod(fd_, there ? status.st_mode & 07777 : 0666 & ~mask) != 0) fail();
  }
  if (fd_ < 0) fail();
}

OutputFile::~OutputFile() {
  if (fd_ >= 0) ::close(fd_);
  if (!temporary_.empty() && !nameless_) ::unlink(temporary_.c_str());
}

void OutputFile::commit() {
  if (nameless_) give_name();
  if (::close(std::exchange(fd_, -1)) != 0) fail();
  if (temporary_.empty()) return;
  if (::rename(temporary_.c_str(), path_.c_str()) != 0) fail();
  temporary_.clear();
}

/// Another process may have taken a name in the meantime; then the next one is tried.
void OutputFile::give_name() {
  std::string own = fmt::format("/proc/self/fd/{}", fd_);
  for (int n = 0; nameless_; ++n) {
    temporary_ = fmt::format("{}.{}.{}", path_, ::getpid(), n);
    if (::linkat(AT_FDCWD, own.c_str(), AT_FDCWD, temporary_.c_str(), AT_SYMLINK_FOLLOW) == 0)
      nameless_ = false;
    else if (errno != EEXIST)
      fail();
  }
}

void OutputFile::fail() const { throw Error(fmt::format("{}: {}", path_, std::strerror(errno))); }

}  // namespace fakt
