#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "extract/candidate.h"
#include "extract/forms.h"
#include "extract/name_ids.h"
#include "extract/runner.h"
#include "text/text_index.h"

namespace fakt {

constexpr double kRounding = 1e-9;  ///< weights such as 0.6 and 0.4 add up to a threshold of 1

/// A candidate and what became of it.
struct Weighed {
  Candidate candidate;  ///< of all that speak for the same reading of the same words the strongest, with their score
  bool accepted = false;
  std::string beaten_by;  ///< the type of the rival that took its words
};

/// Weighs the candidates of a type that asks for evidence, one document after the other.
///
/// Candidates of one span and one reading are one hypothesis; its score is the sum of
///   - the weights of the different patterns that found it, or found the same words elsewhere in the document, and
///   - the weights of the cues that speak of its reading and in whose scope it lies, each cue pattern once.
/// It is accepted if the score reaches the type's threshold, but not for weak evidence alone if all its words are
/// common ones. Names accepted with a pattern that spreads count
/// everywhere in the document, in the forms that the type's SpreadRules derive.
///
///   orgs.weigh(...), persons.weigh(...);        // accept on their own evidence
///   orgs.contest(persons_accepted);             // "Henkel" in "Hans Henkel" is no company
///   orgs.spread(forms), persons.spread(forms);
///   find_forms(..., forms);                     // now all other places
///   orgs.contest(persons_accepted_now);
///
/// Time and space are linear in the document and its candidates, but for the logarithm of sorting.
class Weighing {
 public:
  /// REQUIRES: the arguments outlive it.
  Weighing(const Type& type, const Language& language, Runner& runner);

  /// Begins a document. REQUIRES: the arguments stay as they are until the next one; what was found is in the order
  /// of its place.
  void weigh(std::string_view text, const TextIndex& index, const Found& found);

  /// Drops what lies inside a mention of a rival type, or is the same words with less evidence. `rivals` are disjoint
  /// and in the order of the text.
  void contest(const std::vector<Candidate>& rivals);

  /// Adds the forms of the names that were accepted so far. Once for each document.
  void spread(Forms& forms);

  /// One of these forms stands at a token. REQUIRES: tokens come in the order of the text.
  void occurrence(const Form& form, const Token& token, std::uint32_t sentence);

  /// Fills `out` in the order of the text.
  void accepted(std::vector<Candidate>& out) const;
  std::vector<Weighed> all() const;

  /// Forgets the document.
  void clear();

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  /// All that speaks for one reading of one stretch of text.
  struct Hypothesis {
    Span span;
    std::uint32_t sentence;
    std::uint32_t lead;             ///< number of the strongest candidate: who is credited and gives the value
    std::uint32_t name = kNone;     ///< number in names_
    std::uint32_t touched = kNone;  ///< list in touches_: cues that touch it and were counted
    const Name* listed;             ///< its entry in a name list
    const Type* beaten_by = nullptr;
    double score = 0;  ///< while cues are applied, theirs alone
    bool accepted = false;
    bool weak = true;      ///< no single pattern or name is enough for it, whatever its words
    bool spreads = false;  ///< found by a pattern that spreads
    bool spread = false;   ///< the lead established the name in another place
  };
  struct Touch {
    const Pattern* cue;
    std::uint32_t next;
  };

  /// What is known of a name, by its number in names_.
  struct Known {
    std::uint32_t voices = kNone;  ///< list in voices_
    double found = 0, touched = 0;
    const Name* listed = nullptr;  ///< the entry of a name that is nothing but words
    std::uint32_t form = kNone;    ///< its number among the forms
    std::uint32_t core = kNone;    ///< bytes without what may be left off at its end; kNone: not looked up yet
    std::int8_t common = -1;       ///< whether all its words are common ones; -1: not looked up yet
    bool is_spread = false;        ///< its forms were added
  };
  /// A pattern that found a name, or a cue that touches it and spreads. Lists of them are in the order of patterns.
  struct Voice {
    const Pattern* pattern;
    double weight;
    std::uint32_t next;
  };

  /// Where in hypotheses_ the scopes of a cue begin; they only move on from cue to cue.
  struct Cursor {
    std::size_t near = 0, sentence = 0, paragraph = 0;
  };

  void collect();
  void count(Hypothesis& h, std::size_t number);
  void apply_cues();
  void apply_cue(const Candidate& cue, CueScope scope, double weight, Cursor& cursor);
  bool touches(Span a, Span b) const;
  bool note_touch(Hypothesis& h, const Pattern* cue);
  bool counted(const Pattern& cue, CueScope scope, std::uint32_t unit);
  void pool();
  void say(std::uint32_t name, const Pattern* pattern, double weight);

  std::string_view name_of(Span span);
  std::uint32_t id_of(std::string_view name, const Text* reading);
  bool is_common(std::uint32_t name);
  bool is_common_word(std::string_view word);
  std::string_view core_of(std::uint32_t name);
  bool may_stand_alone(std::string_view word);
  const Text& reading_of(const Hypothesis& h) const { return candidates()[h.lead].pattern->reading; }

  void name_by_list();
  void add_forms(const Hypothesis& h, Forms& forms);
  void add_form(const Hypothesis& from, std::string_view form, double weight, double alone, Forms& forms);
  bool stands_alone(Span span, const Token& token, std::uint32_t sentence);
  Hypothesis* known_at(Span span);
  Candidate candidate_of(const Hypothesis& h) const;
  const std::vector<Candidate>& candidates() const { return found_->candidates; }

  const Type& type_;
  const Language& language_;
  Runner& runner_;
  std::bitset<256> last_bytes_;                 ///< of genitive endings
  std::vector<std::string_view> word_endings_;  ///< those that are part of their word: "s", not "’s"

  std::string_view text_;
  const TextIndex* index_ = nullptr;
  const Found* found_ = nullptr;

  std::vector<Hypothesis> hypotheses_;  ///< in the order of their place; those that spreading adds, in theirs, follow
  std::size_t own_ = 0;                 ///< number of those that were not added by spreading
  std::size_t passed_ = 0;              ///< of these, how many begin before the token at hand
  std::vector<Touch> touches_;
  std::vector<std::array<std::uint32_t, 3>> counted_;  ///< of each cue: where it counted last, for each wider scope
  std::vector<Voice> voices_;
  NameIds names_;
  std::vector<Known> known_;
  std::deque<std::string> mended_;  ///< names that hold a line break
};

/// Tells the weighings wherever forms of their names stand, so that they accept them there.
void find_forms(std::string_view text, const TextIndex& index, Forms& forms);

}  // namespace fakt
