"""What the commands share: their options, and how they print."""

from __future__ import annotations

import datetime as dt
import json
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from config.settings_file import find
from config.signs import seen

if TYPE_CHECKING:
    from connectors.google.pace import Pace

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class Day(click.ParamType[dt.date]):
    """A day as YYYY-MM-DD."""

    name = "date"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.date:
        """The day; a wrong one is wrong usage."""
        if isinstance(value, dt.date):
            return value
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day; write it as 2026-05-31.", param, ctx)


def common(function: Callable[..., Any]) -> Callable[..., Any]:
    """--config, --json and --quiet, which every command takes."""
    for option in (
        click.option("--quiet", is_flag=True, help="Print nothing but errors."),
        click.option("--json", "as_json", is_flag=True, help="Print one JSON object."),
        click.option(
            "-c", "--config", type=click.Path(path_type=Path),
            help="The coalition's weaver.toml. Default: looked for upward from here.",
        ),
    ):  # fmt: skip
        function = option(function)
    return function


def as_of(function: Callable[..., Any]) -> Callable[..., Any]:
    """--as-of, for commands that compute."""
    return click.option(
        "--as-of", type=Day(), help="Stand for that day (YYYY-MM-DD); implies --dry-run if past."
    )(function)


def settings_file(config: Path | None) -> Path:
    """The settings that were named, or the nearest ones upward."""
    return config if config is not None else find(Path.cwd())


def pace() -> Pace:
    """How time passes, for whatever waits for Google; the whole run has so many seconds."""
    from connectors.google.pace import SECONDS, Pace

    chance = random.SystemRandom()
    return Pace(time.monotonic, time.sleep, chance.random, time.monotonic() + SECONDS)


def clock() -> dt.datetime:
    """The moment, in UTC, for commands that stay; all others are given that of their beginning."""
    return dt.datetime.fromtimestamp(time.time(), dt.UTC)


def put(lines: str, quiet: bool) -> None:
    """Print for people."""
    if not quiet:
        click.echo(seen(lines))


def put_json(found: object) -> None:
    """Print the one JSON object, in which signs that turn or hide what is read are codes."""
    whole = json.dumps(found, ensure_ascii=False, indent=None, allow_nan=False)
    coded = (c if seen(c) else json.dumps(c)[1:-1] for c in whole)
    click.echo(whole if seen(whole) == whole else "".join(coded))


def on_terminal() -> bool:
    """Whether somebody watches."""
    return sys.stderr.isatty()


class Progress:
    """A line on the terminal that says which step is under way; silent where nobody watches."""

    def __init__(self, shown: bool) -> None:
        self._status: Any = None
        if shown:
            from rich.console import Console

            self._status = Console(stderr=True).status("weaver")

    def __enter__(self) -> Callable[[str], None]:
        if self._status is not None:
            self._status.start()
        return self._step

    def __exit__(self, *_: object) -> None:
        if self._status is not None:
            self._status.stop()

    def _step(self, name: str) -> None:
        if self._status is not None:
            self._status.update(name)
