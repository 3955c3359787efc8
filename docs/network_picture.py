"""The map in docs/network.md, of an invented coalition: `python docs/network_picture.py`."""

from __future__ import annotations

import random
from itertools import product
from pathlib import Path

from reports.map import Dot, MapFacts, network_map

OUT = Path(__file__).resolve().parent / "pictures" / "network.svg"
SIZE, ALONE, APART, CIRCLE, MOST = 150, 7, (9, 4, 2), 13, 200_000
_PLACES = (
    "Altvelm", "Brennick", "Coverdale", "Drossel", "Eelby", "Fenwick", "Grenmoor", "Harrow",
    "Ilverton", "Kordava", "Lirath", "Miresk", "Northmere", "Otterwick", "Quindal", "Ravensford",
    "Sarrabe", "Tolvane",
)  # fmt: skip
_KINDS = {
    "Tenants": "housing", "Growers": "food", "Anglers": "rivers", "Cyclists": "transport",
    "Nurses": "health", "Readers": "culture", "Boatmen": "rivers", "Bakers": "food",
    "Teachers": "schools", "Choir": "culture", "Builders": "housing",
}  # fmt: skip


def invented() -> MapFacts:
    """150 organisations: circles with a few ties between them, small parts, and some alone."""
    chance = random.Random(11)
    known = sorted(chance.sample([f"{place} {kind}" for place, kind in product(_PLACES, _KINDS)],
                                 SIZE))  # fmt: skip
    order = chance.sample(range(SIZE), SIZE)
    rest, ties = order[ALONE:], set[tuple[int, int]]()
    for size in APART:
        ties |= _circle(rest[:size], chance)
        rest = rest[size:]
    circles = [rest[start : start + CIRCLE] for start in range(0, len(rest), CIRCLE)]
    for number, circle in enumerate(circles):
        ties |= _circle(circle, chance)
        if number:
            before = circles[chance.randrange(number)]
            ties |= {_tie(chance.choice(circle), chance.choice(before)) for _ in range(2)}
    dots = tuple(Dot(name, _KINDS[name.split()[-1]]) for name in known)
    return MapFacts(
        "Who is close to whom", "An invented coalition of 150 organisations.", dots,
        tuple(sorted(ties)),
    )  # fmt: skip


def _circle(members: list[int], chance: random.Random) -> set[tuple[int, int]]:
    """Each knows one who came before, and some know another."""
    ties = {_tie(one, chance.choice(members[:at])) for at, one in enumerate(members) if at}
    pairs = (chance.sample(members, 2) for _ in range(len(members) * 2 // 3))
    return ties | {_tie(one, other) for one, other in pairs}


def _tie(one: int, other: int) -> tuple[int, int]:
    return min(one, other), max(one, other)


def main() -> None:
    """Draw it."""
    drawn = network_map(invented())
    if len(drawn) > MOST:
        raise SystemExit(f"{OUT} is larger than {MOST} bytes.")
    OUT.write_bytes(drawn)
    print(f"The map is in {OUT}")


if __name__ == "__main__":
    main()
