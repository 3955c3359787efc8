"""A picture of figures beside each other: a bar per line, in pieces, with what it says in words.

Drawn as SVG by hand: a few rectangles and texts need no library, and the same facts give the same
bytes everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import cycle

from config.text import shorten

WIDTH, SIDE, LINE, TOP = 640, 16, 52, 64
"""The picture's width, its margin, the height of a line, and where the first begins, in pixels.

It is drawn narrow, so that letters are large enough on a phone, where it shrinks to half.
"""
INK, QUIET, FAINT, PAPER = "#1f2933", "#52606d", "#e4eaee", "#ffffff"
COLOURS = ("#0b5e56", "#3d8f86", "#8fc1ba", "#c9a227", "#a4622a", "#6b7a87", "#8a4f6d")
"""The colours of pieces in the order of the legend."""
LONGEST = 58


@dataclass(frozen=True)
class Bar:
    """One line.

    Attributes:
        label: what it is about.
        pieces: kind → how much, in the order of the legend; together at most `Bars.whole`.
        text: what it says, such as "3 of 5".
    """

    label: str
    pieces: tuple[tuple[str, float], ...]
    text: str


@dataclass(frozen=True)
class Bars:
    """The whole picture.

    Attributes:
        title: what is shown.
        bars: from the top.
        whole: what a bar of full length stands for; the longest bar's sum where None.
        colours: of the kinds of pieces, in the order in which these first appear.
    """

    title: str
    bars: tuple[Bar, ...]
    whole: float | None = None
    colours: tuple[str, ...] = COLOURS

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of pieces, in the order in which they first appear."""
        return tuple(dict.fromkeys(kind for bar in self.bars for kind, _ in bar.pieces))

    @property
    def painted(self) -> dict[str, str]:
        """The colour of each kind."""
        return dict(zip(self.kinds, cycle(self.colours), strict=False))

    @property
    def legend(self) -> tuple[str, ...]:
        """The kinds of which there is something to see."""
        seen = {kind for bar in self.bars for kind, amount in bar.pieces if amount}
        return tuple(kind for kind in self.kinds if kind in seen)

    @property
    def in_words(self) -> str:
        """The same for those who can't see it."""
        return f"{self.title}: " + "; ".join(f"{bar.label}, {bar.text}" for bar in self.bars)


def bars_svg(facts: Bars) -> str:
    """The picture; texts are escaped, and long labels cut."""
    colours, shown = facts.painted, facts.legend
    legend = _legend(shown) if len(shown) > 1 else []
    bottom = TOP + LINE * len(facts.bars)
    height = bottom + (28 * len(legend) + 8 if legend else 0) + SIDE
    whole = facts.whole or max((_sum(bar) for bar in facts.bars), default=0.0) or 1.0
    body = [_text(SIDE, 34, facts.title, 22, INK, "bold")]
    for at, bar in enumerate(facts.bars):
        body += _line(bar, TOP + LINE * at, whole, colours)
    for at, row in enumerate(legend):
        body += _legend_row(row, bottom + 28 * at + 20, colours)
    size = f'viewBox="0 0 {WIDTH} {height}" role="img" font-family="sans-serif"'
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" {size}>',
            f"<title>{escape(facts.in_words)}</title>",
            f'<rect width="{WIDTH}" height="{height}" fill="{PAPER}"/>',
            *body,
            "</svg>\n",
        ]
    )


def _sum(bar: Bar) -> float:
    return sum(amount for _, amount in bar.pieces)


def _line(bar: Bar, top: int, whole: float, colours: Mapping[str, str]) -> Iterator[str]:
    room = WIDTH - 2 * SIDE
    yield _text(SIDE, top + 16, shorten(bar.label, LONGEST - len(bar.text)), 17, INK)
    yield _text(WIDTH - SIDE, top + 16, bar.text, 17, QUIET, anchor="end")
    yield _rect(SIDE, top + 24, room, FAINT)
    left = float(SIDE)
    for kind, amount in bar.pieces:
        width = min(room * amount / whole, SIDE + room - left)
        if width > 0:
            yield _rect(left, top + 24, width, colours[kind])
            left += width


def _legend(kinds: Sequence[str]) -> list[list[str]]:
    """Rows of kinds that fit beside each other."""
    rows: list[list[str]] = [[]]
    room = WIDTH - 2 * SIDE
    for kind in kinds:
        if rows[-1] and sum(map(_legend_width, rows[-1])) + _legend_width(kind) > room:
            rows.append([])
        rows[-1].append(kind)
    return rows


def _legend_width(kind: str) -> int:
    return 40 + 9 * len(kind)


def _legend_row(row: Sequence[str], y: int, colours: Mapping[str, str]) -> Iterator[str]:
    """One row of the legend."""
    x = SIDE
    for kind in row:
        yield f'<rect x="{x}" y="{y - 12}" width="14" height="14" fill="{colours[kind]}"/>'
        yield _text(x + 20, y, kind, 16, QUIET)
        x += _legend_width(kind)


def _rect(x: float, y: int, width: float, colour: str) -> str:
    return f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="14" fill="{colour}"/>'


def _text(
    x: int, y: int, text: str, size: int, colour: str, weight: str = "", anchor: str = ""
) -> str:
    more = (f' font-weight="{weight}"' if weight else "") + (
        f' text-anchor="{anchor}"' if anchor else ""
    )
    return f'<text x="{x}" y="{y}" font-size="{size}" fill="{colour}"{more}>{escape(text)}</text>'
