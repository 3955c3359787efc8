"""What a new version asks of those who agreed to the one before, and what silence means."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from config.problems import Problem
from config.records import ChangeRecord, DecisionRecord
from config.statement import Statement, Version
from config.text import fold
from config.words import say
from pipeline.intake.model import Typed

LEAVES, OBJECTS = "leaves", "stays until it objects"
LAPSE = "lapse"
EXTENDS = "extend deadline"
Span = tuple[dt.date, dt.date | None]
"""From a day on, until another one (exclusive) or for good."""


@dataclass(frozen=True)
class Terms:
    """What holds about re-confirming a statement, computable for any day.

    Attributes:
        statement: with all its versions.
        extended: organisation → (span in which it holds, the last day given).
        lapsing: version → spans in which the coalition lets those lapse that stayed silent.
    """

    statement: Statement | None = None
    extended: Mapping[str, Sequence[tuple[Span, dt.date]]] = field(default_factory=dict)
    lapsing: Mapping[str, Sequence[Span]] = field(default_factory=dict)

    def missing(self, agreed: Iterable[str], day: dt.date) -> list[Version]:
        """Versions in force by that day that somebody who agreed to those has yet to confirm."""
        if self.statement is None:
            return []
        newest = max((self.statement.substance(version) for version in agreed), default=-1)
        later = self.statement.material[max(newest, 0) + 1 :]
        return [v for v in later if v.adopted_on and v.adopted_on <= day]

    def deadline(self, version: Version, organisation_id: str, day: dt.date) -> dt.date | None:
        """The last day to confirm, as it was known on that day; None where none was set."""
        given = [
            until for span, until in self.extended.get(organisation_id, ()) if _within(span, day)
        ]
        known = [*given, *([version.reconfirm_by] if version.reconfirm_by else [])]
        return max(known, default=None)

    def lapsed(
        self, missing: Sequence[Version], organisation_id: str, day: dt.date
    ) -> tuple[Version, dt.date] | None:
        """The version for whose sake it has lapsed, and since when; None where it hasn't."""
        for version in missing:
            last = self.deadline(version, organisation_id, day)
            if version.silence != LEAVES or last is None or day <= last:
                continue
            for span in self.lapsing.get(version.version, ()):
                if _within(span, day):
                    return version, max(span[0], last + dt.timedelta(days=1))
        return None

    def turning_days(self, organisation_id: str) -> set[dt.date]:
        """Days on which a standing may change though nothing came from the organisation."""
        if self.statement is None:
            return set()
        spans = [span for found in self.lapsing.values() for span in found]
        lasts = [until for _, until in self.extended.get(organisation_id, ())]
        spans += [span for span, _ in self.extended.get(organisation_id, ())]
        for version in self.statement.material[1:]:
            spans.append((version.adopted_on or dt.date.min, None))
            lasts += [version.reconfirm_by] if version.reconfirm_by else []
        ends = {day + dt.timedelta(days=1) for day in lasts}
        return ends | {day for span in spans for day in span if day}


NO_TERMS = Terms()


def _within(span: Span, day: dt.date) -> bool:
    return span[0] <= day and (span[1] is None or span[1] > day)


def terms_of(
    statement: Statement,
    changes: Iterable[ChangeRecord],
    decisions: Iterable[DecisionRecord],
) -> Terms:
    """The terms by the statement's versions, the extensions in Changes and the decisions taken."""
    extended: dict[str, list[tuple[Span, dt.date]]] = {}
    for change in changes:
        if change.change == EXTENDS and change.value:
            span = (max(change.read_on, change.holds_from), change.undone_on)
            until = dt.date.fromisoformat(change.value)
            extended.setdefault(change.organisation_id, []).append((span, until))
    lapsing: dict[str, list[Span]] = {}
    for decision in decisions:
        kind, _, name = decision.matter.partition(":")
        if kind == LAPSE and decision.word == LAPSE:
            version = name.partition(":")[2]
            lapsing.setdefault(version, []).append((decision.read_on, decision.undone_on))
    return Terms(statement, extended, lapsing)


def lapse_key(statement: Statement, version: Version) -> str:
    """The key of the matter whether those who stayed silent lapse."""
    return f"{LAPSE}:{statement.name}:{version.version}"


def lapse_words(version: Version) -> str:
    """What the coalition writes into Decisions to let them lapse."""
    return f"Lapse: version {version.version}"


def decided_lapses(
    typed: Mapping[str, Typed],
    statement: Statement,
    decisions: Sequence[DecisionRecord],
    today: dt.date,
) -> tuple[list[DecisionRecord], list[Problem]]:
    """New decisions from rows of the tab Decisions that let organisations lapse.

    A row counts once; that it is deleted later takes nothing back, which `undo` does. After that
    a row of a later day counts again.
    """
    table = typed.get("decisions")
    if table is None:
        return [], []
    taken: list[DecisionRecord] = []
    problems = list(_unclear(table, statement))
    known = table.frame["date"] <= pd.Timestamp(today)
    for version in statement.material[1:]:
        rows = _rows(table, version)
        before = [d for d in decisions if d.matter == lapse_key(statement, version)]
        before = [d for d in before if d.word == LAPSE]
        undone = [d.undone_on for d in before if d.undone_on]
        since = pd.Timestamp(version.adopted_on or today)
        rows = rows.loc[known[rows.index] & (rows["date"] >= since)]
        if undone:
            rows = rows.loc[rows["date"] > pd.Timestamp(max(undone))]
        if rows.empty or len(undone) < len(before):
            continue
        row = rows.iloc[0]
        if version.silence != LEAVES:
            what = say("Version {version} lets nobody lapse: silence means “{silence}”.",
                       version=version.version, silence=version.silence)  # fmt: skip
            remedy = say("Correct the row, or set silence in the version's file.")
            problems.append(Problem(table.title, int(row["row"]), "Decision", what, remedy))
            continue
        number = max((d.number for d in (*decisions, *taken)), default=0) + 1
        taken.append(_lapse(number, lapse_key(statement, version), row, today))
    return taken, problems


def _lapse(number: int, key: str, row: pd.Series, today: dt.date) -> DecisionRecord:
    body = str(row["body"]) or say("the coalition")
    return DecisionRecord(number, key, LAPSE, body, str(row["how_decided"]), today, key)


def _rows(table: Typed, version: Version) -> pd.DataFrame:
    """Rows that say of that version, and nothing else, that whoever is silent lapses."""
    wanted = fold(lapse_words(version))
    return table.frame.loc[[fold(text) == wanted for text in table.frame["decision"]]]


def _adopted(statement: Statement, text: str) -> pd.Timestamp:
    """The day on which the version was adopted of which the row speaks."""
    days = {fold(lapse_words(v)): v.adopted_on for v in statement.material[1:]}
    return pd.Timestamp(days[text] or dt.date.min)


def _unclear(table: Typed, statement: Statement) -> Iterator[Problem]:
    """Rows that begin as one about a lapse does, and name no version or no day."""
    known = {fold(lapse_words(version)) for version in statement.material[1:]}
    for row in table.frame.to_dict("records"):
        text = fold(str(row["decision"]))
        if text in known and pd.isna(row["date"]):
            what = say("A lapse needs the day on which it was decided.")
            yield Problem(table.title, int(row["row"]), "Date", what, say("Write the day."))
        elif text in known and row["date"] < _adopted(statement, text):
            what = say(
                "This lapse was decided before the version was adopted, so it doesn't count."
            )
            yield Problem(table.title, int(row["row"]), "Date", what, say("Correct the day."))
        elif text.startswith(f"{LAPSE} version") and text not in known:
            what = say("It isn't clear who shall lapse, so nobody does.")
            listed = ", ".join(f"“{lapse_words(version)}”" for version in statement.material[1:])
            remedy = say("Write exactly one of: {listed}.", listed=listed)
            yield Problem(table.title, int(row["row"]), "Decision", what, remedy)
