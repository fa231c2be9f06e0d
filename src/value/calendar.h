#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace fakt {

/// A day of the proleptic Gregorian calendar. All functions here keep to the years 1 to 9999, which is what four digits
/// can say; what would lie outside them is nothing.
using Day = std::chrono::sys_days;

std::optional<Day> make_day(int year, int month, int day);
int year_of(Day day);
int month_of(Day day);      ///< 1 to 12
int day_of_month(Day day);  ///< 1 to 31
int weekday_of(Day day);    ///< 1 Monday to 7 Sunday, as ISO 8601 counts
std::string iso_date(Day);  ///< "2025-01-27"

/// ISO 8601: weeks begin on Monday, and week 1 is the one with the year's first Thursday.
struct IsoWeek {
  int year;
  int week;
};
IsoWeek iso_week(Day day);
/// Nothing for a week that the year does not have.
std::optional<Day> monday_of(IsoWeek week);

/// Easter Sunday of the Gregorian calendar, by the rule of Meeus, Jones and Butcher.
Day easter_sunday(int year);
/// The fourth Sunday before Christmas Day.
Day first_advent(int year);
/// The n-th such weekday of a month; with n < 0 counted from its end.
std::optional<Day> nth_weekday(int year, int month, int weekday, int n);

enum class Grain { day, weekend, week, month, quarter, half, season, year, decade, century, millennium };

/// The grain that "day", "week" ... names.
std::optional<Grain> parse_grain(std::string_view name);

/// Months of a grain that is made of whole months, else 0.
int months_in(Grain grain);

/// A stretch of the calendar that has a value of its own, told by its first day: that of a season is the first of
/// March, June, September or December (winter 2009 is December 2009 to February 2010), that of a weekend a Saturday.
struct Period {
  Grain grain = Grain::day;
  Day first;
  friend bool operator==(const Period&, const Period&) = default;
};

/// The period that holds the day. The weekend of a day is the one of its ISO week.
Period period_of(Grain grain, Day day);
/// `count` periods later, or nothing.
std::optional<Period> shifted(Period period, int count);
Day last_day(Period period);
/// How far the day is from the period; 0 inside.
int days_from(Day day, const Period& period);

/// "2025-01-27", "2014-W03-WE", "2014-W03", "2025-01", "2025-Q1", "2025-H1", "2025-SU", "2025", "198", "19", "1".
std::string timex_value(Period period);
/// The value of a period that is not known: "XXXX-WXX".
std::string unknown_value(Grain grain);
/// The reverse of timex_value; nothing for values that are no period: XXXX-01-27, PRESENT_REF.
std::optional<Period> parse_period(std::string_view value);

}  // namespace fakt
