"""Chapters and parents: related, never joined, and counted both ways."""

from __future__ import annotations

import pandas as pd
import pytest

from pipeline.summary import summary_of
from pipeline.telling import told
from reports.sections import headline

SITE = "https://sierra.example.org"


def homes(ours):
    return list(ours.result.forms["organisation_id"])


def questions(ours, *kinds):
    return [m for m in ours.result.matters if m.kind in (kinds or ("same", "part")) and m.open]


@pytest.fixture
def family(coalition):
    coalition.form("Sierra Club", website=SITE)
    for name in ("Sierra Club Ohio", "Ohio Rivers"):
        coalition.form(name, "2026-03-03", website=SITE, parent="The Sierra Club, Inc.",
                       parent_approval="Yes")  # fmt: skip
    coalition.form("Tree Club", "2026-03-03", parent="n/a")
    coalition.form("Bike Club", "2026-03-03", parent="World Bikes", parent_approval="Yes")
    coalition.run("2026-03-04")
    return coalition


def test_a_parent_in_the_form_relates_and_nobody_is_asked(family):
    parents = {n: family.who(n)["parent"] for n in family.standings()}
    assert parents == {"Sierra Club": "", "Sierra Club Ohio": "Sierra Club",
                       "Ohio Rivers": "Sierra Club", "Tree Club": "",
                       "Bike Club": "World Bikes"}  # fmt: skip
    mother = family.id("Sierra Club")
    assert not [m for m in questions(family) if mother in m.key]


def test_they_are_counted_both_ways(family):
    result = family.result
    said = told(summary_of(result, family.known, 0))
    assert "3 are chapters of 2 parents" in said
    details = dict(result.values["A2"].details)
    assert (details["net"], details["chapters"], details["parents"]) == (5, 3, 2)
    family.run("2026-03-16")
    assert "5 members" in headline(family.digest())
    assert "of which 3 chapters of 2 parents" in headline(family.digest())
    assert family.result.values["A17"].value == 3


@pytest.mark.parametrize("parent", ["", "The Sierra Club"])
def test_a_name_that_would_join_stays_apart_where_a_parent_is_given(coalition, parent):
    coalition.form("Sierra Club", website=SITE)
    coalition.form("SC", "2026-03-03", website=SITE, parent=parent, parent_approval="Yes")
    coalition.run("2026-03-04")
    assert len(set(homes(coalition))) == (2 if parent else 1)


def test_people_can_say_the_same_although_a_form_names_a_parent(family):
    mother = family.id("Sierra Club")
    family.change("Sierra Club Ohio", "same as", "Sierra Club")
    family.run("2026-03-05")
    assert homes(family)[1] == mother
    assert family.who("Sierra Club")["parent"] == ""
    family.change("Sierra Club Ohio", "undo")
    family.run("2026-03-06")
    assert homes(family)[1] != mother
    assert family.who("Sierra Club Ohio")["parent_id"] == mother


@pytest.fixture
def proposed(coalition):
    """The name of the second says that it is a chapter of the first."""
    coalition.form("Sierra Club")
    coalition.form("Sierra Club Ohio Chapter", "2026-03-03")
    coalition.run("2026-03-04")
    return coalition


def test_a_chapter_is_proposed_and_a_yes_makes_it_one(proposed):
    [asked] = questions(proposed)
    assert (asked.kind, asked.what) == ("part", "Part of another organisation?")
    assert asked.organisation == "Sierra Club Ohio Chapter"
    assert asked.why == "It may be part of “Sierra Club” (chapter)."
    assert asked.suggestion == "chapter of"
    proposed.decide("Sierra Club Ohio Chapter", "chapter of", what="Part")
    proposed.run("2026-03-05")
    proposed.run("2026-03-06")
    who = proposed.who("Sierra Club Ohio Chapter")
    assert (who["parent"], who["parent_id"]) == ("Sierra Club", proposed.id("Sierra Club"))
    assert not questions(proposed)
    proposed.decide("Sierra Club Ohio Chapter", "undo", what="Part")
    proposed.run("2026-03-07")
    assert proposed.who("Sierra Club Ohio Chapter")["parent"] == ""
    assert len(questions(proposed)) == 1


@pytest.mark.parametrize(("word", "organisations"), [("not the same", 2), ("same", 1)])
def test_other_answers_to_a_chapter(proposed, word, organisations):
    before = homes(proposed)
    proposed.decide("Sierra Club Ohio Chapter", word, what="Part")
    proposed.run("2026-03-05")
    proposed.run("2026-03-06")
    assert len(set(homes(proposed))) == organisations
    assert not questions(proposed)
    assert all(not parent for parent in proposed.result.organisations["parent"])
    proposed.decide("Sierra Club Ohio Chapter", "undo", what="Part")
    proposed.run("2026-03-07")
    assert homes(proposed) == before


def test_what_changes_say_of_a_chapter_needs_no_question(proposed):
    proposed.change("Sierra Club Ohio Chapter", "chapter of", "Sierra Club")
    proposed.run("2026-03-05")
    assert not questions(proposed)
    proposed.change("Sierra Club Ohio Chapter", "same as", "Sierra Club")
    proposed.run("2026-03-06")
    assert len(set(homes(proposed))) == 1
    assert set(proposed.result.organisations["parent"]) == {""}


def test_same_may_be_answered_with_chapter(coalition):
    coalition.form("Sierra Club", website=SITE)
    coalition.form("Ohio Rivers", "2026-03-03", website=SITE)
    coalition.run("2026-03-04")
    [asked] = questions(coalition)
    coalition.decide(asked.organisation, "chapter of", what="same")
    coalition.run("2026-03-05")
    (other,) = {"Sierra Club", "Ohio Rivers"} - {asked.organisation}
    assert coalition.who(asked.organisation)["parent"] == other
    assert len(set(homes(coalition))) == 2
    coalition.change(asked.organisation, "same as", other)
    result = coalition.run("2026-03-06")
    assert len(set(homes(coalition))) == 1
    assert any("can't both hold" in p.problem for p in result.problems)


def test_a_parent_that_was_joined_to_another_is_found_under_that(coalition):
    for name in ("Alder", "Birch", "Alder Youth"):
        coalition.form(name)
    coalition.run("2026-03-03")
    coalition.change("Alder Youth", "chapter of", "Birch")
    coalition.run("2026-03-04")
    coalition.change("Birch", "same as", "Alder")
    coalition.run("2026-03-05")
    assert coalition.who("Alder Youth")["parent_id"] == coalition.id("Alder")


def test_every_affiliate_of_a_real_list_is_related_to_its_parent(coalition, shared_data):
    file = shared_data / "signatories-humportal" / "signatories.csv"
    rows = pd.read_csv(file, dtype=str, keep_default_na=False)
    parents = dict(zip(rows["Publisher"], rows["GB signatory"], strict=True))
    parts = {part: whole for part, whole in parents.items() if part != whole}
    assert len(parts) == 106
    for name in dict.fromkeys(parts.values()):
        coalition.form(name, website="", email="a@gmail.com")
    for name, parent in parts.items():
        coalition.form(name, "2026-03-03", website="", email="b@gmail.com", parent=parent,
                       parent_approval="Yes")  # fmt: skip
    coalition.run("2026-03-04")
    table = coalition.result.organisations.set_index("id")
    home = dict(
        zip(coalition.result.forms["organisation"], coalition.result.forms["organisation_id"],
            strict=True)
    )  # fmt: skip
    same = {part for part, whole in parts.items() if home[part] == home[whole]}
    related = {p for p, whole in parts.items() if table["parent_id"].get(home[p]) == home[whole]}
    assert len(same | related) == 106
    # written in other letters, these are their own parents
    assert len(same) <= 8
    assert not same & related
