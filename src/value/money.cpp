#include <charconv>
#include <optional>

#include "value/normalizer.h"
#include "value/number.h"

namespace fakt {
namespace {

/// Power of ten that a slot means, "6" for Mio.; 0 for a slot that took no part.
int power_of(const Captures& captures, std::string_view slot) {
  std::string_view meaning = captures.meaning(slot);
  int power = 0;
  std::from_chars(meaning.data(), meaning.data() + meaning.size(), power);
  return power;
}

std::optional<Decimal> amount_of(const Captures& captures, std::string_view number, std::string_view scale, int minor,
                                 const Language& language) {
  std::optional<Decimal> amount = captures.find(number) ? parse_number(captures.text(number), language) : Decimal(1);
  if (amount) amount = amount->times_power_of_ten(power_of(captures, scale) - minor);
  return amount;
}

void add_amount(Mention& mention, const char* name, const Decimal& amount) {
  constexpr std::size_t kExactInDouble = 15;
  if (amount.significant_digits() <= kExactInDouble) mention.keys.push_back({name, amount.text(), true});
}

}  // namespace

/// Slots: amount, scale, currency; for a range also low and low_scale, its first number; minor, the power of ten of a
/// minor unit (Cent: "2"). A row of the table of currencies may have a field minor instead.
bool normalize_money(const Captures& captures, const ValueContext& context, Mention& mention) {
  const Capture* currency = captures.find("currency");
  if (!currency) return false;
  int minor = power_of(captures, "minor");
  if (currency->entry)
    for (const auto& [name, value] : currency->entry->fields)
      if (name == "minor") std::from_chars(value.data(), value.data() + value.size(), minor);
  auto amount = amount_of(captures, "amount", "scale", minor, context.language);
  if (!amount) return false;
  mention.value = std::string(currency->meaning()) + " ";
  if (captures.find("low")) {
    auto low = amount_of(captures, "low", captures.find("low_scale") ? "low_scale" : "scale", minor, context.language);
    if (!low) return false;
    mention.value += low->text() + "..";
    add_amount(mention, "amount", *low);
    add_amount(mention, "amount_max", *amount);
  } else {
    add_amount(mention, "amount", *amount);
  }
  mention.value += amount->text();
  mention.keys.push_back({"currency", std::string(currency->meaning())});
  return true;
}

}  // namespace fakt
