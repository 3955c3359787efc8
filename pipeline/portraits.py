"""Pictures of how a coalition stands, one for each pattern in docs/worked.

Each function turns what a run came to into the facts of a picture; `reports` draws it. What the
numbers hide because it would point at somebody, the pictures hide too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from config.words import say
from pipeline.figures import as_typed, plain, shown_number
from pipeline.metrics.model import Metric, Value
from pipeline.metrics.registry import BY_CODE
from pipeline.metrics.steps import Lever, levers
from pipeline.metrics.values import members
from pipeline.metrics.vision import STATUSES, Guest, leaders, vision
from pipeline.model import Result
from pipeline.network.export import export
from reports.bars import Bar, Bars


def shares(result: Result, title: str, codes: Iterable[str]) -> Bars:
    """A bar for each of the numbers that is a share of something and has data.

    Args:
        result: of a run.
        title: of the picture.
        codes: of the numbers, from the top.
    """
    bars = [_share(BY_CODE[code], value) for code, value in _known(result, codes)]
    return Bars(title, tuple(bars), 1.0)


def _share(metric: Metric, value: Value) -> Bar:
    return Bar(metric.title, (("", value.value or 0.0),), shown_number(metric, value))


def _known(result: Result, codes: Iterable[str]) -> Iterator[tuple[str, Value]]:
    """Codes and values of those that have data."""
    for code in codes:
        value = result.values.get(code)
        if value is not None and value.value is not None:
            yield code, value


def celebration(result: Result) -> Bars:
    """A bar per guest of the celebration: how many of those wanted are here, and hold a role.

    The last bar is of those who hold a role: how many of them are guests.
    """
    guests = vision(result.context)
    bars = [_guest(guest) for guest in guests]
    return Bars(say("Who would celebrate, and who is here"), (*bars, _power(result, guests)), 1.0)


def _guest(guest: Guest) -> Bar:
    led, here = min(guest.led, guest.wanted), min(guest.here, guest.wanted)
    pieces = (
        (say("holds a role"), led / guest.wanted),
        (say("joined"), (here - led) / guest.wanted),
    )
    status = say(STATUSES[guest.status])
    if guest.here:
        status = say("{n} of {all} here", n=here, all=guest.wanted)
    return Bar(guest.name, pieces, status)


def _power(result: Result, guests: Iterable[Guest]) -> Bar:
    leading = leaders(result.context)
    frame = members(result.context)
    names = set(frame["name"][frame["id"].isin(leading)])
    invited = names & {name for guest in guests for name in guest.fits}
    share = len(invited) / len(names) if names else 0.0
    text = say("{n} of {all}", n=len(invited), all=len(names))
    return Bar(say("Of those who hold a role: guests"), ((say("holds a role"), share),), text)


def shifting(result: Result) -> Bars:
    """A bar per lever: how much of the way from its baseline to its target is behind us."""
    bars = tuple(_lever(lever) for lever in levers(result.context))
    return Bars(say("How far the levers have shifted"), bars, 1.0)


def _lever(lever: Lever) -> Bar:
    way = min(max(lever.way or 0.0, 0.0), 1.0)
    return Bar(_with_group(lever), ((say("behind us"), way),), _way(lever))


def _with_group(lever: Lever) -> str:
    if not lever.group:
        return lever.name
    return say("{lever} ({group})", lever=lever.name, group=lever.group)


def _way(lever: Lever) -> str:
    """From where, to where it stands, and where it shall be by when."""
    now, target = lever.latest, lever.target
    if lever.baseline is None or now is None or target is None:
        return say("no figure yet")
    told = say("{then} → {now}, aim {target}", then=as_typed(lever.baseline), now=as_typed(now),
               target=as_typed(target))  # fmt: skip
    return told + (say(" by {day}", day=f"{lever.by:%b %Y}") if lever.by else "")


def belonging(result: Result) -> Bars:
    """A bar for each share of each community, beside its share of the members.

    What C25 hides isn't drawn; where it hides everything, the one bar says why.
    """
    title, value = say("Presence, seats, speaking, help"), result.values.get("C25")
    if value is None or value.value is None:
        why = value.why if value else say("nobody is asked about communities")
        return Bars(title, (Bar(say("Not shown"), (), why),), 1.0)
    return Bars(title, tuple(_portion(name, share) for name, share in value.details), 1.0)


def _portion(name: str, share: float) -> Bar:
    of = name.rpartition(": ")[2]
    return Bar(name, ((of, share),), f"{share:.0%}")


def close(result: Result) -> str:
    """The map of who is close to whom, everybody in it, as SVG; "" where there are too many.

    It names those who stand alone: it is for coordinators.
    """
    files = export(result.context, everyone=True).files
    maps = [content for name, content in sorted(files.items()) if name.endswith(".svg")]
    return maps[0].decode("utf-8") if maps else ""


def reported(result: Result) -> Bars:
    """Who reports, what the media carry, and where decision-makers stand, as shares."""
    found = shares(result, say("What we can tell of"), ("S11", "P2", "I3", "I4", "I5", "I11"))
    return Bars(found.title, (*found.bars, *_positions(result)), 1.0)


def _positions(result: Result) -> Iterator[Bar]:
    """A bar for each position that a decision-maker takes."""
    value = result.values.get("I6")
    taken = [(name, number) for name, number in value.details if number] if value else []
    everybody = sum(number for _, number in taken)
    for name, number in taken:
        text = say("{n} of {all}", n=plain(number), all=plain(everybody))
        yield Bar(
            say("Decision-makers: {position}", position=name), (("", number / everybody),), text
        )
