#pragma once

#include <cstdint>
#include <set>
#include <string>

#include "pattern/relative.h"
#include "pattern/trigger.h"
#include "pattern/word_filter.h"

namespace fakt {

struct Type;

/// Patterns of one type that are searched for together, because they are found by the same words. Strong patterns, weak
/// ones and cues never share a group, so that a long weak match hides no short strong one.
struct Group {
  Array<std::uint32_t> patterns;                 ///< indices into Type::patterns, ascending
  bool everywhere = false;                       ///< no trigger: tried at every word
  bool cues = false;                             ///< its patterns are cues: of use only where there are candidates
  Array<Text> symbols;                           ///< those that trigger it; words are in PatternSet::triggers()
  std::uint32_t lead_bytes = 0, lead_words = 0;  ///< see Trigger
  WordFilter starts;                             ///< words that a match can begin with
  WordFilter anchor;                             ///< words with the trigger, as they are written: "DEM", not "dem"
  std::size_t regex_size = 0;                    ///< bytes of the union of its patterns
  Owned<Trigger> trigger;                        ///< not in an image

  /// Matches begin with the word that triggers it, and need not be looked for before it.
  bool begins_with_trigger() const { return lead_words == 0 && !starts.has_symbols(); }
};

/// How patterns are found: by their triggers, or at every word, which is slow and the measure of what is right.
enum class Engine { fast, plain };

/// Of the patterns of a type from the `first` on. `frequent`: folded words that stand everywhere. Patterns that begin
/// behind a listed name (Pattern::extends) are in no group.
Array<Group> group_patterns(const Type& type, Engine engine, const std::set<std::string>& frequent,
                            std::uint32_t first = 0);

/// The regex that finds the longest match of any pattern of a group.
std::string union_regex(const Type& type, const Group& group);

}  // namespace fakt
