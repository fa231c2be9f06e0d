#include "pattern/builtin.h"

// FAKT_IMAGE is the file that fakt_freeze writes.
asm(R"(
  .section .rodata
  .balign 16
fakt_image_begin:
  .incbin ")" FAKT_IMAGE R"("
fakt_image_end:
  .byte 0
  .previous
)");

extern "C" const char fakt_image_begin[], fakt_image_end[];

namespace fakt {

std::string_view builtin_image() {
  return {fakt_image_begin, static_cast<std::size_t>(fakt_image_end - fakt_image_begin)};
}

}  // namespace fakt
