"""What members send, and what coordinators do to the form and its linked tab."""

from __future__ import annotations

import datetime as dt
import random
from typing import TYPE_CHECKING, Any

from tests.google_emulator import people
from tests.google_emulator.forms import linked_tab
from tests.google_walk.deeds import (
    NAMES,
    STRANGE,
    Do,
    deed,
)
from tests.google_walk.side import Side

if TYPE_CHECKING:
    from tests.google_walk.walk import Walk

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
