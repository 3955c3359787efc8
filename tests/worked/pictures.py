"""The picture that each worked example leads to: name of the page → how it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pipeline import portraits
from pipeline.model import Result
from pipeline.portraits import shares
from reports.bars import Bars, bars_svg


def _principles(result: Result) -> Bars:
    return shares(result, "What everybody agrees to", ("A8", "A10"))


def _invitation(result: Result) -> Bars:
    return shares(result, "From the invitation to the list", ("A4", "A12"))


def _peaceful(result: Result) -> Bars:
    return shares(result, "Who holds to the policy", ("A8", "A10"))


def _stewardship(result: Result) -> Bars:
    return shares(result, "Support for the members", ("S3", "S7"))


def _reporting(result: Result) -> Bars:
    return shares(result, "What we tell of", ("P2", "I2", "I3"))


PORTRAITS: Mapping[str, Callable[[Result], Bars | str]] = {
    "celebration": portraits.celebration,
    "levers": portraits.shifting,
    "inclusion": portraits.belonging,
    "districts": portraits.close,
    "principles": _principles,
    "invitation": _invitation,
    "peaceful": _peaceful,
    "stewardship": _stewardship,
    "reporting": _reporting,
}
"""Name of the page → the bars, or the drawn map, that it leads to."""


def picture(name: str, result: Result) -> str:
    """The picture of the page of that name, as SVG."""
    found = PORTRAITS[name](result)
    return found if isinstance(found, str) else bars_svg(found)
