#include <fmt/format.h>

#include <array>

#include "value/date_terms.h"
#include "value/number.h"

namespace fakt {
namespace {

/// A unit of durations: "PT" or "P", how many, its letter.
struct DurationUnit {
  std::string_view name;
  bool clock;
  int factor;
  std::string_view letter;
  std::string_view half;  ///< what half of one is, where people say so
};

constexpr std::array<DurationUnit, 13> kUnits = {{{"second", true, 1, "S", ""},
                                                  {"minute", true, 1, "M", "T30S"},
                                                  {"hour", true, 1, "H", "T30M"},
                                                  {"day", false, 1, "D", "T12H"},
                                                  {"weekend", false, 1, "WE", ""},
                                                  {"week", false, 1, "W", ""},
                                                  {"month", false, 1, "M", ""},
                                                  {"quarter", false, 3, "M", ""},
                                                  {"half", false, 6, "M", ""},
                                                  {"year", false, 1, "Y", "6M"},
                                                  {"decade", false, 10, "Y", "5Y"},
                                                  {"century", false, 100, "Y", "50Y"},
                                                  {"millennium", false, 1000, "Y", "500Y"}}};

const DurationUnit* unit_named(const Term* term) {
  if (!term) return nullptr;
  for (const auto& unit : kUnits)
    if (unit.name == term->value) return &unit;
  return nullptr;
}

Decimal decimal(std::string_view text) {
  std::size_t point = std::min(text.find('.'), text.size());
  return {text.substr(0, point), point < text.size() ? text.substr(point + 1) : ""};
}

/// "3Y", "T30M", "XD": what stands behind P. Without a count it is one.
std::optional<std::string> amount(const DateTerms& terms, bool second) {
  const DurationUnit* unit = unit_named(terms.find("unit", second));
  if (!unit) return std::nullopt;
  const Term* count = terms.find("count", second);
  if (count && count->value == "0.5" && !unit->half.empty()) return std::string(unit->half);
  std::string number = "1";
  if (count) number = count->value == "X" ? "X" : decimal(count->value).text();
  if (number != "X") number = decimal(number).times(Decimal(static_cast<std::uint64_t>(unit->factor))).text();
  return (unit->clock ? "T" : "") + number + std::string(unit->letter);
}

/// `count` and `unit`, and of a second part ("drei Jahre und vier Monate") until_count and until_unit.
std::optional<std::string> duration_value(const DateTerms& terms) {
  auto first = amount(terms, false);
  if (!first) return std::nullopt;
  std::string out = "P" + *first;
  if (!terms.find("unit", true)) return out;
  auto second = amount(terms, true);
  if (!second) return std::nullopt;
  if (first->starts_with('T') && second->starts_with('T')) second->erase(0, 1);
  return out + *second;
}

void add_mod(const DateTerms& terms, Mention& mention) {
  if (auto mod = terms.value("mod"); !mod.empty()) mention.keys.push_back({"mod", std::string(mod)});
}

/// To linguists "rund drei Wochen" is a duration as a whole: its hedge lies inside.
void take_hedge_in(const Captures& captures, const ValueContext& context, Mention& mention) {
  if (context.dates != DatesMode::reference) return;
  const char* text = context.document.text.data();
  for (const auto& capture : captures.items)
    if (capture.slot == "mod" && capture.text.data() >= text && capture.text.data() < text + mention.span.begin)
      mention.span.begin = static_cast<std::uint32_t>(capture.text.data() - text);
}

}  // namespace

/// Slots: count, a number or "X" for an unknown one, and unit; see duration_value.
bool normalize_duration(const Captures& captures, const ValueContext& context, Mention& mention) {
  DateTerms terms(captures, context, mention.span);
  if (terms.empty()) return true;
  auto value = terms.ok() ? duration_value(terms) : std::nullopt;
  if (!value) return false;
  mention.value = *value;
  add_mod(terms, mention);
  take_hedge_in(captures, context, mention);
  return true;
}

/// What comes again: on a weekday, in a part of the day, or after every so many units.
bool normalize_set(const Captures& captures, const ValueContext& context, Mention& mention) {
  DateTerms terms(captures, context, mention.span);
  if (terms.empty()) return true;
  if (!terms.ok()) return false;
  std::string_view part = terms.value("part");
  if (auto value = duration_value(terms)) {  // "jeden zweiten Donnerstag im Monat": every month
    mention.value = *value;
  } else if (auto weekday = terms.absolute("weekday")) {
    mention.value = "XXXX-WXX-" + std::to_string(*weekday);
  } else if (auto month = terms.absolute("month"), day = terms.absolute("day");
             month || day) {  // "jedes Jahr am 1. Mai"
    constexpr int kMonths = 12, kDays = 31;
    if ((month && (*month < 1 || *month > kMonths)) || (day && (*day < 1 || *day > kDays))) return false;
    mention.value = month ? fmt::format("XXXX-{:02}", *month) : "XXXX-XX";
    if (day) mention.value += fmt::format("-{:02}", *day);
  } else if (auto season = terms.value("season"); !season.empty()) {
    mention.value = "XXXX-" + std::string(season);
  } else if (!part.empty()) {
    mention.value = "XXXX-XX-XX";
  } else {
    return false;
  }
  if (!part.empty()) mention.value += "T" + std::string(part);
  add_mod(terms, mention);
  return true;
}

}  // namespace fakt
