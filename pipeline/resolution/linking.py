"""Which records of a list are one organisation: near-certain joins, questions, relations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from config.words import say
from pipeline.resolution.because import because
from pipeline.resolution.candidates import pairs_within, slips, with_first, within
from pipeline.resolution.clusters import PLAUSIBLE, components, refused
from pipeline.resolution.evidence import Pairs, one_letter
from pipeline.resolution.names import SPREAD, Bits
from pipeline.resolution.reading import Flags, Ints
from pipeline.resolution.records import Records, read_records
from pipeline.resolution.relations import Parts, with_heads
from pipeline.resolution.verdict import asked, joined

_SITE = 60
"""Names under one website of which every pair is looked at."""


@dataclass(frozen=True)
class Links:
    """What ties the records of a list together.

    Attributes:
        joins: near-certain pairs: `one`, `other` (positions), `score` (0 to 1), `because`; in the
            order in which they are to be made.
        asks: plausible pairs that a person decides; the same columns.
        parts: `one` is part of `other`; the same columns and `relation`.
    """

    joins: pd.DataFrame
    asks: pd.DataFrame
    parts: pd.DataFrame


def link(frame: pd.DataFrame) -> Links:
    """Find which records are one organisation, which may be, and which belong together.

    Args:
        frame: see `records.read_records`.
    """
    records = read_records(frame)
    names = records.names
    chosen = representatives(records)
    pairs = candidates(records, chosen)
    found = with_heads(names, records.heads, chosen[chosen < len(records)])
    related = _related(pairs, found)
    join = joined(pairs) & (~related | pairs.at_home)
    join[_refused(records, pairs, join)] = False
    label = components(len(records), pairs.first[join], pairs.second[join])
    ask = _once(label, pairs, asked(pairs) & ~related)
    left = (label[found.part] != label[found.whole]) & (
        found.branch | ~_asked(label, pairs, ask, found)
    )
    return Links(_frame(pairs, join), _frame(pairs, ask), _parts(found.only(left)))


def _asked(label: Ints, pairs: Pairs, ask: Flags, found: Parts) -> Flags:
    """Which parts are asked about as the same anyway, since more than the name speaks for it."""
    known = label.astype(np.uint64)
    more = ask & (pairs.same_domain | pairs.same_email | pairs.same_identifier)
    about = _of_two(known[pairs.first[more]], known[pairs.second[more]])
    return np.isin(_of_two(known[found.part], known[found.whole]), about)


def _once(label: Ints, pairs: Pairs, ask: Flags) -> Flags:
    """One question for two clusters, the one with the best evidence; none within a cluster."""
    at = np.flatnonzero(ask)
    a, b = label[pairs.first[at]], label[pairs.second[at]]
    order = in_order(pairs.only(ask))
    sorted_pairs = pd.DataFrame({"low": np.minimum(a, b)[order], "high": np.maximum(a, b)[order]})
    new = ~sorted_pairs.duplicated().to_numpy() & (a != b)[order]
    chosen = np.zeros(len(ask), dtype=bool)
    chosen[at[order[new]]] = True
    return chosen


def representatives(records: Records) -> Ints:
    """Of each key the first spelling, one that is a name itself if there is one."""
    return _firsts(records, records.names.key)


def _firsts(records: Records, key: Bits) -> Ints:
    order = np.argsort(records.rank[records.owner], kind="stable")
    keys, first = np.unique(key[order], return_index=True)
    # of equal ranks a name goes before its other spellings, which stand behind it
    chosen: Ints = order[np.sort(first[keys != 0])]
    return chosen


def candidates(records: Records, chosen: Ints) -> Pairs:
    """Every pair that is worth a look, once."""
    names, owner = records.names, records.owner
    # a name in other letters, in another country or at another website is looked at for itself
    facts: list[Ints | Bits] = [
        names.squashed, records.country[owner], records.web[owner], records.city[owner],
        records.email[owner],
    ]  # fmt: skip
    varied = [_firsts(records, within(names.key, fact)) for fact in facts]
    found = slips(names, np.unique(np.concatenate([chosen, *varied])))
    exact = list(_exact(records))
    one = np.concatenate([found.one, *(one for one, _ in exact)])
    other = np.concatenate([found.other, *(other for _, other in exact)])
    slip = np.zeros(len(one), dtype=bool)
    slip[: len(found.one)] = one_letter(names, found)
    return _distinct(records, one, other, slip)


def _exact(records: Records) -> Iterator[tuple[Ints, Ints]]:
    """Pairs that share a name, a website, an address or an identifier."""
    names, owner, count = records.names, records.owner, len(records)
    rank = records.rank[owner]
    known = (records.web, records.mail, records.email, records.identifier)
    yield pairs_within(names.key)
    yield from _varieties(records)
    yield with_first(names.squashed, rank)
    yield with_first(within(records.home, records.email[owner]), rank)
    for codes in known:
        yield pairs_within(codes, _SITE)
        yield with_first(codes, rank[:count])
    yield _initials(records)


def _varieties(records: Records) -> Iterator[tuple[Ints, Ints]]:
    """Of one name: each with the first of its kind, and the first of every kind with each other.

    Kinds are those of one website, country and so on: what speaks for a join or against it.
    """
    names, owner = records.names, records.owner
    rank = records.rank[owner]
    facts = (
        records.web, records.mail, records.email, records.identifier, records.city,
        records.country, records.before,
    )  # fmt: skip
    codes: list[Ints | Bits] = [fact[owner] for fact in facts]
    codes += [names.form + np.uint64(1), names.trade + np.uint64(1)]
    first = np.zeros(len(names), dtype=bool)
    for code in codes:
        hub, other = with_first(within(names.key, code), rank)
        first[hub] = True
        yield hub, other
    hub, other = with_first(names.key, rank)
    first[hub] = True
    yield hub, other
    yield pairs_within(np.where(first, names.key, np.uint64(0)), _SITE)


def _initials(records: Records) -> tuple[Ints, Ints]:
    """Names of one word that are another's initials; those of too many names are left out."""
    names, count = records.names, len(records)
    single = np.where(np.diff(names.starts) == 1, names.squashed, np.uint64(0))[:count]
    block = np.concatenate([single, names.initials[:count]])
    one, other = pairs_within(block)
    return one % count, other % count


def _distinct(records: Records, one: Ints, other: Ints, slip: Flags) -> Pairs:
    """Each pair of spellings once, not of one record with itself."""
    low, high = np.minimum(one, other), np.maximum(one, other)
    order = np.lexsort((~slip, high, low))
    low, high, slip = low[order], high[order], slip[order]
    new = np.ones(len(low), dtype=bool)
    new[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
    new &= records.owner[low] != records.owner[high]
    return Pairs(records, low[new], high[new], slip[new])


def _related(pairs: Pairs, found: Parts) -> Flags:
    """Which pairs are a part and its whole, going by their names."""
    names, sure = pairs.records.names, found.only(found.branch)
    known = _of_two(names.key[sure.part], names.key[sure.whole])
    return np.isin(_of_two(names.key[pairs.one], names.key[pairs.other]), known)


def _of_two(one: Bits, other: Bits) -> Bits:
    """64 bits for two keys, whichever comes first."""
    return np.minimum(one, other) * SPREAD + np.maximum(one, other)


def _refused(records: Records, pairs: Pairs, join: Flags) -> Ints:
    """Joins that would bring together records of different websites, countries, or too many."""
    label = components(len(records), pairs.first[join], pairs.second[join])
    doubtful = join & _mixed(records, label)[label[pairs.first]]
    at, some = np.flatnonzero(doubtful), pairs.only(doubtful)
    first, second, bridged = some.first, some.second, some.same_identifier
    order = in_order(some)
    members = np.flatnonzero(np.isin(label, np.unique(label[first])))
    traits = {i: records.traits(i) for i in members.tolist()}
    listed = zip(
        first[order].tolist(), second[order].tolist(), bridged[order].tolist(), strict=True
    )
    return at[order[refused(listed, traits)]]


def _mixed(records: Records, label: Ints) -> Flags:
    """Per label, whether its records have several websites, several countries, or many names."""

    def several(codes: Ints, most: int) -> Flags:
        known = codes != 0
        pairs = pd.DataFrame({"label": label[known], "code": codes[known]}).drop_duplicates()
        return np.bincount(pairs["label"], minlength=len(label)) > most

    return (
        several(records.web, 1)
        | several(records.country, 1)
        | several(records.names.key[: len(records)].view(np.int64), PLAUSIBLE)
    )


def _frame(pairs: Pairs, chosen: Flags) -> pd.DataFrame:
    some = pairs.only(chosen)
    found = pd.DataFrame({
        "one": some.first, "other": some.second, "score": some.likeness, "because": because(some),
    })  # fmt: skip
    return found.iloc[in_order(some)].reset_index(drop=True)


def in_order(pairs: Pairs) -> Ints:
    """Whoever belonged together before, then the strongest evidence, then who came first."""
    records, first, second = pairs.records, pairs.first, pairs.second
    together = (records.before[first] == records.before[second]) & (records.before[first] != 0)
    ranks = np.sort(np.column_stack([records.rank[first], records.rank[second]]), axis=1)
    return np.lexsort((ranks[:, 1], ranks[:, 0], -pairs.likeness, ~together))


def _parts(found: Parts) -> pd.DataFrame:
    kind = np.select(
        [found.branch, found.unit, found.campaign],
        [say("chapter"), say("department"), say("campaign")],
        say("affiliate"),
    )
    why = np.where(
        found.branch, say("its name and a place or branch"), say("its name holds the other's")
    )
    return pd.DataFrame(
        {
            "one": found.part,
            "other": found.whole,
            "score": np.where(found.branch, 0.9, 0.6),
            "because": why,
            "relation": kind,
        }
    )
