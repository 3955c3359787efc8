"""The middle of Weaver: raw tables in, a frozen Result out. No I/O, no clock, no surprise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import pandas as pd

from config.errors import BadData
from config.problems import Problem
from config.raw import RawTable
from config.records import ChangeRecord, DecisionRecord, Known, Ledger, SignOnRecord
from config.settings import Settings
from config.statement import Statement
from config.tables import CHANGES, TABLES, TO_DECIDE, Table
from config.words import say
from pipeline import decisions as deciding
from pipeline.aims import read_aims
from pipeline.changes import PAIRS, Changed, in_force, read_changes
from pipeline.check import NotApplied
from pipeline.clock import Clock
from pipeline.decisions import Decided
from pipeline.finding import deciders_by, finder_by, homes
from pipeline.hearing import against_to_decide, people_said
from pipeline.identity import Identified, identify
from pipeline.intake.model import SignOns, Typed
from pipeline.intake.signons import read_signons
from pipeline.intake.tabs import stray_tabs
from pipeline.intake.trackers import read_table
from pipeline.judging import describe, judge
from pipeline.lookup import look_up
from pipeline.matters import Matter, matters_of
from pipeline.measuring import measure
from pipeline.metrics.model import Value
from pipeline.model import Inputs, Result, ToDecide
from pipeline.organisations import Settled, Verdicts, settle
from pipeline.past import until
from pipeline.registry import finder, known_names, organisations_of, outsiders, speaking
from pipeline.remembering import ledger_of
from pipeline.retelling import retold
from pipeline.rules.evidence import is_leaving
from pipeline.standing import Facts
from pipeline.story import facts_of
from pipeline.takeback import TakenBack

BY_HAND = "Sign-ons by hand"
LOST_AT_LEAST = 5
LOST_SHARE = 0.10


@dataclass(frozen=True)
class Asked:
    """How a run was asked for.

    Attributes:
        past: it stands for an earlier day; what people typed since isn't read.
        accept_vanished: a person said that the sign-ons that are gone were removed on purpose.
    """

    past: bool = False
    accept_vanished: bool = False


def think(
    inputs: Inputs,
    known: Known,
    settings: Settings,
    statement: Statement,
    clock: Clock,
    asked: Asked = Asked(),
) -> Result:
    """All steps between reading and recording, in their order.

    Raises:
        BadData: the sign-ons or To decide can't be read, or too many sign-ons have vanished.
    """
    run = _Run(inputs, until(known, clock.day), settings, statement, clock, asked)
    heard = _hear(run)
    settled, changed = _settled(run, heard)
    stood = _stand(run, heard, settled, changed.records)
    counted = _count(run, heard, stood)
    problems = {
        *inputs.problems, *stray_tabs(inputs.people, settings.tracker, BY_HAND),
        *heard.signons.problems, *heard.decided.problems, *changed.problems, *counted.problems,
        *against_to_decide(settings, heard.decided, heard.active, changed, clock.day),
    }  # fmt: skip
    result = Result(
        clock=clock,
        forms=stood.forms,
        organisations=stood.organisations,
        facts=stood.facts,
        matters=stood.matters,
        values=counted.values,
        aims=counted.aims,
        typed=counted.typed,
        signons=heard.signons,
        answers=changed.answers,
        to_decide=_to_decide(inputs.results.get(_title(settings, TO_DECIDE)), heard.decided),
        problems=tuple(sorted(problems)),
        not_applied=stood.not_applied,
        known=replace(
            run.known,
            decisions=heard.decided.decisions,
            changes=changed.records,
            matters=heard.decided.matters,
        ),
        ledger=Ledger(),
    )
    records = heard.identified.records
    return replace(result, ledger=ledger_of(result, records, stood.vanished, settled))


@dataclass(frozen=True)
class _Run:
    """What every step may look at."""

    inputs: Inputs
    known: Known
    settings: Settings
    statement: Statement
    clock: Clock
    asked: Asked

    @property
    def today(self) -> dt.date:
        return self.clock.day


@dataclass(frozen=True)
class _Heard:
    """Sign-ons understood and recognised, and what people decided or took back."""

    signons: SignOns
    identified: Identified
    frame: pd.DataFrame
    taken: TakenBack
    decided: Decided
    active: Mapping[str, DecisionRecord]


@dataclass(frozen=True)
class _Stood:
    """Every form judged, and where every organisation stands."""

    forms: pd.DataFrame
    not_applied: tuple[NotApplied, ...]
    vanished: Sequence[SignOnRecord]
    facts: Facts
    organisations: pd.DataFrame
    matters: tuple[Matter, ...]


@dataclass(frozen=True)
class _Counted:
    """Trackers typed, numbers counted, and what could not be read on the way."""

    typed: Mapping[str, Typed]
    values: Mapping[str, Value]
    aims: Mapping[str, float]
    problems: tuple[Problem, ...]


def _hear(run: _Run) -> _Heard:
    settings, asked = run.settings, run.asked
    signons = read_signons(
        run.inputs.responses, settings.signons, run.statement, settings.zone,
        run.inputs.people.get(BY_HAND),
    )  # fmt: skip
    identified = identify(signons.frame, run.known.signons, run.today)
    if not asked.past and not asked.accept_vanished:
        _nothing_vanished(run.known.signons, identified, run.inputs.responses.tab)
    frame = describe(
        signons, identified.keys, run.statement, settings.zone, settings.signons.test_marker
    )
    frame = _until(frame, run.known.signons, run.today) if asked.past else frame
    taken, decided = people_said(
        _tab(run, TO_DECIDE), _tab(run, CHANGES), run.known, frame, settings, run.today
    )
    active = deciding.active(decided.decisions, run.today)
    return _Heard(signons, identified, frame, taken, decided, active)


def _stand(run: _Run, heard: _Heard, settled: Settled, records: Sequence[ChangeRecord]) -> _Stood:
    today = run.today
    changes = _with_survivors(records, settled)
    vanished = _with_survivors(heard.identified.vanished, settled)
    holding = in_force(changes, today)
    frame = heard.frame.assign(organisation_id=settled.ids, because=settled.because)
    judged = judge(
        frame, heard.signons.asked, run.settings, run.statement, heard.active, holding, today
    )
    forms = _with_decision_days(judged.frame, heard.active)
    spoken = speaking(forms)
    dated = facts_of(
        forms, vanished, heard.decided.decisions, changes, heard.identified.records,
        run.settings.zone,
    )  # fmt: skip
    facts = Facts(dated, outsiders(spoken))
    forms = forms.assign(outcome=_after_leaving(forms, facts, today))
    organisations = organisations_of(
        forms, spoken, settled.records, facts, holding, run.statement, today
    )
    # on an earlier day nobody could miss what went later
    gone = {record.key for record in run.known.signons if record.gone_on}
    missed = [r for r in vanished if r.key in gone or not run.asked.past]
    matters = matters_of(
        forms, missed, settled.questions, _shown(organisations, settled), facts,
        {record.key: record for record in heard.decided.matters}, heard.active, today,
    )  # fmt: skip
    matters = retold(matters, heard.decided.matters, heard.decided.decisions, today)
    return _Stood(forms, judged.not_applied, vanished, facts, organisations, matters)


def _count(run: _Run, heard: _Heard, stood: _Stood) -> _Counted:
    typed = _typed(run.inputs.people, run.settings, run.today, run.asked)
    values, strays = measure(
        stood.forms, stood.organisations, typed, heard.signons, run.statement, run.settings,
        run.clock,
    )  # fmt: skip
    aims = read_aims(typed)
    unread = (problem for table in typed.values() for problem in table.problems)
    return _Counted(typed, values, aims.by_code, (*strays, *aims.problems, *unread))


def _after_leaving(forms: pd.DataFrame, facts: Facts, today: dt.date) -> pd.Series:
    """The outcomes, with accepted forms of an organisation that has withdrawn as withdrawn."""
    homes = forms["organisation_id"].unique()
    standings = {home: facts.standing(home, today) for home in homes if home}
    gone = {home: s.since for home, s in standings.items() if s.standing == "withdrawn"}
    left = look_up(forms["organisation_id"], gone, pd.NaT).astype("datetime64[ns]")
    joined = ~forms["rules"].map(is_leaving) & (forms["outcome"] == "accepted")
    before = left.notna() & ~(forms["day"] > left)
    return forms["outcome"].mask(joined & before, "withdrawn")


_T = TypeVar("_T", SignOnRecord, ChangeRecord)


def _with_survivors(records: Sequence[_T], settled: Settled) -> list[_T]:
    """The records under the organisation that survived a merge."""
    _, merged = known_names(settled.records)
    return [
        replace(r, organisation_id=merged.get(r.organisation_id, r.organisation_id))
        for r in records
    ]


def _title(settings: Settings, table: Table) -> str:
    return settings.tracker.title(table.title)


def _nothing_vanished(known: Sequence[SignOnRecord], found: Identified, tab: str) -> None:
    """Stop when the list lost more than a tenth, and at least five, of what is known, or all."""
    before = [record for record in known if record.gone_on is None]
    gone = sum(record.gone_on is None for record in known) - len(
        {r.key for r in before} & {r.key for r in found.records}
    )
    many = gone >= LOST_AT_LEAST and gone > LOST_SHARE * len(before)
    if before and (many or not found.records):
        raise BadData(
            say("{gone} of {all} sign-ons that were there before are gone, so nothing was written "
                "and nothing was mailed.", gone=gone, all=len(before)),
            tab,
            say("Look whether the right file was downloaded, whole and unfiltered. If they were "
                "removed on purpose, run `weaver run --accept-vanished` once."),
        )  # fmt: skip


def _until(frame: pd.DataFrame, known: Sequence[SignOnRecord], today: dt.date) -> pd.DataFrame:
    """Rows sent by the end of the day; where the time is unknown, those seen by then."""
    seen = {r.key for r in known if r.first_seen <= today}
    day = frame["day"]
    return frame.loc[(day <= pd.Timestamp(today)) | (day.isna() & frame["key"].isin(seen))]


def _settled(run: _Run, heard: _Heard) -> tuple[Settled, Changed]:
    """Settle, read Changes by the names that are known then, and settle again if they join any."""
    known, today = run.known, run.today
    belongs = homes(known)

    def settled_with(changes: Sequence[ChangeRecord]) -> Settled:
        said = verdicts(heard.active, in_force(changes, today), known)
        return settle(heard.frame, known.organisations, belongs, said, today)

    first = settled_with(heard.taken.changes)
    changed = _changed(run, heard, first)
    before = {change.id for change in in_force(heard.taken.changes, today)}
    again = {change.id for change in in_force(changed.records, today)} != before
    return (settled_with(changed.records) if again else first), changed


def _changed(run: _Run, heard: _Heard, settled: Settled) -> Changed:
    """Changes, by the names that organisations have today; pairs by the names of their own."""
    find = finder_by(settled.records, settled.ids, heard.frame)
    own = finder({record.id: record.name for record in settled.records}, {}, {}, suggest=False)

    def find_own(text: str) -> tuple[str, str]:
        return own(text) if own(text)[0] else find(text)

    deciders = deciders_by(run.settings, settled.records, settled.ids, heard.frame)
    return read_changes(
        _tab(run, CHANGES), run.known.changes, find, run.today, find_own, deciders, heard.taken
    )


def _tab(run: _Run, table: Table) -> RawTable | None:
    """A shared tab; on an earlier day nobody reads what was typed since."""
    return None if run.asked.past else run.inputs.results.get(_title(run.settings, table))


def verdicts(
    active: Mapping[str, DecisionRecord], changes: Sequence[ChangeRecord], known: Known
) -> Verdicts:
    """People's word on pairs of organisations, as pairs of their first sign-ons' keys."""
    first = {record.id: record.first_key for record in known.organisations}
    said: list[tuple[dt.date, int, int, str, str, str]] = []
    for matter, d in active.items():
        if matter.startswith("same:"):
            _, one, other = matter.split(":")
            said.append((d.read_on, 0, d.number, d.word, one, other))
    for c in changes:
        if c.change in PAIRS:
            word = c.change.removesuffix(" as")
            said.append((c.holds_from, 1, c.number, word, c.organisation_id, c.value))
    # of several words on one pair the newest counts
    pairs = {(min(a, b), max(a, b)): word for *_, word, a, b in sorted(said)}
    keys = {(first[a], first[b]): w for (a, b), w in pairs.items() if a in first and b in first}
    return Verdicts(
        tuple(pair for pair, word in keys.items() if word == "same"),
        tuple(pair for pair, word in keys.items() if word == "not the same"),
    )


def _with_decision_days(frame: pd.DataFrame, active: Mapping[str, DecisionRecord]) -> pd.DataFrame:
    """`decided_on`: the day a person decided, else the day an accepted form came."""
    read_on = pd.to_datetime(
        frame["key"].map({key: d.read_on for key, d in active.items()}).astype("datetime64[s]")
    ).astype("datetime64[ns]")
    came = frame["day"].where(frame["outcome"].isin(["accepted", "withdrawn", "superseded"]))
    final = (frame["decision"] != "") & (frame["outcome"] != "hold")
    return frame.assign(decided_on=read_on.where(final, came))


def _shown(organisations: pd.DataFrame, settled: Settled) -> dict[str, str]:
    """Id → the name shown; merged ids too."""
    shown = {record.id: record.name for record in settled.records}
    return shown | dict(zip(organisations["id"], organisations["name"], strict=True))


_DATED = ("date", "added", "asked_on", "first_contact")
"""The column that says when a row of a tracker was entered, where it has one."""


def _typed(
    people: Mapping[str, RawTable], settings: Settings, today: dt.date, asked: Asked
) -> dict[str, Typed]:
    """People's tabs that Weaver knows, typed; for an earlier day only the rows up to it."""
    typed: dict[str, Typed] = {}
    for table in TABLES:
        raw = people.get(_title(settings, table))
        if raw is None or table.who == "weaver" or table.name == "sign_ons":
            continue
        read = read_table(raw, table, settings.zone, settings.tracker.columns.get(table.name, {}))
        typed[table.name] = _typed_until(read, today) if asked.past else read
    return typed


def _typed_until(read: Typed, today: dt.date) -> Typed:
    column = next((name for name in _DATED if name in read.present), None)
    if column is None:
        return read
    late = read.frame[column] > pd.Timestamp(today)
    return replace(read, frame=read.frame.loc[~late])


def _to_decide(raw: RawTable | None, decided: Decided) -> ToDecide:
    if raw is None:
        return ToDecide()
    present = frozenset(row.key for row in deciding.rows_of(raw) if row.key)
    rows = {} if decided.accident else {key: row.cells for key, row in decided.rows.items()}
    return ToDecide(present, rows)
