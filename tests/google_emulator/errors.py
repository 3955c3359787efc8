"""Google's refusals, in Google's words."""

from __future__ import annotations

from typing import Any


class GoogleError(Exception):
    """A refusal that the front end turns into Google's error body.

    Attributes:
        code: the HTTP status.
        status: Google's word for it, such as INVALID_ARGUMENT.
        message: the text.
        details: the `details` list of the body, if any.
        errors: the `errors` list that Drive's bodies carry; made from the rest where empty.
    """

    def __init__(
        self,
        code: int,
        status: str,
        message: str,
        details: list[dict[str, Any]] | None = None,
        errors: list[dict[str, Any]] | None = None,
    ) -> None:
        super().__init__(f"{code} {status}: {message}")
        self.code = code
        self.status = status
        self.message = message
        self.details = details or []
        self.errors = errors or []


class NotEmulated(Exception):
    """Weaver's emulator doesn't do this; the front end answers 501, never a silent success."""


def invalid(message: str, details: list[dict[str, Any]] | None = None) -> GoogleError:
    """400 INVALID_ARGUMENT."""
    return GoogleError(400, "INVALID_ARGUMENT", message, details)


def forbidden() -> GoogleError:
    """403 for a file that exists but isn't shared (enough) with the caller."""
    return GoogleError(403, "PERMISSION_DENIED", "The caller does not have permission")


def not_found() -> GoogleError:
    """404 for an id that doesn't exist."""
    return GoogleError(404, "NOT_FOUND", "Requested entity was not found.")
