"""Networks written by hand: a name per letter, a tie per pair."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pipeline.metrics.model import Context
from tests.pipeline.metrics.conftest import build

HEADER = "date | organisation_a | organisation_b | kind"


def rows_of(ties: str, kind: str = "one-to-one", date: str = "2026-05-01") -> list[str]:
    """Rows of Conversations for "A-B B-C"."""
    return [f"{date} | {pair.replace('-', ' | ')} | {kind}" for pair in ties.split()]


def made(
    ties: str = "", names: str = "", forbidden: str = "", more: str = "", **tabs: Any
) -> Context:
    """Everybody in `ties` ("A-B B-C") and `names` is a member; no more is said of them."""
    everybody = sorted({*ties.replace("-", " ").split(), *names.split()})
    given = {"organisations": "name\n" + "\n".join(everybody)} | tabs
    lines = [HEADER, *rows_of(ties), *rows_of(forbidden, "do not introduce"), more.strip()]
    return build(conversations="\n".join(lines), **given)


def clique(names: str) -> str:
    """The ties of everybody with everybody."""
    return " ".join(f"{a}-{b}" for a in names for b in names if a < b)


@pytest.fixture(scope="session", name="made")
def made_fixture() -> Callable[..., Context]:
    """Call it with ties and names."""
    return made
