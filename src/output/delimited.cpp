#include <fmt/format.h>

#include <algorithm>

#include "output/json_text.h"
#include "output/sink.h"
#include "pattern/pattern_set.h"

namespace fakt {
namespace {

/// The further keys that have a column of their own; those of other types stand together in `other`, as JSON. The
/// columns depend on the options alone, never on what is found.
const std::vector<std::string_view> kKeys = {"amount",   "amount_max", "currency",  "mod",    "sign", "from",
                                             "to",       "anchor",     "vendor",    "model",  "kind", "count",
                                             "evidence", "modality",   "direction", "fact_id"};

/// csv as RFC 4180 has it, and tsv with \t, \n, \r and \\ escaped as the IANA media type asks for.
class Delimited : public Sink {
 public:
  Delimited(const OutputOptions& options, char separator) : options_(options), separator_(separator) {}

  void begin(std::string& out) const override {
    std::vector<std::string> names = {"doc", "doc_date", "type", "start", "end", "line", "column", "text", "value"};
    names.insert(names.end(), kKeys.begin(), kKeys.end());
    for (const char* name : {"args", "other"}) names.emplace_back(name);
    if (options_.sentence) names.emplace_back("sentence");
    if (options_.explain)
      for (const char* name : {"pattern", "pattern_file", "pattern_line", "score"}) names.emplace_back(name);
    names.insert(names.end(), options_.keep.begin(), options_.keep.end());
    row(names, out);
  }

  void write(const DocumentRecords& all, std::string& out) const override {
    for (const Record& r : all.records) row(cells(all.document, r), out);
  }

 private:
  std::vector<std::string> cells(const Document& document, const Record& r) const {
    std::vector<std::string> cells = {
        document.id,           document.date,          std::string(r.type),      std::to_string(r.start),
        std::to_string(r.end), std::to_string(r.line), std::to_string(r.column), std::string(r.text),
        std::string(r.value)};
    for (auto name : kKeys) {
      auto key = std::find_if(r.keys->begin(), r.keys->end(), [&](const Attribute& a) { return a.name == name; });
      cells.push_back(key == r.keys->end() ? "" : key->value);
    }
    cells.push_back(r.fact ? arguments(*r.fact) : "");
    cells.push_back(other(r));
    if (options_.sentence) cells.push_back(document.text.substr(r.sentence.begin, r.sentence.size()));
    if (options_.explain) {
      cells.push_back(r.pattern->name.str());
      cells.push_back(r.pattern->place.file.str());
      cells.push_back(std::to_string(r.pattern->place.line));
      cells.push_back(r.scored ? fmt::format("{:.6g}", r.score) : "");
    }
    for (const auto& name : options_.keep) {
      auto kept =
          std::find_if(document.kept.begin(), document.kept.end(), [&](const auto& k) { return k.first == name; });
      cells.push_back(kept == document.kept.end() ? "" : kept->second);
    }
    return cells;
  }

  static std::string arguments(const Fact& fact) {
    std::string out = "{";
    for (const auto& arg : fact.args) {
      append_key(out, arg.role);
      append_json(out, arg.value);
    }
    return out + "}";
  }

  static std::string other(const Record& r) {
    std::string out = "{";
    for (const auto& key : *r.keys) {
      if (std::find(kKeys.begin(), kKeys.end(), key.name) != kKeys.end()) continue;
      append_key(out, key.name);
      append_json(out, key.value);
    }
    return out == "{" ? "" : out + "}";
  }

  void row(const std::vector<std::string>& cells, std::string& out) const {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i) out += separator_;
      separator_ == ',' ? quoted(cells[i], out) : escaped(cells[i], out);
    }
    out += '\n';
  }

  static void quoted(const std::string& cell, std::string& out) {
    if (cell.find_first_of(",\"\n\r") == std::string::npos) {
      out += cell;
      return;
    }
    out += '"';
    for (char c : cell) {
      if (c == '"') out += '"';
      out += c;
    }
    out += '"';
  }

  static void escaped(const std::string& cell, std::string& out) {
    for (char c : cell) {
      switch (c) {
        case '\t':
          out += "\\t";
          break;
        case '\n':
          out += "\\n";
          break;
        case '\r':
          out += "\\r";
          break;
        case '\\':
          out += "\\\\";
          break;
        default:
          out += c;
      }
    }
  }

  OutputOptions options_;
  char separator_;
};

}  // namespace

std::unique_ptr<Sink> make_csv(const OutputOptions& options) { return std::make_unique<Delimited>(options, ','); }
std::unique_ptr<Sink> make_tsv(const OutputOptions& options) { return std::make_unique<Delimited>(options, '\t'); }

}  // namespace fakt
