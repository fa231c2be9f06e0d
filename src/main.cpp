#include <fcntl.h>
#include <malloc.h>
#include <unistd.h>

#include <csignal>
#include <string>
#include <vector>

#include "app.h"

namespace {

/// A descriptor that the caller closed is taken by something that fails when it is used, so that no file that is
/// opened later gets its number and is read or overwritten by mistake.
void occupy(int fd, int mode) {
  if (::fcntl(fd, F_GETFD) < 0) (void)::open("/dev/null", mode);
}

}  // namespace

int main(int argc, char** argv) {
  occupy(STDIN_FILENO, O_WRONLY);
  occupy(STDOUT_FILENO, O_RDONLY);
  occupy(STDERR_FILENO, O_RDONLY);
  std::signal(SIGXFSZ, SIG_IGN);  // the write fails and is told, instead
  // Blocks of some megabytes come and go; giving them back to the system each time costs more than the work on them.
  mallopt(M_MMAP_THRESHOLD, 64 << 20);
  mallopt(M_TRIM_THRESHOLD, 64 << 20);
  std::vector<std::string> args(argv + 1, argv + argc);
  return fakt::run(args, {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO});
}
