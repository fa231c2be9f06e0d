#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "document.h"
#include "pattern/pattern_set.h"
#include "text/text_index.h"

namespace fakt {

/// How "heute" and "vor drei Wochen" are read: as days wherever possible, or as linguists annotate them.
enum class DatesMode { day, reference };

/// A slot that took part in a match.
struct Capture {
  std::string_view slot;
  std::string_view text;              ///< as in the document
  const TableEntry* entry = nullptr;  ///< its row, for a slot of a table

  /// The table's meaning, else the text.
  std::string_view meaning() const { return entry ? std::string_view(entry->meaning) : text; }
};

/// The slots of a match, in the order of the pattern.
struct Captures {
  std::vector<Capture> items;
  std::vector<Capture> partners;  ///< of the other mentions of the match: the month of "January" in "January 25 to 27"

  /// The first slot of that name that took part; null if none did.
  const Capture* find(std::string_view slot) const;
  /// The text or meaning of that slot, or "".
  std::string_view text(std::string_view slot) const;
  std::string_view meaning(std::string_view slot) const;
};

struct ValueContext;

/// Sets mention.value and mention.keys from what a pattern captured. mention.span and mention.pattern are set.
/// False when the captures make no sense ("31. Februar"): nothing is printed, and the text is still taken.
using Normalizer = bool (*)(const Captures& captures, const ValueContext& context, Mention& mention);

/// What a value may depend on besides the match itself.
struct ValueContext {
  const Document& document;
  const Language& language;
  DatesMode dates;
  const TextIndex& index;               ///< sentences and words of the document
  const std::vector<Mention>& earlier;  ///< of the same type, in the order of the text, values final
  const std::vector<Mention>&
      anchors;                     ///< of the types that the type's file names as `anchors`, in the order of the text
  Normalizer normalize = nullptr;  ///< of the type
};

/// The normaliser of a type, or null: then its patterns' templates and tables say the value.
Normalizer find_normalizer(std::string_view type);

}  // namespace fakt
