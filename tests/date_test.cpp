#include <doctest/doctest.h>

#include <sstream>
#include <string>
#include <vector>

#include "support.h"

namespace fakt {
namespace {

/// What is found in a German text, as "text=value", with keys in brackets where they are asked for.
std::string found(const std::string& text, std::vector<std::string> args, const std::vector<std::string>& keys = {}) {
  args.insert(args.end(), {"--lang", "de", "--format", "tsv"});
  Ran ran = run_fakt(args, text);
  CHECK(ran.status == 0);
  CHECK(ran.err == "");
  std::istringstream in(ran.out);
  std::vector<std::string> names;
  std::string line, out;
  while (std::getline(in, line)) {
    std::vector<std::string> fields;
    std::istringstream cells(line);
    for (std::string cell; std::getline(cells, cell, '\t');) fields.push_back(cell);
    if (names.empty()) {
      names = fields;
      continue;
    }
    auto field = [&](const std::string& name) -> std::string {
      for (std::size_t i = 0; i < fields.size() && i < names.size(); ++i)
        if (names[i] == name) return fields[i];
      return {};
    };
    out += (out.empty() ? "" : " | ") + field("text") + "=" + field("value");
    for (const auto& key : keys)
      if (!field(key).empty()) out += " " + key + ":" + field(key);
  }
  return out;
}

std::string dates(const std::string& text, const std::string& date = "2025-02-03", const std::string& mode = "day") {
  std::vector<std::string> args = {"--type", "date", "--dates", mode};
  if (!date.empty()) args.insert(args.end(), {"--date", date});
  return found(text, args);
}

}  // namespace

TEST_CASE("the ending of a verb tells the tense where no list has it, save of a participle") {
  auto english = [](const std::string& text) {
    return run_fakt({"--lang", "en", "--type", "date", "--date", "2025-06-11", "--format", "grep"}, text).out;
  };
  CHECK(english("He resigned on Monday.") == "-:1:16:date:2025-06-09:Monday\n");
  CHECK(english("It needs a hundred men on Monday.") == "-:1:27:date:2025-06-16:Monday\n");
  CHECK(english("It will be launched on Monday.") == "-:1:24:date:2025-06-16:Monday\n");
  CHECK(english("It will be officially launched on Monday.") == "-:1:35:date:2025-06-16:Monday\n");
  CHECK(english("The road is closed on Monday.") == "-:1:23:date:2025-06-16:Monday\n");
}

TEST_CASE("dates that there are not are no dates, and nothing else comes out in their place") {
  for (std::string text :
       {"Am 30. Februar war Schluss.", "Am 31. Februar 2024 war Schluss.", "Am 29.02.2023 war Schluss.",
        "Am 31.04. war Schluss.", "Am 00.00.0000 war Schluss.", "Am 32.13.2025 war Schluss.",
        "Am 32.04.2023 war Schluss.", "Am 29. Februar 2023 war Schluss.", "Am 31. April war Schluss.",
        "In der 54. Kalenderwoche 2024 war Schluss.", "In der 53. Kalenderwoche 2025 war Schluss.",
        "Am 0. Mai war Schluss.", "Am 2023-02-29 war Schluss.", "Am 2025-13-01 war Schluss.",
        "Im Jahr 99999 war Schluss.", "Nummer 2882015 war Schluss."})
    CHECK_MESSAGE(dates(text) == "", text);
  CHECK(found("Um 25:61 Uhr war Schluss.", {"--type", "time", "--date", "2025-02-03"}) == "");
  CHECK(dates("Am 29. Februar 2024 war Schluss.") == "29. Februar 2024=2024-02-29");
  CHECK(dates("In der 53. Kalenderwoche 2020 war Schluss.") == "der 53. Kalenderwoche 2020=2020-W53");
}

TEST_CASE("without a day of writing nothing relative is guessed") {
  CHECK(dates("Gestern kam er.", "") == "Gestern=XXXX-XX-XX");
  CHECK(dates("Heute kam er.", "") == "Heute=PRESENT_REF");
  CHECK(dates("Am 27. Januar kam er.", "") == "27. Januar=XXXX-01-27");
  CHECK(dates("Im Mai kam er.", "") == "Mai=XXXX-05");
  CHECK(dates("Am Montag kam er.", "") == "Montag=XXXX-WXX-1");
  CHECK(dates("Am Wochenende kam er.", "") == "Wochenende=XXXX-WXX-WE");
  CHECK(dates("Im Herbst kam er.", "") == "Herbst=XXXX-FA");
  CHECK(dates("Im dritten Quartal kam er.", "") == "dritten Quartal=XXXX-Q3");
  CHECK(dates("Vorige Woche kam er.", "") == "Vorige Woche=XXXX-WXX");
  CHECK(dates("Voriges Jahr kam er.", "") == "Voriges Jahr=XXXX");
  CHECK(dates("Vor drei Wochen kam er.", "") == "");
  CHECK(dates("1998 kam er. Am 27. Januar ging er.", "") == "1998=1998 | 27. Januar=XXXX-01-27");
}

TEST_CASE("a date of writing that is only a month or a year resolves what it can") {
  CHECK(dates("Voriges Jahr kam er, gestern ging er.", "2025") == "Voriges Jahr=2024 | gestern=XXXX-XX-XX");
  CHECK(dates("Vorigen Monat kam er.", "2025-02") == "Vorigen Monat=2025-01");
  CHECK(dates("Vorigen Monat kam er.", "2025") == "Vorigen Monat=XXXX-XX");
  CHECK(dates("Am 27. Januar kam er.", "2025") == "27. Januar=2025-01-27");
}

TEST_CASE("at the edges of the calendar nothing wraps") {
  CHECK(dates("Er kommt morgen.", "9999-12-31") == "morgen=XXXX-XX-XX");
  CHECK(dates("Er kam gestern.", "0001-01-01") == "gestern=XXXX-XX-XX");
  CHECK(dates("Er kommt nächstes Jahr.", "9999") == "nächstes Jahr=XXXX");
  CHECK(dates("Er kam vor 3000 Jahren.", "2025-02-03") == "");
  CHECK(dates("Er kam vor einem Jahr.", "2024-02-29") == "vor einem Jahr=2023");
  CHECK(dates("Er kam vor einem Monat.", "2024-03-31") == "vor einem Monat=2024-02-29");
  CHECK(dates("Er kam am 29. Februar.", "2025-02-03") == "29. Februar=2024-02-29");
}

TEST_CASE("the year of a day is the nearest one") {
  CHECK(dates("Am 14. Jänner war das Fest.", "2024-12-20") == "14. Jänner=2025-01-14");
  CHECK(dates("Am 24. August war das Fest.", "2024-10-01") == "24. August=2024-08-24");
  CHECK(dates("Am Donnerstag, 25. Februar war das Fest.", "2011-02-20") ==
        "Donnerstag, 25. Februar=2010-02-25");  // the weekday tells the year
}

TEST_CASE("a weekday goes by the verb of its clause") {
  CHECK(dates("Am Freitag wurde gewählt.") == "Freitag=2025-01-31");
  CHECK(dates("Am Freitag wird gewählt.") == "Freitag=2025-02-07");
  CHECK(dates("Er sagte, dass am Freitag gewählt wird.") == "Freitag=2025-02-07");
  CHECK(dates("Wie am Freitag bekannt wurde, wird bald gewählt.").starts_with("Freitag=2025-01-31"));
}

TEST_CASE("a weekday that the words put ahead lies ahead, whatever the verb says") {
  auto with_anchor = [](const std::string& text) {
    return found(text, {"--type", "date", "--date", "2025-02-03"}, {"anchor"});
  };
  CHECK(with_anchor("Sie kündigten für Freitag einen Streik an.") == "Freitag=2025-02-07 anchor:document");
  CHECK(with_anchor("Sie kündigten für Montag einen Streik an.") == "Montag=2025-02-03 anchor:document");
  CHECK(with_anchor("Er kündigte an, am Freitag zu streiken.") == "Freitag=2025-02-07 anchor:document");
}

TEST_CASE("a quarter or half without a verb is one that is over, unless the next is near") {
  CHECK(dates("Der Umsatz im ersten Halbjahr: unverändert.", "2025-11-12") == "ersten Halbjahr=2025-H1");
  CHECK(dates("Der Umsatz im ersten Halbjahr: unverändert.", "2025-12-20") == "ersten Halbjahr=2026-H1");
}

TEST_CASE("what points back goes by the date that the text spoke of last") {
  auto with_anchor = [](const std::string& text) {
    return found(text, {"--type", "date", "--date", "2025-02-03"}, {"anchor"});
  };
  CHECK(with_anchor("2019 kam sie. Im selben Jahr ging er.") == "2019=2019 | selben Jahr=2019 anchor:context");
  CHECK(with_anchor("Im Dezember 2023 kam sie, im darauffolgenden Jahr ging er.") ==
        "Dezember 2023=2023-12 | darauffolgenden Jahr=2024 anchor:context");
  CHECK(with_anchor("Am 18. Juni 2009 kam sie. Tags darauf ging er.") ==
        "18. Juni 2009=2009-06-18 | Tags darauf=2009-06-19 anchor:context");
  CHECK(with_anchor("Am 25. und 26. August 2012 war Markt.") ==
        "25=2012-08-25 anchor:context | 26. August 2012=2012-08-26");
  CHECK(with_anchor("Am 28. Dezember bis 3. Januar 2025 war Markt.") ==
        "28. Dezember=2024-12-28 anchor:context | 3. Januar 2025=2025-01-03");
  CHECK(with_anchor("Gestern kam sie.") == "Gestern=2025-02-02 anchor:document");
}

TEST_CASE("intervals of days have their ends, and parts of them a mod") {
  auto with_ends = [](const std::string& text) {
    return found(text, {"--type", "date", "--date", "2025-02-03"}, {"from", "to", "mod"});
  };
  CHECK(with_ends("Es war 1998 schön.") == "1998=1998 from:1998-01-01 to:1998-12-31");
  CHECK(with_ends("Es war Ende Mai 2024 schön.") == "Ende Mai 2024=2024-05 from:2024-05-01 to:2024-05-31 mod:end");
  CHECK(with_ends("Es war im Winter 2023 schön.") == "Winter 2023=2023-WI from:2023-12-01 to:2024-02-29");
  CHECK(with_ends("Es war im 19. Jahrhundert schön.") == "19. Jahrhundert=18 from:1800-01-01 to:1899-12-31");
  CHECK(with_ends("Es war am Wochenende schön.") == "Wochenende=2025-W05-WE from:2025-02-01 to:2025-02-02");
  CHECK(with_ends("Um 1930 war es schön.") == "1930=1930 from:1930-01-01 to:1930-12-31 mod:approx");
}

TEST_CASE("linguists read \"vor drei Wochen\" as a duration, and \"heute\" as a day only where a text counts in days") {
  CHECK(dates("Vor drei Wochen kam er.") == "Vor drei Wochen=2025-01-13");
  CHECK(dates("Vor drei Wochen kam er.", "2025-02-03", "reference") == "");
  CHECK(found("Vor drei Wochen kam er.", {"--type", "duration", "--date", "2025-02-03"}) == "drei Wochen=P3W");
  CHECK(dates("Heute ist alles anders.") == "Heute=2025-02-03");
  CHECK(dates("Heute ist alles anders.", "2025-02-03", "reference") == "Heute=PRESENT_REF");
  CHECK(dates("Heute kommt er, gestern kam sie.", "2025-02-03", "reference") ==
        "Heute=2025-02-03 | gestern=2025-02-02");
  CHECK(dates("Die heutige Jugend ist gut.", "2025-02-03", "reference") == "heutige=PRESENT_REF");
}

TEST_CASE("to linguists the hedge before a duration is a part of it, and what counts from another date is a duration") {
  auto lasts = [](const std::string& mode) {
    return found("Es dauerte rund drei Wochen.", {"--type", "duration", "--dates", mode}, {"mod"});
  };
  CHECK(lasts("day") == "drei Wochen=P3W mod:approx");
  CHECK(lasts("reference") == "rund drei Wochen=P3W mod:approx");
  std::string text = "Sie zog 1998 um. Zwei Jahre später starb er.";
  CHECK(dates(text) == "1998=1998 | Zwei Jahre später=2000");
  CHECK(dates(text, "2025-02-03", "reference") == "1998=1998");
}

TEST_CASE("a reported quarter is over") {
  CHECK(dates("Im ersten Quartal sank der Umsatz.") == "ersten Quartal=2024-Q1");
  CHECK(dates("Im ersten Quartal wird der Umsatz sinken.") == "ersten Quartal=2025-Q1");
  CHECK(dates("Im ersten Quartal sank der Umsatz.", "2025-04-20") == "ersten Quartal=2025-Q1");
  CHECK(dates("Im vierten Quartal sank der Umsatz.") == "vierten Quartal=2024-Q4");
}

TEST_CASE("times, durations and sets are kept apart from dates") {
  CHECK(dates("Sie kommt jeden zweiten Donnerstag und heute Abend.") == "");
  CHECK(found("Sie kommt am Donnerstagabend.", {"--type", "time", "--date", "2025-02-03"}) ==
        "Donnerstagabend=2025-02-06TEV");
  CHECK(found("Am 12. März um 20.30 Uhr kommt sie.", {"--type", "date,time", "--date", "2025-02-03"}) ==
        "12. März=2025-03-12 | 20.30 Uhr=2025-03-12T20:30");
  CHECK(found("Am 12. März um 20.30 Uhr kommt sie.", {"--type", "time", "--date", "2025-02-03"}) ==
        "20.30 Uhr=2025-03-12T20:30");
}

TEST_CASE("a document's first lines may state its date, and only they") {
  auto resolved = [](const std::string& text) { return found(text, {"--type", "date"}); };
  CHECK(resolved("Stand: 3. Februar 2025\nGestern kam er.\n").ends_with("Gestern=2025-02-02"));
  CHECK(resolved("date: 2025-02-03\n\nGestern kam er.\n").ends_with("Gestern=2025-02-02"));
  CHECK(resolved("Berlin, 3. Februar 2025 (dpa) - Gestern kam er.\n").ends_with("Gestern=2025-02-02"));
  CHECK(resolved("Eine Überschrift\n11:35 02.03.16\nGestern kam er.\n").ends_with("Gestern=2016-03-01"));
  CHECK(resolved("Am 3. Februar 2025 war das. Gestern kam er.\n").ends_with("Gestern=XXXX-XX-XX"));
  CHECK(
      resolved(std::string(700, 'x') + ".\nStand: 3. Februar 2025\nGestern kam er.\n").ends_with("Gestern=XXXX-XX-XX"));
}

TEST_CASE("a few words without a full stop look ahead, as in a calendar") {
  CHECK(dates("montag") == "montag=2025-02-03");
  CHECK(dates("Silvester") == "Silvester=2025-12-31");
  CHECK(dates("dritter Tag im Oktober") == "dritter Tag im Oktober=2025-10-03");
  CHECK(dates("zwei Tage nach morgen") == "zwei Tage nach morgen=2025-02-06");
}

}  // namespace fakt
