"""Whether two names are one organisation: doubt is asked, and people's word wins."""

from __future__ import annotations

import pytest

SITE = "https://rivers.example.org"


@pytest.fixture(scope="module")
def two_before(found_coalition):
    """Two names with one website; the first is listed, the second shows another signatory."""
    coalition = found_coalition()
    coalition.form("River Watch", website=SITE)
    coalition.form("Brook Brigade", "2026-03-03", website=SITE, signatory="Rui Costa")
    coalition.run("2026-03-04")
    return coalition


@pytest.fixture
def two(two_before):
    return two_before.copy()


def ids(ours):
    return {name: ours.id(name) for name in ours.standings()}


def test_doubt_is_asked_and_counted_as_two(two):
    asked = [matter for matter in two.matters() if matter.kind == "same"]
    assert len(asked) == 1
    assert asked[0].what == "The same organisation?"
    assert {asked[0].organisation, asked[0].why} in (
        {"River Watch", "It may be the same as “Brook Brigade”."},
        {"Brook Brigade", "It may be the same as “River Watch”."},
    )
    assert "same website" in asked[0].evidence
    assert two.members() == {"River Watch", "Brook Brigade"}


def test_same_makes_them_one_under_the_first_id_and_undo_parts_them(two):
    before = ids(two)
    asked = two.matters()[0].organisation
    two.decide(asked, "same", what="same")
    two.run("2026-03-05")
    two.run("2026-03-06")
    assert ids(two) == {"Brook Brigade": before["River Watch"]} or ids(two) == {
        "River Watch": before["River Watch"]
    }
    assert len(two.members()) == 1
    two.decide(asked, "undo", what="same")
    two.run("2026-03-07")
    two.run("2026-03-08")
    assert ids(two) == before
    assert two.members() == {"River Watch", "Brook Brigade"}


def test_not_the_same_is_not_asked_again(two):
    asked = two.matters()[0].organisation
    two.decide(asked, "not the same", what="same")
    two.run("2026-03-05")
    two.form("Brook Brigade", "2026-03-06", website=SITE, signatory="Rui Costa")
    two.run("2026-03-06")
    assert [m.status for m in two.matters() if m.kind == "same"] == ["settled"]
    assert two.members() == {"River Watch", "Brook Brigade"}


def test_changes_can_say_so_too_and_the_newest_word_wins(two):
    before = ids(two)
    story = []
    for day, word in (
        ("2026-03-05", "same as"),
        ("2026-03-06", "not the same as"),
        ("2026-03-07", "same as"),
    ):
        two.change(before["River Watch"], word, before["Brook Brigade"])
        two.run(day)
        story.append((word, len(two.members())))
    assert story == [("same as", 1), ("not the same as", 2), ("same as", 1)]


def test_changes_go_before_what_was_decided_earlier(two):
    before = ids(two)
    two.decide(two.matters()[0].organisation, "not the same", what="same")
    two.run("2026-03-05")
    two.change("Brook Brigade", "same as", "River Watch")
    two.run("2026-03-06")
    assert len(two.members()) == 1
    assert set(ids(two).values()) == {before["River Watch"]}


def test_one_organisation_is_no_pair(two):
    two.form("The River-Watch", "2026-03-05", website=SITE)
    two.change("River Watch", "same as", "The River-Watch")
    result = two.run("2026-03-05")
    assert [p.problem for p in result.problems] == [
        "Both names already belong to one organisation."
    ]


def test_an_undone_joining_is_found_under_either_name(two):
    two.change("River Watch", "same as", "Brook Brigade")
    two.run("2026-03-05")
    assert len(two.members()) == 1
    two.change("Brook Brigade", "undo")
    two.run("2026-03-06")
    assert two.cells("Changes", "Answer") == ["Taken back on 2026-03-06.", "Took back “same as”."]
    assert len(two.members()) == 2


@pytest.mark.parametrize(("change", "standing"), [("hide now", "member"), ("remove", "removed"),
                                                  ("withdraw", "withdrawn")])  # fmt: skip
def test_what_was_changed_on_one_of_them_holds_for_the_one_they_become(two, change, standing):
    first = two.id("River Watch")
    for name in ("River Watch", "Brook Brigade"):
        two.decide(name, "list", what="listed")
    two.change("Brook Brigade", change)
    two.run("2026-03-05")
    two.change("Brook Brigade", "same as", "River Watch")
    two.run("2026-03-06")
    two.run("2026-03-07")
    assert set(ids(two).values()) == {first}
    assert two.listed() == set()
    assert set(two.standings().values()) == {standing}


@pytest.mark.parametrize(
    ("one", "other", "joined"),
    [
        ("River Watch", "The River-Watch Ltd", True),
        ("River Watch", "RIVER  WATCH", True),
        ("Ribeira Viva", "Ríbeira Víva", True),
        ("River Watch", "River Watchers", False),
    ],
)
def test_names_that_say_the_same_are_one(coalition, one, other, joined):
    coalition.form(one, website="")
    coalition.form(other, "2026-03-03", website="", email="office@other.example.org")
    coalition.run("2026-03-04")
    assert (len(coalition.standings()) == 1) is joined


def test_ids_outlive_the_row_order_the_spelling_and_a_later_first_form(coalition):
    coalition.form("River Watch", "2026-03-03")
    coalition.form("Lake Guild", "2026-03-03")
    coalition.run("2026-03-04")
    before = ids(coalition)
    coalition.form("river watch", "2026-03-02", website="https://riverwatch.example.org")
    coalition.forms.reverse()
    coalition.run("2026-03-05")
    assert set(ids(coalition).values()) == set(before.values())
    assert coalition.id("Lake Guild") == before["Lake Guild"]
