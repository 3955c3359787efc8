"""Who re-confirmed version 2 of the statement: the same organisations send the form again."""

from __future__ import annotations

import datetime as dt

from pipeline.demo.people import Applicant, applicants, pick

ADOPTED, LAST = dt.date(2025, 11, 8), dt.date(2025, 12, 14)
"""Version 2 was adopted, and the last day to re-confirm it."""
FIRST = dt.date(2025, 11, 10)
"""The form asked for the new policy from that day on, and everybody had a letter."""
SILENT = "Escuelas por el Agua de Villasarra"
"""It never answered, and lapsed."""
AT_ANOTHER_TIME = {
    "Flussbund Mittlere Velmar": dt.datetime.fromisoformat("2026-02-17 18:41:09"),
    "Red de Salud Comunitaria del Quindal": dt.datetime.fromisoformat("2026-01-11 20:05:37"),
}
"""The one lapsed and came back; the other had been given more time."""


def renewals() -> tuple[tuple[dt.datetime, Applicant], ...]:
    """Those who had signed before version 2 and agreed to it, with the time of that form."""
    return tuple(
        (_again(applicant.name), applicant)
        for received, applicant in applicants()
        if received.date() < ADOPTED and applicant.name != SILENT
    )


def _again(name: str) -> dt.datetime:
    """Some at once, some on the last evening; always the same for the same name."""
    if name in AT_ANOTHER_TIME:
        return AT_ANOTHER_TIME[name]
    day = FIRST + dt.timedelta(days=pick(range((LAST - FIRST).days + 1), name, "again"))
    return dt.datetime.combine(day, time_of_day(name, "again"))


def time_of_day(*seed: str) -> dt.time:
    """Some time between seven in the morning and ten at night."""
    return dt.time(pick(range(7, 22), *seed, "h"), pick(range(60), *seed, "m"),
                   pick(range(60), *seed, "s"))  # fmt: skip
