"""The first half of thinking: sign-ons understood and recognised, and what people decided."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from config.errors import BadData
from config.problems import Problem
from config.raw import RawTable
from config.records import DecisionRecord, SignOnRecord, TextRecord
from config.settings import Form, Settings
from config.statement import MAIN
from config.tables import BY_HAND, CHANGES, FEEDBACK, TABLES, TO_DECIDE, Table
from config.words import say
from pipeline import decisions as deciding
from pipeline.confirming import decided_lapses
from pipeline.decisions import Decided
from pipeline.drift import Drift, observed, places, shown_over_time, words
from pipeline.growing.model import Growth
from pipeline.growing.words import growth_of, new_tab, tab_of
from pipeline.identity import Identified, identify
from pipeline.intake.feedback import combined, read_feedback
from pipeline.intake.feeding import joined
from pipeline.intake.model import SignOns, Typed
from pipeline.intake.reports import read_report
from pipeline.intake.signons import read_signons
from pipeline.intake.trackers import read_table
from pipeline.judging import describe
from pipeline.model import Run
from pipeline.obeying import people_said
from pipeline.shown import as_places
from pipeline.takeback import TakenBack
from pipeline.vanished import remembered, vanished

LOST_AT_LEAST = 5
LOST_SHARE = 0.10
_DATED = ("date", "added", "asked_on", "first_contact")
"""The column that says when a row of a tracker was entered, where it has one."""


@dataclass(frozen=True)
class Heard:
    """What came in.

    Attributes:
        signons: statement → its forms as they were read; letters without a form of their own have
            none.
        identified: the key of every form.
        frame: all forms as `judging.describe` gives them, with `statement`.
        taken: what was taken back as a whole.
        decided: people's decisions, those of the tab Decisions included.
        active: matter → the decision that holds.
        growth: people's words about their tabs, and where these stand.
        typed: tracker tables in use by name.
        texts: what the forms showed over time.
        drifts: where that differs from what was adopted.
        problems: what could not be read.
    """

    signons: Mapping[str, SignOns]
    identified: Identified
    frame: pd.DataFrame
    taken: TakenBack
    decided: Decided
    active: Mapping[str, DecisionRecord]
    growth: Growth
    typed: Mapping[str, Typed]
    texts: tuple[TextRecord, ...]
    drifts: tuple[Drift, ...]
    problems: tuple[Problem, ...]


def hear(run: Run) -> Heard:
    """Understand and recognise the forms, and read what people decided.

    Raises:
        BadData: sign-ons or To decide can't be read, or too many sign-ons have vanished.
    """
    signons = dict(_signons(run))
    gone = list(vanished(run))
    identified, frame = _recognised(run, signons)
    taken, decided = people_said(
        shared_tab(run, TO_DECIDE), shared_tab(run, CHANGES), run.known, frame, run.settings,
        run.today,
    )  # fmt: skip
    growth = growth_of(run)
    typed = _typed(run, growth)
    decided, unclear = _with_lapses(run, decided, typed)
    active = deciding.active(decided.decisions, run.today)
    texts = _observed(run, signons)
    frame, drifts = _compared(run, frame, texts, active)
    problems = [p for read in signons.values() for p in read.problems]
    problems += [*decided.problems, *unclear, *_letters_without_form(run, signons)]
    problems += [*_points_not_asked(run, signons), *_shown_in_vain(run), *gone]
    problems += growth.problems
    return Heard(
        signons, identified, frame, taken, decided, active, growth, typed, texts, drifts,
        tuple(problems),
    )  # fmt: skip


def shared_tab(run: Run, table: Table) -> RawTable | None:
    """A shared tab; on an earlier day nobody reads what was typed since."""
    return None if run.asked.past else run.inputs.results.get(title_of(run.settings, table))


def title_of(settings: Settings, table: Table) -> str:
    """What the coalition calls a table's tab."""
    return settings.tracker.title(table.title)


def _signons(run: Run) -> Iterator[tuple[str, SignOns]]:
    """Every statement's forms, as far as it has any of its own."""
    forms, inputs, zone = run.settings.forms_of("Sign-ons"), run.inputs, run.settings.zone
    by_column = [letter for letter in run.letters if letter.name not in forms]
    by_hand = inputs.people.get(BY_HAND)
    yield (
        MAIN,
        read_signons(
            inputs.responses, run.settings.signons, run.statement, zone, by_hand, by_column
        ),
    )
    for letter in run.letters:
        if letter.name in inputs.letters:
            raw = inputs.letters[letter.name]
            yield letter.name, read_signons(raw, forms[letter.name], letter, zone)


def _recognised(run: Run, signons: Mapping[str, SignOns]) -> tuple[Identified, pd.DataFrame]:
    """All forms together, each with its key and with all that it says of itself."""
    parts = [read.frame.assign(statement=name) for name, read in signons.items()]
    filled = [part for part in parts if len(part)] or parts[:1]
    whole = pd.concat(filled, ignore_index=True)
    points = ("agrees_", "signs_")
    answers = {str(c) for part in parts for c in part if str(c).startswith(points)}
    whole = whole.reindex(columns=[*whole, *sorted(answers - {*whole})])
    whole = whole.assign(**{c: whole[c].astype(object).fillna("").astype("str") for c in answers})
    names = {record.id: record.name for record in run.known.organisations}
    identified = identify(whole, run.known.signons, run.today, names)
    if not run.asked.past and not run.asked.accept_vanished:
        for name, read in signons.items():
            _nothing_vanished(run.known.signons, identified, name, read.source)
    keyed = whole.assign(
        key=identified.keys,
        called=_objects([r.names for r in identified.records], whole.index),
        renamed_on=_objects([r.renamed_on for r in identified.records], whole.index),
    )
    by_name = {statement.name: statement for statement in run.statements}
    described = [
        describe(rows, by_name[str(name)], run.settings.zone, form_of(run, str(name)).test_marker)
        for name, rows in keyed.groupby("statement", sort=False)
    ]
    frame = pd.concat(described) if described else describe(
        keyed, run.statement, run.settings.zone, run.settings.signons.test_marker
    )  # fmt: skip
    return identified, _until(frame, run) if run.asked.past else frame


def _objects(values: Sequence[object], index: pd.Index[Any]) -> pd.Series:
    return pd.Series(list(values), index=index, dtype=object)


def form_of(run: Run, statement: str) -> Form:
    """The form that signs the statement; a letter without one is signed by the main form."""
    form = run.settings.forms_of("Sign-ons").get(statement, run.settings.signons)
    if form.email_verified and form.statement in run.inputs.unverified:
        return form.model_copy(update={"email_verified": False})
    return form


def _nothing_vanished(
    known: Sequence[SignOnRecord], found: Identified, statement: str, tab: str
) -> None:
    """Stop when a list lost more than a tenth, and at least five, of what is known, or all."""
    before = [r for r in known if r.gone_on is None and r.statement == statement]
    present = {r.key for r in found.records if r.statement == statement}
    gone = sum(record.key not in present for record in before)
    many = gone >= LOST_AT_LEAST and gone > LOST_SHARE * len(before)
    if before and (many or not present):
        raise BadData(
            say("{gone} of {all} sign-ons that were there before are gone, so nothing was written "
                "and nothing was mailed.", gone=gone, all=len(before)),
            tab,
            say("Look whether the right file was downloaded, whole and unfiltered. If they were "
                "removed on purpose, run `weaver run --accept-vanished` once."),
        )  # fmt: skip


def _until(frame: pd.DataFrame, run: Run) -> pd.DataFrame:
    """Rows sent by the end of the day; where the time is unknown, those seen by then."""
    seen = {r.key for r in run.known.signons if r.first_seen <= run.today}
    day = frame["day"]
    return frame.loc[(day <= pd.Timestamp(run.today)) | (day.isna() & frame["key"].isin(seen))]


def _typed(run: Run, growth: Growth) -> dict[str, Typed]:
    """People's tabs that Weaver knows, typed; for an earlier day only the rows up to it.

    One that is about to be made counts as there, without a row; one that was dropped isn't read.
    """
    typed: dict[str, Typed] = {}
    settings, forms = run.settings, run.settings.forms_of(FEEDBACK.title)
    for table in TABLES:
        raw = new_tab(run, table) if table.name in growth.made else tab_of(run, table)
        if (
            raw is None
            or table.name in growth.dropped
            or table.who == "weaver"
            or table.name == "sign_ons"
        ):
            continue
        read = read_table(raw, table, settings.zone, settings.tracker.columns.get(table.name, {}))
        typed[table.name] = read
    commented = {n: read_feedback(raw, forms[n], settings.zone)
                 for n, raw in run.inputs.feedback.items()}  # fmt: skip
    if whole := combined(typed.get(FEEDBACK.name), commented):
        typed[FEEDBACK.name] = whole
    typed |= _reported(run, typed, growth.dropped)
    if run.asked.past:
        return {name: _typed_until(run, read) for name, read in typed.items()}
    return typed


def _reported(
    run: Run, typed: Mapping[str, Typed], dropped: Collection[str]
) -> Iterator[tuple[str, Typed]]:
    """The tables that forms feed in which members report, with the responses."""
    sent: dict[str, list[Typed]] = {}
    for source, form in run.settings.reports.items():
        if source in run.inputs.reports:
            read = read_report(run.inputs.reports[source], form, run.settings.zone)
            sent.setdefault(read.table.name, []).append(read)
    for name in sorted(sent.keys() - dropped):
        forms = sent[name]
        yield name, joined(typed.get(name), forms, title_of(run.settings, forms[0].table))


def _typed_until(run: Run, read: Typed) -> Typed:
    """Without rows of later days, and without what was sent later."""
    late = pd.Series(data=False, index=read.frame.index)
    if column := next((name for name in _DATED if name in read.present), None):
        late |= read.frame[column] > pd.Timestamp(run.today)
    if "received" in read.frame:
        came = read.frame["received"].dt.tz_convert(run.settings.zone).dt.tz_localize(None)
        late |= came >= pd.Timestamp(run.today) + pd.Timedelta(days=1)
    return replace(read, frame=read.frame.loc[~late].reset_index(drop=True))


def _with_lapses(
    run: Run, decided: Decided, typed: Mapping[str, Typed]
) -> tuple[Decided, list[Problem]]:
    """With what the tab Decisions says of those who did not re-confirm."""
    if run.asked.past:
        return decided, []
    taken, problems = decided_lapses(typed, run.statement, decided.decisions, run.today)
    return replace(decided, decisions=(*decided.decisions, *taken)), problems


def _observed(run: Run, signons: Mapping[str, SignOns]) -> tuple[TextRecord, ...]:
    """What each form shows today, beside what it showed before."""
    texts = run.known.texts
    if run.asked.past:
        return texts
    for statement in run.statements:
        version = statement.in_force(run.today)
        read = signons.get(statement.name)
        titles = {**run.inputs.asked.get(statement.name, {}), **remembered(run, statement)}
        seen = as_places(titles)
        if version and read:
            shown = run.inputs.shown.get(statement.name, {})
            seen |= places(statement, version, shown, read.titles)
        if seen or (version and read):
            texts = observed(texts, statement.name, seen, run.today)
    return texts


def _compared(
    run: Run,
    frame: pd.DataFrame,
    texts: Sequence[TextRecord],
    active: Mapping[str, DecisionRecord],
) -> tuple[pd.DataFrame, tuple[Drift, ...]]:
    """The forms with how the text that they showed differs from the adopted one."""
    settled = frozenset(
        key for key, d in active.items() if key.startswith("drift:") and d.word == "accept"
    )
    parts: list[pd.Series] = []
    drifts: list[Drift] = []
    for statement in run.statements:
        rows = frame.loc[frame["statement"] == statement.name]
        language = run.settings.coalition.language
        told, found = shown_over_time(texts, statement, rows, language, settled)
        parts.append(told)
        drifts += found
    return frame.assign(drift=pd.concat(parts).reindex(frame.index)), tuple(drifts)


def _letters_without_form(run: Run, signons: Mapping[str, SignOns]) -> Iterator[Problem]:
    """Letters that nobody can sign, since neither a form nor a question asks for them."""
    for letter in run.letters:
        if letter.name in signons or letter.field in signons[MAIN].asked:
            continue
        if not letter.adopted or letter.name in run.settings.forms_of("Sign-ons"):
            continue
        yield Problem(
            signons[MAIN].source, 0, "",
            say("no question asks for the letter “{title}”", title=letter.title),
            say("Add a question to the form and write it as question = into the letter's file "
                "(statements/{name}/), or give the letter a [[form]] of its own with "
                'statement = "{name}".', name=letter.name),
        )  # fmt: skip


def _shown_in_vain(run: Run) -> Iterator[Problem]:
    """Texts that a form shows and that can't be compared with anything."""
    for statement in run.statements:
        version = statement.in_force(run.today)
        files = form_of(run, statement.name).shows
        known = {t.language or run.settings.coalition.language
                 for t in statement.texts_of(version.version)} if version else set()  # fmt: skip
        for language, text in run.inputs.shown.get(statement.name, {}).items():
            if version and language not in known:
                yield Problem(
                    files.get(language, language), 0, "",
                    say("no text was adopted in this language ({language}), so what the form "
                        "shows isn't compared", language=language),
                    say("Add the translation to statements/{name}/, with language = “{language}”.",
                        name=statement.name, language=language),
                )  # fmt: skip
            elif not words(text):
                remedy = say("Copy the text that the form shows into this file.")
                yield Problem(
                    files.get(language, language), 0, "", say("the file holds no text"), remedy
                )


def _points_not_asked(run: Run, signons: Mapping[str, SignOns]) -> Iterator[Problem]:
    """Forms that ask some principles and policies of the version in force, but not all."""
    for statement in run.statements:
        version, read = statement.in_force(run.today), signons.get(statement.name)
        if version is None or read is None:
            continue
        missing = [p for p in version.points if p.field not in read.asked]
        some = len(missing) < len(version.points) or any(p.question for p in missing)
        if missing and some:
            asked, whole = len(version.points) - len(missing), len(version.points)
            yield Problem(
                read.source, 0, ", ".join(p.id for p in missing),
                say("the form asks {n} of the {all} principles and policies of version {version}",
                    n=asked, all=whole, version=version.version),
                say("Add the missing questions to the form, or write how the form words them as "
                    "question = into the version's file."),
            )  # fmt: skip
