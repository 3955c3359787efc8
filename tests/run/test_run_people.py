"""What people type is obeyed and kept, whatever they sort, insert or overwrite."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

import openpyxl

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
    left = demo.book()
    ran = demo.run()
    now = demo.book()

    after = who(demo)
    assert (before.pop(listing), after.pop(listing)) == (("member", "no"), ("member", "yes"))
    assert (before.pop(form)[0], after.pop(form)[0]) == ("pending", "member")
    assert after == before
    assert ran["signons"]["received"] == 196

    header = now["To decide"].header
    theirs = [header.index(title) for title in ("Key", "Organisation", *THEIRS)]
    stood = zip(left["To decide"].numbers, left["To decide"].rows, strict=True)
    stands = dict(zip(now["To decide"].numbers, now["To decide"].rows, strict=True))
    for number, row in stood:
        assert [stands[number][at] for at in theirs] == [row[at] for at in theirs]
    # May the new member be listed? That is the only row more.
    assert len(now["To decide"].rows) == len(left["To decide"].rows) + 1
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


def told_of_a_half_sort(coalition: Any) -> bool:
    """Whether the next run says so, applies nothing and leaves what was typed."""
    before, left = who(coalition), typed_in(coalition)
    problems = coalition.run()["problems"]
    assert who(coalition) == before
    assert typed_in(coalition) == left
    assert any("sorted or pasted" in row["What is wrong"] for row in coalition.tab("To fix"))
    said = [problem["problem"] for problem in problems if problem["tab"] == "To decide"]
    return any("sorted or pasted without the others" in sentence for sentence in said)


def test_sorting_the_keys_and_names_alone_applies_nothing_and_says_so(settled: Any) -> None:
    settled.decide("Cedar Ferry Choir", "list")
    settled.edit("To decide", names_alone)
    assert told_of_a_half_sort(settled)


def test_sorting_the_decisions_alone_applies_nothing_until_it_is_undone(settled: Any) -> None:
    settled.decide("Cedar Ferry Choir", "list")
    settled.decide("Heron Lake Rowers", "not accepted")
    settled.edit("To decide", decisions_alone)
    assert told_of_a_half_sort(settled)
    settled.edit("To decide", decisions_alone)
    settled.run()
    now = who(settled)
    assert now["Cedar Ferry Choir"] == ("member", "yes")
    assert now["Heron Lake Rowers"] == ("declined", "no")


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


def own_columns(book: openpyxl.Workbook) -> None:
    """A remark of people's own beside every organisation, in two tabs, and a tab of their own."""
    for tab, title, name in (("To decide", "Who rings", 3), ("Who has signed", "Remark", 2)):
        sheet = book[tab]
        column = sheet.max_column + 1
        sheet.cell(1, column, title)
        for row in range(2, sheet.max_row + 1):
            sheet.cell(row, column, f"{title}: {sheet.cell(row, name).value}")
    rota = book.create_sheet("Rota", 0)
    for cells in (["Tea rota", None], [None, None], [dt.date(2026, 4, 1), 2.5], [True, "Bo"]):
        rota.append(cells)


def test_peoples_own_columns_notes_and_tabs_survive(settled: Any) -> None:
    settled.decide("Heron Lake Rowers", "", by="", note="=not a formula, they said")
    settled.workbook(own_columns)
    settled.edit("Who has signed", lambda _, rows: rows[::-1])
    rota = settled.book()["Rota"]
    settled.signs("2026-03-16 08:00:00", "Iris Meadow Trust")
    assert settled.run()["cells_written"] > 0

    now = settled.book()
    assert (now["Rota"].header, now["Rota"].rows) == (rota.header, rota.rows)
    assert len(rota.rows) == 2
    for tab, title in (("To decide", "Who rings"), ("Who has signed", "Remark")):
        found = {row["Organisation"]: row[title] for row in settled.tab(tab)}
        assert found.pop("Iris Meadow Trust") is None
        assert found == {name: f"{title}: {name}" for name in found}
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
