"""What coordinators do that only changes how the tracker looks."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from config.tables import BY_NAME
from tests.google_emulator import people
from tests.google_emulator.sheets.cells import EMPTY
from tests.google_emulator.sheets.model import Box
from tests.google_walk.deeds import (
    THEIRS,
    Do,
    deed,
    keyed,
    some_cell,
    some_table,
    table,
)
from tests.google_walk.owned import PEN
from tests.google_walk.side import OWN_TAB, Side

if TYPE_CHECKING:
    from tests.google_walk.walk import Walk

# what only changes how it looks


@deed("write a note on a cell")
def note(walk: Walk, rng: random.Random) -> Do | None:
    if not (at := some_cell(walk, rng)):
        return None
    text = walk.token("ask them")
    return lambda side: people.note(side.world, side.working, at[0], at[1] + 1, at[2], text)


@deed("colour a cell")
def colour(walk: Walk, rng: random.Random) -> Do | None:
    if not (at := some_cell(walk, rng)):
        return None
    return lambda side: people.recolour(side.world, side.working, at[0], at[1] + 1, at[2], **PEN)


@deed("comment")
def comment(walk: Walk, rng: random.Random) -> Do | None:
    if not (at := some_cell(walk, rng)):
        return None
    text = walk.token("who is this?")

    def do(side: Side) -> None:
        people.comment(side.world, side.working, at[0], at[1] + 1, at[2], text)

    return do


@deed("begin an own column")
def own_column(walk: Walk, rng: random.Random) -> Do | None:
    found = some_table(walk, rng)
    if found is None or len(found[1].titles()) > 22:
        return None
    title, tab = walk.token("Ours"), found[1]
    rows = rng.sample(list(tab.rows()), min(3, len(tab.rows())))
    texts = [(row + 1, walk.token("own")) for row in rows]

    def do(side: Side) -> None:
        people.add_own_column(side.world, side.working, tab.sheet.title, title, texts)

    return do


@deed("type into an own column")
def own_cell(walk: Walk, rng: random.Random) -> Do | None:
    found = some_table(walk, rng)
    if found is None or not found[1].rows():
        return None
    tab = found[1]
    own = [place for place, title in enumerate(tab.titles()) if title.startswith("Ours")]
    if not own:
        return None
    at, text = (rng.choice(tab.rows()), rng.choice(own)), walk.token("own")
    return lambda side: people.type_cell(
        side.world, side.working, tab.sheet.title, at[0] + 1, at[1], text
    )


@deed("insert a column")
def insert_column(walk: Walk, rng: random.Random) -> Do | None:
    found = some_table(walk, rng)
    if found is None or len(found[1].titles()) > 22:
        return None
    before = rng.randrange(len(found[1].titles()))
    title = walk.token("Ours") if rng.random() < 0.7 else ""
    return lambda side: people.insert_column(
        side.world, side.working, found[1].sheet.title, before, title
    )


@deed("move a column")
def move_column(walk: Walk, rng: random.Random) -> Do | None:
    found = some_table(walk, rng)
    if found is None:
        return None
    one, other = rng.sample(range(len(found[1].titles())), 2)
    return lambda side: people.move_column(
        side.world, side.working, found[1].sheet.title, one, other
    )


@deed("delete an own column")
def delete_column(walk: Walk, rng: random.Random) -> Do | None:
    found = some_table(walk, rng)
    if found is None:
        return None
    own = [p for p, title in enumerate(found[1].titles()) if title.startswith("Ours")]
    if not own:
        return None
    place = rng.choice(own)
    return lambda side: people.delete_column(side.world, side.working, found[1].sheet.title, place)


@deed("insert rows")
def insert_rows(walk: Walk, rng: random.Random) -> Do | None:
    found = some_table(walk, rng)
    if found is None:
        return None
    first = found[1].top if rng.random() < 0.15 else found[1].top + 1
    at = rng.randrange(first, found[1].sheet.last_row() + 1)
    count, text = rng.randrange(1, 4), walk.token("heading") if rng.random() < 0.4 else ""
    title = found[1].sheet.title

    def do(side: Side) -> None:
        people.insert_rows(side.world, side.working, title, at + 1, count)
        own = [p for p, t in enumerate(found[1].titles()) if t.startswith("Ours")]
        if text and own and at > found[1].top:
            people.type_cell(side.world, side.working, title, at + 1, own[0], text)

    return do


@deed("delete an empty row")
def delete_empty(walk: Walk, rng: random.Random) -> Do | None:
    found = some_table(walk, rng)
    if found is None:
        return None
    tab = found[1]
    last = tab.sheet.last_row()
    empty = [
        row for row in range(last + 3)
        if row < tab.sheet.rows - 1 and all(
            (tab.sheet.cell(row, c) or EMPTY).value is None for c in range(tab.sheet.columns)
        )
    ]  # fmt: skip
    if not empty:
        return None
    at = rng.choice(empty)
    return lambda side: people.delete_rows(side.world, side.working, tab.sheet.title, at + 1)


@deed("move a row")
def move_row(walk: Walk, rng: random.Random) -> Do | None:
    found = table(walk.main, rng.choice(["to_decide", "who_has_signed"]))
    if found is None or len(found.rows()) < 3:
        return None
    one, other = rng.sample(list(found.rows()), 2)
    return lambda side: people.move_row(
        side.world, side.working, found.sheet.title, one + 1, other + 1
    )


@deed("sort a tab")
def sort_tab(walk: Walk, rng: random.Random) -> Do | None:
    found = table(walk.main, rng.choice(["to_decide", "to_decide", "who_has_signed"]))
    if found is None or len(found.rows()) < 2:
        return None
    place, down = rng.randrange(len(found.titles())), rng.random() < 0.5
    return lambda side: people.sort_tab(side.world, side.working, found.sheet.title, place, down)


@deed("sort half of To decide")
def sort_half(walk: Walk, rng: random.Random) -> Do | None:
    """People's three columns alone, where that tears several decisions away, and nothing waits."""
    if walk.half or walk.pending_words():
        return None
    rows = walk.decidable()
    found = table(walk.main, "to_decide")
    assert found or not rows
    places = [found.column(title) for title in THEIRS] if found else []
    cells = {key: tuple(found.sheet.cell(r, c) or EMPTY for c in places) for key, r in rows.items()}
    keys = list(rows)
    order = sorted(
        keys, key=lambda key: (cells[key][1].value is None, str(cells[key][1].value)[::-1])
    )
    # What was never obeyed, or no longer stands there, tells nothing of having moved.
    shown = {key: tuple(str(cell.value or "") for cell in found) for key, found in cells.items()}
    obeyed = {m.key for m in walk.known.matters if m.read[0] and m.read == shown.get(m.key)}
    torn = sum(old in obeyed and new != old for old, new in zip(keys, order, strict=True))
    decided = len(obeyed & set(keys))
    if torn < 3 or torn * 3 < decided * 2:
        return None

    def do(side: Side) -> None:
        walk.half = dict(cells)
        for old, new in zip(keys, order, strict=True):
            for place, cell in zip(places, cells[new], strict=True):
                found.sheet.put(rows[old], place, cell)
        side.world.touch(side.working.id)

    return do


@deed("put the half back")
def unsort_half(walk: Walk, rng: random.Random) -> Do | None:
    if not walk.half:
        return None

    def do(side: Side) -> None:
        found, rows = table(side, "to_decide"), keyed(side, "to_decide", "Key")
        assert found is not None
        places = [found.column(title) for title in THEIRS]
        for key, cells in (walk.half or {}).items():
            if key in rows:
                for place, cell in zip(places, cells, strict=True):
                    found.sheet.put(rows[key], place, cell)
        walk.half = None

    return do


@deed("filter")
def filter_tab(walk: Walk, rng: random.Random) -> Do | None:
    found = table(walk.main, rng.choice(["to_decide", "who_has_signed"]))
    if found is None or not found.rows():
        return None
    place = found.column("Organisation")
    keep = {found.sheet.value(row, place) for row in found.rows() if rng.random() < 0.5}

    def do(side: Side) -> None:
        found.sheet.show_rows()
        people.filter_tab(side.world, side.working, found.sheet.title, place, keep)

    return do


@deed("hide rows")
def hide_rows(walk: Walk, rng: random.Random) -> Do | None:
    found = some_table(walk, rng)
    if found is None or not found[1].rows():
        return None
    at = rng.choice(found[1].rows())
    return lambda side: people.hide_rows(side.world, side.working, found[1].sheet.title, at + 1)


@deed("rename a tab")
def rename_tab(walk: Walk, rng: random.Random) -> Do | None:
    found = some_table(walk, rng)
    if found is None:
        return None
    title = BY_NAME[found[0]].title
    new = title if found[1].sheet.title != title else walk.token(title)
    return lambda side: people.rename_tab(side.world, side.working, found[1].sheet.title, new)


@deed("move a tab")
def move_tab(walk: Walk, rng: random.Random) -> Do | None:
    titles = [sheet.title for sheet in walk.main.working.sheets]
    one, to = rng.choice(titles), rng.randrange(len(titles))
    return lambda side: people.move_tab(side.world, side.working, one, to)


@deed("duplicate a tab")
def duplicate_tab(walk: Walk, rng: random.Random) -> Do | None:
    found = some_table(walk, rng)
    if found is None or walk.count("duplicate a tab") > 24:
        return None
    title = walk.token("Copy")
    copied = found[1].sheet.title

    def do(side: Side) -> None:
        people.duplicate_tab(side.world, side.working, copied, title)

    return do


@deed("delete an own tab")
def delete_tab(walk: Walk, rng: random.Random) -> Do | None:
    own = [s.title for s in walk.main.working.sheets if s.title.startswith(("Copy", "Page"))]
    if not own:
        return None
    title = rng.choice(own)
    return lambda side: people.delete_tab(side.world, side.working, title)


@deed("add an own tab")
def add_tab(walk: Walk, rng: random.Random) -> Do | None:
    if len(walk.main.working.sheets) > 30:
        return None
    title, text = walk.token("Page"), walk.token("page")
    index = rng.randrange(len(walk.main.working.sheets))

    def do(side: Side) -> None:
        people.add_tab(side.world, side.working, title, index).set(0, 0, text)

    return do


@deed("type into an own tab")
def own_tab(walk: Walk, rng: random.Random) -> Do | None:
    row, column, text = rng.randrange(30), rng.randrange(5), walk.token("page")
    return lambda side: people.type_cell(side.world, side.working, OWN_TAB, row + 1, column, text)


@deed("protect")
def protect(walk: Walk, rng: random.Random) -> Do | None:
    """Mostly with a warning, sometimes so that Weaver can't write there any more."""
    found = some_table(walk, rng)
    if found is None:
        return None
    strict = rng.random() < 0.3
    place = rng.randrange(len(found[1].titles()))

    def do(side: Side) -> None:
        sheet = found[1].sheet
        box = Box(found[1].top + 1, place, sheet.rows, place + 1)
        made = sheet.protect(box, ["ana@springs.example.org"] if strict else (), not strict)
        made["description"] = "theirs"
        if strict:
            walk.locks.append(made)

    return do


@deed("take a protection away")
def unprotect(walk: Walk, rng: random.Random) -> Do | None:
    if not walk.locks:
        return None

    def do(side: Side) -> None:
        numbers = {lock["protectedRangeId"] for lock in walk.locks}
        for sheet in side.working.sheets:
            sheet.protected = [p for p in sheet.protected if p["protectedRangeId"] not in numbers]
        walk.locks.clear()

    return do


@deed("type over a cell of Weaver's")
def overtype(walk: Walk, rng: random.Random) -> Do | None:
    found = table(walk.main, "who_has_signed")
    if found is None or not found.rows():
        return None
    row, title = rng.choice(found.rows()), rng.choice(["Standing", "Signatory", "Since"])
    if title not in found.titles():
        return None
    place, text = found.column(title), walk.token("typed over")
    return lambda side: people.type_cell(
        side.world, side.working, found.sheet.title, row + 1, place, text
    )
