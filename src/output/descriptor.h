#pragma once

#include <string>
#include <string_view>

namespace fakt {

/// Writes all of it; throws Error with `name` and the reason when it cannot (a full disk, a closed output).
void write_all(int fd, std::string_view bytes, std::string_view name = "standard output");

/// The same for messages, where a failure has nowhere to be told.
void try_write(int fd, std::string_view bytes) noexcept;

/// The file that -o names. A regular one is written beside it, where there are such files one without a name, and takes
/// its place when it is complete: its readers see the old file or the whole new one, and nothing is left of a run that
/// was killed.
class OutputFile {
 public:
  /// Throws Error when it cannot be written.
  explicit OutputFile(std::string path);
  /// Without commit() the old file stays.
  ~OutputFile();
  int fd() const { return fd_; }
  const std::string& path() const { return path_; }
  void commit();

 private:
  [[noreturn]] void fail() const;
  void give_name();
  std::string path_, temporary_;
  bool nameless_ = false;  ///< the file that becomes `temporary_` has no name yet
  int fd_ = -1;
};

}  // namespace fakt
