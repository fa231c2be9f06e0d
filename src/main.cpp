#include <malloc.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "app.h"

int main(int argc, char** argv) {
  // Blocks of some megabytes come and go; giving them back to the system each time costs more than the work on them.
  mallopt(M_MMAP_THRESHOLD, 64 << 20);
  mallopt(M_TRIM_THRESHOLD, 64 << 20);
  std::vector<std::string> args(argv + 1, argv + argc);
  return fakt::run(args, {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO});
}
