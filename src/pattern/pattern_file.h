#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pattern/diagnostics.h"
#include "pattern/macro.h"

namespace fakt {

/// A text of a pattern file and the line it begins in.
struct Written {
  std::string text;
  int line = 0;
};

/// `'Mrd\.?' = "9"`, or `'Ryzen' = { value = "AMD Ryzen", kind = "cpu" }`.
struct TableRow {
  Written key;
  std::string meaning;
  std::vector<std::pair<std::string, std::string>> fields;  ///< the further keys of an inline table
};

struct TableText {
  std::string name;
  int line = 0;
  std::vector<TableRow> rows;
};

/// `yes`: the brackets of `text` mark mentions, `expected` says what each must be, key by key.
/// `no`: nothing must be found (with brackets: not there). `todo`: a `yes` that does not work yet.
struct Example {
  enum class Kind { yes, no, todo } kind = Kind::yes;
  Written text;
  std::vector<std::vector<std::pair<std::string, std::string>>> expected;
};

enum class CueScope { exact, attached, sentence, paragraph, document };

/// A [[pattern]] as it is written; PATTERNS in patterns/README.md explains the keys.
struct PatternText {
  std::string name;
  int line = 0;
  Written match, before, after, not_before, not_after, reject, trigger, gap;
  std::vector<Written> any_order;
  std::vector<Written> clause, sentence;                   ///< facts: further roles, and where they are looked for
  std::vector<std::pair<std::string, Written>> macros;     ///< the pattern's own
  std::vector<std::pair<std::string, std::string>> where;  ///< facts: role and bounds of its amount
  bool asserted = false;
  std::optional<std::string> value;
  std::vector<std::pair<std::string, std::string>> keys;
  std::string extends;                ///< kind of listed names that the match goes on from; "*": of any
  std::string reading;                ///< what the words are taken for; "" where there is but one reading
  std::vector<std::string> readings;  ///< cue: counts for candidates of these only; none: for all
  std::string letter_case;            ///< "" is the file's
  int priority = 0;
  std::optional<double> weight;
  std::vector<std::pair<CueScope, std::optional<double>>> scopes;  ///< cue: where it counts; without a number, `weight`
  bool trap = false, cue = false, spread = false, repeat = false, uncommon = false;
  std::vector<Example> examples;
};

/// How the names of names/TYPE.tsv may stand in a text: endings that a name may carry, and endings of its words.
struct NamesText {
  std::vector<std::string> genitive;                            ///< endings of the last word: "s", "'s", "’"
  std::vector<std::string> clitics;                             ///< those of them that are outside of the mention: "'s"
  std::vector<std::string> articles;                            ///< first words that are outside of the mention: "The"
  std::vector<std::pair<std::string, std::string>> inflection;  ///< ending of an adjective -> its other endings, "|"
  double weight = 1, ambiguous_weight = 0;
  int line = 0;
};

/// [spread]: the forms in which an accepted name counts elsewhere in its document.
struct SpreadText {
  Written without;     ///< regex of what may be left off at its end, its legal form
  Written not_alone;   ///< regex of words that never stand for a name alone
  std::string common;  ///< list of the language's [words] that never do, either
  double weight = 1;   ///< of the whole name, and of the name without what `without` leaves off
  double part = 0;     ///< of its first or last word
  double alone = 0;    ///< of that word where it stands alone
  bool first = false;  ///< whether its first word may stand for it
  bool last = false;   ///< whether its last word may
  int line = 0;
};

/// One .toml file.
struct PatternFile {
  enum class Kind { library, language, mention, fact } kind = Kind::library;
  std::string path;  ///< for messages
  std::string lang;  ///< its folder: "de", "common"
  std::string name;  ///< the type of mentions, the predicate of facts, the language
  std::string letter_case = "exact";
  std::string date;  ///< day of writing of the examples
  std::vector<std::string> blocked_by, anchors, rivals;
  std::optional<double> threshold;
  std::vector<std::pair<std::string, Written>> macros;
  std::vector<TableText> tables;
  bool helper = false;             ///< mentions: for facts only, never printed by themselves
  std::vector<std::string> needs;  ///< facts: roles without which there is no fact; "a|b": one of them
  int least = 1;                   ///< facts: how many roles must be filled
  std::vector<std::string> once;   ///< facts: a mention fills such a role in one fact only
  std::optional<NamesText> names;
  std::optional<SpreadText> spread;
  std::vector<PatternText> patterns;
  std::vector<std::pair<std::string, std::vector<std::string>>> lists;  ///< language: its lists of words
};

/// Reads a pattern file. Mistakes go to `diagnostics`, with file and line; what is right is still returned.
/// Its .cpp and TomlValues are the only places that know toml++.
PatternFile parse_pattern_file(std::string_view path, std::string_view lang, std::string_view text,
                               Diagnostics& diagnostics);

}  // namespace fakt
