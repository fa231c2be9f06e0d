#include "input/source.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <optional>

#include "error.h"
#include "input/descriptor.h"
#include "input/parts.h"

namespace fakt {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBatchFiles = 256;
constexpr int kPipeWait = 5000;             ///< milliseconds that a named pipe has to find a writer
constexpr std::size_t kBinaryProbe = 8192;  ///< a NUL in these makes a file of a walk binary

bool is_json_lines(const std::string& path) { return path.ends_with(".jsonl") || path.ends_with(".ndjson"); }

/// The end of the last line that ends behind `from`; 0 if none does.
std::size_t end_of_lines(std::string_view text, std::size_t from) {
  std::size_t at = text.substr(from).rfind('\n');
  return at == std::string_view::npos ? 0 : from + at + 1;
}

/// The entries of --files-from, read as they are needed.
class PathList {
 public:
  PathList(const std::string& path, bool nul_separated, int stdin_fd)
      : path_(path), separator_(nul_separated ? '\0' : '\n') {
    fd_ = path == "-" ? Descriptor(stdin_fd) : open_to_read(path);
    if (fd_.get() < 0) throw Error("--files-from: " + failure(path, errno));
  }

  /// False at the end. Empty entries are passed over.
  bool next(std::string& entry) {
    while (true) {
      std::size_t stop = buffer_.find(separator_, at_);
      if (stop == std::string::npos && !ended_) {
        buffer_.erase(0, at_);
        at_ = 0;
        ssize_t got = read_some(fd_.get(), buffer_, 64 * 1024);
        if (got < 0) throw Error("--files-from: " + failure(path_, errno));
        ended_ = got == 0;
        continue;
      }
      if (at_ >= buffer_.size()) return false;
      stop = std::min(stop, buffer_.size());
      entry = buffer_.substr(at_, stop - at_);
      at_ = std::min(stop + 1, buffer_.size());
      if (!entry.empty()) return true;
    }
  }

 private:
  std::string path_;
  char separator_;
  Descriptor fd_;
  std::string buffer_;
  std::size_t at_ = 0;
  bool ended_ = false;
};

}  // namespace

struct Source::Impl {
  explicit Impl(InputOptions o) : options(std::move(o)) {
    if (!options.encoding.empty()) Converter known(options.encoding);  // throws if it is not
    if (!options.files_from.empty()) list.emplace(options.files_from, options.nul_separated, options.stdin_fd);
    if (options.paths.empty() && !list) options.paths.push_back("-");
    std::reverse(options.paths.begin(), options.paths.end());
  }

  /// A file that is handed out in blocks.
  struct Stream {
    Stream(Descriptor f, std::string p, const std::string& encoding)
        : fd(std::move(f)), path(std::move(p)), parts(path, encoding) {
      if (!encoding.empty()) converter.emplace(encoding);
    }
    Descriptor fd;
    std::string path;
    bool lines = false, decided = false, end = false;
    std::string buffer;  ///< bytes not yet handed out: of lines, or while it is not known what they are
    std::uint64_t line = 0, offset = 0;
    bool skipping = false;               ///< inside a line that is too long
    std::optional<Converter> converter;  ///< of lines
    Parts parts;
  };

  bool next(Batch& batch, std::size_t bytes) {
    batch = {};
    std::size_t size = 0;
    while (size < bytes && batch.pieces.size() < kBatchFiles) {
      if (stream) {
        if (!advance(batch, size)) stream.reset();
        if (options.line_buffered && !batch.pieces.empty()) break;
      } else if (!entries.empty()) {
        fs::path entry = entries.back();
        entries.pop_back();
        open_entry(entry, batch, size);
      } else if (std::string path; next_path(path)) {
        open_path(path, batch, size);
      } else {
        break;
      }
    }
    if (batch.pieces.empty()) return false;
    batch.number = number++;
    return true;
  }

  bool next_path(std::string& path) {
    if (options.paths.empty()) return list && list->next(path);
    path = std::move(options.paths.back());
    options.paths.pop_back();
    return true;
  }

  static void fail(Batch& batch, const std::string& path, std::string message) {
    Piece piece;
    piece.kind = Piece::Kind::failure;
    piece.path = path;
    piece.bytes = std::move(message);
    batch.pieces.push_back(std::move(piece));
  }

  bool is_output(const struct stat& status) const {
    return std::any_of(options.outputs.begin(), options.outputs.end(), [&](const struct stat& output) {
      return output.st_dev == status.st_dev && output.st_ino == status.st_ino;
    });
  }

  void open_path(const std::string& path, Batch& batch, std::size_t& size) {
    struct stat status {};
    bool standard = path == "-";
    bool known = standard ? ::fstat(options.stdin_fd, &status) == 0 : ::stat(path.c_str(), &status) == 0;
    if (known && is_output(status)) return fail(batch, path, path + ": the output is written to this file");
    if (standard) return start(Descriptor(options.stdin_fd), path);
    if (!known) return fail(batch, path, failure(path, errno));
    if (S_ISDIR(status.st_mode)) return open_folder(path, batch);
    if (S_ISSOCK(status.st_mode)) return fail(batch, path, path + ": a socket, not a file");
    if (S_ISFIFO(status.st_mode)) return open_pipe(path, batch);
    open_file(path, status, batch, size, true);
  }

  void open_pipe(const std::string& path, Batch& batch) {
    Descriptor fd = open_pipe_to_read(path, kPipeWait);
    if (fd.get() >= 0) return start(std::move(fd), path);
    fail(batch, path, errno == ETIMEDOUT ? path + ": nobody writes to this pipe" : failure(path, errno));
  }

  /// What a walk meets: folders, and regular files that are neither hidden nor binary nor the output. Links are not
  /// followed.
  void open_entry(const fs::path& entry, Batch& batch, std::size_t& size) {
    struct stat status {};
    if (::lstat(entry.c_str(), &status) != 0) return fail(batch, entry.string(), failure(entry.string(), errno));
    if (S_ISDIR(status.st_mode)) return open_folder(entry.string(), batch);
    if (S_ISREG(status.st_mode) && !is_output(status)) open_file(entry.string(), status, batch, size, false);
  }

  void open_folder(const std::string& path, Batch& batch) {
    std::error_code code;
    std::vector<fs::path> found;
    fs::directory_iterator it(path, code), end;
    for (; !code && it != end; it.increment(code))
      if (!it->path().filename().string().starts_with('.')) found.push_back(it->path());
    if (code) fail(batch, path, fmt::format("{}: {}", path, code.message()));
    std::sort(found.begin(), found.end(), [](const fs::path& a, const fs::path& b) { return a.native() > b.native(); });
    entries.insert(entries.end(), found.begin(), found.end());
  }

  void open_file(const std::string& path, const struct stat& status, Batch& batch, std::size_t& size, bool named) {
    bool lines = options.format == "jsonl" || (options.format == "auto" && is_json_lines(path));
    bool small = S_ISREG(status.st_mode) && static_cast<std::size_t>(status.st_size) <= kPartSize && !lines;
    if (small && named) return hand_out_file(path, status, batch, size);
    Descriptor fd = open_to_read(path);
    if (fd.get() < 0) return fail(batch, path, failure(path, errno));
    if (!named && is_binary(fd.get())) return;
    if (small) return hand_out_file(path, status, batch, size);
    start(std::move(fd), path);
  }

  static void hand_out_file(const std::string& path, const struct stat& status, Batch& batch, std::size_t& size) {
    size += static_cast<std::size_t>(status.st_size) + 1000;
    Piece piece;
    piece.path = path;
    batch.pieces.push_back(std::move(piece));
  }

  static bool is_binary(int fd) {
    char head[kBinaryProbe];
    ssize_t got = ::pread(fd, head, sizeof head, 0);
    return got > 0 && std::memchr(head, 0, static_cast<std::size_t>(got)) != nullptr &&
           !has_utf16_mark({head, static_cast<std::size_t>(got)});
  }

  void start(Descriptor fd, const std::string& path) {
    stream = std::make_unique<Stream>(std::move(fd), path, options.encoding);
    stream->decided = options.format != "auto" || path != "-";
    stream->lines = options.format == "jsonl" || (options.format == "auto" && is_json_lines(path));
  }

  /// Reads a block of the stream and hands out what is complete; false at its end.
  bool advance(Batch& batch, std::size_t& size) {
    Stream& s = *stream;
    std::string block;
    bool parts = s.decided && !s.lines;
    ssize_t got = parts ? s.parts.read_from(s.fd.get()) : read_some(s.fd.get(), block, kReadBlock);
    std::string error = got < 0 ? failure({}, errno) : "";
    s.end = got <= 0;
    if (!s.decided) {
      s.buffer += block;
      if (!decide(s.buffer)) return true;
      block = std::exchange(s.buffer, {});
    }
    if (s.lines) {
      std::string text;
      if (s.converter && error.empty() && !s.converter->convert(block, s.end, text))
        error = fmt::format("not all of it is {}", options.encoding), s.end = true;
      hand_out_lines(s.converter ? text : block, batch, size);
      if (!error.empty()) fail(batch, s.path, s.path + ": " + error);
      return !s.end;
    }
    if (!block.empty()) s.parts.add(block);
    if (s.end) s.parts.end(error);
    for (Piece piece; s.parts.take(piece); piece = {}) {
      size += piece.bytes.size();
      s.end |= piece.last;
      batch.pieces.push_back(std::move(piece));
    }
    return !s.end;
  }

  /// Standard input is JSON Lines if its first byte that is not blank is {. False: only blanks so far.
  bool decide(std::string_view head) {
    std::size_t at = head.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    at = head.find_first_not_of(" \t\r\n", at);
    if (at == std::string_view::npos && !stream->end && head.size() < kPartSize) return false;
    stream->decided = true;
    stream->lines = at != std::string_view::npos && head[at] == '{';
    return true;
  }

  void hand_out_lines(std::string_view block, Batch& batch, std::size_t& size) {
    Stream& s = *stream;
    std::size_t known = s.buffer.size();  // no line ends in these
    s.buffer += block;
    if (s.skipping) {
      std::size_t stop = s.buffer.find('\n');
      s.skipping = stop == std::string::npos && !s.end;
      std::size_t drop = std::min(stop, s.buffer.size());
      s.offset += drop;
      s.buffer.erase(0, drop);
      known = 0;
      if (s.skipping || s.buffer.empty()) return;
    }
    std::size_t end = s.end ? s.buffer.size() : end_of_lines(s.buffer, known);
    if (end == 0 && s.buffer.size() > kLongestLine) {
      std::string place = fmt::format("{}:{}", s.path, s.line + 1);
      fail(batch, place, fmt::format("{}: a line of more than {} MiB, left out", place, kLongestLine >> 20));
      s.skipping = true;
      s.offset += s.buffer.size();
      s.buffer.clear();
    }
    if (end == 0) return;
    Piece piece;
    piece.kind = Piece::Kind::lines;
    piece.path = s.path;
    std::string rest = s.buffer.substr(end);
    s.buffer.resize(end);
    piece.bytes = std::exchange(s.buffer, std::move(rest));
    piece.line_base = s.line, piece.offset_base = s.offset;
    s.line += static_cast<std::uint64_t>(std::count(piece.bytes.begin(), piece.bytes.end(), '\n'));
    s.offset += end;
    size += piece.bytes.size();
    batch.pieces.push_back(std::move(piece));
  }

  InputOptions options;
  std::optional<PathList> list;
  std::vector<fs::path> entries;  ///< of the walk, the next one last
  std::unique_ptr<Stream> stream;
  std::uint64_t number = 0;
};

Source::Source(InputOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}
Source::~Source() = default;
bool Source::next(Batch& batch) { return impl_->next(batch, batch_.load(std::memory_order_relaxed)); }

}  // namespace fakt
