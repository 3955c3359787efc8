"""What the emulator's own tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.google_emulator.gspread_scene import Scene
from tests.google_emulator.server import Emulator


@pytest.fixture
def stock(google: Emulator) -> Iterator[Scene]:
    """Stock gspread before a spreadsheet that is shared with it."""
    made = Scene(google)
    yield made
    made.gc.http_client.session.close()
