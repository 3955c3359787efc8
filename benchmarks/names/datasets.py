"""What the tools are measured on: rows as a tool gets them, and the truth about them.

The real lists lie beside the project, in `../shared/data`; they are read, never copied.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from benchmarks.names import generator
from config.text import fold

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
MADE = ROOT / "build" / "names"
SEED = 1
_BRACKET = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True)
class Dataset:
    """One list.

    Attributes:
        rows: `organisation` and whatever else the list has of website, email, country, city and
            address; all text, "" where unknown.
        truth: per row the cluster that it belongs to, from 0.
        pairs: the labelled pairs (`one`, `other`: row numbers, `same`: bool), where pairs are
            labelled and not clusters.
        registry: per row whether it is known already, where the question is what to refuse.
        unit: what decides to which half a row belongs; the truth, unless said otherwise.
    """

    name: str
    rows: pd.DataFrame
    truth: np.ndarray
    pairs: pd.DataFrame | None = None
    registry: np.ndarray | None = None
    unit: np.ndarray = field(default_factory=lambda: np.empty(0))

    def seen(self) -> np.ndarray:
        """Per row whether it is in the half that may be looked at when tuning."""
        return halves(self.unit if len(self.unit) else self.truth)


def halves(units: np.ndarray) -> np.ndarray:
    """True for the seen half: the same units are in the same half for ever."""
    distinct, where = np.unique(units.astype(str), return_inverse=True)
    seen = np.array([zlib.crc32(unit.encode()) % 2 == 0 for unit in distinct], dtype=bool)
    return seen[where]


def _read(path: str, **options: object) -> pd.DataFrame:
    given: dict[str, object] = {"dtype": str, "keep_default_na": False, "encoding": "utf-8-sig"}
    frame: pd.DataFrame = pd.read_csv(DATA / path, **(given | options))  # type: ignore[call-overload]
    return frame


def _clusters(name: str, rows: pd.DataFrame, labels: pd.Series) -> Dataset:
    return Dataset(
        name, rows.reset_index(drop=True), pd.factorize(labels)[0], unit=labels.to_numpy()
    )


def patstat() -> Dataset:
    """Names of companies in patents, with the company that each belongs to."""
    read = _read("names-patstat-companies/patstat_reference.csv")
    rows = pd.DataFrame({"organisation": read["person_name"]})
    return _clusters("patstat", rows, read["leuven_id"])


def restaurants() -> Dataset:
    read = _read(
        "names-restaurants/restaurant-nophone-training.csv", skipinitialspace=True
    ).rename(columns={"name": "organisation"})  # fmt: skip
    return _clusters(
        "restaurants", read[["organisation", "address", "city"]], read["unique_id"]
    )  # fmt: skip


def crossref() -> Dataset:
    """Affiliations as publishers print them, with the organisation's registered id."""
    read = _read("names-crossref-ror/affiliations_train.csv")
    rows = pd.DataFrame({"organisation": read["affiliation"]})
    return _clusters("crossref", rows, read["ror_id"])


def nomenklatura() -> Dataset:
    """Difficult pairs, each judged alone: two rows for each."""
    read = _read("names-nomenklatura-cases/org_cases.csv")
    return _labelled("nomenklatura", read["name1"], read["name2"], read["is_match"] == "true")


def humportal() -> Dataset:
    """Publishers beside the signatory whose affiliate they are; nearly always another one.

    Each signatory is a row once. A pair is the same where the publisher's name says no more than
    the signatory's.
    """
    read = _read("signatories-humportal/signatories.csv")
    publishers, signatories = read["Publisher"], read["GB signatory"]
    parents = pd.Series(signatories.unique())
    position = {name: len(read) + at for at, name in enumerate(parents)}
    pairs = pd.DataFrame({
        "one": np.arange(len(read)),
        "other": signatories.map(position).astype(int),
        "same": [_says_no_more(a, b) for a, b in zip(publishers, signatories, strict=True)],
    })  # fmt: skip
    names = pd.concat([publishers, parents], ignore_index=True)
    rows = pd.DataFrame({"organisation": names})
    owner = pd.concat([signatories, parents], ignore_index=True)
    return Dataset("humportal", rows, np.arange(len(rows)), pairs, unit=owner.to_numpy())


def _says_no_more(publisher: str, parent: str) -> bool:
    bare = " ".join(sorted(fold(_BRACKET.sub(" ", publisher)).split()))
    whole = fold(parent)
    short = {fold(each) for each in _BRACKET.findall(publisher)}
    short.add("".join(word[0] for word in publisher.split() if word[0].isupper()).lower())
    if {whole, whole.removeprefix("un ")} & short:
        return True
    return SequenceMatcher(None, bare, " ".join(sorted(whole.split()))).ratio() > 0.95


def ror_logs() -> Dataset:
    """What people typed: those labelled as nobody are to be refused against all the others."""
    read = _read("names-ror-logs/logs_train.csv")
    known = (read["ror_id"] != "NP").to_numpy()
    labels = read["ror_id"].where(known, read.index.astype(str))
    rows = pd.DataFrame({"organisation": read["affiliation"]})
    return Dataset("ror-logs", rows, pd.factorize(labels)[0], registry=known,
                   unit=read["affiliation"].to_numpy())  # fmt: skip


def _labelled(name: str, one: pd.Series, other: pd.Series, same: pd.Series) -> Dataset:
    count = len(one)
    names = pd.concat([one, other], ignore_index=True)
    pairs = pd.DataFrame({
        "one": np.arange(count), "other": np.arange(count) + count, "same": same.to_numpy(),
    })  # fmt: skip
    unit = np.tile(np.arange(count), 2)
    return Dataset(name, pd.DataFrame({"organisation": names}), np.arange(2 * count), pairs,
                   unit=unit)  # fmt: skip


class Generated(NamedTuple):
    """Which invented sign-ons."""

    rows: int
    seed: int = SEED
    corruption: float = 1
    without: tuple[str, ...] = ()

    def load(self, name: str) -> Dataset:
        """Made on first use and kept under `build`, as long as the generator stays as it is."""
        path = MADE / "generated" / f"{name}-{version()}.csv"
        if not path.exists():
            part = path.with_suffix(".part")
            generator.write(part, self.rows, self.seed, self.corruption, self.without)
            part.rename(path)
        read = pd.read_csv(path, dtype=str, keep_default_na=False)
        truth = read.pop("truth").astype(int).to_numpy()
        return Dataset(name, read.drop(columns="timestamp"), truth)


@cache
def version() -> str:
    """Of the generator: other code, other rows."""
    files = sorted(Path(generator.__file__).parent.glob("*.py"))
    makes = ("generator", "world", "corruption", "lexicon")
    text = b"".join(file.read_bytes() for file in files if file.stem in makes)
    return f"{zlib.crc32(text):08x}"


REAL: dict[str, Callable[[], Dataset]] = {
    "patstat": patstat, "nomenklatura": nomenklatura, "restaurants": restaurants,
    "crossref": crossref, "humportal": humportal, "ror-logs": ror_logs,
}  # fmt: skip
ONLY_NAMES = ("website", "email", "country", "city")
GENERATED: dict[str, Generated] = {
    "generated-10k": Generated(10_000),
    "generated-100k": Generated(100_000),
    "generated-1m": Generated(1_000_000),
    "no-city-100k": Generated(100_000, without=("city",)),
    "names-only-100k": Generated(100_000, without=ONLY_NAMES),
    "corruption-100k": Generated(100_000, corruption=3),
    "seed-100k": Generated(100_000, seed=20_261),
}
NAMES = (*REAL, *GENERATED)
AIMS = {"no-city-100k": 0.98, "names-only-100k": 0.93, "corruption-100k": 0.95, "seed-100k": 0.98}
"""F1 to reach on what breaks such programs easily."""


def load(name: str) -> Dataset:
    return REAL[name]() if name in REAL else GENERATED[name].load(name)
