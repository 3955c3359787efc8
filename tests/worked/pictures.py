"""The picture that each worked example leads to: name of the page → how it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pipeline import pictured, portraits
from pipeline.model import Result
from reports.bars import Bars, bars_svg

PORTRAITS: Mapping[str, Callable[[Result], Bars | str]] = {
    "celebration": portraits.celebration,
    "levers": portraits.shifting,
    "inclusion": portraits.belonging,
    "districts": portraits.close,
    "principles": pictured.principles,
    "invitation": pictured.invited,
    "peaceful": pictured.breaches,
    "stewardship": pictured.support,
    "reporting": portraits.reported,
}
"""Name of the page → the bars, or the drawn map, that it leads to."""


def picture(name: str, result: Result) -> str:
    """The picture of the page of that name, as SVG."""
    found = PORTRAITS[name](result)
    return found if isinstance(found, str) else bars_svg(found)
