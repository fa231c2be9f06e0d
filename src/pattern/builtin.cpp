#include "pattern/builtin.h"

// FAKT_IMAGE is the file that fakt_freeze writes.
asm(R"(
  .section .rodata
  .balign 4096
fakt_image:
  .incbin ")" FAKT_IMAGE R"("
fakt_image_end:
  .previous
)");

extern "C" const char fakt_image[], fakt_image_end[];

namespace fakt {

const BuiltIn& builtin() { return *reinterpret_cast<const BuiltIn*>(fakt_image); }

std::string_view builtin_image() { return {fakt_image, fakt_image_end}; }

}  // namespace fakt
