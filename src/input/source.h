#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "document.h"

namespace fakt {

/// A document beyond this size is treated as parts, cut at the last blank line (else line break, else space) before
/// each multiple of it. It is a constant of the format: results must not depend on threads or machines.
constexpr std::size_t kPartSize = 4u << 20;

/// The longest line of JSON Lines; a longer one is refused by name and the next one is read.
constexpr std::size_t kLongestLine = 64u << 20;

struct InputOptions {
  std::vector<std::string> paths;  ///< files, folders, "-"; none is standard input
  std::string format = "auto";     ///< text, jsonl, auto
  std::vector<std::string> keep;   ///< JSON keys that are copied to the output
  int stdin_fd = 0;
  bool line_buffered = false;  ///< hand on what is there, without filling a block
};

/// Work for one thread: bytes that were read, or small files that are still to be read.
struct Piece {
  enum class Kind { file, part, lines } kind = Kind::file;
  std::string path;
  std::string bytes;              ///< part, lines
  std::uint64_t offset_base = 0;  ///< part
  std::uint64_t line_base = 0;    ///< part, lines: line breaks before it
  std::uint64_t column_base = 0;  ///< part
  std::string encoding;           ///< part: of the whole file, as its first part shows
  bool first = true;              ///< part: of its document
};

struct Batch {
  std::uint64_t number = 0;  ///< in the order of the input
  std::vector<Piece> pieces;
  std::vector<std::string> errors;  ///< what could not be read, in the order of the input
};

/// Walks the input and hands it out in batches of about a megabyte. Not for two threads at once.
class Source {
 public:
  explicit Source(InputOptions options);
  ~Source();
  /// False at the end of the input.
  bool next(Batch& batch);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Reads the documents of a piece, one after the other. Errors are messages for the user, with file and line.
struct PieceReader {
  std::function<void(Document&&)> document;
  std::function<void(std::string)> error;
  std::function<void(std::string)> note;  ///< what was repaired: no error
};
void read_piece(Piece&& piece, const InputOptions& options, const PieceReader& reader);

}  // namespace fakt
