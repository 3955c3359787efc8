"""The digest's one picture: how many organisations belong, over the past year."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from config.words import say
from reports.facts import DigestFacts, Point
from reports.render import harmless
from reports.wording import day, month, organisations, short_day, versus

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

# A phone shows the picture at a quarter of its width, so 56 pixels here are 14 there.
WIDTH, HEIGHT, DPI = 1312, 840, 100
INK, QUIET, LINE, FAINT, PAPER = "#1f2933", "#52606d", "#0b5e56", "#d5dde3", "#ffffff"
_YEAR = dt.timedelta(days=365)
_SHORTEST = dt.timedelta(days=28)
_QUARTER_IN_MONTHS = 3


@dataclass(frozen=True)
class Course:
    """Where the line runs: its points within the year, oldest first; the last one is now."""

    points: tuple[Point, ...]

    @property
    def first(self) -> Point:
        """Where the line begins: a year ago, or later where the history does."""
        return self.points[0]

    @property
    def now(self) -> Point:
        """The end of the week that the digest tells of."""
        return self.points[-1]

    def at(self, on: dt.date) -> Point | None:
        """What held at the end of that day; None before the history begins."""
        return next((p for p in reversed(self.points) if p.on <= on), None)


def course(facts: DigestFacts) -> Course:
    """The line for these facts. What lies after the week's end is left to the next digest."""
    now = Point(facts.week_end - dt.timedelta(days=1), facts.members)
    start = now.on - _YEAR
    past = [point for point in facts.history if point.on < now.on]
    before = [point for point in past if point.on <= start]
    carried = (Point(start, before[-1].members),) if before else ()
    return Course((*carried, *(point for point in past if point.on > start), now))


def members_alt(facts: DigestFacts) -> str:
    """The picture in words."""
    facts = harmless(facts)
    line = course(facts)
    said = [_chart_title(facts, line) + "."]
    if line.first.on < _months_before(line.now.on, _QUARTER_IN_MONTHS):
        began = say(
            "The line begins at {n} on {day}.", n=line.first.members, day=day(line.first.on)
        )
        said.append(began)
    if facts.target is not None:
        said.append(_target(facts, full=True) + ".")
    return " ".join(said)


def members_chart(facts: DigestFacts) -> bytes:
    """The picture as PNG, 1312 by 840 pixels. The same facts give the same bytes."""
    import matplotlib as mpl

    facts = harmless(facts)
    plain = {k: v for k, v in mpl.rcParamsDefault.items() if "backend" not in k}
    with mpl.rc_context(plain):  # whatever style the machine's owner likes
        return _png(_drawn(facts, course(facts)))


def _png(figure: Figure) -> bytes:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    file = BytesIO()
    FigureCanvasAgg(figure)
    figure.savefig(file, format="png", metadata={"Software": "Weaver"})
    return file.getvalue()


def _drawn(facts: DigestFacts, line: Course) -> Figure:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH / DPI, HEIGHT / DPI), dpi=DPI, facecolor=PAPER)
    _draw_title(figure, facts, line)
    left = 0.032 + 0.025 * len(str(steps(_highest(facts, line))[-1]))
    right = 0.035 + 0.037 * len(str(line.now.members))
    axes = figure.add_axes((left, 0.19, 1 - left - right, 0.5))
    _draw_frame(axes, facts, line)
    _draw_line(axes, line)
    if facts.target is not None:
        _draw_target(axes, facts, line)
    return figure


def _draw_title(figure: Figure, facts: DigestFacts, line: Course) -> None:
    members = organisations(line.now.members, facts.people)
    figure.text(0.004, 0.985, members, color=LINE, va="top", font=_font(68, True))
    figure.text(0.004, 0.88, _change(line), color=INK, va="top", font=_font(54))


def _draw_frame(axes: Axes, facts: DigestFacts, line: Course) -> None:
    start = min(line.first.on, line.now.on - _SHORTEST)
    axes.set_xlim(start.toordinal(), line.now.on.toordinal())
    highest = _highest(facts, line)
    axes.set_ylim(0, highest * 1.12)
    axes.set_yticks(steps(highest))
    days = _tick_days(start, line.now.on)
    axes.set_xticks([d.toordinal() for d in days], _tick_labels(days))
    axes.tick_params(length=0, pad=14)
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        label.set(font=_font(46), color=QUIET)
    if days[-1] == line.now.on:  # the two ends: their labels lean inwards
        axes.get_xticklabels()[0].set_horizontalalignment("left")
        axes.get_xticklabels()[-1].set_horizontalalignment("right")
    axes.grid(axis="y", color=FAINT, linewidth=2)
    axes.set_axisbelow(True)
    for side in axes.spines.values():
        side.set_visible(False)


def _highest(facts: DigestFacts, line: Course) -> int:
    return max(1, facts.target or 0, *(p.members for p in line.points))


def _draw_line(axes: Axes, line: Course) -> None:
    days = [p.on.toordinal() for p in line.points]
    members = [p.members for p in line.points]
    axes.fill_between(days, members, step="post", color=LINE, alpha=0.13, linewidth=0)
    axes.step(days, members, where="post", color=LINE, linewidth=6, clip_on=False)
    axes.plot(days[-1:], members[-1:], "o", color=LINE, markersize=17, clip_on=False)
    axes.annotate(
        str(members[-1]), (days[-1], members[-1]), xytext=(20, 0), textcoords="offset points",
        color=LINE, va="center", annotation_clip=False, font=_font(68, True),
    )  # fmt: skip


def _draw_target(axes: Axes, facts: DigestFacts, line: Course) -> None:
    target = facts.target or 0
    axes.axhline(target, color=INK, linewidth=3, dashes=(5, 4))
    above = target >= line.now.members
    axes.annotate(
        _target(facts), (axes.get_xlim()[0], target), xytext=(8, 8 if above else -10),
        textcoords="offset points", color=INK, va="bottom" if above else "top",
        annotation_clip=False, font=_font(46),
        bbox={"facecolor": PAPER, "alpha": 0.8, "linewidth": 0, "pad": 2},
    )  # fmt: skip


def _target(facts: DigestFacts, full: bool = False) -> str:
    if facts.target_by is None:
        return say("Target: {n}", n=facts.target)
    by = facts.target_by
    when = day(by) if full else say("{month} {year}", month=month(by), year=by.year)
    return say("Target: {n} by {day}", n=facts.target, day=when)


def _chart_title(facts: DigestFacts, line: Course) -> str:
    members = organisations(line.now.members, facts.people)
    change = _change(line)
    return say("{members}: {change}", members=members, change=change) if change else members


def _change(line: Course) -> str:
    """Against three months ago, or the first day known; "" on that day itself."""
    ago = _months_before(line.now.on, _QUARTER_IN_MONTHS)
    then = line.at(ago)
    if then is not None:
        return versus(line.now.members, then.members, say("three months ago"))
    if line.first.on == line.now.on:
        return ""
    first = say("on {day}", day=short_day(line.first.on))
    return versus(line.now.members, line.first.members, first)


def _months_before(on: dt.date, months: int) -> dt.date:
    year, month_index = divmod(on.year * 12 + on.month - 1 - months, 12)
    last = calendar.monthrange(year, month_index + 1)[1]
    return dt.date(year, month_index + 1, min(on.day, last))


def steps(highest: int) -> tuple[int, ...]:
    """Two to four round numbers from 0 up to the highest value."""
    size = next(
        factor * 10**power
        for power in range(12)
        for factor in (1, 2, 5)
        if factor * 10**power * 3 >= highest
    )
    return tuple(range(0, highest + 1, size))


def _tick_days(start: dt.date, end: dt.date) -> tuple[dt.date, ...]:
    """First days of months, at most five; the two ends where the line is too short for them."""
    firsts = [
        dt.date(number // 12, number % 12 + 1, 1)
        for number in range(start.year * 12 + start.month, end.year * 12 + end.month)
    ]
    if len(firsts) < 2:
        return (start, end)
    stride = -(-len(firsts) // 4)
    return tuple(firsts[::stride])


def _tick_labels(days: Sequence[dt.date]) -> list[str]:
    """Short months with the year below the first and wherever it changes."""
    labels = []
    for index, on in enumerate(days):
        head = month(on)[:3] if on.day == 1 else f"{on.day} {month(on)[:3]}"
        new_year = index == 0 or on.year != days[index - 1].year
        labels.append(f"{head}\n{on.year}" if new_year else head)
    return labels


def _font(pixels: int, bold: bool = False) -> FontProperties:
    """The typeface that comes with matplotlib, so that every machine draws alike."""
    import matplotlib as mpl
    from matplotlib.font_manager import FontProperties

    file = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    path = Path(mpl.get_data_path(), "fonts", "ttf", file)
    return FontProperties(fname=str(path), size=pixels * 72 / DPI)
