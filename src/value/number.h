#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "pattern/language.h"

namespace fakt {

/// A decimal number of any length, exact: digits and how many of them are decimals. Never a double.
class Decimal {
 public:
  Decimal() = default;
  explicit Decimal(std::uint64_t integer) : Decimal(std::to_string(integer), "") {}
  /// REQUIRES: both are digits only.
  Decimal(std::string_view integer, std::string_view fraction);

  Decimal times_power_of_ten(int exponent) const;
  Decimal plus(const Decimal& other) const;
  Decimal times(const Decimal& other) const;

  /// Plain notation, without leading zeros, grouping, exponent and trailing zeros: "12000.5".
  std::string text() const;
  /// How many digits its plain notation takes; up to kExactDigits a JSON reader with doubles gives it back unchanged.
  std::size_t significant_digits() const;
  static constexpr std::size_t kExactDigits = 15;
  bool fits_double() const { return significant_digits() <= kExactDigits; }
  bool is_zero() const { return digits_.empty(); }
  /// The digit that stands for 10^place ("1203.5": 2 at place 2, 5 at place -1).
  char digit_at(int place) const;
  /// The lowest place with a digit other than 0; 0 for zero.
  int lowest_place() const { return exponent_; }
  /// The highest place with a digit other than 0; -1 for zero.
  int highest_place() const { return exponent_ + static_cast<int>(digits_.size()) - 1; }

  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);
  friend bool operator==(const Decimal& a, const Decimal& b) { return (a <=> b) == 0; }

 private:
  void trim();
  std::string digits_;  ///< without leading and trailing zeros; "" is 0
  int exponent_ = 0;    ///< value = digits * 10^exponent
};

/// A number in digits, with the separators that newspapers use:
///
///   "1.234,56"  "1,234.56"  "1'000"  "300 000"  "46.5"  "3,5"  "35,-"  "2½"  "1 1/2"
///
/// Of two kinds of separators the last is the decimal one. A single one that is not the language's decimal sign groups
/// if exactly three digits follow ("2.048" is German for 2048). Nothing if the digits are grouped in no such way
/// ("1.2.3.4"), or if a fraction has no end ("1/3").
std::optional<Decimal> parse_digits(std::string_view text, const Language& language);

/// A number in words, by the language's [table.number_word]: "zweihundertfünf", "anderthalb". A word's meaning is a
/// number that is added ("20", "0.5"), one that is added to the unit before it ("undzwanzig" = "+20"), a factor
/// ("x100"), or nothing ("and" = ""). [table.number_part] has further words, which are no numbers by themselves.
/// Nothing for words that make no number: two that claim the same decimal place ("fünf sechs") or do not follow each
/// other
/// ("zehnzwanzig").
std::optional<Decimal> parse_number_words(std::string_view text, const Language& language);

/// Either of the two, or one of them before a word of the language's [table.scale]: "1,2 Millionen", "eine Million".
std::optional<Decimal> parse_number(std::string_view text, const Language& language);

}  // namespace fakt
