#pragma once

#include <sys/types.h>

#include <string>
#include <utility>

namespace fakt {

/// An open file; closes it if it owns it.
class Descriptor {
 public:
  explicit Descriptor(int fd = -1, bool owned = false) : fd_(fd), owned_(owned) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)), owned_(other.owned_) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    std::swap(owned_, other.owned_);
    return *this;
  }
  ~Descriptor();
  int get() const { return fd_; }

 private:
  int fd_;
  bool owned_;
};

constexpr std::size_t kReadBlock = 256u << 10;

/// get() is -1, with errno, when it cannot be opened.
Descriptor open_to_read(const std::string& path);

/// The same for a named pipe, which has to have a writer within the time: else ETIMEDOUT, instead of waiting for ever.
Descriptor open_pipe_to_read(const std::string& path, int milliseconds);

/// Appends up to `want` bytes; 0 at the end, -1 with errno on failure.
ssize_t read_some(int fd, std::string& out, std::size_t want);

/// "PATH: reason", or the reason alone when there is no path.
std::string failure(const std::string& path, int code);

}  // namespace fakt
