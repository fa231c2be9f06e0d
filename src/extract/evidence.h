#pragma once

#include <bitset>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "extract/candidate.h"
#include "extract/matcher.h"
#include "text/text_index.h"

namespace fakt {

constexpr double kRounding = 1e-9;  ///< weights such as 0.6 and 0.4 add up to a threshold of 1

/// A candidate and what became of it.
struct Weighed {
  Candidate candidate;  ///< of all that speak for the same reading of the same words the strongest, with their score
  bool accepted = false;
  std::string beaten_by;  ///< the type of the rival that took its words
};

/// Weighs the candidates of a type that asks for evidence, in one document.
///
/// Candidates of one span and one reading are one hypothesis; its score is the sum of
///   - the weights of the different patterns that found it, or found the same words elsewhere in the document, and
///   - the weights of the cues that speak of its reading and in whose scope it lies, each cue pattern once.
/// It is accepted if the score reaches the type's threshold, but not for weak evidence alone if all its words are
/// common ones. Names accepted with a pattern that spreads count
/// everywhere in the document, in the forms that the type's SpreadRules derive.
///
///   Weighing orgs(...), persons(...);           // accept on their own evidence
///   orgs.contest(persons.accepted());           // "Henkel" in "Hans Henkel" is no company
///   orgs.spread(), persons.spread();            // now all other places
///   orgs.contest(persons.accepted());
///
/// Time and space are linear in the document and its candidates, but for the logarithm of sorting.
class Weighing {
 public:
  /// REQUIRES: the arguments outlive it, and `candidates` are in the order of their place.
  Weighing(std::string_view text, const TextIndex& index, const Type& type, const Language& language,
           const std::vector<Candidate>& candidates, RegexCache& cache);

  /// Drops what lies inside a mention of a rival type, or is the same words with less evidence. `rivals` are disjoint
  /// and in the order of the text.
  void contest(const std::vector<Candidate>& rivals);

  /// Accepts the names that were accepted so far wherever else they stand.
  void spread();

  std::vector<Candidate> accepted() const;
  std::vector<Weighed> all() const;

 private:
  /// All that speaks for one reading of one stretch of text.
  struct Hypothesis {
    Candidate lead;                     ///< the strongest candidate: who is credited and gives the value
    std::vector<const Candidate*> own;  ///< one for each pattern
    double cues = 0;
    double score = 0;
    bool accepted = false;
    const Type* beaten_by = nullptr;
    std::set<const Pattern*> attached;  ///< cues that touch it and were counted
  };

  std::string name_of(Span span) const;
  std::string key_of(const Hypothesis& h) const;
  void collect();
  void apply_cue(const Candidate& cue, CueScope scope, double weight);
  std::pair<std::size_t, std::size_t> range(const Candidate& cue, CueScope scope);
  template <typename Key>
  std::pair<std::size_t, std::size_t> where(Key key, std::uint32_t from, std::uint32_t to) const;
  bool touches(Span a, Span b) const;
  void pool();
  bool is_common(std::string_view name) const;
  bool weak(const Hypothesis& h) const;
  std::string_view without_form(std::string_view name) const;
  void name_by_list();
  void add_form(const Hypothesis& from, std::string_view form, double weight);
  void occurrence(std::uint32_t hash, const Token& token);
  void occurs(const Candidate& candidate);

  std::string_view text_;
  const TextIndex& index_;
  const Type& type_;
  const Language& language_;
  const std::vector<Candidate>& candidates_;
  RegexCache& cache_;
  std::vector<Hypothesis> hypotheses_;
  std::set<std::tuple<std::uint32_t, CueScope, const Pattern*>> counted_;  ///< cues, by number of sentence or paragraph

  struct Form {
    std::string text;
    Candidate like;  ///< a candidate for the form, but for its place
  };
  std::unordered_multimap<std::uint32_t, Form> forms_;  ///< by hash_word of the first word
  std::bitset<4096> form_filter_;                       ///< most words begin none: one look at their hash says so
  bool begins_form(std::uint32_t hash) const { return form_filter_[hash % form_filter_.size()]; }
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t> by_span_;
};

}  // namespace fakt
