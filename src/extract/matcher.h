#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "extract/candidate.h"
#include "extract/group_search.h"
#include "extract/plan.h"
#include "extract/scene.h"
#include "extract/word_memory.h"
#include "text/text_index.h"
#include "text/vocabulary.h"

namespace fakt {

/// A search that a word calls for.
struct WordCall {
  std::uint32_t at;       ///< where in the word the atom begins; of names: the first of their starts
  std::uint32_t starts;   ///< of names: how many of them
  std::uint32_t id : 31;  ///< see Plan::visit
  std::uint32_t cue : 1;  ///< the group finds cues
};

/// Finds what the patterns and names of a plan say about a document. One for each thread.
///
/// A pattern's candidates are: at each place where a word or a symbol begins, its longest match from there that ends
/// at a word edge, stays in the sentence and has what `before`, `after`, `not_before`, `not_after` and `reject` ask
/// for. Of patterns of a type that match from the same place the longest counts, and all that match just as long; where
/// evidence is weighed, all count.
///
/// Patterns are tried only where the scan has seen a word that their group requires, from the places before it at which
/// a match can begin: what stands in between is read backwards.
class Matcher {
 public:
  /// REQUIRES: `plan` outlives the matcher.
  explicit Matcher(const Plan& plan);

  /// Fills `found` of documents with the candidates and cues of each type of the plan, in the order of their place, and
  /// returns how many documents it has done: at least one, and not many at once that are full of finds. `words` numbers
  /// their words.
  ///
  /// What is found in a document depends on nothing but its text. But the searches of a group are done together in all
  /// of them: one that comes soon after its like finds in the cache what it needs, which makes most of the speed.
  std::size_t find(std::span<const Searched> documents, const Vocabulary& words);

  GroupSearch& search() { return search_; }

 private:
  /// A search of a group that waits until those that other words call for are known.
  struct Call {
    std::uint32_t at;        ///< of the atom, or where the match begins: see Group::begins_with_trigger
    std::uint32_t token;     ///< that holds the atom, or the next one
    std::uint32_t sentence;  ///< counted through all documents: see first_sentences_
    std::uint32_t group;
  };

  void scan_sentence();
  void scan_gap(std::uint32_t begin, std::uint32_t end, std::uint32_t next_token);
  void begin(std::span<const Searched> documents, const Vocabulary& words);
  void enter_document(std::uint32_t number);
  std::span<const WordCall> calls_of(std::uint32_t word);
  void learn(std::uint32_t word, std::vector<WordCall>& calls);
  void learn_names(std::uint32_t id, std::string_view word, std::vector<WordCall>& calls);
  void find_names(std::uint32_t type, const WordCall& word_call, const Token& token);
  void call(std::uint32_t group, bool cue, std::uint32_t at, std::uint32_t token);
  void mark_near();
  bool is_of_use(const Call& call) const;
  void order(const std::vector<Call>& calls);
  void run_all(std::vector<Call>& calls);
  bool run(std::span<const Call> calls, bool waits);
  void search_before(std::uint32_t group, std::uint32_t at, std::uint32_t token);
  bool is_one_space(std::uint32_t begin, std::uint32_t end) const;
  void search_everywhere(std::uint32_t group);
  void try_token(std::uint32_t group, const Token& token);
  void try_symbols(std::uint32_t group, std::uint32_t begin, std::uint32_t end);

  const Plan& plan_;
  GroupSearch search_;
  Scene scene_;  ///< of document_
  std::span<const Searched> documents_;
  std::vector<std::uint32_t>
      first_sentences_;         ///< of each document, and one behind the last; a gap of two between them
  std::uint32_t document_ = 0;  ///< the one at hand

  std::vector<Call> calls_, cues_;    ///< in the order of the text; those for cues come when all candidates are known
  std::vector<Call> ordered_;         ///< the calls at work, group by group
  std::vector<std::uint32_t> ends_;   ///< of each group, in ordered_
  std::vector<std::uint32_t> later_;  ///< groups that wait for another thread
  std::vector<std::uint32_t> tried_;  ///< where the group at hand has been tried of late, ascending
  std::vector<std::uint32_t> begins_;
  std::vector<std::vector<bool>> near_;  ///< of each type, sentences with candidates, one later, and those beside
  std::vector<Gazetteer::Hit> hits_;

  const Vocabulary* words_ = nullptr;
  WordMemory<WordCall> word_calls_;
  std::vector<WordFilter::Head> heads_;  ///< of each word whose calls are known
  std::vector<Gazetteer::Start> starts_;
};

}  // namespace fakt
