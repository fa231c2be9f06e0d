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

/// "vor drei Wochen", "in einem halben Jahr", "zwei Tage nach morgen", "die letzten drei Wochen". To linguists those
/// without a day to count from are durations.
DateResolver::Found DateResolver::counted() {
  bool based = is_feast() || terms_.has("day") || terms_.has("weekday");
  if (mode_ == DatesMode::reference && !based) return std::nullopt;
  auto unit = terms_.unit();
  auto toward = terms_.relative("toward"), shift = terms_.relative("shift");
  auto base = counting_base();
  std::string_view text = terms_.value("count");
  if (!unit || !base || text.empty() || text == "X") return std::nullopt;
  std::size_t point = std::min(text.find('.'), text.size());
  Decimal count(text.substr(0, point), point < text.size() ? text.substr(point + 1) : "");
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
