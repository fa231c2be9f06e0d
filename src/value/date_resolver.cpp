#include "value/date_resolver.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "value/number.h"

namespace fakt {
namespace {

namespace chr = std::chrono;

constexpr std::array<std::pair<std::string_view, int>, 4> kSeasonMonths = {
    {{"SP", 3}, {"SU", 6}, {"FA", 9}, {"WI", 12}}};

/// Grains that a term can count from now: `week:+1`.
constexpr std::array<std::pair<std::string_view, Grain>, 9> kCounted = {{{"day", Grain::day},
                                                                         {"weekend", Grain::weekend},
                                                                         {"week", Grain::week},
                                                                         {"month", Grain::month},
                                                                         {"quarter", Grain::quarter},
                                                                         {"half", Grain::half},
                                                                         {"year", Grain::year},
                                                                         {"decade", Grain::decade},
                                                                         {"century", Grain::century}}};

std::string unknown_value(Grain grain) {
  switch (grain) {
    case Grain::day:
      return "XXXX-XX-XX";
    case Grain::weekend:
      return "XXXX-WXX-WE";
    case Grain::week:
      return "XXXX-WXX";
    case Grain::month:
      return "XXXX-XX";
    case Grain::quarter:
      return "XXXX-QX";
    case Grain::half:
      return "XXXX-HX";
    case Grain::decade:
      return "XXX";
    case Grain::century:
      return "XX";
    default:
      return "XXXX";
  }
}

/// Days between the day and the period; 0 inside.
int distance(Day day, const Period& period) {
  if (day < period.first) return static_cast<int>((period.first - day).count());
  return std::max(0, static_cast<int>((day - last_day(period)).count()));
}

/// The same day of the month so many months later, or its last day where it has no such one.
std::optional<Day> plus_months(Day day, int months) {
  auto month = shifted(period_of(Grain::month, day), months);
  if (!month) return std::nullopt;
  return std::min(month->first + chr::days(day_of_month(day) - 1), last_day(*month));
}

}  // namespace

int full_year(int two_digits) { return two_digits < 40 ? 2000 + two_digits : 1900 + two_digits; }

std::optional<DateReading> DateResolver::read() {
  if (!terms_.ok()) return std::nullopt;
  Found out;
  if (terms_.has("ref")) {
    out = reference();
  } else if (terms_.has("today")) {
    out = today();
  } else if (terms_.has("count") && terms_.has("toward")) {
    out = counted();
  } else {
    container_ = container();
    if (terms_.has("easter") || terms_.has("advent") || terms_.has("fixed") || terms_.has("nthday"))
      out = feast();
    else if (terms_.has("nth"))
      out = ordinal();
    else if (terms_.absolute("day"))
      out = terms_.absolute("month") ? month_day() : bare_day();
    else if (terms_.absolute("week"))
      out = numbered_week();
    else if (terms_.has("weekday"))
      out = weekday();
    else if (terms_.has("season") || terms_.absolute("quarter") || terms_.absolute("half") || terms_.absolute("month"))
      out = part_of_year();
    else if (terms_.absolute("decade") || terms_.absolute("century") || terms_.absolute("millennium"))
      out = long_period();
    else
      out = relative();
  }
  if (!out) return out;
  out->by_document = by_document_;
  out->by_context = by_context_ || terms_.from_partner();
  return out;
}

DateResolver::Found DateResolver::resolved(std::optional<Period> period) const {
  if (!period) return std::nullopt;
  return DateReading{timex_value(*period), period};
}

DateResolver::Found DateResolver::incomplete(std::string value) const { return DateReading{std::move(value), {}}; }

std::optional<Day> DateResolver::document(Grain grain) {
  auto day = anchor_.document(grain);
  by_document_ |= day.has_value();
  return day;
}

DateResolver::Found DateResolver::reference() const {
  std::string_view what = terms_.value("ref");
  if (what != "PAST" && what != "PRESENT" && what != "FUTURE") return std::nullopt;
  return incomplete(fmt::format("{}_REF", what));
}

/// "heute" is a day; to linguists only in a text that counts in days, else it is "these times".
DateResolver::Found DateResolver::today() {
  bool vague = terms_.value("today") == "vague" || !anchor_.speaks_of_days();
  if (mode_ == DatesMode::reference && vague) return incomplete("PRESENT_REF");
  if (auto day = document(Grain::day)) return resolved(Period{Grain::day, *day});
  return incomplete("PRESENT_REF");
}

/// "vor drei Wochen", "in einem halben Jahr", "zwei Tage nach morgen".
DateResolver::Found DateResolver::counted() {
  if (mode_ == DatesMode::reference && !terms_.has("day")) return std::nullopt;  // a duration
  auto unit = terms_.unit();
  auto toward = terms_.relative("toward");
  auto base = document(Grain::day);
  auto count = Decimal(0);
  std::string_view text = terms_.value("count");
  std::size_t point = std::min(text.find('.'), text.size());
  if (!unit || !toward || !base || text.empty() || text == "X") return std::nullopt;
  count = Decimal(text.substr(0, point), point < text.size() ? text.substr(point + 1) : "");
  if (auto days = terms_.relative("day")) base = *base + chr::days(*days);

  int months_each = *unit == Grain::month     ? 1
                    : *unit == Grain::quarter ? 3
                    : *unit == Grain::half    ? 6
                    : *unit == Grain::year    ? 12
                    : *unit == Grain::decade  ? 120
                    : *unit == Grain::century ? 1200
                                              : 0;
  auto whole = [](const Decimal& number) -> std::optional<int> {
    std::string digits = number.text();
    int out = 0;
    auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
    if (code != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    return out;
  };
  if (months_each == 0) {
    auto days = whole(count.times(Decimal(*unit == Grain::day ? 1 : 7)));
    if (!days) return std::nullopt;
    return resolved(shifted(Period{Grain::day, *base}, *toward * *days));
  }
  auto months = whole(count.times(Decimal(static_cast<std::uint64_t>(months_each))));
  if (!months) return std::nullopt;
  auto day = plus_months(*base, *toward * *months);
  if (!day) return std::nullopt;
  bool years = whole(count) && months_each >= 12;
  if (*unit == Grain::month && whole(count)) return resolved(Period{Grain::day, *day});
  return resolved(period_of(years ? Grain::year : Grain::month, *day));
}

std::optional<Period> DateResolver::relative_period(Grain grain, int count, bool from_context) {
  std::optional<Day> base;
  if (from_context) {
    base = anchor_.context(grain);
    by_context_ |= base.has_value();
  }
  if (!base) base = document(grain);
  if (!base) return std::nullopt;
  return shifted(period_of(grain, *base), count);
}

std::optional<Period> DateResolver::container() {
  if (auto two = terms_.absolute("short_year")) {
    contained_ = true;
    return Period{Grain::year, *make_day(full_year(*two), 1, 1)};
  }
  if (auto year = terms_.absolute("year")) {
    contained_ = true;
    auto first = make_day(*year, 1, 1);
    if (!first) return std::nullopt;
    return Period{Grain::year, *first};
  }
  for (auto [kind, grain] : kCounted)
    if (auto count = terms_.relative(kind)) {
      contained_ = true;
      return relative_period(grain, *count, false);
    }
  auto unit = terms_.unit();
  if (!unit) return std::nullopt;
  contained_ = true;
  if (auto then = terms_.relative("then")) return relative_period(*unit, *then, true);
  auto shift = terms_.relative("shift");
  if (!shift && *unit == Grain::weekend) {  // "am Wochenende": the last one, in a paper
    bool ahead = anchor_.is_command() || anchor_.direction() == Direction::future;
    auto day = document(Grain::day);
    if (!day) return std::nullopt;
    bool begun = weekday_of(*day) >= 6;
    return shifted(period_of(Grain::weekend, *day), ahead || begun ? 0 : -1);
  }
  return relative_period(*unit, shift.value_or(0), false);
}

std::optional<Period> DateResolver::nearest(const InYear& at, Day day) const {
  std::optional<Period> best;
  bool ahead = anchor_.is_command();
  Direction direction = anchor_.direction();
  auto cost = [&](const Period& period) {  // a date on the wrong side of the verb must be twice as near
    bool wrong = direction == (period.first > day ? Direction::past : Direction::future) && distance(day, period) > 0;
    return distance(day, period) * (wrong ? 2 : 1);
  };
  for (int year = year_of(day) - 4; year <= year_of(day) + 4; ++year) {  // 29 February comes every four years
    auto period = at(year);
    if (!period || (ahead && last_day(*period) < day)) continue;
    if (!best || cost(*period) <= cost(*best)) best = period;
  }
  return best;
}

std::optional<Period> DateResolver::by_shift(const InYear& at, Day day, int shift) const {
  std::vector<Period> before, after;
  std::optional<Period> around, same_year;
  for (int year = year_of(day) - 9; year <= year_of(day) + 9; ++year) {
    auto period = at(year);
    if (!period) continue;
    if (year == year_of(day)) same_year = period;
    if (last_day(*period) < day)
      before.push_back(*period);
    else if (period->first > day)
      after.push_back(*period);
    else
      around = period;
  }
  auto steps = static_cast<std::size_t>(std::abs(shift));
  if (shift == 0) return around ? around : same_year;
  if (shift > 0) return steps <= after.size() ? std::optional(after[steps - 1]) : std::nullopt;
  return steps <= before.size() ? std::optional(before[before.size() - steps]) : std::nullopt;
}

DateResolver::Found DateResolver::in_some_year(const InYear& at, std::string value) {
  if (container_ && (container_->grain == Grain::year || container_->grain == Grain::season))
    return resolved(at(year_of(container_->first)));
  if (contained_) return incomplete(std::move(value));
  if (auto then = terms_.relative("then")) {
    auto base = anchor_.context(Grain::year);
    if (!base) return incomplete(std::move(value));
    by_context_ = true;
    return resolved(at(year_of(*base) + *then));
  }
  if (auto day = document(Grain::day)) {
    auto shift = terms_.relative("shift");
    auto period = shift ? by_shift(at, *day, *shift) : nearest(at, *day);
    return resolved(period);
  }
  if (auto day = document(Grain::year)) return resolved(at(year_of(*day)));
  return incomplete(std::move(value));
}

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
  return in_some_year(at, fixed.empty() ? "XXXX-XX-XX" : fmt::format("XXXX-{}", fixed));
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
    if (grain == Grain::week && outer.grain == Grain::year && n > 0) {
      auto monday = monday_of({year_of(first), n});
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
  return in_some_year(at, fmt::format("XXXX-{:02}-XX", *month));
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
  std::string value = fmt::format("XXXX-{:02}-{:02}", month, day);
  if (weekday && !contained_)
    if (auto written = anchor_.document(Grain::day))
      if (auto fits = nearest(at_weekday, *written); fits && distance(*written, *fits) < 366) {
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
  if (!written) return incomplete(fmt::format("XXXX-XX-{:02}", day));
  auto weekday = terms_.absolute("weekday");
  std::optional<Period> best;
  for (int months = -2; months <= 2; ++months) {
    auto month = shifted(period_of(Grain::month, *written), months);
    auto found = month ? make_day(year_of(month->first), month_of(month->first), day) : std::nullopt;
    if (!found || (anchor_.is_command() && *found < *written)) continue;
    if (weekday && weekday_of(*found) != *weekday) continue;
    Period period{Grain::day, *found};
    if (!best || distance(*written, period) < distance(*written, *best)) best = period;
  }
  return resolved(best);
}

DateResolver::Found DateResolver::numbered_week() {
  int week = *terms_.absolute("week");
  if (week < 1 || week > 53) return std::nullopt;
  auto at = [&](int year) -> std::optional<Period> {
    auto monday = monday_of({year, week});
    return monday ? std::optional(Period{Grain::week, *monday}) : std::nullopt;
  };
  return in_some_year(at, fmt::format("XXXX-W{:02}", week));
}

Day DateResolver::weekday_by_direction(int weekday, Day day) const {
  Day last = day - chr::days((weekday_of(day) - weekday + 7) % 7);
  bool ahead = anchor_.is_command() || anchor_.direction() != Direction::past;
  return ahead ? day + chr::days((weekday - weekday_of(day) + 7) % 7) : last;
}

DateResolver::Found DateResolver::weekday() {
  auto weekday = terms_.absolute("weekday");
  if (!weekday || *weekday < 1 || *weekday > 7) return std::nullopt;
  std::string unknown = fmt::format("XXXX-WXX-{}", *weekday);
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
  if (shift && anchor_.direction() != Direction::past) return resolved(shifted(day, ahead % 7));
  return resolved(Period{Grain::day, weekday_by_direction(*weekday, *written)});
}

DateResolver::Found DateResolver::part_of_year() {
  int month = 0;
  Grain grain = Grain::month;
  std::string name;
  if (terms_.has("season")) {
    name = terms_.value("season");
    grain = Grain::season;
    for (auto [season, first] : kSeasonMonths)
      if (season == name) month = first;
  } else if (auto quarter = terms_.absolute("quarter")) {
    name = fmt::format("Q{}", *quarter), grain = Grain::quarter, month = *quarter * 3 - 2;
  } else if (auto half = terms_.absolute("half")) {
    name = fmt::format("H{}", *half), grain = Grain::half, month = *half * 6 - 5;
  } else {
    month = *terms_.absolute("month");
    name = fmt::format("{:02}", month);
  }
  if (month < 1 || month > 12) return std::nullopt;
  auto until_month = terms_.absolute("month", true);
  bool wraps = grain == Grain::month && until_month && month > *until_month;
  auto at = [&](int year) -> std::optional<Period> {
    auto first = make_day(wraps ? year - 1 : year, month, 1);
    return first ? std::optional(Period{grain, *first}) : std::nullopt;
  };
  return in_some_year(at, fmt::format("XXXX-{}", name));
}

/// "die 1990er", "die zwanziger Jahre", "das 15. Jahrhundert".
DateResolver::Found DateResolver::long_period() {
  int year = 0;
  Grain grain = Grain::decade;
  if (auto decade = terms_.absolute("decade")) {
    year = *decade < 100 ? 1900 + *decade : *decade;  // "die zwanziger Jahre" are those of the last century
  } else if (auto century = terms_.absolute("century")) {
    year = (*century - 1) * 100, grain = Grain::century;
  } else {
    year = (*terms_.absolute("millennium") - 1) * 1000, grain = Grain::millennium;
  }
  if (year < 0) return std::nullopt;
  auto first = make_day(std::max(year, 1), 1, 1);
  if (!first) return std::nullopt;
  return resolved(period_of(grain, *first));
}

/// "nächste Woche", "Vorjahr", "Ende des Monats", and years.
DateResolver::Found DateResolver::relative() {
  if (!contained_) return std::nullopt;
  if (container_) return resolved(container_);
  if (terms_.absolute("year")) return std::nullopt;
  for (auto [kind, grain] : kCounted)
    if (terms_.relative(kind)) return incomplete(unknown_value(grain));
  if (auto unit = terms_.unit()) return incomplete(unknown_value(*unit));
  return std::nullopt;
}

}  // namespace fakt
