"""What people type is obeyed and kept, whatever they sort, insert or overwrite."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

import openpyxl
import pytest

from connectors.workbook import read_workbook

THEIRS = ("Decision", "Decided by", "Note")


def typed_in(coalition: Any) -> Counter[tuple[Any, ...]]:
    """What people typed beside each key of To decide."""
    return Counter((row["Key"], *(row[t] for t in THEIRS)) for row in coalition.tab("To decide"))


def who(coalition: Any) -> dict[str, tuple[Any, ...]]:
    """Standing and listing by organisation."""
    return {row["Organisation"]: (row["Standing"], row["We list it"])
            for row in coalition.tab("Who has signed")}  # fmt: skip


def test_a_decision_is_obeyed_after_sorting_inserting_and_a_new_download(demo: Any) -> None:
    waiting = [row for row in demo.tab("To decide") if row["Status"] == "open"]
    listing = next(row for row in waiting if row["We suggest"] == "list")["Organisation"]
    form = next(row for row in waiting if row["What is it"] == "A form in doubt")["Organisation"]
    before = who(demo)
    demo.decide(listing, "list", "Ana", "they asked for it")
    demo.decide(form, "accept", "Tomasz")

    def sorted_with_two_rows_more(header: Sequence[str], rows: list[Any]) -> list[Any]:
        name, note = header.index("Organisation"), header.index("Note")
        rows = sorted(rows, key=lambda row: str(row[name]), reverse=True)
        remark: list[Any] = [None] * len(header)
        remark[note] = "From here on: for the meeting on Monday"
        return [*rows[:40], remark, *rows[40:90], [None] * len(header), *rows[90:]]

    demo.edit("To decide", sorted_with_two_rows_more)
    demo.responses(lambda rows: rows[::-1])
    left = read_workbook(demo.results)
    ran = demo.run()
    now = read_workbook(demo.results)

    assert before[listing] == ("member", "no")
    assert who(demo)[listing] == ("member", "yes")
    assert before[form][0] == "pending"
    assert who(demo)[form][0] == "member"
    others = before.keys() - {listing, form}
    assert {name: before[name] for name in others} == {name: who(demo)[name] for name in others}
    assert ran["signons"]["received"] == 165

    header = now["To decide"].header
    theirs = [header.index(title) for title in ("Key", "Organisation", *THEIRS)]
    stood = zip(left["To decide"].numbers, left["To decide"].rows, strict=True)
    stands = dict(zip(now["To decide"].numbers, now["To decide"].rows, strict=True))
    for number, row in stood:
        assert [stands[number][at] for at in theirs] == [row[at] for at in theirs]
    assert len(left["To decide"].rows) == len(demo.tab("To decide")) - 1  # may the new one be listed?
    assert [row[:6] for row in now["Changes"].rows] == [row[:6] for row in left["Changes"].rows]


def decisions_alone(header: Sequence[str], rows: list[Any]) -> list[Any]:
    """Sort what people typed, and nothing else."""
    at = header.index("Decision")
    return [[*row[:at], *other[at:]] for row, other in zip(rows, rows[::-1], strict=True)]


def names_alone(header: Sequence[str], rows: list[Any]) -> list[Any]:
    """Sort the columns up to the organisation, and nothing else."""
    at = header.index("Organisation") + 1
    by_name = sorted(rows, key=lambda row: str(row[at - 1]))
    return [[*other[:at], *row[at:]] for row, other in zip(rows, by_name, strict=True)]


@pytest.mark.parametrize("half", [decisions_alone, names_alone])
def test_sorting_half_of_the_columns_applies_nothing_and_says_so(settled: Any, half: Any) -> None:
    before = who(settled)
    settled.decide("Cedar Ferry Choir", "list")
    settled.decide("Heron Lake Rowers", "not accepted")
    settled.edit("To decide", half)
    left = typed_in(settled)
    ran = settled.run()
    assert who(settled) == before
    assert typed_in(settled) == left
    told = [problem for problem in ran["problems"] if problem["tab"] == "To decide"]
    assert any("sorted or pasted without the others" in problem["problem"] for problem in told)
    assert any("sorted or pasted" in row["What is wrong"] for row in settled.tab("To fix"))


def test_after_the_sort_is_undone_the_decisions_are_obeyed(settled: Any) -> None:
    settled.decide("Cedar Ferry Choir", "list")
    settled.edit("To decide", decisions_alone)
    assert settled.run()["listed"] == 1
    settled.edit("To decide", decisions_alone)
    assert settled.run()["listed"] == 2
    assert who(settled)["Cedar Ferry Choir"] == ("member", "yes")


def test_a_withdrawal_typed_in_changes_takes_it_off_the_list(settled: Any) -> None:
    assert who(settled)["Alder Brook Anglers"] == ("member", "yes")
    settled.change("Alder Brook Anglers", "withdraw", **{"Asked by": "Ivo", "Entered by": "Ana"})
    ran = settled.run()
    assert who(settled)["Alder Brook Anglers"] == ("withdrawn", "no")
    assert (ran["listed"], ran["organisations"]["withdrawn"]) == (0, 1)
    (row,) = settled.tab("Changes")
    assert (row["Asked by"], row["Entered by"]) == ("Ivo", "Ana")
    assert row["Answer"].startswith("Withdrawn")
    assert row["Done"] == dt.date(2026, 3, 17)


def test_blank_and_a_deleted_row_are_no_instructions(settled: Any) -> None:
    before = who(settled)
    settled.decide("Dune Wardens", "", by="")

    def without(header: Sequence[str], rows: list[Any]) -> list[Any]:
        name = header.index("Organisation")
        return [r for r in rows if r[name] not in ("Alder Brook Anglers", "Gorse Moor Society")]

    settled.edit("To decide", without)
    settled.run()
    assert who(settled) == before
    asked = [row["Organisation"] for row in settled.tab("To decide")]
    assert "Alder Brook Anglers" not in asked  # it was settled, and stays so
    assert settled.row("To decide", "Gorse Moor Society")["Status"] == "open"
    for row in settled.tab("To decide"):
        assert row["Decision"] is None


def test_undo_takes_a_decision_back(settled: Any) -> None:
    settled.decide("Alder Brook Anglers", "undo")
    assert settled.run()["listed"] == 0
    assert settled.row("To decide", "Alder Brook Anglers")["Status"] == "open"


def test_peoples_own_columns_notes_and_tabs_survive(settled: Any) -> None:
    def made_theirs(book: openpyxl.Workbook) -> None:
        ask, signed = book["To decide"], book["Who has signed"]
        for sheet, title in ((ask, "Who rings them"), (signed, "Our remark")):
            column = sheet.max_column + 1
            sheet.cell(1, column, title)
            for row in range(2, sheet.max_row + 1):
                name = sheet.cell(row, 3 if sheet is ask else 2).value
                sheet.cell(row, column, f"{title}: {name}")
        note = next(cell.column for cell in ask[1] if cell.value == "Note")
        for row in range(2, ask.max_row + 1):
            if ask.cell(row, 3).value == "Heron Lake Rowers":
                ask.cell(row, note, "=not a formula, they said")
                ask.cell(row, note).data_type = "s"
        rota = book.create_sheet("Rota", 0)
        for row in (["Tea rota", None], [None, None], [dt.date(2026, 4, 1), 2.5], [True, "Bo"]):
            rota.append(row)

    settled.workbook(made_theirs)

    def backwards(header: Sequence[str], rows: list[Any]) -> list[Any]:
        return rows[::-1]

    settled.edit("Who has signed", backwards)
    before = read_workbook(settled.results)
    settled.signs("2026-03-16 08:00:00", "Iris Meadow Trust")
    assert settled.run()["cells_written"] > 0

    now = read_workbook(settled.results)
    assert (now["Rota"].header, now["Rota"].rows) == (before["Rota"].header, before["Rota"].rows)
    for tab, title in (("To decide", "Who rings them"), ("Who has signed", "Our remark")):
        assert title in now[tab].header
        rows = settled.tab(tab)
        new = [row for row in rows if row["Organisation"] == "Iris Meadow Trust"]
        assert [row[title] for row in new] == [None]
        for row in rows:
            if row not in new:
                assert row[title] == f"{title}: {row['Organisation']}"
    assert settled.row("To decide", "Heron Lake Rowers")["Note"] == "=not a formula, they said"


def test_a_key_that_was_overtyped_is_not_rewritten_and_not_obeyed(settled: Any) -> None:
    key = settled.row("To decide", "Gorse Moor Society")["Key"]

    def overtyped(header: Sequence[str], rows: list[Any]) -> list[Any]:
        for row in rows:
            if row[header.index("Key")] == key:
                row[header.index("Key")] = "mine"
                row[header.index("Decision")] = "list"
        return rows

    settled.edit("To decide", overtyped)
    ran = settled.run()
    assert ran["listed"] == 1
    rows = {row["Key"]: row for row in settled.tab("To decide")}
    assert rows["mine"]["Decision"] == "list"
    assert (rows[key]["Status"], rows[key]["Decision"]) == ("open", None)
    assert [(p["tab"], p["column"]) for p in ran["problems"]] == [("To decide", "Key")]
