"""The network as files for Kumu, Gephi and the eye. Made here, written by the command.

By default only those are named that are listed in public, and of them only those with a tie to
another one: that somebody stands alone is nobody's business outside. No person, no address and no
answer about communities is in any file.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from config.text import fold
from config.words import count, say
from pipeline.metrics.model import Context
from pipeline.network.fitting import Thing, circumstances
from reports.map import LARGEST, Dot, MapFacts, network_map
from reports.render import tidy
from reports.wording import day

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
"""What a cell begins with that a spreadsheet program may take for something to work out."""
FOR_COORDINATORS = "-for-coordinators-only"
_MODIFIED = re.compile(rb' lastmodifieddate="[^"]*"')


@dataclass(frozen=True)
class Export:
    """The files, and who isn't in them.

    Attributes:
        files: name → content.
        named: organisations in them.
        unlisted: left out as they aren't listed in public.
        alone: left out, though listed, for want of a tie to another that is.
        drawn: there is a map; of too many there is none.
    """

    files: Mapping[str, bytes]
    named: int
    unlisted: int
    alone: int
    drawn: bool


@dataclass(frozen=True)
class _Shown:
    """What may be shown: keys in the order of their labels, and the ties among them."""

    labels: Mapping[str, str]
    ties: pd.DataFrame
    things: Mapping[str, frozenset[Thing]]
    words: Mapping[Thing, str]
    wanted: frozenset[str]


def export(context: Context, everyone: bool = False) -> Export:
    """The files by name. `everyone`: all members and all who are wanted, for coordinators only."""
    given = circumstances(context)
    network = context.wider_network
    listed = set(context.organisations.loc[context.organisations["listed"].astype(bool), "id"])
    open_to = set(network.nodes) if everyone else listed & set(network.nodes) - network.wanted
    ties = _ties(network.reports)
    ties = ties[ties["a"].isin(open_to) & ties["b"].isin(open_to)].reset_index(drop=True)
    tied = set(ties["a"]) | set(ties["b"])
    keys = open_to if everyone else open_to & tied
    shown = _Shown(
        _labels({key: network.names[key] for key in keys}), ties, given.things, given.shown,
        network.wanted,
    )  # fmt: skip
    unlisted = len(set(network.nodes) - network.wanted - open_to)
    left_out = (unlisted, len(open_to) - len(keys))
    files = _files(shown, context, everyone, sum(left_out))
    return Export(files, len(keys), *left_out, any(name.endswith(".svg") for name in files))


def _files(shown: _Shown, context: Context, everyone: bool, left_out: int) -> dict[str, bytes]:
    mark = FOR_COORDINATORS if everyone else ""
    files = {
        f"elements{mark}.csv": _csv(_ELEMENTS, _elements(shown)),
        f"connections{mark}.csv": _csv(_CONNECTIONS, _connections(shown)),
        f"network{mark}.gexf": _gexf(shown),
    }
    if len(shown.labels) <= LARGEST:
        facts = map_facts(shown, context, everyone, left_out)
        files[f"map{mark}.svg"] = network_map(facts)
    return files


def _ties(reports: pd.DataFrame) -> pd.DataFrame:
    """One row per tie: a, b, kinds (a sorted tuple), last (datetime64[ns])."""
    whole = reports.groupby(["a", "b"], as_index=False, sort=True).agg(
        kinds=("kind", lambda kinds: tuple(sorted(set(kinds)))), last=("last", "max")
    )
    return whole if len(whole) else pd.DataFrame({n: [] for n in ("a", "b", "kinds", "last")})


def _labels(names: Mapping[str, str]) -> dict[str, str]:
    """Key → a label of its own, in order: Kumu knows organisations by it alone.

    A bar would make two of it in a connection.
    """
    order = sorted(names, key=lambda key: (fold(names[key]), names[key], key))
    taken: set[str] = set()
    labels = {}
    for key in order:
        label = name = tidy(names[key].replace("|", "/"))
        again = 1
        while fold(label) in taken:
            again += 1
            label = f"{name} ({again})"
        taken.add(fold(label))
        labels[key] = label
    return labels


_ELEMENTS = ("Label", "Type", "Description", "Tags", "Sector", "District")
_CONNECTIONS = ("From", "To", "Direction", "Type", "Tags")


def _elements(shown: _Shown) -> Iterable[Sequence[str]]:
    for key, label in shown.labels.items():
        sectors, places = (_of(shown, key, kind) for kind in ("sector", "district"))
        parts = [", ".join(words) for words in (sectors, places) if words]
        yield (
            label, _type(shown, key), "; ".join(parts), _several([*sectors, *places]),
            _several(sectors), _several(places),
        )  # fmt: skip


def _connections(shown: _Shown) -> Iterable[Sequence[str]]:
    places = {key: place for place, key in enumerate(shown.labels)}
    ties = (shown.ties[name] for name in ("a", "b", "kinds"))
    rows = ((*sorted((a, b), key=places.__getitem__), k) for a, b, k in zip(*ties, strict=True))
    for one, other, kinds in sorted(rows, key=lambda row: (places[row[0]], places[row[1]])):
        tags = _several([say(kind) for kind in kinds])
        yield shown.labels[one], shown.labels[other], "undirected", say("tie"), tags


def _type(shown: _Shown, key: str) -> str:
    return say("Wanted") if key in shown.wanted else say("Member")


def _of(shown: _Shown, key: str, kind: str) -> list[str]:
    """What it names of that kind, as it is written."""
    return sorted(tidy(shown.words[thing]) for thing in shown.things[key] if thing[0] == kind)


def _several(words: Iterable[str]) -> str:
    """Several values in one cell, as Kumu parts them."""
    return "|".join(tidy(word.replace("|", " ")) for word in words)


def _csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 without a mark at its beginning; no cell is a formula."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return file.getvalue().encode("utf-8", "replace")


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _gexf(shown: _Shown) -> bytes:
    """GEXF 1.2 without the day on which it was made, so that the same network is the same file."""
    import networkx as nx

    made = nx.Graph()
    numbers = {key: str(number) for number, key in enumerate(shown.labels, 1)}
    for key, label in shown.labels.items():
        made.add_node(
            numbers[key], label=_printable(label), type=_type(shown, key),
            sector=_printable(_several(_of(shown, key, "sector"))),
            district=_printable(_several(_of(shown, key, "district"))),
        )  # fmt: skip
    ties = shown.ties
    for a, b, kinds in zip(ties["a"], ties["b"], ties["kinds"], strict=True):
        made.add_edge(numbers[a], numbers[b], kinds=_several([say(kind) for kind in kinds]))
    file = io.BytesIO()
    nx.write_gexf(made, file)
    return _MODIFIED.sub(b"", file.getvalue())


def _printable(text: str) -> str:
    """Without what XML can't hold."""
    return "".join(c for c in text if c.isprintable())


def map_facts(shown: _Shown, context: Context, everyone: bool, left_out: int) -> MapFacts:
    """What the map shows: a colour for the first sector that somebody names."""
    places = {key: at for at, key in enumerate(shown.labels)}
    dots = tuple(
        Dot(label, next(iter(_of(shown, key, "sector")), ""), key in shown.wanted)
        for key, label in shown.labels.items()
    )
    pairs = zip(shown.ties["a"], shown.ties["b"], strict=True)
    ties = tuple(sorted(tuple(sorted((places[a], places[b]))) for a, b in pairs))
    note = say("Ties of the twelve months until {day}.", day=day(context.today))
    if everyone:
        note += " " + say("For coordinators only.")
    elif left_out:
        note += " " + count(left_out, "{n} organisation is not shown.",
                            "{n} organisations are not shown.")  # fmt: skip
    return MapFacts(
        say("Who is close to whom"), note, dots, tuple((a, b) for a, b in ties), say("sector"),
        left_out,
    )  # fmt: skip
