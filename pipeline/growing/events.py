"""What brings each tab. Every event is declared once: Start, the docs and the memory rest on it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

from config.tables.relations import DO_NOT_INTRODUCE
from pipeline.model import Result

MONTH = dt.timedelta(days=30)
FORMS, MEMBERS_TO_COMPARE, TIES, TABS = 10, 30, 10, 3
"""So many forms, members, ties and tabs of people's bring a tab of Weaver's."""
_BILL = re.compile(
    r"\b(?:bills?|laws?|ordinances?|ley(?:es)?|lois?|leis?|leggi|legge|ustawa|\w*gesetz(?:e|es)?)\b",
    re.IGNORECASE,
)
_ACT = re.compile(r"(?<=\w )Act\b|\bAct (?=of \d)")
"""An act as a name, such as "Clean Water Act"; "we act" is none."""


@dataclass(frozen=True)
class Event:
    """What brings a tab.

    Attributes:
        table: whose tab it is.
        words: what has happened, as a clause: "an organisation is chased".
        happened: whether it has, by all that a run knows.
    """

    table: str
    words: str
    happened: Callable[[Result], bool]


def _accepted(result: Result) -> pd.DataFrame:
    forms = result.forms
    return forms.loc[forms["outcome"] == "accepted"]


def _says(result: Result, field: str) -> bool:
    """Whether an accepted form answers that question."""
    return bool((_accepted(result)[field].map(len) > 0).any())


def _rows(result: Result, table: str) -> int:
    found = result.typed.get(table)
    return len(found.frame) if found else 0


def _filled(result: Result, table: str, field: str) -> bool:
    found = result.typed.get(table)
    return found is not None and bool((found.frame[field] != "").any())


def _members(result: Result) -> int:
    return len(result.facts.members(result.today))


def _chased(result: Result) -> bool:
    waiting = result.forms.loc[result.forms["outcome"] == "hold", "labels"]
    asked = any(d.word == "ask them" and d.undone_on is None for d in result.known.decisions)
    return asked or any("waiting for them" in labels for labels in waiting)


def _bill_named(result: Result) -> bool:
    fields = {"actions": ("plan", "initiative", "kind"), "decisions": ("decision",)}
    return any(
        names_a_bill(result.typed[table].frame[column].unique())
        for table, columns in fields.items()
        for column in columns
        if table in result.typed
    )


def names_a_bill(texts: Iterable[str]) -> bool:
    """Whether one of the texts speaks of a bill, an act or a law, in one of several languages."""
    return any(_BILL.search(text) or _ACT.search(text) for text in texts)


def _needs_help(result: Result) -> bool:
    return _says(result, "needs") or _filled(result, "tell_us_what_you_did", "help_wanted")


def _month_of_numbers(result: Result) -> bool:
    return _long_ago((point.day for point in result.known.metrics), result.today, MONTH)


def _month_of_runs(result: Result) -> bool:
    return _long_ago((run.as_of for run in result.known.runs), result.today, MONTH)


def _three_months_of_runs(result: Result) -> bool:
    return _long_ago((run.as_of for run in result.known.runs), result.today, 3 * MONTH)


def _long_ago(days: Iterable[dt.date], today: dt.date, span: dt.timedelta) -> bool:
    first = min(days, default=None)
    return first is not None and first + span <= today


def _year_soon(result: Result) -> bool:
    first = result.forms["day"].min()
    return not pd.isna(first) and first + pd.DateOffset(months=11) <= pd.Timestamp(result.today)


def _old_action(result: Result) -> bool:
    actions = result.typed.get("actions")
    if actions is None:
        return False
    return bool((actions.frame["date"] <= pd.Timestamp(result.today - MONTH)).any())


def _draft_out(result: Result) -> bool:
    return any(statement.drafts for statement in result.statements)


def _forms_to_look_through(result: Result) -> bool:
    forms = result.every_form
    return len(forms) >= FORMS or bool((forms["outcome"] == "hold").any())


def _ties(result: Result) -> bool:
    talks = result.typed.get("conversations")
    return talks is not None and int((talks.frame["kind"] != DO_NOT_INTRODUCE).sum()) >= TIES


def _much_to_see(result: Result) -> bool:
    return len(list(_in_use(result))) >= TABS or _three_months_of_runs(result)


def _in_use(result: Result) -> Iterator[str]:
    peoples = {event.table for event in EVENTS}
    yield from sorted(peoples & result.typed.keys())


EVENTS: tuple[Event, ...] = (
    Event("outreach", "an organisation is chased", _chased),
    Event("promises", "a member has made a first promise", lambda r: _says(r, "offers")),
    Event("decision_makers", "a bill is named", _bill_named),
    Event("milestones", "a bill is named", _bill_named),
    Event("groups", "a form names a group to join", lambda r: _says(r, "groups_to_join")),
    Event("help", "somebody asks for help or names a need", _needs_help),
    Event("actions", "a member tells what it is already doing",
          lambda r: _says(r, "already_doing")),
    Event("conversations", "a member says who brought it here", lambda r: _says(r, "referred_by")),
    Event("contacts", "five organisations have joined, too many to know everybody's address",
          lambda r: _members(r) >= 5),
    Event("meetings", "there are groups, and they meet", lambda r: _rows(r, "groups") > 0),
    Event("decisions", "a meeting was held", lambda r: _rows(r, "meetings") > 0),
    Event("goals_levers", "a group is to work on a lever",
          lambda r: _filled(r, "groups", "lever")),
    Event("media", "an action can be seen by others", lambda r: _filled(r, "actions", "link")),
    Event("who_s_missing", "fifteen organisations have joined, and one can ask who hasn't",
          lambda r: _members(r) >= 15),
    Event("statement_feedback", "a draft of the statement is out", _draft_out),
    Event("tell_us_what_you_did", "five actions are written down, and members could do that",
          lambda r: _rows(r, "actions") >= 5),
    Event("lessons", "an action lies a month back", _old_action),
    Event("our_targets", "a month of numbers is there", _month_of_numbers),
    Event("yearly_check_in", "the first form came eleven months ago", _year_soon),
)  # fmt: skip
"""Of people's tabs, in the order in which Start suggests them."""

WEAVERS: tuple[Event, ...] = (
    Event("every_form_checked", "ten forms have come in, or one raised a question",
          _forms_to_look_through),
    Event("numbers_over_time", "a month of numbers is there", _month_of_numbers),
    Event("weaver_s_log", "Weaver has run for a month", _month_of_runs),
    Event("numbers_by_part", "thirty organisations have joined",
          lambda r: _members(r) >= MEMBERS_TO_COMPARE),
    Event("dashboard", "three of your tabs are in use, or three months have passed", _much_to_see),
    Event("introductions", "ten ties stand in Conversations", _ties),
)  # fmt: skip
"""Of Weaver's own tabs that aren't seen on the first day."""


def suggested(result: Result) -> Event | None:
    """The one tab to suggest: the first whose event has happened, neither in use nor answered."""
    used = set(result.typed) | {record.name for record in result.tabs} | set(result.growth.words)
    return next((e for e in EVENTS if e.table not in used and e.happened(result)), None)


def grown(result: Result) -> dict[str, bool]:
    """Weaver's tab by its table → whether the coalition has grown into it."""
    come = {record.name for record in result.tabs}
    return {event.table: event.table in come for event in WEAVERS}
