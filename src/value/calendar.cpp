#include "value/calendar.h"

#include <fmt/compile.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace fakt {
namespace {

namespace chr = std::chrono;

constexpr int kFirstYear = 1, kLastYear = 9999;

constexpr std::array<std::pair<std::string_view, Grain>, 11> kGrains = {{
    {"day", Grain::day},
    {"weekend", Grain::weekend},
    {"week", Grain::week},
    {"month", Grain::month},
    {"quarter", Grain::quarter},
    {"half", Grain::half},
    {"season", Grain::season},
    {"year", Grain::year},
    {"decade", Grain::decade},
    {"century", Grain::century},
    {"millennium", Grain::millennium},
}};

constexpr std::array<std::string_view, 4> kSeasons = {"SP", "SU", "FA", "WI"};  // from March, June, September, December

bool in_range(int year) { return year >= kFirstYear && year <= kLastYear; }

/// REQUIRES: there is such a day.
Day day_at(int year, int month, int day) {
  return chr::year(year) / chr::month(static_cast<unsigned>(month)) / chr::day(static_cast<unsigned>(day));
}

chr::year_month_day fields(Day day) { return chr::year_month_day(day); }

/// The first day of the month that is `months` after that of `day`, or nothing.
std::optional<Day> first_of_month(Day day, int months) {
  int index = year_of(day) * 12 + month_of(day) - 1 + months;
  if (index < kFirstYear * 12 || index >= (kLastYear + 1) * 12) return std::nullopt;
  return day_at(index / 12, index % 12 + 1, 1);
}

bool number(std::string_view text, int& out) {
  auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), out);
  return !text.empty() && text[0] != '-' && code == std::errc() && end == text.data() + text.size();
}

/// What stands behind "2025-".
std::optional<Period> period_in_year(int year, std::string_view rest) {
  int n = 0;
  if (rest.size() == 2 && number(rest, n) && n >= 1 && n <= 12) return Period{Grain::month, day_at(year, n, 1)};
  if (rest.size() == 2 && rest[0] == 'Q' && rest[1] >= '1' && rest[1] <= '4')
    return Period{Grain::quarter, day_at(year, (rest[1] - '1') * 3 + 1, 1)};
  if (rest == "H1" || rest == "H2") return Period{Grain::half, day_at(year, rest == "H1" ? 1 : 7, 1)};
  for (std::size_t i = 0; i < kSeasons.size(); ++i)
    if (rest == kSeasons[i]) return Period{Grain::season, day_at(year, static_cast<int>(i) * 3 + 3, 1)};
  if (rest.size() >= 3 && rest[0] == 'W' && number(rest.substr(1, 2), n)) {
    auto monday = monday_of({year, n});
    if (!monday) return std::nullopt;
    if (rest.size() == 3) return Period{Grain::week, *monday};
    if (rest.substr(3) == "-WE") return Period{Grain::weekend, *monday + chr::days(5)};
  }
  int day = 0;
  if (rest.size() == 5 && rest[2] == '-' && number(rest.substr(0, 2), n) && number(rest.substr(3), day))
    if (auto found = make_day(year, n, day)) return Period{Grain::day, *found};
  return std::nullopt;
}

}  // namespace

std::optional<Day> make_day(int year, int month, int day) {
  if (!in_range(year) || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  auto date = chr::year(year) / month / day;
  if (!date.ok()) return std::nullopt;
  return Day(date);
}

int year_of(Day day) { return static_cast<int>(fields(day).year()); }
int month_of(Day day) { return static_cast<int>(static_cast<unsigned>(fields(day).month())); }
int day_of_month(Day day) { return static_cast<int>(static_cast<unsigned>(fields(day).day())); }
int weekday_of(Day day) { return static_cast<int>(chr::weekday(day).iso_encoding()); }

std::string iso_date(Day day) {
  int year = year_of(day), month = month_of(day), number = day_of_month(day);
  if (!in_range(year)) return fmt::format(FMT_COMPILE("{:04}-{:02}-{:02}"), year, month, number);
  std::string out = "0000-00-00";
  auto put = [&](std::size_t last, int value) {
    for (; value > 0; value /= 10) out[last--] = static_cast<char>('0' + value % 10);
  };
  put(3, year), put(6, month), put(9, number);
  return out;
}

IsoWeek iso_week(Day day) {
  Day thursday = day + chr::days(4 - weekday_of(day));  // the day that tells the year of its week
  int year = year_of(thursday);
  return {year, static_cast<int>((thursday - day_at(year, 1, 1)).count()) / 7 + 1};
}

std::optional<Day> monday_of(IsoWeek week) {
  if (!in_range(week.year) || week.week < 1) return std::nullopt;
  Day fourth = day_at(week.year, 1, 4);  // always in week 1
  Day monday = fourth + chr::days(7 * (week.week - 1) - (weekday_of(fourth) - 1));
  if (iso_week(monday).year != week.year || iso_week(monday).week != week.week) return std::nullopt;
  return monday;
}

Day easter_sunday(int year) {
  int a = year % 19, b = year / 100, c = year % 100;
  int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
  int m = (a + 11 * h + 22 * l) / 451;
  int n = h + l - 7 * m + 114;
  return day_at(year, n / 31, n % 31 + 1);
}

Day first_advent(int year) {
  Day eve = day_at(year, 12, 24);
  return eve - chr::days(weekday_of(eve) % 7 + 21);  // the fourth Sunday of advent may be Christmas Eve
}

std::optional<Day> nth_weekday(int year, int month, int weekday, int n) {
  if (!in_range(year) || month < 1 || month > 12 || weekday < 1 || weekday > 7 || n == 0) return std::nullopt;
  Day first = day_at(year, month, 1);
  Day last = Day(chr::year(year) / month / chr::last);
  Day found = n > 0 ? first + chr::days((weekday - weekday_of(first) + 7) % 7 + 7 * (n - 1))
                    : last - chr::days((weekday_of(last) - weekday + 7) % 7 + 7 * (-n - 1));
  if (found < first || found > last) return std::nullopt;
  return found;
}

int months_in(Grain grain) {
  switch (grain) {
    case Grain::month:
      return 1;
    case Grain::quarter:
    case Grain::season:
      return 3;
    case Grain::half:
      return 6;
    case Grain::year:
      return 12;
    case Grain::decade:
      return 120;
    case Grain::century:
      return 1200;
    case Grain::millennium:
      return 12000;
    default:
      return 0;
  }
}

std::optional<Grain> parse_grain(std::string_view name) {
  for (const auto& [word, grain] : kGrains)
    if (word == name) return grain;
  return std::nullopt;
}

Period period_of(Grain grain, Day day) {
  int year = year_of(day), month = month_of(day);
  switch (grain) {
    case Grain::day:
      return {grain, day};
    case Grain::weekend:
      return {grain, day + chr::days(6 - weekday_of(day))};
    case Grain::week:
      return {grain, day - chr::days(weekday_of(day) - 1)};
    case Grain::month:
      return {grain, day_at(year, month, 1)};
    case Grain::quarter:
      return {grain, day_at(year, (month - 1) / 3 * 3 + 1, 1)};
    case Grain::half:
      return {grain, day_at(year, month > 6 ? 7 : 1, 1)};
    case Grain::season:
      return {grain, month < 3 ? day_at(std::max(year - 1, kFirstYear), 12, 1) : day_at(year, month / 3 * 3, 1)};
    case Grain::year:
      return {grain, day_at(year, 1, 1)};
    case Grain::decade:
      return {grain, day_at(std::max(year / 10 * 10, kFirstYear), 1, 1)};
    case Grain::century:
      return {grain, day_at(std::max(year / 100 * 100, kFirstYear), 1, 1)};
    case Grain::millennium:
      return {grain, day_at(std::max(year / 1000 * 1000, kFirstYear), 1, 1)};
  }
  return {grain, day};
}

std::optional<Period> shifted(Period period, int count) {
  constexpr int kMost = 4'000'000;  // days of all years
  if (count > kMost || count < -kMost) return std::nullopt;
  if (int months = months_in(period.grain)) {
    if (std::abs(count) > kLastYear * 12 / months) return std::nullopt;
    auto first = first_of_month(period.first, count * months);
    if (!first) return std::nullopt;
    return period_of(period.grain, *first);
  }
  Day first = period.first + chr::days(count) * (period.grain == Grain::day ? 1 : 7);
  if (!in_range(year_of(first)) || !in_range(year_of(last_day({period.grain, first})))) return std::nullopt;
  return Period{period.grain, first};
}

Day last_day(Period period) {
  switch (period.grain) {
    case Grain::day:
      return period.first;
    case Grain::weekend:
      return std::min(period.first + chr::days(1), day_at(kLastYear, 12, 31));
    case Grain::week:
      return std::min(period.first + chr::days(6), day_at(kLastYear, 12, 31));
    default:
      break;
  }
  int year = year_of(period.first);
  if (period.grain == Grain::decade || period.grain == Grain::century || period.grain == Grain::millennium) {
    int years = months_in(period.grain) / 12;
    return day_at(year / years * years + years - 1, 12, 31);
  }
  if (auto next = first_of_month(period.first, months_in(period.grain))) return *next - chr::days(1);
  return day_at(kLastYear, 12, 31);
}

int days_from(Day day, const Period& period) {
  if (day < period.first) return static_cast<int>((period.first - day).count());
  return std::max(0, static_cast<int>((day - last_day(period)).count()));
}

std::string timex_value(Period period) {
  int year = year_of(period.first), month = month_of(period.first);
  IsoWeek week = iso_week(period.first);
  switch (period.grain) {
    case Grain::day:
      return iso_date(period.first);
    case Grain::weekend:
      return fmt::format(FMT_COMPILE("{:04}-W{:02}-WE"), week.year, week.week);
    case Grain::week:
      return fmt::format(FMT_COMPILE("{:04}-W{:02}"), week.year, week.week);
    case Grain::month:
      return fmt::format(FMT_COMPILE("{:04}-{:02}"), year, month);
    case Grain::quarter:
      return fmt::format(FMT_COMPILE("{:04}-Q{}"), year, (month - 1) / 3 + 1);
    case Grain::half:
      return fmt::format(FMT_COMPILE("{:04}-H{}"), year, month > 6 ? 2 : 1);
    case Grain::season:
      return fmt::format(FMT_COMPILE("{:04}-{}"), year, kSeasons[static_cast<std::size_t>(month / 3 - 1)]);
    case Grain::year:
      return fmt::format(FMT_COMPILE("{:04}"), year);
    case Grain::decade:
      return fmt::format(FMT_COMPILE("{:03}"), year / 10);
    case Grain::century:
      return fmt::format(FMT_COMPILE("{:02}"), year / 100);
    case Grain::millennium:
      return fmt::format(FMT_COMPILE("{}"), year / 1000);
  }
  return {};
}

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

std::optional<Period> parse_period(std::string_view value) {
  int n = 0;
  if (value.size() >= 6 && value[4] == '-' && number(value.substr(0, 4), n) && in_range(n))
    return period_in_year(n, value.substr(5));
  if (value.size() > 4 || !number(value, n)) return std::nullopt;
  constexpr std::array<std::pair<Grain, int>, 4> kYears = {
      {{Grain::millennium, 1000}, {Grain::century, 100}, {Grain::decade, 10}, {Grain::year, 1}}};
  auto [grain, years] = kYears[value.size() - 1];
  if (grain == Grain::year && n == 0) return std::nullopt;
  return Period{grain, day_at(std::max(n * years, kFirstYear), 1, 1)};
}

}  // namespace fakt
