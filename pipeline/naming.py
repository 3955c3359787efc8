"""Which organisations people's tabs name, found for all tabs at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import pandas as pd

from config.problems import Problem
from config.tables import Column
from config.tables.relations import CONVERSATIONS, OUTREACH, WHOS_MISSING
from config.text import fold, shorten
from config.words import say
from pipeline.intake.feeding import RETOLD, unknown
from pipeline.intake.model import Typed
from pipeline.resolution.matching import Candidate, Match, match_names, registry_of
from pipeline.talks import talks
from pipeline.wholenames import WholeNames

_WANTED = (OUTREACH.name, WHOS_MISSING.name)
_BY_ANYBODY = frozenset({*_WANTED, "statement_feedback"})
"""Tabs in which anybody may stand, known or not."""
_WITH_WANTED = frozenset({"conversations"})
"""Tabs in which those may stand that are only wanted."""
SEVERAL = "organisations"
"""The kind of a column with a list of organisations."""
RESEMBLES = 0.8
"""So like a known name has to be one in a list that somebody should look at it."""
NOBODY = Match(None)


class Named:
    """What each name in people's tabs is.

    Args:
        typed: people's tabs.
        organisations: with id, name and aliases (tuple).
        merged: id → the id that survived it.
        itself: the coalition's own name, which is nobody's and yet no stranger's.
    """

    def __init__(
        self,
        typed: Mapping[str, Typed],
        organisations: pd.DataFrame,
        merged: Mapping[str, str],
        itself: str,
    ) -> None:
        columns = (organisations[c] for c in ("id", "name", "aliases"))
        rows = list(zip(*columns, strict=True))
        self.names: dict[str, str] = {identity: name for identity, name, _ in rows}
        self._registry = registry_of(self.names, {identity: also for identity, _, also in rows})
        self._merged = merged
        self._itself = fold(itself)
        self._exact = _spelt(self._registry)
        self._whole = self._wholes(typed)
        self._found = self._all(self._texts(typed, typed))
        self._wanted = self._of_wanted(typed)

    def find(self, text: str) -> tuple[str, str]:
        """The organisation's id, "" where none is surely meant; and nothing, as finders do."""
        found = self.match(text).found
        return (found.id if found else ""), ""

    def match(self, text: str) -> Match:
        """What a name in a tab is, with the nearest candidates where it is none."""
        return self._found.get(text, NOBODY)

    def with_ids(self, table: Typed) -> tuple[pd.DataFrame, list[Problem]]:
        """The frame with what it names found; and the names that match nothing.

        Beside each organisation column X stands `X_id`, beside each list of them `X_ids`, a tuple
        as long as the list; "" for who isn't known. In lists, names are whole that were taken
        apart at a comma of theirs.
        """
        frame, strays = table.frame, list[Problem]()
        for column in _columns(table):
            several = column.kind == SEVERAL
            frame = (
                self._listed(frame, column.name) if several else self._single(frame, column.name)
            )
            if table.table.name not in _BY_ANYBODY:
                strays += self._strays(table, column, frame)
        if table.table.name == CONVERSATIONS.name:
            frame, wrong = talks(table, frame)
            strays += wrong
        return frame, strays

    def _single(self, frame: pd.DataFrame, name: str) -> pd.DataFrame:
        ids = {text: self.find(text)[0] for text in frame[name].unique()}
        found = [ids[text] for text in frame[name]]
        return frame.assign(**{f"{name}_id": pd.Series(found, index=frame.index, dtype=object)})

    def _listed(self, frame: pd.DataFrame, name: str) -> pd.DataFrame:
        cells = [self._whole.get(cell, cell) for cell in frame[name]]
        ids = {cell: tuple(self.find(one)[0] for one in cell) for cell in dict.fromkeys(cells)}
        names = pd.Series(cells, index=frame.index, dtype=object)
        found = pd.Series([ids[cell] for cell in cells], index=frame.index, dtype=object)
        return frame.assign(**{name: names, f"{name}_ids": found})

    def _wholes(self, typed: Mapping[str, Typed]) -> dict[tuple[str, ...], tuple[str, ...]]:
        """List as it was taken apart → the names that it is, where they differ."""
        whole = WholeNames(self._exact, self._registry["name"])
        lists = {
            cell
            for table in typed.values()
            for column in _columns(table) if column.kind == SEVERAL
            for cell in table.frame[column.name]
        }  # fmt: skip
        found = {cell: whole.of(cell) for cell in lists if cell}
        return {cell: names for cell, names in found.items() if names != cell}

    def _texts(self, typed: Mapping[str, Typed], names: Iterable[str]) -> list[str]:
        """Every text in the organisation columns of those tabs, once."""
        tables = [typed[name] for name in names if name in typed]
        once: dict[str, None] = {}
        for table in tables:
            for column in _columns(table):
                for cell in dict.fromkeys(table.frame[column.name]):
                    whole = cell if isinstance(cell, str) else self._whole.get(cell, cell)
                    once.update(dict.fromkeys(_names(whole)))
        return list(once)

    def _all(self, texts: Iterable[str]) -> dict[str, Match]:
        found = {text: self._surely(text) for text in texts}
        lost = [text for text, match in found.items() if match is NOBODY]
        return found | (match_names(lost, self._registry) if lost else {})

    def _surely(self, text: str) -> Match:
        """By an id, or by a name to the letter; several of one name are candidates alike."""
        wanted = text.strip()
        identity = self._merged.get(wanted, wanted)
        known = (identity,) if identity in self.names else self._exact.get(fold(wanted), ())
        same = [Candidate(i, self.names[i], 1.0, say("same name")) for i in known]
        return Match(same[0]) if len(same) == 1 else Match(None, tuple(same)) if same else NOBODY

    def _of_wanted(self, typed: Mapping[str, Typed]) -> frozenset[str]:
        """Names that are nobody's here, but that of somebody who is wanted."""
        lost = [text for text in self._texts(typed, _WITH_WANTED) if not self.find(text)[0]]
        wanted = {text: text for text in self._texts(typed, _WANTED)}
        if not lost or not wanted:
            return frozenset()
        found = match_names(lost, registry_of(wanted, {}))
        return frozenset(text for text, match in found.items() if match.found)

    def _strays(self, table: Typed, column: Column, frame: pd.DataFrame) -> Iterator[Problem]:
        cells = list(frame[column.name])
        strange = {cell: self._strange(table, column, cell) for cell in dict.fromkeys(cells)}
        if not any(strange.values()):
            return
        title = table.titles.get(column.name, column.title)
        for place, retold, row, cell in zip(
            *_places(table, frame), frame["row"], cells, strict=True
        ):
            for text in () if retold else strange[cell]:
                what, remedy = self.doubt(text)
                yield Problem(str(place), int(row), title, what, remedy, shorten(text))

    def _strange(self, table: Typed, column: Column, cell: str | tuple[str, ...]) -> Sequence[str]:
        """Names in a cell to look at; in lists only those that resemble somebody's."""
        unknown = [
            text for text in _names(cell)
            if not self.find(text)[0] and fold(text) != self._itself
        ]  # fmt: skip
        if column.kind == SEVERAL:
            return [text for text in unknown if self._resembles(text)]
        wanted = self._wanted if table.table.name in _WITH_WANTED else frozenset()
        return [text for text in unknown if text not in wanted]

    def _resembles(self, text: str) -> bool:
        return any(candidate.score >= RESEMBLES for candidate in self.match(text).candidates)

    def doubt(self, text: str) -> tuple[str, str]:
        """What is wrong with a name that is nobody's here, and what to do."""
        near = self.match(text).candidates
        listed = ", ".join(f"“{shorten(c.name)}” ({c.id}: {c.because})" for c in near)
        if len(near) > 1 and all(candidate.score == 1.0 for candidate in near):
            return (
                say("Several organisations may be meant."),
                say("Write the Id of the right one: {listed}.", listed=listed),
            )
        hint = say("Did you mean {listed}? ", listed=listed) if near else ""
        what, remedy = unknown(text)
        return what, hint + remedy


def _places(table: Typed, frame: pd.DataFrame) -> tuple[Sequence[str], Sequence[bool]]:
    """Per row the tab or file where it stands, and whether its names are looked at elsewhere."""
    many = len(frame)
    places = list(frame["source"]) if "source" in frame else [table.title] * many
    retold = list(frame["came_by"] == RETOLD) if "came_by" in frame else [False] * many
    return places, retold


def _columns(table: Typed) -> list[Column]:
    return [c for c in table.table.columns if c.kind in ("organisation", SEVERAL)]


def _names(cell: str | Sequence[str]) -> Sequence[str]:
    """The names in a cell, blank ones apart."""
    return [name for name in ((cell,) if isinstance(cell, str) else cell) if name]


def _spelt(registry: pd.DataFrame) -> Mapping[str, Sequence[str]]:
    """Folded name → the ids of those that use it."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for identity, name in zip(registry["id"], registry["name"], strict=True):
        if name.strip():
            found[fold(name)].setdefault(identity)
    return {name: tuple(ids) for name, ids in found.items()}
