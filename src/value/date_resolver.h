#pragma once

#include <functional>
#include <optional>
#include <string>

#include "value/calendar.h"
#include "value/date_anchor.h"
#include "value/date_terms.h"

namespace fakt {

/// What a date means.
struct DateReading {
  std::string value;             ///< TIMEX3
  std::optional<Period> period;  ///< where all of it is known
  std::optional<Period> until;   ///< of several periods the last
  bool by_document = false;      ///< the day of writing was needed
  bool by_context = false;       ///< another date of the text was needed
};

/// Works out what the terms of a match mean on the calendar. What cannot be resolved stays incomplete: XXXX-01-27.
class DateResolver {
 public:
  DateResolver(const DateTerms& terms, const DateAnchor& anchor, DatesMode mode)
      : terms_(terms), anchor_(anchor), mode_(mode) {}

  /// Nothing for dates that there are not: 31 February, week 54.
  std::optional<DateReading> read();

 private:
  using Found = std::optional<DateReading>;
  using InYear = std::function<std::optional<Period>(int year)>;

  Found reference() const;
  Found today();
  Found counted();
  Found counted_on();
  Found same_period();
  std::optional<Day> counting_base();
  bool is_feast() const;
  Found feast();
  Found beside_feast();
  Found ordinal();
  Found month_day();
  Found bare_day();
  Found numbered_week();
  Found weekday();
  Found part_of_year();
  Found long_period();
  Found relative();
  Found years() const;

  /// The year, month or week that the rest of the words lie in; nothing if none is named or it is not known.
  std::optional<Period> container();
  std::optional<Period> relative_period(Grain grain, int count, bool from_context);
  std::optional<Day> document(Grain grain);

  /// One of the things that come round every year: in the year that is named, else by "next" and "last", else nearest
  /// to the day of writing. `incomplete` is its value without a year.
  Found in_some_year(const InYear& at, std::string incomplete);
  std::optional<Period> nearest(const InYear& at, Day day, bool ahead) const;
  std::optional<Period> by_shift(const InYear& at, Day day, int shift) const;
  Day weekday_by_direction(int weekday, Day day) const;
  Found resolved(std::optional<Period> period) const;
  Found incomplete(std::string value) const;

  const DateTerms& terms_;
  const DateAnchor& anchor_;
  DatesMode mode_;
  std::optional<Period> container_;
  bool contained_ = false;  ///< a container is named, known or not
  bool by_document_ = false, by_context_ = false;
};

/// The year that two digits stand for: 40 to 99 are of the 20th century, the others of the 21st.
int full_year(int two_digits);

}  // namespace fakt
