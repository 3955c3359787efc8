"""What members and coordinators do in the walk: each kind picks its particulars and says what.

A deed that counts (an answer, a decision, a row of people's) is done on both sides; one that only
changes how the tracker looks is done on the walk's own side alone.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from config.tables import BY_NAME
from connectors.google.book import sheet_id_of
from tests.google_emulator import people
from tests.google_emulator.people.finding import Table
from tests.google_emulator.sheets.typing_in import Rejected
from tests.google_walk.owned import header_row
from tests.google_walk.side import Side

if TYPE_CHECKING:
    from tests.google_walk.walk import Walk

Do = Callable[[Side], None]
Pick = Callable[["Walk", random.Random], Do | None]
NAMES = (
    "Alder Brook Anglers", "Birch Hill Growers", "Cedar Ferry Choir", "Dune Wardens",
    "Elm Street Kitchen", "Fern Valley School", "Gorse Moor Society", "Heron Lake Rowers",
    "Ivy Bridge Readers", "Juniper Park Friends", "Kelp Bay Divers", "Larch Wood Carvers",
    "Maple Court Tenants", "Nettle Lane Bakers", "Oak Mill Weavers", "Pine Ridge Scouts",
)  # fmt: skip
STRANGE = ("=HYPERLINK(1)", "'quoted", "0042", "+44 20 7946", "MARCH1", "Großer Bär e. V.", "1/2")
THEIRS = ("Decision", "Decided by", "Note")
SHARED = (
    "to_decide",
    "to_decide",
    "to_decide",
    "who_has_signed",
    "changes",
    "numbers",
    "every_form_checked",
    "start",
)


@dataclass(frozen=True)
class Deed:
    """A kind of deed.

    Attributes:
        pick: gives what to do on a side, or None where there is nothing to do it to.
        counts: whether what Weaver works out may depend on it.
    """

    pick: Pick
    counts: bool


DEEDS: dict[str, Deed] = {}


def deed(name: str, *, counts: bool = False) -> Callable[[Pick], Pick]:
    """Enter a kind of deed."""

    def entered(pick: Pick) -> Pick:
        DEEDS[name] = Deed(pick, counts)
        return pick

    return entered


# how people find their way


def table(side: Side, name: str) -> Table | None:
    """A tab of Weaver's, whatever people call it now."""
    wanted = sheet_id_of(name)
    found = [sheet for sheet in side.working.sheets if sheet.sheet_id == wanted]
    if not found:
        return None
    return Table(side.working, found[0], header_row(found[0], BY_NAME[name]))


def keyed(side: Side, name: str, title: str) -> dict[str, int]:
    """Key → row, of the rows that have one."""
    found = table(side, name)
    if found is None or title not in found.titles():
        return {}
    place = found.column(title)
    return {str(v): r for r in found.rows() if (v := found.sheet.value(r, place)) is not None}


def put(side: Side, name: str, row: int, title: str, text: str) -> None:
    """Type into a cell; what its drop-down refuses is pasted."""
    found = table(side, name)
    assert found is not None
    place = found.column(title)
    try:
        people.type_cell(side.world, side.working, found.sheet.title, row + 1, place, text)
    except Rejected:
        found.sheet.set(row, place, text)
        side.world.touch(side.working.id)


def some_table(walk: Walk, rng: random.Random) -> tuple[str, Table] | None:
    name = rng.choice(SHARED)
    found = table(walk.main, name)
    return (name, found) if found else None


def some_cell(walk: Walk, rng: random.Random) -> tuple[str, int, int] | None:
    """Title of a tab, row and place of a cell below the header."""
    found = some_table(walk, rng)
    if found is None or not found[1].rows():
        return None
    tab = found[1]
    return tab.sheet.title, rng.choice(tab.rows()), rng.randrange(len(tab.titles()))
