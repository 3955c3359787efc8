"""Numbers as rows of the tracker's tabs, a value per column in the order of `config.tables`."""

from __future__ import annotations

from collections.abc import Iterator

from config.raw import RawTable
from config.records import MetricPoint
from config.tables import BY_NAME
from config.words import say
from pipeline.aiming import NO_DATA, Aim, aim_of
from pipeline.course import Monthly, year_before
from pipeline.dials import Dial, dials
from pipeline.figures import (
    SHARE,
    a_year_ago,
    as_typed,
    change_since,
    course_of,
    definition_of,
    shown_number,
)
from pipeline.metrics.model import Metric, Value
from pipeline.metrics.registry import BY_CODE, missing, place
from pipeline.metrics.steps import Lever, levers
from pipeline.model import Result
from reports.facts import Row
from reports.wording import sentence

SHOWN_PARTS = 9
MONTH, REPORTED = "month", "month, as reported"
"""A month that was counted again, and one of which there is what was reported then."""
_SHOWN_IN = {"signons": "every_form_checked", "organisations": "who_has_signed"}
"""What a number counts → the table in which its rows are shown; a tracker's is its own."""


def number_rows(result: Result) -> Iterator[Row]:
    """Rows of Numbers, in the order of the dictionary."""
    told = {row[0]: row for row in (*_counted(result), *_over(result))}
    yield from (told[code] for code in sorted(told, key=lambda code: place(str(code))))


def _counted(result: Result) -> Iterator[Row]:
    for code, value in result.values.items():
        metric = BY_CODE[code]
        if not metric.reported:
            continue
        aim = aim_to(result, code)
        yield (
            code, metric.title, say(metric.phase), rounded(value.value), _of_which(metric, value),
            change_since(result, metric, value), a_year_ago(result, metric, value),
            aim.target.goal if aim else None, aim.target.by if aim else None,
            aim.status if aim else "", aim.why if aim else "", _left_out(value),
            definition_of(metric, value), value.why,
        )  # fmt: skip


def _over(result: Result) -> Iterator[Row]:
    """Numbers that are aimed at or were told once, and aren't counted: a row without a figure."""
    told = ({p.code for p in result.known.metrics} | result.aims.keys()) & BY_CODE.keys()
    for code in sorted(told - result.values.keys(), key=place):
        metric, target = BY_CODE[code], result.aims.get(code)
        if metric.reported:
            nothing = missing(metric, result.context) or say("there is nothing to count")
            why = say("not counted now: {nothing}", nothing=nothing)
            goal, by = (target.goal, target.by) if target else (None, None)
            yield (code, metric.title, say(metric.phase), None, "", "", "", goal, by,
                   say(NO_DATA) if target else "", "", "", metric.definition, why)  # fmt: skip


def aim_to(result: Result, code: str) -> Aim | None:
    """How that number stands against its target; None where nobody aims at any."""
    target = result.aims.get(code)
    if target is None or code not in result.values:
        return None
    value = result.values[code].value
    return aim_of(target, BY_CODE[code], value, course_of(result, code), result.today)


def counted_in(result: Result) -> dict[str, str]:
    """A number's title → the table whose rows it counts."""
    found = {}
    for code in result.values:
        field = next(iter((*BY_CODE[code].needs, *BY_CODE[code].uses)), "")
        name = field.partition(".")[0]
        if (table := _SHOWN_IN.get(name, name)) in BY_NAME:
            found[BY_CODE[code].title] = table
    return found


def over_time_rows(result: Result) -> Iterator[Row]:
    """Rows of Numbers over time: what was reported stays; what it is now stands beside it."""
    for point in points(result):
        revised = course_of(result, point.code).revised(point.day)
        value = None if point.code in result.hidden else rounded(point.value)
        yield (point.day, point.code, value, rounded(revised))


def points(result: Result) -> list[MetricPoint]:
    """Every recorded value, this run's included, by day and code.

    On quiet days it isn't seen that what is hidden changed on one of them.
    """
    whole = {(p.day, p.code): p for p in (*result.known.metrics, *result.ledger.metrics)}
    begins = result.quiet.begins if result.quiet else None
    return [
        whole[day, code] for day, code in sorted(whole)
        if begins is None or day < begins or code not in result.hidden
    ]  # fmt: skip


def part_rows(result: Result) -> Iterator[Row]:
    """Rows of Numbers by part: districts, sectors and groups; then months."""
    lines: list[tuple[str, str, str, Value]] = [
        (one.code, one.by, one.part, one.value)
        for one in result.parts
        if BY_CODE[one.code].reported
    ]
    lines += [
        (code, MONTH if one.again else REPORTED, f"{one.day:%Y-%m}", one.value)
        for code, one in _months(result)
    ]
    for code, by, part, value in sorted(lines, key=lambda line: place(line[0])):
        metric = BY_CODE[code]
        share = shown_number(metric, value) if metric.unit == SHARE else ""
        # The line of a month keeps its key when the month is too long ago to be counted again.
        key = f"{code} {MONTH if by == REPORTED else by} {part}"
        yield (key, code, metric.title, say(by), part, rounded(value.value), share)


def _months(result: Result) -> Iterator[tuple[str, Monthly]]:
    """(code, the figure) per month of the last twelve complete ones, and of this one's weeks."""
    first = result.today.replace(day=1)
    ran = [r.as_of for r in result.known.runs if year_before(first) <= r.as_of < first]
    for code in result.values:
        if BY_CODE[code].reported:
            yield from ((code, one) for one in course_of(result, code).by_month(ran))


def past_months(result: Result, tab: RawTable) -> Iterator[Row]:
    """The months of Numbers by part that stand there and are too long ago to be counted again."""
    again = {f"{day:%Y-%m}" for day in result.recounted} | {f"{result.today:%Y-%m}"}
    titles = [column.title for column in BY_NAME["numbers_by_part"].columns]
    if not set(titles) <= set(tab.header):
        return
    places = [tab.header.index(title) for title in titles]
    for cells in tab.rows:
        key, code, title, by, month, value, share = (cells[place] for place in places)
        if result.quiet and code in result.hidden:
            yield (key, code, title, by, month, None, result.quiet.hidden)
            continue
        if by in (say(MONTH), say(REPORTED)) and str(month) not in again and value is not None:
            yield (key, code, title, say(REPORTED), month, value, share)


def dashboard_rows(result: Result) -> Iterator[Row]:
    """Rows of the Dashboard: the dials and the two sides, then how far each lever has moved."""
    for dial in dials(result):
        yield (dial.key, dial.title, dial.reading, moved(dial), dial.words, dial.made_of)
    for lever in levers(result.context):
        reading = None if lever.way is None else round(100 * min(max(lever.way, 0.0), 1.0), 1)
        yield (f"lever {lever.name}", lever.name, reading, "", in_words(lever), lever.source)


def in_words(lever: Lever) -> str:
    """From where to where a lever shall move, and where it is."""
    figures = (lever.baseline, lever.target, lever.latest)
    start, goal, now = (say("not said") if f is None else as_typed(f) for f in figures)
    by = say(" by {day}", day=lever.by) if lever.by else ""
    seen = say(" (as of {day})", day=lever.as_of) if lever.as_of else ""
    told = say("{shift} From {start} to {goal}{by}; now {now}{seen}.", shift=sentence(lever.shift),
               start=start, goal=goal, by=by, now=now, seen=seen)  # fmt: skip
    return told + (say(" {group} works on it.", group=lever.group) if lever.group else "")


def introduction_rows(result: Result) -> Iterator[Row]:
    """Rows of Introductions."""
    for one in result.introductions:
        yield (one.key, one.first, one.second, one.why, one.who)


def moved(dial: Dial) -> str:
    """How far a dial moved since the last report; "" where that isn't known."""
    if dial.reading is None or dial.before is None:
        return ""
    difference = round(dial.reading - dial.before)
    return f"{difference:+d}" if difference else say("unchanged")


def _of_which(metric: Metric, value: Value) -> str:
    """A share as so many of so many; else what the figure is made of."""
    if metric.unit == SHARE:
        return shown_number(metric, value)
    parts = [f"{name} {number:g}" for name, number in value.details[:SHOWN_PARTS]]
    more = len(value.details) - SHOWN_PARTS
    return ", ".join(parts) + (say(", {n} more", n=more) if more > 0 else "")


def rounded(value: float | None) -> float | None:
    """The figure as a cell shows it."""
    return None if value is None else round(float(value), 3)


def _left_out(value: Value) -> str:
    """How many rows weren't counted, and why."""
    many, why = value.excluded
    return say("{n}: {why}", n=many, why=why) if many else ""
