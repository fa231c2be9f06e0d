#pragma once

#include <string>
#include <string_view>

namespace fakt {

/// How a text was stored, as the bytes at its head show; "" is UTF-8. Bytes that are no valid UTF-8, without a single
/// valid character of two bytes or more, are Windows-1252.
std::string detect_encoding(std::string_view head);

/// The text in UTF-8. REQUIRES: `encoding` is one that detect_encoding returns.
std::string to_utf8(std::string_view bytes, std::string_view encoding);

}  // namespace fakt
