"""Decision-makers over several runs: the store remembers what people overwrite."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.positions.standing import position_on
from tests.pipeline.thinking.conftest import Coalition

HEADER = "Date | Name | Seat | District | Position | Contacted by | In office until"


def fill(coalition: Coalition, *rows: str) -> None:
    coalition.tab("Decision-makers", "\n".join((HEADER, *rows)))


@pytest.fixture
def kept(coalition: Coalition) -> Coalition:
    """One row per person, overwritten from run to run."""
    coalition.form("Oak Union")
    coalition.form("River Trust")
    fill(
        coalition,
        "| Robert Lowe | House | 3 | undecided | |",
        "| Ada Osei | House | 4 | leaning | |",
    )
    coalition.run("2026-03-30")
    fill(
        coalition,
        "| Rep. Bob Lowe | House | 3 | support | |",
        "| Ada Osei | House | 4 | leaning | |",
    )
    coalition.run("2026-04-15")
    return coalition


def figures(coalition: Coalition, code: str) -> dict[str, float]:
    return dict(coalition.result.values[code].details)


def test_an_overwritten_row_leaves_its_history(kept: Coalition) -> None:
    kept.run("2026-05-04")
    assert kept.result.values["I6"].value == 1
    moved = kept.result.values["I9"]
    assert (moved.value, figures(kept, "I9")["undecided → support"]) == (1, 1)
    assert len(kept.known.positions) == 3


def test_dated_rows_say_the_same(
    kept: Coalition, found_coalition: Callable[..., Coalition]
) -> None:
    other = found_coalition()
    other.form("Oak Union")
    fill(
        other, "2026-03-30 | Robert Lowe | House | 3 | undecided | |",
        "2026-03-30 | Ada Osei | House | 4 | leaning | |",
        "2026-04-15 | Bob Lowe | House | 3 | support | |",
    )  # fmt: skip
    for each in (kept, other):
        each.run("2026-05-04")
    for code in ("I6", "I7", "I9"):
        assert kept.result.values[code] == other.result.values[code]


def test_blank_in_a_dated_row_is_as_before_and_no_fault(coalition: Coalition) -> None:
    coalition.form("Oak Union")
    fill(
        coalition, "2026-03-30 | Ada Osei | House | 4 | leaning | |",
        "2026-04-10 | Ada Osei | | | | Oak Union |", "| Robert Lowe | House | 3 | | |",
    )  # fmt: skip
    result = coalition.run("2026-05-04")
    told = [(p.row, p.column) for p in result.problems if p.problem == "is blank"]
    assert told == [(4, "Position")]
    assert figures(coalition, "I6")["leaning"] == 1
    # Name three times, Seat and Position of the row without a date; its Position is blank.
    assert (result.values["Q4"].numerator, result.values["Q4"].denominator) == (1, 5)


def test_an_earlier_day_is_told_as_it_was_seen(kept: Coalition) -> None:
    then = kept.think("2026-03-31", past=True)
    assert then.values["I6"].value == 0
    assert dict(then.values["I6"].details)["undecided"] == 1


def test_a_row_that_is_deleted_stays_until_the_term_ends(kept: Coalition) -> None:
    fill(kept, "| Ada Osei | House | 4 | leaning | | 2026-05-31")
    kept.run("2026-05-04")
    assert kept.result.values["I6"].value == 1
    frame = kept.result.context.positions
    assert frame is not None
    assert list(position_on(frame, kept.result.today)["name"]) == ["Ada Osei", "Rep. Bob Lowe"]


def test_after_a_dissolution_there_is_no_data_until_somebody_is_in_office(kept: Coalition) -> None:
    fill(
        kept, "| Robert Lowe | House | 3 | support | | 2026-05-10",
        "| Ada Osei | House | 4 | leaning | | 2026-05-10",
    )  # fmt: skip
    kept.run("2026-05-10")
    assert kept.result.values["I6"].value == 1
    kept.run("2026-05-11")
    assert "everybody's term has ended" in kept.result.values["I6"].why
    fill(kept, "| Robert Lowe | House | 3 | leaning | | 2030-05-10")
    kept.run("2026-05-12")
    assert figures(kept, "I6")["leaning"] == 1


def test_two_members_with_one_office_in_a_week_are_flagged(kept: Coalition) -> None:
    fill(
        kept, "2026-04-20 | Ada Osei | House | 4 | leaning | Oak Union |",
        "2026-04-24 | Osei, Ada | House | 4 | leaning | River Trust |",
    )  # fmt: skip
    kept.run("2026-05-04")
    assert kept.result.values["P15"].value == 1
    assert kept.result.values["P15"].names == ("Osei, Ada",)
    kept.tab("Actions", "Date | Initiative | Started by | Partners | Plan\n"
             "2026-04-18 | Visits | Oak Union | River Trust | Spring visits")  # fmt: skip
    kept.run("2026-05-05")
    assert kept.result.values["P15"].value == 0


def test_a_name_that_may_be_two_peoples_is_to_fix(kept: Coalition) -> None:
    fill(
        kept, "| Robert Lowe | House | 3 | support | |", "| Robert Lowe | House | 7 | against | |",
        "| R. Lowe | House | | leaning | |",
    )  # fmt: skip
    kept.run("2026-05-04")
    told = [p for p in kept.result.problems if p.tab == "Decision-makers"]
    assert [(p.row, p.column, p.remedy) for p in told] == [
        (4, "Name", "Write the first name or the district.")
    ]
