"""`weaver.toml` as frozen models. Every fault is reported at once, with its dotted path."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections import Counter
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field, ValidationError, model_validator

from config.base import Address, Frozen, Inside, Line, Zone
from config.deciding import Decider, Eligibility, Grave
from config.errors import WrongSettings
from config.faults import sentences
from config.google import Google, GoogleFile, file_id, tab_id
from config.post import Log, Mail, QuietPeriod, Schedule, Secure
from config.statement import MAIN
from config.tables import BY_NAME, FEEDBACK, SIGNONS, TABLES
from config.tables.later import ACTIONS, ACTIVITY, CHECK_IN, HELP, LESSONS
from config.text import nearest
from config.words import say

Severity = Literal["hold", "note", "off"]
Fed = Literal[
    "Sign-ons", "Statement feedback", "Tell us what you did", "Yearly check-in", "Actions",
    "Lessons", "Help",
]  # fmt: skip
REPORTS = {table.title: table for table in (ACTIVITY, CHECK_IN, ACTIONS, LESSONS, HELP)}
"""Tables in which members report themselves: any number of forms may feed one."""
TIMESTAMP = "timestamp"
"""The field of the time at which a report was sent; its table has no column for it."""
_NO_USE = ("statement", "shows", "email_verified", "sending_is_agreeing", "accept")
"""What can't be said of a form by which members report."""


class Coalition(Frozen):
    """Who we are.

    Attributes:
        name: the coalition's name, as reports say it.
        time_zone: where its days begin and end, such as "Europe/Berlin".
        language: the language of tabs and reports.
        people: what those who joined are called.
        today: pins the calendar; for demonstrations and rehearsals only.
    """

    name: Line
    time_zone: Zone
    language: Literal["en"] = "en"
    people: Literal["members", "signatories", "partners"] = "members"
    today: dt.date | None = None


class Form(Frozen):
    """One form and how to read it.

    Attributes:
        table: the table that it feeds.
        statement: the folder of the statement or letter that it signs or is about.
        file: its CSV download, inside the coalition's folder; not read where Google is.
        google_form: the form itself: its address while you edit it, or its id.
        google_sheet: the spreadsheet that its responses go to, with `#gid=` of their tab.
        link: the address at which people fill it in, for letters; that of google_form otherwise.
        shows: language → file with the text of the statement as the form shows it now.
        date_order: the order of day and month in its timestamps, where the column cannot tell.
        time_zone: the zone of timestamps that name none; the coalition's by default.
        questions: field → the question's text, or several.
        options: field → the options offered, for answers with several ticks.
        yes, no: the form's own words for yes and no, beside the usual ones.
        ignore: questions that are not for Weaver.
        email_verified: the form collects addresses that Google has verified.
        sending_is_agreeing: there is no question for it: who sends the form agrees.
        test_marker: a response whose name holds this text is a test.
        accept: "clean" accepts what raises no doubt; "reviewed" waits for a yes.
    """

    table: Fed = "Sign-ons"
    statement: Line = MAIN
    file: Inside = "responses.csv"
    google_form: GoogleFile | None = None
    google_sheet: GoogleFile | None = None
    link: Secure | None = None
    shows: dict[str, Inside] = Field(default={})
    date_order: Literal["dmy", "mdy", "ymd"] | None = None
    time_zone: Zone | None = None
    questions: dict[str, str | tuple[str, ...]] = Field(default={})
    options: dict[str, tuple[str, ...]] = Field(default={})
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    email_verified: bool = False
    sending_is_agreeing: bool = False
    test_marker: str = Field(default="[test]", min_length=3)
    accept: Literal["clean", "reviewed"] = "clean"

    @property
    def source(self) -> str:
        """What tells where its responses are read: an address of Google's, or the file."""
        return self.google_form or self.google_sheet or self.file

    @property
    def address(self) -> str:
        """Where people fill it in; "" where nobody told."""
        if self.link or not self.google_form:
            return self.link or ""
        return f"https://docs.google.com/forms/d/{file_id(self.google_form)}/viewform"

    @property
    def reports(self) -> bool:
        """Whether members report by it: then it is of no statement, and a run can do without it."""
        return self.table in REPORTS

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from the others: its table, and its statement or where it is read."""
        return self.table, self.source if self.reports else self.statement

    @property
    def place(self) -> str:
        """The same for every way to write where it is read."""
        if self.google_form:
            return file_id(self.google_form)
        if self.google_sheet:
            return f"{file_id(self.google_sheet)} {tab_id(self.google_sheet)}"
        return Path(self.file).as_posix()

    @property
    def titles(self) -> dict[str, str | tuple[str, ...]]:
        """The questions by which a sheet with its responses is known.

        The day that a report asks for is left out: it isn't the time at which the report was sent.
        """
        return {
            field: texts for field, texts in self.questions.items()
            if not (self.reports and field == "date")
        }  # fmt: skip


class Tracker(Frozen):
    """The two workbooks.

    Attributes:
        file: people's tabs; only ever read.
        results: Weaver's tabs and the shared ones.
        tabs: a tab's title → what you call it.
        columns: table → field → what you call that column.
    """

    file: Inside = "tracker.xlsx"
    results: Inside = "results.xlsx"
    tabs: dict[str, Line] = Field(default={})
    columns: dict[str, dict[str, Line]] = Field(default={})

    def title(self, table_title: str) -> str:
        """What the coalition calls that tab."""
        return self.tabs.get(table_title, table_title)


class Coordinator(Frozen):
    """Somebody who gets the weekly digest.

    Attributes:
        name: as it stands in the letter's To.
        email: their address.
        how_often: "weekly", or "never": then only a mail when Weaver can't run.
    """

    name: Line
    email: Address
    how_often: Literal["weekly", "never"] = "weekly"


class RuleSetting(Frozen):
    """A rule made milder, stricter or switched off.

    Attributes:
        severity: "hold" asks a person, "note" is only said, "off" is never looked at.
        reason: why; printed wherever the rule is.
    """

    severity: Severity
    reason: Line


class Settings(Frozen):
    """All of `weaver.toml`.

    Attributes:
        coalition: who we are.
        form: the forms and how to read them.
        tracker: the two workbooks, where the tracker isn't Google's.
        google: the tracker as spreadsheets of Google.
        mail: where mail goes.
        schedule: when Weaver runs.
        log: what it notes of its runs.
        quiet_period: days on which it keeps still.
        coordinators: who gets the weekly digest.
        rules: rule code → how the coalition wants it.
        eligibility: which organisations may join.
        deciders: whose word counts; everybody's where the list is left out.
        two_deciders: decisions that need two names.
        districts: the districts that the coalition aims at.
        store: the file in which Weaver remembers.
        folder: where the settings lie; not a setting.
    """

    coalition: Coalition
    form: tuple[Form, ...] = (Form(),)
    tracker: Tracker = Tracker()
    google: Google | None = None
    mail: Mail = Mail()
    schedule: Schedule = Schedule()
    log: Log = Log()
    quiet_period: tuple[QuietPeriod, ...] = ()
    coordinators: tuple[Coordinator, ...] = ()
    rules: dict[str, RuleSetting] = Field(default={})
    eligibility: Eligibility = Eligibility()
    deciders: tuple[Decider, ...] = ()
    two_deciders: tuple[Grave, ...] = ("suspend", "remove")
    districts: tuple[Line, ...] = ()
    store: Inside = "state.db"
    folder: Path = Field(default=Path(), exclude=True)

    @model_validator(mode="after")
    def _forms_are_told_apart(self) -> Settings:
        signed = [form.statement for form in self.form if form.table == "Sign-ons"]
        if signed.count(MAIN) != 1:
            raise ValueError("form: exactly one [[form]] must have table = 'Sign-ons'")
        shown = {form.place: form.source for form in self.form}
        files = {shown[p]: n for p, n in Counter(form.place for form in self.form).items()}
        commented = Counter(f.statement for f in self.form if f.table == FEEDBACK.title)
        for name, times in (*files.items(), *Counter(signed).items(), *commented.items()):
            if times > 1:
                raise ValueError(f"form: two [[form]] are of {name!r}; give each its own")
        return self

    @property
    def zone(self) -> ZoneInfo:
        """The coalition's time zone."""
        return ZoneInfo(self.coalition.time_zone)

    @property
    def reads_forms(self) -> bool:
        """Whether a form of Google's is read through its own interface."""
        return any(form.google_form for form in self.form)

    @property
    def on_google(self) -> bool:
        """Whether anything at all is Google's."""
        return self.tracked_on_google or self.form_on_google

    @property
    def form_on_google(self) -> bool:
        """Whether responses to a form come from Google."""
        return any(form.google_form or form.google_sheet for form in self.form)

    @property
    def tracked_on_google(self) -> bool:
        """Whether the tracker is a spreadsheet of Google's."""
        return bool(self.google and self.google.working)

    @property
    def results(self) -> str:
        """Where Weaver's tabs stand, as people call it."""
        return say("the spreadsheet") if self.tracked_on_google else self.tracker.results

    @property
    def signons(self) -> Form:
        """The form by which organisations join the main statement."""
        return self.forms_of("Sign-ons")[MAIN]

    def forms_of(self, table: str) -> dict[str, Form]:
        """Statement → the form that feeds the table with what concerns it."""
        return {form.statement: form for form in self.form if form.table == table}

    @property
    def reports(self) -> dict[str, Form]:
        """Where it is read → the form, of each by which members report."""
        return {form.source: form for form in self.form if form.reports}

    def path(self, name: str) -> Path:
        """A file of the coalition's folder."""
        return self.folder / name


def load_settings(file: Path) -> Settings:
    """Read the settings.

    Raises:
        WrongSettings: the file is missing, is not TOML, or has faults; all of them together.
    """
    try:
        raw = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise WrongSettings(
            "There is no such settings file.", str(file), "Name a weaver.toml that exists."
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise WrongSettings(
            f"The settings cannot be read: {error}", str(file), "Save the file as UTF-8 text."
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise WrongSettings(
            f"The settings are not valid TOML: {error}",
            str(file),
            "Look at the line named; texts stand in double quotes.",
        ) from error
    faults = _unknown_names(raw)
    try:
        settings = Settings.model_validate({**raw, "folder": file.parent})
    except ValidationError as error:
        faults = sentences(error, Settings) + faults
    if faults:
        raise WrongSettings(
            f"{file.name} has {len(faults)} fault{'s' if len(faults) > 1 else ''}:",
            str(file),
            "Put each right and run again.",
            faults,
        )
    return settings


def _unknown_names(raw: dict[str, object]) -> list[str]:
    """Faults in the names of fields, tabs and columns, which are keys and not settings."""
    faults: list[str] = []
    forms = raw.get("form", [])
    for index, form in enumerate(forms if isinstance(forms, list) else [], start=1):
        if isinstance(form, dict):
            faults += _of_form(f"form[{index}]", form)
    tracker = raw.get("tracker", {})
    tabs = tracker.get("tabs", {}) if isinstance(tracker, dict) else {}
    faults += _unknown("tracker.tabs", tabs, [table.title for table in TABLES])
    columns = tracker.get("columns", {}) if isinstance(tracker, dict) else {}
    faults += _unknown("tracker.columns", columns, BY_NAME)
    for name, given in columns.items() if isinstance(columns, dict) else ():
        if name in BY_NAME:
            faults += _unknown(f"tracker.columns.{name}", given, BY_NAME[name].names)
    return faults


def _of_form(path: str, form: dict[str, object]) -> list[str]:
    """Faults in what is said of one form, by the table that it feeds."""
    fed = str(form.get("table", SIGNONS.title))
    table = ({FEEDBACK.title: FEEDBACK} | REPORTS).get(fed, SIGNONS)
    faults = [
        f"{path}.{name}: a form that feeds {fed!r} has no use for it; take it out"
        for name in _NO_USE if fed in REPORTS and name in form
    ]  # fmt: skip
    sent = (TIMESTAMP,) if fed in REPORTS else ()
    for part in ("questions", "options"):
        known = (*table.names, *(sent if part == "questions" else ()))
        points = part == "questions" and table is SIGNONS
        faults += _unknown(f"{path}.{part}", form.get(part, {}), known, points=points)
    return faults


def _unknown(path: str, given: object, known: object, points: bool = False) -> list[str]:
    names = list(known) if isinstance(known, (list, tuple, dict)) else []
    faults = []
    for name in given if isinstance(given, dict) else ():
        if name in names or (points and name.startswith("agrees_")):
            continue
        like = nearest(name, names, cutoff=0.6)
        hint = f"did you mean {like}?" if like else f"known: {', '.join(names)}"
        faults.append(f"{path}.{name}: there is no such name; {hint}")
    return faults
