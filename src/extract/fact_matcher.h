#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extract/fact_regex.h"
#include "extract/fact_search.h"
#include "extract/fact_text.h"
#include "extract/word_memory.h"
#include "pattern/pattern_set.h"
#include "pattern/regex.h"
#include "pattern/trigger_table.h"
#include "text/text_index.h"

namespace fakt {

/// How many mentions of which types there are: a bit for each type that is there once, and twice or more.
struct Mentions {
  std::uint64_t once = 0, twice = 0;

  void add(std::uint64_t type) { twice |= once & type, once |= type; }
  bool hold(const Mentions& others) const { return !(others.once & ~once) && !(others.twice & ~twice); }
  bool operator==(const Mentions&) const = default;
};

/// A bit for each type of mention that the fact patterns of a language name: at most 64.
class TypeBits {
 public:
  explicit TypeBits(const PatternSet& set);
  /// 0 for a type that no fact pattern names.
  std::uint64_t bit(std::string_view type) const;
  std::uint64_t bits(const Array<Text>& types) const;
  Mentions mentions(const Array<Text>& types) const;
  const std::vector<std::string_view>& names() const { return names_; }

 private:
  std::vector<std::string_view> names_;  ///< in the set
};

/// A role of a hit, filled.
struct FilledRole {
  std::string_view name;
  const Filler* filler;  ///< null: literal words
  Span span;
  std::string value;      ///< of literal words
  int member = 0;         ///< of a coordination that becomes a fact for each member: its number; else 0
  bool attached = false;  ///< found near the trigger, not by the match itself
};

/// What a pattern says about a sentence.
struct FactHit {
  const Pattern* pattern = nullptr;
  std::vector<Span> triggers;  ///< the marks, in the order of the text
  std::vector<FilledRole> roles;
  std::vector<std::pair<std::string_view, std::string>> words;  ///< slots that fill keys, with their meaning
  int members = 1;                                              ///< how many facts a coordination makes of it
};

/// Runs the fact patterns of a language over sentences. One for each thread.
///
/// Of a pattern those ways are tried of which the sentence holds the mentions and words. After a hit the search goes on
/// behind the trigger, so facts may overlap.
class FactMatcher {
 public:
  FactMatcher(const PatternSet& set, const TypeBits& types);

  /// `words` numbers the words of the documents that follow, until the next call.
  void begin_document(const Vocabulary& words);

  /// Appends the hits in a sentence. `fillers` are those of the sentence, in the order of the text.
  /// REQUIRES: begin_document() was called for the document; the stretch lies within the sentence, a part of the
  /// document that `index` is of.
  void find(std::string_view document, const TextIndex& index, const fakt::Sentence& sentence, const Stretch& stretch,
            const std::vector<const Filler*>& fillers, std::vector<FactHit>& out);

 private:
  /// A regex, what its slots mean and the types of mentions that it names.
  struct Finder {
    FactRegex regex;
    const Array<Slot>& slots;
    std::uint64_t types;
  };
  struct Further {
    Finder finder;
    Mentions required;
    bool anywhere;  ///< in the sentence; else in the clause of the trigger
  };
  struct Candidate {
    const Pattern* pattern;
    std::vector<std::string_view> key_slots;  ///< they fill keys, not roles
    Finder finder;
    std::vector<Further> attachments;
    std::vector<std::uint32_t> until;  ///< of each way of the regex the byte of the document before which its matches
                                       ///< in the sentence at hand begin; 0: there is none
    bool chosen = false;               ///< there is such a way
  };
  /// Texts of the sentence at hand, by the types that are tokens in them.
  struct Texts {
    std::map<std::uint64_t, FactText> all;
    std::vector<std::uint64_t> built;  ///< which of them are of this sentence
  };
  struct Sentence {
    std::string_view document;
    const Stretch& stretch;
    const std::vector<const Filler*>& fillers;
    Mentions present;                                ///< the fillers
    std::optional<std::vector<ClauseBreak>> breaks;  ///< once they are asked for
  };

  void choose(std::string_view document, const TextIndex& index, const fakt::Sentence& sentence, const Stretch& stretch,
              const Mentions& present);
  void run(Candidate& candidate, Sentence& sentence, std::vector<FactHit>& out);
  FactText& text_for(Texts& texts, std::uint64_t types, const Sentence& sentence, const std::vector<Span>& triggers);
  void fill(const Candidate& candidate, const Finder& finder, const FactText& text, FactHit& hit);
  void attach(Candidate& candidate, Sentence& sentence, FactHit& hit);
  void attach_nearest(const Candidate& candidate, Finder& finder, bool anywhere, Sentence& sentence, FactHit& hit);
  std::optional<std::uint32_t> phrase_before(std::string_view text, std::uint32_t at) const;
  bool set_aside(std::string_view document, const FilledRole& role, std::uint32_t from) const;
  long cost_of(const FactHit& trial, const FactHit& hit, bool anywhere, Sentence& sentence) const;

  FactSearch search_;
  std::vector<Candidate> candidates_;
  /// A way in which a candidate may match.
  struct Way {
    Mentions required;
    std::uint32_t candidate;
    std::uint64_t alternatives;
  };
  std::vector<Way> ways_;                          ///< by their numbers
  std::vector<Mentions> required_;                 ///< by the ways: a sentence must hold one of these
  const TriggerTable& words_;                      ///< of the ways
  const StringIndex &set_aside_, &oblique_after_;  ///< lists of the language
  std::vector<std::uint32_t> wordless_;            ///< ways that require no word
  const Vocabulary* vocabulary_ = nullptr;
  WordMemory<std::uint32_t> called_;  ///< ways, by the words that call for them
  std::vector<std::size_t> chosen_;   ///< candidates
  std::vector<std::uint32_t> until_;  ///< as Candidate::until, in the text of the candidate
  Texts texts_, attaching_;           ///< of the sentence, and of it with the trigger of a hit as a token
  Regex::Groups groups_;
};

}  // namespace fakt
