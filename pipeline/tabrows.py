"""Results as rows of the tracker's tabs, a value per column in the order of `config.tables`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from zoneinfo import ZoneInfo

import pandas as pd

from config.raw import RawTable
from config.tables import BY_NAME, TABLES
from config.words import say
from pipeline.decisions import OURS
from pipeline.drafting import draft_rows
from pipeline.growing.events import grown
from pipeline.growing.plans import hidden, peoples_tabs, shown_now
from pipeline.growing.start import start_rows
from pipeline.letters import letter_key, lines
from pipeline.model import Result
from pipeline.numberrows import (
    counted_in,
    dashboard_rows,
    introduction_rows,
    number_rows,
    over_time_rows,
    part_rows,
    past_months,
    points,
)
from pipeline.preview import Preview, if_adopted_rows, preview
from pipeline.registry import known_names, speaking
from pipeline.sorting import by_name
from pipeline.versions import LATE
from reports.facts import Row, Rows, TabFacts

OUTCOMES = {
    "accepted": "accepted",
    "hold": "on hold",
    "declined": "not accepted",
    "withdrawn": "withdrawn",
    "superseded": "replaced",
    "test": "test",
}
"""Outcome → the word that people see."""
OUR_COLUMNS = len(OURS)
"""Weaver's columns of To decide come first."""
DRAFTS = ("statement_draft", "if_adopted")
SOMETIMES = (
    "to_fix",
    "mail_waiting",
    *DRAFTS,
    "letters",
    "dashboard",
    "introductions",
    "numbers_by_part",
)
"""Tabs that come and go."""
NOTHING_STANDS: Mapping[str, RawTable] = MappingProxyType({})


def tab_facts(
    result: Result,
    zone: ZoneInfo,
    log: Rows,
    title: Callable[[str], str] = str,
    standing: Mapping[str, RawTable] = NOTHING_STANDS,
    mail: Rows = (),
) -> TabFacts:
    """Rows of every tab that Weaver writes or shares.

    Args:
        result: of the run.
        zone: the coalition's.
        log: rows of Weaver's log.
        title: what the coalition calls a tab.
        standing: the tabs of `SOMETIMES` that stand in the tracker, by table. One that isn't
            needed is only made when it has rows; where it stands, it is emptied again.
        mail: rows of Mail waiting.
    """
    found = preview(result)
    come = _sometimes(result, found, standing) | {"mail_waiting": mail}
    sometimes = {
        name: rows for name, rows in come.items()
        if rows or name in standing or (name == "letters" and result.letters)
    }  # fmt: skip
    return TabFacts(
        sometimes
        | {
            "start": tuple(start_rows(result, title, _counts(result, sometimes), found, zone)),
            "to_decide": tuple(to_decide_rows(result)),
            "who_has_signed": tuple(_who_rows(result)),
            "changes": result.answers,
            "numbers": tuple(number_rows(result)),
            "every_form_checked": tuple(_checked_rows(result, zone)),
            "numbers_over_time": tuple(over_time_rows(result)),
            "weaver_s_log": log,
        },
        {
            "start": {title(table.title): table.name for table in TABLES},
            "numbers": counted_in(result),
        },
        peoples_tabs(result),
        hidden(result),
        shown_now(result),
    )


def _sometimes(
    result: Result, found: Preview | None, standing: Mapping[str, RawTable]
) -> dict[str, Rows]:
    """Rows of the tabs that come and go."""
    draft = tuple(draft_rows(result.statements, result.feedback, result.today))
    asks = found is not None and found.draft.change == "must-re-confirm"
    lines = tuple(if_adopted_rows(found)) if found and asks else ()
    come = grown(result)
    return {
        "to_fix": tuple(_to_fix_rows(result)),
        "statement_draft": _with_gone("statement_draft", draft, standing),
        "if_adopted": _with_gone("if_adopted", lines, standing),
        "letters": _with_gone("letters", tuple(_letter_rows(result)), standing, True),
        "dashboard": _with_gone(
            "dashboard", tuple(dashboard_rows(result)) if come["dashboard"] else (), standing, True
        ),
        "numbers_by_part": _with_gone(
            "numbers_by_part",
            tuple(_parts(result, standing)) if come["numbers_by_part"] else (),
            standing,
            True,
        ),
        # Ten at a time: those that are over make room, so this tab is replaced as a whole.
        "introductions": tuple(introduction_rows(result)) if come["introductions"] else (),
    }


def _parts(result: Result, standing: Mapping[str, RawTable]) -> Iterator[Row]:
    """Rows of Numbers by part, and the months that stand there and are not counted again."""
    rows = list(part_rows(result))
    tab = standing.get("numbers_by_part")
    yield from rows
    if tab is not None:
        now = {row[0] for row in rows}
        yield from (row for row in past_months(result, tab) if row[0] not in now)


def _with_gone(
    name: str, rows: Rows, standing: Mapping[str, RawTable], even_alone: bool = False
) -> Rows:
    """The rows, and a blank one for each key that stands there and is no longer among them."""
    key, *others = BY_NAME[name].columns
    if not (rows or even_alone) or name not in standing or key.title not in standing[name].header:
        return rows
    at, now = standing[name].header.index(key.title), {row[0] for row in rows}
    gone = dict.fromkeys(row[at] for row in standing[name].rows if row[at] not in now)
    blank = (None,) * (len(others) - 1)
    return (*rows, *((old, say("no longer there"), *blank) for old in gone if old))


def to_decide_rows(result: Result) -> Iterator[Row]:
    """Open matters always; settled ones where their row is still there; finished ones closed."""
    tab = result.to_decide
    current = {matter.key: matter for matter in result.matters}
    known = {record.key for record in result.known.matters}
    for matter in result.matters:
        untouchable = matter.key in tab.present and matter.key not in tab.rows
        # a lapse is decided elsewhere, and can only be taken back here
        fresh = matter.kind == "lapse" and matter.key not in known
        if untouchable or not (matter.open or fresh or matter.key in tab.present):
            continue
        yield (
            matter.key, matter.since, matter.organisation, matter.what, matter.why,
            matter.evidence, matter.suggestion, matter.nothing, matter.status,
            matter.gravity[0] + 1, None, None, None,
        )  # fmt: skip
    for record in result.known.matters:
        if record.key in tab.rows and record.key not in current:
            cells = tab.rows[record.key]
            yield (
                record.key, record.since, record.organisation, cells["What is it"], cells["Why"],
                cells["Evidence"], "", say("Nothing is left to decide."), "settled",
                None, None, None, None,
            )  # fmt: skip


def _who_rows(result: Result) -> Iterator[Row]:
    for row in by_name(result.organisations).to_dict("records"):
        yield (
            row["id"], row["name"], row["standing"], _day(row["since"]), row["level"],
            row["parent"], row["signatory"], row["role"], row["version"], row["agreed"],
            row["may_list"], "yes" if row["listed"] else "no", row["why_not"], row["country"],
            row["district"], ", ".join(row["sector"]), _day(row["confirm_by"]),
            "; ".join(row["letters"]), row["signons"],
            "; ".join(row["aliases"]), row["next_step"],
        )  # fmt: skip
    yield from _merged_rows(result)


def _merged_rows(result: Result) -> Iterator[Row]:
    """Ids that were merged keep their row, so that none stays behind with an old standing."""
    known = {row.id: row.name for row in result.organisations.itertuples()}
    _, merged = known_names(result.ledger.organisations)
    for record in result.ledger.organisations:
        if record.survivor:
            home = merged[record.id]
            same = say(
                "The same organisation as {name} ({id}).", name=known.get(home, home), id=home
            )
            yield (record.id, record.name, say("merged"), *[None] * 9, same, *[None] * 8)


def _checked_rows(result: Result, zone: ZoneInfo) -> Iterator[Row]:
    names = dict(zip(result.organisations["id"], result.organisations["name"], strict=True))
    titles = {statement.name: statement.title for statement in result.statements}
    ordered = result.every_form.sort_values(["received", "key"], na_position="last", kind="stable")
    for row in ordered.to_dict("records"):
        yield (
            row["key"], local_time(row["received"], zone), row["organisation"],
            row["signing_as"] or "organisation", titles[row["statement"]], row["version"],
            say(row["version_by"]),
            OUTCOMES[row["outcome"]],
            ", ".join(row["labels"]), " ".join(row["rules"]), " ".join(row["reasons"]),
            names.get(row["organisation_id"], ""), row["because"],
        )  # fmt: skip


def _letter_rows(result: Result) -> Iterator[Row]:
    names = by_name(result.organisations).set_index("id")["name"].to_dict()
    place = {identity: at for at, identity in enumerate(names)}
    members = result.facts.members(result.today)
    for letter in result.letters:
        spoken = speaking(letter.forms) if len(letter.forms) else {}
        found = lines(letter, result.today, result.facts)
        for home, stands, since, listing in sorted(found, key=lambda line: place[line[0]]):
            form = spoken.get(home, {})
            yield (
                letter_key(letter.statement, home), letter.statement.title, names[home],
                (say("member") if home in members else say("not a member"))
                + (say(", late") if form.get("late") == LATE else ""), say(stands), since,
                form.get("signatory"), form.get("version"), "yes" if listing.listed else "no",
                listing.why_not,
            )  # fmt: skip


def local_time(moment: pd.Timestamp, zone: ZoneInfo) -> dt.datetime | None:
    """The moment on the coalition's clock, without zone, as spreadsheets hold times."""
    if pd.isna(moment):
        return None
    local: dt.datetime = moment.tz_convert(zone).to_pydatetime()
    return local.replace(tzinfo=None, microsecond=0)


def _to_fix_rows(result: Result) -> Iterator[Row]:
    for problem in result.problems:
        yield (
            problem.tab, problem.row or None, problem.column, problem.found, problem.problem,
            problem.remedy,
        )  # fmt: skip


def _counts(result: Result, sometimes: Mapping[str, Rows]) -> dict[str, int]:
    """Table → rows in its tab, of all tabs that are in use; what comes and goes among them."""
    return {
        "sign_ons": len(result.forms), "to_decide": len(result.matters),
        "who_has_signed": len(result.organisations), "changes": len(result.answers),
        "to_fix": len(result.problems), "every_form_checked": len(result.every_form),
        "numbers": sum(1 for _ in number_rows(result)),
        "numbers_over_time": len(points(result)),
    } | {name: table.rows for name, table in result.typed.items()} | {
        name: len(rows) for name, rows in sometimes.items() if name != "to_fix"
    }  # fmt: skip


def _day(stamp: pd.Timestamp) -> dt.date | None:
    return None if pd.isna(stamp) else stamp.date()
