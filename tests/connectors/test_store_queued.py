"""What the schedule reads of the outbox, without opening the store."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from config.records import Ledger, Message
from connectors.store.queued import queued
from connectors.store.store import Store

DAY = dt.date(2026, 3, 18)


def message(key: str, about: str, state: str = "waiting", next_at: int | None = None) -> Message:
    return Message(key, f"{key}@springs.example.org", "weekly-digest", about, f"{key}.eml",
                   b"x", DAY, state, next_at=next_at)  # fmt: skip


def test_weeks_and_the_moments_of_messages_that_wait(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    messages = (
        message("ana", "2026-W11", "sent"),
        message("bo", "2026-W11", next_at=1_773_800_000),
        message("cy", "2026-W10", "failed", next_at=1_773_700_000),
        message("di", "2026-W12"),
    )
    with Store.open(path) as store:
        store.record(Ledger(store_id="w-1", messages=messages))
    before = sorted(tmp_path.iterdir())
    pairs, moments = queued(path)
    assert {about for _, about in pairs} == {"2026-W10", "2026-W11", "2026-W12"}
    assert {edition for edition, _ in pairs} == {"weekly-digest"}
    assert moments == (1_773_800_000,)
    assert sorted(tmp_path.iterdir()) == before


def test_no_store_and_a_damaged_one_hold_nothing(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    assert queued(path) == (frozenset(), ())
    assert not path.exists()
    path.write_bytes(b"no store at all, " * 100)
    assert queued(path) == (frozenset(), ())
