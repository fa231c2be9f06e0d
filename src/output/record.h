#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "document.h"
#include "extract/extractor.h"

namespace fakt {

/// One line of output, ready for any writer. Views live as long as the document and its extraction.
struct Record {
  std::string_view type;
  std::uint64_t start = 0, end = 0;    ///< bytes in the article
  std::uint64_t line = 1, column = 1;  ///< the column counts code points
  std::string_view text;
  std::string_view value;
  const std::vector<Attribute>* keys = nullptr;
  const Fact* fact = nullptr;  ///< its arguments; null for mentions
  const Pattern* pattern = nullptr;
  double score = 0;
  bool scored = false;  ///< evidence was weighed
  Span sentence;        ///< in the document's text
};

/// A document with what was found in it.
struct DocumentRecords {
  const Document& document;
  std::vector<Record> records;
  std::vector<std::string> fact_values;  ///< owned here: "acquisition(buyer=..., acquired=...)"
};
DocumentRecords make_records(const Document& document, const Extraction& extraction);

}  // namespace fakt
