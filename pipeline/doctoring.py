"""Looks at everything that a run needs, and says for each part whether it is ready."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal

from config.errors import WeaverError
from config.records import Known
from config.settings import Form, Settings, load_settings
from config.statement import load_statements
from config.tables import BY_NAME
from config.words import count, say
from connectors.google.pace import Pace
from connectors.local import LocalTables
from connectors.responses import CsvSignOns
from connectors.store.store import Store
from pipeline.clock import at, not_long_before
from pipeline.idle import STATEMENTS, kept_a_tracker

State = Literal["ok", "note", "to do"]
_GRAVEST = (1, 78, 77, 65, 75)
"""Exit codes, the gravest first: what only people can mend goes before what time does."""


@dataclass(frozen=True)
class Finding:
    """One part of the coalition's set-up.

    Attributes:
        part: what was looked at.
        state: "to do" keeps a run from its work, a "note" doesn't.
        what: how it stands, in a sentence or two.
        remedy: what to do about it.
        code: the exit code of a run that stops there; 0 where none would.
    """

    part: str
    state: State
    what: str
    remedy: str = ""
    code: int = 0


def examine(
    file: Path, midnight: dt.datetime, pace: Pace, environ: Mapping[str, str]
) -> list[Finding]:
    """Look at settings, statements, store, files and Google, in this order. Changes nothing.

    Args:
        file: the coalition's `weaver.toml`.
        midnight: with which the day begins.
        pace: how time passes.
        environ: the environment's variables, where secrets are.
    """
    try:
        settings = load_settings(file)
    except WeaverError as error:
        return [failed(say("Settings"), error)]
    found = [Finding(say("Settings"), "ok", say("{file} has no fault.", file=file.name))]
    found += _tried(say("Statement"), lambda: _statements(settings))
    found += _tried(say("Store"), lambda: _store(settings, midnight))
    if not settings.tracked_on_google:
        found += _tried(say("Tracker"), lambda: _tracker(settings, midnight))
    for form in settings.form:
        if not (form.google_form or form.google_sheet):
            found += _tried(form.file, partial(_responses, settings, form))
    if settings.on_google:
        from pipeline.doctoring_google import examine_google

        found += examine_google(settings, _known(settings).store_id, pace, environ)
    if settings.mail.by != "folder":
        found += _tried(say("Mail"), lambda: _post(settings, pace, environ))
    return found


def exit_code(findings: list[Finding]) -> int:
    """The gravest of the findings' exit codes; 0 where nothing is to do."""
    codes = {each.code for each in findings if each.state == "to do"}
    return next((code for code in _GRAVEST if code in codes), max(codes, default=0))


def as_json(findings: list[Finding]) -> dict[str, Any]:
    """What `weaver doctor --json` prints."""
    return {
        "findings": [
            {"part": each.part, "state": each.state, "what": each.what, "remedy": each.remedy,
             "exit": each.code}
            for each in findings
        ],
        "exit": exit_code(findings),
    }  # fmt: skip


def told(findings: list[Finding]) -> str:
    """A line for each part, and under it what to do."""
    words = {"ok": say("ok"), "note": say("note"), "to do": say("to do")}
    width = max(map(len, words.values()))
    lines = []
    for each in findings:
        lines.append(f"{words[each.state]:<{width}}  {each.part}: {each.what}")
        if each.remedy:
            lines.append(f"{'':<{width}}    {each.remedy}")
    todo = sum(each.state == "to do" for each in findings)
    last = count(todo, "{n} thing is to do before Weaver can run.",
                 "{n} things are to do before Weaver can run.")  # fmt: skip
    return "\n".join([*lines, "", last if todo else say("Everything is ready.")])


def failed(part: str, error: WeaverError) -> Finding:
    """What is to do where something can't be used."""
    where = "" if error.where in ("", part) else f" ({error.where})"
    return Finding(part, "to do", f"{error.what}{where}", error.remedy, error.exit_code)


def _tried(part: str, look: Callable[[], Iterator[Finding]]) -> list[Finding]:
    """What the look finds, up to where it fails."""
    found: list[Finding] = []
    try:
        found.extend(look())
    except WeaverError as error:
        found.append(failed(part, error))
    return found


def _statements(settings: Settings) -> Iterator[Finding]:
    for each in load_statements(settings.folder / STATEMENTS):
        if adopted := each.adopted:
            what = say("{name} is adopted; the newest version is {version}.", name=each.name,
                       version=adopted[-1].version)  # fmt: skip
            yield Finding(say("Statement"), "ok", what)
        else:
            what = say("{name} is a draft; nobody can sign it yet.", name=each.name)
            yield Finding(say("Statement"), "note", what)


def _store(settings: Settings, midnight: dt.datetime) -> Iterator[Finding]:
    path = settings.path(settings.store)
    if not path.exists():
        what = say("There is none yet; the first run makes {file}.", file=settings.store)
        yield Finding(say("Store"), "ok", what)
        return
    with Store.open(path) as store:
        runs = store.known().runs
    last = runs[-1].as_of if runs else None
    not_long_before(last, at(midnight.replace(tzinfo=dt.UTC), settings.zone,
                             settings.coalition.today))  # fmt: skip
    what = say("It remembers {runs}.", runs=count(len(runs), "{n} run", "{n} runs"))
    more = say("The last was for {day}.", day=last) if last else ""
    yield Finding(say("Store"), "ok", f"{what} {more}".strip())


def _post(settings: Settings, pace: Pace, environ: Mapping[str, str]) -> Iterator[Finding]:
    from connectors.post import open_post

    mail = settings.mail
    with closing(open_post(settings, pace, environ)) as post:
        post.check()
    server = "Gmail" if mail.by == "gmail" else mail.host
    what = say("{server} lets Weaver send; mail comes from {sender}.", server=server,
               sender=mail.sender)  # fmt: skip
    yield Finding(say("Mail"), "ok", what)
    if "sender" not in mail.model_fields_set:
        yield Finding(
            say("Mail"), "note", say("[mail] sender is the example's and not yours."),
            say("Write the address that your mail comes from into weaver.toml."),
        )  # fmt: skip


def _known(settings: Settings) -> Known:
    """What the store remembers; nothing where there is none, or none that can be opened."""
    path = settings.path(settings.store)
    try:
        if path.exists():
            with Store.open(path) as store:
                return store.known()
    except WeaverError:
        pass  # it is said where the store is looked at
    return Known()


def _tracker(settings: Settings, midnight: dt.datetime) -> Iterator[Finding]:
    tracker = settings.tracker
    tables = LocalTables(settings.path(tracker.file), settings.path(tracker.results), midnight)
    tables.check()
    read = tables.read()
    needed = settings.path(tracker.file).exists() or kept_a_tracker(
        run.summary for run in reversed(_known(settings).runs)
    )
    for problem in read.problems if needed else ():
        yield Finding(problem.tab, "note", problem.problem, problem.remedy)
    if not needed:
        yield Finding(tracker.file, "ok", _can_do_without(settings))
    elif not read.problems:
        tabs = count(len(read.people), "{n} tab", "{n} tabs")
        yield Finding(tracker.file, "ok", say("It can be read; it has {tabs}.", tabs=tabs))
    there = settings.path(tracker.results).exists()
    what = say("It can be read.") if there else say("There is none yet; the first run makes it.")
    yield Finding(tracker.results, "ok", what)


def _can_do_without(settings: Settings) -> str:
    tracker = settings.tracker
    return say(
        "There is none, and Weaver needs none: the tabs that you switch on in {start} are made in "
        "{results}. It would be a workbook of your own for tabs such as Contacts, Promises and "
        "Meetings, which Weaver only reads.",
        start=tracker.title(BY_NAME["start"].title), results=tracker.results,
    )  # fmt: skip


def _responses(settings: Settings, form: Form) -> Iterator[Finding]:
    rows = CsvSignOns(settings.path(form.file)).read().rows
    what = say("It holds {rows}.", rows=count(len(rows), "{n} response", "{n} responses"))
    yield Finding(form.file, "ok", what)
