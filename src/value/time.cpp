#include <fmt/format.h>

#include <algorithm>

#include "value/date_resolver.h"

namespace fakt {
namespace {

constexpr std::uint32_t kNear = 2;  ///< sentences back in which a time finds its day

/// The day that a time stands by: the last one before it in its sentence, else the first behind it, else the last one
/// of the sentences before.
const Mention* day_beside(const ValueContext& context, const Mention& mention) {
  const Mention* best = nullptr;
  auto near = std::partition_point(context.anchors.begin(), context.anchors.end(),
                                   [&](const Mention& date) { return date.sentence + kNear < mention.sentence; });
  for (; near != context.anchors.end() && near->sentence <= mention.sentence; ++near) {
    const Mention& date = *near;
    auto period = parse_period(date.value);
    if (!period || period->grain != Grain::day) continue;
    bool before = date.span.begin < mention.span.begin;
    if (before || !best || best->sentence < mention.sentence) best = &date;
    if (!before) break;
  }
  return best;
}

/// "20:30", "EV".
std::optional<std::string> time_of_day(const DateTerms& terms) {
  if (auto part = terms.value("part"); !part.empty() && !terms.has("hour")) return std::string(part);
  auto hour = terms.absolute("hour"), minute = terms.absolute("minute");
  int h = hour.value_or(-1), m = minute.value_or(0);
  if (auto shift = terms.relative("minute")) m = *shift;  // "halb neun", "Viertel vor acht"
  if (m < 0) m += 60, h -= 1;
  std::string_view part = terms.value("part");
  if ((part == "EV" || part == "AF") && h >= 1 && h < 12) h += 12;  // "8 Uhr abends"
  if (h < 0 || h > 24 || m > 59 || (h == 24 && m > 0)) return std::nullopt;
  std::string out = fmt::format("{:02}:{:02}", h, m);
  if (auto second = terms.absolute("second")) {
    if (*second > 59) return std::nullopt;
    out += fmt::format(":{:02}", *second);
  }
  return out;
}

}  // namespace

/// Slots: hour, minute, second, part (of the day), and the terms of a date that stand in the mention ("heute Abend").
bool normalize_time(const Captures& captures, const ValueContext& context, Mention& mention) {
  DateTerms terms(captures, context, mention.span);
  if (terms.empty()) return true;
  auto time = terms.ok() ? time_of_day(terms) : std::nullopt;
  if (!time) return false;
  std::optional<Day> day;
  std::string date = "XXXX-XX-XX", anchor;
  if (terms.has("day") || terms.has("today") || terms.has("weekday")) {
    DateAnchor written(context, mention);
    auto reading = DateResolver(terms, written, DatesMode::day).read();
    if (!reading) return false;
    if (reading->value != "PRESENT_REF") date = reading->value;
    if (reading->period) day = reading->period->first;
    anchor = reading->by_document ? "document" : "";
  } else if (const Mention* beside = day_beside(context, mention)) {
    date = beside->value;
    day = parse_period(date)->first;
    anchor = "context";
  } else if (auto document = DateAnchor(context, mention).document(Grain::day)) {
    day = document;
    date = iso_date(*day);
    anchor = "document";
  }
  mention.value = date + "T" + *time;
  if (day) {
    mention.keys.push_back({"from", iso_date(*day)});
    mention.keys.push_back({"to", iso_date(*day)});
  }
  if (auto mod = terms.value("mod"); !mod.empty()) mention.keys.push_back({"mod", std::string(mod)});
  if (!anchor.empty()) mention.keys.push_back({"anchor", anchor});
  return true;
}

}  // namespace fakt
