#include "value/calendar.h"

#include <doctest/doctest.h>

#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "support.h"

namespace fakt {
namespace {

std::vector<std::string> fields(const std::string& line) {
  std::vector<std::string> out;
  std::istringstream in(line);
  for (std::string field; std::getline(in, field, '\t');) out.push_back(field);
  return out;
}

/// tests/data/calendar.tsv: 1990 to 2050 as Python's datetime and the church's tables have it, a row a year.
std::vector<std::map<std::string, std::string>> reference() {
  std::istringstream in(read_file(FAKT_ROOT "/tests/data/calendar.tsv"));
  std::string line;
  std::getline(in, line);
  auto names = fields(line);
  std::vector<std::map<std::string, std::string>> rows;
  while (std::getline(in, line)) {
    auto values = fields(line);
    REQUIRE(values.size() == names.size());
    auto& row = rows.emplace_back();
    for (std::size_t i = 0; i < names.size(); ++i) row[names[i]] = values[i];
  }
  return rows;
}

Day day(const std::string& iso) {
  auto period = parse_period(iso);
  REQUIRE(period);
  return period->first;
}

}  // namespace

TEST_CASE("every day of 1990 to 2050 has the weekday, week and quarter of the reference") {
  auto rows = reference();
  REQUIRE(rows.size() == 61);
  for (std::size_t i = 0; i + 1 < rows.size(); ++i) {
    auto& row = rows[i];
    int year = std::stoi(row["year"]);
    Day first = *make_day(year, 1, 1), next = *make_day(year + 1, 1, 1);
    CHECK(weekday_of(first) == std::stoi(row["first_weekday"]));
    Day week1 = day(row["week1"]), week1_after = day(rows[i + 1]["week1"]);
    for (Day d = week1; d < week1_after; d += std::chrono::days(1)) {
      auto at = static_cast<int>((d - week1).count());
      REQUIRE(weekday_of(d) == at % 7 + 1);
      REQUIRE(iso_week(d).year == year);
      REQUIRE(iso_week(d).week == at / 7 + 1);
      REQUIRE(monday_of({year, at / 7 + 1}) == week1 + std::chrono::days(at / 7 * 7));
    }
    int weeks = std::stoi(row["weeks"]);
    CHECK(iso_week(week1_after - std::chrono::days(1)).week == weeks);
    CHECK_FALSE(monday_of({year, weeks + 1}));
    Day begin = first;
    for (int q = 1; q <= 4; ++q) {
      Day end = begin + std::chrono::days(std::stoi(row["q" + std::to_string(q)]) - 1);
      for (Day d = begin; d <= end; d += std::chrono::days(1)) REQUIRE(period_of(Grain::quarter, d).first == begin);
      CHECK(last_day({Grain::quarter, begin}) == end);
      CHECK(timex_value({Grain::quarter, begin}) == row["year"] + "-Q" + std::to_string(q));
      begin = end + std::chrono::days(1);
    }
    CHECK(begin == next);
  }
}

TEST_CASE("feasts and numbered weekdays fall on the days of the reference, by the German patterns") {
  std::string input, wanted;
  for (auto& row : reference()) {
    for (auto& [name, value] : row) {
      if (name[0] == 'q' || name == "year" || name.starts_with("week") || name.starts_with("first_")) continue;
      input += R"({"id":")" + name + R"(","text":"Das ist )" + name + " " + row["year"] + R"(.","lang":"de"})" + "\n";
      wanted += name + " " + row["year"] + " " + value + "\n";
    }
  }
  Ran ran = run_fakt({"--input", "jsonl", "--type", "date", "--format", "tsv"}, input);
  REQUIRE(ran.status == 0);
  std::istringstream in(ran.out);
  std::string line, got;
  std::getline(in, line);
  auto names = fields(line);
  auto column = [&](std::string_view name) {
    for (std::size_t i = 0; i < names.size(); ++i)
      if (names[i] == name) return i;
    FAIL("no column");
    return names.size();
  };
  std::size_t doc = column("doc"), text = column("text"), value = column("value");
  while (std::getline(in, line)) {
    auto row = fields(line);
    REQUIRE(row[text].size() > 4);
    got += row[doc] + " " + row[text].substr(row[text].size() - 4) + " " + row[value] + "\n";
  }
  CHECK(got == wanted);
}

TEST_CASE("values of periods are read back") {
  for (std::string value : {"2025-01-27", "2014-W03-WE", "2014-W03", "2025-01", "2025-Q1", "2025-H2", "2025-SU",
                            "2024-WI", "2025", "0578", "198", "19", "1", "9999-12-31", "0001-01-01"}) {
    auto period = parse_period(value);
    REQUIRE_MESSAGE(period, value);
    CHECK(timex_value(*period) == value);
  }
  for (std::string value : {"", "XXXX-01-27", "PRESENT_REF", "2025-13", "2025-02-29", "2025-W54", "2025-Q5", "0000",
                            "20250127", "2025-1-7", "P3W", "2024/2025"})
    CHECK_FALSE_MESSAGE(parse_period(value), value);
}

TEST_CASE("periods move by whole months and weeks, and stay within four-digit years") {
  auto moved = [](std::string value, int count) {
    auto period = shifted(*parse_period(value), count);
    return period ? timex_value(*period) : "";
  };
  CHECK(moved("2025-01-31", 1) == "2025-02-01");
  CHECK(moved("2024-12", 2) == "2025-02");
  CHECK(moved("2024-W52", 1) == "2025-W01");
  CHECK(moved("2020-W53", 1) == "2021-W01");
  CHECK(moved("2024-WI", 1) == "2025-SP");
  CHECK(moved("2025-Q1", -1) == "2024-Q4");
  CHECK(moved("199", 1) == "200");
  CHECK(moved("9999-12-31", 1) == "");
  CHECK(moved("0001-01-01", -1) == "");
  CHECK(moved("9999", 1) == "");
  CHECK(moved("0001", -1) == "");
  CHECK(moved("2025", 2147483647) == "");
  CHECK(iso_date(last_day(*parse_period("2024-WI"))) == "2025-02-28");
  CHECK(iso_date(last_day(*parse_period("2024-02"))) == "2024-02-29");
  CHECK(iso_date(last_day(*parse_period("19"))) == "1999-12-31");
}

}  // namespace fakt
