"""The settings without judging them: as they stand, else as they stood in their newest copy."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def readings(config: Path) -> Iterator[dict[str, Any]]:
    """What `weaver.toml` says, then what its newest copy says; those of them that are TOML.

    The copy is looked for only by whoever goes on to it.
    """
    yield from _read(config)
    from connectors.store.copies import BACKUPS
    from connectors.tabcopies import copies

    for _, copy in copies(config.parent / BACKUPS).get(config.name, [])[-1:]:
        yield from _read(copy)


def _read(file: Path) -> list[dict[str, Any]]:
    try:
        return [tomllib.loads(file.read_text(encoding="utf-8-sig"))]
    except (OSError, ValueError):
        return []
