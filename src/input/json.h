#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "document.h"

namespace fakt {

/// Parses one line of JSON Lines into a document: `text` is required; `id`, `date`, `lang` and what `keep` names are
/// taken where they are there. False with the reason in `error`; the document is then of no use.
/// CAVEAT: `line` must be followed by kJsonPadding readable bytes.
constexpr std::size_t kJsonPadding = 64;
bool parse_json_document(std::string_view line, const std::vector<std::string>& keep, Document& document,
                         std::string& error);

/// Whether all of it is valid UTF-8, at the speed of memory.
bool is_valid_utf8(std::string_view text);

/// One mention or fact of a gold file; see `fakt eval`.
struct GoldArgument {
  std::string role, text;
  std::uint64_t start = 0, end = 0;
  bool optional = false;
};
struct GoldRecord {
  std::string doc, type, text, predicate;
  std::uint64_t start = 0, end = 0;
  std::vector<std::string> values;  ///< all right values; empty: none is annotated
  bool optional = false;
  std::vector<GoldArgument> args;
};
bool parse_gold_record(std::string_view line, GoldRecord& record, std::string& error);

}  // namespace fakt
