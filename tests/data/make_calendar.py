#!/usr/bin/env python3
"""Writes calendar.tsv, the reference for tests/calendar_test.cpp: 1990 to 2050, by Python's datetime and, for Easter, by
the church's own tables (golden number, epact, Sunday after the full moon) instead of a closed formula.
usage: make_calendar.py > calendar.tsv"""
import datetime as dt

DAY = dt.timedelta(days=1)


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
    yield ["year", "first_weekday", "week1", "weeks", "q1", "q2", "q3", "q4", "Rosenmontag", "Aschermittwoch", "Palmsonntag",
           "Karfreitag", "Ostersonntag", "Ostermontag", "Christi Himmelfahrt", "Pfingstsonntag", "Pfingstmontag",
           "Fronleichnam", "Herz-Jesu-Sonntag", "Muttertag", "Erntedankfest", "Volkstrauertag", "Buß- und Bettag",
           "Totensonntag", "1. Advent", "2. Advent", "3. Advent", "4. Advent", "letzter Sonntag im März",
           "letzter Sonntag im Oktober", "erster Montag im September", "vierter Donnerstag im November"]
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
        feasts = [e + DAY * n for n in (-48, -46, -7, -2, 0, 1, 39, 49, 50, 60, 70)]
        repentance = dt.date(year, 11, 22)  # the Wednesday before 23 November
        while repentance.weekday() != 2:
            repentance -= DAY
        feasts += [nth(year, 5, 6, 2), nth(year, 10, 6, 1), fourth - DAY * 35, repentance, fourth - DAY * 28]
        feasts += [fourth - DAY * 7 * n for n in (3, 2, 1, 0)]
        feasts += [nth(year, 3, 6, -1), nth(year, 10, 6, -1), nth(year, 9, 0, 1), nth(year, 11, 3, 4)]
        yield [year, first.isoweekday(), day, weeks, *quarters, *feasts]


for row in rows():
    print(*row, sep="\t")
