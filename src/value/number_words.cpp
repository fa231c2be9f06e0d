#include <algorithm>

#include "pattern/pattern_set.h"
#include "text/unicode.h"
#include "value/number.h"

namespace fakt {
namespace {

constexpr std::size_t kLongestWord = 24;  ///< bytes of a spelling in the table

/// A word's meaning, taken apart.
struct Word {
  bool link = false;        ///< "": joins its neighbours
  bool factor = false;      ///< "x100"
  bool after_unit = false;  ///< "+20": einundzwanzig
  Decimal value;
};

Word read_meaning(std::string_view meaning) {
  Word out;
  out.link = meaning.empty();
  out.factor = meaning.starts_with('x');
  out.after_unit = meaning.starts_with('+');
  meaning.remove_prefix(out.factor || out.after_unit);
  std::size_t point = std::min(meaning.find('.'), meaning.size());
  out.value = Decimal(meaning.substr(0, point), point < meaning.size() ? meaning.substr(point + 1) : "");
  return out;
}

/// What has been read of a number, as in "zwei Millionen dreihundert|tausend".
class Sum {
 public:
  bool take(const Word& word) {
    if (word.link) {
      linked_ = true;
      return any_;
    }
    bool fits = word.factor ? multiply(word.value) : add(word.value, word.after_unit);
    linked_ = false;
    any_ = true;
    return fits;
  }

  std::optional<Decimal> value() const {
    if (!any_ || linked_ || !goes_below(current_, total_)) return std::nullopt;
    return total_.plus(current_);
  }

 private:
  /// Whether all digits of `small` stand right of those of `big`: 5 below 120.
  static bool goes_below(const Decimal& small, const Decimal& big) {
    return small.is_zero() || big.is_zero() || small.highest_place() < big.lowest_place();
  }

  bool add(const Decimal& value, bool after_unit) {
    if (zero_ || (value.is_zero() && any_)) return false;
    zero_ = value.is_zero();
    bool unit_first = !current_.is_zero() && current_.lowest_place() == 0 && current_.digit_at(1) == '0';
    if (after_unit ? !unit_first : !goes_below(value, current_)) return false;
    current_ = current_.plus(value);
    return true;
  }

  bool multiply(const Decimal& factor) {
    if (zero_) return false;
    if (factor < Decimal(1000)) {
      if (current_.highest_place() > 1) return false;  // fünfhundertzweihundert
      current_ = current_.is_zero() ? factor : current_.times(factor);
      return true;
    }
    if (total_ < factor) {  // dreitausendzwei Millionen
      if (!goes_below(current_, total_)) return false;
      Decimal all = total_.plus(current_);
      total_ = all.is_zero() ? factor : all.times(factor);
    } else {
      Decimal part = current_.is_zero() ? factor : current_.times(factor);
      if (!goes_below(part, total_)) return false;
      total_ = total_.plus(part);
    }
    current_ = Decimal();
    return true;
  }

  Decimal total_, current_;
  bool any_ = false, linked_ = false, zero_ = false;
};

}  // namespace

std::optional<Decimal> parse_number_words(std::string_view text, const Language& language) {
  if (!language.number_words) return std::nullopt;
  const Table* parts = language.table("number_part");
  Sum sum;
  for (std::size_t i = 0; i < text.size();) {
    if (auto [c, size] = decode(text, i); is_space(c) || c == '-') {
      i += size;
      continue;
    }
    const TableEntry* entry = nullptr;
    std::size_t size = std::min(text.size() - i, kLongestWord);
    for (; size > 0; --size) {
      bool whole = i + size == text.size() || (static_cast<unsigned char>(text[i + size]) & 0xC0) != 0x80;
      if (!whole) continue;
      entry = language.number_words->find(text.substr(i, size));
      if (!entry && parts) entry = parts->find(text.substr(i, size));
      if (entry) break;
    }
    if (!entry || !sum.take(read_meaning(entry->meaning))) return std::nullopt;
    i += size;
  }
  return sum.value();
}

}  // namespace fakt
