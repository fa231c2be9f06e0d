#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace fakt {

/// How a text was stored, as the bytes at its head show; "" is UTF-8. A byte order mark tells UTF-16; bytes that are
/// no valid UTF-8, without a single valid character of two bytes or more, are Windows-1252.
/// `whole` is false when the text goes on: a character cut at the end of the head then proves nothing.
std::string detect_encoding(std::string_view head, bool whole);

/// Whether the head has the byte order mark of UTF-16.
bool has_utf16_mark(std::string_view head);

/// Turns a text into UTF-8, block by block. Windows-1252 as the WHATWG Encoding Standard has it, also for "latin1";
/// the rest by iconv.
class Converter {
 public:
  /// Throws Error for an encoding that is not known here. UTF-8 passes as it is.
  explicit Converter(std::string_view encoding);
  ~Converter();
  Converter(Converter&&) noexcept;
  Converter& operator=(Converter&&) noexcept;

  /// Appends to `out`. False: the bytes are not of that encoding, or, at the `end`, one is missing.
  bool convert(std::string_view bytes, bool end, std::string& out);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace fakt
