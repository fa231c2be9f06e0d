#include <cstdio>
#include <fstream>

#include "pattern/builtin.h"
#include "pattern/packs.h"

const fakt::BuiltIn& fakt::builtin() {
  static const BuiltIn kNothing;
  return kNothing;
}

std::string_view fakt::builtin_image() { return {}; }

/// The part of the build that reads patterns/ and writes what fakt carries in itself: `fakt_freeze PATTERNS OUT`. A
/// mistake in a pattern file ends the build, with its file and line.
int main(int argc, char** argv) {
  if (argc != 3) return std::fputs("usage: fakt_freeze PATTERNS OUT\n", stderr), 2;
  try {
    std::ofstream out(argv[2], std::ios::binary);
    out << fakt::freeze_patterns(argv[1]);
    out.close();
    if (!out.fail()) return 0;
    std::fprintf(stderr, "%s: cannot be written\n", argv[2]);
  } catch (const fakt::Error& e) {
    std::fprintf(stderr, "%s\n", e.what());
  }
  return 2;
}
