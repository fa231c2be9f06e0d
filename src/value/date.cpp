#include "value/date_resolver.h"

namespace fakt {
namespace {

constexpr int kFirstYear = 1, kLastYear = 9999;

void add_key(Mention& mention, const char* name, std::string value) {
  for (const auto& key : mention.keys)
    if (key.name == name) return;
  constexpr std::size_t kUsual = 4;
  if (mention.keys.empty()) mention.keys.reserve(kUsual);
  mention.keys.push_back({name, std::move(value)});
}

}  // namespace

/// Slots: any of the terms of date tables (date_terms.h), and day, month, year, short_year, week, quarter, half,
/// decade, century, nth and count as numbers.
bool normalize_date(const Captures& captures, const ValueContext& context, Mention& mention) {
  DateTerms terms(captures, context, mention.span);
  if (terms.empty()) return true;
  DateAnchor anchor(context, mention);
  auto reading = DateResolver(terms, anchor, context.dates).read();
  if (!reading) return false;
  mention.value = reading->value;
  if (reading->period) {
    Day from = reading->period->first, to = last_day(reading->until.value_or(*reading->period));
    if (year_of(from) >= kFirstYear && year_of(to) <= kLastYear && from <= to) {
      add_key(mention, "from", iso_date(from));
      add_key(mention, "to", iso_date(to));
    }
  }
  if (auto mod = terms.value("mod"); !mod.empty()) add_key(mention, "mod", std::string(mod));
  if (reading->by_context || reading->by_document)
    add_key(mention, "anchor", reading->by_context ? "context" : "document");
  return true;
}

/// The date that a document bears: complete by itself, as there is nothing to resolve it against.
bool normalize_dateline(const Captures& captures, const ValueContext& context, Mention& mention) {
  DateTerms terms(captures, context, mention.span);
  DateAnchor anchor(context, mention);
  auto reading = DateResolver(terms, anchor, context.dates).read();
  if (!reading || !reading->period || reading->by_document) return false;
  Grain grain = reading->period->grain;
  if (grain != Grain::day && grain != Grain::month && grain != Grain::year) return false;
  mention.value = reading->value;
  return true;
}

}  // namespace fakt
