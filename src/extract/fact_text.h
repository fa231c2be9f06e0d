#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "document.h"
#include "extract/fact_search.h"

namespace fakt {

/// What may fill a role: a mention, or words that stand for one ("der Konzern").
struct Filler {
  Span span;                    ///< of the words in the sentence
  std::uint64_t type;           ///< one bit; see TypeBits
  std::string_view name, kind;  ///< of its token, as patterns see it, "‹org.company›"; kind: may be empty
  std::uint32_t sentence = 0;
  Argument argument;  ///< the role is open
  double amount = 0;  ///< of money, percent and the like: their key `amount`
};

/// A part of a sentence, or what is left of it without some spans, which are in the order of the text.
struct Stretch {
  Span where;
  std::vector<Span> without = {};

  bool leaves_out(Span span) const {
    return std::any_of(without.begin(), without.end(), [&](const Span& hole) { return hole.overlaps(span); });
  }
  bool contains(Span span) const { return where.contains(span) && !leaves_out(span); }
};

/// A sentence as fact patterns see it. Mentions are tokens, ‹org›, only of the types that the pattern names; so the
/// rest stays readable text. Quotation marks and # are left out, white space of any kind is one space:
///
///   „Nvidia“-Chef Jensen Huang  ->  ‹org.company›-Chef ‹person›
class FactText {
 public:
  struct Token {
    std::uint32_t begin, end;  ///< in text()
    const Filler* filler;      ///< null: the trigger of a hit
  };

  /// `fillers` are those of the sentence, in the order of the text. Of those that overlap the longer becomes a token.
  /// `triggers` become the token of the trigger; they may be none.
  /// `id` is its number for a FactSearch.
  void build(std::string_view document, const Stretch& stretch, const std::vector<const Filler*>& fillers,
             std::uint64_t types, const std::vector<Span>& triggers, std::uint64_t id);

  const std::string& text() const { return text_; }
  FactSubject subject() const { return {&text_, &leads_, id_}; }

  /// Places of text() where a match between words can begin, ascending: the begin of the text, and behind each
  /// character that is none of a word.
  const std::vector<std::uint32_t>& starts();

  /// The first of starts() with such a character before it that begins at or after `from`; from the begin of the text
  /// on, the first of all.
  std::size_t first_start(std::size_t from);

  /// Tokens of fillers that lie in [begin, end) of text().
  std::vector<const Filler*> fillers_in(std::size_t begin, std::size_t end) const;

  /// Where in text() a byte of the document stands, or what is behind it, if it is left out; the end of text() for the
  /// end of the stretch and what is behind it.
  std::uint32_t place_of(std::uint32_t origin) const;

  /// Where [begin, end) of text() stands in the document, without spaces at its ends.
  Span original(std::size_t begin, std::size_t end) const;

 private:
  /// Bytes of text_ that stand side by side in the document, too; or a token.
  struct Piece {
    std::uint32_t begin, origin;
    std::uint32_t token_end;  ///< where the mention ends in the document; 0: no token
  };

  void put(std::string_view name, std::string_view kind, Span span, const Filler* filler);
  void copy(std::string_view document, const Stretch& stretch, std::uint32_t begin, std::uint32_t end);
  void copy_all(std::string_view document, std::uint32_t begin, std::uint32_t end);
  void copy_special(std::string_view document, Span where, std::uint32_t at, char32_t c, unsigned size);
  void append(std::string_view bytes, std::uint32_t origin);
  std::uint32_t origin(std::size_t at) const;

  std::string text_, leads_;
  std::uint64_t id_ = 0;
  std::vector<Piece> pieces_;
  std::vector<Token> tokens_, chosen_;  ///< chosen_: of the build, with begin and end in the document
  std::vector<std::uint32_t> starts_;   ///< empty: not yet known
};

/// Bytes between two spans; 0 if they overlap.
long distance(Span a, Span b);

/// The word that ends before a place and one space; empty if there is none.
std::string_view word_before(std::string_view text, std::uint32_t at);

/// The word that begins behind a place and a space; empty if there is none.
std::string_view word_after(std::string_view text, std::uint32_t at);

/// Where a clause of a sentence ends.
struct ClauseBreak {
  std::uint32_t at;  ///< offset in the document
  char bracket;      ///< '(' or ')'; a space: something else
};

/// Where the clauses of a stretch of text end: after a comma, semicolon or colon before a space, at a dash between
/// spaces, at round brackets; ascending.
std::vector<ClauseBreak> clause_breaks(std::string_view document, const Stretch& stretch);

/// How many breaks lie between two places. Brackets that open and close between them count for nothing, with all that
/// is in them: the clause goes on behind them.
int breaks_between(const std::vector<ClauseBreak>& breaks, std::uint32_t a, std::uint32_t b);

}  // namespace fakt
