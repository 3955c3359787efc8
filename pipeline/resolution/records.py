"""What is known of each organisation on a list, as numbers that can be compared at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from config.text import fold
from pipeline.domains import are_free_mail, mail_domains
from pipeline.resolution.clusters import Traits
from pipeline.resolution.names import Bits, Names, hashes_of, read_names
from pipeline.resolution.reading import Flags, Ints
from pipeline.resolution.script import strange
from pipeline.resolution.spellings import country_codes, spellings
from pipeline.resolution.vocabulary import PLACE, fold_words, phrases, words
from pipeline.rules.s7_abuse import is_placeholder

MANY_NAMES = 40
"""A website under which more names than these stand is a platform: nobody is asked for it."""
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_NOTHING = frozenset({"pending", "applied for", "in progress", "national", "nationwide", "online"})
"""Answers that stand for none, beside those that are no name either."""


@dataclass(frozen=True)
class Records:
    """A list of organisations.

    Attributes:
        names: every spelling that is compared; the first ones are the records' names.
        owner: per spelling, its record.
        heads: (record, name that stands before the dash in its own).
        home: per spelling, 64 bits for its words but those that its own country and place add.
        web: per record, the number of its own website's domain; 0 where it has none.
        mail: the number of its address's domain, counted with `web`; 0 for free mail.
        email: the number of its address; 0 where it has none.
        country: the number of its country, whatever language it is written in; 0 if unknown.
        city: the number of its place; 0 if unknown.
        identifier: the number of its identifier; 0 if unknown.
        strange: whether the name mixes scripts or hides signs.
        crowded_web: whether so many names stand under its website that it is a platform's.
        crowded_mail: the same of its address's domain.
        rank: per record, its place in the order in which equal evidence counts.
        before: the number of the organisation that it was of before; 0 if unknown.
    """

    names: Names
    owner: Ints
    heads: tuple[Ints, Names]
    home: Bits
    web: Ints
    mail: Ints
    email: Ints
    country: Ints
    city: Ints
    identifier: Ints
    strange: Flags
    crowded_web: Flags
    crowded_mail: Flags
    rank: Ints
    before: Ints

    def traits(self, at: int) -> Traits:
        """What one record brings to a cluster."""
        website = {int(self.web[at])} - {0}
        domains = website | {int(self.mail[at])} - {0}
        countries = {int(self.country[at])} - {0}
        return Traits(website, domains, countries, {int(self.names.key[at])})

    def __len__(self) -> int:
        return len(self.web)


def read_records(frame: pd.DataFrame) -> Records:
    """The records of a frame.

    Args:
        frame: `name`, and where known `domain` (its own; "" for a shared host), `email`,
            `country`, `city` and `identifier`; "" stands for unknown. `before` says of which
            organisation it was before, and `rank` (int) who came first; without it what the rows
            say decides, whatever their order.
    """
    texts = frame["name"].tolist()
    spelt = spellings(texts)
    names = read_names(spelt.texts)
    owner = np.array(spelt.owner, dtype=np.int64)
    email = _once_each(_column(frame, "email"), _address)
    web, mail = _domains(_column(frame, "domain"), email)
    headed = np.array([at for at, _ in spelt.heads], dtype=np.int64)
    country, city = (
        _once_each(_column(frame, "country"), _country),
        _once_each(_column(frame, "city"), _said),
    )
    return Records(
        names,
        owner,
        (headed, read_names([head for _, head in spelt.heads])),
        _home(names, [hashes_of(at)[owner] for at in (country, city)]),
        web,
        mail,
        _codes(email),
        _codes(country),
        _codes(city),
        _codes(_once_each(_column(frame, "identifier"), _said)),
        strange(texts),
        _crowded(names.key[: len(frame)], web),
        _crowded(names.key[: len(frame)], mail),
        _rank(frame),
        _codes(_column(frame, "before")),
    )


def _rank(frame: pd.DataFrame) -> Ints:
    """The places of the rows when sorted by their content: an order that sorting can't change."""
    if "rank" in frame:
        return frame["rank"].to_numpy(np.int64)
    known = [c for c in ("name", "domain", "email", "country", "city", "identifier") if c in frame]
    hashes = pd.util.hash_pandas_object(frame[known].astype(str), index=False)
    return np.argsort(np.argsort(hashes.to_numpy(), kind="stable"), kind="stable")


def _column(frame: pd.DataFrame, name: str) -> pd.Series:
    empty = pd.Series("", index=frame.index)
    return frame[name].fillna("").astype(str) if name in frame else empty


def _codes(texts: pd.Series) -> Ints:
    """A number per distinct text; 0 for none."""
    codes, distinct = pd.factorize(texts)
    numbers = np.where(distinct == "", 0, np.arange(len(distinct)) + 1)
    found: Ints = numbers[codes] if len(distinct) else np.zeros(0, np.int64)
    return found.astype(np.int64)


def _once_each(texts: pd.Series, meaning: Callable[[str], str]) -> pd.Series:
    codes, distinct = pd.factorize(texts)
    meant = np.array([meaning(text) if text else "" for text in distinct.tolist()], dtype=object)
    return pd.Series(meant[codes] if len(distinct) else [], dtype=object)


def _said(text: str) -> str:
    """The text for comparison; "" where it is only there because the form wanted one."""
    return "" if is_placeholder(text) or fold(text) in _NOTHING else fold(text)


def _address(text: str) -> str:
    """The email address for comparison; "" for what is none."""
    address = text.strip().casefold()
    return address if _ADDRESS.fullmatch(address) else ""


def _country(text: str) -> str:
    """The country's code, whatever language it is written in; "" for what is none."""
    if len(text) == 2 and text.isascii() and f"@{text.lower()}" in country_codes():
        return f"@{text.lower()}"
    folded = tuple(fold_words(text))
    found = words().get(folded[0]) if len(folded) == 1 else phrases().get(folded)
    return found[0] if found and found[1] == PLACE else ""


def _home(names: Names, places: Sequence[Bits]) -> Bits:
    """Keys without the words that only say where the organisation is at home anyway."""
    word = names.hashes[names.ids]
    said = np.any([word == place[names.rows] for place in places], axis=0)
    own = names.total(np.where(said, word, np.uint64(0)))
    return np.where(own == names.key, names.key, names.key - own)


def _domains(websites: pd.Series, email: pd.Series) -> tuple[Ints, Ints]:
    mail = mail_domains(email)
    own = mail.where(~are_free_mail(mail), "")
    codes = _codes(pd.concat([websites.str.lower(), own], ignore_index=True))
    return codes[: len(websites)], codes[len(websites) :]


def _crowded(key: Bits, codes: Ints) -> Flags:
    pairs = pd.DataFrame({"code": codes[codes != 0], "key": key[codes != 0]}).drop_duplicates()
    many = pairs["code"].value_counts()
    return np.isin(codes, many.index[many > MANY_NAMES].to_numpy())
