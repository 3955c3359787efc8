"""The fixture `google`: an emulator of one's own, which must not have broken its own rules."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.google_emulator.server import Emulator

LOOPBACK = {"localhost", "127.0.0.1", "::1"}


@pytest.fixture
def google(monkeypatch: pytest.MonkeyPatch) -> Iterator[Emulator]:
    """An emulated Google. Fails the test if it was asked for what it doesn't emulate (501),
    unless the test empties `google.unhandled`, and if it gave an answer that Google can't give.
    Outside names can't be looked up meanwhile."""
    from tests.google_emulator.server import Emulator

    block_outside_names(monkeypatch)
    with Emulator() as emulator:
        yield emulator
    assert not emulator.bugs, "\n\n".join(emulator.bugs)
    assert not emulator.unhandled, emulator.unhandled


def block_outside_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let only loopback names be looked up, so that a missed host fails loudly."""
    real = socket.getaddrinfo

    def only_loopback(host: Any, *args: Any, **more: Any) -> Any:
        if (host.decode() if isinstance(host, bytes) else host) not in LOOPBACK:
            raise socket.gaierror(f"a test looked up {host}")
        return real(host, *args, **more)

    monkeypatch.setattr(socket, "getaddrinfo", only_loopback)
