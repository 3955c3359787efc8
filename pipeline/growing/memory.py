"""What is remembered of each tab: since when it is used, what brought it, when it was touched."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace

from config.records import TabRecord
from config.words import say
from pipeline.growing.digests import touched_on
from pipeline.growing.events import EVENTS, WEAVERS, Event
from pipeline.growing.model import DROP, KEEP, PEOPLES, SIMPLIFY, YES
from pipeline.model import Result, Run

_ANSWERS = (KEEP, SIMPLIFY, DROP)
_PEOPLES = frozenset(table.name for table in PEOPLES)


def tabs_of(run: Run, result: Result) -> tuple[TabRecord, ...]:
    """Every tab that is or was in use, and Weaver's that have come since the first day, by name.

    Args:
        run: with what was known before.
        result: what the run came to, all but this.
    """
    if run.asked.past:
        return run.known.tabs
    before = {record.name: record for record in run.known.tabs}
    words = result.growth.words
    records = {record.name: record for record in _peoples(result, before)}
    records |= {name: _declined(name, run.today) for name in _PEOPLES & result.growth.dropped
                if name not in records}  # fmt: skip
    tabs = tuple(_answered(records[n], words.get(n, ""), run.today) for n in sorted(records))
    weavers = _weavers(replace(result, tabs=tabs), before)
    return tuple(sorted((*tabs, *weavers), key=lambda record: record.name))


def _peoples(result: Result, before: Mapping[str, TabRecord]) -> Iterator[TabRecord]:
    events = {event.table: event for event in EVENTS}
    kept = {name for name, table in result.typed.items() if table.kept}
    for name in sorted(_PEOPLES & kept):
        yield _seen(before.get(name), name, events.get(name), result.typed[name].digest, result)
    for name in sorted(_PEOPLES & before.keys() - kept):
        yield _missed(before[name], result)


def _seen(
    before: TabRecord | None, name: str, event: Event | None, seen: str, result: Result
) -> TabRecord:
    today = result.today
    if before is None or not before.digest:
        return TabRecord(name, today, _because(event, result), seen, today)
    touched = touched_on(before, seen, today)
    return replace(before, digest=seen, touched_on=touched, gone_on=None)


def _because(event: Event | None, result: Result) -> str:
    """What brought a tab of people's."""
    if event is not None and event.happened(result):
        return say(event.words)
    return say("you began it")


def _missed(record: TabRecord, result: Result) -> TabRecord:
    """One that isn't read; it is gone where it was in use and nobody has dropped it."""
    growth = result.growth
    if not record.digest or record.name in growth.dropped or record.name in growth.closed:
        return record
    return replace(record, gone_on=record.gone_on or result.today)


def _declined(name: str, today: dt.date) -> TabRecord:
    """A tab that people don't want before there ever was one: it has no digest."""
    return TabRecord(name, today, "", "", today)


def _answered(record: TabRecord, word: str, today: dt.date) -> TabRecord:
    """With what people say of it; the day is that on which they first said so."""
    answer = word if word in _ANSWERS else ""
    asked_on = today if answer and answer != record.answer else record.asked_on
    return replace(record, answer=answer, asked_on=asked_on)


def _weavers(result: Result, before: Mapping[str, TabRecord]) -> Iterator[TabRecord]:
    """Weaver's tabs that have come, each for good: by an event, or because people asked."""
    today = result.today
    for event in WEAVERS:
        word = result.growth.words.get(event.table, "")
        if event.table in before:
            yield _answered(before[event.table], word, today)
        elif event.happened(result):
            yield _answered(TabRecord(event.table, today, say(event.words), "", today), word, today)
        elif word == YES:
            yield TabRecord(event.table, today, say("you asked for it"), "", today)
