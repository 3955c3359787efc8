"""Days and times as the numbers that spreadsheets keep: days since 30 December 1899."""

from __future__ import annotations

import datetime as dt

from config.raw import Scalar

EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's moments have no zone
LAST = 2_958_465
"""31 December 9999; spreadsheets know no later day."""
_MILLISECONDS = 86_400_000


def serial_of(value: dt.date) -> int | float:
    """The number of a day, or of a moment by its own clock."""
    if not isinstance(value, dt.datetime):
        return value.toordinal() - EPOCH.toordinal()
    passed = value.replace(tzinfo=None) - EPOCH
    return passed / dt.timedelta(days=1)


def moment_of(number: Scalar) -> dt.datetime | None:
    """The moment that a number stands for, to the millisecond; None where it stands for none."""
    if isinstance(number, bool) or not isinstance(number, (int, float)):
        return None
    if not 0 <= number < LAST + 1:
        return None
    return EPOCH + dt.timedelta(milliseconds=round(number * _MILLISECONDS))


def day_of(number: Scalar) -> dt.date | dt.datetime | None:
    """The day that a number stands for; the moment where it has a time of day."""
    moment = moment_of(number)
    if moment is None:
        return None
    return moment.date() if moment.time() == dt.time() else moment
