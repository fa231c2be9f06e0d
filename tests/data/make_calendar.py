#!/usr/bin/env python3
"""Writes calendar.tsv, the reference for tests/calendar_test.cpp: 1990 to 2050, by Python's datetime and, for Easter, by
the church's own tables (golden number, epact, Sunday after the full moon) instead of a closed formula.
usage: make_calendar.py > calendar.tsv"""
import datetime as dt

DAY = dt.timedelta(days=1)

FROM_EASTER = {
    "Weiberfastnacht": -52, "Faschingssonntag": -49, "Rosenmontag": -48, "Faschingsdienstag": -47, "Aschermittwoch": -46,
    "Palmsonntag": -7, "Gründonnerstag": -3, "Karfreitag": -2, "Karsamstag": -1, "Ostersonntag": 0, "Ostermontag": 1,
    "Weißer Sonntag": 7, "Christi Himmelfahrt": 39, "Vatertag": 39, "Pfingstsamstag": 48, "Pfingstsonntag": 49,
    "Pfingstmontag": 50, "Dreifaltigkeitssonntag": 56, "Fronleichnam": 60, "Herz-Jesu-Fest": 68, "Herz-Jesu-Sonntag": 70,
}
FIXED = {
    "Neujahr": (1, 1), "Dreikönigstag": (1, 6), "Valentinstag": (2, 14), "Frauentag": (3, 8), "Josefstag": (3, 19),
    "Tag der Arbeit": (5, 1), "Johannistag": (6, 24), "Siebenschläfer": (6, 27), "Bundesfeier": (8, 1),
    "Ferragosto": (8, 15), "Weltkindertag": (9, 20), "Michaelistag": (9, 29), "Tag der Deutschen Einheit": (10, 3),
    "Österreichischer Nationalfeiertag": (10, 26), "Reformationstag": (10, 31), "Allerheiligen": (11, 1),
    "Allerseelen": (11, 2), "Martinstag": (11, 11), "Barbaratag": (12, 4), "Nikolaustag": (12, 6),
    "Heiligabend": (12, 24), "Weihnachten": (12, 25), "zweiter Weihnachtstag": (12, 26), "Silvestertag": (12, 31),
}
SUNDAYS_BEFORE = {  # weeks before the fourth Sunday of advent
    "Volkstrauertag": 5, "Totensonntag": 4, "1. Advent": 3, "2. Advent": 2, "3. Advent": 1, "4. Advent": 0,
}
RULES = {  # month, weekday (0 Monday), which one of the month
    "Buß- und Bettag": None, "Muttertag": (5, 6, 2), "Tag des offenen Denkmals": (9, 6, 2), "Erntedankfest": (10, 6, 1),
    "letzter Sonntag im März": (3, 6, -1), "letzter Sonntag im Oktober": (10, 6, -1),
    "erster Montag im September": (9, 0, 1), "vierter Donnerstag im November": (11, 3, 4),
}
for number, month in enumerate(("Jänner", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September",
                                "Oktober", "November", "Dezember"), 1):
    RULES["zweiter " + ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag")[number % 6] + " im " + month] = (
        number, number % 6, 2)


def easter(year):
    golden = year % 19 + 1
    century = year // 100 + 1
    epact = (11 * golden + 20 + (8 * century + 5) // 25 - 5 - (3 * century // 4 - 12)) % 30
    if epact == 24 or (epact == 25 and golden > 11):
        epact += 1
    moon = 44 - epact
    if moon < 21:
        moon += 30
    full = dt.date(year, 3, 1) + DAY * (moon - 1)
    day = full + DAY
    while day.weekday() != 6:
        day += DAY
    return day


def nth(year, month, weekday, n):
    """The n-th such weekday (0 Monday) of a month, by looking at every day."""
    days = [d for d in (dt.date(year, month, 1) + DAY * i for i in range(31)) if d.month == month]
    return [d for d in days if d.weekday() == weekday][n - 1 if n > 0 else n]


def sunday_before(day):
    while day.weekday() != 6:
        day -= DAY
    return day


def rows():
    yield ["year", "first_weekday", "week1", "weeks", "q1", "q2", "q3", "q4", *FROM_EASTER, *FIXED, *SUNDAYS_BEFORE, *RULES]
    for year in range(1990, 2051):
        first = dt.date(year, 1, 1)
        day = first - 7 * DAY
        while day.isocalendar()[:2] != (year, 1):
            day += DAY
        weeks = dt.date(year, 12, 28).isocalendar()[1]
        ends = [first, dt.date(year, 4, 1), dt.date(year, 7, 1), dt.date(year, 10, 1), dt.date(year + 1, 1, 1)]
        quarters = [(b - a).days for a, b in zip(ends, ends[1:])]
        e = easter(year)
        fourth = sunday_before(dt.date(year, 12, 24))
        feasts = [e + DAY * days for days in FROM_EASTER.values()]
        feasts += [dt.date(year, month, day) for month, day in FIXED.values()]
        feasts += [fourth - DAY * 7 * weeks for weeks in SUNDAYS_BEFORE.values()]
        repentance = dt.date(year, 11, 22)  # the Wednesday before 23 November
        while repentance.weekday() != 2:
            repentance -= DAY
        feasts.append(repentance)
        feasts += [nth(year, *rule) for rule in list(RULES.values())[1:]]
        yield [year, first.isoweekday(), day, weeks, *quarters, *feasts]


for row in rows():
    print(*row, sep="\t")
