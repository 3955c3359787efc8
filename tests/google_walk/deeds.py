"""What members and coordinators do in the walk: each kind picks its particulars and says what.

A deed that counts (an answer, a decision, a row of people's) is done on both sides; one that only
changes how the tracker looks is done on the walk's own side alone.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from config.tables import BY_NAME
from connectors.google.book import sheet_id_of
from pipeline.decisions import ALLOWED
from tests.google_emulator import people
from tests.google_emulator.forms import linked_tab
from tests.google_emulator.people.finding import Table
from tests.google_emulator.sheets.cells import EMPTY
from tests.google_emulator.sheets.model import Box
from tests.google_emulator.sheets.typing_in import Rejected
from tests.google_walk.owned import PEN, header_row
from tests.google_walk.side import OWN_TAB, Side

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


def _some_table(walk: Walk, rng: random.Random) -> tuple[str, Table] | None:
    name = rng.choice(SHARED)
    found = table(walk.main, name)
    return (name, found) if found else None


def _some_cell(walk: Walk, rng: random.Random) -> tuple[str, int, int] | None:
    """Title of a tab, row and place of a cell below the header."""
    found = _some_table(walk, rng)
    if found is None or not found[1].rows():
        return None
    tab = found[1]
    return tab.sheet.title, rng.choice(tab.rows()), rng.randrange(len(tab.titles()))


# members


def answers(walk: Walk, rng: random.Random, organisation: str) -> dict[Any, str]:
    """What somebody answers: most agree to everything, some raise a doubt."""
    said: dict[Any, str] = {
        "Organisation": organisation,
        "Signatory": f"{organisation.partition(' ')[0]} Person",
        "Authorised": rng.choice(["Yes", "Yes", "Yes", "No"]),
        "Do you agree to the statement?": rng.choice(["Yes"] * 7 + ["No"]),
        "Principle 1": "Yes",
        "List us": rng.choice(["Yes", "Yes", "No"]),
    }
    for title, text in (
        ("Role", "Chair"),
        ("Reservations", walk.token("Only if") * rng.choice([0, 0, 1])),
    ):
        if headings := walk.headings(title):
            said[rng.choice(headings)] = text
    return said


def _moment(walk: Walk, rng: random.Random) -> dt.datetime:
    """Now; or in the same instant as the last one; or a little before it, and only come in late."""
    last = max((response.submitted for response in walk.main.sent), default=None)
    if last and rng.random() < 0.3:
        return last
    return walk.clock.now() + dt.timedelta(microseconds=rng.randrange(1_000_000))


def _send(walk: Walk, rng: random.Random, name: str, email: str) -> Do:
    said, at = answers(walk, rng, name), _moment(walk, rng)

    def do(side: Side) -> None:
        side.sent.append(people.submit(side.world, side.form, said, email, at))

    return do


def _address(name: str) -> str:
    return (
        f"office@{''.join(c for c in name.casefold() if c.isascii() and c.isalnum())}.example.org"
    )


@deed("submit", counts=True)
def submit(walk: Walk, rng: random.Random) -> Do | None:
    number = len(walk.main.sent)
    name = NAMES[number % len(NAMES)] + (
        "" if number < len(NAMES) else f" {number // len(NAMES) + 1}"
    )
    if rng.random() < 0.1:
        name = rng.choice(STRANGE)
    return _send(walk, rng, name, _address(name))


@deed("resubmit", counts=True)
def resubmit(walk: Walk, rng: random.Random) -> Do | None:
    if not walk.main.sent:
        return None
    question = walk.main.form.find("Organisation").id
    before = rng.choice(walk.main.sent)
    name = str(before.answers[question][0])
    other = rng.choice([name, name, name.upper(), f"{name} e.V."])
    return _send(walk, rng, other, before.email)


@deed("edit", counts=True)
def edit(walk: Walk, rng: random.Random) -> Do | None:
    if not walk.main.sent:
        return None
    number = rng.randrange(len(walk.main.sent))
    changed: dict[Any, str] = {"Authorised": rng.choice(["Yes", "No"])}
    if headings := walk.headings("Reservations"):
        changed[rng.choice(headings)] = rng.choice(["", walk.token("Except")])
    at = walk.clock.now() + dt.timedelta(microseconds=rng.randrange(1_000_000))

    def do(side: Side) -> None:
        people.edit_response(side.world, side.form, side.sent[number], changed, at)

    return do


# the form and its linked sheet


@deed("rename question", counts=True)
def rename_question(walk: Walk, rng: random.Random) -> Do | None:
    title = rng.choice(["Role", "Reservations"])
    headings = walk.headings(title)
    if not headings:
        return None
    key = rng.choice(headings)
    new = title if key[0] != title else {"Role": "Role ", "Reservations": "Reservations:"}[title]
    return lambda side: people.rename_question(side.world, side.form, key, new)


@deed("re-add question", counts=True)
def readd_question(walk: Walk, rng: random.Random) -> Do | None:
    headings = walk.headings("Reservations")
    if not headings:
        return None
    key = rng.choice(headings)

    def do(side: Side) -> None:
        gone = people.delete_question(side.world, side.form, key)
        people.readd_question(side.world, side.form, gone)

    return do


@deed("branch question", counts=True)
def branch_question(walk: Walk, rng: random.Random) -> Do | None:
    headings = walk.headings("Reservations")
    if not headings or len(headings) > 2:
        return None
    key = rng.choice(headings)

    def do(side: Side) -> None:
        people.add_branch_question(side.world, side.form, key)

    return do


@deed("sort responses")
def sort_responses(walk: Walk, rng: random.Random) -> Do | None:
    if len(walk.main.sent) < 2:
        return None
    # Not apart from what the form knows of its rows: everything below the header moves.
    columns, down = [0, 1, 2], rng.random() < 0.5
    place = rng.choice(columns)
    return lambda side: people.sort_tab(side.world, side.responses, side.sheet.title, place, down)


@deed("column beside responses")
def column_beside_responses(walk: Walk, rng: random.Random) -> Do | None:
    if walk.count("column beside responses") > 3:
        return None
    title, text = walk.token("Checked"), walk.token("by me")
    return lambda side: _beside(side, title, text)


def _beside(side: Side, title: str, text: str) -> None:
    rows = [(2, text)] if side.sheet.last_row() > 1 else []
    people.add_own_column(side.world, side.responses, side.sheet.title, title, rows)


@deed("delete response row", counts=True)
def delete_response_row(walk: Walk, rng: random.Random) -> Do | None:
    if len(walk.main.sent) < 8 or walk.count("delete response row") > len(walk.main.sent) // 12:
        return None
    number = rng.randrange(len(walk.main.sent))

    def do(side: Side) -> None:
        tab = linked_tab(side.world, side.form)
        row = tab.row_of(side.sent[number]) if tab else None
        if row is not None:
            people.delete_rows(side.world, side.responses, side.sheet.title, row + 1)

    return do


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


# what only changes how it looks


@deed("write a note on a cell")
def note(walk: Walk, rng: random.Random) -> Do | None:
    if not (at := _some_cell(walk, rng)):
        return None
    text = walk.token("ask them")
    return lambda side: people.note(side.world, side.working, at[0], at[1] + 1, at[2], text)


@deed("colour a cell")
def colour(walk: Walk, rng: random.Random) -> Do | None:
    if not (at := _some_cell(walk, rng)):
        return None
    return lambda side: people.recolour(side.world, side.working, at[0], at[1] + 1, at[2], **PEN)


@deed("comment")
def comment(walk: Walk, rng: random.Random) -> Do | None:
    if not (at := _some_cell(walk, rng)):
        return None
    text = walk.token("who is this?")

    def do(side: Side) -> None:
        people.comment(side.world, side.working, at[0], at[1] + 1, at[2], text)

    return do


@deed("begin an own column")
def own_column(walk: Walk, rng: random.Random) -> Do | None:
    found = _some_table(walk, rng)
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
    found = _some_table(walk, rng)
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
    found = _some_table(walk, rng)
    if found is None or len(found[1].titles()) > 22:
        return None
    before = rng.randrange(len(found[1].titles()))
    title = walk.token("Ours") if rng.random() < 0.7 else ""
    return lambda side: people.insert_column(
        side.world, side.working, found[1].sheet.title, before, title
    )


@deed("move a column")
def move_column(walk: Walk, rng: random.Random) -> Do | None:
    found = _some_table(walk, rng)
    if found is None:
        return None
    one, other = rng.sample(range(len(found[1].titles())), 2)
    return lambda side: people.move_column(
        side.world, side.working, found[1].sheet.title, one, other
    )


@deed("delete an own column")
def delete_column(walk: Walk, rng: random.Random) -> Do | None:
    found = _some_table(walk, rng)
    if found is None:
        return None
    own = [p for p, title in enumerate(found[1].titles()) if title.startswith("Ours")]
    if not own:
        return None
    place = rng.choice(own)
    return lambda side: people.delete_column(side.world, side.working, found[1].sheet.title, place)


@deed("insert rows")
def insert_rows(walk: Walk, rng: random.Random) -> Do | None:
    found = _some_table(walk, rng)
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
    found = _some_table(walk, rng)
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
    # What was never obeyed tells nothing of having moved: several that were have to.
    obeyed = {matter.key for matter in walk.known.matters if matter.read[0]}
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
    found = _some_table(walk, rng)
    if found is None or not found[1].rows():
        return None
    at = rng.choice(found[1].rows())
    return lambda side: people.hide_rows(side.world, side.working, found[1].sheet.title, at + 1)


@deed("rename a tab")
def rename_tab(walk: Walk, rng: random.Random) -> Do | None:
    found = _some_table(walk, rng)
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
    found = _some_table(walk, rng)
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
    found = _some_table(walk, rng)
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


def counting() -> Mapping[str, bool]:
    """Kind → whether it counts."""
    return {name: found.counts for name, found in DEEDS.items()}
