#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pattern/fact_program.h"
#include "pattern/group.h"
#include "pattern/language.h"
#include "pattern/macro.h"
#include "pattern/names.h"
#include "pattern/pattern_file.h"
#include "pattern/program.h"
#include "pattern/relative.h"
#include "pattern/template.h"
#include "pattern/trigger.h"
#include "pattern/trigger_table.h"

namespace fakt {

/// A row of a [table]: a spelling, as a regex, and what it means.
struct TableEntry {
  Text regex;
  Text listed;  ///< the same with a single space for every gap
  Text meaning;
  Array<std::pair<Text, Text>> fields;
};

/// A part of a pattern and its meaning in one place. Spellings that can be listed are found by hash.
struct Table {
  Text name;
  Place place;
  Array<TableEntry> entries;
  Text regex;  ///< all spellings, joined by |

  /// The entry that a text is spelt by: as written, else with another initial case, else in any case; null: none.
  const TableEntry* find(std::string_view text) const;

  /// Fills what find() needs. Spellings that cannot be listed (an open class, a repetition) are kept as regexes.
  void index();

 private:
  friend void fields(ImageWriter& writer, const Table& table);

  StringIndex exact_, folded_;
  Array<std::uint32_t> open_;
};

/// A regex beside the mention, or in it; its slots fill keys. Patterns that ask for the same share one. Those before
/// the mention are for the text read backwards, away from the mention, so that they too match from its first character
/// on.
struct Context {
  Text regex;  ///< "" when there is none; with captures
  Program program;
  ByteSet first;  ///< bytes that a match can begin with
  Array<Slot> slots;
  bool empty() const { return regex.empty(); }
};
inline const Context kNoContext;

/// A further role of a fact, looked for near the trigger once the pattern has matched.
struct Attachment {
  Text regex;  ///< with captures s0, s1, ...; {trigger} in it is the token of the trigger
  Array<Slot> slots;
  std::uint32_t program = FactPrograms::kNone;  ///< of the regex, in the FactPrograms of the set
  Array<Text> types;                            ///< of mentions that it names
  Array<Text> required;                         ///< of mentions that are in every match, sorted; see FactWay
  bool sentence = false;                        ///< anywhere in the sentence; else in the clause of the trigger
};

/// Bounds, inclusive, of the `amount` of the mention in a role.
struct AmountBounds {
  Text role;
  double least = 0, most = 0;
};

// What only the patterns of facts have:
/// One of the ways in which a pattern says its fact: what every match of that way holds.
struct FactWay {
  std::uint32_t number = 0;        ///< in the set
  std::uint64_t alternatives = 0;  ///< of the pattern, bit by bit, in their order: those that this is known of
  Array<Text> mentions;            ///< their types, sorted; one that stands twice is there twice
  bool wordless = false;           ///< it requires no word
  Array<Atom> words;               ///< one of them is there, outside of mentions; not in an image
};

struct FactParts {
  std::uint32_t program = FactPrograms::kNone;  ///< of the pattern's regex, in the FactPrograms of the set
  Array<Text> types;                            ///< of mentions that the match names
  Array<FactWay> ways;                          ///< every match is of one of them
  Array<Attachment> attachments;                ///< in the order of preference
  Array<AmountBounds> where;
  bool asserted = false;  ///< what the trigger states holds whatever the clause says
};

struct Type;

/// A pattern, expanded and checked.
struct Pattern {
  Text name;
  Place place;
  Ref<const Type> type;
  std::uint32_t order = 0;  ///< position among the patterns of its type: file order
  Text regex;               ///< with captures s0, s1, ... and m0, m1, ...
  Text plain;               ///< the same without captures
  Program program;          ///< of the regex
  Program approach;         ///< of what a match holds before its trigger, read backwards; it may allow more than that
  Array<Slot> slots;
  int marks = 0;
  Ref<const Context> before = &kNoContext;  ///< these five are never null
  Ref<const Context> after = &kNoContext;
  Ref<const Context> not_before = &kNoContext;
  Ref<const Context> not_after = &kNoContext;
  Ref<const Context> reject = &kNoContext;
  Owned<Trigger> found_by;   ///< words that every match holds; null: it is looked for everywhere; not in an image
  ByteSet first;             ///< bytes that a match can begin with
  Owned<WordFilter> starts;  ///< words that a match can begin with; not in an image: see Group
  bool has_value = false;
  Template value;
  Array<std::pair<Text, Template>> keys;
  int priority = 0;
  double weight = 1;
  bool trap = false;  ///< its hits print nothing and hold their place
  bool cue = false, spread = false, repeat = false;
  bool uncommon = false;                      ///< says nothing of common words alone
  Text extends;                               ///< the match goes on from a listed name of this kind; "*": of any kind
  Array<std::pair<CueScope, double>> scopes;  ///< cue: where it counts, and how much
  Text reading;                               ///< what the words are taken for
  Array<Text> readings;                       ///< cue: of which candidates; none: of all
  FactParts fact;
  Array<Example> examples;  ///< not in an image, nor is `date`
  Text date;                ///< day of writing of the examples
  Text lang;                ///< its folder
  bool own = false;         ///< the user's
};

/// The forms in which an accepted name counts elsewhere in its document; regexes may be empty.
struct SpreadRules {
  Ref<const Context> without = &kNoContext;    ///< what may be left off at its end
  Ref<const Context> not_alone = &kNoContext;  ///< words that never stand for a name alone
  Text common;                                 ///< list of the language's words that never do, either
  double weight = 0;                           ///< of the whole name
  double part = 0;                             ///< of its first or last word
  double alone = 0;                            ///< of that word where it stands alone
  bool first = false, last = false;
};

/// All patterns and names of one type of mention, or of one predicate.
struct Type {
  Text name;
  bool is_fact = false;
  bool own = false;              ///< all its files are the user's
  bool weighs_evidence = false;  ///< a file of it sets a threshold
  double threshold = 1;
  bool helper = false;  ///< mentions of use to facts alone
  Array<Text> blocked_by;
  Array<Text> anchors;       ///< types whose mentions its values depend on
  Array<Array<Text>> needs;  ///< facts: of each list one role must be filled
  int least = 1;             ///< facts: so many roles must be filled
  Array<Text> once;          ///< facts: a mention fills such a role in one fact only
  Array<Text> rivals;        ///< types one of which the same words may be instead
  SpreadRules spread;
  Array<Owned<Pattern>> patterns;
  Array<Group> groups;                   ///< how the patterns are searched for
  Array<Ref<const Pattern>> extensions;  ///< those of `patterns` that go on from a listed name
  Gazetteer names;
  Owned<Pattern> names_pattern;  ///< who is credited with a hit of the gazetteer
};

/// A pattern file or name list, before it is read.
struct PatternSource {
  std::string path;     ///< within the pattern folder: "de/money.toml", "names/org.tsv"
  std::string display;  ///< for messages
  std::string text;
  bool own = true;  ///< the user's: its regexes are checked one by one on loading

  std::string folder() const;  ///< the first of its path: a language, names or common, which is that of a file in none
  std::string names_type() const;  ///< of a list: "names/org.tsv" and "names/org/banks.tsv" have names of the type org
};

/// Everything that is known for one language. Const once loaded, so threads may share it.
class PatternSet {
 public:
  const Language& language() const { return language_; }
  const Array<Owned<Type>>& types() const { return types_; }

  /// What a word calls for: a group of a type, or its list of names; both count from 0.
  struct Call {
    static constexpr std::uint32_t kNames = 0xFFFFF;
    std::uint32_t type, group;  ///< group: kNames for the list
    std::uint32_t id() const { return type << 20 | group; }
    static Call of(std::uint32_t id) { return {id >> 20, id & kNames}; }
  };
  /// The words that call for anything of any type, with the ids of Call.
  const TriggerTable& triggers() const { return triggers_; }
  /// The same for facts: the words that call for a FactWay, with its number; and how many ways there are.
  const TriggerTable& fact_triggers() const { return fact_triggers_; }
  std::uint32_t fact_ways() const { return fact_ways_; }
  const ProgramPool& program_pool() const { return program_pool_; }
  const FactPrograms& fact_programs() const { return fact_programs_; }
  const Type* find_type(std::string_view name) const;

  /// Mistakes go to `diagnostics`; the set is of use only if there was none.
  static std::unique_ptr<PatternSet> build(std::string_view lang, const std::vector<PatternSource>& sources,
                                           Diagnostics& diagnostics);

  /// Adds files to a set as if it had been built with them, in a hundredth of the time. Mistakes go to `diagnostics`;
  /// the set is of use only if there was none. False, and nothing is added, if the files say what the set rests upon:
  /// words of the language, or macros and tables of libraries that have the names of others.
  bool extend(const std::vector<PatternSource>& sources, Diagnostics& diagnostics);

 private:
  friend class SetBuilder;
  friend void fields(ImageWriter& writer, const PatternSet& set);
  Language language_;
  Array<Owned<Table>> tables_;
  Array<Owned<Context>> contexts_;
  Array<Owned<Type>> types_;
  TriggerTable triggers_, fact_triggers_;
  std::uint32_t fact_ways_ = 0;
  ProgramPool program_pool_;
  FactPrograms fact_programs_;
};

/// The languages that the sources hold: folders with a file that says `language = ...`.
std::vector<std::string> languages_of(const std::vector<PatternSource>& sources);

}  // namespace fakt
