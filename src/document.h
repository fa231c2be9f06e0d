#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fakt {

struct Pattern;  // compiled; lives as long as its PatternSet

/// A half-open range of bytes, [begin, end), in Document::text.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t size() const { return end - begin; }
  bool contains(Span other) const { return begin <= other.begin && other.end <= end; }
  bool overlaps(Span other) const { return begin < other.end && other.begin < end; }
  friend bool operator==(Span, Span) = default;
};

/// One article, or one part of an article that is larger than kPartSize. Owns its text; spans count in it.
struct Document {
  std::string id;        ///< path, "-", or the "id" of a JSON line
  std::string lang;      ///< "de", "en"; empty: to be guessed
  std::string date;      ///< day of writing, "2025-01-27", "2025-01" or "2025"; empty: unknown
  std::string text;      ///< valid UTF-8, at most kPartSize bytes
  std::string encoding;  ///< what the input was converted from; empty: UTF-8, offsets count in the input
  std::vector<std::pair<std::string, std::string>> kept;  ///< --keep: key and its JSON, copied to every record

  std::uint64_t offset_base = 0;  ///< bytes of the article before this part
  std::uint64_t line_base = 0;    ///< line breaks of the article before this part
  std::uint64_t column_base = 0;  ///< code points of the line that this part begins in
  bool last = true;               ///< no further part follows; the first one has offset_base 0
  std::string error;              ///< why the article ends here, when it could not be read to its end
};

/// A further output key, `amount` or `vendor`; writers need no knowledge of types.
struct Attribute {
  std::string_view name;  ///< a literal, or interned by the PatternSet
  std::string value;
  bool number = false;  ///< print the value without quotes
};

/// Text that means something: "3,5 Mio. Euro" is money, "EUR 3500000".
struct Mention {
  Span span;
  std::string_view type;             ///< interned by the PatternSet
  std::string value;                 ///< normalised
  std::vector<Attribute> keys;       ///< in the order of printing
  const Pattern* pattern = nullptr;  ///< who found it
  double score = 0;                  ///< sum of the evidence, where the type weighs any
  std::uint32_t sentence = 0;        ///< index into TextIndex::sentences

  /// The value of a further key, or "".
  std::string_view key(std::string_view name) const {
    for (const auto& attribute : keys)
      if (attribute.name == name) return attribute.value;
    return {};
  }
};

/// One role of a fact, filled by a mention or by literal words (type "text").
struct Argument {
  std::string_view role;
  std::string_view type;
  Span span;
  std::string value;
  std::string via = {};  ///< the words that stand for the mention: "das Unternehmen"
};

/// Mentions in roles: acquisition(buyer=..., acquired=..., price=...).
struct Fact {
  std::string_view predicate;
  Span span;  ///< from the first to the last argument, with the words that state the fact
  std::vector<Argument> args;
  std::vector<Attribute> keys;  ///< modality, direction, fact_id
  const Pattern* pattern = nullptr;
  std::uint32_t sentence = 0;
};

}  // namespace fakt
