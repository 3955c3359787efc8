"""Why two should meet and who could see to it, in sentences that a coordinator can act on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from config.text import fold, shorten
from config.words import count, say
from pipeline.network.fitting import Circumstances, Pair, Thing

_HELPERS = 3
"""So many are named who could do it."""


@dataclass(frozen=True)
class Bridge:
    """What an introduction would join.

    Attributes:
        one, other: keys of the two.
        sizes: organisations on the side of each, itself included.
        connector: the key of who alone connects the sides today; "" where nobody does.
        second: another introduction of the same two sides comes before it.
    """

    one: str
    other: str
    sizes: tuple[int, int]
    connector: str = ""
    second: bool = False


def reason(given: Circumstances, bridge: Bridge, plain: bool) -> str:
    """One sentence: what would change, and what the two share.

    Args:
        given: what is known of them.
        bridge: what it would join.
        plain: it may say who of them has no tie.
    """
    common = shared(given, bridge.one, bridge.other)
    alone = not bridge.connector and 1 in bridge.sizes
    gain = _tact(bridge) if alone and not plain else _gain(given, bridge)
    return say("{gain}; {common}.", gain=gain, common=common) if common else f"{gain}."


def helper(given: Circumstances, pair: Pair, plain: bool) -> str:
    """Who could bring the two together; nobody who must be kept apart from one of them.

    Args:
        given: what is known of them.
        pair: the two.
        plain: it may say that nobody is close to one of them.
    """
    names = given.network.names
    if both := given.between(pair):
        listed = _listed([_short(names[who]) for who in both][:_HELPERS])
        return say("{names}: close to both", names=listed)
    if beside := given.beside(pair):
        near = sorted(beside, key=lambda each: (len(given.close[each[0]]), names[each[0]], each))
        who, one = near[0]
        if not plain:
            return _short(names[who])
        return say("{name}: close to {one}", name=_short(names[who]), one=_short(names[one]))
    return say("you yourselves: nobody is close to either") if plain else say("you yourselves")


def question(first: str, second: str, why: str, who: str) -> str:
    """The introduction as something to answer with yes or no."""
    return say(
        "Shall {first} and {second} meet? {why} (Who could do it: {who})",
        first=_short(first), second=_short(second), why=why, who=who,
    )  # fmt: skip


def shared(given: Circumstances, one: str, other: str) -> str:
    """What both name, as a clause; "" for nothing."""
    common = sorted(given.shared(one, other))
    kinds = {
        "sector": say("work on {names}"), "district": say("are in {names}"),
        "group": say("sit in the group {names}"),
    }  # fmt: skip
    said = [
        text.format(names=_listed(_shown(given, common, kind)))
        for kind, text in kinds.items()
        if any(thing[0] == kind for thing in common)
    ]
    return say("both {what}", what=_listed(said)) if said else ""


def _tact(bridge: Bridge) -> str:
    """The same whichever of the two it is: who stands alone is nobody else's business."""
    if max(bridge.sizes) == 1:
        return say("They don't know of each other yet, as far as we were told")
    few = count(max(bridge.sizes), "{n} organisation", "{n} organisations")
    return say(
        "They don't know of each other yet, as far as we were told; it would open the way to {few}",
        few=few,
    )  # fmt: skip


def _gain(given: Circumstances, bridge: Bridge) -> str:
    names, (mine, theirs) = given.network.names, bridge.sizes
    one, other = _short(names[bridge.one]), _short(names[bridge.other])
    if bridge.connector:
        return _relies(one, other, _short(names[bridge.connector]), mine, theirs)
    if mine == theirs == 1:
        return say("No tie of either is known yet")
    if mine == 1 or theirs == 1:
        alone, open_to = (one, other) if mine == 1 else (other, one)
        few = count(
            max(bridge.sizes), "{n} organisation", "{n} organisations"
        )  # fmt: skip
        pattern = (
            say("{alone} is wanted, and no tie of it is known yet; {other} would open the way to "
                "{few}")
            if (bridge.one if mine == 1 else bridge.other) in given.network.wanted
            else say("No tie of {alone} is known yet, and {other} would open the way to {few}")
        )  # fmt: skip
        return pattern.format(alone=alone, other=open_to, few=few)
    if bridge.second:
        return say(
            "A second tie beside the one above, so that the {mine} organisations around {one} and "
            "the {theirs} around {other} don't hang on a single one",
            mine=mine, one=one, theirs=theirs, other=other,
        )  # fmt: skip
    return say(
        "Nothing connects the {mine} organisations around {one} with the {theirs} around {other} "
        "today",
        mine=mine, one=one, theirs=theirs, other=other,
    )  # fmt: skip


def _relies(one: str, other: str, connector: str, mine: int, theirs: int) -> str:
    if mine == theirs == 1:
        return say(
            "{one} and {other} reach each other through {connector} alone",
            one=one, other=other, connector=connector,
        )  # fmt: skip
    return say(
        "{connector} alone connects the {mine} on the side of {one} with the {theirs} on the side "
        "of {other}",
        connector=connector, mine=mine, one=one, theirs=theirs, other=other,
    )  # fmt: skip


def _shown(given: Circumstances, common: Sequence[Thing], kind: str) -> list[str]:
    """In quotes, as a sector may be called “Farming, food and land”."""
    names = sorted((_short(given.shown[t]) for t in common if t[0] == kind), key=fold)
    return [say("“{name}”", name=name) for name in names]


def _short(name: str) -> str:
    return shorten(name, 60)


def _listed(names: Sequence[str]) -> str:
    """One, two and three."""
    if len(names) < 2:
        return "".join(names)
    return say("{most} and {last}", most=", ".join(names[:-1]), last=names[-1])
