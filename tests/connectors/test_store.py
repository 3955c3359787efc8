"""The store keeps every record as it was given, replaces by identity, and says what is wrong."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import fields, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.errors import BadData, Temporary, WeaverError, WrongSettings
from config.records import (
    ChangeRecord,
    DecisionRecord,
    Known,
    Ledger,
    MatterRecord,
    Message,
    MetricPoint,
    OrganisationRecord,
    RunRecord,
    SignOnRecord,
)
from connectors.store.schema import RECORD_TABLES
from connectors.store.store import Store

DAY = dt.date(2026, 3, 2)
SIGNON = SignOnRecord("s-aaaaaaaaaaaa", "b", "f", "o", "p", 1_770_000_000, DAY)
MATTER = MatterRecord("s-aaaaaaaaaaaa", "sign-on", "Ärzte für Luft", DAY, "open", "facts")
MESSAGE = Message("m-1", "ana@example.org", "weekly-digest", "2026-W10", "a.eml", b"\x00\xff", DAY)

BOUNDED = st.integers(-(2**63), 2**63 - 1)
st.register_type_strategy(float, st.floats(allow_nan=False))


def some(record: type, *identity: str) -> st.SearchStrategy[tuple[Any, ...]]:
    """Records of every shape their types allow, no two of one identity, in the store's order."""
    numbers = {"number": BOUNDED, "received": st.none() | BOUNDED}
    known = {field.name: numbers[field.name] for field in fields(record) if field.name in numbers}

    def key(one: Any) -> tuple[Any, ...]:
        return tuple(getattr(one, name) for name in identity)

    shaped = st.lists(st.builds(record, **known), max_size=4, unique_by=key)
    return shaped.map(lambda records: tuple(sorted(records, key=key)))


@st.composite
def ledgers(draw: Callable[..., Any]) -> Ledger:
    matters = draw(some(MatterRecord, "key"))
    decisions = draw(some(DecisionRecord, "number")) if matters else ()
    return Ledger(
        store_id=draw(st.text()),
        signons=draw(some(SignOnRecord, "key")),
        organisations=draw(some(OrganisationRecord, "id")),
        matters=matters,
        decisions=tuple(replace(one, matter=matters[0].key) for one in decisions),
        changes=draw(some(ChangeRecord, "id")),
        metrics=draw(some(MetricPoint, "day", "code")),
        messages=draw(some(Message, "key")),
    )


@given(ledger=ledgers(), runs=some(RunRecord, "number"))
@settings(max_examples=40)
def test_what_goes_in_comes_out(ledger: Ledger, runs: tuple[RunRecord, ...]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "state.db"
        with Store.open(path) as store:
            store.record(ledger)
            for run in runs:
                store.finish(run)
        with Store.open(path) as again:
            assert again.known() == Known(**vars(ledger), runs=runs)


def test_a_table_has_its_records_attributes_in_their_order() -> None:
    for table, record in RECORD_TABLES.values():
        assert [column.name for column in table.columns] == [field.name for field in fields(record)]


def test_known_is_sorted_however_it_was_recorded(tmp_path: Path) -> None:
    keys = ["s-b", "s-Ä", "s-a", "s-B"]
    with Store.open(tmp_path / "state.db") as store:
        for key in keys:
            store.record(Ledger(signons=(replace(SIGNON, key=key),)))
        assert [one.key for one in store.known().signons] == sorted(keys)


REPLACED = [
    ("signons", SIGNON, replace(SIGNON, outcome="accepted", rules=("S001",))),
    (
        "organisations",
        OrganisationRecord("o-1", "Blue River", "s-1", DAY),
        OrganisationRecord("o-1", "Blue River", "s-1", DAY, "o-0"),
    ),
    ("matters", MATTER, replace(MATTER, status="settled", read=("accept", "Ana", ""))),
    (
        "changes",
        ChangeRecord("c-1", DAY, DAY, "o-1", "withdraw", "", "Ana"),
        ChangeRecord("c-1", DAY, DAY, "o-1", "withdraw", "", "Ana", undone_on=DAY),
    ),
    ("metrics", MetricPoint(DAY, "M", 1.0), MetricPoint(DAY, "M", 2.0, 2.0, 3.0)),
    ("messages", MESSAGE, replace(MESSAGE, content=b"newer")),
]


@pytest.mark.parametrize(("name", "old", "new"), REPLACED, ids=[name for name, *_ in REPLACED])
def test_a_record_replaces_the_one_of_its_identity(
    tmp_path: Path, name: str, old: Any, new: Any
) -> None:
    with Store.open(tmp_path / "state.db") as store:
        for record in (old, new):
            content: dict[str, Any] = {name: (record,)}
            store.record(Ledger(**content))
        assert getattr(store.known(), name) == (new,)


def test_decisions_and_runs_are_replaced_by_number(tmp_path: Path) -> None:
    decision = DecisionRecord(1, MATTER.key, "accept", "Ana", "", DAY, "facts")
    undone = replace(decision, undone_on=DAY)
    with Store.open(tmp_path / "state.db") as store:
        store.record(Ledger(matters=(MATTER,), decisions=(decision,)))
        store.record(Ledger(decisions=(undone,)))
        for summary in ("{}", '{"run_id": 1}'):
            store.finish(RunRecord(1, DAY, "f", summary, "[]", "[]"))
        known = store.known()
    assert known.decisions == (undone,)
    assert [run.summary for run in known.runs] == ['{"run_id": 1}']


def test_a_metric_has_one_value_per_day_and_code(tmp_path: Path) -> None:
    points = (
        MetricPoint(DAY, "A", 1.0),
        MetricPoint(DAY, "M", 1.0),
        MetricPoint(DAY + dt.timedelta(1), "A", 2.0),
    )
    with Store.open(tmp_path / "state.db") as store:
        store.record(Ledger(metrics=points))
        assert store.known().metrics == points


def test_a_message_that_was_sent_is_never_queued_again(tmp_path: Path) -> None:
    sent = replace(MESSAGE, state="sent")
    with Store.open(tmp_path / "state.db") as store:
        store.record(Ledger(messages=(MESSAGE,)))
        store.move(sent)
        store.move(sent)
        store.record(Ledger(messages=(replace(MESSAGE, content=b"again"),)))
        assert store.known().messages == (sent,)


def test_only_a_queued_message_can_be_sent(tmp_path: Path) -> None:
    with Store.open(tmp_path / "state.db") as store, pytest.raises(WeaverError) as caught:
        store.move(replace(MESSAGE, key="m-2"))
    assert caught.value.where == "m-2"


def test_the_stores_id_stays_and_another_trackers_ledger_is_refused(tmp_path: Path) -> None:
    with Store.open(tmp_path / "state.db") as store:
        for store_id in ("", "w-1", "", "w-1"):
            store.record(Ledger(store_id=store_id))
        with pytest.raises(WrongSettings, match="another tracker"):
            store.record(Ledger(store_id="w-2", signons=(SIGNON,)))
        assert store.known() == Known(store_id="w-1")


def test_a_decision_needs_its_matter_and_a_refused_ledger_leaves_nothing(tmp_path: Path) -> None:
    orphan = DecisionRecord(1, "nobody asked", "accept", "Ana", "", DAY, "facts")
    with Store.open(tmp_path / "state.db") as store:
        with pytest.raises(Exception, match="FOREIGN KEY"):
            store.record(Ledger(store_id="w-1", signons=(SIGNON,), decisions=(orphan,)))
        assert store.known() == Known()


@pytest.mark.parametrize("name", ["what? 100% #1.db", "état.db"])
def test_any_file_name_will_do(tmp_path: Path, name: str) -> None:
    with Store.open(tmp_path / name) as store:
        store.record(Ledger(store_id="w-1"))
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    path.write_text("Timestamp,Organisation\n" * 100)
    with pytest.raises(WrongSettings, match="no database") as caught:
        Store.open(path)
    assert caught.value.where == str(path)


@pytest.mark.parametrize("place", ["missing/state.db", "."])
def test_a_place_where_no_file_can_be(tmp_path: Path, place: str) -> None:
    with pytest.raises(WrongSettings, match="cannot be opened"):
        Store.open(tmp_path / place)


def test_torn_pages_are_said(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    with Store.open(path) as store:
        store.record(Ledger(signons=tuple(replace(SIGNON, key=f"s-{n}") for n in range(500))))
        whole = path.read_bytes()
        path.write_bytes(whole[: len(whole) // 2])
        with pytest.raises(BadData, match="damaged"):
            store.known()


@pytest.mark.parametrize(("column", "value"), [("labels", "[late"), ("first_seen", "yesterday")])
def test_a_cell_that_cannot_be_read_is_said(tmp_path: Path, column: str, value: str) -> None:
    path = tmp_path / "state.db"
    with Store.open(path) as store:
        store.record(Ledger(signons=(SIGNON,)))
        with closing(sqlite3.connect(path)) as other:
            other.execute(f"UPDATE signons SET {column} = ?", (value,))
            other.commit()
        with pytest.raises(BadData, match="damaged"):
            store.known()


def test_a_store_that_another_run_is_writing(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    busy = sqlite3.connect(path, isolation_level=None)
    with Store.open(path, patience=0.1) as store, closing(busy) as other:
        store.record(Ledger(signons=(SIGNON,)))
        other.execute("BEGIN IMMEDIATE")
        assert store.known().signons == (SIGNON,)
        with pytest.raises(Temporary, match="Another run"):
            store.move(MESSAGE)


def test_every_commit_goes_to_the_log_first_and_none_is_left_behind(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    with Store.open(path) as store, store._engine.connect() as connection:
        store.record(Ledger(signons=(SIGNON,)))
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    assert [each.name for each in tmp_path.iterdir()] == ["state.db"]


def test_a_page_that_is_torn_is_found_when_the_store_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    with Store.open(path) as store:
        store.record(Ledger(signons=tuple(replace(SIGNON, key=f"s-{n}") for n in range(500))))
    whole = path.read_bytes()
    last = len(whole) - 4096
    path.write_bytes(whole[:last] + b"\xff" * 4096)
    with pytest.raises(BadData, match="damaged"):
        Store.open(path)
