"""The map of a network as SVG: parts apart, a name where there is room, else a number."""

from __future__ import annotations

import math
import textwrap
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from config.text import fold, shorten
from config.words import count, say
from reports.labels import Box, Labels
from reports.layout import neighbours, parts, placed
from reports.picture import INK, PAPER, QUIET
from reports.render import harmless

LARGEST = 500
"""A map of more can't be read."""
COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#7f6a00")
"""Told apart by colour-blind eyes too (Okabe and Ito, Color universal design, 2008)."""
OTHER, NONE = "#6b7785", "#c3ccd4"
_TIE = "#b4bfc8"
WIDTH, EDGE = 1280, 48
FEW, NARROW = 30, 600
"""So few organisations are drawn narrower, so that their names can be read on a phone."""
_APART, _DOT, _NUMBERED = 40.0, 8.0, 13.0
_TEXT, _SMALL = 15, 11
_FAMILY = "DejaVu Sans, Verdana, Arial, sans-serif"
_LINE = 26
_LONGEST = 28


@dataclass(frozen=True)
class Dot:
    """One organisation.

    Attributes:
        name: as it is shown.
        group: what gives it its colour; "" for nothing known.
        hollow: it doesn't belong yet.
    """

    name: str
    group: str = ""
    hollow: bool = False


@dataclass(frozen=True)
class MapFacts:
    """What the map shows.

    Attributes:
        title, note: above it.
        dots: the organisations, in the order of their names.
        ties: pairs of places in `dots`, each pair once.
        groups: what the colours stand for, in a word: "sector".
        unnamed: organisations that are left out.
    """

    title: str
    note: str
    dots: tuple[Dot, ...]
    ties: tuple[tuple[int, int], ...]
    groups: str = "sector"
    unnamed: int = 0


def network_map(facts: MapFacts) -> bytes:
    """The map as SVG, 1280 wide (600 for a few) and as high as it takes.

    The same facts give the same bytes.
    """
    facts = harmless(facts)
    return _Drawing(facts).svg().encode("utf-8")


def map_alt(facts: MapFacts) -> str:
    """The map in words: how many, in how many parts, and who has no tie."""
    near = neighbours(len(facts.dots), facts.ties)
    sizes = [len(part) for part in parts(len(facts.dots), facts.ties) if len(part) > 1]
    alone = sum(not others for others in near)
    said = [
        count(len(facts.dots), "{n} organisation", "{n} organisations")
        + say(" and ") + count(len(facts.ties), "{n} tie.", "{n} ties."),
    ]  # fmt: skip
    if sizes:
        listed = ", ".join(map(str, sizes[:5])) + ("…" if len(sizes) > 5 else "")
        said.append(count(len(sizes), "One part of {sizes}.", "{n} parts, of {sizes}.",
                          sizes=listed))  # fmt: skip
    if alone:
        said.append(count(alone, "{n} has no tie.", "{n} have no tie."))
    if facts.unnamed:
        said.append(count(facts.unnamed, "{n} is not shown.", "{n} are not shown."))
    return " ".join(said)


def colours_of(dots: Iterable[Dot]) -> dict[str, str]:
    """Group → colour, the largest groups first; the seven largest have one of their own."""
    sizes = Counter(dot.group for dot in dots if dot.group)
    order = sorted(sizes, key=lambda group: (-sizes[group], fold(group), group))
    found = {group: COLOURS[at] if at < len(COLOURS) else OTHER for at, group in enumerate(order)}
    return found | {"": NONE}


class _Drawing:
    """Everything in its place, from the top down."""

    def __init__(self, facts: MapFacts) -> None:
        self.facts = facts
        self.few = len(facts.dots) <= FEW
        self.width, self.edge = (NARROW, EDGE // 2) if self.few else (WIDTH, EDGE)
        self.colours = colours_of(facts.dots)
        self.shapes: list[str] = []
        self.at: dict[int, tuple[float, float]] = {}
        self.numbers: dict[int, int] = {}
        near = neighbours(len(facts.dots), facts.ties)
        self.alone = [dot for dot, others in enumerate(near) if not others]
        self.height = self._head()
        top = self.height
        self._place()
        self._draw(top)
        self._row_of_those_alone()
        self._names_by_number()

    def svg(self) -> str:
        """The whole file."""
        height = math.ceil(self.height + self.edge)
        title, words = escape(self.facts.title), escape(map_alt(self.facts))
        return "\n".join([
            (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {height}"'
            ' role="img"'
            f' aria-labelledby="title words" font-family={quoteattr(_FAMILY)}'
            f' font-size="{_TEXT}" fill="{INK}">'),
            f'<title id="title">{title}</title>', f'<desc id="words">{words}</desc>',
            f'<rect width="{self.width}" height="{height}" fill="{PAPER}"/>',
            *self.shapes, "</svg>\n",
        ])  # fmt: skip

    def _head(self) -> float:
        title, size, note = (38, 24, 14) if self.few else (60, 34, 19)
        self._text(self.edge, 70, shorten(self.facts.title, title), size, weight="bold")
        letters = 70 if self.few else 110
        lines = textwrap.wrap(self.facts.note, letters, max_lines=2, placeholder="…") or [""]
        for at, line in enumerate(lines):
            self._text(self.edge, 104 + 22 * at, line, note, fill=QUIET)
        x, y = float(self.edge), 146.0 + 22 * (len(lines) - 1)
        for said, colour in self._legend():
            wide = 34 + _wide(said, 17)
            if x + wide > self.width - self.edge:
                x, y = float(self.edge), y + 30
            self._dot(x + 9, y - 6, 9, colour)
            self._text(x + 25, y, said, size=17)
            x += wide + 18
        if any(dot.hollow for dot in self.facts.dots):
            y += 30
            self._dot(self.edge + 9, y - 6, 8, QUIET, hollow=True)
            self._text(self.edge + 25, y, say("wanted, doesn't belong yet"), size=17)
        return y + 30

    def _legend(self) -> Iterator[tuple[str, str]]:
        for group, colour in self.colours.items():
            if group and colour != OTHER:
                yield shorten(group, 40), colour
        if OTHER in self.colours.values():
            yield say("another {group}", group=self.facts.groups), OTHER
        if any(not dot.group for dot in self.facts.dots):
            yield say("{group} not known", group=self.facts.groups), NONE

    def _place(self) -> None:
        """Parts in rows, the largest first, each in a box as large as it needs."""
        x, row = float(self.edge), 0.0
        for part in parts(len(self.facts.dots), self.facts.ties):
            if len(part) == 1:
                continue
            wide, high = _box(len(part), self.width - 2.0 * self.edge)
            if x > self.edge and x + wide > self.width - self.edge:
                x, self.height, row = float(self.edge), self.height + row, 0.0
            margin = 34
            inside = {dot: n for n, dot in enumerate(part)}
            ties = [(inside[a], inside[b]) for a, b in self.facts.ties if a in inside]
            points = placed(len(part), ties, wide - 2 * margin, high - 2 * margin, _APART)
            for dot, (left, down) in zip(part, points.tolist(), strict=True):
                self.at[dot] = (x + margin + left, self.height + margin + down)
            x, row = x + wide, max(row, high)
        self.height += row

    def _draw(self, top: float) -> None:
        lines = [(self.at[a], self.at[b]) for a, b in self.facts.ties]
        self.shapes.append(f'<g stroke="{_TIE}" stroke-width="1.6">')
        self.shapes += [
            f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{u:.1f}" y2="{v:.1f}"/>'
            for (x, y), (u, v) in lines
        ]
        self.shapes.append("</g>")
        room = Box(self.edge / 2, top, self.width - self.edge / 2, self.height)
        labels = Labels(list(self.at.values()), lines, room, _NUMBERED)
        found = {dot: self._label(dot, labels) for dot in labels.order(list(self.at))}
        for dot in sorted(found):
            self._organisation(dot, found[dot])

    def _label(self, dot: int, labels: Labels) -> Box | None:
        name = self.facts.dots[dot].name
        if len(name) > _LONGEST:
            return None
        return labels.place(self.at[dot], _wide(name, _TEXT), _TEXT * 1.15)

    def _organisation(self, dot: int, label: Box | None) -> None:
        (x, y), it = self.at[dot], self.facts.dots[dot]
        colour = self.colours[it.group]
        self.shapes.append(f"<g><title>{escape(it.name)}</title>")
        if label:
            self._dot(x, y, _DOT, colour, it.hollow)
            self._text(label.left, label.bottom - 4, it.name, halo=True)
        else:
            self.numbers[dot] = len(self.numbers) + 1
            self._dot(x, y, _NUMBERED, colour, it.hollow)
            ink = INK if it.hollow or colour not in (COLOURS[0], OTHER, COLOURS[6]) else PAPER
            self._text(x, y + 4, str(self.numbers[dot]), _SMALL, ink, "bold", "middle")
        self.shapes.append("</g>")

    def _row_of_those_alone(self) -> None:
        if self.alone:
            names = [self.facts.dots[dot].name for dot in self.alone]
            self._columns(say("No tie known yet"), names, self.alone)

    def _names_by_number(self) -> None:
        if self.numbers:
            order = sorted(self.numbers, key=self.numbers.__getitem__)
            names = [self.facts.dots[dot].name for dot in order]
            self._columns(say("By number"), names, order)

    def _columns(self, heading: str, names: Sequence[str], dots: Sequence[int]) -> None:
        """Names below each other in as many columns as fit."""
        y = self.height + 44
        self._text(self.edge, y, heading, size=20, weight="bold")
        columns, limit = self._room(max(_wide(shorten(n, 34), _TEXT) for n in names))
        rows = -(-len(names) // columns)
        wide = (self.width - 2 * self.edge) / columns
        for at, (name, dot) in enumerate(zip(names, dots, strict=True)):
            x, down = self.edge + at // rows * wide, y + _LINE * (at % rows + 1) + 4
            it = self.facts.dots[dot]
            if dot in self.numbers:
                number = str(self.numbers[dot])
                self._text(x + 24, down, number, _TEXT, QUIET, "bold", "end")
            else:
                self._dot(x + 16, down - 5, _DOT, self.colours[it.group], it.hollow)
            self._text(x + 34, down, shorten(name, limit))
        self.height = y + _LINE * rows + 12

    def _room(self, widest: float) -> tuple[int, int]:
        """How many columns of names fit, and the letters of a name in one."""
        if self.few:
            return (2, 26) if widest < 240 else (1, 56)
        return (4, 34) if widest < 250 else (3, 42)

    def _dot(self, x: float, y: float, radius: float, colour: str, hollow: bool = False) -> None:
        fill, edge = (PAPER, colour) if hollow else (colour, PAPER)
        self.shapes.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="{fill}" stroke="{edge}"'
            f' stroke-width="{3 if hollow else 1.5:g}"/>'
        )

    def _text(
        self, x: float, y: float, text: str, size: int = _TEXT, fill: str = INK,
        weight: str = "", anchor: str = "", halo: bool = False,
    ) -> None:  # fmt: skip
        said = f' font-size="{size}"' if size != _TEXT else ""
        said += f' fill="{fill}"' if fill != INK else ""
        said += f' font-weight="{weight}"' if weight else ""
        said += f' text-anchor="{anchor}"' if anchor else ""
        if halo:
            said += f' stroke="{PAPER}" stroke-width="4" paint-order="stroke"'
        self.shapes.append(f'<text x="{x:.1f}" y="{y:.1f}"{said}>{escape(text)}</text>')


def _box(size: int, room: float) -> tuple[float, float]:
    """Width and height for a part of that many, in a row of that width."""
    wide = min(room, 110 * math.sqrt(size) + 120)
    broad = min(wide * 0.8, 60 * math.sqrt(size) + 60 + size * 2.6)
    return wide, max(130.0, broad, size * 4.2)  # of very many, higher than wide


def _wide(text: str, size: float) -> float:
    """About how wide a text is."""
    letters = (1.0 if unicodedata.east_asian_width(c) in "WF" else 0.6 for c in text)
    return sum(letters) * size
