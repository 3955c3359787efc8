"""Deciders, second names and a day taken back, through the workbook and the program itself."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

LIST = """
[[deciders]]
name = "Ana"
employer = "Birch Hill Growers"

[[deciders]]
name = "Bo"
"""
THIRD_DAY = dt.date(2026, 3, 18)


@pytest.fixture
def strict(settled: Any) -> Any:
    """The coalition of eight, with a list of two who decide."""
    with settled.settings.open("a", encoding="utf-8") as file:
        file.write(LIST)
    return settled


def standing(coalition: Any, organisation: str) -> tuple[str, str]:
    row = coalition.row("Who has signed", organisation)
    return row["Standing"], row["We list it"]


def test_who_is_not_on_the_list_is_told_so_and_counts_once_put_right(strict: Any) -> None:
    strict.decide("Cedar Ferry Choir", "list", by="Zoe")
    ran = strict.run()
    assert [(p["tab"], p["column"]) for p in ran["problems"]] == [("To decide", "Decided by")]
    assert "Zoe" not in str(ran), "what a person typed is in no summary"
    (fix,) = strict.tab("To fix")
    assert (fix["Found"], "On the list: Ana, Bo." in fix["What to do"]) == ("Zoe", True)
    assert standing(strict, "Cedar Ferry Choir") == ("member", "no")
    assert standing(strict, "Alder Brook Anglers") == ("member", "yes"), "decided before the list"
    strict.decide("Cedar Ferry Choir", "list", by="bo")
    assert strict.run()["problems"] == []
    assert standing(strict, "Cedar Ferry Choir") == ("member", "yes")


def test_nobody_decides_on_their_employer(strict: Any) -> None:
    strict.decide("Birch Hill Growers", "list", by="Ana")
    strict.run()
    assert standing(strict, "Birch Hill Growers") == ("member", "no")
    (fix,) = strict.tab("To fix")
    assert fix["What to do"].startswith("Somebody else has to decide it.")


def test_a_removal_waits_for_its_second_row(settled: Any) -> None:
    removal = {"New value": "Steering group, 2026-03-17", "Entered by": "Ana"}
    settled.change("Alder Brook Anglers", "remove", **removal)
    settled.run()
    assert standing(settled, "Alder Brook Anglers") == ("member", "yes")
    (row,) = settled.tab("Changes")
    assert "waits for a second name" in row["Answer"]
    assert row["Done"] is None
    settled.change("Alder Brook Anglers", "remove", **{"Entered by": "Bo"})
    settled.run()
    assert standing(settled, "Alder Brook Anglers") == ("removed", "no")
    assert {row["Done"] for row in settled.tab("Changes")} == {dt.date(2026, 3, 17)}


def test_a_day_is_taken_back_and_the_next_word_counts(settled: Any) -> None:
    typed = [
        (r["Key"], r["Decision"], r["Decided by"], r["Note"]) for r in settled.tab("To decide")
    ]
    settled.on(THIRD_DAY)
    settled.change("all decisions", "undo", **{"New value": dt.date(2026, 3, 17),
                                               "Entered by": "Bo"})  # fmt: skip
    settled.run()
    assert standing(settled, "Alder Brook Anglers") == ("member", "no")
    assert standing(settled, "Dune Wardens") == ("pending", "no")
    (row,) = settled.tab("Changes")
    assert row["Answer"] == "Took back 2 decisions (read on 2026-03-17)."
    asked = settled.row("To decide", "Alder Brook Anglers")
    assert asked["Evidence"].startswith("Earlier answer “list” (Ana, 2026-03-17) was taken back")
    assert asked["Status"] == "reopened"
    now = [(r["Key"], r["Decision"], r["Decided by"], r["Note"]) for r in settled.tab("To decide")]
    assert now == typed
    assert settled.run()["cells_written"] == 0
    settled.decide("Alder Brook Anglers", "list", "Ana", "they are right")
    settled.run()
    assert standing(settled, "Alder Brook Anglers") == ("member", "yes")
    told = settled.weaver("explain", "Alder Brook Anglers").out
    assert "It was taken back on 2026-03-18." in told
