"""Lasting ids: which organisation a group of sign-ons is, whatever happened to it meanwhile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from config.records import OrganisationRecord
from config.text import fold


@dataclass(frozen=True)
class Named:
    """Groups with their ids.

    Attributes:
        ids: sign-on → its organisation's id.
        origins: sign-on → the id that it has or would have, were nothing merged.
        records: all organisations, merged ones too.
    """

    ids: Mapping[str, str]
    origins: Mapping[str, str]
    records: tuple[OrganisationRecord, ...]


def name_groups(
    groups: Sequence[Sequence[str]],
    known: Sequence[OrganisationRecord],
    belongs: Mapping[str, str],
    names: Mapping[str, str],
    today: dt.date,
    tied: Collection[str] = (),
) -> Named:
    """An id for each group: the earliest it ever had, else one minted from its first key.

    Args:
        groups: of sign-ons, the first-received first.
        known: organisations of earlier runs.
        belongs: sign-on → its origin in earlier runs.
        names: sign-on → the organisation as typed.
        today: the coalition's day.
        tied: sign-ons that stand where they do because people said so.
    """
    records = {record.id: record for record in known}
    ids: dict[str, str] = {}
    origins: dict[str, str] = {}
    for group, mine in zip(groups, _claimed(groups, records, belongs, tied), strict=True):
        if mine:
            place = {key: at for at, key in enumerate(group)}
            lost = {i for i in mine if alive(records, i) in mine - {i}}
            chosen = min(mine, key=lambda i: _age(records[i], i in lost, place))
        else:
            chosen = _mint(group[0], records)
            records[chosen] = OrganisationRecord(chosen, names[group[0]], group[0], today)
        if records[chosen].survivor:
            records[chosen] = replace(records[chosen], survivor="")
        for other in mine - {chosen}:
            records[other] = replace(records[other], survivor=chosen)
        ids |= dict.fromkeys(group, chosen)
        origins |= _origins(group, mine, chosen, belongs, names, records)
    # what people said is no origin: they may take it back
    first = {record.first_key for record in records.values()}
    origins |= {k: was for k in tied if k not in first and (was := belongs.get(k, "")) in records}
    return Named(ids, origins, tuple(records[i] for i in sorted(records)))


def _claimed(
    groups: Sequence[Sequence[str]],
    records: Mapping[str, OrganisationRecord],
    belongs: Mapping[str, str],
    tied: Collection[str],
) -> list[set[str]]:
    """Group → the ids that it may go by; no id belongs to two.

    An id stays with its first sign-on, so that a split leaves it where it began; where that is
    gone, with the earliest that came under it; where those are gone too, with what was merged
    into it.
    """
    home = {record.first_key: record.id for record in records.values()}
    owner: dict[str, int] = {}

    def claim(pairs: Iterable[tuple[int, str]]) -> None:
        for at, identity in pairs:
            if identity in records:
                owner.setdefault(identity, at)

    keys = [(at, key) for at, group in enumerate(groups) for key in group]
    came = [(at, belongs.get(key, "")) for at, key in keys if key not in tied]
    claim((at, home.get(key, "")) for at, key in keys)
    claim(came)
    claim((at, alive(records, identity)) for at, identity in came)
    nameless = set(range(len(groups))) - set(owner.values()) if tied else ()
    claim((at, belongs.get(key, "")) for at, key in keys if key in tied and at in nameless)
    mine: list[set[str]] = [set() for _ in groups]
    for identity, at in owner.items():
        mine[at].add(identity)
    return mine


def _origins(
    group: Sequence[str],
    mine: set[str],
    chosen: str,
    belongs: Mapping[str, str],
    names: Mapping[str, str],
    records: Mapping[str, OrganisationRecord],
) -> dict[str, str]:
    """Where each came first: what a new form joined it can't say, so its name does."""
    if len(mine) < 2:
        return dict.fromkeys(group, chosen)
    named = {fold(records[i].name): i for i in (*sorted(mine - {chosen}, reverse=True), chosen)}
    first = {records[i].first_key: i for i in mine}
    return {
        key: first.get(key) or (was if (was := belongs.get(key, "")) in mine
                                else named.get(fold(names[key]), chosen))
        for key in group
    }  # fmt: skip


def _age(
    record: OrganisationRecord, lost: bool, place: Mapping[str, int]
) -> tuple[dt.date, bool, int, str]:
    """For choosing whose id stays: the oldest, of one day who was not merged into another here."""
    first = place.get(record.first_key, len(place))
    return record.minted_on, lost, first, record.id


def alive(records: Mapping[str, OrganisationRecord], identity: str) -> str:
    """The id that survived."""
    while identity in records and records[identity].survivor:
        identity = records[identity].survivor
    return identity


def _mint(key: str, records: Mapping[str, OrganisationRecord]) -> str:
    """`o-` and eight characters of the first sign-on's key; further ones where it is taken."""
    bare = key.removeprefix("s-")
    starts = (*range(len(bare) - 7), *range(len(bare)))
    for start in starts:
        identity = "o-" + (bare[start:] + bare[:start])[:8]
        if identity not in records:
            return identity
    raise AssertionError(f"no free id for {key}")
