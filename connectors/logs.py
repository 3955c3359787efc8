"""The log of runs: plain lines or JSON, in files that are renewed when they grow too large."""

from __future__ import annotations

import datetime as dt
import json
import logging
import logging.handlers
import os
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import Any, cast

OLD_FILES = 5
_MEGABYTE = 1_000_000


class _Private(logging.handlers.RotatingFileHandler):
    """Files that their owner alone may read. A full disk never ends a run."""

    def _open(self) -> TextIOWrapper:
        def opener(name: str, flags: int) -> int:
            return os.open(name, flags, 0o600)

        opened = open(self.baseFilename, self.mode, encoding="utf-8", opener=opener)  # noqa: SIM115
        return cast("TextIOWrapper", opened)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """What can't be noted isn't; nobody is held up."""


class RunLog:
    """Notes what runs do; the caller says when, since only the command line knows the time."""

    def __init__(self, path: Path, json_lines: bool = False, megabytes: int = 1) -> None:
        self._json = json_lines
        self._logger = logging.Logger("weaver")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handler: logging.Handler = _Private(
                path, maxBytes=megabytes * _MEGABYTE, backupCount=OLD_FILES, encoding="utf-8"
            )
        except OSError:
            handler = logging.NullHandler()
        self._logger.addHandler(handler)

    def note(self, moment: dt.datetime, event: str, **facts: float | str) -> None:
        """Add a line: the moment in UTC, what happened, and its facts.

        The facts must be numbers or words of Weaver's own, never what a person typed. None is
        called at, level or event.
        """
        at = moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        level = logging.ERROR if event == "failed" else logging.INFO
        whole: dict[str, Any] = {"at": at, "level": logging.getLevelName(level).lower()}
        if self._json:
            whole |= {"event": event} | facts
            self._logger.log(level, "%s", json.dumps(whole, ensure_ascii=False))
            return
        told = " ".join(f"{name}={_one_line(value)}" for name, value in facts.items())
        self._logger.log(level, "%s %s %s", at, whole["level"], f"{event} {told}".strip())

    def close(self) -> None:
        """Let go of the file."""
        for handler in [*self._logger.handlers]:
            with suppress(OSError):
                handler.close()
            self._logger.removeHandler(handler)


def _one_line(value: float | str) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value)
