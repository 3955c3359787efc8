"""Names that hold a comma or semicolon, found in lists that are parted by just these."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.text import fold
from pipeline.intake.items import items
from pipeline.wholenames import WholeNames

NAMES = (
    "Food, Water and Shelter", "Choirs; United", "River Watch", "Lake Guild", "Moss, Fern",
    "Hill, Dale, and Brook Growers", "Otter Friends, Inc.", "Women", "Women, Life",
)  # fmt: skip
WHOLE = WholeNames(dict.fromkeys(map(fold, NAMES)), NAMES)


def of(cell: str) -> tuple[str, ...]:
    return WHOLE.of(items(cell))


@pytest.mark.parametrize("mark", [", ", "; ", ";", "\n", " ;\n"])
@given(st.lists(st.sampled_from([n for n in NAMES if n != "Women"]), min_size=1, max_size=6))
def test_a_list_of_known_names_comes_apart_into_them(mark: str, names: list[str]) -> None:
    assert list(map(fold, of(mark.join(names)))) == list(map(fold, names))


@given(st.lists(st.sampled_from(["Food", "Fern", "and", "Dale", "Inc.", *NAMES]), max_size=6))
def test_nothing_of_a_cell_is_lost_or_said_twice(pieces: list[str]) -> None:
    assert fold(" ".join(WHOLE.of(tuple(pieces)))) == fold(" ".join(pieces))


@given(st.lists(st.text("qxzé,", min_size=4, max_size=12), max_size=5))
def test_strangers_stay_as_they_are_typed(pieces: list[str]) -> None:
    assert WHOLE.of(tuple(pieces)) == tuple(pieces)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Women, Life, River Watch", ("Women, Life", "River Watch")),
        ("Women, Moss, Fern", ("Women", "Moss, Fern")),
        ("Hill, Dale", ("Hill", "Dale")),
        ("Hill, Dale, and Brook Growers", ("Hill, Dale, and Brook Growers",)),
        ("Fern Bakery, Ghent; Women", ("Fern Bakery, Ghent", "Women")),
        ("Fern Bakery (Ghent, Bruges), Women", ("Fern Bakery (Ghent, Bruges)", "Women")),
        ("Fern Bakery, e.V., Women", ("Fern Bakery, e.V.", "Women")),
        ("Inc., Women", ("Inc.", "Women")),
        ("", ()),
    ],
)
def test_lists(cell: str, expected: tuple[str, ...]) -> None:
    assert of(cell) == expected
