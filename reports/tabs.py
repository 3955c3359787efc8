"""Rows of each table into the tabs of the tracker, with formats, drop-downs, notes and colours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from config.tables import BY_NAME, Column, Table
from config.tabplan import Colour, ColumnPlan, Format, TabPlan, View
from config.words import say
from reports.facts import PeoplesTab, TabFacts

ORDER = (
    "start", "to_decide", "who_has_signed", "changes", "to_fix", "mail_waiting",
    "statement_draft", "if_adopted", "letters", "dashboard", "introductions", "numbers",
    "numbers_by_part", "every_form_checked", "numbers_over_time", "weaver_s_log",
)  # fmt: skip
_BEFORE_PEOPLES = ORDER[: ORDER.index("statement_draft")]
"""What stands before the tabs that people fill in."""
_ONLY_WHEN_GIVEN = {
    "letters", "to_fix", "mail_waiting", "statement_draft", "if_adopted", "dashboard",
    "introductions", "numbers_by_part",
}  # fmt: skip
_EMPTIED = {"statement_draft", "if_adopted"}
"""Tabs of which no row stays once there is nothing left to say."""
_KEYS: Mapping[str, tuple[str, ...]] = {
    "start": ("Tab",),
    "to_decide": ("Key",),
    "mail_waiting": ("Key",),
    "who_has_signed": ("Id",),
    "changes": tuple(c.title for c in BY_NAME["changes"].columns if c.who == "people"),
    "numbers": ("Code",),
    "numbers_by_part": ("Key",),
    "dashboard": ("Key",),
    "every_form_checked": ("Key",),
    "letters": ("Key",),
    "statement_draft": ("Key",),
    "if_adopted": ("Id",),
    "weaver_s_log": ("Run",),
}
_KNOWN_BY: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "to_fix": (("Tab", "Row", "Column", "Found"),) * 2,
    "introductions": (("Key",), ("Key", "First", "Second")),
    "numbers_over_time": (("Date", "Code"), ("Date", "Code", "Value")),
}
"""Tabs that are replaced as a whole → what a row with a note of people's is known by, and what
stays of it once it is over."""
_FORMATS: Mapping[str, Format] = {
    "date": "date",
    "time": "datetime",
    "count": "integer",
    "number": "decimal",
}
_LEADING: Mapping[str, str] = {"start": "tab", "numbers": "metric"}
"""Table → the column whose cells lead to other tabs."""
_VIEWS: Mapping[str, tuple[tuple[str, tuple[tuple[str, bool], ...], str, tuple[str, ...]], ...]] = {
    "to_decide": (
        ("What waits, the gravest first", (("Gravity", False), ("Since", False)), "Status",
         ("settled",)),
        ("By organisation", (("Organisation", False),), "", ()),
    ),
    "who_has_signed": (
        ("By name", (("Organisation", False),), "", ()),
        ("The newest first", (("Since", True),), "", ()),
    ),
}  # fmt: skip
"""Table → title, order, and what is left out, of each way to look at it."""
_NONE: Mapping[str, Colour] = MappingProxyType({})
_YES_NO: Mapping[str, Colour] = {"yes": "good", "no": "quiet"}
# Both the word in code and the one people see, so that a cell is coloured whichever it holds.
_COLOURS: Mapping[tuple[str, str], Mapping[str, Colour]] = {
    ("who_has_signed", "standing"): {
        "member": "good",
        "pending": "wait",
        "reaffirm": "wait",
        "asked to re-confirm": "wait",
        "lapsed": "stop",
        "withdrawn": "stop",
        "suspended": "stop",
        "removed": "stop",
        "declined": "stop",
        "not accepted": "stop",
        "none": "quiet",
        "merged": "quiet",
    },
    ("who_has_signed", "signer_allows_listing"): _YES_NO,
    ("who_has_signed", "we_list_it"): _YES_NO,
    ("every_form_checked", "outcome"): {
        "accepted": "good",
        "hold": "wait",
        "on hold": "wait",
        "declined": "stop",
        "not accepted": "stop",
        "withdrawn": "stop",
        "superseded": "quiet",
        "replaced": "quiet",
        "replaced by a newer form": "quiet",
        "test": "quiet",
    },
    ("to_decide", "status"): {
        "open": "wait",
        "seen": "quiet",
        "settled": "good",
        "reopened": "stop",
    },
    ("letters", "standing"): {
        "signed": "good",
        "pending": "wait",
        "late": "stop",
        "withdrawn": "stop",
        "not accepted": "stop",
    },
    ("letters", "we_list_it"): _YES_NO,
    ("statement_draft", "what_changes"): {"new": "wait", "dropped": "wait", "unchanged": "quiet"},
    ("if_adopted", "what_it_means"): {"unaffected": "good", "must re-confirm": "wait"},
    ("numbers", "status"): {
        "on track": "good",
        "met": "good",
        "behind": "wait",
        "no day": "quiet",
        "no data": "quiet",
    },
}


def tab_plans(facts: TabFacts, title: Callable[[str], str]) -> tuple[TabPlan, ...]:
    """Weaver's and the shared tabs in the order in which they stand in the tracker.

    Args:
        facts: rows per table; a table without an entry gets its headers alone.
        title: what the coalition calls a tab, from the tab's own title.
    """
    weavers = [
        _plan(BY_NAME[name], facts, title)
        for name in ORDER
        if name in facts.rows or name not in _ONLY_WHEN_GIVEN
    ]
    behind = sum(name in facts.rows or name not in _ONLY_WHEN_GIVEN for name in _BEFORE_PEOPLES)
    peoples = [_peoples(BY_NAME[name], tab, title) for name, tab in facts.people.items()]
    return (*weavers[:behind], *peoples, *weavers[behind:])


def _plan(table: Table, facts: TabFacts, title: Callable[[str], str]) -> TabPlan:
    rows = facts.rows.get(table.name, ())
    emptied = table.name in _EMPTIED and not rows
    known_by, stays = _KNOWN_BY.get(table.name, ((), ()))
    return TabPlan(
        title=title(table.title),
        columns=tuple(
            _column(table, column, _leads(table, column, facts, title)) for column in table.columns
        ),
        rows=rows,
        key=() if emptied else _KEYS.get(table.name, ()),
        about=say(table.about),
        known_by=known_by,
        stays=stays,
        grows=table.name != "changes",
        views=tuple(
            View(say(name), by, column, without)
            for name, by, column, without in _VIEWS.get(table.name, ())
        ),
        hidden=table.name in facts.hidden,
        shown_now=table.name in facts.shown_now,
    )


def _peoples(table: Table, tab: PeoplesTab, title: Callable[[str], str]) -> TabPlan:
    """A tab that people fill in: what every row needs comes first."""
    columns = sorted(table.columns, key=lambda column: not column.required)
    return TabPlan(
        title=title(table.title),
        columns=tuple(
            replace(_column(table, column, _NONE), title=tab.titles.get(column.name, column.title))
            for column in columns
        ),
        rows=(),
        key=(),
        about=say(table.about),
        grows=False,
        example=tuple(tab.example.get(column.name) for column in columns),
    )


def _leads(
    table: Table, column: Column, facts: TabFacts, title: Callable[[str], str]
) -> Mapping[str, str]:
    if _LEADING.get(table.name) != column.name:
        return {}
    found = facts.leads.get(table.name, {})
    return {text: title(BY_NAME[name].title) for text, name in found.items()}


def _column(table: Table, column: Column, leads: Mapping[str, str]) -> ColumnPlan:
    ours = column.who == "weaver"
    return ColumnPlan(
        title=column.title,
        ours=ours,
        note=_note(table, column),
        width=column.width,
        format=_FORMATS.get(column.kind, "text"),
        choices=() if ours else column.choices,
        colours=_COLOURS.get((table.name, column.name), _NONE),
        leads=leads,
    )


def _note(table: Table, column: Column) -> str:
    """What the header says of a column; in tabs that come later, also that a row needs it."""
    needed = column.required and not table.day_one
    return " ".join((say("Needed."), say(column.help))) if needed else say(column.help)
