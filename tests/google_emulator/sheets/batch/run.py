"""Runs the requests of a batchUpdate, in order, on a draft."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from tests.google_emulator.errors import GoogleError, NotEmulated, invalid
from tests.google_emulator.sheets.batch import (
    copying,
    dimensions,
    filters,
    groups,
    looks,
    marks,
    pieces,
    properties,
    ranges,
    tabs,
    writing,
)
from tests.google_emulator.sheets.batch.context import Handler
from tests.google_emulator.sheets.editing import Editing
from tests.google_emulator.sheets.tidy import tidy

REQUESTS: dict[str, Handler] = {
    **tabs.HANDLERS,
    **properties.HANDLERS,
    **dimensions.HANDLERS,
    **groups.HANDLERS,
    **pieces.HANDLERS,
    **writing.HANDLERS,
    **copying.HANDLERS,
    **ranges.HANDLERS,
    **filters.HANDLERS,
    **looks.HANDLERS,
    **marks.HANDLERS,
}
"""What is emulated; other kinds answer 501."""


def run(edit: Editing, requests: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """One reply per request, {} where there is nothing to say.

    Raises Google's 400, which names the request, or NotEmulated.
    """
    if not requests:
        raise invalid("Must specify at least one request.")
    replies = []
    for index, request in enumerate(requests):
        kind, body = _kind(index, request)
        try:
            replies.append(tidy(REQUESTS[kind](edit, copy_of(body)) or {}))
        except GoogleError as error:
            error.message = f"Invalid requests[{index}].{kind}: {error.message}"
            raise
    return replies


def copy_of(body: Mapping[str, Any]) -> Any:
    """The body, so that nothing kept of it is shared with the caller or with another request."""
    return copy.deepcopy(body) if "rows" not in body else body


def _kind(index: int, request: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    if len(request) != 1:
        raise invalid(
            f"Invalid requests[{index}]: No request set."
            if not request
            else f"Invalid value at 'requests[{index}]' (oneof), oneof field 'request' is "
            f"already set. Cannot set '{list(request)[1]}'"
        )
    ((kind, body),) = request.items()
    if kind not in REQUESTS:
        raise NotEmulated(f"emulator does not implement {kind}")
    return kind, body
