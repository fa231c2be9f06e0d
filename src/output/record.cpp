#include "output/record.h"

#include "text/unicode.h"

namespace fakt {
namespace {

/// Lines and columns of ascending offsets, in one pass over the text.
class Places {
 public:
  explicit Places(const Document& document)
      : document_(document), line_(document.line_base), column_(document.column_base) {}

  void fill(Record& record, std::uint32_t at) {
    if (at < at_) *this = Places(document_);
    std::string_view passed = std::string_view(document_.text).substr(at_, at - at_);
    for (std::size_t end; (end = passed.find('\n')) != std::string_view::npos; passed.remove_prefix(end + 1))
      ++line_, column_ = 0;
    column_ += count_code_points(passed);
    at_ = at;
    record.line = line_ + 1;
    record.column = column_ + 1;
  }

  Places& operator=(const Places& other) {
    line_ = other.line_, column_ = other.column_, at_ = other.at_;
    return *this;
  }

 private:
  const Document& document_;
  std::uint64_t line_, column_;
  std::uint32_t at_ = 0;
};

std::string value_of(const Fact& fact) {
  std::string out(fact.predicate);
  out += '(';
  for (const auto& arg : fact.args) {
    if (!out.ends_with('(')) out += ", ";
    out.append(arg.role).append("=").append(arg.value);
  }
  return out + ')';
}

Record place(const Document& document, const Extraction& extraction, Span span, std::uint32_t sentence,
             Places& places) {
  Record record;
  record.start = document.offset_base + span.begin;
  record.end = document.offset_base + span.end;
  record.text = std::string_view(document.text).substr(span.begin, span.size());
  record.sentence = extraction.index.sentences[sentence].span;
  places.fill(record, span.begin);
  return record;
}

}  // namespace

DocumentRecords make_records(const Document& document, const Extraction& extraction) {
  DocumentRecords out{document, {}, {}};
  out.records.reserve(extraction.mentions.size() + extraction.facts.size());
  out.fact_values.reserve(extraction.facts.size());
  Places places(document);
  for (const Mention& mention : extraction.mentions) {
    Record record = place(document, extraction, mention.span, mention.sentence, places);
    record.type = mention.type;
    record.value = mention.value;
    record.keys = &mention.keys;
    record.pattern = mention.pattern;
    record.score = mention.score;
    record.scored = mention.pattern->type->weighs_evidence;
    out.records.push_back(record);
  }
  Places fact_places(document);
  for (const Fact& fact : extraction.facts) {
    Record record = place(document, extraction, fact.span, fact.sentence, fact_places);
    record.type = "fact";
    record.value = out.fact_values.emplace_back(value_of(fact));
    record.keys = &fact.keys;
    record.fact = &fact;
    record.pattern = fact.pattern;
    out.records.push_back(record);
  }
  return out;
}

}  // namespace fakt
