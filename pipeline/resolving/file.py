"""Reads a list, resolves it, and writes it with what was found."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from config.errors import WrongUsage
from config.words import say
from connectors.lists import write_list
from pipeline.resolution.listing import ADDED, PAIR, PART, SAME, resolve
from pipeline.resolution.matching import looked_up
from pipeline.resolving.reading import list_of, records_of, registry_in, texts_of
from pipeline.resolving.telling import FORMULA, pairs_in, problems_of


@dataclass(frozen=True)
class Wish:
    """What somebody wants to have cleaned.

    Attributes:
        file: the list.
        out: where it is written with what was found.
        given: field → what its column is called.
        tab: of a workbook; "" for the first that has a column with names.
        questions: where the pairs are written that a person should look at; None for nowhere.
        against: a list of the organisations that are known; None to compare the rows themselves.
        registry: the same as a frame, as `matching.match_records` takes it.
    """

    file: Path
    out: Path
    given: Mapping[str, str] = field(default_factory=dict)
    tab: str = ""
    questions: Path | None = None
    against: Path | None = None
    registry: pd.DataFrame | None = None


def resolve_file(wish: Wish) -> dict[str, Any]:
    """Write the list with what was found; what `weaver resolve --json` prints.

    Raises:
        BadData: a file can't be read, or nobody can tell which column has the names.
        WrongUsage: a file would be written where one is read.
        NeedsPermission, Temporary: a file can't be read or written.
    """
    _check_places(wish)
    with _without_collecting():
        return _resolve(wish)


def _resolve(wish: Wish) -> dict[str, Any]:
    source, columns = list_of(wish.file, wish.tab, wish.given)
    records = records_of(source, columns)
    registry = registry_in(wish.against) if wish.against else wish.registry
    found = resolve(records) if registry is None else looked_up(records, registry)
    pairs = _with_numbers(found.pairs, source.numbers)
    if wish.questions is not None:
        write_list(wish.questions, list(PAIR), [_safe(pairs[name]) for name in PAIR])
    cells = [*map(texts_of, source.columns), *_added(found.rows)]
    write_list(wish.out, (*source.header, *ADDED), cells)
    return {
        "file": str(wish.file),
        "out": str(wish.out),
        "against": str(wish.against or ("" if registry is None else say("your own registry"))),
        "questions": str(wish.questions or ""),
        "columns": {field: source.header[at] for field, at in columns.places.items()},
        "rows": len(source.numbers),
        "organisations": found.organisations,
        "joined": found.joined,
        "asked": pairs_in(pairs, SAME),
        "related": pairs_in(pairs, PART),
        "problems": [
            {"tab": p.tab, "row": p.row or None, "column": p.column, "problem": p.problem,
             "remedy": p.remedy}
            for p in problems_of(source, columns)
        ],
    }  # fmt: skip


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Rows and cells hold no cycles; to look for some among millions takes longer than to read."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def _check_places(wish: Wish) -> None:
    read = [path for path in (wish.file, wish.against) if path is not None]
    written = [path for path in (wish.out, wish.questions) if path is not None]
    for at, path in enumerate(written):
        if path.is_dir():
            what, remedy = (
                say("This is a folder, not a file."),
                say("Name a file, such as OUT.csv."),
            )
        elif path.suffix.lower() in (".xlsx", ".xls", ".ods"):
            what = say("What is written is CSV, which no workbook's name fits.")
            remedy = say("Name it {name}.", name=path.with_suffix(".csv").name)
        elif any(_same(path, other) for other in (*read, *written[:at])):
            what = say("This file is read, or written, by the same call.")
            remedy = say("Give each file another name.")
        else:
            continue
        raise WrongUsage(what, str(path), remedy)


def _same(one: Path, other: Path) -> bool:
    if one.exists() and other.exists():
        return one.samefile(other)
    return one.resolve() == other.resolve()


def _with_numbers(pairs: pd.DataFrame, numbers: Sequence[int]) -> pd.DataFrame:
    """The pairs with row numbers as a spreadsheet shows them; "" for what isn't in the list."""
    shown = {
        side: [numbers[at] if at >= 0 else "" for at in pairs[side]]
        for side in ("row", "other_row")
    }
    return pairs.assign(**{side: pd.Series(n, dtype=object) for side, n in shown.items()})


def _added(rows: pd.DataFrame) -> list[list[str]]:
    """The columns `ADDED` as they are written."""
    levels, at = np.unique(rows["confidence"].to_numpy(float), return_inverse=True)
    shown = ["" if np.isnan(level) else str(float(level)) for level in levels]
    confidence = [shown[level] for level in at.tolist()]
    ids: list[str] = rows["organisation_id"].tolist()
    return [ids, _safe(rows["canonical_name"]), confidence, _safe(rows["because"])]


def _safe(cells: pd.Series) -> list[str]:
    """Cells that Weaver writes: none is a formula, whatever somebody called an organisation."""
    texts = map(str, cells.tolist())
    return [f"'{text}" if text.startswith(FORMULA) else text for text in texts]
