#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "document.h"

namespace fakt {

struct Language;
class Vocabulary;

/// A run of letters and digits.
struct Token {
  std::uint32_t begin;
  std::uint32_t end;
  std::uint32_t hash;  ///< hash_word of it: the same for both cases and for all digits
  std::uint32_t word;  ///< its number in the vocabulary
};

/// A sentence, without the white space around it.
struct Sentence {
  Span span;
  std::uint32_t first_token;  ///< index of its first token
  std::uint32_t last_token;   ///< one past its last token
  std::uint32_t paragraph;    ///< number of its paragraph in the document
};

/// The words and sentences of a document. Every token lies in exactly one sentence.
struct TextIndex {
  std::vector<Token> tokens;
  std::vector<std::uint32_t> stops;  ///< where . ! ? … and line breaks stand: sentences end nowhere else
  std::vector<Sentence> sentences;

  /// Index of the sentence that holds the byte, or of the next one.
  std::uint32_t sentence_at(std::uint32_t byte) const;
};

/// Finds the tokens and stops in one pass, and counts the words in the vocabulary.
void find_tokens(std::string_view text, Vocabulary& words, TextIndex& index);

/// Cuts the text into sentences by the rules of the language: its lists `abbreviations` (a full stop after them ends
/// no sentence), `closing_abbreviations` and words with `closing_endings` (it does before one of the `starters`),
/// `starters` (words that begin a sentence: after an ordinal, "27. Januar", only they do).
/// REQUIRES: find_tokens was called.
void find_sentences(std::string_view text, const Language& language, TextIndex& index);

}  // namespace fakt
