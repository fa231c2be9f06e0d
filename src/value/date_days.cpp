#include <fmt/compile.h>

#include <algorithm>
#include <charconv>

#include "value/date_resolver.h"

namespace fakt {
namespace {

namespace chr = std::chrono;

}  // namespace

/// `easter:+60`, `advent:1`, `advent:-7`, `fixed:10-03`, `nthday:05-7-2`.
DateResolver::Found DateResolver::feast() {
  int month = 0, weekday = 0, n = 0;
  std::string_view nthday = terms_.value("nthday"), fixed = terms_.value("fixed");
  auto number = [](std::string_view text, int& out) { std::from_chars(text.data(), text.data() + text.size(), out); };
  if (nthday.size() >= 6) number(nthday.substr(0, 2), month), number(nthday.substr(3, 1), weekday);
  if (nthday.size() >= 6) number(nthday.substr(5), n);
  if (fixed.size() == 5) number(fixed.substr(0, 2), month), number(fixed.substr(3), n);
  auto at = [&](int year) -> std::optional<Period> {
    std::optional<Day> day;
    if (year < 1 || year > 9999) return std::nullopt;
    if (auto shift = terms_.relative("easter"))
      day = easter_sunday(year) + chr::days(*shift);
    else if (auto sunday = terms_.absolute("advent"))
      day = first_advent(year) + chr::days(7 * (*sunday - 1));
    else if (auto days = terms_.relative("advent"))
      day = first_advent(year) + chr::days(*days);
    else
      day = fixed.empty() ? nth_weekday(year, month, weekday, n) : make_day(year, month, n);
    if (!day) return std::nullopt;
    return Period{Grain::day, *day};
  };
  return in_some_year(at, fixed.empty() ? "XXXX-XX-XX" : fmt::format(FMT_COMPILE("XXXX-{}"), fixed));
}

/// "der zweite Sonntag nach Ostern", "der letzte Samstag vor Weihnachten".
DateResolver::Found DateResolver::beside_feast() {
  auto weekday = terms_.absolute("weekday"), toward = terms_.relative("toward");
  auto day = feast();
  if (!day || !weekday || !toward) return std::nullopt;
  if (!day->period) return day;
  Day base = day->period->first;
  int nearest = *toward > 0 ? (*weekday - weekday_of(base) + 6) % 7 + 1 : (weekday_of(base) - *weekday + 6) % 7 + 1;
  int weeks = std::max(std::abs(terms_.find("nth")->number), 1) - 1;  // "der letzte Samstag davor" is the first back
  return resolved(shifted(*day->period, *toward * (nearest + 7 * weeks)));
}

/// "der erste Montag im Mai", "letzte Woche Oktober 2014", "dritter Tag des Jahres".
DateResolver::Found DateResolver::ordinal() {
  const Term* nth = terms_.find("nth");
  int n = nth->number;
  auto inner = parse_grain(terms_.value("inner"));
  auto weekday = terms_.absolute("weekday");
  auto in = [&](Period outer) -> std::optional<Period> {
    Day first = outer.first, last = last_day(outer), found = first;
    Grain grain = weekday ? Grain::day : inner.value_or(Grain::day);
    if (grain == Grain::week && outer.grain == Grain::year) {
      int weeks = monday_of({year_of(first), 53}) ? 53 : 52;
      auto monday = monday_of({year_of(first), n > 0 ? n : weeks + 1 + n});
      return monday ? std::optional(Period{Grain::week, *monday}) : std::nullopt;
    }
    if (grain == Grain::month || grain == Grain::quarter || grain == Grain::half || grain == Grain::year ||
        grain == Grain::decade) {
      auto period = n > 0 ? shifted(period_of(grain, first), n - 1) : shifted(period_of(grain, last), n + 1);
      return period && period->first >= first && period->first <= last ? period : std::nullopt;
    }
    int wanted = weekday ? *weekday : grain == Grain::week ? 1 : grain == Grain::weekend ? 6 : 0;
    int step = wanted ? 7 : 1;
    int length = static_cast<int>((last_day({grain, first}) - first).count());  // whole weeks count
    if (n > 0)
      found = first + chr::days((wanted ? (wanted - weekday_of(first) + 7) % 7 : 0) + step * (n - 1));
    else
      found = last - chr::days(length);
    if (n < 0) found -= chr::days((wanted ? (weekday_of(found) - wanted + 7) % 7 : 0) + step * (-n - 1));
    if (found < first || found > last) return std::nullopt;
    return Period{grain, found};
  };
  auto month = terms_.absolute("month");
  if (!month && container_) return resolved(in(*container_));
  if (!month) return incomplete(unknown_value(weekday ? Grain::day : inner.value_or(Grain::day)));
  auto at = [&](int year) -> std::optional<Period> {
    auto first = make_day(year, *month, 1);
    return first ? in({Grain::month, *first}) : std::nullopt;
  };
  return in_some_year(at, fmt::format(FMT_COMPILE("XXXX-{:02}-XX"), *month));
}

DateResolver::Found DateResolver::month_day() {
  int month = *terms_.absolute("month"), day = *terms_.absolute("day");
  if (!make_day(2000, month, day)) return std::nullopt;  // a leap year
  if (contained_ && container_ && container_->grain == Grain::year && !make_day(year_of(container_->first), month, day))
    return std::nullopt;
  auto weekday = terms_.absolute("weekday");
  auto until_day = terms_.absolute("day", true), until_month = terms_.absolute("month", true);
  bool wraps = until_day && until_month && std::pair(month, day) > std::pair(*until_month, *until_day);
  auto at = [&](int year) -> std::optional<Period> {
    auto found = make_day(wraps ? year - 1 : year, month, day);
    return found ? std::optional(Period{Grain::day, *found}) : std::nullopt;
  };
  auto at_weekday = [&](int year) -> std::optional<Period> {  // it tells the year, where it is near
    auto period = at(year);
    return period && weekday_of(period->first) == *weekday ? period : std::nullopt;
  };
  std::string value = fmt::format(FMT_COMPILE("XXXX-{:02}-{:02}"), month, day);
  if (weekday && !contained_)
    if (auto written = anchor_.document(Grain::day))
      if (auto fits = nearest(at_weekday, *written, false); fits && days_from(*written, *fits) < 366) {
        by_document_ = true;
        return resolved(fits);
      }
  return in_some_year(at, value);
}

/// "am 15.": of the month that is named, else of the month that brings it nearest.
DateResolver::Found DateResolver::bare_day() {
  int day = *terms_.absolute("day");
  if (day < 1 || day > 31) return std::nullopt;
  if (container_ && container_->grain == Grain::month) {
    auto found = make_day(year_of(container_->first), month_of(container_->first), day);
    return found ? resolved(Period{Grain::day, *found}) : std::nullopt;
  }
  auto written = contained_ ? std::nullopt : document(Grain::day);
  if (!written) return incomplete(fmt::format(FMT_COMPILE("XXXX-XX-{:02}"), day));
  auto weekday = terms_.absolute("weekday");
  std::optional<Period> best;
  for (int months = -12; months <= 12; ++months) {
    auto month = shifted(period_of(Grain::month, *written), months);
    auto found = month ? make_day(year_of(month->first), month_of(month->first), day) : std::nullopt;
    if (!found || (!weekday && anchor_.is_command() && *found < *written)) continue;
    if (weekday && weekday_of(*found) != *weekday) continue;
    Period period{Grain::day, *found};
    if (!best || days_from(*written, period) < days_from(*written, *best)) best = period;
  }
  return resolved(best);
}

Day DateResolver::weekday_by_direction(int weekday, Day day) const {
  Day last = day - chr::days((weekday_of(day) - weekday + 7) % 7);
  bool ahead = anchor_.is_command() || anchor_.direction() != Direction::past;
  return ahead ? day + chr::days((weekday - weekday_of(day) + 7) % 7) : last;
}

DateResolver::Found DateResolver::weekday() {
  auto weekday = terms_.absolute("weekday");
  if (!weekday || *weekday < 1 || *weekday > 7) return std::nullopt;
  std::string unknown = fmt::format(FMT_COMPILE("XXXX-WXX-{}"), *weekday);
  if (container_ && container_->grain == Grain::week)
    return resolved(Period{Grain::day, container_->first + chr::days(*weekday - 1)});
  if (container_ && container_->grain == Grain::day) {  // "am morgigen Sonntag"
    if (weekday_of(container_->first) != *weekday) return incomplete(unknown);
    return resolved(container_);
  }
  if (contained_) return incomplete(unknown);
  auto then = terms_.relative("then");
  auto base = then ? anchor_.context(Grain::day) : std::nullopt;
  if (base) {
    by_context_ = true;
    return resolved(shifted({Grain::day, *base}, (*weekday - weekday_of(*base) + 6) % 7 + 1));
  }
  auto written = document(Grain::day);
  if (!written) return incomplete(unknown);
  int ahead = (*weekday - weekday_of(*written) + 6) % 7 + 1;  // 1 to 7
  int back = (weekday_of(*written) - *weekday + 6) % 7 + 1;
  Period day{Grain::day, *written};
  auto shift = terms_.relative("shift");
  if (shift && *shift > 0) return resolved(shifted(day, ahead + 7 * (*shift - 1)));
  if (shift && *shift < 0) return resolved(shifted(day, -back + 7 * (*shift + 1)));
  bool coming = terms_.has("ahead") || (shift && anchor_.direction() != Direction::past);
  if (coming) return resolved(shifted(day, ahead % 7));
  return resolved(Period{Grain::day, weekday_by_direction(*weekday, *written)});
}

}  // namespace fakt
