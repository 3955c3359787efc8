"""Reads what came in: the forms' responses and what the forms show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from config.errors import BadData, NeedsPermission, WeaverError, WrongSettings
from config.problems import Problem
from config.raw import RawTable
from config.records import TextRecord
from config.settings import Form, Settings
from config.statement import MAIN, Statement
from config.tables import FEEDBACK
from config.words import say
from connectors.google.forms import Answered
from connectors.google.gathering import NOTHING, Gathered
from connectors.google.signons import GoogleSignOns
from connectors.protocols import TrackerRead
from connectors.responses import CsvSignOns
from pipeline.model import Inputs
from pipeline.shown import statement_in, titles_seen


def read_inputs(
    settings: Settings,
    statements: Iterable[Statement],
    tracker: TrackerRead,
    problems: Iterable[Problem],
    google: Gathered = NOTHING,
    texts: Sequence[TextRecord] = (),
) -> Inputs:
    """Everything that a run reads, the tracker's problems included where they count.

    Args:
        settings: which forms there are.
        statements: the texts that they may be about.
        tracker: as it was read.
        problems: those of the tracker that count.
        google: what `gather` gave.
        texts: what the forms showed in earlier runs.

    Raises:
        BadData, NeedsPermission: a form's responses can't be read.
    """
    by_name = {statement.name: statement for statement in statements}
    wrong = [*problems, *_unknown_statements(settings, set(by_name))]
    inputs = Inputs(_EMPTY, people=tracker.people, results=tracker.results)
    for name, form in settings.forms_of("Sign-ons").items():
        if name in by_name or name == MAIN:
            read = _answers(settings, form, google, texts)
            inputs = _with(inputs, name, form, read)
            shown, unread = _shown(settings, form, by_name.get(name), read.shown)
            inputs = replace(inputs, shown={**inputs.shown, name: shown} if shown else inputs.shown)
            wrong += [*read.problems, *_unverified(form, read), *unread]
    for form in settings.form:
        about_draft = form.table == FEEDBACK.title and form.statement in by_name
        if not (about_draft or form.reports):
            continue
        try:
            read = _answers(settings, form, google, texts)
        except (BadData, NeedsPermission, WrongSettings) as error:
            wrong.append(_left_out(form, error))
            continue
        inputs = _asked(_with_optional(inputs, form, read.table), form.statement, read)
        wrong += read.problems
    return replace(inputs, problems=tuple(wrong))


_EMPTY = RawTable("", (), (), ())


def _with_optional(inputs: Inputs, form: Form, table: RawTable) -> Inputs:
    """With the responses to a form without which a run goes on."""
    if form.reports:
        return replace(inputs, reports={**inputs.reports, form.source: table})
    return replace(inputs, feedback={**inputs.feedback, form.statement: table})


def _answers(
    settings: Settings, form: Form, google: Gathered, texts: Sequence[TextRecord]
) -> Answered:
    """What came in by a form, from Google where it lives there, else from its file."""
    if not form.google_form and not form.google_sheet:
        return Answered(CsvSignOns(settings.path(form.file)).read())
    found = google[form.key]
    if isinstance(found, WeaverError):
        raise found
    return GoogleSignOns(found, form.titles, titles_seen(texts, form.statement)).answered


def _with(inputs: Inputs, name: str, form: Form, read: Answered) -> Inputs:
    inputs = _asked(inputs, name, read)
    if form.email_verified and read.verified is False:
        inputs = replace(inputs, unverified=inputs.unverified | {name})
    if name == MAIN:
        return replace(inputs, responses=read.table)
    return replace(inputs, letters={**inputs.letters, name: read.table})


def _asked(inputs: Inputs, name: str, read: Answered) -> Inputs:
    """With the titles of the form's questions, to be remembered."""
    if not read.titles:
        return inputs
    mine = {**inputs.asked.get(name, {}), **read.titles}
    return replace(inputs, asked={**inputs.asked, name: mine})


def _shown(
    settings: Settings, form: Form, statement: Statement | None, pieces: Sequence[str]
) -> tuple[dict[str, str], list[Problem]]:
    """Language → the text that the form shows: from files where the settings name some."""
    if not form.shows and pieces and statement:
        return statement_in(pieces, statement, settings.coalition.language), []
    shown, wrong = {}, []
    for language, file in form.shows.items():
        text, fault = _text(settings.path(file))
        wrong += fault
        if not fault:
            shown[language] = text
    return shown, wrong


def _unverified(form: Form, read: Answered) -> list[Problem]:
    if not form.email_verified or read.verified is not False:
        return []
    what = say("the settings say that Google verifies the addresses, but the form doesn't ask for "
               "that, so Weaver trusts none of them")  # fmt: skip
    remedy = say("In the form choose Settings, Responses, Collect email addresses: Verified; or "
                 "take email_verified out of [[form]].")  # fmt: skip
    return [Problem(read.table.tab, 0, "", what, remedy)]


def _left_out(form: Form, error: WeaverError) -> Problem:
    what = say("the feedback on the draft can't be read, so it is left out: {why}", why=error.what)
    if form.reports:
        what = say("what members sent by the form for “{table}” can't be read, so it is left out: "
                   "{why}", table=form.table, why=error.what)  # fmt: skip
    return Problem(form.source, 0, "", what, error.remedy)


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
            form.source, 0, "",
            say("this form is said to be about “{name}”, which has no text", name=form.statement),
            say("Put its text into statements/{name}/, or correct statement under [[form]].",
                name=form.statement),
        )
        for form in settings.form if form.statement not in names
    ]  # fmt: skip
