#pragma once

#include <bitset>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pattern/diagnostics.h"
#include "pattern/pattern_file.h"
#include "pattern/relative.h"

namespace fakt {

/// A line of names/TYPE.tsv.
struct Name {
  Text canonical;
  Text kind;
  Text id;
};

/// Names of one type, found by the hash of their first word and never by regex, so that their number costs nothing.
class Gazetteer {
 public:
  struct Hit {
    const Name* name;
    std::uint32_t begin;     ///< behind the article, if it has one
    std::uint32_t end;       ///< byte behind the name and its ending
    bool ambiguous = false;  ///< in this spelling also a common word: needs evidence
  };

  /// How names are inflected and what they weigh. Only once.
  void set_rules(const NamesText& rules);
  bool has_rules() const { return has_rules_; }

  /// Reads a list: a header row naming the columns (name kind spellings acronym ambiguous id; only name is required),
  /// then a name a line, tab separated; # begins a comment line. `ambiguous` is 1, or the spellings that are. To be
  /// called after set_rules().
  void add(std::string_view tsv, const std::string& display, Diagnostics& diagnostics);

  /// REQUIRED between the last add() and the first find(). False if nothing was added since.
  bool finish();

  /// A spelling that may begin with a word, and how it goes on: all that one has to know of a word, wherever it stands.
  struct Start {
    std::uint32_t spelling;
    std::uint16_t size;    ///< bytes of its first word
    char separator, next;  ///< behind the first word, and behind a space there; NUL if there is none
  };
  /// Adds the spellings that may begin with the word.
  void starts_of(std::string_view word, std::vector<Start>& out) const;

  /// The names at text[begin] that end at or before `limit`, longest first. `starts`: of the word that stands there.
  void find(std::string_view text, std::uint32_t begin, std::uint32_t limit, std::span<const Start> starts,
            std::vector<Hit>& out) const;

  /// Calls visit(hash) for the words that a name can begin with, as hash_word sees them.
  template <typename Visit>
  void each_first_word(Visit visit) const {
    for (const Bucket& bucket : buckets_)
      if (bucket.count) visit(bucket.hash);
    for (std::uint32_t hash : inflected_first_words_) visit(hash);
  }

  bool empty() const { return names_.empty(); }
  std::size_t size() const { return names_.size(); }
  double weight() const { return weight_; }
  double ambiguous_weight() const { return ambiguous_weight_; }
  const Array<Text>& genitive() const { return genitive_; }
  const Array<Text>& clitics() const { return clitics_; }

 private:
  friend void fields(ImageWriter& writer, const Gazetteer& gazetteer);

  struct Spelling {
    std::uint32_t at, size;  ///< of its text in pool_
    std::uint32_t name;
    std::uint32_t ambiguous;  ///< 1 if it is; as wide as the others, so that no byte of it is unset
  };
  /// Spellings with the same first word: a slot of an open hash table.
  struct Bucket {
    std::uint32_t hash = 0, first = 0, count = 0;
  };
  struct GatheredSpelling {
    std::string text;
    std::uint32_t name;
    bool ambiguous;
  };
  /// What add() gathers, by hash_word of the first word.
  using Gathered = std::map<std::uint32_t, std::vector<GatheredSpelling>>;

  void add_spelling(GatheredSpelling spelling);
  void put(GatheredSpelling spelling);
  void gather_again();
  void add_starts(std::string_view first_word, std::vector<Start>& out) const;
  void try_spelling(std::string_view text, std::uint32_t begin, const Start& start, std::vector<Hit>& out) const;
  std::uint32_t behind_article(std::string_view text, std::uint32_t begin, const Start& start) const;
  std::string_view text_of(const Spelling& spelling) const {
    return std::string_view(pool_).substr(spelling.at, spelling.size);
  }

  Array<Name> names_;
  Array<Text> genitive_, articles_, clitics_;
  std::bitset<256> genitive_leads_;          ///< their first bytes
  Array<std::pair<Text, Text>> inflection_;  ///< see NamesText
  double weight_ = 1, ambiguous_weight_ = 0;
  bool has_rules_ = false;
  Owned<Gathered> gathered_ = make_owned<Gathered>();  ///< until finish()
  Array<Bucket> buckets_;                              ///< a power of two, at most half of them taken
  Array<Spelling> spellings_;                          ///< those of a bucket side by side, longest first
  Text pool_;
  Array<std::uint32_t> inflected_first_words_;  ///< names of one word with an ending of letters: "Nvidias"
};

}  // namespace fakt
