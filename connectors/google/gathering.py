"""Everything that Google holds of the coalition's forms, read once."""

from __future__ import annotations

from collections.abc import Mapping

from config.errors import BadData, NeedsPermission, WeaverError, WrongSettings
from config.settings import Settings
from config.tables import SIGNONS
from connectors.google.fetching import Asks, Fetched, fetch

Gathered = Mapping[tuple[str, str], Fetched | WeaverError]
"""`Form.key` of a form → what Google holds of it, or why that can't be read."""
NOTHING: Gathered = {}
NEEDED = SIGNONS.title
"""A run goes on without all forms but these."""


def gather(calls: Asks, settings: Settings) -> Gathered:
    """Ask Google for everything about the forms that live there.

    Raises:
        WeaverError: a form that the run can't do without can't be read.
    """
    found: dict[tuple[str, str], Fetched | WeaverError] = {}
    for form in settings.form:
        if not form.google_form and not form.google_sheet:
            continue
        try:
            read: Fetched | WeaverError = fetch(
                calls, form.google_form, form.google_sheet, form.titles
            )
        except (BadData, NeedsPermission, WrongSettings) as error:
            if form.table == NEEDED:
                raise
            read = error
        found[form.key] = read
    return found
