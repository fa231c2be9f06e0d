#pragma once

#include <sys/stat.h>

#include <atomic>
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
constexpr std::size_t kPartSize = 256u << 10;

/// The longest line of JSON Lines; a longer one is refused by name and the next one is read.
constexpr std::size_t kLongestLine = 64u << 20;

struct InputOptions {
  std::vector<std::string> paths;  ///< files, folders, "-"; none is standard input
  std::string format = "auto";     ///< text, jsonl, auto
  std::vector<std::string> keep;   ///< JSON keys that are copied to the output
  std::string encoding;            ///< of all files; "" is UTF-8 or what the bytes show
  std::string files_from;          ///< a file (or "-") that lists further paths
  bool nul_separated = false;      ///< files_from: entries end with NUL, not with a line break
  int stdin_fd = 0;
  bool line_buffered = false;        ///< hand on what is there, without filling a block
  std::vector<struct stat> outputs;  ///< files that are being written: a walk passes them over
};

/// Work for one thread: bytes that were read, or small files that are still to be read.
struct Piece {
  enum class Kind { file, part, lines, failure } kind = Kind::file;
  std::string path;
  std::string bytes;              ///< part, lines; failure: the message
  std::uint64_t offset_base = 0;  ///< part, lines: bytes before it
  std::uint64_t line_base = 0;    ///< part, lines: line breaks before it
  std::uint64_t column_base = 0;  ///< part
  std::string encoding;           ///< part: of the whole file, as its first part shows
  bool last = true;               ///< part: of its document
  std::string error;              ///< part: why its document ends with it, when it could not be read further
};

struct Batch {
  std::uint64_t number = 0;  ///< in the order of the input
  std::vector<Piece> pieces;
};

/// Walks the input and hands it out in batches. Not for two threads at once.
class Source {
 public:
  static constexpr std::size_t kBatch = 128u << 10;  ///< bytes of a batch, at least

  /// Throws Error for an unknown encoding and a list of files that cannot be read.
  explicit Source(InputOptions options);
  ~Source();
  /// False at the end of the input.
  bool next(Batch& batch);

  /// How many bytes the next batches shall hold at least. Any thread may say so at any time.
  void set_batch(std::size_t bytes) { batch_.store(bytes, std::memory_order_relaxed); }

 private:
  std::atomic<std::size_t> batch_ = kBatch;
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Reads the documents of a piece, one after the other. Messages are for the user, with file and line.
struct PieceReader {
  std::function<void(Document&&)> document;
  /// A document, by its id, of which nothing could be read.
  std::function<void(std::string id, std::string message)> error;
  /// What was repaired, which is no error. It is told once for the same path.
  std::function<void(const std::string& path, std::string message)> note;
};
void read_piece(Piece&& piece, const InputOptions& options, const PieceReader& reader);

}  // namespace fakt
