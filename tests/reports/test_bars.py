"""Bars: what is drawn says the figures, in pieces of the right length and colour, and in words."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from reports.bars import COLOURS, SIDE, WIDTH, Bar, Bars, bars_svg

SVG = "{http://www.w3.org/2000/svg}"
ROOM = WIDTH - 2 * SIDE
TWO = Bars(
    "Help & more",
    (
        Bar("Before", (("training", 1.0), ("media", 0.0), ("legal", 1.0)), "2 hours"),
        Bar("Now", (("training", 3.0), ("media", 0.0), ("legal", 1.0)), "4 <hours>"),
    ),
)


def painted(drawn: str, colour: str) -> list[float]:
    """The lengths of the bars' pieces in that colour."""
    rects = ElementTree.fromstring(drawn).iter(f"{SVG}rect")
    return [
        float(r.attrib["width"]) for r in rects
        if r.attrib["fill"] == colour and "x" in r.attrib and "." in r.attrib["width"]
    ]  # fmt: skip


def words(drawn: str) -> list[str]:
    return [text.text or "" for text in ElementTree.fromstring(drawn).iter(f"{SVG}text")]


def test_the_longest_bar_is_as_long_as_there_is_room() -> None:
    drawn = bars_svg(TWO)
    assert painted(drawn, COLOURS[0]) == [ROOM / 4, 3 * ROOM / 4]
    assert painted(drawn, COLOURS[2]) == [ROOM / 4, ROOM / 4]


def test_a_kind_of_which_there_is_nothing_keeps_its_colour_and_leaves_the_legend() -> None:
    told = words(bars_svg(TWO))
    assert told[-2:] == ["training", "legal"]
    assert "media" not in told
    assert not painted(bars_svg(TWO), COLOURS[1])


def test_a_share_never_leaves_the_room() -> None:
    drawn = bars_svg(Bars("Shares", (Bar("Too much", (("yes", 0.75), ("no", 0.75)), "?"),), 1.0))
    assert painted(drawn, COLOURS[0]) + painted(drawn, COLOURS[1]) == [ROOM * 0.75, ROOM * 0.25]


def test_colours_can_be_chosen() -> None:
    drawn = bars_svg(Bars("Yes", (Bar("One", (("yes", 1.0),), "1"),), colours=("#123456",)))
    assert painted(drawn, "#123456") == [ROOM]


def test_one_kind_needs_no_legend() -> None:
    assert words(bars_svg(Bars("T", (Bar("One", (("yes", 1.0),), "1 of 1"),)))) == [
        "T", "One", "1 of 1",
    ]  # fmt: skip


@pytest.mark.parametrize("bars", [(), (Bar("Nothing yet", (), "no data"),)])
def test_nothing_is_drawn_of_nothing(bars: tuple[Bar, ...]) -> None:
    assert not painted(bars_svg(Bars("T", bars)), COLOURS[0])


def test_it_is_told_in_words_and_texts_are_escaped() -> None:
    drawn = bars_svg(TWO)
    title = ElementTree.fromstring(drawn).find(f"{SVG}title")
    assert title is not None
    assert title.text == "Help & more: Before, 2 hours; Now, 4 <hours>"
    assert "<hours>" not in drawn
