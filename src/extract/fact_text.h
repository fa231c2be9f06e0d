#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "document.h"

namespace fakt {

/// What may fill a role: a mention, or words that stand for one ("der Konzern").
struct Filler {
  Span span;           ///< of the words in the sentence
  std::uint64_t type;  ///< one bit; see TypeBits
  std::string token;   ///< as patterns see it: "‹org.company›"
  std::uint32_t sentence = 0;
  Argument argument;  ///< the role is open
  double amount = 0;  ///< of money, percent and the like: their key `amount`
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
  void build(std::string_view document, Span where, const std::vector<const Filler*>& fillers, std::uint64_t types,
             const std::vector<Span>& triggers);

  const std::string& text() const { return text_; }

  /// Tokens of fillers that lie in [begin, end) of text().
  std::vector<const Filler*> fillers_in(std::size_t begin, std::size_t end) const;

  /// Where [begin, end) of text() stands in the document, without spaces at its ends.
  Span original(std::size_t begin, std::size_t end) const;

 private:
  void put(std::string_view token, Span span, const Filler* filler);
  void copy(std::string_view document, std::uint32_t begin, std::uint32_t end);

  std::string text_;
  std::vector<std::uint32_t> origin_;  ///< of each byte of text_
  std::vector<Token> tokens_;
};

/// Bytes between two spans; 0 if they overlap.
long distance(Span a, Span b);

/// Where the clauses of a stretch of text end: after a comma, semicolon or colon before a space, at a dash between
/// spaces, at round brackets. Offsets in the document, ascending.
std::vector<std::uint32_t> clause_breaks(std::string_view document, Span where);

/// How many breaks lie between two places.
int breaks_between(const std::vector<std::uint32_t>& breaks, std::uint32_t a, std::uint32_t b);

}  // namespace fakt
