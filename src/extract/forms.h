#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "extract/reuse.h"
#include "pattern/names.h"

namespace fakt {

/// A way to write a name that was accepted in a document, good for it wherever else it stands there.
struct Form {
  std::string_view text;  ///< gaps are single spaces
  const Name* name;       ///< its entry in a name list, if it has one
  double weight;
  std::uint32_t lead;      ///< number of the candidate that established the name
  std::uint32_t hash = 0;  ///< hash_word of its first word
  std::uint32_t parent = 0;
};

/// The forms of a document, found by their first word. Looking at a word costs the logarithm of the forms that begin
/// with it, and as much again for each form that stands there.
class Forms {
 public:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  void clear() {
    clear_for_reuse(forms_);
    clear_for_reuse(ranges_);
    clear_for_reuse(filter_);
  }
  bool empty() const { return forms_.empty(); }

  /// The number of a new form; kNone if it does not begin with a word.
  std::uint32_t add(const Form& form);
  Form& operator[](std::uint32_t number) { return forms_[number]; }

  /// REQUIRED between the last add() and the first find(); changes the numbers.
  void finish();

  /// Whether a form may begin with a word of a hash: no means no. To be copied, so that it stays in registers.
  struct Filter {
    const std::uint64_t* bits;
    std::uint32_t mask;
    bool may_begin(std::uint32_t hash) const { return bits[(hash & mask) >> 6] >> (hash & 63) & 1; }
  };
  Filter filter() const { return {filter_.data(), mask_}; }

  /// Calls visit(form) for the forms that `here` begins with and whose first word has this hash: longer ones first, of
  /// equal ones the last added. A line break in `here` counts as a space.
  template <typename Visit>
  void find(std::string_view here, std::uint32_t hash, Visit visit) const {
    Range range = range_of(hash);
    auto first = forms_.begin() + range.first, last = forms_.begin() + range.last;
    auto after = std::partition_point(first, last, [&](const Form& f) { return compare(f.text, here) <= 0; });
    if (after == first) return;
    for (auto i = static_cast<std::uint32_t>(after - forms_.begin()) - 1; i != kNone; i = forms_[i].parent)
      if (compare(forms_[i].text, here) == 0) visit(forms_[i]);
  }

 private:
  struct Range {
    std::uint32_t hash = 0, first = 0, last = 0;  ///< of forms_; none if first == last
  };
  Range range_of(std::uint32_t hash) const;

  /// 0 if `here` begins with the form, else which of them stands first in a lexicon.
  static int compare(std::string_view form, std::string_view here);

  std::vector<Form> forms_;            ///< once finished, by first word, then as in a lexicon
  std::vector<Range> ranges_;          ///< open addressing; a power of two of them, at most half are taken
  std::vector<std::uint64_t> filter_;  ///< a bit for each value of hash & mask_
  std::uint32_t mask_ = 0;
};

}  // namespace fakt
