"""Google Forms' responses from a CSV file, in either of the shapes that Google gives."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from config.errors import BadData
from config.raw import RawTable
from config.words import say
from connectors.csvtext import CsvText

_AGAIN = "Download the responses again as CSV and put the file here."
_ZONED = re.compile(r"^\d{4}/\d{1,2}/\d{1,2}\s.*\d:\d\d.*(\b(GMT|UTC)\b|\s[A-Z]{3,5}$)")
_TIMED = re.compile(r"^\d{1,4}([/.-])\d{1,2}\1\d{1,4},?\s.*\d:\d\d")


class CsvSignOns:
    """The responses in one CSV file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> RawTable:
        """All responses, each cell exactly as it was typed.

        Raises:
            BadData: the file is missing, empty or no text.
            NeedsPermission: it may not be read.
        """
        file = CsvText(self.path, say("The responses are not there."), say(_AGAIN))
        numbered = [(n, r) for n, r in enumerate(file.records(), 1) if any(map(str.strip, r))]
        if not numbered:
            raise BadData(say("The file holds nothing."), str(self.path), say(_AGAIN))
        (_, header), *body = numbered
        width = max(len(record) for _, record in numbered)
        rows = tuple((*record, *[""] * (width - len(record))) for _, record in body)
        titles = (*header, *[""] * (width - len(header)))
        joined_by = _joined_by([row[0] for row in rows])
        return RawTable(self.path.name, titles, rows, tuple(n for n, _ in body), joined_by)


def _joined_by(times: Sequence[str]) -> str | None:
    """How ticked answers are joined: Forms' own download names a zone in its timestamps."""
    if any(_ZONED.match(time) for time in times):
        return ";"
    return ", " if any(_TIMED.match(time) for time in times) else None
