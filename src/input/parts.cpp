#include "input/parts.h"

#include <fmt/format.h>

#include <algorithm>

#include "text/unicode.h"

namespace fakt {

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
  raw_ += bytes;
  if (raw_.size() >= kPartSize) decide();
}

void Parts::end(std::string error) {
  ended_ = true;
  error_ = std::move(error);
  if (!known_) decide();
  if (converter_ && error_.empty()) append({});
}

void Parts::decide() {
  known_ = true;
  encoding_ = detect_encoding(raw_, ended_);
  if (!encoding_.empty()) converter_.emplace(encoding_);
  std::string raw = std::exchange(raw_, {});
  append(raw);
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
  piece.bytes = text_.substr(0, size);
  piece.offset_base = bases_.offset, piece.line_base = bases_.line, piece.column_base = bases_.column;
  piece.encoding = encoding_;
  bases_.pass(piece.bytes);
  text_.erase(0, size);
  done_ = piece.last = text_.empty() && (ended_ || failed);
  piece.error = done_ ? error_ : "";
  return true;
}

}  // namespace fakt
