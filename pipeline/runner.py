"""Gives the orders: read, think, record, publish, post; each step can be repeated."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from config.errors import WrongSettings
from config.records import Known, RunRecord
from config.settings import Settings, load_settings
from config.statement import Statement, load_statements
from config.tables import BY_NAME, CHANGES, TO_DECIDE
from config.tables.later import MAIL_WAITING
from config.tabplan import TabPlan
from config.text import nearest
from config.words import say
from connectors.google.pace import Pace
from connectors.lock import run_lock
from connectors.post import open_post
from connectors.protocols import Post, Tables, TrackerRead
from connectors.store.store import Store
from pipeline.clock import Clock, at, not_long_before
from pipeline.compose import think
from pipeline.due import next_week_due, quiet
from pipeline.hashing import digest
from pipeline.idle import OWN_FILE, STATEMENTS, WAKE, kept_a_tracker, places
from pipeline.keeping import keep
from pipeline.model import Asked, Result
from pipeline.outbox import OWN, Posted, Turn, day_of, in_turn, picked_up
from pipeline.outgoing import Desk, Outgoing, outgoing, with_picked_up
from pipeline.outside import Outside
from pipeline.posting import Counter, post_all
from pipeline.reading import read_inputs
from pipeline.summary import NO_MAIL, log_row, read_in_words, summary_of
from pipeline.tabrows import SOMETIMES, tab_facts
from pipeline.undated import undated
from reports.facts import Row, Rows
from reports.tabs import tab_plans

LOG = BY_NAME["weaver_s_log"]
Step = Callable[[str], None]


@dataclass(frozen=True)
class Order:
    """What was asked for.

    Attributes:
        config: the coalition's `weaver.toml`.
        now: the moment, in UTC.
        as_of: the day to stand for, where another than today.
        dry: compute and say, but write nothing.
        accept_vanished: sign-ons that are gone were removed on purpose.
        confirm: keys of drafts to which somebody said send at a terminal, or "all".
        step: told the name of each step before it begins; may end the process (tests do).
        pace: how time passes; needed where something is Google's.
        outside: what was opened, and perhaps read, already; else it is opened here.
    """

    config: Path
    now: dt.datetime
    as_of: dt.date | None = None
    dry: bool = False
    accept_vanished: bool = False
    step: Step = lambda _: None
    pace: Pace | None = None
    outside: Outside | None = None
    confirm: Sequence[str] = ()


@dataclass(frozen=True)
class Thought:
    """A run up to the point where something would be written."""

    settings: Settings
    clock: Clock
    known: Known
    tracker: TrackerRead
    result: Result
    past: bool
    mail: Rows = ()
    untouched: frozenset[str] = frozenset()
    """Titles of tabs that aren't written."""


def run(order: Order) -> dict[str, Any]:
    """One whole run; returns what `run --json` prints.

    Raises:
        WeaverError: its class says whether a person, the settings, the data or time can mend it.
    """
    settings, statements = coalition(order.config)
    clock, other_day = _clock(order, settings)
    with _outside(order, settings, clock) as outside:
        if order.dry or other_day:
            thought = _think_dry(order, settings, statements, outside)
            pending, out = 0, NO_MAIL
            if not other_day:
                thought, out = _with_mail(thought, thought.known)
                thought, _, pending = _planned(thought, outside.tables)
            summary = summary_of(thought.result, thought.known, pending, out, dry=True)
            if _is_earlier(order, settings):
                summary["warnings"][:0] = undated(thought.result)
            return _with_outside(summary, outside)
        outside.tables.check()
        with run_lock(settings.path(settings.store), clock.now.isoformat(timespec="minutes")):
            return _write(order, settings, statements, clock, outside)


def coalition(config: Path) -> tuple[Settings, Sequence[Statement]]:
    """Settings and statements. Raises WrongSettings with all faults."""
    settings = load_settings(config)
    return settings, load_statements(settings.folder / STATEMENTS)


def tracker_of(order: Order) -> TrackerRead:
    """The tracker as it stands. Raises WeaverError where it can't be read."""
    settings, _ = coalition(order.config)
    with _outside(order, settings, _clock(order, settings)[0]) as outside:
        return outside.tables.read()


def think_only(order: Order, settings: Settings, statements: Sequence[Statement]) -> Thought:
    """Read and think, and write nothing, not even an empty store."""
    with _outside(order, settings, _clock(order, settings)[0]) as outside:
        return _think_dry(order, settings, statements, outside)


def mail_of(order: Order, store: str = "") -> tuple[Outgoing, Turn]:
    """The outbox as a run would leave it, or one with that store, and what would leave then.

    Writes nothing.
    """
    settings, statements = coalition(order.config)
    settings = settings.model_copy(update={"store": store or settings.store})
    with _outside(order, settings, _clock(order, settings)[0]) as outside:
        thought = _think_dry(order, settings, statements, outside)
        thought, out = _with_mail(thought, thought.known, order.confirm)
        return out, _turn(settings, thought.clock, thought.result, out)


def _think_dry(
    order: Order, settings: Settings, statements: Sequence[Statement], outside: Outside
) -> Thought:
    clock, other_day = _clock(order, settings)
    path = settings.path(settings.store)
    known = Known()
    if path.exists():
        with Store.open(path) as store:
            known = store.known()
    return _think(order, settings, statements, clock, known, other_day, outside)


def _clock(order: Order, settings: Settings) -> tuple[Clock, bool]:
    """The clock, and whether it stands for another day than today."""
    clock = at(order.now, settings.zone, settings.coalition.today)
    if order.as_of is None or order.as_of == clock.day:
        return clock, False
    return at(order.now, settings.zone, order.as_of), True


def _is_earlier(order: Order, settings: Settings) -> bool:
    """Does the run stand for a day that has passed?"""
    today = at(order.now, settings.zone, settings.coalition.today).day
    return order.as_of is not None and order.as_of < today


def _outside(order: Order, settings: Settings, clock: Clock) -> Outside:
    midnight = dt.datetime.combine(clock.day, dt.time())
    return order.outside or Outside(settings, midnight, order.pace)


def _with_outside(summary: dict[str, Any], outside: Outside) -> dict[str, Any]:
    """The summary with what the way to Google was like."""
    warnings = [*summary["warnings"], *outside.warnings]
    return summary | {"requests": outside.requests, "warnings": warnings}


def _think(
    order: Order,
    settings: Settings,
    statements: Sequence[Statement],
    clock: Clock,
    known: Known,
    other_day: bool,
    outside: Outside,
) -> Thought:
    order.step("read")
    tracker = outside.tracker()
    _same_store(known, tracker, settings)
    problems = tracker.problems if _has_tracker(settings, known) else ()
    inputs = read_inputs(settings, statements, tracker, problems, outside.forms(), known.texts)
    order.step("think")
    asked = Asked(past=other_day, accept_vanished=order.accept_vanished)
    result = think(inputs, known, settings, statements, clock, asked)
    return Thought(settings, clock, known, tracker, result, other_day)


def _has_tracker(settings: Settings, known: Known) -> bool:
    """Whether people keep a tracker: it is there, or an earlier run has read tabs of its own."""
    if settings.tracked_on_google or settings.path(settings.tracker.file).exists():
        return True
    return kept_a_tracker(run.summary for run in reversed(known.runs))


def _write(
    order: Order,
    settings: Settings,
    statements: Sequence[Statement],
    clock: Clock,
    outside: Outside,
) -> dict[str, Any]:
    """Record what is about to happen, then make it happen."""
    tables = outside.tables
    path = settings.path(settings.store)
    given = places(order.config).given(clock.day)
    if not path.exists():
        _same_store(Known(), outside.tracker(), settings)
    with Store.open(path) as store, closing(open_post(settings, order.pace)) as post:
        stored = store.known()
        not_long_before(stored.runs[-1].as_of if stored.runs else None, clock)
        known = with_picked_up(stored, picked_up(stored.messages))
        thought = _think(order, settings, statements, clock, known, False, outside)
        thought, out = _with_mail(thought, stored, order.confirm)
        number = len(known.runs) + 1
        thought, plans, pending = _planned(thought, tables)
        # What a run that was killed had queued leaves now, and is told as it would have been then.
        leaving = [message for message in out.messages if message.state == "waiting"]
        row = log_row(number, thought.result, pending, leaving) if pending or out.fresh else None
        plans = _with_log(plans, settings.tracker.title(LOG.title), row) if row else plans
        store_id = known.store_id or thought.tracker.store_id or _mint(order, settings)
        order.step("record")
        store.record(
            replace(
                thought.result.ledger, store_id=store_id, messages=out.changed, pauses=out.pauses
            )
        )
        order.step("keep")
        keep(order.config, settings, outside, thought.known.runs, clock.day)
        order.step("publish")
        written = tables.write(plans, store_id)
        order.step("post")
        posted = _post(order, settings, store, post, clock, thought.result, out)
        order.step("finish")
        summary = summary_of(thought.result, thought.known, written, out, posted)
        summary = _with_outside(summary, outside)
        seen = _seen(order, clock.day, outside, given, written > 0)
        wake = _earliest(posted.again, next_week_due(settings, clock.now))
        store.finish(_run_record(number, thought, summary, row, seen, wake))
        return summary


def _with_mail(
    thought: Thought, stored: Known, confirm: Sequence[str] = ()
) -> tuple[Thought, Outgoing]:
    """The outbox, and the run with what there is to say about it."""
    title = thought.settings.tracker.title(MAIL_WAITING.title)
    tab = thought.tracker.results.get(title)
    desk = Desk(thought.result, thought.settings, thought.clock, stored, tab, confirm)
    out = outgoing(desk)
    problems = tuple(sorted({*thought.result.problems, *out.problems}))
    known = replace(thought.result.known, messages=out.messages)
    result = replace(thought.result, problems=problems, known=known)
    untouched = frozenset({title} if out.untouched else ())
    return replace(thought, result=result, mail=out.rows, untouched=untouched), out


def _earliest(*moments: int | None) -> int | None:
    return min((moment for moment in moments if moment is not None), default=None)


def _post(
    order: Order,
    settings: Settings,
    store: Store,
    post: Post,
    clock: Clock,
    result: Result,
    out: Outgoing,
) -> Posted:
    """Hand over what may leave now."""
    turn = _turn(settings, clock, result, out)
    own = [m for m in out.messages if m.state == OWN and not result.growth.mail_paused]
    counter = Counter(store, post, clock, day_of(clock, settings.zone), order.step)
    return post_all(counter, turn, own)


def _turn(settings: Settings, clock: Clock, result: Result, out: Outgoing) -> Turn:
    """What may leave now, and what holds the rest."""
    if result.growth.mail_paused:
        waits = any(message.state == "waiting" for message in out.messages)
        return Turn(why=say("Start says that all mail is paused") if waits else "")
    still = quiet(settings.mail, settings.zone, clock.now)
    until = None if still is None else int(still.timestamp())
    day = day_of(clock, settings.zone)
    return in_turn(out.messages, settings.mail, clock, day, until, out.held)


def _seen(order: Order, day: dt.date, outside: Outside, given: str, written: bool) -> str:
    """The mark of what this run has read; "" where something else is there by now.

    Then the next look runs wholly. The mark is taken first: what comes later isn't in it.
    """
    here = places(order.config)
    mark = here.mark(day) + (outside.mark(written) if here.google else "")
    return mark if here.given(day) == given and outside.untouched else ""


def _run_record(
    number: int,
    thought: Thought,
    summary: dict[str, Any],
    row: object,
    seen: str,
    wake: int | None,
) -> RunRecord:
    day = thought.clock.day
    changed = row[3] if isinstance(row, tuple) else ""
    own = {OWN_FILE: bool(thought.tracker.people), WAKE: wake}
    text = json.dumps(summary | own, ensure_ascii=False, sort_keys=True)
    return RunRecord(number, day, seen, text, str(changed), read_in_words(thought.result))


def _plans(thought: Thought) -> Sequence[TabPlan]:
    settings, runs = thought.settings, thought.known.runs
    log = tuple((run.number, run.as_of, run.read, run.changed) for run in runs if run.changed)
    title, there = settings.tracker.title, thought.tracker.results
    stand = {n: there[t] for n in SOMETIMES if (t := title(BY_NAME[n].title)) in there}
    rows = tab_facts(thought.result, settings.zone, log, title, stand, thought.mail)
    plans = tab_plans(rows, settings.tracker.title)
    return [plan for plan in plans if plan.title not in thought.untouched]


def _planned(thought: Thought, tables: Tables) -> tuple[Thought, Sequence[TabPlan], int]:
    """The tabs as they shall be and how many cells that changes.

    What the tracker can't hold is added to what is to fix.
    """
    plans = _plans(thought)
    pending = tables.pending(plans)
    if not tables.listed:
        return thought, plans, pending
    problems = tuple(sorted({*thought.result.problems, *tables.listed}))
    told = replace(thought, result=replace(thought.result, problems=problems))
    plans = _plans(told)
    return told, plans, tables.pending(plans)


def _with_log(plans: Sequence[TabPlan], title: str, row: Row) -> Sequence[TabPlan]:
    return [replace(p, rows=(*p.rows, row)) if p.title == title else p for p in plans]


def _mint(order: Order, settings: Settings) -> str:
    """The store's id, from the coalition, the moment and what it began with."""
    seed = places(order.config).mark(order.now.date())
    moment = settings.coalition.today or order.now
    return "w-" + digest((settings.coalition.name, moment.isoformat(), seed), 16)


def _same_store(known: Known, tracker: TrackerRead, settings: Settings) -> None:
    """One store per tracker. Raises WrongSettings where they don't belong together."""
    results = settings.results
    if tracker.store_id and tracker.store_id != known.store_id:
        what = (
            say("The store is empty, but the results were written from another one.")
            if not known.store_id
            else say("The results were written from another store.")
        )
        raise WrongSettings(
            what,
            f"{settings.store}, {results}",
            say("Bring back the store that belongs to these results, or move the results away to "
                "begin anew (in Google Sheets: take another spreadsheet)."),
        )  # fmt: skip
    for table, lost in ((TO_DECIDE, known.matters), (CHANGES, known.changes)):
        title = settings.tracker.title(table.title)
        if lost and tracker.results and title not in tracker.results:
            like = nearest(title, tracker.results) or ""
            raise WrongSettings(
                say("The tab {title} is gone, and with it what people decided.", title=title),
                results,
                (say("Rename “{like}” back. ", like=like) if like else "")
                + say("If the tab was renamed, write its new title into [tracker.tabs]; if it was "
                      "deleted, restore what stood there before: the file results.previous.xlsx; "
                      "in Google Sheets File, Version history."),
            )  # fmt: skip
