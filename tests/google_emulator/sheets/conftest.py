"""One spreadsheet of a coordinator's, shared with Weaver's service account."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.google_emulator.clients import DRIVE, SHEETS, session
from tests.google_emulator.server import Emulator
from tests.google_emulator.sheets.calling import Api
from tests.google_emulator.sheets.model import Spreadsheet, create_spreadsheet

OWNER = "coordinator@example.org"
WEAVER = "weaver@weaver-tests.iam.gserviceaccount.com"

MakeApi = Callable[[Spreadsheet], Api]


@pytest.fixture
def book(google: Emulator) -> Spreadsheet:
    """Two tabs, of which the first has the id 0."""
    made = create_spreadsheet(google.world, "Coalition", OWNER, titles=("Sheet1", "P1"))
    google.world.share(made.id, WEAVER)
    return made


@pytest.fixture
def api(google: Emulator, book: Spreadsheet) -> Iterator[Api]:
    """Weaver's calls."""
    google.quotas_on = False
    with session(google, (SHEETS, DRIVE)) as made:
        yield Api(made, book)
