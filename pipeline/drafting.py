"""A draft clause by clause, with what organisations said about each: the tab Statement draft."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from config.feedback import WHOLE
from config.raw import Scalar
from config.statement import MAIN, Statement, Version
from config.text import fold, shorten
from config.words import say
from pipeline.clauses import changes
from pipeline.feedback import AS_IS, CHANGED, NEVER, Feedback, answers, on
from pipeline.hashing import digest

SHOWN_LINES = 8
"""Open red lines that a cell names."""
SHOWN_BODY = 1000
"""Characters of the whole text that a cell shows."""


@dataclass(frozen=True)
class Clause:
    """One clause of the newest draft.

    Attributes:
        statement, draft: whose it is.
        name: its id, `WHOLE`, or what people typed.
        known: False where it is only what people typed.
        before, after: its text in force and in the draft; "" where it has none.
        change: "new", "dropped", "unchanged", or the words that differ.
        feedback: the comments on it.
    """

    statement: Statement
    draft: Version
    name: str
    known: bool
    before: str
    after: str
    change: str
    feedback: tuple[Feedback, ...]

    @property
    def key(self) -> str:
        """Its lasting name."""
        name = self.name if self.known else digest((fold(self.name),), 8)
        return f"{self.statement.name} {name}"

    @property
    def red_lines(self) -> list[Feedback]:
        """The open ones."""
        return [each for each in self.feedback if each.red_line]

    def would(self, word: str) -> int:
        """How many organisations say that of signing it."""
        return list(answers(self.feedback).values()).count(word)


def clauses(statement: Statement, feedback: Iterable[Feedback], day: dt.date) -> Iterator[Clause]:
    """The newest draft's clauses, then what people named otherwise, then the whole text."""
    draft = statement.newest_draft
    if draft is None:
        return
    said = on(feedback, statement, draft)
    *points, whole = [
        Clause(statement, draft, name, True, before, after, change, _about(said, name))
        for name, before, after, change in changes(statement, draft, day)
    ]
    known = {clause.name for clause in (*points, whole)}
    typed = {fold(f.clause): f.clause for f in reversed(said) if f.clause not in known}
    yield from points
    for name in reversed(typed.values()):
        yield Clause(statement, draft, name, False, "", "", "", _about(said, name))
    yield whole


def _about(feedback: Sequence[Feedback], name: str) -> tuple[Feedback, ...]:
    return tuple(each for each in feedback if fold(each.clause) == fold(name))


def draft_rows(
    statements: Sequence[Statement], feedback: Sequence[Feedback], day: dt.date
) -> Iterator[tuple[Scalar, ...]]:
    """The rows of the tab Statement draft."""
    for statement in statements:
        for clause in clauses(statement, feedback, day):
            whole = clause.name == WHOLE
            texts = [
                shorten(text, SHOWN_BODY) if whole else text
                for text in (clause.before, clause.after)
            ]
            yield (
                clause.key, draft_name(statement, clause.draft),
                say(WHOLE) if whole else printable(clause.name, 80), *texts, clause.change,
                len(clause.feedback), clause.would(AS_IS), clause.would(CHANGED),
                clause.would(NEVER), named_lines(clause.red_lines),
            )  # fmt: skip


def draft_name(statement: Statement, draft: Version) -> str:
    """The draft's version, with the letter's title before it."""
    if statement.name == MAIN:
        return draft.version
    return f"{statement.title}: {draft.version}"


def named_lines(lines: Sequence[Feedback]) -> str:
    """Who draws them, with what they say."""
    told = [f"{author(line)}: {printable(line.comment, 100)}" for line in lines[:SHOWN_LINES]]
    more = len(lines) - SHOWN_LINES
    return "; ".join(told) + (say("; and {n} more", n=more) if more > 0 else "")


def author(line: Feedback) -> str:
    """The organisation's name; a word where the row has none."""
    return printable(line.organisation, 60) or say("somebody")


def printable(text: str, limit: int) -> str:
    """What somebody typed, in one line, without signs that steer a terminal or break a cell."""
    return shorten("".join(c if c.isprintable() else " " for c in text), limit)
