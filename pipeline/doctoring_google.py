"""Looks at what Weaver may do at Google: sign in, open, write, and read what forms hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from config.errors import NeedsPermission, WeaverError, WrongSettings
from config.google import Google, file_id, tab_id
from config.settings import Form, Settings
from config.tables import TABLES
from config.words import say
from connectors.google.asking import is_open, title_of
from connectors.google.book import STORE, sheet_id_of
from connectors.google.calls import FORMS, Again, Calls, Unsure
from connectors.google.pace import Pace
from connectors.google.session import DRAFT_SCOPE, SEND_SCOPE, open_calls, scopes
from pipeline.doctoring import Finding, failed

_FIELDS = (
    "properties(title,timeZone),developerMetadata(metadataKey,metadataValue),"
    "sheets(properties(sheetId,title,gridProperties(rowCount,columnCount)),"
    "protectedRanges(range,warningOnly,requestingUserCanEdit))"
)
_MOST = 10_000_000
_NEARLY = 9_000_000
"""Cells of a spreadsheet."""


def examine_google(
    settings: Settings, store_id: str, pace: Pace, environ: Mapping[str, str]
) -> list[Finding]:
    """Look at the sign-in, every spreadsheet and every form. Changes nothing.

    Args:
        settings: the coalition's; something of it is Google's.
        store_id: the local store's; "" where there is none.
        pace: how time passes.
        environ: the environment's variables.
    """
    try:
        calls = open_calls(settings.google or Google(), settings.reads_forms, pace, environ)
    except WeaverError as error:
        return [failed(say("Sign-in to Google"), error)]
    with closing(calls):
        found = list(_files(calls, settings, store_id))
        # Some sign-ins learn their own address only with the first request.
        return [*_signed_in(calls), *found]


def _signed_in(calls: Calls) -> Iterator[Finding]:
    part = say("Sign-in to Google")
    if calls.identity:
        what = say("Weaver is {address}; share the coalition's files with that address.",
                   address=calls.identity)  # fmt: skip
    elif calls.person:
        what = say("Weaver is the person who signed in.")
    else:
        what = say("Weaver has a sign-in that doesn't say its address.")
    yield Finding(part, "ok", what)
    for warning in calls.warnings:
        yield Finding(part, "note", warning)


def _files(calls: Calls, settings: Settings, store_id: str) -> Iterator[Finding]:
    google = settings.google or Google()
    if google.working:
        yield from _spreadsheet(calls, settings, file_id(google.working), store_id)
    if google.restricted:
        yield from _readable(calls, file_id(google.restricted))
    for form in settings.form:
        if form.google_form:
            yield from _form(calls, form)
        if form.google_sheet:
            yield from _readable(calls, file_id(form.google_sheet), tab_id(form.google_sheet))


def _readable(calls: Calls, spreadsheet: str, gid: int | None = None) -> Iterator[Finding]:
    try:
        about = calls.metadata(spreadsheet, _FIELDS)
    except WeaverError as error:
        yield failed(say("Spreadsheet"), error)
        return
    part = _part(about)
    tabs = {sheet["properties"]["sheetId"] for sheet in about.get("sheets", ())}
    if gid is not None and gid not in tabs:
        yield Finding(
            part, "to do", say("The tab that weaver.toml names (gid={gid}) is not there.", gid=gid),
            say("Open the tab of the responses, and copy the address from the browser."), 78,
        )  # fmt: skip
    else:
        yield Finding(part, "ok", say("Weaver can read it."))


def _spreadsheet(
    calls: Calls, settings: Settings, spreadsheet: str, store_id: str
) -> Iterator[Finding]:
    try:
        about = calls.metadata(spreadsheet, _FIELDS)
        part = _part(about)
        writes = _may_write(calls, spreadsheet)
    except WeaverError as error:
        yield failed(say("Spreadsheet"), error)
        return
    if writes is not None:
        yield failed(part, writes)
    else:
        yield Finding(part, "ok", say("Weaver can read and write it."))
    yield from _store_of(about, part, store_id)
    yield from _protected(about, part, settings, calls.identity)
    yield from _size(about, part)


def _part(about: Mapping[str, Any]) -> str:
    return say("Spreadsheet “{title}”", title=about.get("properties", {}).get("title", ""))


def _may_write(calls: Calls, spreadsheet: str) -> WeaverError | None:
    """Why Weaver may not write; None where it may.

    Google tells that only when it is asked for a change. So one is asked for that can't be made,
    since it is about a name that isn't there: whoever may not write is refused before that.
    """
    impossible = {"deleteNamedRange": {"namedRangeId": "weaver-doctor-asks-whether-it-may-write"}}
    tries = 0
    while True:
        try:
            calls.batch_update_once(spreadsheet, {"requests": [impossible]})
        except NeedsPermission as error:
            return error
        except (Again, Unsure) as error:
            tries += 1
            calls.pause(tries, error)
            continue
        except WeaverError as error:
            if error.exit_code != 1:
                raise
        return None


def _store_of(about: Mapping[str, Any], part: str, store_id: str) -> Iterator[Finding]:
    marks = about.get("developerMetadata", ())
    theirs = next((m.get("metadataValue", "") for m in marks if m.get("metadataKey") == STORE), "")
    if theirs and theirs != store_id:
        yield Finding(
            part, "to do",
            say("It was last written from another store than the one in this folder."),
            say("Run Weaver where that store is, or bring it here; only one machine may run."), 78,
        )  # fmt: skip


def _protected(
    about: Mapping[str, Any], part: str, settings: Settings, identity: str
) -> Iterator[Finding]:
    named = settings.tracker.title
    ours = [table for table in TABLES if table.who in ("weaver", "both")]
    ids = {sheet_id_of(table.name) for table in ours}
    titles = {named(table.title).casefold() for table in ours}
    for sheet in about.get("sheets", ()):
        properties = sheet.get("properties", {})
        title = str(properties.get("title", ""))
        if properties.get("sheetId") not in ids and title.casefold() not in titles:
            continue
        if any(map(_keeps_out, sheet.get("protectedRanges", ()))):
            yield Finding(
                part, "to do", say("A protected range of the tab {tab} keeps Weaver out.",
                tab=title), say("Choose Data > Protect sheets and ranges, and add {address} to "
                "those who may edit it.", address=identity or say("Weaver's address")), 77,
            )  # fmt: skip


def _keeps_out(protected: Mapping[str, Any]) -> bool:
    return not protected.get("warningOnly") and not protected.get("requestingUserCanEdit")


def _size(about: Mapping[str, Any], part: str) -> Iterator[Finding]:
    grids = [s["properties"].get("gridProperties", {}) for s in about.get("sheets", ())]
    cells = sum(grid.get("rowCount", 0) * grid.get("columnCount", 0) for grid in grids)
    if cells > _NEARLY:
        yield Finding(
            part, "note", say("It has {n:,} cells of the {most:,} that Google allows.", n=cells,
            most=_MOST), say("Delete empty rows and columns of large tabs."),
        )  # fmt: skip


def _form(calls: Calls, form: Form) -> Iterator[Finding]:
    named = file_id(form.google_form or "")
    try:
        about = calls.form(named)
        part = say("Form “{title}”", title=title_of(about))
        calls.request("get", f"{FORMS}/{named}/responses", params={"pageSize": 1})
    except WeaverError as error:
        yield failed(say("Form"), error)
        return
    published, accepting = is_open(about)
    if published and accepting:
        yield Finding(part, "ok", say("Weaver can read it; it is published and takes responses."))
    elif published:
        yield Finding(
            part,
            "note",
            say("Weaver can read it, but it takes no responses now."),
            say("Open the form, press Published, and switch on Accepting responses."),
        )
    else:
        yield Finding(part, "note", say("Weaver can read it, but it is not published."),
                      say("Open the form and press Publish."))  # fmt: skip
    yield from _linked(about, part, form)


def _linked(about: Mapping[str, Any], part: str, form: Form) -> Iterator[Finding]:
    linked = str(about.get("linkedSheetId", ""))
    if form.google_sheet and linked != file_id(form.google_sheet):
        yield Finding(
            part, "note",
            say("Its responses go to another spreadsheet than the one in weaver.toml.")
            if linked else say("Its responses go to no spreadsheet."),
            say("Open the form, then Responses > Link to Sheets, and copy the address of the tab "
                "into weaver.toml as google_sheet."),
        )  # fmt: skip


def sign_in(
    settings: Settings, client: Path, environ: Mapping[str, str], show: Callable[[str], object]
) -> Path:
    """Let a person sign in, once, in a browser; returns the file that keeps it.

    Raises:
        WrongSettings: no variable says where it is to be kept, or the client's file is broken.
        NeedsPermission: the person said no.
        Temporary: nobody came, or Google could not be reached.
    """
    from connectors.google.signin import sign_in_once

    variable = (settings.google or Google()).user_file
    target = environ.get(variable, "").strip()
    if not target:
        raise WrongSettings(
            say("The environment variable {name} is not set.", name=variable),
            "[google] user_file",
            say("Set it to the name of the file that is to keep the sign-in, outside of any folder "
                "that is shared."),
        )  # fmt: skip
    mailing = (SEND_SCOPE, DRAFT_SCOPE) if settings.mail.by == "gmail" else ()
    asking = (*scopes(settings.reads_forms), *mailing)
    sign_in_once(client, Path(target), asking, environ, show)
    return Path(target)
