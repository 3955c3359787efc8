"""Weaver's tabs look as good on Google as in a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from connectors import style
from connectors.google.looks import colour
from tests.google_emulator import people
from tests.google_emulator.server import Emulator
from tests.google_emulator.sheets.model import Sheet
from tests.google_emulator.tracker import environment
from tests.google_traps.conftest import Ran
from tests.google_traps.springs import Springs, copied

SHARED = {"Start", "To decide", "Changes", "Mail waiting"}
LATER = {"Numbers over time", "Weaver's log"}
"""Tabs that are out of sight until there is more in them."""


def weavers(springs: Springs) -> list[Sheet]:
    """Weaver's and the shared tabs."""
    return [sheet for sheet in springs.working.sheets if sheet.title != "Promises"]


def header(sheet: Sheet) -> list[str]:
    return [str(title) for title in sheet.grid()[0]]


@pytest.fixture(scope="module")
def dressed_once(first_days: Ran, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Springs]:
    """After a second run with something to fix, a decision and more forms; made once."""
    with Emulator() as google, pytest.MonkeyPatch.context() as patch:
        for name, value in environment(google).items():
            patch.setenv(name, value)
        made = copied(first_days("form"), google, tmp_path_factory.mktemp("looks") / "springs")
        made.decide("Dune Wardens", "accept", "Bo")
        made.type("Promises", {"Who": "Ivo"}, "Due", "soon")
        made.next_day()
        made.sign("Gorse Moor Society", {"Reservations": "Only if we may leave in May."})
        made.run()
        yield made


@pytest.fixture
def dressed(dressed_once: Springs, signed_in: Emulator, tmp_path: Path) -> Springs:
    """A copy of it for each test."""
    return copied(dressed_once, signed_in, tmp_path / "springs")


def test_every_tab_is_there(dressed: Springs) -> None:
    titles = [sheet.title for sheet in dressed.working.sheets]
    assert {
        "Start", "To decide", "Who has signed", "Changes", "To fix", "Mail waiting", "Numbers",
        "Every form checked", "Numbers over time", "Weaver's log", "Promises",
    } == set(titles)  # fmt: skip
    for sheet in dressed.working.sheets:
        assert sheet.hidden == (sheet.title in LATER)
        sizes = (*sheet.row_props.values(), *sheet.column_props.values())
        assert not any(size.get("hiddenByUser") for size in sizes)


def test_titles_are_frozen_filtered_coloured_and_explained(dressed: Springs) -> None:
    for sheet in weavers(dressed):
        titles = header(sheet)
        assert sheet.grid_properties["frozenRowCount"] == 1
        assert sheet.basic_filter is not None
        where = sheet.basic_filter["range"]
        assert where.get("startRowIndex", 0) == 0
        assert where["endColumnIndex"] == len(titles)
        assert where["endRowIndex"] >= sheet.last_row()
        ours = set()
        for place, title in enumerate(titles):
            cell = sheet.cell(0, place)
            assert cell
            assert cell.note, (sheet.title, title)
            fill = (cell.format or {})["backgroundColorStyle"]
            ours.add(fill == colour(style.WEAVER_HEADER[0]))
            assert (cell.format or {})["textFormat"]["bold"]
            assert sheet.column_props[place]["pixelSize"] >= 60
        assert ours == ({True, False} if sheet.title in SHARED else {True}), sheet.title
        assert sheet.properties["tabColorStyle"]


def rules(sheet: Sheet, title: str) -> dict[str, Any]:
    """Word → how it is coloured in that column."""
    place = header(sheet).index(title)
    found = {}
    for rule in sheet.conditional_formats:
        (where,) = rule["ranges"]
        if where["startColumnIndex"] == place and where["endColumnIndex"] == place + 1:
            condition = rule["booleanRule"]["condition"]
            assert where["startRowIndex"] == 1
            assert "endRowIndex" not in where
            found[condition["values"][0]["userEnteredValue"]] = rule["booleanRule"]["format"]
    return found


def test_states_are_coloured(dressed: Springs) -> None:
    found = rules(dressed.working.sheet("To decide"), "Status")
    assert found.keys() >= {"open", "settled"}
    fill, ink = style.COLOURS["wait"]
    assert found["open"]["backgroundColorStyle"] == colour(fill)
    assert found["open"]["textFormat"]["foregroundColorStyle"] == colour(ink)
    assert "member" in rules(dressed.working.sheet("Who has signed"), "Standing")
    assert "accepted" in rules(dressed.working.sheet("Every form checked"), "Outcome")


def test_decisions_are_picked_from_a_list(dressed: Springs) -> None:
    """In old rows, in the one that came later and in those below it."""
    sheet = dressed.working.sheet("To decide")
    place = header(sheet).index("Decision")
    for row in range(1, sheet.rows):
        cell = sheet.cell(row, place)
        assert cell
        assert cell.validation, row
        condition = cell.validation["condition"]
        assert condition["type"] == "ONE_OF_LIST"
        assert not cell.validation.get("strict")
        words = [value["userEnteredValue"] for value in condition["values"]]
        assert {"accept", "not accepted", "undo"} <= set(words)
    changes = dressed.working.sheet("Changes")
    cell = changes.cell(5, header(changes).index("Change"))
    assert cell
    assert cell.validation


def test_weavers_cells_are_guarded_by_a_warning(dressed: Springs) -> None:
    for sheet in weavers(dressed):
        assert [p["warningOnly"] for p in sheet.protected] == [True] * len(sheet.protected)
        guarded = {
            column
            for protection in sheet.protected
            for column in range(
                protection["range"].get("startColumnIndex", 0),
                protection["range"].get("endColumnIndex", len(header(sheet))),
            )
            if protection["range"].get("endRowIndex") is None
        }
        theirs = {i for i, title in enumerate(header(sheet)) if _theirs(sheet, title)}
        assert guarded == set(range(len(header(sheet)))) - theirs, sheet.title
    assert dressed.working.sheet("Promises").protected == []


def _theirs(sheet: Sheet, title: str) -> bool:
    cell = sheet.cell(0, header(sheet).index(title))
    return bool(
        cell and (cell.format or {})["backgroundColorStyle"] == colour(style.PEOPLE_HEADER[0])
    )


TEXTS = ("3/4", "0042", "1e5", "2026-03-04", "=1+1", "1.50")


def test_what_people_type_stays_text(dressed: Springs) -> None:
    """Columns of texts that are people's are plain text: "3/4" is no day."""
    names = dressed.names()[: len(TEXTS)]
    typed = [
        {"Organisation": name, "Change": "show as", "New value": text, "Entered by": "Ana"}
        for name, text in zip(names, TEXTS, strict=True)
    ]
    people.type_rows_at_bottom(dressed.world, dressed.working, "Changes", typed)
    for name, text in zip(dressed.names("To decide"), TEXTS, strict=False):
        dressed.type("To decide", {"Organisation": name}, "Note", text)
    dressed.next_day()
    dressed.run()
    assert [row["New value"] for row in dressed.rows("Changes")] == [*TEXTS]
    notes = {str(row["Organisation"]): row["Note"] for row in dressed.rows("To decide")}
    assert [notes[name] for name in sorted(notes)] == [*TEXTS[: len(notes)]]
    assert set(TEXTS) <= set(dressed.names())


def test_a_cell_without_that_format_is_another_one(dressed: Springs) -> None:
    """The emulator does what Google does: in a column of a person's own "3/4" becomes a day."""
    people.add_own_column(dressed.world, dressed.working, "To decide", "Share", [(2, "3/4")])
    assert dressed.rows("To decide")[0]["Share"] != "3/4"


def test_days_look_like_days(dressed: Springs) -> None:
    for tab, title, kind in (
        ("Who has signed", "Since", "DATE"), ("Every form checked", "Received", "DATE_TIME"),
        ("To decide", "Since", "DATE"), ("Weaver's log", "As of", "DATE"),
    ):  # fmt: skip
        sheet = dressed.working.sheet(tab)
        place = header(sheet).index(title)
        for row in range(1, sheet.last_row()):
            cell = sheet.cell(row, place)
            assert cell
            assert isinstance(cell.value, int | float)
            assert cell.number_format
            assert cell.number_format["type"] == kind
