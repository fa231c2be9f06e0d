#include <fmt/format.h>

#include <algorithm>
#include <cerrno>

#include "input/descriptor.h"
#include "input/json.h"
#include "input/parts.h"
#include "input/source.h"
#include "pattern/diagnostics.h"
#include "text/unicode.h"

namespace fakt {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// Turns a part into a document, repairing what is no UTF-8.
void emit_part(Piece&& piece, const PieceReader& reader) {
  Document document;
  document.id = piece.path;
  document.text = std::move(piece.bytes);
  document.encoding = piece.encoding == "utf-8" || piece.encoding == "utf8" ? "" : piece.encoding;
  document.offset_base = piece.offset_base, document.line_base = piece.line_base;
  document.column_base = piece.column_base;
  document.last = piece.last;
  if (!piece.error.empty()) document.error = fmt::format("{}: {}", piece.path, piece.error);
  if (piece.encoding == "windows-1252")
    reader.note(piece.path, fmt::format("{}: no UTF-8, read as {}", piece.path, piece.encoding));
  if (!is_valid_utf8(document.text)) {
    repair_utf8(document.text);
    reader.note(piece.path, fmt::format("{}: bytes that are no UTF-8, each read as ?", piece.path));
  }
  reader.document(std::move(document));
}

void read_file(Piece&& piece, const InputOptions& options, const PieceReader& reader) {
  Descriptor fd = open_to_read(piece.path);
  if (fd.get() < 0) return reader.error(piece.path, failure(piece.path, errno));
  Parts parts(piece.path, options.encoding);
  for (ssize_t got = 1; got > 0;) {
    got = parts.read_from(fd.get());
    if (got <= 0) parts.end(got < 0 ? failure({}, errno) : "");
    for (Piece part; parts.take(part); part = {}) {
      if (part.last) got = 0;
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
    std::size_t size = cut_part(std::string_view(text).substr(at));
    part.text = text.substr(at, size);
    part.offset_base = bases.offset, part.line_base = bases.line, part.column_base = bases.column;
    bases.pass(part.text);
    at += size;
    part.last = at == text.size();
    reader.document(std::move(part));
  }
}

/// REQUIRES: kJsonPadding bytes behind the line.
void read_line(std::string_view line, const std::string& place, std::uint64_t offset, const InputOptions& options,
               const PieceReader& reader) {
  if (line.size() > kLongestLine)
    return reader.error(place, fmt::format("{}: a line of more than {} MiB, left out", place, kLongestLine >> 20));
  Document document;
  std::string error;
  if (!parse_json_document(line, options.keep, document, error)) {
    std::string id = document.id.empty() ? place : document.id;
    return reader.error(id, fmt::format("{}: the document at byte {}: {}", place, offset, error));
  }
  if (document.id.empty()) document.id = place;
  emit_json(std::move(document), reader);
}

void read_lines(Piece&& piece, const InputOptions& options, const PieceReader& reader) {
  std::string& bytes = piece.bytes;
  if (piece.offset_base == 0 && bytes.starts_with(kByteOrderMark)) bytes.replace(0, kByteOrderMark.size(), "   ");
  if (!is_valid_utf8(bytes)) {
    repair_utf8(bytes);
    reader.note(piece.path, fmt::format("{}: bytes that are no UTF-8, each read as ?", piece.path));
  }
  std::size_t size = bytes.size();
  bytes.append(kJsonPadding, '\0');
  std::uint64_t number = piece.line_base;
  for (std::size_t begin = 0; begin < size;) {
    std::size_t end = std::min(bytes.find('\n', begin), size);
    ++number;
    std::string_view line(bytes.data() + begin, end - begin);
    if (line.find_first_not_of(" \t\r") != std::string_view::npos)
      read_line(line, fmt::format("{}:{}", piece.path, number), piece.offset_base + begin, options, reader);
    begin = end + 1;
  }
}

}  // namespace

void read_piece(Piece&& piece, const InputOptions& options, const PieceReader& reader) {
  switch (piece.kind) {
    case Piece::Kind::file:
      return read_file(std::move(piece), options, reader);
    case Piece::Kind::part:
      return emit_part(std::move(piece), reader);
    case Piece::Kind::lines:
      return read_lines(std::move(piece), options, reader);
    case Piece::Kind::failure:
      return reader.error(piece.path, piece.bytes);
  }
}

}  // namespace fakt
