"""Law 1: what people typed is never changed, moved or lost, whatever they did to the tab."""
# ruff: noqa: DTZ001 - a spreadsheet's moments have no zone

import datetime as dt
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.errors import WrongSettings
from config.raw import RawTable
from config.tabplan import ColumnPlan, TabPlan
from connectors.cells import CUT, LONGEST, same
from connectors.merge import Merged, merge

KEY = ColumnPlan("Key", True, "The matter.")
WHY = ColumnPlan("Why", True, "The reason.")
DECISION = ColumnPlan("Decision", False, "A word.", choices=("accept", "undo"))
NOTE = ColumnPlan("Note", False, "A reason.")


def plan(*rows: tuple[object, ...], **changes: object) -> TabPlan:
    settings = {"key": ("Key",), "about": "A matter."} | changes
    return TabPlan("To decide", (KEY, WHY, DECISION, NOTE), rows, **settings)


def table(header: tuple[str, ...], *rows: tuple[object, ...], numbers: object = None) -> RawTable:
    return RawTable("To decide", header, rows, numbers or tuple(range(2, 2 + len(rows))))


def again(merged: Merged) -> RawTable:
    return RawTable("To decide", merged.header, merged.rows, merged.numbers)


def test_a_new_tab_has_every_title_and_row_and_no_cell_of_peoples() -> None:
    merged = merge(plan(("k1", "late", "ignored", None)), None)
    assert merged.header == ("Key", "Why", "Decision", "Note")
    assert merged.rows == (("k1", "late", None, None),)
    assert merged.numbers == (2,)
    assert merged.changed == 4 + 2


def test_rows_and_columns_are_found_wherever_people_moved_them() -> None:
    standing = table(
        ("Decision", "Mine", "Why", "", "Key", ""),
        ("undo", "x", "old", 1, "k2", None),
        (None, "a remark", None, None, None, None),
        ("accept", None, "late", None, "k1", 2),
        numbers=(2, 4, 5),
    )
    merged = merge(plan(("k1", "late", 0, 0), ("k2", "new", 0, 0), ("k3", "odd", 0, 0)), standing)
    assert merged.header == ("Decision", "Mine", "Why", "", "Key", "", "Note")
    assert merged.rows == (
        ("undo", "x", "new", 1, "k2", None, None),
        (None, "a remark", None, None, None, None, None),
        ("accept", None, "late", None, "k1", 2, None),
        (None, None, "odd", None, "k3", None, None),
    )
    assert merged.numbers == (2, 4, 5, 6)
    assert merged.columns == (DECISION, None, WHY, None, KEY, None, NOTE)
    assert merged.changed == 1 + 1 + 2


def test_a_row_that_is_no_longer_planned_stays_as_it_is() -> None:
    standing = table(("Key", "Why", "Decision"), ("gone", "late", "accept"))
    merged = merge(plan(), standing)
    assert merged.rows == (("gone", "late", "accept", None),)


def test_a_tab_that_is_peoples_never_grows() -> None:
    standing = table(("Key", "Why", "Decision", "Note"), ("k1", "", "accept", "n"))
    merged = merge(plan(("k1", "done", 0, 0), ("k2", "done", 0, 0), grows=False), standing)
    assert merged.rows == (("k1", "done", "accept", "n"),)
    assert merge(plan(("k2", "done", 0, 0), grows=False), None).rows == ()


def test_rows_without_a_key_are_peoples() -> None:
    standing = table(("Key", "Why", "Decision", "Note"), (None, None, "accept", "mine"))
    merged = merge(plan((None, "late", 0, 0)), standing)
    assert merged.rows[0] == (None, None, "accept", "mine")


def test_a_row_whose_key_people_write_is_never_appended() -> None:
    merged = merge(plan(("k1", "late", "accept", 0), key=("Decision",)), None)
    assert merged.rows == ()


def test_rows_alike_in_their_key_are_told_apart_by_order() -> None:
    standing = table(
        ("Key", "Why", "Decision", "Note"), ("k", "", "accept", 1), ("k", "", "undo", 2)
    )
    merged = merge(
        plan(("k", "first", 0, 0), ("k", "second", 0, 0), ("k", "third", 0, 0)), standing
    )
    assert [row[1:] for row in merged.rows] == [
        ("first", "accept", 1),
        ("second", "undo", 2),
        ("third", None, None),
    ]


def test_keys_are_found_though_an_office_program_changed_their_type() -> None:
    day = dt.date(2026, 3, 1)
    standing = table(("Key", "Why"), (dt.datetime(2026, 3, 1), "late"), (3.0, "late"))
    merged = merge(plan((day, "late", 0, 0), (3, "late", 0, 0)), standing)
    assert len(merged.rows) == 2
    assert merged.rows[0][0] is standing.rows[0][0]
    assert merged.changed == 2, "only the titles of the missing columns"


def test_a_column_people_added_under_a_similar_title_stays_theirs() -> None:
    standing = table(("Key", "why", "decision", "Note"), ("k1", "mine", "accept", None))
    merged = merge(plan(("k1", "late", 0, 0)), standing)
    assert merged.header == ("Key", "why", "decision", "Note", "Why")
    assert merged.columns == (KEY, None, DECISION, NOTE, WHY)
    assert merged.rows == (("k1", "mine", "accept", None, "late"),)


def test_only_the_first_of_two_equal_titles_is_weavers() -> None:
    standing = table(("Key", "Why", "Decision", "Note", "Why"), ("k1", "old", None, None, "mine"))
    assert merge(plan(("k1", "late", 0, 0)), standing).rows[0] == ("k1", "late", None, None, "mine")


@pytest.mark.parametrize(
    "header",
    [("Why", "Key", "Why", "Decision", "Note"), ("Key", "Why", "Why", "Decision", "Note"),
     ("Key", "Key", "Why", "Decision", "Note"), ("Decision", "Key", "Why", "Decision", "Note")],
)  # fmt: skip
def test_nothing_is_written_where_a_column_of_peoples_may_be_taken_for_weavers(
    header: tuple[str, ...],
) -> None:
    with pytest.raises(WrongSettings, match="Two columns are called"):
        merge(plan(("k1", "late", 0, 0)), table(header, ("k1", "old", "mine", None, None)))


def test_columns_without_a_key_are_replaced_as_a_whole() -> None:
    standing = table(
        ("Key", "Why", "Decision", "Note", "Mine"),
        ("a", "x", None, None, "one"),
        ("b", "y", None, None, None),
        ("c", "z", None, None, "three"),
        ("d", "z", None, None, None),
    )
    merged = merge(plan(("b", "y", 0, 0), key=()), standing)
    assert merged.rows == (
        ("b", "y", None, None, "one"),
        (None, None, None, None, "three"),
    )
    assert merged.numbers == (2, 4)
    assert merged.changed == 2 + 2 + 2 + 2
    assert merge(plan(("b", "y", 0, 0), key=()), again(merged)).changed == 0


KNOWN = {"key": (), "known_by": ("Key",), "stays": ("Key",)}


def test_a_row_with_a_note_stays_and_the_others_move_around_it() -> None:
    """“two” stood in the second row; now b comes first, and a, beside no note, is over."""
    standing = table(
        ("Key", "Why", "Decision", "Note", ""),
        ("a", "x", None, None, None),
        ("b", "y", None, None, "two"),
        ("c", "z", None, None, None),
    )
    rows = ("b", "new", 0, 0), ("d", "p", 0, 0), ("c", "z", 0, 0), ("e", "q", 0, 0)
    merged = merge(plan(*rows, **KNOWN), standing)
    assert merged.rows == (
        ("d", "p", None, None, None),
        ("b", "new", None, None, "two"),
        ("c", "z", None, None, None),
        ("e", "q", None, None, None),
    )
    assert merged.numbers == (2, 3, 4, 5)
    assert merged.changed == 2 + 1 + 0 + 2
    assert merge(plan(*rows, **KNOWN), again(merged)).changed == 0


def test_a_row_with_a_note_that_is_over_keeps_what_it_is_known_by_alone() -> None:
    standing = table(
        ("Key", "Why", "Decision", "Note", "Mine"),
        ("a", "x", None, None, "one"),
        ("b", "y", None, None, None),
        (None, "typed over", None, None, "three"),
    )
    merged = merge(plan(("c", "z", 0, 0), **KNOWN), standing)
    assert merged.rows == (
        ("a", None, None, None, "one"),
        ("c", "z", None, None, None),
        (None, None, None, None, "three"),
    )
    assert merge(plan(("c", "z", 0, 0), **KNOWN), again(merged)).changed == 0
    assert merge(plan(**KNOWN), again(merged)).numbers == (2, 4)
    back = merge(plan(("a", "x", 0, 0), **KNOWN), again(merged))
    assert back.rows[0] == ("a", "x", None, None, "one")


@given(st.lists(st.sampled_from("abcdef"), unique=True), st.permutations("abcdef"))
def test_no_note_ever_stands_beside_another_row(planned: list[str], stood: list[str]) -> None:
    notes = {"a": "about a", "d": "about d"}
    standing = table(
        ("Key", "Why", "Decision", "Note", "Mine"),
        *((key, "y", None, None, notes.get(key)) for key in stood),
    )
    merged = merge(plan(*((key, "z", 0, 0) for key in planned), **KNOWN), standing)
    assert {row[0]: row[4] for row in merged.rows if row[4]} == notes
    whole = [row[0] for row in merged.rows if row[1]]
    assert sorted(whole) == sorted(planned)
    assert [k for k in whole if k not in notes] == [k for k in planned if k not in notes]
    assert merge(plan(*((k, "z", 0, 0) for k in planned), **KNOWN), again(merged)).changed == 0


def test_long_text_is_cut_once_and_listed_every_time() -> None:
    planned = plan(("k1", "x" * 60_000, 0, 0), ("k2", "odd \ud800", 0, 0))
    merged = merge(planned, None)
    assert len(str(merged.rows[0][1])) == LONGEST
    assert str(merged.rows[0][1]).endswith(CUT)
    assert merged.rows[1][1] == "odd \ufffd"
    second = merge(planned, again(merged))
    assert second.changed == 0
    assert second.cut == merged.cut == ((2, "Why"),)
    assert second.replaced == merged.replaced == ((3, "Why"),)


def test_a_new_row_gets_a_text_of_blanks_as_it_is_but_no_row_is_changed_for_it() -> None:
    merged = merge(plan(("k1", " ", 0, 0)), None)
    assert merged.rows[0][1] == " "
    blank = table(("Key", "Why", "Decision", "Note"), ("k1", None, None, None))
    assert merge(plan(("k1", " ", 0, 0)), blank).changed == 0


CELLS = st.none() | st.text(max_size=6) | st.integers() | st.booleans() | st.dates()
KEYS = st.sampled_from(["k1", "k2", "k3", "k4", ""])
PLANNED = st.lists(st.tuples(KEYS, CELLS, CELLS, CELLS), max_size=6)
TITLES = st.permutations(["Key", "Why", "Decision", "Note", "", "Mine", "Mine"]).flatmap(
    lambda titles: st.integers(0, 7).map(lambda n: tuple(titles[:n]))
)


@st.composite
def edited(draw: st.DrawFn) -> RawTable:
    """A tab after people sorted, inserted, moved and typed as they liked."""
    header = draw(TITLES)
    cells = [KEYS if title == "Key" else CELLS for title in header]
    rows = draw(st.lists(st.tuples(*cells), max_size=6))
    gaps = draw(st.lists(st.integers(1, 3), min_size=len(rows), max_size=len(rows)))
    return table(header, *rows, numbers=tuple(1 + sum(gaps[: i + 1]) for i in range(len(rows))))


def peoples(standing: RawTable, merged: Merged) -> list[tuple[int, int, object]]:
    """Cells with their places that are not Weaver's, as they stood."""
    theirs = [i for i, c in enumerate(merged.columns) if c is None or not c.ours]
    width = len(standing.header)
    return [
        (number, i, row[i])
        for number, row in zip(standing.numbers, standing.rows, strict=True)
        for i in theirs
        if i < width and row[i] not in (None, "")
    ]


@given(PLANNED, edited(), st.booleans(), st.sampled_from([(), ("Key",), ("Key", "Why"), ("Note",)]))
def test_no_cell_of_peoples_is_changed_or_lost(
    rows: list[tuple[object, ...]], standing: RawTable, grows: bool, key: tuple[str, ...]
) -> None:
    merged = merge(plan(*rows, grows=grows, key=key), standing)
    after = {
        (number, i): cell
        for number, row in zip(merged.numbers, merged.rows, strict=True)
        for i, cell in enumerate(row)
    }
    for number, place, cell in peoples(standing, merged):
        assert cell == "" or str(cell).isspace() or after[number, place] is cell
    typed = Counter(place for _, place, _ in peoples(standing, merged))
    assert Counter(place for _, place, _ in peoples(again(merged), merged)) <= typed


@given(PLANNED, edited(), st.booleans(), st.sampled_from([(), ("Key",), ("Key", "Why"), ("Note",)]))
def test_merging_twice_changes_nothing(
    rows: list[tuple[object, ...]], standing: RawTable, grows: bool, key: tuple[str, ...]
) -> None:
    planned = plan(*rows, grows=grows, key=key)
    once = merge(planned, standing)
    twice = merge(planned, again(once))
    if not any(row[0] == "" for row in rows):
        assert twice.changed == 0
        assert twice.rows == once.rows
        assert twice.numbers == once.numbers


@given(PLANNED, edited())
def test_every_planned_row_is_there_with_weavers_cells(
    rows: list[tuple[object, ...]], standing: RawTable
) -> None:
    merged = merge(plan(*rows), standing)
    key, why = merged.columns.index(KEY), merged.columns.index(WHY)
    there = [(row[key], row[why]) for row in merged.rows]
    for wanted in rows:
        assert any(same(k, wanted[0]) and same(w, wanted[1]) for k, w in there)
