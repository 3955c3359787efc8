"""What organisations say about a draft: which clause, which draft, and what is not settled yet."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from config.feedback import WITHDRAWN
from config.problems import Problem
from config.statement import Statement, Version
from config.text import fold, shorten
from config.words import say
from pipeline.clauses import Wordings, wordings_of
from pipeline.intake.model import Typed
from pipeline.versions import shown_version

AS_IS, CHANGED, NEVER = "as is", "with this change", "no"
STRICTNESS = ("", AS_IS, CHANGED, NEVER)
"""What an organisation says of signing, the mildest first."""
_TAKEN_BACK = frozenset(map(fold, WITHDRAWN))
_FEW_WORDS = 3
_NUMBERED = re.compile(r"\d")
Find = Callable[[str], tuple[str, str]]


@dataclass(frozen=True)
class Feedback:
    """One comment.

    Attributes:
        statement: the folder of the statement or letter.
        version: of it, that it is about: the newest draft, or what became of that; "" for none.
        clause: the id of a principle or policy, `WHOLE`, or what was typed.
        known: whether the clause is one of the statement's, or the whole.
        organisation_id: "" where no organisation of that name has signed.
        organisation: its name as the registry shows it, else as typed.
        comment: in their words.
        would_sign: "as is", "with this change", "no" or "".
        answer: what the coalition answered.
        settled: the draft in which it is settled; "" while it is not.
        withdrawn: they took it back, or said later that they would sign the clause as it is.
        day: of the comment; None where it isn't known.
    """

    statement: str
    version: str
    clause: str
    known: bool
    organisation_id: str
    organisation: str
    comment: str
    would_sign: str
    answer: str = ""
    settled: str = ""
    withdrawn: bool = False
    day: dt.date | None = None

    @property
    def who(self) -> str:
        """What tells its author from the others."""
        return self.organisation_id or fold(self.organisation)

    @property
    def red_line(self) -> bool:
        """Whether its author would not sign as it is, and that is neither settled nor withdrawn."""
        return self.would_sign in (CHANGED, NEVER) and not self.settled and not self.withdrawn


def feedback_of(
    table: Typed | None, statements: Sequence[Statement], find: Find, names: Mapping[str, str]
) -> tuple[tuple[Feedback, ...], tuple[Problem, ...]]:
    """Every comment, by day; rows of tab and form about the same thing are one.

    Args:
        table: as `intake.feedback.combined` gives it.
        statements: the main one and the letters.
        find: a name → (id, "").
        names: id → the name shown.
    """
    if table is None:
        return (), ()
    problems: list[Problem] = []
    wordings = {statement.name: wordings_of(statement) for statement in statements}
    rows = [
        _Said(row, find, names, wordings, _settled(row, problems))
        for row in table.frame.to_dict("records")
    ]
    joined: dict[tuple[str, str, str, str], Feedback] = {}
    # the forms first: they say which statement a row of the tab is about
    for said in sorted(rows, key=lambda s: s.of == ""):
        if not (said.comment or said.would_sign):
            continue
        found = said.about(_statement_of(said, statements, joined))
        key = _same(found)
        if key in joined:
            # a form sent again says the newer thing; a row of the tab completes what a form said
            found = found if said.of else _completed(joined[key], found)
        joined[key] = found
    by_day = sorted(joined.values(), key=lambda f: f.day or dt.date.min)
    return tuple(_taken_back(by_day)), tuple(problems)


def on(feedback: Iterable[Feedback], statement: Statement, version: Version) -> list[Feedback]:
    """What is about that version of that statement."""
    return [f for f in feedback if (f.statement, f.version) == (statement.name, version.version)]


def red_lines(
    feedback: Iterable[Feedback], statement: Statement, version: Version
) -> list[Feedback]:
    """Those of it that are open."""
    return [f for f in on(feedback, statement, version) if f.red_line]


def answers(feedback: Iterable[Feedback]) -> dict[str, str]:
    """Author → the strictest that it says of signing, comments that were withdrawn left out."""
    found: dict[str, str] = {}
    for each in feedback:
        if each.who and not each.withdrawn:
            stricter = (found.get(each.who, ""), each.would_sign)
            found[each.who] = max(stricter, key=STRICTNESS.index)
    return found


@dataclass(frozen=True)
class _Said:
    """A row of the table, with its author looked up."""

    row: Mapping[Hashable, Any]
    find: Find
    names: Mapping[str, str]
    wordings: Mapping[str, Wordings]
    settled: tuple[str, bool]

    @property
    def of(self) -> str:
        """The statement whose form it came by; "" for the tab."""
        return str(self.row["statement"])

    @property
    def comment(self) -> str:
        return str(self.row["comment"]).strip()

    @property
    def would_sign(self) -> str:
        said = str(self.row["would_sign"])
        return said if said in STRICTNESS else ""

    @property
    def draft(self) -> str:
        return str(self.row["draft"]).strip()

    def clause(self, statement: Statement) -> tuple[str, bool]:
        """The clause of the statement that is meant, and whether it has it."""
        return self.wordings[statement.name].clause(str(self.row["clause"]))

    def about(self, statement: Statement) -> Feedback:
        """The row as a comment on that statement."""
        typed = str(self.row["organisation"]).strip()
        identity = self.find(typed)[0] if typed else ""
        day = None if pd.isna(self.row["date"]) else self.row["date"].date()
        clause, known = self.clause(statement)
        return Feedback(
            statement.name, _version(statement, self.draft, day), clause, known, identity,
            self.names.get(identity, typed), self.comment, self.would_sign,
            str(self.row["our_answer"]).strip(), *self.settled, day,
        )  # fmt: skip


def _same(feedback: Feedback) -> tuple[str, str, str, str]:
    clause = feedback.clause if feedback.known else fold(feedback.clause)
    said = fold(feedback.comment) or feedback.would_sign
    return feedback.statement, feedback.who, clause, said


def _completed(first: Feedback, second: Feedback) -> Feedback:
    """One comment of two rows; what the first leaves blank the second says."""
    return replace(
        first,
        would_sign=first.would_sign or second.would_sign,
        answer=second.answer or first.answer,
        settled=second.settled or first.settled,
        withdrawn=first.withdrawn or second.withdrawn,
        day=first.day or second.day,
        version=first.version if first.day or not second.day else second.version,
    )


def _statement_of(
    said: _Said,
    statements: Sequence[Statement],
    joined: Mapping[tuple[str, str, str, str], Feedback],
) -> Statement:
    """Whose draft a row is about: its form's, that of a form's row alike, else the likeliest."""
    for statement in statements:
        if said.of == statement.name or (not said.of and _same(said.about(statement)) in joined):
            return statement
    named = [s for s in statements if said.draft and shown_version(said.draft, s)]
    drafted = [s for s in named or statements if s.drafts] or named or list(statements)
    knowing = [s for s in drafted if said.clause(s)[1]]
    return (knowing or drafted)[0]


def _version(statement: Statement, draft: str, day: dt.date | None) -> str:
    """Which version a comment is about.

    The one that it names, where that was adopted; else the newest draft, unless it was made before
    a version was adopted: then it is about that one.
    """
    named = shown_version(draft, statement) if draft else None
    newest = statement.newest_draft
    if named and named.state == "adopted":
        return named.version
    if named and newest:
        return newest.version
    # a change of wording may be adopted while a draft of another substance is talked about
    adopted = statement.material if newest else statement.adopted
    later = [v for v in adopted if day and v.adopted_on and day <= v.adopted_on]
    last = newest or (statement.adopted[-1] if statement.adopted else None)
    found = later[0] if later else last
    return found.version if found else ""


def _settled(row: Mapping[Hashable, Any], problems: list[Problem]) -> tuple[str, bool]:
    """(the draft that settles it, whether it was withdrawn); what says neither is to be fixed."""
    text = str(row["settled_in_draft"]).strip()
    if fold(text) in _TAKEN_BACK:
        return "", True
    if not text or (_NUMBERED.search(text) and len(fold(text).split()) <= _FEW_WORDS):
        return text, False
    what = say("names no draft, so the comment counts as not settled")
    remedy = say("Write the draft's version, such as 2, or withdrawn; or leave the cell blank.")
    place = (str(row["source"]), int(row["row"]), say("Settled in draft"))
    problems.append(Problem(*place, what, remedy, shorten(text)))
    return "", False


def _taken_back(feedback: Sequence[Feedback]) -> Iterator[Feedback]:
    """With those withdrawn whose author said on a later day that it would sign the clause as is."""
    last: dict[tuple[str, str, str, str], dt.date] = {}
    for each in feedback:
        if each.would_sign == AS_IS and each.day and each.who:
            last[_about(each)] = each.day
    for each in feedback:
        later = last.get(_about(each))
        gone = later is not None and each.day is not None and each.day < later
        yield replace(each, withdrawn=True) if gone else each


def _about(feedback: Feedback) -> tuple[str, str, str, str]:
    return feedback.statement, feedback.version, feedback.who, _same(feedback)[2]
