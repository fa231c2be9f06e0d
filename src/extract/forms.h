#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "extract/reuse.h"
#include "pattern/names.h"
#include "text/text_index.h"

namespace fakt {

class Weighing;

/// A way to write a name that was accepted in a document, good for it wherever else it stands there.
struct Form {
  Weighing* weighing;     ///< of its type
  std::string_view text;  ///< gaps are single spaces
  const Name* name;       ///< its entry in a name list, if it has one
  double weight;
  double alone;           ///< weight where no other name touches it; only of single words
  std::uint32_t lead;     ///< number of the candidate that established the name
  std::uint32_t key = 0;  ///< of the word that it is found by: the first one
  bool one_word = false;
  std::uint32_t parent = 0;
};

/// The forms of a document, of names of all types, found by their first word. Looking at a word costs the logarithm of
/// the forms that begin with it, and as much again for each form that stands there.
class Forms {
 public:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  void clear() {
    clear_for_reuse(forms_);
    clear_for_reuse(ranges_);
    clear_for_reuse(filter_);
  }
  bool empty() const { return forms_.empty(); }
  std::size_t size() const { return forms_.size(); }

  /// The number of a new form; kNone if it does not begin with a word.
  std::uint32_t add(const Form& form);
  Form& operator[](std::uint32_t number) { return forms_[number]; }

  /// Those from a number on that are of one word are to be found with each of the `endings`, too. Adds to them.
  void inflect(std::size_t from, const std::vector<std::string_view>& endings);

  /// REQUIRED between the last form added and the first find(); changes the numbers.
  void finish();

  /// Words that the text has with a small letter, too, are no names by themselves: they lose their weight `alone`.
  /// REQUIRES: finish() was called.
  void doubt_small_words(std::string_view text, const std::vector<Token>& tokens);

  /// What a word is found by: its hash is the same for both cases, but few names begin with a small letter.
  static std::uint32_t key(std::uint32_t hash, char first) {
    return hash + static_cast<unsigned char>(first) * 0x9E3779B1u;
  }

  /// Whether a form may be found by a key: no means no. To be copied, so that it stays in registers.
  struct Filter {
    const std::uint64_t* bits;
    std::uint32_t mask;
    bool may_have(std::uint32_t key) const { return bits[(key & mask) >> 6] >> (key & 63) & 1; }
  };
  Filter filter() const { return {filter_.data(), mask_}; }

  /// Calls visit(form) for the forms of the key that `here` begins with: longer ones first, of equal ones the last
  /// added. A line break in `here` counts as a space.
  template <typename Visit>
  void find(std::string_view here, std::uint32_t key, Visit visit) const {
    Range range = range_of(key);
    auto first = forms_.begin() + range.first, last = forms_.begin() + range.last;
    auto after = std::partition_point(first, last, [&](const Form& f) { return compare(f.text, here) <= 0; });
    if (after == first) return;
    for (auto i = static_cast<std::uint32_t>(after - forms_.begin()) - 1; i != kNone; i = forms_[i].parent)
      if (compare(forms_[i].text, here) == 0) visit(forms_[i]);
  }

 private:
  struct Range {
    std::uint32_t key = 0, first = 0, last = 0;  ///< of forms_; none if first == last
  };
  Range range_of(std::uint32_t key) const;

  /// 0 if `here` begins with the form, else which of them stands first in a lexicon.
  static int compare(std::string_view form, std::string_view here);

  std::vector<Form> forms_;            ///< once finished, by key, then as in a lexicon
  std::vector<Range> ranges_;          ///< open addressing; a power of two of them, at most half are taken
  std::vector<std::uint64_t> filter_;  ///< a bit for each value of key & mask_
  std::uint32_t mask_ = 0;
};

}  // namespace fakt
