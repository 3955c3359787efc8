"""Plain calls of Sheets over HTTP, for the golden tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from google.auth.transport.requests import AuthorizedSession

from tests.google_emulator.sheets.model import Spreadsheet

ROOT = "https://sheets.googleapis.com/v4/spreadsheets"
Json = dict[str, Any]


class Refusal(Exception):
    """An answer other than 200."""

    def __init__(self, code: int, body: Json) -> None:
        super().__init__(f"{code}: {body['error']['message']}")
        self.code = code
        self.message: str = body["error"]["message"]
        self.status: str = body["error"].get("status", "")


@dataclass
class Api:
    """The methods as they are on the wire, for one spreadsheet."""

    session: AuthorizedSession
    book: Spreadsheet

    def call(self, verb: str, path: str, query: Any = None, body: Any = None) -> Json:
        """The answer's JSON. Raises Refusal."""
        answer = self.session.request(
            verb, f"{ROOT}/{self.book.id}{path}", params=query, json=body, timeout=20
        )
        if answer.status_code != 200:
            raise Refusal(answer.status_code, answer.json())
        return answer.json()

    def get(self, **query: Any) -> Json:
        """spreadsheets.get."""
        return self.call("GET", "", query)

    def values(self, cells: str, **query: Any) -> Json:
        """values.get."""
        return self.call("GET", f"/values/{quote(cells, safe='')}", query)

    def rows(self, cells: str, **query: Any) -> list[list[Any]]:
        """The values alone, [] if there are none."""
        return self.values(cells, **query).get("values", [])

    def batch_get(self, ranges: Sequence[str], **query: Any) -> Json:
        """values.batchGet."""
        return self.call("GET", "/values:batchGet", {"ranges": list(ranges), **query})

    def update(self, cells: str, values: Any, option: str = "RAW", **more: Any) -> Json:
        """values.update; `more` are query parameters, and `body` adds to the body."""
        body = {"values": values, **more.pop("body", {})}
        query = {**({"valueInputOption": option} if option else {}), **more}
        return self.call("PUT", f"/values/{quote(cells, safe='')}", query, body)

    def append(self, cells: str, values: Any, **more: Any) -> Json:
        """values.append."""
        query = {"valueInputOption": "RAW", **more}
        path = f"/values/{quote(cells, safe='')}:append"
        return self.call("POST", path, query, {"values": values})

    def batch_values(self, data: Mapping[str, Any], **more: Any) -> Json:
        """values.batchUpdate of {range: values}."""
        items = [{"range": cells, "values": values} for cells, values in data.items()]
        body = {"valueInputOption": "RAW", "data": items, **more}
        return self.call("POST", "/values:batchUpdate", None, body)

    def clear(self, cells: str) -> Json:
        """values.clear."""
        return self.call("POST", f"/values/{quote(cells, safe='')}:clear", None, {})

    def post(self, path: str, body: Any) -> Json:
        """Any other POST, such as ":batchUpdate"."""
        return self.call("POST", path, None, body)

    def batch(self, *requests: Json, **more: Any) -> list[Json]:
        """spreadsheets.batchUpdate; the replies."""
        return self.post(":batchUpdate", {"requests": list(requests), **more})["replies"]

    def one(self, kind: str, **body: Any) -> Json:
        """One request; what its reply says."""
        (reply,) = self.batch({kind: body})
        return reply.get(kind, {})


def area(top: int, left: int, bottom: int, right: int, sheet_id: int = 0) -> Json:
    """A GridRange."""
    return {
        "sheetId": sheet_id,
        "startRowIndex": top,
        "endRowIndex": bottom,
        "startColumnIndex": left,
        "endColumnIndex": right,
    }


def span(dimension: str, start: int, end: int, sheet_id: int = 0) -> Json:
    """A DimensionRange."""
    where = {"sheetId": sheet_id, "dimension": dimension}
    return where | {"startIndex": start, "endIndex": end}
