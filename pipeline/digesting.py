"""The facts of the coordinators' weekly digest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import Any

import pandas as pd

from config.settings import Settings
from config.statement import day_of
from config.tables import BY_NAME, TO_FIX, WHO
from config.tables.later import MAIL_WAITING
from config.words import count, say
from pipeline import matters
from pipeline.asking import asks, collided, goals, introducing, readings
from pipeline.figures import change_since, shown_number
from pipeline.mailing.quiet import GOES_ON
from pipeline.metrics.registry import BY_CODE
from pipeline.metrics.rows import gone
from pipeline.metrics.values import chapters, until_today
from pipeline.model import Result
from pipeline.parties import PARTY
from pipeline.sharing import good
from pipeline.sorting import by_name
from reports.facts import DigestFacts, Due, Figure, Matter, Moved, Point, Read, Titles, Told
from reports.wording import short_day

WEEKS_SHOWN = 53
NEXT_DAYS = 7
HEADLINES = ("A2", "A3", "A4", "A8", "A12", "C2", "C3", "C6", "C14", "P4", "P8", "P9", "I1", "Q1")
"""Numbers of the digest, in its order; those of tabs in use are shown."""
Title = Callable[[str], str]
"""A table's name → what the coalition calls its tab."""


def digest_facts(
    result: Result, settings: Settings, week: tuple[dt.date, dt.date] | None = None
) -> DigestFacts:
    """All that the digest may say; of that week (the last complete one) and of today."""
    start, end = week or result.clock.week
    eve, close = start - dt.timedelta(days=1), end - dt.timedelta(days=1)
    names = _names(result)
    before, after = result.facts.members(eve), result.facts.members(close)
    listed_before, listed = result.facts.listed(eve), result.facts.listed(result.today)
    waiting = [matter for matter in result.matters if matter.open]
    goal, goal_day = _member_target(result)
    title = _title(settings)
    read, sides = readings(result)
    parts, wholes = chapters(result.organisations.loc[result.organisations["id"].isin(after)])
    return DigestFacts(
        coalition=settings.coalition.name,
        people=settings.coalition.people,
        as_of=result.today,
        week_start=start,
        week_end=end,
        read=tuple(_read(result)),
        members=len(after),
        members_before=len(before),
        listed=len(listed),
        public_list=_sorted(result, listed),
        newly_listed=_sorted(result, listed - listed_before),
        taken_off=_sorted(result, listed_before - listed),
        joined=tuple(_joined(result, after - before, names, close)),
        left=tuple(_left(result, before - after, names, close)),
        to_decide=len(waiting),
        drafts=sum(message.state == "draft" for message in result.known.messages),
        oldest=_matter(min(waiting, key=lambda m: (m.since, m.gravity))) if waiting else None,
        gravest=tuple(_matter(matter) for matter in waiting[:3]),
        coming=tuple(_coming(result, title)),
        promises=tuple(_promises(result, title)),
        odd=(*_odd(result), *_collided(result, settings)),
        good=tuple(good(result, start, end, title)),
        figures=tuple(_figures(result)),
        history=_history(result),
        results=settings.results,
        target=goal,
        target_by=goal_day,
        to_fix=len(result.problems),
        chapters=parts,
        parents=wholes,
        readings=read,
        sides=sides,
        goals=tuple(goals(result)),
        introductions=tuple(introducing(result)),
        asks=tuple(asks(result)),
        titles=Titles(title(WHO.name), title(TO_FIX.name), title("numbers"), title("mail_waiting")),
        quiet=tuple(_quiet(result, title)),
    )


def _quiet(result: Result, title: Title) -> Iterator[str]:
    """That these are quiet days, and what is held."""
    if (quiet := result.quiet) is None:
        return
    held = sum(
        m.edition not in GOES_ON and m.state in ("draft", "waiting") for m in result.known.messages
    )
    asked = sum(matter.kind == PARTY and matter.open for matter in result.matters)
    parts = [
        say("Quiet days {days}.", days=quiet.days),
        count(held, "{n} mail waits for their end in {tab}.", "{n} mails wait for their end in "
              "{tab}.", tab=title(MAIL_WAITING.name)) if held
        else say("Mail that asks members for something waits for their end."),
        say("Where decision-makers stand is hidden.") if result.hidden & result.values.keys()
        else "",
        count(asked, "To decide asks about {n} party or candidate.",
              "To decide asks about {n} parties or candidates.") if asked else "",
        say("This is no legal advice."),
    ]  # fmt: skip
    yield " ".join(filter(None, parts))


def _title(settings: Settings) -> Title:
    return lambda name: settings.tracker.title(BY_NAME[name].title)


def _names(result: Result) -> dict[str, str]:
    return dict(zip(result.organisations["id"], result.organisations["name"], strict=True))


def _sorted(result: Result, ids: set[str]) -> tuple[str, ...]:
    chosen = result.organisations.loc[result.organisations["id"].isin(ids)]
    return tuple(by_name(chosen)["name"])


def _read(result: Result) -> Iterator[Read]:
    """What could not be read comes first, whole tabs before rows."""
    for problem in result.problems:
        if not problem.row and not problem.column:
            yield Read(problem.tab, 0, 0, f"{problem.problem} {problem.remedy}")
    signons = [p.row for p in result.signons.problems if p.row]
    yield Read(say("Sign-ons"), len(result.forms), len(set(signons)))
    for table in result.typed.values():
        if not table.kept and not table.parts:
            continue  # what members report elsewhere, told as rows of a tab that nobody has
        rows = {p.row for p in result.problems if p.tab == table.title and p.row}
        yield Read(table.title, table.read, len(rows))


def _joined(
    result: Result, ids: set[str], names: dict[str, str], close: dt.date
) -> Iterator[Moved]:
    for identity in sorted(ids, key=lambda i: names[i].casefold()):
        since = result.facts.standing(identity, close).since or close
        yield Moved(names[identity], say("joined"), since)


def _left(result: Result, ids: set[str], names: dict[str, str], close: dt.date) -> Iterator[Moved]:
    words = {"withdrawn": say("withdrew"), "suspended": say("was suspended"),
             "removed": say("was removed"), "pending": say("is in question again"),
             "declined": say("is accepted no longer"),
             "lapsed": say("did not re-confirm"), "none": say("is gone from the list")}  # fmt: skip
    for identity in sorted(ids, key=lambda i: names[i].casefold()):
        standing = result.facts.standing(identity, close)
        what = words.get(standing.standing, standing.standing)
        yield Moved(names[identity], what, standing.since or close)


def _matter(matter: matters.Matter) -> Matter:
    return Matter(matter.organisation, matter.what, matter.why, matter.since, matter.suggestion)


def _coming(result: Result, title: Title) -> Iterator[Due]:
    """Meetings, decisions of boards and what else has a date in the next seven days."""
    until = result.today + dt.timedelta(days=NEXT_DAYS)
    found: list[Due] = []
    if (meetings := result.typed.get("meetings")) is not None:
        for column in ("date", "next_date"):
            found += [
                Due(row[column].date(), str(row["name"]), str(row["group"]), tab=title("meetings"))
                for row in _between(meetings.frame, column, result.today, until)
            ]
    boards = result.forms.loc[result.forms["outcome"] == "hold"]
    for row in _between(boards, "decided_by_board_on", result.today, until):
        what = say("Its board decides on signing")
        day, tab = row["decided_by_board_on"].date(), title("every_form_checked")
        found.append(Due(day, what, str(row["organisation"]), tab=tab))
    found += _last_days(result, until, title)
    if (outreach := result.typed.get("outreach")) is not None:
        for row in _between(outreach.frame, "answer_expected_by", result.today, until):
            day = row["answer_expected_by"].date()
            what, tab = say("Answer expected"), title("outreach")
            found.append(Due(day, what, str(row["organisation"]), tab=tab))
    if (decisions := result.typed.get("decisions")) is not None:
        found += _decided(decisions.frame, result.today, until, title("decisions"))
    yield from sorted(set(found), key=lambda due: (due.on, due.what, due.who))


def _decided(frame: pd.DataFrame, start: dt.date, end: dt.date, tab: str) -> Iterator[Due]:
    """What the coalition decided to have done by then, or to look at again."""
    for row in _between(frame, "due", start, end):
        yield Due(row["due"].date(), _decision(row), str(row["owner"]), tab=tab)
    for row in _between(frame, "revisit_on", start, end):
        what = say("To look at again: {decision}", decision=_decision(row))
        yield Due(row["revisit_on"].date(), what, str(row["body"]), tab=tab)


def _decision(row: Mapping[Hashable, Any]) -> str:
    return str(row["decision"]).rstrip(".") or say("a decision without words")


def _last_days(result: Result, until: dt.date, title: Title) -> Iterator[Due]:
    """The end of a re-confirmation, and the closing of a letter."""
    for statement in result.statements:
        version = statement.in_force(result.today)
        if version is None:
            continue
        asked = int((result.organisations["standing"] == "reaffirm").sum())
        last = version.reconfirm_by
        if statement is result.statements[0] and last and result.today <= last < until and asked:
            told = say("The last day to re-confirm version {version}", version=version.version)
            waiting = count(asked, "{n} has yet to answer", "{n} have yet to answer")
            yield Due(last, told, waiting, tab=title(WHO.name))
        for moment, what in ((version.sign_by, say("Sign-ons are asked for until this day")),
                             (version.closes, say("Sign-ons close"))):  # fmt: skip
            day = day_of(moment)
            if day and result.today <= day < until:
                yield Due(day, what, statement.title)


def _between(
    frame: pd.DataFrame, column: str, start: dt.date, end: dt.date
) -> list[dict[Hashable, Any]]:
    if column not in frame:
        return []
    inside = (frame[column] >= pd.Timestamp(start)) & (frame[column] < pd.Timestamp(end))
    return frame.loc[inside].to_dict("records")


def _promises(result: Result, title: Title) -> Iterator[Due]:
    """Promises not done that are overdue or due in the next seven days.

    One whose day can't be read may be done: nobody is called for it. Nor is anybody who has left.
    """
    table = result.typed.get("promises")
    if table is None or not {"due", "done"} <= table.present:
        return
    until = pd.Timestamp(result.today + dt.timedelta(days=NEXT_DAYS))
    rows = result.context.tables["promises"]
    rows = rows[~table.unread_in(("due", "done")).to_numpy()]
    open_ = ~until_today(rows["done"], result.context)
    due = rows[open_ & (rows["due"] < until) & ~gone(rows["organisation_id"], result.context)]
    for row in due.sort_values(["due", "organisation"]).to_dict("records"):
        day = row["due"].date()
        who = ", ".join(part for part in (row["organisation"], row["who"]) if part)
        yield Due(day, row["what"], who, overdue=day < result.today, tab=title("promises"))


def _collided(result: Result, settings: Settings) -> Iterator[Told]:
    """Where decision-makers stand in a spreadsheet that only few may open, nobody is named."""
    apart = bool(settings.google and settings.google.restricted)
    tab = _title(settings)("decision_makers")
    return (Told(question, tab) for question in collided(result, apart))


def _odd(result: Result) -> Iterator[Told]:
    """What somebody should glance at, though nothing is wrong for sure."""
    gone = sum(matter.kind == "vanished" and matter.open for matter in result.matters)
    if gone:
        told = count(
            gone,
            "{n} form that was there before is gone; To decide asks about it.",
            "{n} forms that were there before are gone; To decide asks about each.",
        )
        yield Told(told)
    start, end = result.clock.week
    day = result.forms["day"]
    week = result.forms.loc[(day >= pd.Timestamp(start)) & (day < pd.Timestamp(end))]
    usual = result.forms.loc[day < pd.Timestamp(start)].groupby("day").size()
    busiest = week.groupby("day").size()
    if len(usual) >= 10 and not busiest.empty and busiest.max() >= max(6, 4 * usual.median()):
        busy = short_day(pd.Timestamp(str(busiest.idxmax())))
        told = say("{n} forms came in on {day}; that is far more than on other days.",
                   n=int(busiest.max()), day=busy)  # fmt: skip
        yield Told(told)


def _figures(result: Result) -> Iterator[Figure]:
    for code in HEADLINES:
        value = result.values.get(code)
        if value is None:
            continue
        metric = BY_CODE[code]
        yield Figure(
            code, metric.title, shown_number(metric, value), metric.definition,
            change_since(result, metric, value), value.why,
        )  # fmt: skip


def _history(result: Result) -> tuple[Point, ...]:
    """Members at the end of each of the last weeks, from the first sign-on on."""
    last = result.clock.week[1] - dt.timedelta(days=1)
    days = [last - dt.timedelta(weeks=back) for back in range(WEEKS_SHOWN - 1, -1, -1)]
    points = [Point(day, n) for day, n in zip(days, result.facts.course(days), strict=True)]
    first = next((at for at, point in enumerate(points) if point.members), len(points))
    return tuple(points[max(0, first - 1) :])


def _member_target(result: Result) -> tuple[int | None, dt.date | None]:
    target = result.aims.get("A2")
    return (int(target.goal), target.by) if target else (None, None)
