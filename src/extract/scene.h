#pragma once

#include <string_view>
#include <vector>

#include "extract/candidate.h"
#include "text/text_index.h"

namespace fakt {

/// A document that is searched.
struct Searched {
  std::string_view text;
  const TextIndex* index = nullptr;
  std::vector<Found>* found = nullptr;  ///< of each type of the plan
};

/// The document that is searched, and the sentence at hand.
struct Scene : Searched {
  std::uint32_t number = 0;  ///< of the sentence
  Span sentence;
  std::string_view until_end;  ///< the text up to the end of the sentence

  void enter(std::uint32_t sentence_number) {
    number = sentence_number;
    sentence = index->sentences[number].span;
    until_end = text.substr(0, sentence.end);
  }
};

}  // namespace fakt
