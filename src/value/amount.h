#pragma once

#include <optional>
#include <string_view>

#include "value/normalizer.h"
#include "value/number.h"

namespace fakt {

/// A field of the table row that a slot means ("power" of Cent), or "".
std::string_view field_of(const TableEntry& row, std::string_view name);
std::string_view field_of(const Capture& capture, std::string_view name);

/// A whole number as tables write it, "-2"; 0 for "".
int small_integer(std::string_view text);

/// What a number and its scale say together.
struct Amount {
  std::optional<Decimal> low;  ///< for a range, its first number
  Decimal high;
};

/// Reads the slots `amount` and `scale`, and for a range `low` and `low_scale`. A low end without a scale of its own
/// takes that of the other ("10 bis 20 Millionen"), unless it would be the larger one then ("500.000 bis 2 Millionen").
/// `thousands` are further groups of digits, of whatever separator; `rest` goes on after the scale ("eine Million
/// zweihunderttausend"), with `rest_scale` of its own ("4 Milliarden 300 Millionen"); `hung` is the hyphen of "zehn-
/// bis zwanzigtausend". The units behind the numbers count 10^power and 10^low_power. Nothing if a number makes no
/// sense, or if the range runs backwards.
std::optional<Amount> read_amount(const Captures& captures, const Language& language, int power, int low_power);

/// "10000000..20000000", or the one number.
std::string text_of(const Amount& amount);

/// Adds `amount` and, for a range, `amount_max`. Numbers of more than 15 digits are left out, since a reader with
/// doubles would not get them back; the value has them all.
void add_amount_keys(Mention& mention, const Amount& amount);

}  // namespace fakt
