"""What a list is turned into: ids, names, how sure, and why; and names that are looked up."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.resolution import listing
from pipeline.resolution.clusters import components
from pipeline.resolution.linking import Links
from pipeline.resolution.listing import FIELDS, PAIR, Listed, resolve
from pipeline.resolution.marking import ids, marks
from pipeline.resolution.matching import match_names, registry_of
from pipeline.resolution.spelling import common_spelling
from pipeline.resolution.tracing import OWN, brought_by

EDGES = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11), st.integers(80, 100)))


def joins(edges: Any) -> pd.DataFrame:
    rows = [(one, other, score / 100, f"{one}-{other}") for one, other, score in edges]
    frame = pd.DataFrame(rows, columns=["one", "other", "score", "because"])
    return frame.astype({"one": "int64", "other": "int64", "score": "float64"})


def records(*names: str, **columns: list[str]) -> pd.DataFrame:
    blank = [""] * len(names)
    given = {"name": list(names), **columns}
    return pd.DataFrame({field: given.get(field, blank) for field in FIELDS}, dtype=object)


def widest(edges: Any, start: int) -> dict[int, float]:
    """The best way from a row to each: as good as its weakest join."""
    found = {start: 1.0}
    for _ in range(12):
        for one, other, score in [*edges, *((b, a, s) for a, b, s in edges)]:
            if one in found:
                found[other] = max(found.get(other, 0), min(found[one], score / 100))
    return found


@given(EDGES)
def test_how_sure_a_row_is_follows_its_best_way_home(edges: Any) -> None:
    pairs = joins(edges)
    homes = components(12, pairs["one"].to_numpy(), pairs["other"].to_numpy())
    own = homes == np.arange(12)
    score, via = brought_by(homes, own, pairs)
    for at in range(12):
        assert score[at] == pytest.approx(widest(edges, int(homes[at]))[at])
        if own[at]:
            assert via[at] == OWN
        else:
            assert pairs["score"][via[at]] == pytest.approx(score[at])


def test_a_row_says_by_what_its_part_of_the_organisation_was_joined() -> None:
    homes = np.zeros(4, dtype=np.int64)
    own = np.array([True, False, False, False])
    _, via = brought_by(homes, own, joins([(0, 1, 100), (1, 2, 90), (2, 3, 100)]))
    assert via.tolist() == [OWN, 0, 1, 1]


NAMES = {
    "Alder Club|Alder Club|ALDER CLUB": "Alder Club",
    "ALDER CLUB|ALDER CLUB|Alder Club": "ALDER CLUB",
    "ALDER CLUB|Alder Club": "Alder Club",
    "alder club|Alder Club|ALDER CLUB": "Alder Club",
    "Cafe Alder|Café Alder": "Café Alder",
    "The Alder Club|Alder Club": "Alder Club",
    "Alder Klub|Alder Club": "Alder Club",
    "|Alder Club": "Alder Club",
    " |": "",
    "Alder\n Club": "Alder Club",
}


@pytest.mark.parametrize("spellings", NAMES)
def test_the_name_that_is_shown(spellings: str) -> None:
    rows = spellings.split("|")
    for _ in range(4):
        random.Random(len(rows)).shuffle(rows)
        names, spelt = common_spelling(pd.Series(rows), np.zeros(len(rows), dtype=np.int64))
        assert set(names) == {NAMES[spellings]}
        assert {" ".join(row.split()) for row, so in zip(rows, spelt, strict=True) if so} == {
            NAMES[spellings]
        }


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 5)), min_size=1), st.randoms())
def test_ids_are_distinct_and_don_t_depend_on_order(rows: Any, chance: Any) -> None:
    def named(given: Any) -> list[tuple[int, str]]:
        groups = [group for group, _ in given]
        homes = np.array([groups.index(group) for group in groups])
        marked = marks([(str(cell),) for _, cell in given])
        return list(zip(groups, ids(marked, homes), strict=True))

    first = dict(named(rows))
    assert len(set(first.values())) == len(first)
    assert all(len(i) == 10 or len(i) >= 15 for i in first.values())
    mixed = list(rows)
    chance.shuffle(mixed)
    again = dict(named(mixed))
    # homes whose rows are the same throughout can't be told apart
    assert sorted(again.values()) == sorted(first.values())


def test_ids_that_begin_alike_are_told_apart() -> None:
    marked = np.array([7, 5, 1 << 63, 5], dtype=np.uint64)
    found = ids(marked, np.arange(4)).tolist()
    assert found[1] == "o-aaaaaaaa"
    assert found[0].startswith("o-aaaaaaaaaaaa")
    assert len(found[2]) == 10
    assert sorted(map(len, found)) == [10, 10, 15, 17]
    assert found[3] == "o-aaaaaaaaaaaak-2"


def test_pairs_come_once_for_two_organisations_and_never_within_one(monkeypatch: Any) -> None:
    asks = joins([(0, 2, 80), (1, 2, 90), (0, 1, 85)])
    parts = joins([(3, 0, 90)]).assign(relation="chapter")
    found = Links(joins([(0, 1, 100)]), asks, parts)
    monkeypatch.setattr(listing, "link", lambda _: found)
    listed = resolve(records("Alder", "alder", "Alderer", "Alder Graz"))
    assert isinstance(listed, Listed)
    assert list(listed.pairs) == list(PAIR)
    assert listed.pairs[["kind", "row", "other_row", "score"]].to_numpy().tolist() == [
        ["same", 1, 2, 0.9], ["part", 3, 0, 0.9],
    ]  # fmt: skip
    assert (listed.organisations, listed.joined) == (3, 1)


def test_a_row_without_a_name_is_nobody() -> None:
    rows = resolve(records("Alder Club", "", " ")).rows
    assert rows["organisation_id"].tolist()[1:] == ["", ""]
    assert rows["confidence"].isna().tolist() == [False, True, True]


REGISTRY = registry_of(
    {"o-1": "Otter Watch", "o-2": "Heron Watch", "o-3": "Friends of the River Enns"},
    {"o-3": ("Ennsfreunde",)},
)


def test_names_are_found_or_their_nearest_named() -> None:
    typed = ["OTTER WATCH", "Friends of the River Enns Inc.", "Ennsfreunde", "Otter Watsch", "Moss",
             " "]  # fmt: skip
    found = match_names(typed, REGISTRY)
    assert [found[name].found.id for name in typed[:3]] == ["o-1", "o-3", "o-3"]
    assert found["Ennsfreunde"].found.name == "Friends of the River Enns"
    near = found["Otter Watsch"]
    assert "o-1" in [c.id for c in (near.found, *near.candidates) if c]
    assert found["Moss"].found is None
    assert found["Moss"].candidates == ()
    assert " " not in found


def test_a_name_that_two_organisations_bear_is_neither() -> None:
    two = registry_of({"o-1": "Otter Watch", "o-2": "Otter Watch"}, {})
    match = match_names(["otter watch"], two)["otter watch"]
    assert match.found is None
    assert sorted(candidate.id for candidate in match.candidates) == ["o-1", "o-2"]


def test_nothing_is_found_among_nobody() -> None:
    assert match_names(["Moss"], REGISTRY.iloc[:0])["Moss"].found is None


def test_strings_that_name_no_organisation_of_the_registry_are_refused(shared_data: Any) -> None:
    logs = pd.read_csv(shared_data / "names-ror-logs" / "logs_train.csv", encoding="utf-8-sig")
    known = logs.loc[logs["ror_id"] != "NP"].rename(columns={"ror_id": "id", "affiliation": "name"})
    typed = logs.loc[logs["ror_id"] == "NP", "affiliation"].drop_duplicates().tolist()
    found = match_names(typed, known[["id", "name"]].reset_index(drop=True))
    refused = sum(match.found is None for match in found.values())
    assert refused >= 0.98 * len(typed)
