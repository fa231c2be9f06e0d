#include "input/source.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "input/encoding.h"
#include "input/json.h"
#include "text/unicode.h"

namespace fakt {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBatch = 1u << 20;  ///< bytes that one thread gets at a time
constexpr std::size_t kBatchFiles = 256;
constexpr std::size_t kBinaryProbe = 8192;  ///< a NUL in these makes a file of a walk binary

class Descriptor {
 public:
  explicit Descriptor(int fd = -1, bool owned = false) : fd_(fd), owned_(owned) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)), owned_(other.owned_) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    std::swap(owned_, other.owned_);
    return *this;
  }
  ~Descriptor() {
    if (owned_ && fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }

 private:
  int fd_;
  bool owned_;
};

/// Appends up to `want` bytes; 0 at the end, -1 with errno on failure.
ssize_t read_some(int fd, std::string& out, std::size_t want) {
  std::size_t had = out.size();
  out.resize(had + want);
  ssize_t got;
  do got = ::read(fd, out.data() + had, want);
  while (got < 0 && errno == EINTR);
  out.resize(had + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
  return got;
}

std::string failure(const std::string& path, int code) { return fmt::format("{}: {}", path, std::strerror(code)); }

bool is_json_lines(const std::string& path) { return path.ends_with(".jsonl") || path.ends_with(".ndjson"); }

/// Where to end a part that may have at most kPartSize bytes: after the last blank line, else line break, else space.
std::size_t cut(std::string_view text) {
  if (text.size() <= kPartSize) return text.size();
  std::string_view head = text.substr(0, kPartSize);
  if (std::size_t at = head.rfind("\n\n"); at != std::string_view::npos) return at + 2;
  if (std::size_t at = head.rfind('\n'); at != std::string_view::npos) return at + 1;
  if (std::size_t at = head.rfind(' '); at != std::string_view::npos) return at + 1;
  std::size_t at = kPartSize;
  while (at > kPartSize - 4 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
  return at;
}

/// Moves the bases of the next part behind `bytes`.
struct Bases {
  std::uint64_t offset = 0, line = 0, column = 0;
  void pass(std::string_view bytes) {
    offset += bytes.size();
    line += static_cast<std::uint64_t>(std::count(bytes.begin(), bytes.end(), '\n'));
    std::size_t last = bytes.rfind('\n');
    column =
        (last == std::string_view::npos ? column : 0) + count_code_points(bytes.substr(last + 1));  // npos + 1 is 0
  }
};

/// Hands out a text in parts, converted to UTF-8.
class Parts {
 public:
  /// Appends bytes that were read elsewhere.
  void add(std::string_view bytes) {
    if (!known_ || encoding_.empty())
      text_ += bytes;
    else
      text_ += to_utf8(bytes, encoding_);
  }

  /// Reads on, into its own memory; 0 at the end, -1 with errno on failure.
  ssize_t read_from(int fd) {
    std::size_t want = std::max(kPartSize + kSlack, text_.size() + kSlack) - text_.size();
    if (text_.size() >= kBatch) text_.reserve(kPartSize + kSlack);
    if (!known_ || encoding_.empty()) return read_some(fd, text_, std::min(want, kBatch));
    std::string block;
    ssize_t got = read_some(fd, block, kBatch);
    if (got > 0) text_ += to_utf8(block, encoding_);
    return got;
  }

  bool full() const { return text_.size() > kPartSize; }

  /// Moves the next part out: one that is full, or the last. False when there is none.
  bool take(Piece& piece, bool end) {
    if (!known_) decide();
    if (text_.empty() && (!end || !first_)) return false;
    std::size_t size = cut(text_);
    std::string rest = text_.substr(size);
    text_.resize(size);
    piece.kind = Piece::Kind::part;
    piece.bytes = std::move(text_);
    piece.offset_base = bases_.offset, piece.line_base = bases_.line, piece.column_base = bases_.column;
    piece.encoding = encoding_;
    piece.first = std::exchange(first_, false);
    bases_.pass(piece.bytes);
    text_ = std::move(rest);
    return true;
  }

 private:
  static constexpr std::size_t kSlack = 64u << 10;  ///< read beyond a part, so that it is known not to be the last

  void decide() {
    known_ = true;
    encoding_ = detect_encoding(text_);
    if (!encoding_.empty()) text_ = to_utf8(text_, encoding_);
  }
  std::string text_, encoding_;
  Bases bases_;
  bool known_ = false, first_ = true;
};

/// Turns a part into a document, repairing what is no UTF-8.
void emit_part(Piece&& piece, const PieceReader& reader) {
  Document document;
  document.id = piece.path;
  document.text = std::move(piece.bytes);
  document.encoding = piece.encoding;
  document.offset_base = piece.offset_base, document.line_base = piece.line_base,
  document.column_base = piece.column_base;
  if (!piece.encoding.empty() && piece.first)
    reader.note(fmt::format("{}: no UTF-8, read as {}", piece.path, piece.encoding));
  if (!is_valid_utf8(document.text)) {
    repair_utf8(document.text);
    reader.note(fmt::format("{}: bytes that are no UTF-8, each read as ?", piece.path));
  }
  reader.document(std::move(document));
}

}  // namespace

struct Source::Impl {
  explicit Impl(InputOptions o) : options(std::move(o)) {
    if (options.paths.empty()) options.paths.push_back("-");
    std::reverse(options.paths.begin(), options.paths.end());
  }

  /// A file that is handed out in blocks, or a folder's entries that are still to come.
  struct Stream {
    Descriptor fd;
    std::string path;
    bool lines = false, decided = false, end = false;
    std::string buffer;  ///< lines: what is not yet handed out
    std::uint64_t line = 0;
    bool skipping = false;  ///< inside a line that is too long
    Parts parts;
  };

  bool next(Batch& batch) {
    batch = {};
    std::size_t size = 0;
    while (size < kBatch && batch.pieces.size() < kBatchFiles) {
      if (stream) {
        if (!advance(batch, size)) stream.reset();
        if (options.line_buffered && !batch.pieces.empty()) break;
      } else if (!entries.empty()) {
        fs::path entry = entries.back();
        entries.pop_back();
        open_entry(entry, batch, size);
      } else if (!options.paths.empty()) {
        std::string path = options.paths.back();
        options.paths.pop_back();
        open_path(path, batch, size);
      } else {
        break;
      }
    }
    if (batch.pieces.empty() && batch.errors.empty()) return false;
    batch.number = number++;
    return true;
  }

  void open_path(const std::string& path, Batch& batch, std::size_t& size) {
    if (path == "-") return start(Descriptor(options.stdin_fd), path);
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) return batch.errors.push_back(failure(path, errno));
    if (S_ISDIR(status.st_mode)) return open_folder(path, batch);
    open_file(path, status, batch, size, true);
  }

  /// What a walk meets: folders, and regular files that are neither hidden nor binary. Links are not followed.
  void open_entry(const fs::path& entry, Batch& batch, std::size_t& size) {
    struct stat status {};
    if (::lstat(entry.c_str(), &status) != 0) return batch.errors.push_back(failure(entry.string(), errno));
    if (S_ISDIR(status.st_mode)) return open_folder(entry.string(), batch);
    if (S_ISREG(status.st_mode)) open_file(entry.string(), status, batch, size, false);
  }

  void open_folder(const std::string& path, Batch& batch) {
    std::error_code code;
    std::vector<fs::path> found;
    fs::directory_iterator it(path, code), end;
    for (; !code && it != end; it.increment(code))
      if (!it->path().filename().string().starts_with('.')) found.push_back(it->path());
    if (code) batch.errors.push_back(fmt::format("{}: {}", path, code.message()));
    std::sort(found.begin(), found.end(), [](const fs::path& a, const fs::path& b) { return a.native() > b.native(); });
    entries.insert(entries.end(), found.begin(), found.end());
  }

  void open_file(const std::string& path, const struct stat& status, Batch& batch, std::size_t& size, bool named) {
    bool lines = options.format == "jsonl" || (options.format == "auto" && is_json_lines(path));
    bool small = S_ISREG(status.st_mode) && static_cast<std::size_t>(status.st_size) <= kBatch && !lines;
    if (small && named) {
      size += static_cast<std::size_t>(status.st_size) + 1000;
      batch.pieces.push_back({Piece::Kind::file, path, {}, 0, 0, 0, {}, true});
      return;
    }
    Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC), true);
    if (fd.get() < 0) return batch.errors.push_back(failure(path, errno));
    if (!named && is_binary(fd.get())) return;
    if (small) {
      size += static_cast<std::size_t>(status.st_size) + 1000;
      batch.pieces.push_back({Piece::Kind::file, path, {}, 0, 0, 0, {}, true});
      return;
    }
    start(std::move(fd), path);
  }

  static bool is_binary(int fd) {
    char head[kBinaryProbe];
    ssize_t got = ::pread(fd, head, sizeof head, 0);
    return got > 0 && std::memchr(head, 0, static_cast<std::size_t>(got)) != nullptr;
  }

  void start(Descriptor fd, const std::string& path) {
    stream = std::make_unique<Stream>();
    stream->fd = std::move(fd);
    stream->path = path;
    stream->decided = options.format != "auto" || path != "-";
    stream->lines = options.format == "jsonl" || (options.format == "auto" && is_json_lines(path));
  }

  /// Reads a block of the stream and hands out what is complete; false at its end.
  bool advance(Batch& batch, std::size_t& size) {
    Stream& s = *stream;
    std::string block;
    bool parts = s.decided && !s.lines;
    ssize_t got = s.end ? 0 : parts ? s.parts.read_from(s.fd.get()) : read_some(s.fd.get(), block, kBatch);
    if (got < 0) {
      batch.errors.push_back(failure(s.path, errno));
      got = 0;
    }
    s.end = got == 0;
    if (!s.decided) decide(block);
    if (s.lines) return hand_out_lines(block, batch, size);
    s.parts.add(block);
    while (s.parts.full() || s.end) {
      Piece piece;
      piece.path = s.path;
      if (!s.parts.take(piece, s.end)) break;
      size += piece.bytes.size();
      batch.pieces.push_back(std::move(piece));
    }
    return !s.end;
  }

  /// Standard input is JSON Lines if its first byte that is not blank is {.
  void decide(std::string_view block) {
    std::size_t at = block.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    at = block.find_first_not_of(" \t\r\n", at);
    if (at == std::string_view::npos && !stream->end) return;
    stream->decided = true;
    stream->lines = at != std::string_view::npos && block[at] == '{';
  }

  bool hand_out_lines(std::string_view block, Batch& batch, std::size_t& size) {
    Stream& s = *stream;
    s.buffer += block;
    std::size_t end = s.end ? s.buffer.size() : s.buffer.rfind('\n') + 1;  // npos + 1 is 0
    if (s.skipping) {
      std::size_t stop = s.buffer.find('\n');
      s.skipping = stop == std::string::npos && !s.end;
      std::size_t drop = stop == std::string::npos ? s.buffer.size() : stop;
      s.buffer.erase(0, drop);
      if (s.skipping || s.buffer.empty()) return !s.end;
      end = s.end ? s.buffer.size() : s.buffer.rfind('\n') + 1;
    }
    if (end == 0 && s.buffer.size() > kLongestLine) {
      batch.errors.push_back(
          fmt::format("{}:{}: a line of more than {} MiB, left out", s.path, s.line + 1, kLongestLine >> 20));
      s.skipping = true;
      s.buffer.clear();
    }
    if (end > 0) {
      Piece piece{Piece::Kind::lines, s.path, s.buffer.substr(0, end), 0, s.line, 0, {}, true};
      s.line += static_cast<std::uint64_t>(std::count(piece.bytes.begin(), piece.bytes.end(), '\n'));
      s.buffer.erase(0, end);
      size += piece.bytes.size();
      batch.pieces.push_back(std::move(piece));
    }
    return !s.end;
  }

  InputOptions options;
  std::vector<fs::path> entries;  ///< of the walk, the next one last
  std::unique_ptr<Stream> stream;
  std::uint64_t number = 0;
};

Source::Source(InputOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}
Source::~Source() = default;
bool Source::next(Batch& batch) { return impl_->next(batch); }

namespace {

void read_file(Piece&& piece, const PieceReader& reader) {
  Descriptor fd(::open(piece.path.c_str(), O_RDONLY | O_CLOEXEC), true);
  if (fd.get() < 0) return reader.error(failure(piece.path, errno));
  Parts parts;
  std::string path = piece.path;
  for (bool end = false; !end;) {
    ssize_t got = parts.read_from(fd.get());
    if (got < 0) reader.error(failure(path, errno));
    end = got <= 0;
    while (parts.full() || end) {
      Piece part;
      part.path = path;
      if (!parts.take(part, end)) break;
      emit_part(std::move(part), reader);
    }
  }
}

/// A document of JSON Lines, in parts if it is large.
void emit_json(Document&& document, const PieceReader& reader) {
  if (document.text.size() <= kPartSize) return reader.document(std::move(document));
  std::string text = std::move(document.text);
  Bases bases;
  for (std::size_t at = 0; at < text.size();) {
    Document part = document;
    std::size_t size = cut(std::string_view(text).substr(at));
    part.text = text.substr(at, size);
    part.offset_base = bases.offset, part.line_base = bases.line, part.column_base = bases.column;
    bases.pass(part.text);
    at += size;
    reader.document(std::move(part));
  }
}

void read_lines(Piece&& piece, const InputOptions& options, const PieceReader& reader) {
  std::string& bytes = piece.bytes;
  if (piece.line_base == 0 && bytes.starts_with("\xEF\xBB\xBF")) bytes.replace(0, 3, "   ");
  if (!is_valid_utf8(bytes)) {
    repair_utf8(bytes);
    reader.note(fmt::format("{}:{}: bytes that are no UTF-8, each read as ?", piece.path, piece.line_base + 1));
  }
  std::size_t size = bytes.size();
  bytes.append(kJsonPadding, '\0');
  std::uint64_t number = piece.line_base;
  for (std::size_t begin = 0; begin < size;) {
    std::size_t end = std::min(bytes.find('\n', begin), size);
    ++number;
    std::string_view line(bytes.data() + begin, end - begin);
    if (line.find_first_not_of(" \t\r") != std::string_view::npos) {
      Document document;
      std::string error;
      if (!parse_json_document(line, options.keep, document, error)) {
        reader.error(fmt::format("{}:{}: {}", piece.path, number, error));
      } else {
        if (document.id.empty()) document.id = fmt::format("{}:{}", piece.path, number);
        emit_json(std::move(document), reader);
      }
    }
    begin = end + 1;
  }
}

}  // namespace

void read_piece(Piece&& piece, const InputOptions& options, const PieceReader& reader) {
  switch (piece.kind) {
    case Piece::Kind::file:
      return read_file(std::move(piece), reader);
    case Piece::Kind::part:
      return emit_part(std::move(piece), reader);
    case Piece::Kind::lines:
      return read_lines(std::move(piece), options, reader);
  }
}

}  // namespace fakt
