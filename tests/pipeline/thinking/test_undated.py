"""For an earlier day, cells without a day say what they say today, and that is said."""

from __future__ import annotations

from typing import Any

from pipeline.undated import undated


def test_tabs_and_numbers_without_days_are_named(coalition: Any) -> None:
    coalition.form("River Watch")
    coalition.tab("Promises", "Organisation | What | Due\nRiver Watch | Sing | 2026-03-20\n")
    coalition.tab("Help", "Asked on | Organisation | Kind | Closed\n"
                          "2026-03-01 | River Watch | Legal | 2026-03-02\n")  # fmt: skip
    (told,) = undated(coalition.run("2026-03-04"))
    # Nothing says when a promise was made, hours were spent or help was called useful; S3 and
    # others of Help have all the days they need.
    assert told == (
        "Cells without a day say what they say today, not what they said on 2026-03-04. "
        "That concerns the tabs Help and Promises and the numbers P8, S5, S14."
    )


def test_sign_ons_alone_have_all_their_days(coalition: Any) -> None:
    coalition.form("River Watch")
    assert undated(coalition.run("2026-03-04")) == []
