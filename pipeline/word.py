"""People's word on pairs: it goes before everything else, and what it rules out is asked."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from config.records import OrganisationRecord
from config.words import say
from pipeline.apart import Clusters, Refused
from pipeline.lasting import Named, alive
from pipeline.parted import is_after, keep_company, unclear

Row = Mapping[Hashable, Any]


@dataclass(frozen=True)
class Pair:
    """Two organisations of which a person has to say what they are to each other.

    Attributes:
        first, second: their ids; of "part" the part and the whole. Of a form that was never an
            organisation by itself, its key.
        because: what speaks for it.
        kind: "same" or "part".
        relation: what the part is in words: chapter, affiliate, department, campaign.
    """

    first: str
    second: str
    because: str
    kind: str = "same"
    relation: str = ""


@dataclass(frozen=True)
class Verdicts:
    """What people said of pairs, as keys of sign-ons: an organisation's is that of its first.

    Attributes:
        same: in the order in which they were said.
        different: those that are not the same.
        parts: of which one is a chapter of the other, and so not the same either.
        days: such a pair → the day on which it was said.
        ever: every key of which anything was ever said, taken back or not.
    """

    same: tuple[tuple[str, str], ...] = ()
    different: tuple[tuple[str, str], ...] = ()
    parts: tuple[tuple[str, str], ...] = ()
    days: Mapping[tuple[str, str], dt.date] = field(default_factory=dict)
    ever: frozenset[str] = frozenset()


class People:
    """Their word on the sign-ons that are there.

    Attributes:
        names: sign-on → its organisation as typed, in the order in which they came; and the first
            sign-on of an organisation whose forms are all gone, where anything was said of it.
        refused: what they said is the same and can't be.
        tied: sign-ons that they said are the same as another.
    """

    def __init__(
        self,
        verdicts: Verdicts,
        known: Sequence[OrganisationRecord],
        belongs: Mapping[str, str],
        typed: Mapping[str, str],
    ) -> None:
        self._verdicts = verdicts
        records = {record.first_key: record for record in known}
        said = {key for pair in (*verdicts.same, *verdicts.different, *verdicts.parts)
                for key in pair} | verdicts.ever  # fmt: skip
        self._there = _there(known, belongs, typed, said)
        gone = sorted(key for key in said & records.keys() if not self._there(key, ""))
        self.names = {**typed, **{key: records[key].name for key in gone}}
        self.refused: list[Refused] = []
        self.tied: set[str] = set()
        self._days: dict[tuple[str, str], dt.date | None] = {}

    def obey(self, clusters: Clusters, because: dict[str, str], rows: Sequence[Row]) -> None:
        """Keep apart what is not the same, then join what is, in the order in which it was said."""
        apart = (*self._verdicts.different, *self._verdicts.parts)
        for pair in apart:
            for one, other in self._present(pair):
                clusters.keep_apart(one, other)
                self._days[one, other] = self._days[other, one] = self._day(pair)
        for pair in self._verdicts.same:
            for one, other in self._present(pair):
                self.tied |= {one, other}
                if clusters.join(one, other):
                    because[max(one, other)] = say("a coordinator said it is the same")
        self.refused = clusters.refused[:]
        clusters.refused.clear()
        keep_company(rows, self._days, clusters, because)
        clusters.end_of_word()

    def to_ask_instead(
        self, clusters: Clusters, found: Named, rows: Sequence[Row]
    ) -> Iterator[Pair]:
        """Questions for what likeness would have joined, had people not kept others apart.

        Asked of whoever was an organisation by itself once, or came after people had their say;
        the rest was there to be seen when they did.
        """
        if not self._days:
            return
        refusals = [*clusters.refused, *unclear(rows, self._days, clusters)]
        came = {row["key"]: row["received"] for row in rows} if refusals else {}
        home = {record.first_key: record.id for record in found.records}
        done: set[tuple[str, str]] = set()
        for refused in refusals:
            said, plain = clusters.plainest(refused)
            day = self._days.get(said)
            if day is None or all(plain):
                continue
            keys = (refused.one, refused.other)
            ends = [
                found.ids[key] if sure
                else home.get(key) or (key if is_after(came.get(key), day) else "")
                for key, sure in zip(keys, plain, strict=True)
            ]  # fmt: skip
            if all(end.startswith("s-") for end in ends):
                ends[1] = found.ids[refused.other]
            pair = (min(ends), max(ends))
            if pair[0] and pair not in done:
                done.add(pair)
                yield Pair(*pair, f"{refused.because}; {self.why_not(said, home)}")

    def why_not(self, said: tuple[str, str], home: Mapping[str, str]) -> str:
        """What the join would bring together."""
        one, other = (
            say("“{name}” ({id})", name=self.names[key], id=home.get(key, key)) for key in said
        )
        return say(
            "joining them would bring together {one} and {other}, which you said are not the same",
            one=one, other=other,
        )  # fmt: skip

    def _present(self, pair: tuple[str, str]) -> Iterator[tuple[str, str]]:
        one, other = self._there(pair[0], pair[1]), self._there(pair[1], pair[0])
        one, other = one or pair[0], other or pair[1]
        if one != other and one in self.names and other in self.names:
            yield one, other

    def _day(self, pair: tuple[str, str]) -> dt.date | None:
        return self._verdicts.days.get(pair) or self._verdicts.days.get(pair[::-1])


def _there(
    known: Sequence[OrganisationRecord],
    belongs: Mapping[str, str],
    typed: Mapping[str, str],
    said: Collection[str],
) -> Callable[[str, str], str]:
    """A function: a key → itself, or a later form of the organisation whose first form is gone.

    Of its own, else of what likeness joined to it; what people joined to it they can part again.
    """
    records = {record.id: record for record in known}
    home = {record.first_key: record.id for record in known}
    own: dict[str, list[str]] = defaultdict(list)
    for key in typed:
        own[belongs.get(key, "")].append(key)
    merged: dict[str, list[str]] = defaultdict(list)
    for identity, keys in own.items():
        if identity in records and records[identity].first_key not in said:
            merged[alive(records, identity)] += keys

    def there(key: str, other: str) -> str:
        if key in typed or key not in home:
            return key if key in typed else ""
        mine = own.get(home[key]) or merged.get(home[key]) or []
        return next((k for k in mine if k != other), "")

    return there
