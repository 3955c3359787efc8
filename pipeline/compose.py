"""The middle of Weaver: raw tables in, a frozen Result out. No I/O, no clock, no surprise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import pandas as pd

from config.problems import Problem
from config.raw import RawTable
from config.records import (
    ChangeRecord,
    Known,
    Ledger,
    PositionRecord,
    SignOnRecord,
)
from config.settings import Settings
from config.statement import MAIN, Statement
from config.tables import BY_HAND, CHANGES, FEEDBACK, TO_DECIDE
from config.tables.work import DECISION_MAKERS
from pipeline import decisions as deciding
from pipeline.acquaintance import strangers
from pipeline.adoption import adoption_problems
from pipeline.changes import Changed, in_force, read_changes
from pipeline.check import NotApplied
from pipeline.clock import Clock
from pipeline.confirming import Terms, terms_of
from pipeline.decisions import Decided
from pipeline.feedback import Feedback, feedback_of
from pipeline.finding import deciders_by, finder_by, forms_by, origins, unknown_employers
from pipeline.growing.memory import tabs_of
from pipeline.hearing import Heard, form_of, hear, shared_tab, title_of
from pipeline.hiding import without_positions
from pipeline.intake.feeding import fed
from pipeline.intake.tabs import by_known_titles, stray_tabs
from pipeline.judging import Judged, decision_days, judge
from pipeline.letters import Letter, counting, opted_in, taken_back
from pipeline.lookup import look_up
from pipeline.mailing.drafting import faults
from pipeline.mailing.quiet import quiet_on
from pipeline.matters import Matter, Stand, matters_of
from pipeline.measuring import Measured, Seen, measure
from pipeline.model import NOW, Asked, Inputs, Result, Run, ToDecide
from pipeline.naming import Named
from pipeline.obeying import against_to_decide, not_joined
from pipeline.organisations import Settled, settle
from pipeline.pairs import unrelated
from pipeline.parties import parties_of
from pipeline.past import until
from pipeline.positions.history import history
from pipeline.registry import (
    finder,
    known_names,
    namesakes,
    organisations_of,
    outsiders,
    speaking,
)
from pipeline.remembering import ledger_of
from pipeline.retelling import retold
from pipeline.rules.evidence import is_leaving
from pipeline.standing import Fact, Facts
from pipeline.story import claims_under_other_names, facts_of
from pipeline.targets import Target, read_targets
from pipeline.verdicts import parts_said, verdicts
from pipeline.versions import agreed


def think(
    inputs: Inputs,
    known: Known,
    settings: Settings,
    statements: Sequence[Statement],
    clock: Clock,
    asked: Asked = NOW,
) -> Result:
    """All steps between reading and recording, in their order.

    Raises:
        BadData: the sign-ons or To decide can't be read, or too many sign-ons have vanished.
    """
    people, alike = by_known_titles(inputs.people, settings.tracker, BY_HAND)
    inputs = replace(inputs, people=people)
    run = Run(inputs, until(known, clock.day), settings, statements, clock, asked)
    heard = hear(run)
    settled, changed = _settled(run, heard)
    stood = _stand(run, heard, settled, changed.records)
    merged = known_names(settled.records)[1]
    named = Named(heard.typed, stood.organisations, merged, settings.coalition.name)
    told = fed(heard.typed, named.find, heard.growth.dropped, named.doubt)
    heard = replace(heard, typed=told)
    counted = _count(run, heard, stood, named)
    feedback, unsettled = _said_of_drafts(run, heard, named)
    problems = {
        *inputs.problems, *alike,
        *stray_tabs(inputs.people, settings.tracker, BY_HAND, beside=inputs.results),
        *heard.problems, *changed.problems, *counted.problems, *unsettled,
        *unknown_employers(settings, stood.organisations),
        *against_to_decide(settings, heard.decided, heard.active, changed, clock.day),
        *not_joined(title_of(settings, CHANGES), settled),
    }  # fmt: skip
    result = Result(
        clock=clock,
        statements=statements,
        forms=stood.forms,
        letters=stood.letters,
        organisations=stood.organisations,
        facts=stood.facts,
        under=stood.under,
        feedback=feedback,
        matters=stood.matters,
        values=counted.measured.values,
        recount=counted.measured.recount,
        context=counted.measured.context,
        aims=counted.aims,
        growth=heard.growth,
        tabs=run.known.tabs,
        positions=counted.positions,
        typed=heard.typed,
        signons=heard.signons[MAIN],
        texts=heard.texts,
        answers=changed.answers,
        to_decide=_to_decide(inputs.results.get(title_of(settings, TO_DECIDE)), heard.decided),
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
    result = replace(result, tabs=tabs_of(run, result))
    records = heard.identified.records
    result = replace(result, ledger=ledger_of(result, records, stood.vanished, settled))
    result = without_positions(result, quiet_on(settings.quiet_period, clock.day))
    return result if asked.past else replace(
        result, problems=tuple(sorted({*result.problems, *faults(result, settings)}))
    )  # fmt: skip


@dataclass(frozen=True)
class _Stood:
    """Every form judged, and where every organisation stands."""

    forms: pd.DataFrame
    letters: tuple[Letter, ...]
    not_applied: tuple[NotApplied, ...]
    vanished: Sequence[SignOnRecord]
    facts: Facts
    under: Callable[[Statement], Facts]
    organisations: pd.DataFrame
    matters: tuple[Matter, ...]


@dataclass(frozen=True)
class _Counted:
    """Numbers counted, and what could not be read on the way."""

    measured: Measured
    aims: Mapping[str, Target]
    positions: tuple[PositionRecord, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class _Told:
    """What judging and folding need, of every statement alike."""

    frame: pd.DataFrame
    vanished: Sequence[SignOnRecord]
    changes: Sequence[ChangeRecord]
    holding: Sequence[ChangeRecord]
    heard: Heard


def _stand(run: Run, heard: Heard, settled: Settled, records: Sequence[ChangeRecord]) -> _Stood:
    today = run.today
    changes = _with_survivors(records, settled)
    vanished = _with_survivors(heard.identified.vanished, settled)
    frame = heard.frame.assign(organisation_id=settled.ids, because=settled.because)
    frame = frame.assign(stranger=strangers(frame, heard.active))
    told = _Told(frame, vanished, changes, in_force(changes, today), heard)
    judged = _judged(run, told, run.statement)
    terms = terms_of(run.statement, changes, heard.decided.decisions)
    spoken = speaking(judged.frame)
    outside = outsiders(spoken)
    alike = [(pair.first, pair.second) for pair in settled.questions if pair.kind == "same"]
    hidden = tuple(claims_under_other_names(judged.frame, alike, heard.decided.decisions))
    dated = (*_facts(run, told, run.statement, judged.frame, changes), *hidden)
    facts = Facts(dated, outside, terms)
    forms = judged.frame.assign(outcome=_after_leaving(judged.frame, facts, today))
    if run.letters:
        # by now it is known which forms of the main statement stand, and so whom it knows
        told = replace(told, frame=frame.assign(stranger=strangers(frame, heard.active, forms)))
    letters = tuple(_letter(run, told, letter, forms) for letter in run.letters)
    parts = _with_survivors(parts_said(heard.active.values()), settled)
    holding = sorted((*parts, *told.holding), key=lambda c: (c.holds_from, c.id[:1] != "d"))
    organisations = organisations_of(
        frame, spoken, settled.records, facts, holding, run.statement, letters, today
    )

    def under(statement: Statement) -> Facts:
        read = judged.frame.drop(columns=["version", "version_by"])
        again = judged.frame.assign(**agreed(read, statement))
        dated = (*_facts(run, told, statement, again, changes), *hidden)
        return Facts(dated, outside, replace(terms, statement=statement))

    stood = _Stood(
        forms, letters, judged.not_applied, vanished, facts, under, organisations, ()
    )  # fmt: skip
    return replace(stood, matters=_matters(run, told, settled, stood, terms))


def _judged(run: Run, told: _Told, statement: Statement) -> Judged:
    """One statement's forms with their outcomes."""
    rows = told.frame.loc[told.frame["statement"] == statement.name]
    asked = told.heard.signons[statement.name].asked
    main = statement.name == MAIN
    judged = judge(
        rows, asked, form_of(run, statement.name), run.settings, statement, told.heard.active,
        told.holding if main else (), run.today,
    )  # fmt: skip
    forms = decision_days(judged.frame, told.heard.active, told.heard.decided.decisions)
    return replace(judged, frame=forms)


def _facts(
    run: Run, told: _Told, statement: Statement, forms: pd.DataFrame,
    changes: Sequence[ChangeRecord],
) -> Iterator[Fact]:  # fmt: skip
    """All dated facts about one statement."""
    vanished = [
        record for record in told.vanished
        if record.statement == statement.name or statement.name in record.letters
    ]  # fmt: skip
    return facts_of(
        forms, vanished, told.heard.decided.decisions, changes,
        told.heard.identified.records, statement, run.settings.zone,
    )  # fmt: skip


def _letter(run: Run, told: _Told, letter: Statement, main: pd.DataFrame) -> Letter:
    """Who has signed a letter, by its own form or by a question of the main one."""
    own, changes = main.iloc[:0], list[ChangeRecord]()
    if letter.name in told.heard.signons:
        own = _judged(run, told, letter).frame
    else:
        # whoever leaves the coalition takes back what it signed by the same form
        changes = [change for change in told.changes if change.change == "withdraw"]
    opted = opted_in(main, letter, run.settings.zone)
    changes = [c for c in changes if c.organisation_id in set(opted["organisation_id"])]
    parts = [part for part in (own, counting(opted)) if len(part)]
    forms = pd.concat(parts, ignore_index=True) if parts else own
    dated = _facts(run, told, letter, forms, changes)
    facts = Facts((*dated, *taken_back(main, letter)))
    if len(own):
        own = own.assign(outcome=_after_leaving(own, facts, run.today))
    return Letter(letter, own, opted, facts)


def _matters(
    run: Run, told: _Told, settled: Settled, stood: _Stood, terms: Terms
) -> tuple[Matter, ...]:
    # on an earlier day nobody could miss what went later
    gone = {record.key for record in run.known.signons if record.gone_on}
    missed = [r for r in stood.vanished if r.key in gone or not run.asked.past]
    heard = told.heard
    own = [letter.own_forms for letter in stood.letters if len(letter.own_forms)]
    forms = pd.concat([stood.forms, *own], ignore_index=True) if own else stood.forms
    stand = Stand(
        forms, missed, unrelated(settled.questions, stood.organisations), heard.drifts,
        _shown(stood.organisations, settled), known_names(settled.records)[1], stood.facts,
        stood.letters, terms, run.today, run.known.messages, run.known.pauses,
        tuple(parties_of(run, stood.forms, heard.signons[MAIN].asked, stood.facts, heard.active)),
        quiet_on(run.settings.quiet_period, run.today),
    )  # fmt: skip
    known = {record.key: record for record in heard.decided.matters}
    matters = matters_of(stand, known, heard.active)
    return retold(matters, heard.decided.matters, heard.decided.decisions, run.today)


def _count(run: Run, heard: Heard, stood: _Stood, named: Named) -> _Counted:
    makers = heard.typed.get(DECISION_MAKERS.name)
    past = history(makers, run.known.positions, run.today, run.asked.past)
    gone = {record.key for record in stood.vanished}
    seen = Seen(
        stood.forms, stood.organisations, stood.facts.members, heard.typed, named,
        heard.signons[MAIN], past, sum(key in gone for key in heard.active), heard.growth,
    )  # fmt: skip
    measured = measure(run, seen)
    aims = read_targets(heard.typed, run.today)
    unread = [problem for table in heard.typed.values() for problem in table.problems]
    doubts = past.problems if past else ()
    problems = (*measured.strays, *aims.problems, *unread, *doubts)
    positions = past.records if past else run.known.positions
    return _Counted(measured, aims.by_code, positions, problems)


def _said_of_drafts(
    run: Run, heard: Heard, named: Named
) -> tuple[tuple[Feedback, ...], tuple[Problem, ...]]:
    """What was said about drafts, and what to put right about it and about adoptions."""
    table = heard.typed.get(FEEDBACK.name)
    feedback, problems = feedback_of(table, run.statements, named.find, named.names)
    return feedback, (*problems, *adoption_problems(run.statements, feedback, table))


def _after_leaving(forms: pd.DataFrame, facts: Facts, today: dt.date) -> pd.Series:
    """The outcomes, with accepted forms of whoever has withdrawn since as withdrawn."""
    homes = forms["organisation_id"].unique()
    standings = {home: facts.standing(home, today) for home in homes if home}
    gone = {home: s.since for home, s in standings.items() if s.standing == "withdrawn"}
    left = look_up(forms["organisation_id"], gone, pd.NaT).astype("datetime64[ns]")
    leaving = forms["rules"].map(is_leaving).astype(bool)
    joined = ~leaving & (forms["outcome"] == "accepted")
    before = left.notna() & ~(forms["day"] > left)
    return forms["outcome"].mask(joined & (before | _taken_back(forms, leaving)), "withdrawn")


def _taken_back(forms: pd.DataFrame, leaving: pd.Series) -> pd.Series:
    """Forms of people that the same address took back, once somebody confirmed that."""
    address = forms["email"].str.strip().str.casefold()
    alone = forms["organisation_id"] == ""
    confirmed = forms.loc[leaving & alone & (forms["outcome"] == "accepted")]
    last = confirmed.groupby(address[confirmed.index])["received"].max().to_dict()
    until = pd.to_datetime(look_up(address, last, pd.NaT), utc=True)
    return alone & (address != "") & until.notna() & (forms["received"] < until)


_T = TypeVar("_T", SignOnRecord, ChangeRecord)


def _with_survivors(records: Sequence[_T], settled: Settled) -> list[_T]:
    """The records under the organisation that survived a merge."""
    _, merged = known_names(settled.records)
    homes = ((r.origin if isinstance(r, SignOnRecord) else "") or r.organisation_id
             for r in records)  # fmt: skip
    return [
        replace(r, organisation_id=merged.get(home, home))
        for r, home in zip(records, homes, strict=True)
    ]


def _settled(run: Run, heard: Heard) -> tuple[Settled, Changed]:
    """Settle, read Changes by the names that are known then, and settle again if they join any."""
    known, today = run.known, run.today
    belongs = origins(known)
    declined = frozenset(key for key, said in heard.active.items() if said.word == "not accepted")

    def settled_with(changes: Sequence[ChangeRecord]) -> Settled:
        said = verdicts(heard.active, in_force(changes, today), known)
        return settle(heard.frame, known.organisations, belongs, said, today, declined)

    first = settled_with(heard.taken.changes)
    changed = _changed(run, heard, first)
    before = {change.id for change in in_force(heard.taken.changes, today)}
    again = {change.id for change in in_force(changed.records, today)} != before
    return (settled_with(changed.records) if again else first), changed


def _changed(run: Run, heard: Heard, settled: Settled) -> Changed:
    """Changes, by the names that organisations have today; pairs by the names of their own."""
    holding = in_force(heard.taken.changes, run.today)
    shown = {c.organisation_id: c.value for c in holding if c.change == "show as"}
    find = finder_by(settled.records, settled.ids, heard.frame, shown=shown)
    living = known_names(settled.records)[0]
    # whoever lives goes before whoever was joined to it and is called the same
    merged = {r.id: r.name for r in settled.records if r.id not in living}
    owns = [finder(names, {}, {}, suggest=False) for names in (living, merged)]

    def find_own(text: str) -> tuple[str, str]:
        return next((found for own in owns if (found := own(text))[0]), None) or find(text)

    deciders = deciders_by(run.settings, settled.records, settled.ids, heard.frame)
    return read_changes(
        shared_tab(run, CHANGES), run.known.changes, find, run.today, find_own, deciders,
        heard.taken, namesakes(living | {i: shown[i] for i in shown.keys() & living.keys()}),
        forms_by(settled, heard.frame),
    )  # fmt: skip


def _shown(organisations: pd.DataFrame, settled: Settled) -> dict[str, str]:
    """Id → the name shown; merged ids too."""
    shown = {record.id: record.name for record in settled.records}
    return shown | dict(zip(organisations["id"], organisations["name"], strict=True))


def _to_decide(raw: RawTable | None, decided: Decided) -> ToDecide:
    if raw is None:
        return ToDecide()
    present = frozenset(row.key for row in deciding.rows_of(raw) if row.key)
    rows = {} if decided.accident else {key: row.cells for key, row in decided.rows.items()}
    return ToDecide(present, rows)
