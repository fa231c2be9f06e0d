#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "pattern/node_text.h"
#include "pattern/relative.h"
#include "pattern/syntax.h"
#include "pattern/word_filter.h"

namespace fakt {

/// A word, or a part of one, that the scan over a text can find without a regex. Its text is folded: see fold_word.
struct Atom {
  /// capitals: a word with two capital letters side by side.
  enum class Kind : std::uint8_t { word, prefix, suffix, symbol, capitals } kind;
  Text text;  ///< symbol: one character that is neither letter, digit nor space, as it is; capitals: none
  friend auto operator<=>(const Atom&, const Atom&) = default;
};

/// What a match of a pattern cannot do without: every match holds one of the atoms. The loader finds it by itself, and
/// takes the one that is rarest in news; regexes run only around the places where the scan sees an atom.
struct Trigger {
  std::vector<Atom> atoms;                                ///< sorted
  double cost = 0;                                        ///< how often one of them is to be expected in 1,000 words
  std::uint32_t lead_bytes = 0;                           ///< a match begins at most so many bytes before the atom
  std::uint32_t lead_words = 0;                           ///< and so many words before the word that holds it
  WordFilter anchor;                                      ///< the words with the atom, as they are written
  bool at_begin = false;                                  ///< a match may begin with the atom
  Node approach;                                          ///< what a match holds before the atom: see approach.h
  static constexpr std::uint32_t kAnywhere = kUnbounded;  ///< no bound
};

/// The cheapest trigger of a pattern, from its parse tree: the words of its required parts, with digits taken as one,
/// so that `[12]\d{3}` is the word "0000", or the capitals of `[A-Z]{2,5}`. `frequent` are folded words of the language
/// that stand everywhere. Nothing for a pattern that requires no word or sign: `[A-Z][a-z]+ [a-z]+`.
std::optional<Trigger> derive_trigger(const Node& pattern, const std::set<std::string>& frequent);

/// The cheapest trigger whose atoms begin or end with a word that `named` requires, so that the author of a pattern can
/// say what to look for. Nothing if `named` requires no word, or if the pattern can do without these words.
std::optional<Trigger> derive_trigger(const Node& pattern, const Node& named, const std::set<std::string>& frequent);

/// How often an atom is to be expected in 1,000 words of news. Only the order of sizes matters: it decides between a
/// currency and a digit, a month and "im".
double frequency(const Atom& atom, const std::set<std::string>& frequent);

/// The same for a list of atoms. Most words of a long list are rarer than their length says: ISO 4217, not "Euro".
double frequency(const std::vector<Atom>& atoms, const std::set<std::string>& frequent);

/// Case folded and digits made one: "RTX4090" -> "rtx0000". ASCII and Latin-1 letters only; others stay.
std::string fold_word(std::string_view word);

}  // namespace fakt
