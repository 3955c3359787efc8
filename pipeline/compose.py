"""The middle of Weaver: raw tables in, a frozen Result out. No I/O, no clock, no surprise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from config.errors import BadData
from config.raw import RawTable
from config.records import ChangeRecord, DecisionRecord, Known, Ledger, SignOnRecord
from config.settings import Settings
from config.statement import Statement
from config.tables import CHANGES, TABLES, TO_DECIDE, Table
from config.words import say
from pipeline import decisions as deciding
from pipeline.aims import read_aims
from pipeline.changes import PAIRS, Changed, in_force, read_changes
from pipeline.clock import Clock
from pipeline.decisions import Decided, read_decisions
from pipeline.identity import Identified, identify
from pipeline.intake.model import Typed
from pipeline.intake.signons import read_signons
from pipeline.intake.tabs import stray_tabs
from pipeline.intake.trackers import read_table
from pipeline.judging import describe, judge
from pipeline.matters import matters_of
from pipeline.measuring import measure
from pipeline.model import Inputs, Result, ToDecide
from pipeline.organisations import Settled, Verdicts, settle
from pipeline.past import until
from pipeline.registry import finder, known_names, organisations_of, outsiders, speaking
from pipeline.remembering import ledger_of
from pipeline.standing import Facts
from pipeline.story import facts_of

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
    today = clock.day
    known = until(known, today)
    signons = read_signons(
        inputs.responses, settings.signons, statement, settings.zone, inputs.people.get(BY_HAND)
    )
    identified = identify(signons.frame, known.signons, today)
    if not asked.past and not asked.accept_vanished:
        _nothing_vanished(known.signons, identified, inputs.responses.tab)
    frame = describe(
        signons, identified.keys, statement, settings.zone, settings.signons.test_marker
    )
    frame = _until(frame, known.signons, today) if asked.past else frame
    decided = _decided(inputs, known, settings, today, asked)
    active = deciding.active(decided.decisions, today)
    settled, changed = _settled(frame, inputs, known, settings, active, today, asked)
    frame = frame.assign(organisation_id=settled.ids, because=settled.because)
    _, merged = known_names(settled.records)
    changes = [replace(r, organisation_id=merged.get(r.organisation_id, r.organisation_id))
               for r in changed.records]  # fmt: skip
    holding = in_force(changes, today)
    judged = judge(frame, signons.asked, settings, statement, active, holding, today)
    forms = _with_decision_days(judged.frame, active)
    vanished = [replace(r, organisation_id=merged.get(r.organisation_id, r.organisation_id))
                for r in identified.vanished]  # fmt: skip
    facts = Facts(
        facts_of(forms, vanished, decided.decisions, changes, identified.records, settings.zone),
        outsiders(speaking(forms)),
    )
    organisations = organisations_of(forms, settled.records, facts, holding, statement, today)
    matters = matters_of(
        forms, vanished, settled.questions, _shown(organisations, settled), facts,
        {record.key: record for record in decided.matters}, active, today,
    )  # fmt: skip
    typed = _typed(inputs.people, settings, today, asked)
    values, strays = measure(forms, organisations, typed, signons, statement, settings, clock)
    aims = read_aims(typed)
    problems = (
        *inputs.problems, *stray_tabs(inputs.people, settings.tracker, BY_HAND),
        *signons.problems, *decided.problems, *changed.problems, *strays,
        *aims.problems,
        *(problem for table in typed.values() for problem in table.problems),
    )  # fmt: skip
    result = Result(
        clock=clock,
        forms=forms,
        organisations=organisations,
        facts=facts,
        matters=matters,
        values=values,
        aims=aims.by_code,
        typed=typed,
        signons=signons,
        answers=changed.answers,
        to_decide=_to_decide(inputs.results.get(_title(settings, TO_DECIDE)), decided),
        problems=tuple(sorted(set(problems))),
        not_applied=judged.not_applied,
        known=replace(
            known, decisions=decided.decisions, changes=changed.records, matters=decided.matters
        ),
        ledger=Ledger(),
    )
    return replace(result, ledger=ledger_of(result, identified.records, vanished, settled))


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


def _decided(
    inputs: Inputs, known: Known, settings: Settings, today: dt.date, asked: Asked
) -> Decided:
    raw = None if asked.past else inputs.results.get(_title(settings, TO_DECIDE))
    return read_decisions(raw, known.matters, known.decisions, today)


def _settled(
    frame: pd.DataFrame,
    inputs: Inputs,
    known: Known,
    settings: Settings,
    active: Mapping[str, DecisionRecord],
    today: dt.date,
    asked: Asked,
) -> tuple[Settled, Changed]:
    """Settle, read Changes by the names that are known then, and settle again if they join any."""
    belongs = {r.key: r.organisation_id for r in known.signons}
    raw = None if asked.past else inputs.results.get(_title(settings, CHANGES))

    def settled_with(changes: Sequence[ChangeRecord]) -> Settled:
        said = verdicts(active, in_force(changes, today), known)
        return settle(frame, known.organisations, belongs, said, today)

    first = settled_with(known.changes)
    living, merged = known_names(first.records)
    also = {str(i): tuple(names) for i, names in frame.groupby(first.ids)["organisation"]}
    find = finder(living, also, merged)
    own = finder({record.id: record.name for record in first.records}, {}, {}, suggest=False)

    def find_own(text: str) -> tuple[str, str]:
        return own(text) if own(text)[0] else find(text)

    changed = read_changes(raw, known.changes, find, today, find_own)
    again = {c.id for c in in_force(changed.records, today)} != {
        c.id for c in in_force(known.changes, today)
    }
    return (settled_with(changed.records) if again else first), changed


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
    return frame.assign(decided_on=read_on.where(frame["decision"] != "", came))


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
