"""The picture: what it says, and that it says it in the same bytes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from io import BytesIO

import matplotlib as mpl
import pytest
from PIL import Image

from reports.facts import DigestFacts, Point
from reports.picture import INK, LINE, PAPER, QUIET, course, members_alt, members_chart, steps


def test_the_words_for_it(facts: DigestFacts, quiet: DigestFacts) -> None:
    assert members_alt(facts) == (
        "41 members: 9 more than three months ago. The line begins at 7 on 11 October 2025."
        " Target: 60 by 31 December 2026."
    )
    assert members_alt(quiet) == "1 partner: as many as on 1 October."
    assert members_alt(replace(quiet, history=())) == "1 partner."
    assert members_alt(replace(facts, members=30, target_by=None)) == (
        "30 members: 2 fewer than three months ago. The line begins at 7 on 11 October 2025."
        " Target: 60."
    )


def test_the_line_covers_one_year_and_ends_with_the_week(facts: DigestFacts) -> None:
    later = (*facts.history, Point(dt.date(2026, 10, 12), 50))
    line = course(replace(facts, history=later))
    assert line.first == Point(dt.date(2025, 10, 11), 7)
    assert line.now == Point(dt.date(2026, 10, 11), 41)


@pytest.mark.parametrize(
    ("highest", "marks"),
    [(1, (0, 1)), (3, (0, 1, 2, 3)), (41, (0, 20, 40)), (60, (0, 20, 40, 60)), (900, (0, 500))],
)
def test_few_round_marks(highest: int, marks: tuple[int, ...]) -> None:
    assert steps(highest) == marks


def test_it_fits_a_phone_and_uses_the_four_colours(facts: DigestFacts) -> None:
    with Image.open(BytesIO(members_chart(facts))) as picture:
        assert (picture.format, picture.size) == ("PNG", (1312, 840))
        assert picture.info["Software"] == "Weaver"
        pixels = picture.convert("RGB")
        data = pixels.tobytes()
        found = {f"#{data[at : at + 3].hex()}" for at in range(0, len(data), 3)}
        assert {INK, QUIET, LINE, PAPER} <= found
        edges = [(0, 0, 2, 840), (1310, 0, 1312, 840), (0, 0, 1312, 2), (0, 838, 1312, 840)]
        for edge in edges:
            assert pixels.crop(edge).getcolors() == [(area(edge), (255, 255, 255))]


def area(box: tuple[int, int, int, int]) -> int:
    return (box[2] - box[0]) * (box[3] - box[1])


@pytest.mark.parametrize("members", [0, 1, 999, 12_345])
def test_nothing_touches_the_edge(members: int, facts: DigestFacts) -> None:
    shown = replace(facts, members=members, people="signatories", target=members + 1, history=())
    with Image.open(BytesIO(members_chart(shown))) as picture:
        for edge in ((0, 0, 1, 840), (1311, 0, 1312, 840)):
            assert picture.convert("RGB").crop(edge).getcolors() == [(840, (255, 255, 255))]


def test_a_machine_s_own_style_changes_nothing(facts: DigestFacts) -> None:
    usual = members_chart(facts)
    with mpl.rc_context({"axes.facecolor": "black", "font.size": 30, "lines.antialiased": False}):
        assert members_chart(facts) == usual
