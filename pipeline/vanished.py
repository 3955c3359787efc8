"""Columns of a linked sheet that were read before and are gone.

In a sheet a question is known by its title alone. Without its column every form looks as if nobody
had answered, and forms that wait would be accepted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from config.errors import BadData
from config.problems import Problem
from config.questions import match, own_wordings, wordings
from config.raw import RawTable
from config.settings import Form
from config.statement import MAIN, Statement
from config.text import clean, fold, shorten
from config.words import say
from pipeline.model import Run
from pipeline.rules.registry import RULES
from pipeline.shown import titles_seen

COLUMN = "column "
"""Before a field's name: how its column is remembered, beside questions that have an id."""
HOLDING = frozenset(need for rule in RULES if rule.severity == "hold" for need in rule.needs)
"""Fields without which forms that would be held are accepted."""


def remembered(run: Run, statement: Statement) -> dict[str, str]:
    """The columns in which a sheet has answers today, to be known again: place → title."""
    return {f"{COLUMN}{field}": title for field, title in _columns(run, statement).items()}


def vanished(run: Run) -> Iterator[Problem]:
    """What is said of columns that were read before.

    Raises:
        BadData: one is gone without which forms would no longer be held.
    """
    for statement in run.statements:
        there = _columns(run, statement)
        if not there:
            continue
        form, raw = _read(run, statement)
        points = {point.field for point in statement.points}
        for field, title in _gone(run, statement, form, there).items():
            problem = _problem(raw, field, title, list(there.values()))
            if field in HOLDING or field in points:
                raise BadData(
                    say("The column “{title}” was read before and is gone. Without it, forms that "
                        "wait for you would be accepted.", title=problem.column),
                    raw.tab, problem.remedy,
                )  # fmt: skip
            yield problem


def _read(run: Run, statement: Statement) -> tuple[Form, RawTable]:
    form = run.settings.forms_of("Sign-ons")[statement.name]
    inputs = run.inputs
    return form, inputs.responses if statement.name == MAIN else inputs.letters[statement.name]


def _columns(run: Run, statement: Statement) -> dict[str, str]:
    """Field → title, where the answers come from a sheet of Google's and from nowhere else."""
    form = run.settings.forms_of("Sign-ons").get(statement.name)
    if form is None or form.google_form or not form.google_sheet or run.asked.past:
        return {}
    raw = _read(run, statement)[1]
    points = [point.field for point in statement.points]
    letters = [other for other in run.statements if other is not statement]
    known = wordings(statement, letters if statement.name == MAIN else ())
    found = match(raw.header, known, own_wordings(form.questions), form.ignore, points)
    return {field: raw.header[places[0]] for field, places in found.columns.items()}


def _gone(run: Run, statement: Statement, form: Form, there: Mapping[str, str]) -> dict[str, str]:
    """Field → the title that it had. What the settings ignore was given up on purpose."""
    ignored = {fold(title) for title in form.ignore}
    known = titles_seen(run.known.texts, statement.name)
    before = {
        name.removeprefix(COLUMN): titles[0]
        for name, titles in known.items() if name.startswith(COLUMN)
    }  # fmt: skip
    return {
        field: title for field, title in before.items()
        if field not in there and fold(title) not in ignored
    }  # fmt: skip


def _problem(raw: RawTable, field: str, title: str, taken: list[str]) -> Problem:
    new = [t for t in raw.header if clean(t) and t not in taken]
    example = shorten(clean(new[-1])) if new else say("its new title")
    shown = shorten(clean(title))
    return Problem(
        raw.tab, 0, shown,
        say("the column “{title}” was read before and is gone, so nobody's answer to it is known",
            title=shown),
        say("Has the question a new title? Say so under [[form]] questions, such as {field} = "
            "\"{new}\", or share the form with Weaver, which knows questions by more than their "
            "titles. Was it given up, add \"{title}\" to ignore.",
            field=field, new=example, title=shown),
    )  # fmt: skip
