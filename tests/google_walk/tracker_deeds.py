"""What coordinators type that counts: decisions, rows of Changes, rows of their own tabs."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import TYPE_CHECKING

from pipeline.decisions import ALLOWED
from tests.google_emulator import people
from tests.google_walk.deeds import (
    NAMES,
    THEIRS,
    Do,
    deed,
    keyed,
    put,
    table,
)
from tests.google_walk.side import Side

if TYPE_CHECKING:
    from tests.google_walk.walk import Walk

# To decide, Changes and people's tabs


@deed("decide", counts=True)
def decide(walk: Walk, rng: random.Random) -> Do | None:
    kinds = {matter.key: matter.kind for matter in walk.known.matters}
    return _typed(walk, rng, lambda key: rng.choice(ALLOWED[kinds[key]]) if key in kinds else None)


@deed("type nonsense", counts=True)
def nonsense(walk: Walk, rng: random.Random) -> Do | None:
    return _typed(walk, rng, lambda _: rng.choice(["maybe", "acept", "=1+1", "ja", "42", "send"]))


@deed("blank a decision", counts=True)
def blank(walk: Walk, rng: random.Random) -> Do | None:
    return _typed(walk, rng, lambda _: "")


def _typed(walk: Walk, rng: random.Random, word: Callable[[str], str | None]) -> Do | None:
    """A decision beside a key; both sides have the row, since Weaver wrote it on both."""
    if walk.half:
        return None
    both = sorted(set(walk.decidable()) & set(keyed(walk.twin, "to_decide", "Key")))
    if not both:
        return None
    key = rng.choice(both)
    text = word(key)
    if text is None:
        return None
    by, note = (walk.token("Ana"), walk.token("since")) if text else ("", "")
    walk.words[by] = key

    def do(side: Side) -> None:
        row = keyed(side, "to_decide", "Key").get(key)
        if row is not None:
            for title, cell in zip(THEIRS, (text, by, note), strict=True):
                put(side, "to_decide", row, title, cell)

    return do


@deed("type a note beside a matter", counts=True)
def note_beside(walk: Walk, rng: random.Random) -> Do | None:
    if walk.half:
        return None
    both = sorted(set(walk.decidable()) & set(keyed(walk.twin, "to_decide", "Key")))
    if not both:
        return None
    key, text = rng.choice(both), walk.token("remember")

    def do(side: Side) -> None:
        row = keyed(side, "to_decide", "Key").get(key)
        if row is not None:
            put(side, "to_decide", row, "Note", text)

    return do


@deed("delete a matter", counts=True)
def delete_matter(walk: Walk, rng: random.Random) -> Do | None:
    if walk.half:
        return None
    both = sorted(set(walk.decidable()) & set(keyed(walk.twin, "to_decide", "Key")))
    if len(both) < 4:
        return None
    key = rng.choice(both)

    def do(side: Side) -> None:
        found, row = table(side, "to_decide"), keyed(side, "to_decide", "Key").get(key)
        if found and row is not None:
            people.delete_rows(side.world, side.working, found.sheet.title, row + 1)

    return do


@deed("type a change", counts=True)
def change(walk: Walk, rng: random.Random) -> Do | None:
    if table(walk.main, "changes") is None or table(walk.twin, "changes") is None:
        return None
    name = rng.choice([*NAMES[: max(1, len(walk.main.sent))], "Nobody At All"])
    kind = rng.choice(["hide now", "show as", "withdraw", "undo", "pause mail", "whatever"])
    row = {"Organisation": name, "Change": kind, "Entered by": walk.token("Bo")}
    row["New value"] = f"The {name}" if kind == "show as" else ""

    def do(side: Side) -> None:
        found = table(side, "changes")
        if found is None:
            return
        first = max(found.sheet.last_row(), found.top + 1)
        found.sheet.rows = max(found.sheet.rows, first + 1)
        for title, text in row.items():
            if text:
                put(side, "changes", first, title, text)

    return do


@deed("type into a people's tab", counts=True)
def promise(walk: Walk, rng: random.Random) -> Do | None:
    row = {"Organisation": rng.choice(NAMES), "Who": walk.token("Ivo"), "What": walk.token("soup"),
           "Due": f"2026-04-{rng.randrange(1, 29):02d}", "Done": ""}  # fmt: skip

    def do(side: Side) -> None:
        people.type_rows_at_bottom(side.world, side.working, "Promises", [row])

    return do
