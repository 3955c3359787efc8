"""The same numbers for one district, one sector or one group alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.metrics.model import EVERY_PART, Context, Each, Metric, Part, Value
from pipeline.metrics.registry import METRICS, compute, tabs
from pipeline.metrics.rows import each, folded, in_group
from pipeline.metrics.values import members

_WANTED = "outreach"
"""Who is only wanted has no district or sector of its own yet but what that tab says."""
LEAST = 3
"""Members of a part; a figure of fewer is somebody's name."""
Numbers = npt.NDArray[np.float64 | np.integer]


@dataclass(frozen=True)
class PartValue:
    """What a number came to in one part.

    Attributes:
        code: the number's.
        by: "district", "sector" or "group".
        part: which one, in its first spelling.
        value: counted from that part's members and their rows alone: the figure, and of a share
            its numerator and denominator.
    """

    code: str
    by: Part
    part: str
    value: Value


def parts_of(context: Context, values: Mapping[str, Value]) -> tuple[PartValue, ...]:
    """Each number for each part that it can be counted for, by code, kind of part and part.

    A member of several sectors or groups counts in each of them, so parts don't add up. A part of
    fewer than three members isn't shown.

    Args:
        context: of the whole.
        values: what the whole came to, by code.
    """
    parts = {by: _Parts(context, by) for by in EVERY_PART}
    return tuple(
        PartValue(metric.code, by, name, value)
        for metric in METRICS
        if metric.code in values and values[metric.code].value is not None
        for by in EVERY_PART
        if by in metric.by
        for name, value in _told(parts[by], metric, values[metric.code])
    )


def _told(parts: _Parts, metric: Metric, whole: Value) -> Iterator[tuple[str, Value]]:
    """(part, its figure), of the parts that have one."""
    if _WANTED in tabs(metric.needs):
        yield from parts.wanted(metric)
    elif whole.each is not None:
        yield from parts.sums(whole.each)


class _Parts:
    """The districts, sectors or groups of at least three members, by name; and who is in them."""

    def __init__(self, context: Context, by: Part) -> None:
        self._context, self._by = context, by
        named = _groups(context) if by == "group" else _said(members(context), by)
        named = named.assign(key=folded(named["part"])).drop_duplicates(["key", "id"])
        sizes = named.groupby("key", sort=False)["id"].transform("size")
        named = named[named["key"].ne("") & (sizes >= LEAST)].reset_index(drop=True)
        self.names = named.groupby("key")["part"].first()  # in order of the key
        self._part = self.names.index.get_indexer(pd.Index(named["key"]))
        self._member, self._index = pd.factorize(named["id"])

    def sums(self, counted: Each) -> Iterator[tuple[str, Value]]:
        """What the members of each part add together."""
        adds = (
            self._sum(counted.ids, counted.adds)
            if counted.things is None
            else self._things(counted)
        )
        rows = self._sum(counted.ids) if counted.share else np.ones(len(adds))
        told = rows if counted.told is None else self._sum(counted.told)
        for name, n, of, known in zip(self.names, adds, rows, told, strict=True):
            if of and known:
                yield name, Value(n / of, n, of) if counted.share else Value(n)

    def _sum(self, ids: pd.Series, weights: pd.Series | None = None) -> Numbers:
        """Per part: the sum over its members; without weights, their rows."""
        places = self._index.get_indexer(pd.Index(ids))
        weighed = np.ones(len(ids)) if weights is None else weights.to_numpy(dtype=float)
        inside = places >= 0
        own = np.bincount(places[inside], weighed[inside], minlength=len(self._index))
        return np.bincount(self._part, own[self._member], minlength=len(self.names))

    def _things(self, counted: Each) -> Numbers:
        """Per part: how many different things its members have."""
        places = self._index.get_indexer(pd.Index(counted.ids))
        theirs = pd.DataFrame({"member": places, "thing": counted.things})[places >= 0]
        pairs = pd.DataFrame({"part": self._part, "member": self._member}).merge(theirs)
        found = pairs.groupby("part")["thing"].nunique()
        return found.reindex(range(len(self.names)), fill_value=0).to_numpy()

    def wanted(self, metric: Metric) -> Iterator[tuple[str, Value]]:
        """The number, counted from the rows of Outreach that name the part."""
        for name, context in self._outreach.items():
            # Whether there is anything to say yet is said of the whole.
            for value in compute(context, [replace(metric, comes=None)]).values():
                if value.value is not None:
                    yield name, value

    @cached_property
    def _outreach(self) -> dict[str, Context]:
        """Part → the context as if Outreach had only the rows that name it."""
        tables = self._context.tables
        rows = tables[_WANTED].reset_index(drop=True)
        told = folded(rows["place"] if self._by == "district" else each(rows["sector"]))
        places = told.groupby(told).groups
        return {
            name: replace(
                self._context,
                tables={**tables, _WANTED: rows.loc[pd.Index(places.get(key, [])).unique()]},
            )
            for key, name in self.names.items()
        }


def _said(frame: pd.DataFrame, by: str) -> pd.DataFrame:
    return frame[["id", by]].explode(by).dropna().rename(columns={by: "part"})


def _groups(context: Context) -> pd.DataFrame:
    """(id, part) of the members that are in a group on the report's day."""
    rows = context.tables.get("groups")
    if rows is None or rows.empty:
        return pd.DataFrame({"id": [], "part": []}, dtype=object)
    mine = rows[in_group(rows, context) & rows["organisation_id"].isin(members(context)["id"])]
    return mine[["organisation_id", "group"]].set_axis(["id", "part"], axis=1)
