"""Who signs: invented organisations and people, read from the tables beside this file."""

from __future__ import annotations

import csv
import datetime as dt
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from config.text import fold

HERE = Path(__file__).parent
HOST = "example.org"
T = TypeVar("T")


@dataclass(frozen=True)
class Applicant:
    """An organisation (or a person) that fills in the form, and who signs for it.

    Attributes:
        name: as typed.
        slug: its part of the web, `<slug>.example.org`; "" for nobody's.
        language: en, es, fr or de.
        sectors: ticked options.
        parent: the organisation that it is a chapter of; "".
    """

    name: str
    slug: str
    language: str
    country: str
    district: str
    signatory: str
    role: str = ""
    level: str = "local"
    sectors: tuple[str, ...] = ("Rivers, lakes and wetlands",)
    parent: str = ""

    @property
    def email(self) -> str:
        """The signatory's address at the organisation; everything is at example.org."""
        words = fold(self.signatory).split()
        return f"{words[0] if words else 'info'}@{self.host}"

    @property
    def office(self) -> str:
        """The organisation's common address."""
        return f"office@{self.host}"

    @property
    def host(self) -> str:
        """Its part of the web."""
        return f"{self.slug}.{HOST}" if self.slug else HOST

    @property
    def website(self) -> str:
        """Its website; each eighth organisation has none."""
        without = not self.slug or pick(range(8), self.slug, "website") == 0
        return "" if without else f"https://{self.host}"


@cache
def applicants() -> tuple[tuple[dt.datetime, Applicant], ...]:
    """The organisations whose sign-on is in good order, with the time of their form."""
    return tuple(
        (dt.datetime.fromisoformat(row.pop("received")), _applicant(row))
        for row in rows_of(HERE / "organisations.csv")
    )


def _applicant(row: dict[str, str]) -> Applicant:
    sectors = tuple(row.pop("sectors").split("; "))
    return Applicant(sectors=sectors, **row)


def rows_of(file: Path) -> list[dict[str, str]]:
    """The rows of one of the demo's tables, by column title."""
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def pick(choices: Sequence[T], *seed: str) -> T:
    """One of the choices: always the same for the same words, on every machine."""
    return choices[zlib.crc32("|".join(seed).encode()) % len(choices)]
