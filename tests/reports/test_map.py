"""The map: readable at 150 organisations, the same bytes each time, and told in words too."""

from __future__ import annotations

import itertools
import random
import re
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest

from reports.labels import Box, Labels
from reports.layout import parts, placed
from reports.map import COLOURS, NONE, OTHER, Dot, MapFacts, colours_of, map_alt, network_map

SVG = "{http://www.w3.org/2000/svg}"


def facts(size: int = 150, alone: int = 9) -> MapFacts:
    """A tree with a few ties more, and some who have none."""
    chance = random.Random(5)
    ties = {(chance.randrange(n), n) for n in range(1, size - alone)}
    ties |= {tuple(sorted(chance.sample(range(size - alone), 2))) for _ in range(size // 2)}
    dots = tuple(Dot(f"Organisation No {n}", f"sector {n % 9}") for n in range(size))
    return MapFacts("Who is close to whom", "May 2026", dots, tuple(sorted(ties)))  # type: ignore[arg-type]


@pytest.fixture(scope="module", name="drawn")
def drawn_fixture() -> ElementTree.Element:
    return ElementTree.fromstring(network_map(facts()))


def texts(drawn: ElementTree.Element) -> list[str]:
    return ["".join(text.itertext()) for text in drawn.iter(f"{SVG}text")]


def test_every_one_of_150_is_named_once(drawn: ElementTree.Element) -> None:
    shown = texts(drawn)
    assert sorted(t for t in shown if t.startswith("Organisation")) == sorted(
        dot.name for dot in facts().dots
    )
    numbers = [t for t in shown if re.fullmatch(r"\d+", t)]
    assert all(numbers.count(number) == 2 for number in numbers)
    assert len(numbers) / 2 < 100  # a third at least have their name beside them


def boxes(drawn: ElementTree.Element) -> list[Box]:
    """Where names and dots stand that are part of the network, as wide as they are at least."""
    found = []
    for group in drawn.iter(f"{SVG}g"):
        for text in group.findall(f"{SVG}text"):
            if text.get("paint-order"):
                x, y = float(text.get("x") or 0), float(text.get("y") or 0)
                found.append(Box(x, y - 11, x + 7.5 * len(text.text or ""), y + 3))
        for dot in group.findall(f"{SVG}circle"):
            x, y, r = (float(dot.get(name) or 0) for name in ("cx", "cy", "r"))
            found.append(Box(x - r * 0.7, y - r * 0.7, x + r * 0.7, y + r * 0.7))
    return found


def test_no_name_covers_another_name_or_a_dot(drawn: ElementTree.Element) -> None:
    found = boxes(drawn)
    assert len(found) > 180
    assert not any(one.meets(other) for one, other in itertools.combinations(found, 2))


def test_everything_lies_on_the_page(drawn: ElementTree.Element) -> None:
    _, _, width, height = map(float, (drawn.get("viewBox") or "").split())
    page = Box(0, 0, width, height)
    assert all(box.within(page) for box in boxes(drawn))
    assert all(0 < float(text.get("y") or 0) < height for text in drawn.iter(f"{SVG}text"))


@pytest.mark.parametrize(("size", "width"), [(4, 600), (30, 600), (31, 1280)])
def test_a_few_are_drawn_for_a_phone(size: int, width: int) -> None:
    many = facts(size, min(size - 3, 5))
    note = f"Ties of the twelve months. {'It goes on and on. ' * 2}9 organisations are not shown."
    drawn = ElementTree.fromstring(network_map(replace(many, note=note)))
    _, _, wide, height = map(float, (drawn.get("viewBox") or "").split())
    assert wide == width
    shown, page = texts(drawn), Box(0, 0, wide, height)
    assert all(box.within(page) for box in boxes(drawn))
    assert note in " ".join(shown)
    assert all(shown.count(dot.name) == 1 for dot in many.dots)


def test_the_same_facts_give_the_same_bytes() -> None:
    assert network_map(facts(40)) == network_map(facts(40))


def test_it_is_told_in_words(drawn: ElementTree.Element) -> None:
    small = MapFacts(
        "T", "", tuple(map(Dot, "ABCDEF")), ((0, 1), (1, 2), (3, 4)), unnamed=2
    )  # fmt: skip
    assert map_alt(small) == (
        "6 organisations and 3 ties. 2 parts, of 3, 2. 1 has no tie. 2 are not shown."
    )
    assert drawn.get("role") == "img"
    words = drawn.find(f"{SVG}desc")
    assert words is not None
    assert words.text == map_alt(facts())


@pytest.mark.parametrize("size", [0, 1, 2, 3])
def test_few_are_drawn_too(size: int) -> None:
    dots = tuple(Dot("&<x>" * 12, "") for _ in range(size))
    ties = ((0, 1),) if size > 1 else ()
    ElementTree.fromstring(network_map(MapFacts("<T>", "&", dots, ties)))


def test_seven_groups_have_a_colour_of_their_own() -> None:
    dots = [Dot("x", group) for group in "aabcdefgh"] + [Dot("y")]
    found = colours_of(dots)
    assert found["a"] == COLOURS[0]
    assert (found["h"], found[""]) == (OTHER, NONE)
    assert len({*found.values()}) == 9


def test_dots_of_a_part_stay_in_their_box_and_apart() -> None:
    star = [(0, n) for n in range(1, 30)]
    points = placed(30, star, 600, 400, 30)
    assert ((points >= 0) & (points <= (600, 400))).all()
    gaps = np.linalg.norm(points[:, None] - points[None], axis=2) + np.eye(30) * 99
    assert gaps.min() > 24


def test_neighbours_on_paper_are_neighbours_in_the_network() -> None:
    """On a chain of nine the distance from the first grows with every step."""
    points = placed(9, [(n, n + 1) for n in range(8)], 900, 300, 10)
    away = np.linalg.norm(points - points[0], axis=1)
    assert (np.diff(away) > 0).all()


def test_parts_come_by_size() -> None:
    assert parts(6, [(4, 5), (3, 4), (0, 2)]) == [[3, 4, 5], [0, 2], [1]]


def test_a_name_without_room_finds_no_place() -> None:
    room = Box(0, 0, 200, 100)
    labels = Labels([(100.0, 50.0), (120.0, 50.0)], [], room, 10)
    place = labels.place((100.0, 50.0), 60, 16)
    assert place is not None
    assert place.right < 100  # to the left, as there is a dot on the right
    assert labels.place((120.0, 50.0), 190, 16) is None
