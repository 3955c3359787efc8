"""The same numbers for one district, one sector or one group alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from config.tables import BY_NAME
from config.text import fold
from pipeline.metrics.model import EVERY_PART, Context, Metric, Part, Value
from pipeline.metrics.registry import METRICS, compute
from pipeline.metrics.values import members, until_today

_SHARED = ("actions", "help")
"""Rows of several organisations, where one began or asked and others took part: what is counted
there is the members themselves."""
_WANTED = "outreach"
"""Who is only wanted has no district, sector or group of its own yet but what the tab says."""
LEAST = 3
"""Members of a part; a figure of fewer is somebody's name."""
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class PartValue:
    """What a number came to in one part.

    Attributes:
        code: the number's.
        by: "district", "sector" or "group".
        part: which one, in its first spelling.
        value: counted from that part's members and their rows alone.
    """

    code: str
    by: Part
    part: str
    value: Value


def parts_of(context: Context, codes: Iterable[str]) -> tuple[PartValue, ...]:
    """Each number for each part that it can be counted for, by code, kind of part and part.

    A member of several sectors or groups counts in each of them, so parts don't add up. A part of
    fewer than three members isn't shown.

    Args:
        context: of the whole.
        codes: numbers that are shown of the whole.
    """
    wanted = [metric for metric in METRICS if metric.by and metric.code in set(codes)]
    split = _Split(context)
    found = [
        PartValue(code, by, name, value)
        for by in EVERY_PART
        if (metrics := [metric for metric in wanted if by in metric.by])
        for name, ids in sorted(_parts(context, by).items(), key=lambda item: fold(item[0]))
        if len(ids) >= LEAST
        for code, value in compute(split.of(by, name, ids), _known(metrics)).items()
        if value.value is not None
    ]
    order = {metric.code: at for at, metric in enumerate(METRICS)}
    return tuple(sorted(found, key=lambda one: (order[one.code], EVERY_PART.index(one.by))))


def _known(metrics: Iterable[Metric]) -> list[Metric]:
    """The metrics without their "not yet": that is said of the whole."""
    return [replace(metric, comes=None) for metric in metrics]


def _parts(context: Context, by: Part) -> dict[str, frozenset[str]]:
    """Part, in its first spelling → ids of the members in it."""
    named = _groups(context) if by == "group" else _said(members(context), by)
    named = named[named["part"].map(fold) != ""]
    key = named["part"].map(fold)
    first = named.groupby(key, sort=False)["part"].first()
    ids = named.groupby(key, sort=False)["id"].agg(frozenset)
    return {first[each]: ids[each] for each in first.index}


def _said(frame: pd.DataFrame, by: str) -> pd.DataFrame:
    return frame[["id", by]].explode(by).dropna().rename(columns={by: "part"})


def _groups(context: Context) -> pd.DataFrame:
    """(id, part) of the members that are in a group on the report's day."""
    rows = context.tables.get("groups")
    if rows is None or rows.empty:
        return pd.DataFrame({"id": [], "part": []}, dtype=object)
    here = ~until_today(rows["until"], context) & ~(rows["since"] > pd.Timestamp(context.today))
    mine = rows[here & rows["organisation_id"].isin(members(context)["id"])]
    return mine[["organisation_id", "group"]].set_axis(["id", "part"], axis=1)


class _Split:
    """A context, ready to be narrowed to some organisations again and again."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._index = pd.Index(context.organisations["id"])
        self._signons = self._codes(context.signons["organisation_id"])
        self._owners = {
            name: [self._codes(frame[column]) for column in _owners(name, frame)]
            for name, frame in context.tables.items()
        }

    def of(self, by: Part, part: str, ids: frozenset[str]) -> Context:
        """The context as if there were only these organisations, and what is theirs."""
        inside = np.append(self._index.isin(ids), False)  # the last stands for nobody
        whole = self._context
        tables = {
            name: frame if (mine := self._mine(name, frame, by, part, inside)) is None
            else frame[mine]
            for name, frame in whole.tables.items()
        }  # fmt: skip
        return replace(
            whole,
            organisations=whole.organisations[inside[:-1]],
            signons=whole.signons[inside[self._signons]],
            tables=tables,
            whole=whole,
        )

    def _mine(
        self, name: str, frame: pd.DataFrame, by: Part, part: str, inside: Mask
    ) -> Mask | None:
        """Per row: is it theirs? None for a tab whose rows are nobody's own."""
        if name == _WANTED and by != "group":
            return _of_wanted(frame, by, part)
        owners = self._owners[name]
        if not owners:
            return None
        mine: Mask = np.logical_or.reduce([inside[codes] for codes in owners])
        return mine

    def _codes(self, ids: pd.Series) -> npt.NDArray[np.intp]:
        codes: npt.NDArray[np.intp] = self._index.get_indexer(pd.Index(ids))
        return codes


def _owners(name: str, frame: pd.DataFrame) -> list[str]:
    """The columns that say whose a row is: the first that names one; both of a conversation."""
    known = name in BY_NAME and name not in _SHARED
    columns = [c for c in BY_NAME[name].columns if c.kind == "organisation"] if known else []
    several = [c for c in columns if c.required]
    chosen = several if len(several) > 1 else columns[:1]
    return [f"{c.name}_id" for c in chosen if f"{c.name}_id" in frame]


def _of_wanted(frame: pd.DataFrame, by: Part, part: str) -> Mask:
    key = fold(part)
    if by == "district":
        return frame["place"].map(fold).eq(key).to_numpy(dtype=bool)
    return frame["sector"].map(lambda named: key in map(fold, named)).to_numpy(dtype=bool)
