"""A run's first look at Google: nothing is asked for twice, and one spreadsheet in one go."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from connectors.google.book import FIELDS, GoogleTab, tabs_of
from connectors.google.fetching import Asks

Wanted = Callable[[GoogleTab], bool]


class Once:
    """What was asked is remembered, so that tracker and forms may lie in one spreadsheet."""

    def __init__(self, calls: Asks, wanted: Mapping[str, Wanted]) -> None:
        """Ask nothing yet.

        Args:
            calls: the way to Google.
            wanted: spreadsheet → tabs whose cells will be asked for; they come with the first.
        """
        self._calls = calls
        self._wanted = dict(wanted)
        self._about: dict[tuple[str, str], dict[str, Any]] = {}
        self._cells: dict[tuple[str, str], dict[str, Any]] = {}

    def metadata(self, spreadsheet: str, fields: str) -> dict[str, Any]:
        """The masked resource."""
        name = spreadsheet, fields
        if name not in self._about:
            self._about[name] = self._calls.metadata(*name)
        return self._about[name]

    def values(self, spreadsheet: str, ranges: Sequence[str]) -> list[dict[str, Any]]:
        """The ranges' values, unformatted, dates as serial numbers."""
        wanted = self._wanted.pop(spreadsheet, None)
        tabs = tabs_of(self.metadata(spreadsheet, FIELDS)) if wanted else []
        asked = dict.fromkeys([*ranges, *(tab.range for tab in tabs if wanted and wanted(tab))])
        new = [each for each in asked if (spreadsheet, each) not in self._cells]
        if new:
            found = self._calls.values(spreadsheet, new)
            self._cells |= {(spreadsheet, a1): v for a1, v in zip(new, found, strict=True)}
        return [self._cells[spreadsheet, each] for each in ranges]

    def form(self, form_id: str) -> dict[str, Any]:
        """The form as it is now."""
        return self._calls.form(form_id)

    def responses(self, form_id: str) -> list[dict[str, Any]]:
        """All responses, of all pages."""
        return self._calls.responses(form_id)
