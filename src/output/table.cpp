#include <fmt/format.h>

#include <algorithm>

#include "output/sink.h"
#include "pattern/pattern_set.h"
#include "text/unicode.h"

namespace fakt {
namespace {

/// What a person may see safely: white space as one space; control and bidirectional characters as \u{...}, so that no
/// text can steer a terminal or show itself in another order.
std::string visible(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    auto [c, size] = decode(text, i);
    if (is_space(c)) {
      if (!out.ends_with(' ')) out += ' ';
    } else if (steers_terminal(c)) {
      out += fmt::format("\\u{{{:x}}}", static_cast<unsigned>(c));
    } else {
      out.append(text, i, size);
    }
    i += size;
  }
  return out;
}

/// Columns that a terminal takes for a character: none for combining marks, two for East Asian wide ones and emoji.
std::size_t width_of(char32_t c) {
  if ((c >= 0x300 && c <= 0x36F) || (c >= 0xFE00 && c <= 0xFE0F)) return 0;
  bool wide = (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
              (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
              (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x20000 && c <= 0x3FFFD);
  return wide ? 2 : 1;
}

std::size_t width(std::string_view text) {
  std::size_t columns = 0;
  for (std::size_t i = 0; i < text.size(); i += decode(text, i).size) columns += width_of(decode(text, i).value);
  return columns;
}

/// The head of the text that fits, with … where something was left out.
std::string clipped(std::string text, std::size_t columns) {
  if (width(text) <= columns) return text;
  std::size_t used = 0, i = 0;
  while (i < text.size() && used + width_of(decode(text, i).value) < columns) {
    used += width_of(decode(text, i).value);
    i += decode(text, i).size;
  }
  return text.substr(0, i) + "…";
}

/// For people: a heading for each document, and below it its records in columns.
///
///   samples/nvidia.txt
///     1:11  money  USD 600000000000  600 Milliarden Dollar
class PeopleTable : public Sink {
 public:
  explicit PeopleTable(const OutputOptions& options) : options_(options) {}

  void write(const DocumentRecords& all, std::string& out) const override {
    if (all.records.empty()) return;
    std::vector<std::vector<std::string>> rows;
    std::vector<std::size_t> widths;
    for (const Record& r : all.records) {
      rows.push_back(cells(all.document, r));
      widths.resize(rows.back().size());
      for (std::size_t i = 0; i < widths.size(); ++i)
        if (!r.fact || i != 2) widths[i] = std::max(widths[i], width(rows.back()[i]));
    }
    paint(out, "35", visible(all.document.id));
    out += '\n';
    for (const auto& row : rows) line(row, widths, out);
    out += '\n';
  }

 private:
  std::vector<std::string> cells(const Document& document, const Record& r) const {
    std::string value = visible(r.value);
    for (const auto& key : *r.keys)
      if (key.name == "mod" || key.name == "count" || key.name == "modality")
        value += fmt::format(" ({} {})", key.name, visible(key.value));
    std::vector<std::string> cells = {fmt::format("{}:{}", r.line, r.column), std::string(r.type),
                                      clipped(value, r.fact ? 110 : 44), clipped(visible(r.text), 60)};
    if (r.fact) cells[3].clear();
    if (options_.sentence)
      cells.push_back(
          clipped(visible(std::string_view(document.text).substr(r.sentence.begin, r.sentence.size())), 120));
    if (options_.explain)
      cells.push_back(fmt::format("{} {}:{}", r.pattern->name, r.pattern->place.file, r.pattern->place.line));
    return cells;
  }

  void line(const std::vector<std::string>& row, const std::vector<std::size_t>& widths, std::string& out) const {
    std::size_t last = row.size();
    while (last > 0 && row[last - 1].empty()) --last;
    for (std::size_t i = 0; i < last; ++i) {
      out += "  ";
      std::size_t used = std::min(width(row[i]), widths[i]);
      std::string pad(i > 0 && i + 1 < last ? widths[i] - used : 0, ' ');
      if (i == 0) out += std::string(widths[i] - used, ' ');
      if (i == 1)
        paint(out, "36", row[i]);
      else if (i == 2)
        paint(out, "1", row[i]);
      else
        out += row[i];
      out += pad;
    }
    out += '\n';
  }

  void paint(std::string& out, std::string_view code, std::string_view text) const {
    if (options_.color)
      out += fmt::format("\x1b[{}m{}\x1b[0m", code, text);
    else
      out += text;
  }

  OutputOptions options_;
};

/// file:line:column:type:value:text, as grep -Hn and compilers print places.
class Grep : public Sink {
 public:
  void write(const DocumentRecords& all, std::string& out) const override {
    for (const Record& r : all.records) {
      out += fmt::format("{}:{}:{}:{}:", one_line(all.document.id), r.line, r.column, r.type);
      out += one_line(r.value) + ":" + one_line(r.text) + "\n";
    }
  }

 private:
  static std::string one_line(std::string_view text) {
    std::string out(text);
    std::replace_if(
        out.begin(), out.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
    return out;
  }
};

}  // namespace

std::unique_ptr<Sink> make_table(const OutputOptions& options) { return std::make_unique<PeopleTable>(options); }
std::unique_ptr<Sink> make_grep(const OutputOptions&) { return std::make_unique<Grep>(); }

}  // namespace fakt
