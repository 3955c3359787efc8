"""Pictures of agreeing, inviting, breaking what was agreed, and looking after each other.

As those of `portraits`: each function turns what a run came to into the facts of a picture.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from config.tables.relations import HELP_KINDS
from config.words import count, say
from pipeline.figures import plain
from pipeline.metrics.connect import contacted, prospects, with_joining
from pipeline.metrics.points import Agreed, agreement
from pipeline.metrics.support import Year, two_years
from pipeline.metrics.values import accepted, filled, until_today
from pipeline.model import Result
from reports.bars import COLOURS, Bar, Bars

GRAVE = frozenset({"suspend", "remove", "hide now"})
"""What follows a breach."""
LAST = 8
"""So many days of a story are drawn."""
GOOD, FAIR, WARNING, GRAVEST, SILENT = (COLOURS[at] for at in (0, 2, 3, 4, 5))


def principles(result: Result) -> Bars:
    """A bar per principle or policy in force: how many forms say yes, no, or nothing."""
    version = result.statements[0].in_force(result.today)
    texts = {point.id: point.text for point in version.points} if version else {}
    bars = [_principle(one, texts[one.point]) for one in agreement(result.context)]
    colours = (GOOD, WARNING, SILENT)
    return Bars(say("Agreement, principle by principle"), tuple(bars), colours=colours)


def _principle(one: Agreed, text: str) -> Bar:
    pieces = (
        (say("yes"), float(one.yes)),
        (say("no, or under a condition"), float(one.answered - one.yes)),
        (say("left blank"), float(one.forms - one.answered)),
    )
    label = say("{point} {words}", point=one.point, words=text.rstrip("."))
    return Bar(label, pieces, say("{n} of {all}", n=one.yes, all=one.answered))


def invited(result: Result) -> Bars:
    """From the organisations wanted to those that signed, and who says who brought them."""
    steps = tuple(_steps(result)) if "outreach" in result.typed else ()
    return Bars(
        say("From the invitation to the list"), (*steps, _brought(result)),
        colours=(GOOD, FAIR, SILENT),
    )  # fmt: skip


def _steps(result: Result) -> Iterator[Bar]:
    """Wanted, contacted, answered, signed; each is a part of the one before, but the last."""
    context = result.context
    spoken = contacted(context)
    joined = with_joining(spoken, context)
    steps = (
        (say("Wanted"), len(prospects(context))),
        (say("Contacted"), len(spoken)),
        (say("Answered"), int(until_today(spoken["replied"], context).sum())),
        (say("Signed after we contacted them"),
         int((joined["joined_on"] >= joined["first_contact"]).sum())),
    )  # fmt: skip
    for label, n in steps:
        text = say("{n} of {all}", n=n, all=steps[0][1])
        yield Bar(label, ((say("of those that we want"), float(n)),), text)


def _brought(result: Result) -> Bar:
    brought = accepted(result.context)["referred_by"]
    told = int(filled(brought).sum())
    pieces = (
        (say("say who brought them"), float(told)),
        (say("don't say"), float(len(brought) - told)),
    )
    text = say("{n} of {all} were brought", n=told, all=len(brought))
    return Bar(say("All that have signed"), pieces, text)


def breaches(result: Result) -> Bars:
    """A bar for each day on which somebody was suspended, removed, hidden or taken back."""
    bars = tuple(_that_day(result, day) for day in _days(result))
    return Bars(say("Where the organisations stood"), bars, colours=(GOOD, FAIR, WARNING, GRAVEST))


def _days(result: Result) -> list[dt.date]:
    """The day before the first such change, the days of the last ones, and today."""
    today = result.today
    grave = [change for change in result.known.changes if change.change in GRAVE]
    turns = {day for c in grave for day in (c.holds_from, c.undone_on) if day and day <= today}
    days = sorted(turns | {today})
    before = [min(turns) - dt.timedelta(days=1)] if turns else []
    return (before + days)[-LAST:]


def _that_day(result: Result, day: dt.date) -> Bar:
    facts = result.facts
    members, listed = facts.members(day), facts.listed(day)
    stood = [facts.standing(one, day).standing for one in sorted(facts.known())]
    out = {name: stood.count(name) for name in ("suspended", "removed")}
    pieces = (
        (say("members named in public"), float(len(members & listed))),
        (say("members not named"), float(len(members - listed))),
        (say("suspended"), float(out["suspended"])),
        (say("removed"), float(out["removed"])),
    )
    text = ", ".join(say("{n} {kind}", n=plain(n), kind=kind) for kind, n in pieces[2:] if n)
    told = count(len(members), "{n} member", "{n} members") + (f", {text}" if text else "")
    return Bar(day.isoformat(), pieces, told)


def support(result: Result) -> Bars:
    """Hours of help per member by kind, in the twelve months before and in these."""
    before, now = two_years(result.context) if "help" in result.typed else (None, None)
    bars = [
        _per_member(label, year)
        for label, year in ((say("The year before"), before), (say("This year"), now))
        if year is not None and year.members
    ]
    return Bars(say("Hours of help per member"), tuple(bars))


def _per_member(label: str, year: Year) -> Bar:
    hours = year.requests.groupby("kind")["hours"].sum()
    pieces = tuple((say(kind), float(hours.get(kind, 0.0)) / year.members) for kind in HELP_KINDS)
    whole = float(year.requests["hours"].sum())
    text = say("{hours} hours, {each} each", hours=plain(whole), each=f"{whole / year.members:.1f}")
    many = count(year.members, "{n} member", "{n} members")
    return Bar(say("{year}: {many}", year=label, many=many), pieces, text)
