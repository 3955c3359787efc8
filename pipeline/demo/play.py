"""Plays the demonstration's year: Weaver runs, and people answer, until its fixed day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from config.errors import WrongUsage
from config.raw import RawTable, Scalar
from config.tables import CHANGES, TO_DECIDE
from config.tables.later import MAIL_WAITING
from config.words import say
from connectors.person import Grid, edit
from pipeline.demo.folder import write_folder
from pipeline.demo.story import STAGES, Stage, about_mail, answer
from pipeline.runner import Order, Step, run

MARK = ".weaver-demo"
_THEIRS = ("Decision", "Decided by", "Note")


def play(folder: Path, now: dt.datetime, step: Step) -> dict[str, Any]:
    """Write the invented coalition and live through its year.

    Args:
        folder: new, empty, or a demonstration of before, which is replaced.
        now: the moment; the demonstration pins its own days.
        step: told what is under way.

    Returns:
        What the last run says of itself.

    Raises:
        WrongUsage: the folder holds something else.
    """
    *_, last = live_through(folder, now, step)
    return last


def live_through(folder: Path, now: dt.datetime, step: Step) -> Iterator[dict[str, Any]]:
    """The same day by day: what each day's run says of itself, people's decisions after it."""
    _make_room(folder)
    for stage in STAGES:
        step(say("{day}: Weaver runs, people decide", day=stage.day))
        write_folder(folder, stage.day)
        summary = run(Order(folder / "weaver.toml", now))
        _sit_down(folder / "results.xlsx", stage)
        yield summary


def _make_room(folder: Path) -> None:
    """Empty a demonstration of before; never touch anything else."""
    if folder.exists() and not folder.is_dir():
        what = say("This is a file, and the demonstration needs a folder.")
        raise WrongUsage(what, str(folder), say("Name a folder that is new or empty."))
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise WrongUsage(
            say("The folder holds something that is no demonstration."),
            str(folder),
            say("Name a folder that is new or empty."),
        )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).touch()
    old = ["results.xlsx", "results.previous.xlsx", "state.db", "state.db.lock"]
    for path in (*(folder / name for name in old), *(folder / "outbox").glob("*.eml")):
        path.unlink(missing_ok=True)


def _sit_down(results: Path, stage: Stage) -> None:
    """What the coordinators type on that day, in both shared tabs."""
    saved = dt.datetime.combine(stage.day, dt.time(18))
    typed = [change.cells() for change in stage.changes]

    def decide(header: tuple[str, ...], rows: Grid) -> Grid:
        return [_decided(header, row, stage) for row in rows]

    def ask(header: tuple[str, ...], rows: Grid) -> Grid:
        return rows + [[cells.get(title) for title in header] for cells in typed]

    if any(_asked(results, stage)):
        edit(results, TO_DECIDE.title, decide, saved)
    if typed:
        edit(results, CHANGES.title, ask, saved)
    if _waits(results, stage):
        edit(results, MAIL_WAITING.title, lambda header, rows: _said(header, rows, stage), saved)


def _asked(results: Path, stage: Stage) -> list[bool]:
    table = _tabs(results)[TO_DECIDE.title]
    return [_decided(table.header, list(row), stage) != list(row) for row in table.rows]


def _waits(results: Path, stage: Stage) -> bool:
    """Whether somebody answers a row of Mail waiting on that day."""
    table = _tabs(results).get(MAIL_WAITING.title)
    rows = [list(row) for row in table.rows] if table else []
    return table is not None and _said(table.header, rows, stage) != rows


def _tabs(results: Path) -> Mapping[str, RawTable]:
    from connectors.workbook import read_workbook

    return read_workbook(results)


def _said(header: tuple[str, ...], rows: Grid, stage: Stage) -> Grid:
    """The rows of Mail waiting with a word beside each that is answered on that day."""
    to, word = header.index("To"), header.index("Decision")
    return [
        [*row[:word], row[word] or about_mail(stage, str(row[to])) or None, *row[word + 1 :]]
        for row in rows
    ]


def _decided(header: tuple[str, ...], row: list[Scalar], stage: Stage) -> list[Scalar]:
    cells: Mapping[str, Scalar] = dict(zip(header, row, strict=True))
    if cells["Status"] == "settled" or (said := answer(stage, cells)) is None:
        return row
    typed = {**cells, **dict(zip(_THEIRS, said, strict=True))}
    return [typed[title] for title in header]
