"""Reads what came in: the forms' responses and what the forms show."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from config.errors import BadData, NeedsPermission
from config.problems import Problem
from config.raw import RawTable
from config.settings import Settings
from config.statement import MAIN, Statement
from config.words import say
from connectors.protocols import TrackerRead
from connectors.responses import CsvSignOns
from pipeline.model import Inputs


def read_inputs(
    settings: Settings,
    statements: Iterable[Statement],
    tracker: TrackerRead,
    problems: Iterable[Problem],
) -> Inputs:
    """Everything that a run reads, the tracker's problems included where they count.

    Raises:
        BadData, NeedsPermission: a form's responses can't be read.
    """
    names = {statement.name for statement in statements}
    forms = settings.forms_of("Sign-ons")
    wrong = [*problems, *_unknown_statements(settings, names)]
    shown: dict[str, dict[str, str]] = {}
    for name, form in forms.items():
        for language, file in form.shows.items():
            text, fault = _text(settings.path(file))
            wrong += fault
            if not fault:
                shown.setdefault(name, {})[language] = text
    feedback, unread = _feedback(settings, names)
    wrong += unread
    return Inputs(
        responses=CsvSignOns(settings.path(settings.signons.file)).read(),
        letters={
            name: CsvSignOns(settings.path(form.file)).read()
            for name, form in forms.items()
            if name != MAIN and name in names
        },
        feedback=feedback,
        shown=shown,
        people=tracker.people,
        results=tracker.results,
        problems=tuple(wrong),
    )


def _feedback(settings: Settings, names: set[str]) -> tuple[dict[str, RawTable], list[Problem]]:
    """Statement → what came in about its draft; a problem for each form that can't be read."""
    found: dict[str, RawTable] = {}
    problems: list[Problem] = []
    for name, form in settings.forms_of("Statement feedback").items():
        if name not in names:
            continue
        try:
            found[name] = CsvSignOns(settings.path(form.file)).read()
        except (BadData, NeedsPermission) as error:
            what = say("the feedback on the draft can't be read, so it is left out: {why}",
                       why=error.what)  # fmt: skip
            problems.append(Problem(form.file, 0, "", what, error.remedy))
    return found, problems


def _text(path: Path) -> tuple[str, list[Problem]]:
    """What the form shows; "" and a problem where the file can't be read."""
    try:
        return path.read_text(encoding="utf-8-sig"), []
    except (OSError, UnicodeDecodeError):
        what = say("the text that the form shows can't be read, so it wasn't compared")
        remedy = say("Copy the text of the form into this file as UTF-8, or take it out of shows.")
        return "", [Problem(path.name, 0, "", what, remedy)]


def _unknown_statements(settings: Settings, names: set[str]) -> list[Problem]:
    """Forms of a statement that has no folder."""
    return [
        Problem(
            form.file, 0, "",
            say("this form is said to be about “{name}”, which has no text", name=form.statement),
            say("Put its text into statements/{name}/, or correct statement under [[form]].",
                name=form.statement),
        )
        for form in settings.form if form.statement not in names
    ]  # fmt: skip
