"""What leaves: names that are listed in public, ties, sectors and districts, and no more."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from pipeline.network.export import Export, export
from tests.pipeline.metrics.conftest import build
from tests.pipeline.network.conftest import made

REGISTRY = """
name        | sector       | district | listed | communities | referred_by
Oak Union   | labour; food | North    | yes    | Deaf        |
Sea Co-op   | fish         | Coast    | yes    |             |
Hill School |              | North    | yes    |             |
Hidden Club | art          | North    | no     | Deaf        |
Lone Choir  | art          | North    | yes    |             |
"""
TIES = """
date       | organisation_a | organisation_b | kind             | reported_by
2026-05-01 | Sea Co-op      | Oak Union      | one-to-one       | Oak Union
2026-05-01 | Hidden Club    | Oak Union      | table talk       |
2026-05-01 | Hidden Club    | Lone Choir     | table talk       |
2026-05-01 | Hill School    | Sea Co-op      | tie              |
2026-05-01 | Hill School    | Oak Union      | do not introduce |
2026-05-01 | Oak Union      | Lake Club      | one-to-one       |
"""
MEETINGS = "date | present | people\n2026-04-01 | Oak Union; Sea Co-op | 12"
OUTREACH = "organisation | stage | owner\nLake Club | contacted | Ana Person"


def network(everyone: bool = False) -> Export:
    tabs = {"conversations": TIES, "meetings": MEETINGS, "outreach": OUTREACH}
    return export(build(organisations=REGISTRY, **tabs), everyone)


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"))))


def test_only_those_listed_with_a_tie_to_another_are_named() -> None:
    found = network()
    assert (found.named, found.unlisted, found.alone) == (3, 1, 1)
    assert sorted(found.files) == ["connections.csv", "elements.csv", "map.svg", "network.gexf"]
    for content in found.files.values():
        assert not any(name in content for name in (b"Hidden", b"Lone", b"Lake", b"Ana", b"Deaf"))


def test_elements_are_as_kumu_reads_them() -> None:
    assert rows(network().files["elements.csv"]) == [
        {"Label": "Hill School", "Type": "Member", "Description": "North", "Tags": "North",
         "Sector": "", "District": "North"},
        {"Label": "Oak Union", "Type": "Member", "Description": "food, labour; North",
         "Tags": "food|labour|North", "Sector": "food|labour", "District": "North"},
        {"Label": "Sea Co-op", "Type": "Member", "Description": "fish; Coast",
         "Tags": "fish|Coast", "Sector": "fish", "District": "Coast"},
    ]  # fmt: skip


def test_connections_are_undirected_and_say_where_they_come_from() -> None:
    common = {"Direction": "undirected", "Type": "tie"}
    assert rows(network().files["connections.csv"]) == [
        {"From": "Hill School", "To": "Sea Co-op", "Tags": "conversation"} | common,
        {"From": "Oak Union", "To": "Sea Co-op", "Tags": "conversation|meeting"} | common,
    ]


def test_everybody_is_named_for_coordinators_alone_and_the_files_say_so() -> None:
    found = network(everyone=True)
    assert (found.named, found.unlisted, found.alone) == (6, 0, 0)
    assert all("-for-coordinators-only." in name for name in found.files)
    elements = rows(found.files["elements-for-coordinators-only.csv"])
    types = {row["Label"]: row["Type"] for row in elements}
    assert types["Lake Club"] == "Wanted"
    assert types["Lone Choir"] == types["Hidden Club"] == "Member"
    assert not any(text in c for c in found.files.values() for text in (b"Ana", b"Deaf"))
    assert "For coordinators only." in found.files["map-for-coordinators-only.svg"].decode()


def test_gephi_reads_the_same_ties() -> None:
    root = ElementTree.fromstring(network().files["network.gexf"])
    space = {"g": root.tag[1:].partition("}")[0]}
    labels = {n.get("id"): n.get("label") for n in root.findall(".//g:node", space)}
    edges = root.findall(".//g:edge", space)
    ties = {frozenset((labels[e.get("source")], labels[e.get("target")])) for e in edges}
    assert ties == {
        frozenset(("Hill School", "Sea Co-op")), frozenset(("Oak Union", "Sea Co-op")),
    }  # fmt: skip


def test_the_same_network_gives_the_same_bytes_whatever_the_day_and_the_order() -> None:
    tabs = {"conversations": TIES, "meetings": MEETINGS, "outreach": OUTREACH}
    head, *lines = TIES.strip().splitlines()
    turned = tabs | {"conversations": "\n".join([head, *reversed(lines)])}
    here, there = (export(build(organisations=REGISTRY, **given)).files for given in (tabs, turned))
    assert here == there
    assert b"lastmodified" not in here["network.gexf"]


def test_names_that_are_formulas_stay_texts(shared_data: Path) -> None:
    payloads = json.loads((shared_data / "formula-injection" / "payloads.json").read_text())
    names = [text for text in payloads if text.strip()] + ["＝1+1", "\t=2", "Oak | Sea"]
    assert len(names) > 15
    context = made("A-B")
    known = context.organisations.assign(listed=True)
    for name in names:
        known.loc[known["id"] == "o-a", "name"] = name
        found = export(replace(context, organisations=known))
        for file in ("elements.csv", "connections.csv"):
            for row in rows(found.files[file]):
                assert not any(cell.startswith(tuple("=+-@\t\r＝＋－＠")) for cell in row.values())
                assert "|" not in row.get("To", "") + row.get("From", "") + row.get("Label", "")
        ElementTree.fromstring(found.files["map.svg"])
        ElementTree.fromstring(found.files["network.gexf"])


def test_two_of_one_name_keep_a_label_of_their_own() -> None:
    registry = "name | id | listed\nOak | o-1 | yes\nOAK | o-2 | yes\nSea | o-3 | yes"
    ties = "date | organisation_a | organisation_b\n2026-05-01 | o-1 | Sea\n2026-05-01 | o-2 | Sea"
    given = build(organisations=registry, conversations=ties)
    table = given.tables["conversations"].assign(organisation_a_id=["o-1", "o-2"])
    found = export(replace(given, tables={"conversations": table}))
    assert [row["Label"] for row in rows(found.files["elements.csv"])] == ["OAK", "Oak (2)", "Sea"]


@pytest.mark.parametrize("everyone", [False, True])
def test_a_shared_caucus_leaves_no_trace(everyone: bool) -> None:
    groups = "group | kind | organisation\nDeaf Reeds | caucus | Oak Union\n"
    groups += "Deaf Reeds | caucus | Hill School"
    given = {"organisations": REGISTRY, "conversations": TIES}
    without = export(build(**given), everyone).files
    assert export(build(**given, groups=groups), everyone).files == without
    open_group = groups.replace("caucus", "working group")
    assert export(build(**given, groups=open_group), everyone).files != without


@pytest.mark.parametrize("everyone", [False, True])
def test_a_coalition_of_nobody_has_files_all_the_same(everyone: bool) -> None:
    found = export(build(), everyone)
    assert found.named == 0
    assert len(found.files) == 4


def test_signs_that_turn_the_direction_are_in_no_file() -> None:
    odd = "Sea \u202eCo-\u2066op\u200f"
    turned = REGISTRY.replace("Sea Co-op", odd).replace("fish", "fi\u202esh")
    found = export(build(organisations=turned, conversations=TIES.replace("Sea Co-op", odd)))
    labels = [row["Label"] for row in rows(found.files["elements.csv"])]
    assert "Sea Co-op" in labels
    for content in found.files.values():
        assert not set("\u202e\u2066\u200f") & set(content.decode())
