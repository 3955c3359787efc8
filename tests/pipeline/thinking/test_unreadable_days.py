"""A day that can't be read is not a day that hasn't come: such rows are left out, and said."""

from __future__ import annotations

from typing import Any

NAMES = ("Oak Union", "River Trust", "Hill Farms")
PROMISES = """
Organisation | What | Due        | Done
Oak Union    | a    | 2026-02-01 | yes
River Trust  | b    | 2026-02-01 | 2026-02-01
Hill Farms   | c    | 2026-02-01 | 2026-12-01
"""


def test_nobody_is_called_for_a_day_that_cannot_be_read(coalition: Any) -> None:
    for name in NAMES:
        coalition.form(name, on="2026-01-05")
    coalition.tab("Promises", PROMISES)
    coalition.run("2026-03-02")
    value = coalition.result.values["P9"]
    assert (value.numerator, value.denominator) == (1, 2)
    assert value.excluded == (1, "a day that can't be read")
    # What is done in the future isn't done yet.
    assert value.names == ("Hill Farms",)
    assert [due.what for due in coalition.digest().promises] == ["c"]


def test_nobody_calls_who_has_left(coalition: Any) -> None:
    for name in NAMES:
        coalition.form(name, on="2026-01-05")
    coalition.form("Hill Farms", on="2026-01-20", request="withdraw")
    coalition.tab("Promises", PROMISES)
    coalition.run("2026-03-02")
    coalition.decide("Hill Farms", "withdraw")
    coalition.run("2026-03-02")
    assert "Hill Farms" not in coalition.members()
    assert coalition.result.values["P9"].names == ()
    assert list(coalition.digest().promises) == []
