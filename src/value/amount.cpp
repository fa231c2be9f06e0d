#include "value/amount.h"

#include <algorithm>
#include <charconv>
#include <iterator>

namespace fakt {
namespace {

/// The number of a slot, times ten to what its scale means.
std::optional<Decimal> scaled(const Captures& captures, std::string_view number, std::string_view scale,
                              const Language& language) {
  auto value = parse_number(captures.text(number), language);
  if (value) value = value->times_power_of_ten(small_integer(captures.meaning(scale)));
  return value;
}

/// "$1,200": what follows the first digits is thousands, though the language would take the comma for a decimal one.
std::optional<Decimal> with_thousands(std::string_view first, std::string_view groups) {
  std::string digits(first);
  std::copy_if(groups.begin(), groups.end(), std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
  return Decimal(digits, "");
}

/// "zehn- bis zwanzigtausend", "20- bis 30.000": the low end shares what the high end is counted in.
Decimal share_unit(const Decimal& low, const Decimal& high) {
  for (int places : {3, 2})
    if (Decimal shared = low.times_power_of_ten(places); high.lowest_place() >= places && shared < high) return shared;
  return low;
}

void add_number(Mention& mention, const char* name, const Decimal& number) {
  if (number.fits_double()) mention.keys.push_back({name, number.text(), true});
}

}  // namespace

std::string_view field_of(const TableEntry& row, std::string_view name) {
  for (const auto& [field, value] : row.fields)
    if (field == name) return value;
  return {};
}

std::string_view field_of(const Capture& capture, std::string_view name) {
  return capture.entry ? field_of(*capture.entry, name) : std::string_view();
}

int small_integer(std::string_view text) {
  int out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

std::optional<Amount> read_amount(const Captures& captures, const Language& language, int power, int low_power) {
  auto high = captures.find("thousands") ? with_thousands(captures.text("amount"), captures.text("thousands"))
                                         : scaled(captures, "amount", "scale", language);
  if (!high) return std::nullopt;
  if (captures.find("rest")) {
    auto rest = scaled(captures, "rest", "rest_scale", language);
    if (!rest || rest->highest_place() >= high->lowest_place()) return std::nullopt;
    high = high->plus(*rest);
  }
  Amount out{std::nullopt, high->times_power_of_ten(power)};
  if (!captures.find("low")) return out;
  bool own_scale = captures.find("low_scale");
  auto low = scaled(captures, "low", own_scale ? "low_scale" : "scale", language);
  if (low && *low > *high && !own_scale) low = parse_number(captures.text("low"), language);
  if (!low) return std::nullopt;
  if (captures.find("hung")) low = share_unit(*low, *high);
  out.low = low->times_power_of_ten(low_power);
  if (*out.low > out.high) return std::nullopt;
  return out;
}

std::string text_of(const Amount& amount) {
  return amount.low ? amount.low->text() + ".." + amount.high.text() : amount.high.text();
}

void add_amount_keys(Mention& mention, const Amount& amount) {
  add_number(mention, "amount", amount.low ? *amount.low : amount.high);
  if (amount.low) add_number(mention, "amount_max", amount.high);
}

}  // namespace fakt
