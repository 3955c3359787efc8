"""One row per person that is overwritten, dated rows, or both: the same history."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Sequence
from typing import Any

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from config.records import PositionRecord
from config.tables.work import DECISION_MAKERS, POSITIONS
from pipeline.intake.model import Typed
from pipeline.positions.history import COLUMNS, History, history
from pipeline.positions.standing import movement, position_on

DAY = dt.date(2026, 3, 2)


def day(number: int) -> dt.date:
    return DAY + dt.timedelta(days=number)


def tab(*rows: dict[str, Any], lacks: Sequence[str] = ()) -> Typed:
    data: dict[str, pd.Series] = {"row": pd.Series(range(2, len(rows) + 2), dtype="int64")}
    for column in DECISION_MAKERS.columns:
        cells = [row.get(column.name) for row in rows]
        if column.kind == "date":
            data[column.name] = pd.Series(pd.to_datetime(cells), dtype="datetime64[ns]")
        elif column.kind == "number":
            data[column.name] = pd.Series(cells, dtype="float64")
        elif column.kind == "organisations":
            data[column.name] = pd.Series([() for _ in cells], dtype=object)
        else:
            data[column.name] = pd.Series([cell or "" for cell in cells], dtype="str")
    present = frozenset(DECISION_MAKERS.names) - frozenset(lacks)
    return Typed(DECISION_MAKERS, pd.DataFrame(data), present, (), len(rows))


def ada(position: str, on: int | None = None, **cells: Any) -> dict[str, Any]:
    said = {"name": "Ada Osei", "seat": "House", "district": "3", "position": position}
    return {**said, "date": None if on is None else day(on), **cells}


def read(table: Typed, known: Sequence[PositionRecord], today: int, past: bool = False) -> History:
    found = history(table, known, day(today), past)
    assert found is not None
    return found


def said(found: History) -> list[tuple[int, str]]:
    return [((r.day - DAY).days, r.position) for r in found.records]


def test_nothing_where_nobody_keeps_the_tab() -> None:
    assert history(None, (), DAY) is None


def test_an_empty_tab_has_the_columns() -> None:
    assert tuple(read(tab(), (), 0).frame.columns) == COLUMNS


def test_an_overwritten_row_makes_a_record_where_it_differs() -> None:
    first = read(tab(ada("leaning")), (), 0)
    same = read(tab(ada("leaning")), first.records, 3)
    other = read(tab(ada("support")), same.records, 5)
    assert said(other) == [(0, "leaning"), (5, "support")]
    assert same.records == first.records
    assert not other.problems


def test_twice_on_one_day_counts_as_it_stood_last() -> None:
    first = read(tab(ada("leaning")), (), 0)
    assert said(read(tab(ada("support")), first.records, 0)) == [(0, "support")]


def test_dated_rows_of_days_to_come_do_not_count_yet() -> None:
    table = tab(ada("leaning", 0), ada("support", 9))
    assert said(read(table, (), 8)) == [(0, "leaning")]
    assert said(read(table, (), 9)) == [(0, "leaning"), (9, "support")]


def test_a_corrected_dated_row_replaces_what_it_said() -> None:
    first = read(tab(ada("leaning", 0), ada("support", 4)), (), 5)
    later = read(tab(ada("leaning", 0), ada("against", 4)), first.records, 8)
    assert said(later) == [(0, "leaning"), (4, "against")]
    assert [r.read_on for r in later.records] == [day(5), day(5)]


def test_rows_that_are_gone_stay_in_the_history() -> None:
    first = read(tab(ada("leaning", 0), ada("support", 4)), (), 5)
    assert read(tab(), first.records, 8).records == first.records


def test_a_blank_in_a_dated_row_means_as_before_and_ends_with_the_term() -> None:
    table = tab(
        ada("leaning", 0, influence=3.0, co_sponsor_on=day(0), in_office_until=day(5)),
        ada("", 4), ada("support", 6, seat="", district=""),
    )  # fmt: skip
    kept = [(r.position, r.influence, r.cosponsor_on, r.until) for r in read(table, (), 9).records]
    assert kept == [
        ("leaning", 3.0, day(0), day(5)), ("leaning", 3.0, day(0), day(5)),
        ("support", 3.0, day(0), None),
    ]  # fmt: skip


def test_a_cell_emptied_in_a_row_without_a_date_is_empty() -> None:
    first = read(tab(ada("leaning", co_sponsor_on=day(0))), (), 0)
    later = read(tab(ada("leaning")), first.records, 4)
    assert [r.cosponsor_on for r in later.records] == [day(0), None]


def test_a_column_that_is_gone_says_nothing() -> None:
    first = read(tab(ada("leaning", influence=3.0)), (), 0)
    later = read(tab(ada("leaning"), lacks=["influence"]), first.records, 4)
    assert later.records == first.records


def test_an_old_row_without_a_date_does_not_undo_a_newer_dated_one() -> None:
    first = read(tab(ada("leaning")), (), 0)
    table = tab(ada("leaning"), ada("against", 3))
    second = read(table, first.records, 3)
    third = read(table, second.records, 6)
    assert said(second) == said(third) == [(0, "leaning"), (3, "against")]
    assert [(p.row, p.column) for p in third.problems] == [(2, "Position")]


def test_a_row_without_a_date_that_is_overwritten_later_counts() -> None:
    first = read(tab(ada("leaning"), ada("against", 0)), (), 1)
    assert said(first) == [(0, "against"), (1, "leaning")]
    later = read(tab(ada("support"), ada("against", 0)), first.records, 4)
    assert said(later)[-1] == (4, "support")


def test_two_rows_that_contradict_each_other_are_told() -> None:
    found = read(tab(ada("support", 0), ada("against", 0)), (), 0)
    assert said(found) == [(0, "against")]
    assert [p.row for p in found.problems] == [3]
    assert "Row 2" in found.problems[0].problem


def test_a_row_that_may_mean_two_does_not_count() -> None:
    rows = (ada("support"), ada("against", district="4"), ada("leaning", district=""))
    found = read(tab(*rows), (), 0)
    assert sorted(r.position for r in found.records) == ["against", "support"]
    (problem,) = found.problems
    assert (problem.row, problem.column) == (4, "Name")
    assert "the rows 2, 3" in problem.problem
    assert problem.remedy == "Write the first name or the district."


def test_on_an_earlier_day_rows_without_a_date_are_what_was_seen_then() -> None:
    first = read(tab(ada("leaning")), (), 0)
    assert said(read(tab(ada("support")), first.records, 4, past=True)) == [(0, "leaning")]


def test_on_a_dissolution_positions_become_history() -> None:
    found = read(tab(ada("support", 0, in_office_until=day(9))), (), 20)
    assert len(position_on(found.frame, day(9))) == 1
    assert position_on(found.frame, day(10)).empty


def test_movement_counts_known_positions_only() -> None:
    rows = [
        ada("undecided", 0), ada("support", 5),
        *(ada(p, d, name="Bo Roth") for p, d in (("support", 0), ("unknown", 2), ("leaning", 5))),
        *(ada(p, d, name="Cy Dale") for p, d in (("against", 0), ("unknown", 5))),
        ada("support", 5, name="Eve Kohl"), ada("leaning", 0, name="Flo Marsh"),
    ]  # fmt: skip
    moved = movement(read(tab(*rows), (), 9).frame, day(4), day(5))
    # On the fourth day Bo's position was unknown.
    assert (moved.up, moved.down, moved.net, moved.compared) == (1, 0, 1, 2)
    assert moved.table.to_dict("records") == [{"from": "undecided", "to": "support", "people": 1}]
    whole = movement(read(tab(*rows), (), 9).frame, day(0), day(5))
    assert (whole.up, whole.down) == (1, 1)
    assert list(whole.table["from"]) == ["support", "undecided"]


PEOPLE = (("Ada Osei", "House", "3"), ("Ben Roth", "House", "4"), ("Cleo Marsh", "Senate", ""))
MOVES = st.dictionaries(
    st.tuples(st.integers(0, 6), st.integers(0, 2)),
    st.tuples(st.sampled_from(POSITIONS), st.sampled_from([None, 1.0, 2.0])),
    min_size=1,
    max_size=10,
)


@settings(max_examples=12)
@given(moves=MOVES)
def test_overwriting_and_dated_rows_tell_the_same(
    moves: dict[tuple[int, int], tuple[str, float | None]],
) -> None:
    now: dict[int, dict[str, Any]] = {}
    dated: list[dict[str, Any]] = []
    overwriter = keeper = read(tab(), (), 0)
    for number in range(8):
        for who, (name, seat, district) in enumerate(PEOPLE):
            if (number, who) in moves:
                position, influence = moves[number, who]
                row = ada(position, name=name, seat=seat, district=district, influence=influence)
                now[who] = row
                dated.append({**row, "date": day(number)})
        overwriter = read(tab(*now.values()), overwriter.records, number)
        keeper = read(tab(*dated), keeper.records, number)
        assert not overwriter.problems
        assert not keeper.problems
    at_once = read(tab(*dated), (), 7)
    columns = ["person", "name", "position"]
    for number in range(8):
        positions = [
            position_on(found.frame, day(number))[columns].to_dict("records")
            for found in (overwriter, keeper, at_once)
        ]
        assert positions[0] == positions[1] == positions[2]


def test_two_thousand_people_on_ten_dates_take_a_moment() -> None:
    rows = [
        ada(POSITIONS[(n + d) % 6], d, name=f"Ada {chr(97 + n % 26)}os{n}ei", district=str(n))
        for d in range(10)
        for n in range(2000)
    ]
    table = tab(*rows)
    began = time.perf_counter()
    found = read(table, (), 20)
    again = read(table, found.records, 20)
    assert time.perf_counter() - began < 15
    assert len(found.records) == 20_000
    assert again.records == found.records
