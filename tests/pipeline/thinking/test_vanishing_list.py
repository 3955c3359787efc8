"""A vanishing list stops everything; a form that vanishes alone keeps its outcome and is asked."""

from __future__ import annotations

import pytest

from config.errors import BadData


@pytest.fixture(scope="module")
def sixty_before(found_coalition):
    """Sixty members."""
    coalition = found_coalition()
    for number in range(60):
        coalition.form(f"Group {chr(97 + number % 26)}{chr(97 + number // 26)}x")
    coalition.run("2026-03-04")
    assert len(coalition.members()) == 60
    return coalition


@pytest.fixture
def sixty(sixty_before):
    return sixty_before.copy()


def test_an_empty_list_stops_the_run(coalition):
    coalition.form("River Watch")
    coalition.run("2026-03-04")
    coalition.forms.clear()
    before = coalition.known
    with pytest.raises(BadData) as stopped:
        coalition.run("2026-03-05")
    assert stopped.value.exit_code == 65
    assert stopped.value.where == "responses.csv"
    assert "1 of 1 sign-ons that were there before are gone" in stopped.value.what
    assert "--accept-vanished" in stopped.value.remedy
    assert coalition.known is before


def test_an_empty_list_that_was_never_filled_is_a_beginning(coalition):
    assert len(coalition.run("2026-03-04").forms) == 0


def test_it_stops_beyond_a_tenth_and_not_at_it(sixty):
    kept = list(sixty.forms)
    sixty.forms = kept[:54]
    sixty.think("2026-03-05")
    sixty.forms = kept[:53]
    with pytest.raises(BadData, match="7 of 60"):
        sixty.think("2026-03-05")


def test_few_of_few_may_go(coalition):
    for number in range(6):
        coalition.form(f"Group {'abcdef'[number] * 3}")
    coalition.run("2026-03-04")
    del coalition.forms[2:]
    assert len(coalition.think("2026-03-05").forms) == 2
    del coalition.forms[1:]
    with pytest.raises(BadData):
        coalition.think("2026-03-05")


def test_new_forms_make_up_for_none_that_are_gone(sixty):
    sixty.forms = sixty.forms[:50]
    for number in range(30):
        sixty.form(f"Newcomer {chr(97 + number % 26)}{chr(97 + number // 26)}y")
    with pytest.raises(BadData, match="10 of 60"):
        sixty.think("2026-03-05")


def test_a_person_can_say_that_it_was_meant(sixty):
    sixty.forms = sixty.forms[:40]
    result = sixty.run("2026-03-05", accept_vanished=True)
    assert len(sixty.members()) == 60, "gone forms keep their outcome until somebody says more"
    assert sum(matter.kind == "vanished" for matter in result.matters) == 20
    sixty.run("2026-03-06")


@pytest.fixture(scope="module")
def gone_before(found_coalition):
    """River Watch, a listed member, Lake Guild, on hold, and Moor Circle, refused: all gone."""
    coalition = found_coalition()
    coalition.form("Stays Here")
    coalition.form("River Watch")
    coalition.form("Lake Guild", authorised="No")
    coalition.form("Moor Circle", authorised="No")
    coalition.run("2026-03-04")
    coalition.decide("River Watch", "list")
    coalition.decide("Moor Circle", "not accepted")
    coalition.run("2026-03-05")
    del coalition.forms[1:]
    coalition.run("2026-03-06")
    return coalition


class TestOneVanishedForm:
    @pytest.fixture
    def gone(self, gone_before):
        return gone_before.copy()

    def test_keeps_its_outcome_and_place(self, gone):
        assert gone.standing("River Watch") == "member"
        assert gone.listed() == {"River Watch"}
        assert gone.standing("Lake Guild") == "pending"
        assert gone.members() == {"Stays Here", "River Watch"}

    def test_is_asked_about(self, gone):
        asked = [m for m in gone.matters() if m.kind == "vanished"]
        assert [m.organisation for m in asked if m.open] == sorted(
            ["River Watch", "Lake Guild"], key=[m.organisation for m in asked].index
        )
        assert {m.what for m in asked} == {"A form that is gone"}
        assert {m.suggestion for m in asked} == {"keep"}
        assert {m.evidence for m in asked} == {"Missed since 2026-03-06."}

    def test_its_own_question_is_over(self, gone):
        rows = dict(zip(gone.cells("To decide", "Key"), gone.cells("To decide", "Status"),
                        strict=True))  # fmt: skip
        lake = next(r.key for r in gone.known.signons if r.outcome == "hold")
        assert rows[lake] == "settled"
        assert rows[f"gone:{lake}"] == "open"

    def test_can_be_kept(self, gone):
        gone.decide("River Watch", "keep", what="gone")
        gone.run("2026-03-07")
        assert gone.standing("River Watch") == "member"
        assert "River Watch" not in gone.open()

    def test_can_turn_out_to_be_a_withdrawal(self, gone):
        gone.decide("River Watch", "withdraw", what="gone")
        gone.run("2026-03-07")
        assert gone.standing("River Watch") == "withdrawn"
        assert gone.listed() == set()
        assert gone.who("River Watch")["because"] == "its form is gone"

    def test_is_recognised_when_it_comes_back(self, gone):
        keys = {record.key for record in gone.known.signons}
        gone.form("River Watch")
        gone.forms[-1]["timestamp"] = "2026-03-02 08:01:00"
        gone.run("2026-03-08")
        assert {record.key for record in gone.known.signons} == keys
        assert [m.kind for m in gone.matters("River Watch")] == ["listing"]
        assert gone.listed() == {"River Watch"}

    def test_was_not_missed_before_it_went(self, gone):
        earlier = gone.think("2026-03-05", past=True)
        assert [m for m in earlier.matters if m.kind == "vanished"] == []
        assert [m for m in gone.think("2026-03-06", past=True).matters if m.kind == "vanished"]
