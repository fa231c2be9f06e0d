#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "input/encoding.h"
#include "input/source.h"

namespace fakt {

/// Where to end a part of at most kPartSize bytes: after the last blank line, else line break, else space.
std::size_t cut_part(std::string_view text);

/// Where a part begins in its document.
struct Bases {
  std::uint64_t offset = 0, line = 0, column = 0;
  void pass(std::string_view bytes);
};

/// Takes a text block by block, and hands it out in parts, converted to UTF-8.
class Parts {
 public:
  /// `encoding`: "" is what the bytes show.
  Parts(std::string path, const std::string& encoding);

  /// Appends bytes that were read elsewhere.
  void add(std::string_view bytes);
  /// Reads on, into its own memory where it can; 0 at the end, -1 with errno on failure.
  ssize_t read_from(int fd);
  /// No more bytes follow; `error` says why, when that is not the end of the text.
  void end(std::string error = {});
  /// False when there is no complete part. The last one, which may be empty, says so.
  bool take(Piece& piece);

 private:
  void decide();
  void append(std::string_view bytes);

  std::string path_, text_, encoding_, error_;
  std::optional<Converter> converter_;
  Bases bases_;
  bool known_ = false, ended_ = false, done_ = false;
};

}  // namespace fakt
