"""Weaver's own way to the emulated Google, with a pace that makes nobody wait."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, closing
from typing import Any

import pytest

from config.google import Google
from connectors.google.calls import Calls
from connectors.google.pace import Pace
from connectors.google.session import open_calls
from tests.connectors.google.waiting import KEY, OWNER, ROOT, Opened, Waits
from tests.google_emulator.server import Emulator
from tests.google_emulator.sheets.model import Spreadsheet, create_spreadsheet


@pytest.fixture
def waits(google: Emulator) -> Waits:
    """How long Weaver waited, and the pace that notes it."""
    return Waits(google)


@pytest.fixture
def opened(google: Emulator, waits: Waits) -> Iterator[Opened]:
    """Opens calls to the emulator: `opened()`; settings, environment and more as keywords."""
    with ExitStack() as stack:

        def make(
            *,
            forms: bool = False,
            environ: dict[str, str] | None = None,
            pace: Pace | None = None,
            time_out: tuple[float, float] = (2.0, 5.0),
            longest: float = 60.0,
            **settings: Any,
        ) -> Calls:
            given = {"working": "w" * 44, "credentials": "key"} | settings
            variables = {KEY: json.dumps(google.service_account()), ROOT: google.url}
            made = open_calls(
                Google(**given),
                forms,
                pace or waits.pace,
                variables | (environ or {}),
                time_out=time_out,
                longest=longest,
            )
            return stack.enter_context(closing(made))

        yield make


@pytest.fixture
def spreadsheet(google: Emulator) -> Spreadsheet:
    """A spreadsheet of Ana's, "The tracker", shared with Weaver as an editor."""
    made = create_spreadsheet(google.world, "The tracker", OWNER)
    google.world.share(made.id, google.service_account()["client_email"])
    return made
