"""What to put right about how versions were adopted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from config.problems import Problem
from config.statement import Statement, Version
from config.words import count, say
from pipeline.clauses import counted
from pipeline.feedback import Feedback, red_lines
from pipeline.intake.model import Typed


def adoption_problems(
    statements: Sequence[Statement], feedback: Sequence[Feedback], table: Typed | None
) -> Iterator[Problem]:
    """Adopted versions of which it isn't written by whom or how, or with red lines still open."""
    for statement in statements:
        for version in statement.adopted:
            place = f"statements/{statement.name}"
            if unsaid := not_written(version):
                remedy = say("Write it into the version's file in {place}: {names}.", place=place,
                             names=", ".join(unsaid))  # fmt: skip
                yield Problem(place, 0, ", ".join(unsaid), _unsaid(version, unsaid), remedy)
            lines = red_lines(feedback, statement, version)
            if lines and table is not None:
                yield Problem(
                    table.title, 0, say("Settled in draft"), adopted_over(version, lines),
                    say("Write under Settled in draft which draft settles each, or withdrawn "
                        "where they took it back; else talk with those who drew them."),
                )  # fmt: skip


def not_written(version: Version) -> list[str]:
    """Which of `adopted_by` and `adopted_how` an adopted version lacks."""
    known = {"adopted_by": version.adopted_by, "adopted_how": version.adopted_how}
    return [name for name, text in known.items() if not text.strip()]


def _unsaid(version: Version, unsaid: Sequence[str]) -> str:
    if len(unsaid) > 1:
        return say("it isn't written who adopted version {v}, and how", v=version.version)
    if unsaid[0] == "adopted_by":
        return say("it isn't written who adopted version {v}", v=version.version)
    return say("it isn't written how version {v} was adopted", v=version.version)


def adopted_over(version: Version, lines: Sequence[Feedback]) -> str:
    """How many red lines were open when it was adopted, and on which clauses."""
    where = counted([line.clause if line.known else say("other words") for line in lines])
    return count(
        len(lines),
        "version {v} was adopted while {n} red line on it is open: {where}",
        "version {v} was adopted while {n} red lines on it are open: {where}",
        v=version.version, where=where,
    )  # fmt: skip
