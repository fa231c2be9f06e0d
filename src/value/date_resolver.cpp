#include "value/date_resolver.h"

#include <fmt/compile.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

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

}  // namespace

int full_year(int two_digits) { return two_digits < 40 ? 2000 + two_digits : 1900 + two_digits; }

std::optional<DateReading> DateResolver::read() {
  if (!terms_.ok()) return std::nullopt;
  Found out;
  if (terms_.has("ref")) {
    out = reference();
  } else if (terms_.has("today")) {
    out = today();
  } else if (terms_.has("count")) {
    out = counted();
  } else if (terms_.has("same")) {
    out = same_period();
  } else {
    container_ = container();
    if (is_feast())
      out = terms_.has("nth") ? beside_feast() : feast();
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
  return DateReading{timex_value(*period), period, {}};
}

DateResolver::Found DateResolver::incomplete(std::string value) const { return DateReading{std::move(value), {}, {}}; }

bool DateResolver::is_feast() const {
  return terms_.has("easter") || terms_.has("advent") || terms_.has("fixed") || terms_.has("nthday");
}

std::optional<Day> DateResolver::document(Grain grain) {
  auto day = anchor_.document(grain);
  by_document_ |= day.has_value();
  return day;
}

DateResolver::Found DateResolver::reference() const {
  std::string_view what = terms_.value("ref");
  if (what != "PAST" && what != "PRESENT" && what != "FUTURE") return std::nullopt;
  return incomplete(fmt::format(FMT_COMPILE("{}_REF"), what));
}

/// "heute" is a day; to linguists only in a text that counts in days, else it is "these times".
DateResolver::Found DateResolver::today() {
  if (mode_ == DatesMode::reference && (terms_.value("today") == "vague" || !anchor_.speaks_of_days()))
    return incomplete("PRESENT_REF");
  if (auto day = document(Grain::day)) return resolved(Period{Grain::day, *day});
  return incomplete("PRESENT_REF");
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
  if (auto ahead = terms_.relative("ahead")) {  // "kommendes Wochenende" is this week's until it has begun
    auto day = document(*unit == Grain::weekend ? Grain::day : *unit);
    if (!day) return std::nullopt;
    Period now = period_of(*unit, *day);
    return shifted(now, now.first > *day ? *ahead - 1 : *ahead);
  }
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

std::optional<Period> DateResolver::nearest(const InYear& at, Day day, bool ahead) const {
  std::optional<Period> best;
  Direction direction = anchor_.direction();
  auto cost = [&](const Period& period) {  // a date on the wrong side of the verb must be ten times as near
    int days = days_from(day, period);
    // Quarters and halves are reported when they are over; of them the verb tells more.
    bool reported = period.grain == Grain::quarter || period.grain == Grain::half;
    if (reported && direction == Direction::past && last_day(period) >= day)
      return 50 * static_cast<int>((last_day(period) - day).count());
    if (reported && direction == Direction::unknown && period.first > day) return 3 * days;
    bool wrong = direction == (period.first > day ? Direction::past : Direction::future) && days > 0;
    return days * (wrong ? 10 : 1);
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
    auto period = shift ? by_shift(at, *day, *shift) : nearest(at, *day, anchor_.is_command());
    return resolved(period);
  }
  if (auto day = document(Grain::year)) return resolved(at(year_of(*day)));
  return incomplete(std::move(value));
}

DateResolver::Found DateResolver::numbered_week() {
  int week = *terms_.absolute("week");
  if (week < 1 || week > 53) return std::nullopt;
  auto at = [&](int year) -> std::optional<Period> {
    auto monday = monday_of({year, week});
    return monday ? std::optional(Period{Grain::week, *monday}) : std::nullopt;
  };
  if (!contained_ && anchor_.is_command())  // "KW 5", typed in any month, is of the year that it is typed in
    if (auto day = document(Grain::day)) return resolved(at(iso_week(*day).year));
  return in_some_year(at, fmt::format(FMT_COMPILE("XXXX-W{:02}"), week));
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
    name = fmt::format(FMT_COMPILE("Q{}"), *quarter), grain = Grain::quarter, month = *quarter * 3 - 2;
  } else if (auto half = terms_.absolute("half")) {
    name = fmt::format(FMT_COMPILE("H{}"), *half), grain = Grain::half, month = *half * 6 - 5;
  } else {
    month = *terms_.absolute("month");
    name = fmt::format(FMT_COMPILE("{:02}"), month);
  }
  if (month < 1 || month > 12) return std::nullopt;
  auto until_month = terms_.absolute("month", true);
  bool wraps = grain == Grain::month && until_month && month > *until_month;
  auto at = [&](int year) -> std::optional<Period> {
    auto first = make_day(wraps ? year - 1 : year, month, 1);
    return first ? std::optional(Period{grain, *first}) : std::nullopt;
  };
  std::string value = fmt::format(FMT_COMPILE("XXXX-{}"), name);
  if (grain == Grain::month && until_month && !contained_) {  // "von Januar bis September": the year is that of the end
    auto end = in_some_year(
        [&](int year) -> std::optional<Period> {
          auto first = make_day(year, *until_month, 1);
          return first ? std::optional(Period{grain, *first}) : std::nullopt;
        },
        value);
    return end && end->period ? resolved(at(year_of(end->period->first))) : end;
  }
  return in_some_year(at, value);
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

/// "2024/25", of a season or a business year. It begins and ends where its owner says, somewhere in these years.
DateResolver::Found DateResolver::years() const {
  int first = year_of(container_->first), last = 0;
  if (auto year = terms_.absolute("year", true)) last = *year;
  if (auto two = terms_.absolute("short_year", true)) last = first / 100 * 100 + *two + (*two < first % 100 ? 100 : 0);
  constexpr int kLongest = 10;  // "2010/15" is a term of office, "2010/99" a reference number
  if (last <= first || last > first + kLongest) return std::nullopt;
  auto until = make_day(last, 1, 1);
  if (!until) return std::nullopt;
  return DateReading{fmt::format(FMT_COMPILE("{:04}/{:04}"), first, last), container_, Period{Grain::year, *until}};
}

/// "nächste Woche", "Vorjahr", "Ende des Monats", and years.
DateResolver::Found DateResolver::relative() {
  if (!contained_) return std::nullopt;
  if (container_ && (terms_.find("year", true) || terms_.find("short_year", true))) return years();
  if (container_) return resolved(container_);
  if (terms_.absolute("year")) return std::nullopt;  // the year 0
  for (auto [kind, grain] : kCounted)
    if (terms_.relative(kind)) return incomplete(unknown_value(grain));
  if (auto unit = terms_.unit()) return incomplete(unknown_value(*unit));
  return std::nullopt;
}

}  // namespace fakt
