#include <algorithm>
#include <charconv>

#include "value/date_resolver.h"
#include "value/number.h"

namespace fakt {
namespace {

namespace chr = std::chrono;

std::optional<int> whole(const Decimal& number) {
  std::string digits = number.text();
  int out = 0;
  auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
  if (code != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return out;
}

Decimal decimal(std::string_view text) {
  std::size_t point = std::min(text.find('.'), text.size());
  return {text.substr(0, point), point < text.size() ? text.substr(point + 1) : ""};
}

/// The same day of the month so many months later, or its last day where it has no such one.
std::optional<Day> plus_months(Day day, int months) {
  auto month = shifted(period_of(Grain::month, day), months);
  if (!month) return std::nullopt;
  return std::min(month->first + chr::days(day_of_month(day) - 1), last_day(*month));
}

/// What a count of units comes to: a day for days, weeks and months, else the year, or the month of half years.
std::optional<Period> counted_off(Day base, const Decimal& count, Grain unit, int sign) {
  int months_each = months_in(unit);
  if (months_each == 0) {
    auto days = whole(count.times(Decimal(unit == Grain::day ? 1 : 7)));
    return days ? shifted(Period{Grain::day, base}, sign * *days) : std::nullopt;
  }
  auto months = whole(count.times(Decimal(static_cast<std::uint64_t>(months_each))));
  auto day = months ? plus_months(base, sign * *months) : std::nullopt;
  if (!day) return std::nullopt;
  if (!whole(count)) return period_of(Grain::month, *day);
  return period_of(months_each < 12 ? Grain::day : Grain::year, *day);
}

}  // namespace

/// The day from which "zwei Tage nach Ostern" and "heute in einer Woche" count; without a word for it, that of writing.
std::optional<Day> DateResolver::counting_base() {
  if (is_feast()) {
    auto day = feast();
    return day && day->period ? std::optional(day->period->first) : std::nullopt;
  }
  auto written = document(Grain::day);
  if (!written) return std::nullopt;
  if (auto weekday = terms_.absolute("weekday")) return weekday_by_direction(*weekday, *written);
  return *written + chr::days(terms_.relative("day").value_or(0));
}

/// "drei Jahre später", "ein Jahr zuvor": from the date that the text spoke of last. A month or a quarter comes to one
/// again, "im Februar 2,8 Prozent, ein Jahr zuvor 3,1". For a look one unit back the day of writing does, too.
DateResolver::Found DateResolver::counted_on() {
  auto unit = terms_.unit();
  auto then = terms_.relative("then");
  std::string_view text = terms_.value("count");
  if (mode_ == DatesMode::reference || !unit || !then || *then == 0 || text == "X") return std::nullopt;
  Decimal count = decimal(text);
  int sign = *then > 0 ? 1 : -1, months_each = months_in(*unit);
  std::initializer_list<Grain> days = {Grain::day, *unit}, months = {Grain::day, Grain::month, *unit};
  std::initializer_list<Grain> all = {Grain::day,  Grain::month,  Grain::quarter,
                                      Grain::half, Grain::season, Grain::year};
  const auto& grains = months_each == 0 ? days : months_each < months_in(Grain::year) ? months : all;
  auto base = anchor_.context_period(grains, sign < 0);
  by_context_ = base.has_value();
  if (!base && sign < 0 && months_each > 0 && text == "1")
    if (auto written = document(*unit)) base = period_of(*unit, *written);
  if (!base) return std::nullopt;
  if (base->grain == Grain::day) return resolved(counted_off(base->first, count, *unit, sign));
  int step = std::max(months_in(base->grain), 1);
  auto steps = whole(count.times(Decimal(static_cast<std::uint64_t>(std::max(months_each, 1)))));
  if (!steps || *steps % step != 0) return std::nullopt;
  return resolved(shifted(*base, sign * *steps / step));
}

/// "Vorjahresquartal", "Vorjahreszeitraum": the period that the text spoke of last, so many months away.
DateResolver::Found DateResolver::same_period() {
  auto months = terms_.relative("same");
  if (!months) return std::nullopt;
  auto unit = terms_.unit();
  std::initializer_list<Grain> any = {Grain::month, Grain::quarter, Grain::half, Grain::season, Grain::year};
  auto base = unit ? anchor_.context_period({*unit}, true) : anchor_.context_period(any, true);
  int step = base ? months_in(base->grain) : 0;
  if (step > 0 && *months % step == 0) {
    by_context_ = true;
    return resolved(shifted(*base, *months / step));
  }
  if (unit) return incomplete(unknown_value(*unit));
  auto year = relative_period(Grain::year, *months / 12, false);
  return year ? resolved(year) : incomplete(unknown_value(Grain::year));
}

/// "vor drei Wochen", "in einem halben Jahr", "zwei Tage nach morgen", "die letzten drei Wochen". To linguists those
/// without a day to count from are durations.
DateResolver::Found DateResolver::counted() {
  if (terms_.has("then")) return counted_on();
  bool based = is_feast() || terms_.has("day") || terms_.has("weekday");
  if (mode_ == DatesMode::reference && !based) return std::nullopt;
  auto unit = terms_.unit();
  auto toward = terms_.relative("toward"), shift = terms_.relative("shift");
  if (!based && toward && *toward > 0 && anchor_.direction() == Direction::past)
    return std::nullopt;  // a length of time
  auto base = counting_base();
  std::string_view text = terms_.value("count");
  if (!unit || !base || text.empty() || text == "X") return std::nullopt;
  Decimal count = decimal(text);
  if (toward) return resolved(counted_off(*base, count, *unit, *toward));
  auto periods = whole(count);
  if (!shift || *shift == 0 || !periods || *periods == 0) return std::nullopt;
  Period now = period_of(*unit, *base);
  auto near = shifted(now, *shift), far = shifted(now, *shift * *periods);
  if (!near || !far) return std::nullopt;
  if (*shift < 0) std::swap(near, far);
  if (*near == *far) return resolved(near);
  return DateReading{timex_value(*near) + "/" + timex_value(*far), near, far};
}

}  // namespace fakt
