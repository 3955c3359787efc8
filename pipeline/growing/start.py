"""The tab Start: each tab, what brought it, and what waits there for somebody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from zoneinfo import ZoneInfo

import pandas as pd

from config.raw import Scalar
from config.records import TabRecord
from config.tables import BY_NAME, SIGNONS, TABLES, Table
from config.tables.later import ACTIVITY
from config.words import count, say
from pipeline.feedback import red_lines
from pipeline.growing.events import WEAVERS, suggested
from pipeline.growing.model import DROP, HIDDEN_AT_FIRST, PAUSE_ALL, PEOPLES, SIMPLIFY, YES
from pipeline.intake.model import Typed
from pipeline.model import Result
from pipeline.preview import Preview, in_short
from pipeline.takeback import bulk_hint

UNTOUCHED = dt.timedelta(days=60)
"""After so long people are asked whether to keep a tab, and so long their answer counts."""
Row = tuple[Scalar, ...]
Titled = Callable[[str], str]
_REASONS: Mapping[str, str] = {
    "to_fix": "what can't be read is listed there",
    "mail_waiting": "mail to members waits for a yes",
    "statement_draft": "a draft of the statement is out",
    "if_adopted": "a draft is out that would ask members to re-confirm",
    "letters": "the coalition has a letter",
    "tell_us_what_you_did": "members report by a form of yours",
    "yearly_check_in": "a form asks members once a year",
}
"""Why tabs are there that come and go."""
_NUMBERS = frozenset({"date", "count", "number"})


def start_rows(
    result: Result, title: Titled, rows: Mapping[str, int], found: Preview | None, zone: ZoneInfo
) -> Iterator[Row]:
    """A line for each tab: those in use first, then those that can be switched on.

    Args:
        result: of the run.
        title: what the coalition calls a tab.
        rows: table → how many rows its tab has, of all that are in use.
        found: what the draft's adoption would mean.
        zone: the coalition's.
    """
    records = {record.name: record for record in result.tabs}
    hint = suggested(result)
    for table in TABLES:
        if table.name != "start" and (table.day_one or table.name in rows):
            record = records.get(table.name)
            yield _row(
                table, title, rows.get(table.name), _touched(result, table, record, zone),
                _because(result, table, record), _waits(result, table, title, found, record),
            )  # fmt: skip
    for table in PEOPLES:
        if table.name not in rows:
            now = _not_in_use(result, table, title, records.get(table.name))
            if hint and hint.table == table.name:
                now = say("We suggest this tab now, because {event}. Write yes under Your word.",
                          event=say(hint.words))  # fmt: skip
            yield _row(table, title, None, None, "", now)
    yield _pause_all(result)


def _pause_all(result: Result) -> Row:
    about = say("Yes under Your word holds every mail until you take the yes away.")
    now = say("mail leaves as usual")
    if result.quiet is not None:
        now = say("quiet days {days}: mail that asks members for something waits, and where "
                  "decision-makers stand is hidden; this is no legal advice",
                  days=result.quiet.days)  # fmt: skip
    if result.growth.mail_paused:
        now = say("no mail leaves, since you said yes here")
    return (PAUSE_ALL, about, say("you"), "", None, None, "", now, None)


def _row(
    table: Table, title: Titled, rows: int | None, touched: dt.date | None, why: str, now: str
) -> Row:
    who = {
        "people": say("you"), "weaver": say("Weaver"), "form": say("the form"),
        "both": say("you, and the form") if table in PEOPLES else say("Weaver and you"),
    }  # fmt: skip
    return (
        title(table.title), say(table.about), who[table.who], say(table.often) if table.often else
        "", rows, touched, why, now, None,
    )  # fmt: skip


def _touched(
    result: Result, table: Table, record: TabRecord | None, zone: ZoneInfo
) -> dt.date | None:
    """The day on which people last wrote there; where forms alone do, that of the latest."""
    if table is SIGNONS:
        return _latest(result.forms[["received", "edited"]], zone)
    typed = result.typed.get(table.name)
    if typed is not None and not typed.kept:
        return _latest_of(typed, zone)
    return record.touched_on if record and table in PEOPLES else None


def _latest_of(typed: Typed, zone: ZoneInfo) -> dt.date | None:
    """The day of a form's latest response; feedback on drafts knows days alone."""
    if "received" in typed.frame:
        return _latest(typed.frame[["received", "changed"]], zone)
    last = typed.frame["date"].max()
    return None if pd.isna(last) else last.date()


def _latest(moments: pd.DataFrame, zone: ZoneInfo) -> dt.date | None:
    """The coalition's day of the last of the moments; None where none is known."""
    last = moments.max().max()
    return None if pd.isna(last) else last.tz_convert(zone).date()


def _because(result: Result, table: Table, record: TabRecord | None) -> str:
    if record is not None:
        return record.event
    typed = result.typed.get(table.name)
    if typed is not None and not typed.kept and table.name not in _REASONS:
        return _reason(ACTIVITY)
    if table.name in HIDDEN_AT_FIRST:
        return ""
    return say("it is there from the first day") if table.day_one else _reason(table)


def _reason(table: Table) -> str:
    reason = _REASONS.get(table.name, "")
    return say(reason) if reason else ""


def _waits(
    result: Result, table: Table, title: Titled, found: Preview | None, record: TabRecord | None
) -> str:
    """What waits in a tab that is in use."""
    if table.name in HIDDEN_AT_FIRST and record is None:
        event = next(event for event in WEAVERS if event.table == table.name)
        return say("Hidden until {event}. Write yes under Your word to see it now.",
                   event=say(event.words))  # fmt: skip
    about = _about_drafts(result, table.name, found) or _faults(result, table.name, title)
    typed = result.typed.get(table.name)
    if typed is None or table not in PEOPLES:
        return about
    more = " ".join(_of_peoples(result, typed, record))
    return f"{about}. {more}" if about and more else about or more


def _of_peoples(result: Result, typed: Typed, record: TabRecord | None) -> Iterator[str]:
    """What there is to say of a tab that people fill in."""
    word, table = result.growth.words.get(typed.table.name), typed.table
    if word == YES and typed.kept and not typed.read:
        yield say("Its first row is an example: write over it, or begin below it.")
    if word == YES and table.file == "restricted" and not result.growth.apart:
        yield say("Whoever can open this file can read this tab.")
    if word == SIMPLIFY:
        yield _simpler(typed)
    if record and _asks(record, result.today):
        yield say("Nobody has touched it for sixty days: keep, simplify or drop? Write one of them "
                  "under Your word.")  # fmt: skip


def _asks(record: TabRecord, today: dt.date) -> bool:
    """Whether nobody touched the tab for sixty days, nor answered this in as many."""
    latest = max(record.touched_on, record.asked_on or record.touched_on)
    return today - latest >= UNTOUCHED


def _simpler(typed: Typed) -> str:
    """The columns that can go: they hold nothing, and no row needs them."""
    empty = [
        column.title for column in typed.table.columns
        if column.name in typed.present and not column.required and _is_blank(typed, column.name)
    ]  # fmt: skip
    if not empty:
        return say("Every column holds something, so none can be deleted without a loss.")
    return say("These columns hold nothing and can be deleted: {columns}.",
               columns=", ".join(empty))  # fmt: skip


def _is_blank(typed: Typed, field: str) -> bool:
    cells = typed.frame[field]
    if typed.table.column(field).kind in _NUMBERS:
        return bool(cells.isna().all())
    return not bool((cells.map(len) > 0).any())


def _not_in_use(result: Result, table: Table, title: Titled, record: TabRecord | None) -> str:
    word = result.growth.words.get(table.name)
    if word == DROP:
        return (say("Dropped: it isn't read any more. Write keep to use it again.") if record and
                record.digest else
                say("You said drop. Write yes to switch it on."))  # fmt: skip
    if word == YES and table.who == "form":
        return say('Add a [[form]] with table = "{title}" to weaver.toml; docs/forms.md says how.',
                   title=table.title)  # fmt: skip
    if word == YES and table.file == "restricted" and result.growth.apart:
        needed = ", ".join(column.title for column in table.columns if column.required)
        return say("Add a tab of this title to the spreadsheet that few may see, with the columns "
                   "{columns}.", columns=needed)  # fmt: skip
    if closed := result.growth.closed.get(table.name):
        return say("{what} couldn't be read: see To fix.", what=closed)
    if record is not None and record.gone_on:
        return say("The tab is gone since {day}. Bring it back, add another called {title}, or "
                   "write drop.", day=record.gone_on, title=title(table.title))  # fmt: skip
    return say("not in use yet")


def _faults(result: Result, name: str, title: Titled) -> str:
    """What waits there for a decision, or to be put right."""
    if name == "to_decide":
        number = sum(matter.open for matter in result.matters)
        waits = say("{n} waiting for a decision", n=number) if number else say("nothing waits")
        return ". ".join(filter(None, (waits, bulk_hint(result.known, result.today, title))))
    if name == "mail_waiting":
        drafts = sum(message.state == "draft" for message in result.known.messages)
        return count(drafts, "{n} mail waits for your word", "{n} mails wait for your word")
    typed = result.typed.get(name)
    here = typed.places if typed else {BY_NAME[name].title}
    if name == "sign_ons":
        here = {result.signons.source}
    faults = sum(problem.tab in here for problem in result.problems)
    return say("{n} to put right: see To fix", n=faults) if faults else ""


def _about_drafts(result: Result, name: str, found: Preview | None) -> str:
    """What is open about drafts, and what the main one's adoption would mean; "" of other tabs."""
    if name == "if_adopted":
        return in_short(found) if found else say("no draft waits for adoption")
    if name != "statement_draft":
        return ""
    drafts = [(s, s.newest_draft) for s in result.statements if s.drafts]
    if not drafts:
        return say("no draft waits for adoption")
    lines = sum(len(red_lines(result.feedback, s, draft)) for s, draft in drafts if draft)
    return count(lines, "{n} red line is open", "{n} red lines are open")
