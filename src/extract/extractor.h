#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "document.h"
#include "extract/candidate.h"
#include "extract/matcher.h"
#include "pattern/pattern_sets.h"
#include "text/text_index.h"
#include "text/vocabulary.h"
#include "value/normalizer.h"

namespace fakt {

struct ExtractOptions {
  std::string lang;  ///< of all documents; "" is auto
  std::string date;  ///< of all documents; "" is each document's own
  DatesMode dates = DatesMode::day;
  std::set<std::string> types;  ///< what to return; empty: the default types and those of own files
  Engine engine = Engine::fast;
  bool trace = false;  ///< keep what was weighed and lost
};

/// What one document, or one part of it, says.
struct Extraction {
  const PatternSet* patterns = nullptr;  ///< null: no language fits
  TextIndex index;
  std::vector<Mention> mentions;  ///< in the order of the text; disjoint within a type
  std::vector<Fact> facts;        ///< in the order of the text

  struct Traced {
    Candidate candidate;
    bool accepted;
    std::string beaten_by;  ///< why it was not printed; "" if it was
  };
  std::vector<Traced> trace;
};

/// Types printed when none is asked for, besides those of the user's own files.
const std::vector<std::string>& default_types();

/// The cascade: text -> sentences -> candidates -> evidence -> disjoint mentions -> values -> facts.
/// One for each thread; it compiles the patterns that it needs.
class Extractor {
 public:
  /// REQUIRES: `sets` outlives the extractor.
  Extractor(const PatternSets& sets, ExtractOptions options);
  /// Another one that does the same, for another thread. They share what does not change.
  Extractor(const Extractor& other);
  Extractor& operator=(const Extractor&) = delete;
  ~Extractor();

  /// Fills `out`; sets lang and date of the document where they were to be found out.
  void run(Document& document, Extraction& out);

  /// Fills `out` for one document after the other, in their order, and calls done(document) each time. All at once is
  /// faster than one by one; it takes memory for the words of all. `out` is whole only as long as done() runs.
  void run(std::span<Document> documents, Extraction& out, const std::function<void(const Document&)>& done);

 private:
  struct Compiled;  ///< matchers of one language
  struct Page;      ///< a document at work

  const PatternSet* choose_language(Document& document, const TextIndex& index) const;
  void find_date(Compiled& compiled, Document& document, const TextIndex& index);
  std::unique_ptr<Compiled> compile(const PatternSet& set) const;
  bool wanted(const Type& type) const;
  void read(Document& document, Page& page);
  void weigh(Compiled& compiled, const Document& document, std::vector<Found>& found, Extraction& out);
  static void contest(Compiled& compiled);
  void find_mentions(Compiled& compiled, const Document& document, std::vector<Found>& found, Extraction& out);
  void search(std::span<Page> pages);
  void finish(Page& page, Extraction& out);
  void make_mentions(Compiled& compiled, std::size_t lane, const Document& document, const TextIndex& index);

  const PatternSets& sets_;
  ExtractOptions options_;
  std::shared_ptr<Plans> plans_;
  Vocabulary words_;
  std::vector<Page> pages_;  ///< their memory serves all calls
  std::map<const PatternSet*, std::unique_ptr<Compiled>> compiled_;
};

}  // namespace fakt
