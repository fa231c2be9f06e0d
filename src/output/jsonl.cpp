#include <fmt/format.h>

#include "output/json_text.h"
#include "output/sink.h"
#include "pattern/pattern_set.h"

namespace fakt {
namespace {

/// JSON Lines, schema version 1. Keys stand in this order; a key without a value is left out:
///
///   {"doc":"a.txt","doc_date":"2025-02-03","type":"money","start":10,"end":31,"line":1,"column":11,
///    "text":"600 Milliarden Dollar","value":"USD 600000000000","amount":600000000000,"currency":"USD","mod":"approx"}
///   {"doc":"a.txt","type":"fact",...,"value":"acquisition(buyer=Toyota, acquired=Daihatsu)","predicate":"acquisition",
///    "args":[{"role":"buyer","type":"org","start":0,"end":6,"text":"Toyota","value":"Toyota"}, ...]}
///
/// doc       id of the document: its path, "-", the "id" of a JSON document, else PATH:LINE
/// doc_date  its date, where that is known
/// encoding  what the input was converted from; offsets then count in the converted text
/// start,end bytes of the document's UTF-8 text, end exclusive
/// line      from 1; column from 1, in code points
/// text      the bytes from start to end
/// value     the normalised value, a text for every type
/// ...       the further keys of the type; numbers are JSON numbers only where a double holds them exactly
/// sentence, sentence_start, sentence_end     with --sentence
/// pattern, pattern_file, pattern_line, score with --explain
/// and last the keys that --keep names.
class Jsonl : public Sink {
 public:
  explicit Jsonl(const OutputOptions& options) : options_(options) {}

  void write(const DocumentRecords& all, std::string& out) const override {
    if (options_.per_document) return fragments(all, out);
    std::string head = "{\"doc\":";
    append_json(head, all.document.id);
    if (!all.document.date.empty()) append_key(head, "doc_date"), append_json(head, all.document.date);
    head += ',';
    JsonWriter json(out);
    constexpr std::size_t kSample = 1000;  // records that tell how long the others are
    std::size_t begin = json.size();
    for (std::size_t i = 0; i < all.records.size(); ++i) {
      if (i == kSample) json.make_room((json.size() - begin) / kSample * (all.records.size() - i) / 16 * 17);
      json.raw(head);
      body(all.document, all.records[i], json);
      json.raw("\n");
    }
  }

 private:
  void fragments(const DocumentRecords& all, std::string& out) const {
    JsonWriter json(out);
    for (const Record& record : all.records) {
      json.raw(&record == all.records.data() ? "{" : ",{");
      body(all.document, record, json);
    }
  }

  /// `key` with its quotation marks, colon and comma.
  static void text_key(JsonWriter& out, std::string_view key, std::string_view value) {
    out.raw(key);
    out.text(value);
  }

  static void number_key(JsonWriter& out, std::string_view key, std::uint64_t value) {
    out.raw(key);
    out.number(value);
  }

  void body(const Document& document, const Record& r, JsonWriter& out) const {
    text_key(out, R"("type":)", r.type);
    number_key(out, R"(,"start":)", r.start);
    number_key(out, R"(,"end":)", r.end);
    number_key(out, R"(,"line":)", r.line);
    number_key(out, R"(,"column":)", r.column);
    text_key(out, R"(,"text":)", r.text);
    text_key(out, R"(,"value":)", r.value);
    if (r.fact) arguments(document, *r.fact, out);
    for (const auto& key : *r.keys) {
      out.key(key.name);
      if (key.number)
        out.raw(key.value);
      else
        out.text(key.value);
    }
    if (!document.encoding.empty()) text_key(out, R"(,"encoding":)", document.encoding);
    if (options_.sentence) {
      text_key(out, R"(,"sentence":)", std::string_view(document.text).substr(r.sentence.begin, r.sentence.size()));
      number_key(out, R"(,"sentence_start":)", document.offset_base + r.sentence.begin);
      number_key(out, R"(,"sentence_end":)", document.offset_base + r.sentence.end);
    }
    if (options_.explain) explain(r, out);
    for (const auto& [key, json] : document.kept) {
      out.raw(",");
      out.text(key);
      out.raw(":");
      out.raw(json);
    }
    out.raw("}");
  }

  static void explain(const Record& r, JsonWriter& out) {
    text_key(out, R"(,"pattern":)", r.pattern->name);
    text_key(out, R"(,"pattern_file":)", r.pattern->place.file);
    number_key(out, R"(,"pattern_line":)", static_cast<std::uint64_t>(r.pattern->place.line));
    if (!r.scored) return;
    out.key("score");
    out.raw(fmt::format("{:.6g}", r.score));
  }

  static void arguments(const Document& document, const Fact& fact, JsonWriter& out) {
    text_key(out, R"(,"predicate":)", fact.predicate);
    out.raw(R"(,"args":[)");
    for (const auto& arg : fact.args) {
      out.raw(&arg == fact.args.data() ? "{" : ",{");
      text_key(out, R"("role":)", arg.role);
      text_key(out, R"(,"type":)", arg.type);
      number_key(out, R"(,"start":)", document.offset_base + arg.span.begin);
      number_key(out, R"(,"end":)", document.offset_base + arg.span.end);
      text_key(out, R"(,"text":)", std::string_view(document.text).substr(arg.span.begin, arg.span.size()));
      text_key(out, R"(,"value":)", arg.value);
      if (!arg.via.empty()) text_key(out, R"(,"via":)", arg.via);
      out.raw("}");
    }
    out.raw("]");
  }

  OutputOptions options_;
};

}  // namespace

std::unique_ptr<Sink> make_jsonl(const OutputOptions& options) { return std::make_unique<Jsonl>(options); }

}  // namespace fakt
