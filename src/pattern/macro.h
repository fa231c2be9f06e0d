#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "error.h"
#include "pattern/relative.h"

namespace fakt {

struct Table;

/// Where a regex is written, for messages.
struct Place {
  Text file;
  int line = 0;
};

/// A slot of a pattern: `{amount:number}`. Its capture in the expanded regex is named `s<index>`.
struct Slot {
  Text name;
  Ref<const Table> table;  ///< where the meaning of its text is looked up; null: the text itself
  Text type;               ///< fact patterns: the mention type that fills the slot; "" for literal words
  bool many = false;       ///< fact patterns: `{org:org+}`, a coordination
};

/// What `{name}` stands for.
struct Named {
  enum class Kind { none, macro, table, type } kind = Kind::none;
  std::string text;  ///< macro: as written, free spacing; table: its keys joined, expanded; type: its token
  const Table* table = nullptr;
  std::string type;  ///< of mentions; the name may say a kind, too: "org.union"
};

/// A regex as RE2 takes it, and what was found in it on the way.
struct Expanded {
  std::string regex;
  std::vector<Slot> slots;
  int marks = 0;                   ///< number of «…»; their captures are named m0, m1, ...
  std::vector<std::string> types;  ///< of mentions that a fact pattern names, with or without a slot
};

/// Turns a regex as people write it into one that RE2 takes: white space and comments go (not in [...] and not after
/// a backslash), `{name}` and `{slot:name}` are replaced, `«…»` becomes a group.
///
///   expand("{amount:number} {_?} «Euro»")  ->  "(?P<s0>[0-9]+)(?:[ ]+)?(?P<m0>Euro)"
///
/// `spaces` says what a space means: nothing, or `{_}` as in the keys of a table, which are words.
/// `{role:type+}` is one mention of the type or several, joined by the macro {and}.
/// Throws Error without a place for an unknown name, a circle, an unbalanced mark, or a space between two letters.
enum class Spaces { nothing, gap };
using Lookup = std::function<Named(std::string_view name)>;
Expanded expand_regex(std::string_view source, Spaces spaces, const Lookup& lookup);

}  // namespace fakt
