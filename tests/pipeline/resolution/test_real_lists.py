"""The real lists: what is joined in them is right, and what is related stays apart."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pipeline.organisations import Verdicts, settle
from pipeline.resolution.clusters import components
from pipeline.resolution.linking import Links, link


def read(file: Path) -> pd.DataFrame:
    return pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8-sig")


def homes(links: Links, count: int) -> np.ndarray:
    return components(count, links.joins["one"].to_numpy(), links.joins["other"].to_numpy())


SAME_AFTER_ALL = {
    "Catholic Relief Services (CRS)", "InterAction", "International Rescue Committee (IRC)",
    "Norwegian Refugee Council (NRC)", "Syria Relief ", "United States", "World Bank, The",
    "World Vision International (WVI)",
}  # fmt: skip
"""Publishers of humportal beside a signatory that is the same organisation in other letters."""


class TestSignatoriesOfTheGrandBargain:
    @pytest.fixture
    def pairs(self, shared_data: Path) -> pd.DataFrame:
        rows = read(shared_data / "signatories-humportal" / "signatories.csv")
        pairs = pd.DataFrame({"part": rows["Publisher"], "whole": rows["GB signatory"]})
        pairs = pairs[pairs["part"] != pairs["whole"]].reset_index(drop=True)
        assert len(pairs) == 106
        return pairs

    def test_no_affiliate_is_merged_and_most_are_proposed(self, pairs: pd.DataFrame) -> None:
        names = list(dict.fromkeys([*pairs["part"], *pairs["whole"]]))
        at = {name: place for place, name in enumerate(names)}
        links = link(pd.DataFrame({"name": names}, dtype=object))
        home = homes(links, len(names))
        both = [(p, home[at[p]], home[at[w]]) for p, w in pairs.itertuples(index=False)]
        assert {part for part, one, other in both if one == other} == SAME_AFTER_ALL
        proposed = {
            frozenset((home[one], home[other]))
            for tied in (links.parts, links.asks)
            for one, other in tied[["one", "other"]].to_numpy()
        }
        told = [part for part, one, other in both if frozenset((one, other)) in proposed]
        assert len(told) >= 70

    def test_all_are_related_where_the_parent_is_given(self, pairs: pd.DataFrame) -> None:
        """Each publisher's form names its parent; the parents have forms of their own."""
        wholes = list(dict.fromkeys(pairs["whole"]))
        count = len(pairs) + len(wholes)
        frame = pd.DataFrame(
            {
                "key": [f"s-abcdefgh{n:04}" for n in range(count)],
                "organisation": [*wholes, *pairs["part"]],
                "parent": [*[""] * len(wholes), *pairs["whole"]],
                "domain": "",
                "received": pd.date_range("2026-05-01", periods=count, freq="h", tz="UTC"),
                "counts": True,
            }
        ).astype({"key": object, "organisation": object, "parent": object, "domain": object})
        ids = settle(frame, (), {}, Verdicts(), pd.Timestamp("2026-06-01").date()).ids
        home = dict(zip(frame["organisation"][: len(wholes)], ids[: len(wholes)], strict=True))
        merged = [
            part
            for part, whole, mine in zip(
                pairs["part"], pairs["whole"], ids[len(wholes) :], strict=True
            )
            if mine == home[whole]
        ]
        # a form that reads like its own parent's name is that organisation's
        assert set(merged) <= SAME_AFTER_ALL


def test_signatories_of_coara_are_834_by_name_and_nothing_more_is_joined(
    shared_data: Path,
) -> None:
    rows = read(shared_data / "signon-coara" / "coara_signatories.csv")
    frame = pd.DataFrame({"name": rows["Organization"], "country": rows["Country"]}, dtype=object)
    assert (len(frame), frame["name"].nunique()) == (2501, 834)
    found = frame.assign(home=homes(link(frame), len(frame)))
    assert found["home"].nunique() == 834
    assert found.groupby("name")["home"].nunique().max() == 1


def test_difficult_pairs_are_joined_rightly_or_not_at_all(shared_data: Path) -> None:
    rows = read(shared_data / "names-nomenklatura-cases" / "org_cases.csv")
    joined = np.array([
        len(link(pd.DataFrame({"name": pair}, dtype=object)).joins) > 0
        for pair in rows[["name1", "name2"]].to_numpy().tolist()
    ])  # fmt: skip
    same = (rows["is_match"] == "true").to_numpy()
    assert (len(rows), same.sum()) == (278, 178)
    assert (joined & same).sum() / joined.sum() >= 0.99
    assert (joined & same).sum() >= 115


def test_names_of_companies_in_patents_are_joined_rightly(shared_data: Path) -> None:
    rows = read(shared_data / "names-patstat-companies" / "patstat_reference.csv")
    found = homes(link(pd.DataFrame({"name": rows["person_name"]}, dtype=object)), len(rows))
    truth = rows["leuven_id"].to_numpy()

    def pairs(*labels: np.ndarray) -> int:
        sizes = pd.DataFrame(dict(enumerate(labels))).value_counts().to_numpy()
        return int((sizes * (sizes - 1) // 2).sum())

    assert pairs(found, truth) / pairs(found) >= 0.99
    assert pairs(found, truth) / pairs(truth) >= 0.65
    # in any order, and with the other columns there or not
    mixed = rows.sample(frac=1, random_state=1)
    frame = pd.DataFrame({"name": mixed["person_name"], "email": ""}, dtype=object)
    again = pd.Series(homes(link(frame.reset_index(drop=True)), len(rows)), index=mixed.index)
    assert pairs(found, again.sort_index().to_numpy()) == pairs(found)
    assert again.nunique() == len(np.unique(found))
