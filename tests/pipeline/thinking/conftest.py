"""An invented coalition in memory: forms come in, people type, Weaver thinks, nothing is a file."""

from __future__ import annotations

import copy
import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

import pytest

from config.problems import Problem
from config.raw import RawTable, Scalar
from config.records import Known, Ledger
from config.settings import Settings
from config.statement import Point, Statement, Version
from config.tables import BY_NAME, SIGNONS
from connectors.merge import merge
from pipeline.clock import at
from pipeline.compose import think
from pipeline.digesting import digest_facts
from pipeline.matters import Matter
from pipeline.model import Asked, Inputs, Result
from pipeline.tabrows import SOMETIMES, tab_facts
from reports.facts import DigestFacts
from reports.tabs import tab_plans

PEACE = Point(id="peace", text="We act peacefully.")
STATEMENT = Statement(
    "main",
    (
        Version(
            version="1", state="adopted", adopted_on=dt.date(2026, 1, 1), principles=(PEACE,),
            adopted_by="Founding assembly", adopted_how="by consensus",
        ),
    ),
)  # fmt: skip
FIRST_DAY = "2026-03-02"
FAULTLESS = {
    "request": "Join",
    "size": "12",
    "country": "Portugal",
    "level": "local",
    "acts_autonomously": "Yes",
    "signing_as": "organisation",
    "joins_as": "member",
    "role": "Director",
    "authorised": "Yes",
    "contact": "Bo in the office",
    "agreement": "Yes",
    "agrees_peace": "Yes",
    "list_us": "Yes",
    "count_us_unnamed": "No",
    "show_signatory": "No",
    "use_our_logo": "No",
}
FIELDS = (*SIGNONS.names, PEACE.field)
HEADER = (*(column.title for column in SIGNONS.columns), PEACE.text)
CHANGE_COLUMNS = BY_NAME["changes"].columns
_IDENTITY: Mapping[str, Callable[[Any], Any]] = defaultdict(
    lambda: lambda record: record.key if hasattr(record, "key") else record.id,
    decisions=lambda record: record.number,
    texts=lambda record: record.number,
    metrics=lambda record: (record.day, record.code),
    tabs=lambda record: record.name,
    positions=lambda record: (record.person, record.day),
    pauses=lambda record: record.address,
)


class Coalition:
    """What a coalition's folder holds, and a run over it that remembers as the store would.

    Attributes:
        statements: the main one and the letters.
        forms: the answers of each form by field; rows of the download, in its order.
        letter_forms: letter → the same of its own form.
        shown: statement → language → what its form shows.
        tabs: Weaver's and the shared tabs, as people see and edit them.
        tracker: people's tabs by title.
        unread: what could not be read.
        statements: the main one and the letters.
        feedback: statement → the responses to the form about its draft.
        reports: where it is read → the responses to a form by which members report.
        known: what the store remembers.
        result: of the last run.
    """

    def __init__(self, accept: str = "clean", verified: bool = False, **settings: Any) -> None:
        self.settings = Settings.model_validate(
            {
                "coalition": {"name": "Clean Rivers", "time_zone": "Europe/Lisbon"},
                "form": [{"accept": accept, "email_verified": verified}],
                **settings,
            }
        )
        self.statements: tuple[Statement, ...] = (STATEMENT,)
        self.forms: list[dict[str, str]] = []
        self.letter_forms: dict[str, list[dict[str, str]]] = {}
        self.shown: dict[str, dict[str, str]] = {}
        self.tabs: dict[str, RawTable] = {}
        self.tracker: dict[str, RawTable] = {}
        self.unread: tuple[Problem, ...] = ()
        self.known = Known()
        self.feedback: dict[str, RawTable] = {}
        self.reports: dict[str, RawTable] = {}
        self.result: Result

    def copy(self) -> Coalition:
        """The same once more, so that several tests can begin where one story ends."""
        other = copy.copy(self)
        other.forms = [dict(form) for form in self.forms]
        other.letter_forms = {k: [dict(f) for f in v] for k, v in self.letter_forms.items()}
        other.tabs, other.tracker = dict(self.tabs), dict(self.tracker)
        return other

    # what happens in the world

    def form(
        self, organisation: str, on: str = FIRST_DAY, letter: str = "", **answers: str
    ) -> dict[str, str]:
        """A form comes in, without a flaw but for the answers given.

        `on` may have a time; without one, each form comes a minute after the one before.
        """
        forms = self.letter_forms.setdefault(letter, []) if letter else self.forms
        minutes = 8 * 60 + len(forms)
        clock = f"{minutes // 60:02d}:{minutes % 60:02d}:00"
        host = "".join(c for c in organisation.casefold() if c.isascii() and c.isalnum()) or "x"
        sent = {
            **FAULTLESS,
            "timestamp": on if " " in on else f"{on} {clock}",
            "organisation": organisation,
            "signatory": f"Ana {organisation}",
            "email": f"office@{host}.example.org",
            "website": f"https://{host}.example.org",
            **answers,
        }
        forms.append(sent)
        return sent

    def decide(
        self, organisation: str, word: str, by: Scalar = "Ben", note: str = "", what: str = ""
    ) -> None:
        """A person types into the row of To decide about that organisation."""
        tab = self.tabs["To decide"]
        at_title = {title: place for place, title in enumerate(tab.header)}
        rows = [list(row) for row in tab.rows]
        mine = [
            row
            for row in rows
            if row[at_title["Organisation"]] == organisation
            and what in str(row[at_title["What is it"]])
            # whose part it may be is another question
            and (what or not str(row[at_title["Key"]]).startswith("part:"))
        ]
        assert len(mine) == 1, f"{len(mine)} rows are about {organisation} {what}"
        typed = {"Decision": word or None, "Decided by": by, "Note": note or None}
        for title, cell in typed.items():
            mine[0][at_title[title]] = cell
        self.tabs["To decide"] = replace(tab, rows=rows)

    def decide_row(self, place: int, word: str) -> None:
        """A person types the word into the row of To decide at that place."""
        tab = self.tabs["To decide"]
        rows = [list(row) for row in tab.rows]
        rows[place][tab.header.index("Decision")] = word
        rows[place][tab.header.index("Decided by")] = "Ben"
        self.tabs["To decide"] = replace(tab, rows=rows)

    def delete_row(self, organisation: str) -> None:
        """A person deletes the rows of To decide about that organisation."""
        tab = self.tabs["To decide"]
        place = tab.header.index("Organisation")
        rows = [row for row in tab.rows if row[place] != organisation]
        self.tabs["To decide"] = replace(tab, rows=rows, numbers=range(2, len(rows) + 2))

    def change(
        self, organisation: str, change: str, value: Scalar = "", date: str = "", by: Scalar = ""
    ) -> None:
        """A person adds a row to Changes; two do where it needs two, with the body that decided."""
        if change in ("suspend", "remove") and not by:
            by, value = "Ben; Ana", value or "Steering group"
        elif change == "undo" and not by:
            by = "Ben; Ana"
        tab = self.tabs.get("Changes") or _empty("Changes", CHANGE_COLUMNS)
        typed = {
            "Date": _typed_day(date),
            "Organisation": organisation,
            "Change": change,
            "New value": value or None,
            "Entered by": by or "Ben",
        }
        rows = [*tab.rows, tuple(typed.get(title) for title in tab.header)]
        self.tabs["Changes"] = replace(tab, rows=rows, numbers=range(2, len(rows) + 2))

    def tab(self, title: str, text: str) -> None:
        """People fill in a tab of their tracker: a table whose cells stand between bars."""
        lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
        header, rows = tuple(lines[0]), [tuple(cell or None for cell in row) for row in lines[1:]]
        self.tracker[title] = RawTable(title, header, rows, range(2, len(rows) + 2))

    # Weaver

    def think(self, day: str, *, past: bool = False, accept_vanished: bool = False) -> Result:
        """What a run on that day comes to; nothing is remembered."""
        clock = at(dt.datetime.min.replace(tzinfo=dt.UTC), self.settings.zone, _date(day))
        inputs = Inputs(
            _responses(self.forms),
            letters={name: _responses(forms) for name, forms in self.letter_forms.items()},
            shown=self.shown,
            feedback=self.feedback,
            reports=self.reports,
            people=self.tracker,
            results=self.tabs,
            problems=self.unread,
        )
        asked = Asked(past=past, accept_vanished=accept_vanished)
        return think(inputs, self.known, self.settings, self.statements, clock, asked)

    def run(self, day: str, *, accept_vanished: bool = False) -> Result:
        """A run on that day that is recorded and published."""
        result = self.think(day, accept_vanished=accept_vanished)
        self.known = remembered(self.known, result.ledger)
        title = self.settings.tracker.title
        stand = {n: self.tabs[t] for n in SOMETIMES if (t := title(BY_NAME[n].title)) in self.tabs}
        for plan in tab_plans(tab_facts(result, self.settings.zone, (), title, stand), title):
            merged = merge(plan, self.tabs.get(plan.title))
            self.tabs[plan.title] = RawTable(plan.title, merged.header, merged.rows, merged.numbers)
        self.result = result
        return result

    # what people see

    def standing(self, organisation: str, on: str = "") -> str:
        """Where it stands (on an earlier day: as the last run tells it)."""
        day = _date(on) if on else self.result.today
        return self.result.facts.standing(self.id(organisation), day).standing

    def standings(self) -> dict[str, str]:
        """Organisation → standing, of all in Who has signed."""
        table = self.result.organisations
        return dict(zip(table["name"], table["standing"], strict=True))

    def who(self, organisation: str) -> Mapping[str, Any]:
        """The organisation's row."""
        table = self.result.organisations
        rows = table.loc[table["name"] == organisation].to_dict("records")
        assert len(rows) == 1, f"{len(rows)} organisations are called {organisation}"
        return {str(title): value for title, value in rows[0].items()}

    def id(self, organisation: str) -> str:
        """Its lasting id."""
        return str(self.who(organisation)["id"])

    def listed(self) -> set[str]:
        """Names on the public list."""
        table = self.result.organisations
        return set(table.loc[table["listed"], "name"])

    def members(self, on: str = "") -> set[str]:
        """Names of the members, as the last run tells them."""
        day = _date(on) if on else self.result.today
        names = dict(
            zip(self.result.organisations["id"], self.result.organisations["name"], strict=True)
        )
        return {names[i] for i in self.result.facts.members(day)}

    def outcomes(self) -> list[str]:
        """The outcome of each form, in the order of the download."""
        return [str(outcome) for outcome in self.result.forms["outcome"]]

    def matters(self, organisation: str = "") -> list[Matter]:
        """What is asked, or was answered, about that organisation (or any)."""
        return [m for m in self.result.matters if organisation in ("", m.organisation)]

    def matter(self, organisation: str) -> Matter:
        """The one matter about it."""
        (found,) = self.matters(organisation)
        return found

    def open(self) -> list[str]:
        """Whom the open matters are about, the gravest first."""
        return [matter.organisation for matter in self.result.matters if matter.open]

    def cells(self, title: str, column: str) -> list[Scalar]:
        """A column of a tab, as it stands in the results."""
        tab = self.tabs[title]
        return [row[tab.header.index(column)] for row in tab.rows]

    def digest(self) -> DigestFacts:
        """What the weekly digest would say after the last run."""
        return digest_facts(self.result, self.settings)


def remembered(known: Known, ledger: Ledger) -> Known:
    """The store's part: each record replaces the one of the same identity."""
    merged = {}
    for field in fields(Ledger):
        new = getattr(ledger, field.name)
        if isinstance(new, tuple):
            identity = _IDENTITY[field.name]
            by_identity = {identity(r): r for r in (*getattr(known, field.name), *new)}
            merged[field.name] = tuple(by_identity[i] for i in sorted(by_identity))
    return replace(known, **merged)


def _date(day: str) -> dt.date:
    return dt.date.fromisoformat(day)


def _typed_day(text: str) -> dt.date | str | None:
    """A day as a spreadsheet keeps it; what is none stays the text that was typed."""
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        return text


def _empty(title: str, columns: Sequence[Any]) -> RawTable:
    return RawTable(title, tuple(column.title for column in columns), (), ())


def _responses(forms: Iterable[Mapping[str, str]]) -> RawTable:
    """The download: the usual questions, and a column per further one that any form answers."""
    known = list(forms)
    asked = [n for n in FIELDS if n != PEACE.field or not known or any(n in f for f in known)]
    more = tuple(dict.fromkeys(name for form in known for name in form if name not in FIELDS))
    titles = [title for title, name in zip(HEADER, FIELDS, strict=True) if name in asked]
    rows = [tuple(form.get(field, "") for field in (*asked, *more)) for form in known]
    return RawTable("responses.csv", (*titles, *more), rows, range(2, len(rows) + 2), ", ")


@pytest.fixture
def coalition() -> Coalition:
    """A coalition that accepts what raises no doubt."""
    return Coalition()


@pytest.fixture(scope="session")
def found_coalition() -> Callable[..., Coalition]:
    """`found_coalition(accept="reviewed", verified=True, rules={...})`: one with other settings."""
    return Coalition
