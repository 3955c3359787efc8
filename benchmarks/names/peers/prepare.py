"""What every peer gets: columns cleaned as somebody who knows the field would clean them.

Runs in the peers' own environments, so with the standard library alone. Every runner is called as
`python run_PEER.py ROWS.csv OUT_DIR` and writes into OUT_DIR:

- `labels.csv`: a column per threshold, its header the threshold, the first one what the peer would
  take by itself; a row per row with the number of its cluster.
- `scores.csv`, where OUT_DIR has `pairs.csv` (one, other): a score per pair, and as its header the
  threshold that the peer would take by itself.
- `done`, as soon as the answer at its own threshold stands; the clock stops there.

OUT_DIR may have `training.csv` (one, other, same) with labelled pairs of the seen half.
"""

from __future__ import annotations

import csv
import re
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

COLUMNS = ("name", "key", "domain", "email", "country", "city", "address")
_NO_WORD = re.compile(r"[^\w]+")
_FORMS = re.compile(
    r"\b(?:inc|incorporated|ltd|limited|llc|plc|gmbh|ggmbh|ag|e v|ev|asbl|vzw|sa|s a|nv|n v|bv|b v"
    r"|ab|oy|srl|spa|s p a|co|corp|corporation|company|the)\b"
)
_FREE = {"gmail.com", "yahoo.com", "hotmail.com", "outlook.com", "gmx.de", "web.de", "orange.fr",
         "icloud.com", "protonmail.com", "libero.it", "uol.com.br"}  # fmt: skip
_SHARED = ("facebook.com", "wordpress.com", "instagram.com", "blogspot.com", "linktr.ee",
           "google.com", "medium.com")  # fmt: skip


def read(path: Path) -> list[dict[str, str | None]]:
    """The cleaned rows; None where there is nothing, and for columns that the list lacks."""
    with path.open(encoding="utf-8", newline="") as file:
        return [_cleaned(row) for row in csv.DictReader(file)]


def present(rows: Sequence[Mapping[str, str | None]]) -> list[str]:
    """The columns that have anything."""
    return [column for column in COLUMNS if any(row[column] for row in rows)]


def plain(text: str) -> str:
    """Small letters without accents and punctuation."""
    apart = unicodedata.normalize("NFKD", text.lower())
    bare = "".join(c for c in apart if not unicodedata.combining(c))
    return _NO_WORD.sub(" ", bare.replace("&", " and ")).strip()


def _cleaned(row: Mapping[str, str]) -> dict[str, str | None]:
    name = plain(row["organisation"])
    email = row.get("email", "").strip().lower()
    key = " ".join(_FORMS.sub(" ", name).split()) or name
    return {
        "name": name or None,
        "key": key or None,
        "domain": _domain(row.get("website", ""), email) or None,
        "email": email or None,
        "country": plain(row.get("country", "")) or None,
        "city": plain(row.get("city", "")) or None,
        "address": plain(row.get("address", "")) or None,
    }


def _domain(website: str, email: str) -> str:
    """The website's host, with the page at a host that many share; else the address's domain."""
    bare = website.strip().lower().partition("://")[2] or website.strip().lower()
    host, _, page = bare.partition("/")
    host = host.removeprefix("www.")
    if host:
        shared = host.endswith(_SHARED)
        return f"{host}/{page}".rstrip("/") if shared else ".".join(host.split(".")[-2:])
    domain = email.rpartition("@")[2]
    return "" if domain in _FREE else domain


def pairs(out: Path, name: str = "pairs.csv") -> list[tuple[int, int, bool]] | None:
    """Row numbers of labelled pairs, and whether they are the same if that is told."""
    if not (out / name).exists():
        return None
    with (out / name).open(encoding="utf-8", newline="") as file:
        return [
            (int(row["one"]), int(row["other"]), row.get("same") == "True")
            for row in csv.DictReader(file)
        ]


def done(out: Path) -> None:
    (out / "done").touch()


def write_labels(out: Path, labels: Mapping[float, Sequence[int]]) -> None:
    with (out / "labels.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(labels)
        writer.writerows(zip(*labels.values(), strict=True))


def write_scores(out: Path, threshold: float, scores: Iterable[float]) -> None:
    lines = [str(threshold), *(f"{score:.9f}" for score in scores)]
    (out / "scores.csv").write_text("\n".join(lines) + "\n")


def components(count: int, joined: Iterable[tuple[int, int]]) -> list[int]:
    """Per row the smallest row that it hangs together with."""
    parent = list(range(count))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = at = parent[parent[at]]
        return at

    for one, other in joined:
        a, b = root(one), root(other)
        parent[max(a, b)] = min(a, b)
    return [root(at) for at in range(count)]


def arguments() -> tuple[Path, Path]:
    return Path(sys.argv[1]), Path(sys.argv[2])
