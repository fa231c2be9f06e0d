#include "input/parts.h"

#include <fmt/format.h>

#include <algorithm>

#include "input/descriptor.h"
#include "text/unicode.h"

namespace fakt {
namespace {

constexpr std::size_t kFirstRead = 16u << 10;
constexpr std::size_t kSlack = 64u << 10;  ///< read beyond a part, so that it is known not to be the last

}  // namespace

std::size_t cut_part(std::string_view text) {
  if (text.size() <= kPartSize) return text.size();
  std::string_view head = text.substr(0, kPartSize);
  if (std::size_t at = head.rfind("\n\n"); at != std::string_view::npos) return at + 2;
  if (std::size_t at = head.rfind('\n'); at != std::string_view::npos) return at + 1;
  if (std::size_t at = head.rfind(' '); at != std::string_view::npos) return at + 1;
  std::size_t at = kPartSize;
  while (at > kPartSize - 4 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
  return at;
}

void Bases::pass(std::string_view bytes) {
  offset += bytes.size();
  line += static_cast<std::uint64_t>(std::count(bytes.begin(), bytes.end(), '\n'));
  std::size_t last = bytes.rfind('\n');
  column = (last == std::string_view::npos ? column : 0) + count_code_points(bytes.substr(last + 1));  // npos + 1 is 0
}

Parts::Parts(std::string path, const std::string& encoding) : path_(std::move(path)), encoding_(encoding) {
  if (encoding.empty()) return;
  known_ = true;
  converter_.emplace(encoding);
}

void Parts::add(std::string_view bytes) {
  if (known_) return append(bytes);
  text_ += bytes;
  if (text_.size() > kPartSize) decide();
}

ssize_t Parts::read_from(int fd) {
  ssize_t got;
  if (known_ && converter_) {
    std::string block;
    got = read_some(fd, block, kReadBlock);
    if (got > 0) append(block);
    return got;
  }
  // Doubled from a little, since most files are small, but for a part its memory is taken at once.
  std::size_t room = std::max(kPartSize, text_.size()) + kSlack - text_.size();
  std::size_t want = std::min({room, kReadBlock, std::max(kFirstRead, text_.size())});
  if (text_.size() + want > kReadBlock) text_.reserve(kPartSize + kSlack);
  got = read_some(fd, text_, want);
  if (!known_ && text_.size() > kPartSize) decide();
  return got;
}

void Parts::end(std::string error) {
  ended_ = true;
  error_ = std::move(error);
  if (!known_) decide();
  if (converter_ && error_.empty()) append({});
}

void Parts::decide() {
  known_ = true;
  encoding_ = detect_encoding(text_, ended_);
  if (encoding_.empty()) return;
  converter_.emplace(encoding_);
  append(std::exchange(text_, {}));
}

void Parts::append(std::string_view bytes) {
  if (!converter_) {
    text_ += bytes;
  } else if (error_.empty() && !converter_->convert(bytes, ended_, text_)) {
    error_ = fmt::format("not all of it is {}", encoding_);
    text_.clear();
  }
}

bool Parts::take(Piece& piece) {
  if (done_ || !known_) return false;
  bool failed = !error_.empty();
  if (text_.size() <= kPartSize && !ended_ && !failed) return false;
  std::size_t size = cut_part(text_);
  piece.kind = Piece::Kind::part;
  piece.path = path_;
  std::string rest = text_.substr(size);
  text_.resize(size);
  piece.bytes = std::move(text_);
  piece.offset_base = bases_.offset, piece.line_base = bases_.line, piece.column_base = bases_.column;
  piece.encoding = encoding_;
  bases_.pass(piece.bytes);
  text_ = std::move(rest);
  done_ = piece.last = text_.empty() && (ended_ || failed);
  piece.error = done_ ? error_ : "";
  return true;
}

}  // namespace fakt
