#include "value/amount.h"

namespace fakt {

/// Slots: amount, scale, unit (a table: what stands behind the number in the value); for a range also low, low_scale.
/// "10 bis 20 Prozent" is "10..20 %". A row of the table may have a field `power`, the power of ten of the unit.
bool normalize_quantity(const Captures& captures, const ValueContext& context, Mention& mention) {
  const Capture* unit = captures.find("unit");
  if (!unit) return false;
  int power = small_integer(field_of(*unit, "power"));
  auto amount = read_amount(captures, context.language, power, power);
  if (!amount) return false;
  mention.value = text_of(*amount) + " " + std::string(unit->meaning());
  add_amount_keys(mention, *amount);
  mention.keys.push_back({"unit", std::string(unit->meaning())});
  return true;
}

}  // namespace fakt
