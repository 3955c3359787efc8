"""Doubt is held, clarity is not; nothing is deleted; who is listed wants it and was looked at."""

from __future__ import annotations

import itertools

import pytest

from pipeline.decisions import ALLOWED

OUTCOMES = {"accepted", "hold", "declined", "withdrawn", "superseded", "test"}

FORMS = [
    # organisation, answers, outcome, label, a rule that says why
    ("River Watch", {}, "accepted", "", ""),
    ("Lake Guild", {"authorised": "No"}, "hold", "waiting for us", "S202"),
    ("Hill Trust", {"reservations": "provided that it rains"}, "hold", "waiting for us", "S105"),
    ("Moor Circle", {"agrees_peace": "No"}, "hold", "waiting for us", "S103"),
    ("Fen Forum", {"agreement": ""}, "hold", "waiting for us", "S102"),
    ("Board Pending", {"decided_by_board_on": "2026-09-01"}, "hold", "waiting for their board",
     "S208"),
    ("Bank Voles", {"reservations": "We love otters."}, "accepted", "", "S106"),
    ("Shy Sedge", {"list_us": "No"}, "accepted", "", "S601"),
    ("Trial [test]", {}, "test", "test", "S004"),
    ("Rui Costa", {"signing_as": "individual"}, "accepted", "individual", "S207"),
    ("No Time", {"timestamp": ""}, "hold", "waiting for us", "S002"),
]  # fmt: skip


@pytest.fixture(scope="module")
def mixed_before(found_coalition):
    """Every kind of form once."""
    coalition = found_coalition()
    for organisation, answers, *_ in FORMS:
        coalition.form(organisation, **answers)
    coalition.run("2026-03-04")
    return coalition


@pytest.fixture
def mixed(mixed_before):
    return mixed_before.copy()


def test_a_form_is_held_only_for_a_doubt_and_says_which(mixed):
    frame = mixed.result.forms
    for (name, _, outcome, label, rule), row in zip(FORMS, frame.to_dict("records"), strict=True):
        assert (name, row["outcome"]) == (name, outcome)
        assert not label or label in row["labels"], name
        assert not rule or rule in row["rules"], name
        if outcome == "hold":
            assert row["suggestion"], name
            assert all(reason[:1].isupper() and reason[-1] in ".?)" for reason in row["reasons"])


def test_every_held_form_is_asked_about_once_and_nothing_else_is(mixed):
    asked = {matter.organisation for matter in mixed.matters() if matter.kind == "sign-on"}
    held = [name for name, _, outcome, *_ in FORMS if outcome == "hold"]
    assert asked == set(held)
    assert len(mixed.open()) == len(set(mixed.open()))


def test_outcomes_part_the_sign_ons_and_no_form_is_lost(mixed):
    assert len(mixed.outcomes()) == len(FORMS)
    assert set(mixed.outcomes()) <= OUTCOMES
    assert mixed.cells("Every form checked", "Organisation").__len__() == len(FORMS)
    assert {record.key for record in mixed.known.signons} == set(mixed.result.forms["key"])


def test_individuals_and_tests_make_no_organisation(mixed):
    assert "Rui Costa" not in mixed.standings()
    assert "Trial [test]" not in mixed.standings()
    held = [name for name, _, outcome, *_ in FORMS if outcome == "hold"]
    assert {name for name, standing in mixed.standings().items() if standing == "pending"} == set(
        held
    )
    assert mixed.members() == {"River Watch", "Bank Voles", "Shy Sedge"}


def test_nobody_is_listed_before_a_person_said_so(mixed):
    assert mixed.listed() == set()
    assert mixed.who("River Watch")["why_not"] == "waits for a coordinator's yes"
    assert mixed.who("Shy Sedge")["why_not"] == "the signer did not allow it"
    assert mixed.who("Lake Guild")["why_not"] == "its standing is pending"
    asked = {matter.organisation for matter in mixed.matters() if matter.kind == "listing"}
    assert asked == {"River Watch", "Bank Voles"}


def test_each_word_has_its_outcome(coalition):
    words = {
        "accept": ("accepted", "member", False),
        "accept and list": ("accepted", "member", True),
        "not accepted": ("declined", "declined", False),
        "ask them": ("hold", "pending", False),
        "withdraw": ("withdrawn", "withdrawn", False),
    }
    for word in words:
        coalition.form(f"Org to {word}", authorised="No")
    coalition.run("2026-03-04")
    for word in words:
        coalition.decide(f"Org to {word}", word)
    coalition.run("2026-03-05")
    for (word, expected), outcome in zip(words.items(), coalition.outcomes(), strict=True):
        name = f"Org to {word}"
        found = (outcome, coalition.standing(name), name in coalition.listed())
        assert found == expected, word


def test_who_is_asked_waits_for_them_and_stays_seen(coalition):
    coalition.form("Lake Guild", authorised="No")
    coalition.run("2026-03-04")
    coalition.decide("Lake Guild", "ask them")
    result = coalition.run("2026-03-05")
    assert result.forms["labels"].item() == ("waiting for them",)
    assert coalition.matter("Lake Guild").status == "seen"
    coalition.decide("Lake Guild", "accept")
    coalition.run("2026-03-06")
    assert coalition.standing("Lake Guild") == "member"


@pytest.mark.parametrize("consent", ["No", ""])
def test_no_word_of_a_coordinator_lists_without_the_signers_consent(coalition, consent):
    held = ALLOWED["sign-on"]
    for word in held:
        coalition.form(f"Doubt {word}", authorised="No", list_us=consent)
    coalition.form("River Watch", list_us=consent)
    coalition.run("2026-03-04")
    for word in held:
        coalition.decide(f"Doubt {word}", word)
    coalition.run("2026-03-05")
    coalition.run("2026-03-06")
    assert coalition.listed() == set()
    assert [m for m in coalition.matters() if m.kind == "listing"] == []


def test_listing_needs_both_and_either_can_take_it_back(coalition):
    coalition.form("River Watch")
    coalition.run("2026-03-04")
    story = []
    for day, word in zip(
        ("2026-03-05", "2026-03-06", "2026-03-07", "2026-03-08", "2026-03-09"),
        ("list", "undo", "list", "don't list", "list"),
        strict=True,
    ):
        coalition.decide("River Watch", word)
        coalition.run(day)
        story.append((word, bool(coalition.listed())))
    assert story == [
        ("list", True), ("undo", False), ("list", True), ("don't list", False), ("list", True),
    ]  # fmt: skip


def test_a_later_no_of_the_same_day_takes_an_accepted_and_listed_one_off(coalition):
    for number in range(5):
        coalition.form(f"Filler {'abcde'[number] * 4} guild")
    coalition.form("Lake Guild", authorised="No")
    coalition.run("2026-03-04")
    coalition.decide("Lake Guild", "accept and list")
    coalition.run("2026-03-05")
    assert coalition.listed() == {"Lake Guild"}
    coalition.change("Lake Guild", "hide now")
    coalition.run("2026-03-05")
    assert coalition.listed() == set()


class TestReviewed:
    """accept = "reviewed": every form waits for a yes."""

    def test_even_a_clean_form_waits(self, found_coalition):
        ours = found_coalition(accept="reviewed")
        ours.form("River Watch")
        ours.form("Trial [test]")
        ours.run("2026-03-04")
        assert ours.outcomes() == ["hold", "test"]
        assert "waits for a coordinator's yes" in ours.matter("River Watch").why
        assert ours.matter("River Watch").suggestion == "accept"
        ours.decide("River Watch", "accept")
        ours.run("2026-03-05")
        assert ours.outcomes() == ["accepted", "test"]
        assert ours.standing("River Watch") == "member"
        assert ours.listed() == set()

    def test_a_doubt_is_said_and_not_hidden_by_the_general_question(self, found_coalition):
        ours = found_coalition(accept="reviewed")
        ours.form("Lake Guild", authorised="No")
        ours.run("2026-03-04")
        assert "may not sign" in ours.matter("Lake Guild").why
        assert "Every sign-on waits" not in ours.matter("Lake Guild").why


@pytest.mark.parametrize("role", ["signatory only", "observer", "funder", "coalition staff"])
def test_only_members_are_counted(coalition, role):
    coalition.form("River Watch")
    coalition.form("Rich Foundation", joins_as=role)
    coalition.run("2026-03-04")
    assert coalition.outcomes() == ["accepted", "accepted"]
    assert coalition.members() == {"River Watch"}
    assert coalition.digest().members == 0  # both joined this week; the week before had none
    coalition.run("2026-03-10")
    assert coalition.digest().members == 1


def test_a_second_signatory_adds_evidence_and_no_count(coalition):
    coalition.form("River Watch")
    coalition.form("The River Watch Ltd", "2026-03-03", signatory="Rui Costa",
                   email="rui@riverwatch.example.org",
                   website="https://riverwatch.example.org")  # fmt: skip
    coalition.run("2026-03-04")
    assert coalition.outcomes() == ["accepted", "accepted"]
    assert list(coalition.standings()) == ["River Watch"]
    row = coalition.who("River Watch")
    assert (row["signons"], row["signatory"], row["aliases"]) == (
        2, "Ana River Watch", ("The River Watch Ltd",),
    )  # fmt: skip
    assert coalition.open() == ["River Watch"]  # only whether it may be listed


def test_a_form_in_doubt_is_replaced_by_a_clean_one_from_the_same_address(coalition):
    coalition.form("Lake Guild", authorised="No")
    coalition.run("2026-03-04")
    assert coalition.open() == ["Lake Guild"]
    coalition.form("Lake Guild", "2026-03-05")
    coalition.run("2026-03-06")
    assert coalition.outcomes() == ["superseded", "accepted"]
    assert [m.kind for m in coalition.matters()] == ["listing"]
    assert coalition.cells("To decide", "Status") == ["settled", "open"]
    assert coalition.standing("Lake Guild") == "member"


def test_all_words_at_once_never_break_a_run(coalition):
    """Every word on every kind of matter: what makes no sense is to fix, the rest is obeyed."""
    words = sorted({*itertools.chain(*ALLOWED.values()), "send", "maybe"})
    for word in words:
        coalition.form(f"Doubt {word}", authorised="No")
    coalition.run("2026-03-04")
    for word in words:
        coalition.decide(f"Doubt {word}", word)
    result = coalition.run("2026-03-05")
    wrong = {problem.found for problem in result.problems if problem.column == "Decision"}
    assert wrong == set(words) - set(ALLOWED["sign-on"])
    assert all("Pick one of" in problem.remedy for problem in result.problems)
