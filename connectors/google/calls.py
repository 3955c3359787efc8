"""What Weaver asks Google for; every request of its goes through here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import requests

from config.errors import Temporary
from config.words import say
from connectors.google.budget import kind_of
from connectors.google.refusals import Again, Changed, Unsure
from connectors.google.trying import Trying

__all__ = ["Again", "Calls", "Changed", "Unsure"]

SHEETS = "https://sheets.googleapis.com/v4/spreadsheets"
FORMS = "https://forms.googleapis.com/v1/forms"
GMAIL = "https://gmail.googleapis.com/gmail/v1/users/me"
PAGE = 5000
"""Responses in one request, the most that Google allows."""


class Calls(Trying):
    """The one choke point, for gspread's requests too."""

    def metadata(self, spreadsheet: str, fields: str) -> dict[str, Any]:
        """What a spreadsheet says of itself, as far as `fields` (Google's mask) asks for it."""
        found = self._read(f"{SHEETS}/{spreadsheet}", {"fields": fields})
        title = found.get("properties", {}).get("title")
        if title:
            self._titles["spreadsheet", spreadsheet] = str(title)
        return found

    def values(self, spreadsheet: str, ranges: Sequence[str]) -> list[dict[str, Any]]:
        """The ranges' values in their order: numbers as numbers, dates as serial numbers.

        Rows are ragged, and a range without values has no key "values", as Google has it.
        """
        query = {
            "ranges": list(ranges),
            "majorDimension": "ROWS",
            "valueRenderOption": "UNFORMATTED_VALUE",
            "dateTimeRenderOption": "SERIAL_NUMBER",
        }
        found = self._read(f"{SHEETS}/{spreadsheet}/values:batchGet", query)
        listed = found.get("valueRanges", [])
        if len(listed) != len(ranges):
            raise Temporary(
                say("Google answered with {n} ranges instead of {m}.", n=len(listed),
                    m=len(ranges)),
                self._asked("get", f"{SHEETS}/{spreadsheet}").where,
                say("Run Weaver again in a few minutes."),
            )  # fmt: skip
        return list(listed)

    def batch_update_once(
        self, spreadsheet: str, body: Mapping[str, Any], fields: str = ""
    ) -> dict[str, Any]:
        """Send one atomic change, once. `fields` masks the answer.

        Raises:
            Unsure: nobody knows whether it was applied; read back before sending it again.
            Again: it was surely not applied.
        """
        url = f"{SHEETS}/{spreadsheet}:batchUpdate"
        query = {"fields": fields} if fields else None
        return self._once("post", url, json=body, params=query)[1]

    def mail(self, path: str, body: Mapping[str, Any]) -> requests.Response:
        """Ask Gmail, once; whatever it answers.

        Raises:
            Unsure: nobody knows whether it was done.
            Again: it surely was not.
        """
        url = f"{GMAIL}/{path}"
        self._budget.take(kind_of("post", url))
        return self._sent("post", url, self._asked("post", url), {"json": body})

    def form(self, form_id: str) -> dict[str, Any]:
        """The form as it is now: title, questions, publish state."""
        found = self._read(f"{FORMS}/{form_id}", {})
        title = found.get("info", {}).get("title") or found.get("info", {}).get("documentTitle")
        if title:
            self._titles["form", form_id] = str(title)
        return found

    def responses(self, form_id: str) -> list[dict[str, Any]]:
        """All responses, of all pages, each id once, in the order in which they came."""
        url = f"{FORMS}/{form_id}/responses"
        found: dict[str, dict[str, Any]] = {}
        seen: set[str] = set()
        query: dict[str, Any] = {"pageSize": PAGE}
        while True:
            page = self._read(url, query)
            # One that was edited while the pages were read comes twice; the later one is newer.
            found.update((str(each.get("responseId")), each) for each in page.get("responses", []))
            token = page.get("nextPageToken", "")
            if not token:
                return list(found.values())
            if token in seen:
                raise Temporary(
                    say("The pages of the form's responses go round in a circle."),
                    self._asked("get", url).where,
                    say("That is a fault of Google's; run Weaver again in a few minutes."),
                )
            seen.add(token)
            query = {"pageSize": PAGE, "pageToken": token}
