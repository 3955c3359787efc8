"""What a run for an earlier day can't know: cells that have no day hold what they say today."""

from __future__ import annotations

from config.words import say
from pipeline.metrics.model import Metric
from pipeline.metrics.registry import BY_CODE, tabs
from pipeline.model import Result
from reports.wording import listing


def undated(result: Result) -> list[str]:
    """A warning that names the tabs and the numbers concerned; none where there are none."""
    kept = {name: table.title for name, table in result.typed.items()}
    found = {
        code: looked_at
        for code in result.values
        if (looked_at := [kept[name] for name in _looked_at(BY_CODE[code]) if name in kept])
    }
    if not found:
        return []
    titles = sorted({title for looked_at in found.values() for title in looked_at})
    return [
        say(
            "Cells without a day say what they say today, not what they said on {day}. That "
            "concerns the tabs {tabs} and the numbers {codes}.",
            day=result.today, tabs=listing(titles), codes=", ".join(found),
        )
    ]  # fmt: skip


def _looked_at(metric: Metric) -> tuple[str, ...]:
    return () if metric.dated else tabs((*metric.needs, *metric.uses))
