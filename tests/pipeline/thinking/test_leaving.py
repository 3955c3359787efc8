"""Hide first, verify second; and nobody but its own people changes where an organisation stands."""

from __future__ import annotations

import itertools

import pytest


@pytest.fixture(scope="module")
def listed_before(found_coalition):
    """River Watch and Lake Guild are members on the public list; addresses are verified."""
    ours = found_coalition(verified=True)
    ours.form("River Watch")
    ours.form("Lake Guild")
    ours.run("2026-03-04")
    ours.decide("River Watch", "list")
    ours.decide("Lake Guild", "list")
    ours.run("2026-03-05")
    assert ours.listed() == {"River Watch", "Lake Guild"}
    return ours


@pytest.fixture
def listed(listed_before):
    return listed_before.copy()


def withdrawal(ours, on="2026-03-10", **answers):
    """A stranger asks to withdraw River Watch."""
    stranger = {"email": "somebody@mail.example.org", "request": "Withdraw", **answers}
    return ours.form("River Watch", on, website="https://riverwatch.example.org", **stranger)


def about_leaving(ours):
    return next(m for m in ours.matters() if m.kind == "withdrawal")


class TestAClaimToWithdraw:
    def test_hides_at_once_and_leaves_the_standing(self, listed):
        withdrawal(listed)
        listed.run("2026-03-10")
        assert listed.listed() == {"Lake Guild"}
        assert listed.standing("River Watch") == "member"
        assert listed.who("River Watch")["why_not"] == "somebody asked on 2026-03-10 to withdraw it"

    def test_is_the_gravest_thing_to_decide(self, listed):
        listed.form("Fen Forum", authorised="No")
        listed.run("2026-03-09")
        withdrawal(listed)
        listed.run("2026-03-10")
        assert listed.open() == ["River Watch", "Fen Forum"]
        matter = about_leaving(listed)
        assert matter.what == "A request to withdraw"
        assert matter.suggestion == "ask them"
        assert matter.nothing == "It stays hidden; its standing is unchanged."

    def test_needs_nothing_else_in_the_form(self, listed):
        blank = dict.fromkeys(
            ("agreement", "agrees_peace", "authorised", "signatory", "role", "list_us"), ""
        )
        withdrawal(listed, **blank)
        result = listed.run("2026-03-10")
        assert listed.listed() == {"Lake Guild"}
        assert result.forms["rules"].iloc[-1] == ("S403",)

    def test_confirmed_ends_the_membership_on_that_day(self, listed):
        withdrawal(listed)
        listed.run("2026-03-10")
        listed.decide("River Watch", "withdraw", what="withdraw")
        listed.run("2026-03-12")
        assert listed.standing("River Watch") == "withdrawn"
        assert listed.standing("River Watch", "2026-03-11") == "member"
        assert listed.who("River Watch")["because"] == "it withdrew on 2026-03-10"
        assert listed.members() == {"Lake Guild"}
        assert about_leaving(listed).status == "settled"

    @pytest.mark.parametrize("word", ["keep", "not accepted"])
    def test_refused_brings_it_back_to_the_list(self, listed, word):
        withdrawal(listed)
        listed.run("2026-03-10")
        listed.decide("River Watch", word, what="withdraw")
        listed.run("2026-03-11")
        assert listed.listed() == {"River Watch", "Lake Guild"}
        assert listed.standing("River Watch") == "member"
        assert listed.outcomes()[-1] == "declined"

    def test_keeping_it_can_be_undone(self, listed):
        withdrawal(listed)
        listed.run("2026-03-10")
        listed.decide("River Watch", "keep", what="withdraw")
        listed.run("2026-03-11")
        listed.decide("River Watch", "undo", what="withdraw")
        listed.run("2026-03-12")
        assert listed.listed() == {"Lake Guild"}
        assert about_leaving(listed).open

    def test_asking_them_keeps_it_hidden(self, listed):
        withdrawal(listed)
        listed.run("2026-03-10")
        listed.decide("River Watch", "ask them", what="withdraw")
        listed.run("2026-03-11")
        assert listed.listed() == {"Lake Guild"}

    def test_whose_form_is_then_deleted_hides_all_the_same(self, listed):
        withdrawal(listed)
        listed.run("2026-03-10")
        listed.forms.pop()
        listed.run("2026-03-11")
        assert listed.listed() == {"Lake Guild"}
        assert listed.standing("River Watch") == "member"
        listed.decide("River Watch", "keep", what="gone")
        listed.run("2026-03-12")
        assert listed.listed() == {"River Watch", "Lake Guild"}

    def test_twice_and_refused_once_stays_hidden(self, listed):
        withdrawal(listed)
        listed.run("2026-03-10")
        listed.decide("River Watch", "keep", what="withdraw")
        listed.run("2026-03-11")
        withdrawal(listed, "2026-03-12", email="another@mail.example.org")
        listed.run("2026-03-12")
        assert listed.listed() == {"Lake Guild"}


class TestItsOwnSignatory:
    def test_withdraws_it_without_being_asked(self, listed):
        withdrawal(listed, email="Office@riverwatch.example.org")
        listed.run("2026-03-10")
        assert listed.standing("River Watch") == "withdrawn"
        assert listed.listed() == {"Lake Guild"}
        assert listed.who("River Watch")["because"] == "its signatory withdrew it on 2026-03-10"
        assert listed.open() == []

    def test_is_only_trusted_where_addresses_are_verified(self, found_coalition):
        ours = found_coalition(verified=False)
        ours.form("River Watch")
        ours.run("2026-03-04")
        withdrawal(ours, email="office@riverwatch.example.org")
        ours.run("2026-03-10")
        assert ours.standing("River Watch") == "member"
        assert about_leaving(ours).open

    def test_may_join_and_leave_on_one_day_whatever_the_order_of_the_rows(self, found_coalition):
        for order in itertools.permutations(range(2)):
            ours = found_coalition(verified=True)
            ours.form("River Watch", "2026-03-10 09:00:00")
            withdrawal(ours, "2026-03-10 11:00:00", email="office@riverwatch.example.org")
            ours.forms = [ours.forms[place] for place in order]
            ours.run("2026-03-11")
            assert ours.standing("River Watch") == "withdrawn"

    def test_stays_withdrawn_when_the_row_is_deleted(self, listed):
        withdrawal(listed, email="office@riverwatch.example.org")
        listed.run("2026-03-10")
        listed.forms.pop()
        listed.run("2026-03-11")
        assert listed.standing("River Watch") == "withdrawn"
        assert listed.listed() == {"Lake Guild"}

    def test_corrects_what_it_said_and_the_correction_replaces_it(self, listed):
        correct = {"email": "office@riverwatch.example.org", "request": "Correct"}
        listed.form("River Watch", "2026-03-10", level="national", list_us="No", **correct)
        listed.run("2026-03-10")
        assert listed.outcomes() == ["superseded", "accepted", "accepted"]
        assert listed.who("River Watch")["level"] == "national"
        assert listed.who("River Watch")["why_not"] == "the signer did not allow it"
        assert listed.listed() == {"Lake Guild"}
        assert listed.standing("River Watch") == "member"


class TestAStranger:
    """A later form under an organisation's name, from another address."""

    @pytest.mark.parametrize("request_", ["Join", "Correct"])
    def test_changes_nothing_until_it_is_accepted(self, listed, request_):
        before = listed.who("River Watch")
        listed.form(
            "River Watch", "2026-03-10", email="evil@mail.example.org", request=request_,
            list_us="No", level="national", signatory="Mallory", use_our_logo="Yes",
        )  # fmt: skip
        listed.run("2026-03-10")
        after = listed.who("River Watch")
        assert after == before | {"signons": 2}
        assert listed.outcomes()[-1] == "hold"
        assert listed.open() == ["River Watch"]

    def test_accepted_it_replaces_the_first(self, listed):
        listed.form(
            "River Watch", "2026-03-10", email="rui@mail.example.org", list_us="No",
            signatory="Rui Costa",
        )  # fmt: skip
        listed.run("2026-03-10")
        listed.decide("River Watch", "accept", what="doubt")
        listed.run("2026-03-11")
        assert listed.outcomes() == ["superseded", "accepted", "accepted"]
        assert listed.who("River Watch")["signatory"] == "Rui Costa"
        assert listed.listed() == {"Lake Guild"}
        assert listed.standing("River Watch") == "member"
        assert listed.who("River Watch")["joined_on"].date().isoformat() == "2026-03-02"

    def test_once_accepted_is_a_signatory_too(self, listed):
        rui = {"email": "rui@mail.example.org", "signatory": "Rui Costa"}
        listed.form("River Watch", "2026-03-10", list_us="No", **rui)
        listed.run("2026-03-10")
        listed.decide("River Watch", "accept", what="doubt")
        listed.run("2026-03-11")
        withdrawal(listed, "2026-03-12", **rui)
        listed.run("2026-03-12")
        assert listed.standing("River Watch") == "withdrawn"

    def test_that_only_says_the_same_is_accepted_and_gains_no_trust(self, listed):
        listed.form("River Watch", "2026-03-10", email="evil@mail.example.org")
        withdrawal(listed, "2026-03-11", email="evil@mail.example.org")
        listed.run("2026-03-12")
        assert listed.outcomes() == ["accepted", "accepted", "accepted", "hold"]
        assert listed.standing("River Watch") == "member"

    def test_may_be_told_to_ask_or_be_refused_and_nothing_changes(self, listed):
        listed.form("River Watch", "2026-03-10", email="evil@mail.example.org", list_us="No")
        listed.run("2026-03-10")
        for day, word in (("2026-03-11", "ask them"), ("2026-03-12", "not accepted")):
            listed.decide("River Watch", word, what="doubt")
            listed.run(day)
            assert listed.standing("River Watch") == "member"
            assert listed.listed() == {"River Watch", "Lake Guild"}


@pytest.fixture(params=["by its signatory", "by a decision", "by Changes"], scope="module")
def left_before(listed_before, request):
    """River Watch has left on 2026-03-10."""
    listed = listed_before.copy()
    if request.param == "by Changes":
        listed.change("River Watch", "withdraw", date="2026-03-10")
    else:
        trusted = request.param == "by its signatory"
        host = "riverwatch" if trusted else "mail"
        withdrawal(listed, email=f"office@{host}.example.org")
        listed.run("2026-03-10")
        if not trusted:
            listed.decide("River Watch", "withdraw", what="withdraw")
    listed.run("2026-03-10")
    assert listed.standing("River Watch") == "withdrawn"
    return listed


class TestComingBack:
    @pytest.fixture
    def left(self, left_before):
        return left_before.copy()

    def test_a_later_form_joins_it_again(self, left):
        left.form("River Watch", "2026-03-20", signatory="Rui Costa")
        left.run("2026-03-20")
        assert left.standing("River Watch") == "member"
        assert left.standing("River Watch", "2026-03-15") == "withdrawn"
        assert left.who("River Watch")["signatory"] == "Rui Costa"
        assert left.who("River Watch")["since"].date().isoformat() == "2026-03-20"

    def test_what_the_new_form_says_about_listing_holds(self, left):
        left.form("River Watch", "2026-03-20", list_us="No")
        left.run("2026-03-20")
        assert left.listed() == {"Lake Guild"}
        assert left.who("River Watch")["why_not"] == "the signer did not allow it"

    def test_a_person_says_anew_whether_it_may_be_listed(self, left):
        left.form("River Watch", "2026-03-20")
        left.run("2026-03-20")
        assert left.listed() == {"Lake Guild"}
        assert left.open() == ["River Watch"]
        left.decide("River Watch", "list", note="welcome back", what="listed")
        left.run("2026-03-21")
        assert left.listed() == {"River Watch", "Lake Guild"}

    def test_once_back_a_stranger_changes_nothing_again(self, left):
        left.form("River Watch", "2026-03-20", signatory="Rui Costa")
        left.form("River Watch", "2026-03-25", email="evil@mail.example.org", list_us="No",
                  signatory="Mallory")  # fmt: skip
        left.run("2026-03-25")
        assert left.outcomes()[-2:] == ["accepted", "hold"]
        assert left.who("River Watch")["signatory"] == "Rui Costa"
        assert left.who("River Watch")["may_list"] == "yes"

    def test_a_stranger_s_form_waits_for_a_person(self, left):
        left.form("River Watch", "2026-03-15", email="anybody@mail.example.org")
        left.run("2026-03-15")
        assert left.standing("River Watch") == "withdrawn"
        assert left.result.forms["rules"].iloc[-1][0] == "S407"
        left.decide("River Watch", "accept", what="doubt")
        left.run("2026-03-17")
        assert left.standing("River Watch") == "member"

    def test_a_second_stranger_joins_it_no_more_than_the_first(self, left):
        left.form("River Watch", "2026-03-15", email="anybody@mail.example.org")
        left.form("River Watch", "2026-03-16", email="another@mail.example.org")
        left.run("2026-03-16")
        assert left.standing("River Watch") == "withdrawn"
        assert left.outcomes()[-2:] == ["hold", "hold"]

    def test_a_form_in_doubt_does_not(self, left):
        left.form("River Watch", "2026-03-20", authorised="No")
        left.run("2026-03-20")
        assert left.standing("River Watch") == "withdrawn"


@pytest.mark.parametrize(("change", "standing"), [("remove", "removed"), ("suspend", "suspended")])
def test_a_new_form_never_lifts_what_the_coalition_decided(listed, change, standing):
    listed.change("River Watch", change)
    listed.run("2026-03-10")
    listed.form("River Watch", "2026-03-20", email="office@riverwatch.example.org")
    listed.form("River Watch", "2026-03-21", email="office@riverwatch.example.org",
                request="Correct")  # fmt: skip
    listed.run("2026-03-21")
    assert listed.standing("River Watch") == standing
    assert listed.listed() == {"Lake Guild"}
    listed.change("River Watch", "undo")
    listed.run("2026-03-22")
    assert listed.standing("River Watch") == "member"


def test_a_claim_under_another_spelling_hides_whoever_it_may_be(coalition):
    coalition.form("Friends of the Heron", website="https://heron.example.org")
    coalition.run("2026-03-03")
    coalition.decide("Friends of the Heron", "list")
    coalition.run("2026-03-04")
    assert coalition.listed() == {"Friends of the Heron"}
    coalition.form(
        "Heron Friends Club", on="2026-03-05", request="Withdraw",
        website="https://heron.example.org", email="x@elsewhere.example.org",
    )  # fmt: skip
    coalition.run("2026-03-06")
    assert coalition.listed() == set()
    assert (
        "“Heron Friends Club”, which may be it"
        in (coalition.who("Friends of the Heron")["why_not"])
    )
    asked = next(m.organisation for m in coalition.matters() if m.kind == "same")
    coalition.decide(asked, "not the same", what="The same")
    coalition.run("2026-03-07")
    assert coalition.listed() == {"Friends of the Heron"}
    coalition.decide(asked, "undo", what="The same")
    coalition.run("2026-03-08")
    coalition.decide("Heron Friends Club", "keep", what="withdraw")
    coalition.run("2026-03-09")
    assert coalition.listed() == {"Friends of the Heron"}
