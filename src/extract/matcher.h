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
  std::uint32_t at;          ///< where in the word the atom begins; of names: the first of their starts
  std::uint32_t starts;      ///< of names: how many of them
  std::uint32_t id : 31;     ///< see Plan::table
  std::uint32_t direct : 1;  ///< matches begin with the word
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

  /// Fills `found` with the candidates and cues of each type of the plan, in the order of their place. `words` numbers
  /// the words of the index.
  void find(std::string_view text, const TextIndex& index, const Vocabulary& words, std::vector<Found>& found);

  GroupSearch& search() { return search_; }

 private:
  /// A search for cues that waits until all candidates of the document are known.
  struct Call {
    std::uint32_t group, at, token, sentence;
  };

  void scan_sentence();
  void scan_gap(std::uint32_t begin, std::uint32_t end, std::uint32_t next_token);
  void begin_document(const Vocabulary& words);
  std::span<const WordCall> calls_of(std::uint32_t word);
  void learn(std::uint32_t word, std::vector<WordCall>& calls);
  void call_for(const WordCall& word_call, const Token& token, std::uint32_t number);
  void learn_names(std::uint32_t id, std::string_view word, std::vector<WordCall>& calls);
  void find_names(std::uint32_t type, const WordCall& word_call, const Token& token);
  void call(std::uint32_t group, std::uint32_t at, std::uint32_t token);
  void run_cues();
  void search_before(std::uint32_t group, std::uint32_t at, std::uint32_t token);
  bool is_one_space(std::uint32_t begin, std::uint32_t end) const;
  void search_everywhere(std::uint32_t group);
  void try_token(std::uint32_t group, const Token& token);
  void try_symbols(std::uint32_t group, std::uint32_t begin, std::uint32_t end);

  const Plan& plan_;
  GroupSearch search_;
  Scene scene_;
  std::vector<std::uint32_t> tried_;  ///< of each group that begins with its trigger: the byte behind the last one
  std::vector<std::vector<std::uint32_t>> tried_from_;  ///< of each other group: where it has been tried, ascending
  std::vector<std::uint32_t> begins_;
  std::vector<Call> cues_;
  std::vector<Gazetteer::Hit> hits_;

  const Vocabulary* words_ = nullptr;
  WordMemory<WordCall> word_calls_;
  std::vector<WordFilter::Head> heads_;  ///< of each word whose calls are known
  std::vector<Gazetteer::Start> starts_;
};

}  // namespace fakt
