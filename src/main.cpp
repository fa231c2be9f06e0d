#include <unistd.h>

#include <string>
#include <vector>

#include "app.h"

int main(int argc, char** argv) {
  std::vector<std::string> args(argv + 1, argv + argc);
  return fakt::run(args, {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO});
}
