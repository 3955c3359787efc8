"""Every member of the Congress of the United States, under the names that people write.

`python -m pytest -n 0 -s tests/pipeline/positions/test_legislators.py` prints the figures that
stand in docs/decision-makers.md.
"""

from __future__ import annotations

import csv
import datetime as dt
import sys
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.positions.persons import Book, Spelling, identify

DAY = dt.date(2026, 6, 15)
SPAN = (DAY, DAY)
SEAT = {"sen": "Senate", "rep": "House of Representatives"}
TITLE = {"sen": "Sen.", "rep": "Rep."}


@pytest.fixture(scope="module")
def people(shared_data: Path) -> list[dict[str, str]]:
    file = shared_data / "congress-legislators" / "legislators_current_flat.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def office(person: dict[str, str]) -> tuple[str, str]:
    house = person["type"] == "rep"
    place = f"{person['state']}-{person['district']}" if house else person["state"]
    return SEAT[person["type"]], place


def official(person: dict[str, str]) -> Spelling:
    # Two have none in the register.
    name = person["official_full"] or f"{person['first']} {person['last']}"
    return Spelling(name, *office(person))


def bare(text: str) -> str:
    split = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in split if not unicodedata.combining(letter))


def variants(person: dict[str, str]) -> Iterator[tuple[str, str]]:
    """(what was done, the name so written)."""
    first, middle, last = person["first"], person["middle"], person["last"]
    first, _, called = first.replace(")", "").partition(" (")
    suffix, called = person["suffix"], called or person["nickname"]
    yield "first and last name", f"{first} {last}"
    yield "without accents", bare(f"{first} {last}")
    yield "last name first", f"{last}, {first}"
    yield "with a title", f"{TITLE[person['type']]} {first} {last}"
    yield "in capitals", f"{first} {last}".upper()
    yield "as in the register", " ".join(filter(None, (first, middle, last, suffix)))
    if middle:
        yield "middle initial", f"{first} {middle[0]}. {last}"
        yield "last name first", f"{last}, {first} {middle[0]}."
    if called:
        yield "nickname", f"{called} {last}"
        yield "nickname", f"{first} “{called}” {last}"
        yield "last name first", f"{last}, {called}"
    if suffix:
        yield "with a suffix", f"{first} {last}, {suffix}"
        yield "with a suffix", f"{last}, {first}, {suffix}"


def register(person: dict[str, str]) -> Spelling:
    return Spelling(dict(variants(person))["as in the register"], *office(person))


def measured(
    people: list[dict[str, str]], reference: Callable[[dict[str, str]], Spelling], said: bool
) -> dict[str, list[int]]:
    """What was done → [right, wrong, in all]; each alone, as a row that is added to the tab."""
    book = Book((person["bioguide"], reference(person)) for person in people)
    figures: dict[str, list[int]] = {}
    for person in people:
        for done, name in variants(person):
            meant = book.meant(Spelling(name, *(office(person) if said else ())))
            tally = figures.setdefault(done, [0, 0, 0])
            tally[0] += meant == (person["bioguide"],)
            tally[1] += len(meant) == 1 and meant != (person["bioguide"],)
            tally[2] += 1
    return figures


def test_all_stay_distinct(people: list[dict[str, str]]) -> None:
    for reference in (official, register):
        found = identify([(reference(person), SPAN) for person in people], ())
        assert len(set(found.keys.values())) == len(people) == 537
        assert not found.several


def test_all_stay_distinct_without_seat_and_district(people: list[dict[str, str]]) -> None:
    found = identify([(Spelling(official(person).name), SPAN) for person in people], ())
    assert len(set(found.keys.values())) == len(people)
    assert not found.several
    assert not found.perhaps


@pytest.mark.parametrize(
    ("reference", "said", "recall"),
    [
        (official, True, 0.99), (official, False, 0.99),
        (register, True, 0.998), (register, False, 0.998),
    ],
)  # fmt: skip
def test_a_name_is_never_taken_for_another_persons(
    people: list[dict[str, str]],
    reference: Callable[[dict[str, str]], Spelling],
    said: bool,
    recall: float,
) -> None:
    figures = measured(people, reference, said)
    right, wrong, n = (sum(column) for column in zip(*figures.values(), strict=True))
    lines = [f"known by the {reference.__name__} name, office {'said' if said else 'not said'}:"]
    for done, (hit, miss, of) in [*figures.items(), ("all", (right, wrong, n))]:
        lines.append(f"{done}: {hit} of {of}, wrong {miss}")
    sys.stdout.write("\n" + "\n  ".join(lines) + "\n")
    assert wrong == 0
    assert right / n >= recall


def test_all_variants_in_one_tab_stay_with_their_person(people: list[dict[str, str]]) -> None:
    known = [(person["bioguide"], official(person)) for person in people]
    rows = {
        Spelling(name, *office(person)): person["bioguide"]
        for person in people
        for _, name in variants(person)
    }
    found = identify([(row, SPAN) for row in rows], known)
    ids = {person["bioguide"] for person in people}
    taken = [(row, found.keys[row]) for row in rows if found.keys[row] in ids]
    assert [row for row, key in taken if key != rows[row]] == []
    assert len(taken) / len(rows) >= 0.98
