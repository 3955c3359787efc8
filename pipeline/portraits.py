"""Pictures of how a coalition stands, one for each pattern in docs/worked.

Each function turns what a run came to into the facts of a picture; `reports` draws it. What the
numbers hide because it would point at somebody, the pictures hide too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.figures import shown_number
from pipeline.metrics.model import Metric, Value
from pipeline.metrics.registry import BY_CODE
from pipeline.model import Result
from reports.bars import Bar, Bars


def shares(result: Result, title: str, codes: Iterable[str]) -> Bars:
    """A bar for each of the numbers that is a share of something and has data.

    Args:
        result: of a run.
        title: of the picture.
        codes: of the numbers, from the top.
    """
    bars = [_share(BY_CODE[code], value) for code, value in _known(result, codes)]
    return Bars(title, tuple(bars), 1.0)


def _share(metric: Metric, value: Value) -> Bar:
    return Bar(metric.title, ((metric.title, value.value or 0.0),), shown_number(metric, value))


def _known(result: Result, codes: Iterable[str]) -> Iterator[tuple[str, Value]]:
    """Codes and values of those that have data."""
    for code in codes:
        value = result.values.get(code)
        if value is not None and value.value is not None:
            yield code, value
