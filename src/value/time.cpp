#include <fmt/format.h>

#include <algorithm>

#include "value/date_resolver.h"

namespace fakt {
namespace {

constexpr std::uint32_t kNearClock = 1, kNearPart = 3;  ///< sentences back in which "20 Uhr", "am Abend" find a day

/// "täglich", "montags": a set of days.
bool is_set_of_days(const Mention& mention) {
  std::string_view value = mention.value;
  return value.starts_with("XXXX-W") || (value.starts_with("P") && value.ends_with("D"));
}

bool is_day(const Mention& mention) {
  auto period = parse_period(std::string_view(mention.value).substr(0, 10));
  return period && period->grain == Grain::day;
}

/// Whether a time is of no one day, as in "täglich von 10 bis 18 Uhr": of the days and sets of days in its sentence the
/// last one before it, else the first one behind it is a set.
bool comes_again(const ValueContext& context, const Mention& mention) {
  auto tells = [&](const Mention& m) { return is_set_of_days(m) || is_day(m); };
  const auto& anchors = context.anchors;
  auto behind = std::partition_point(anchors.begin(), anchors.end(),
                                     [&](const Mention& m) { return m.span.begin < mention.span.begin; });
  for (auto before = behind; before != anchors.begin() && (--before)->sentence == mention.sentence;)
    if (tells(*before)) return is_set_of_days(*before);
  for (; behind != anchors.end() && behind->sentence == mention.sentence; ++behind)
    if (tells(*behind)) return is_set_of_days(*behind);
  return false;
}

/// The last mention before `at`, of those of the sentences from `first` on that stand for one day.
const Mention* last_day_before(const std::vector<Mention>& mentions, std::uint32_t first, std::uint32_t at) {
  auto end =
      std::partition_point(mentions.begin(), mentions.end(), [&](const Mention& m) { return m.span.begin < at; });
  while (end != mentions.begin() && (--end)->sentence >= first) {
    if (is_day(*end)) return &*end;
  }
  return nullptr;
}

/// The day that a time stands by: that of the last date or time before it in its sentence, else of the first date
/// behind it there, else of the last one of the sentences before.
std::optional<Day> day_beside(const ValueContext& context, const Mention& mention, std::uint32_t near) {
  std::uint32_t at = mention.span.begin;
  const Mention* best = last_day_before(context.anchors, mention.sentence, at);
  const Mention* time = last_day_before(context.earlier, mention.sentence, at);
  if (time && (!best || time->span.begin > best->span.begin)) best = time;
  if (!best) {
    auto behind = std::partition_point(context.anchors.begin(), context.anchors.end(),
                                       [&](const Mention& m) { return m.span.begin < at; });
    for (; !best && behind != context.anchors.end() && behind->sentence == mention.sentence; ++behind)
      if (auto period = parse_period(behind->value); period && period->grain == Grain::day) best = &*behind;
  }
  if (!best) best = last_day_before(context.anchors, mention.sentence - std::min(near, mention.sentence), at);
  if (!best) return std::nullopt;
  return parse_period(std::string_view(best->value).substr(0, 10))->first;
}

/// "20:30", "EV".
std::optional<std::string> time_of_day(const DateTerms& terms) {
  if (auto part = terms.value("part"); !part.empty() && !terms.has("hour")) return std::string(part);
  auto hour = terms.absolute("hour"), minute = terms.absolute("minute");
  int h = hour.value_or(-1), m = minute.value_or(0);
  if (auto shift = terms.relative("minute")) m = *shift;  // "halb neun", "Viertel vor acht"
  if (m < 0) m += 60, h -= 1;
  std::string_view part = terms.value("part");
  if (h == 12 && (part == "MO" || part == "NI")) h = part == "NI" && m == 0 ? 24 : 0;  // "12:30 a.m."
  bool later =
      ((part == "EV" || part == "AF") && h >= 1) || (part == "NI" && h >= 8) || (part == "MI" && h >= 0 && h < 4);
  if (later && h < 12) h += 12;  // "8 Uhr abends"
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
  } else if (comes_again(context, mention)) {
    date.clear();
  } else {
    if ((day = day_beside(context, mention, terms.has("hour") ? kNearClock : kNearPart)))
      anchor = "context";
    else if ((day = DateAnchor(context, mention).document(Grain::day)))
      anchor = "document";
    if (day) {
      *day += std::chrono::days(terms.relative("then").value_or(0));  // "am nächsten Morgen"
      date = iso_date(*day);
    }
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
