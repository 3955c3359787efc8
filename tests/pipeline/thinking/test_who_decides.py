"""Whose word counts, typed into To decide and Changes as coordinators do."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.explaining import explain

LIST = [{"name": "Ana", "employer": "River Watch"}, {"name": "Ben"}, {"name": "Cleo Sol"}]
NINE = dt.datetime(2026, 5, 1, 9)  # noqa: DTZ001 - a spreadsheet's moments have no zone
HOSTILE = [7, 3.5, True, dt.date(2026, 3, 1), NINE, "=1+1", "x" * 50_000,
           "\u202eneB", "," * 32_000, "Ben" * 9_000]  # fmt: skip


@pytest.fixture(scope="module")
def listed_before(found_coalition):
    """Two members of which one waits to be listed, one form in doubt; three people decide."""
    ours = found_coalition(deciders=LIST)
    ours.form("River Watch")
    ours.form("Lake Guild")
    ours.form("Hill Trust", authorised="No")
    ours.run("2026-03-04")
    return ours


@pytest.fixture
def ours(listed_before):
    return listed_before.copy()


def to_fix(coalition, tab):
    return [p for p in coalition.result.problems if p.tab == tab]


def answers(coalition):
    return coalition.cells("Changes", "Answer")


class TestTheList:
    @pytest.mark.parametrize("by", ["Zoe", "", "Anna", "Ben Hur", "Ana-Ben", *HOSTILE])
    def test_a_word_of_nobody_on_it_is_to_fix_and_changes_nothing(self, ours, by):
        ours.decide("Lake Guild", "list", by=by)
        ours.change("Lake Guild", "hide now", by=by or " ")
        ours.run("2026-03-05")
        assert ours.listed() == set()
        assert ours.known.decisions == ours.known.changes == ()
        assert ours.matter("Lake Guild").status == "open"
        (decision,), (change,) = to_fix(ours, "To decide"), to_fix(ours, "Changes")
        assert (decision.column, change.column) == ("Decided by", "Entered by")
        assert "On the list: Ana, Ben, Cleo Sol." in decision.remedy
        assert answers(ours) == [f"{change.problem} {change.remedy}"]
        assert ours.cells("Changes", "Done") == [None]
        assert len(decision.found) <= 80

    @pytest.mark.parametrize("by", ["BEN", " ben. ", "Zoe and Ben", "cleo-sol; Zoe", "Ana/Ben"])
    def test_one_of_them_is_enough(self, ours, by):
        ours.decide("Lake Guild", "list", by=by)
        ours.run("2026-03-05")
        assert ours.listed() == {"Lake Guild"}
        assert not to_fix(ours, "To decide")

    def test_it_is_said_at_every_run_and_counts_once_the_name_is_right(self, ours):
        ours.decide("Lake Guild", "list", by="Bem")
        ours.change("Lake Guild", "new contact", "Rui", by="Bem")
        for day in ("2026-03-05", "2026-03-06"):
            ours.run(day)
            assert [p.remedy.partition("?")[0] for p in ours.result.problems] == [
                "Did you mean “Ben”", "Did you mean “Ben”",
            ]  # fmt: skip
        ours.decide("Lake Guild", "list", by="Ben")
        ours.tabs.pop("Changes")
        ours.change("Lake Guild", "new contact", "Rui", by="Ben")
        ours.run("2026-03-07")
        assert not ours.result.problems
        assert [d.read_on.isoformat() for d in ours.known.decisions] == ["2026-03-07"]
        assert len(ours.known.changes) == 1

    def test_what_was_decided_before_stays_in_force(self, ours):
        ours.decide("Lake Guild", "list", by="Ben")
        ours.run("2026-03-05")
        for word in ("don't list", "undo"):
            ours.decide("Lake Guild", word, by="Zoe")
            ours.run("2026-03-06")
            assert ours.listed() == {"Lake Guild"}
            assert [p.found for p in to_fix(ours, "To decide")] == ["Zoe"]

    def test_a_blank_is_no_word_and_needs_nobody(self, ours):
        ours.decide("Lake Guild", "", by="Zoe", note="she looks into it")
        ours.run("2026-03-05")
        assert not ours.result.problems

    def test_who_left_the_list_decided_while_on_it(self, ours):
        ours.decide("Lake Guild", "list", by="Ben")
        ours.run("2026-03-05")
        ours.settings = ours.settings.model_copy(update={"deciders": ours.settings.deciders[:1]})
        ours.run("2026-03-06")
        assert ours.listed() == {"Lake Guild"}
        assert not ours.result.problems

    def test_an_undo_in_changes_is_a_word_too(self, ours):
        ours.change("Lake Guild", "hide now", by="Ben")
        ours.run("2026-03-05")
        ours.change("Lake Guild", "undo", by="Zoe")
        ours.run("2026-03-06")
        assert [c.undone_on for c in ours.known.changes] == [None]


class TestTheirEmployer:
    @pytest.mark.parametrize("what", ["list", "don't list", "undo"])
    def test_nobody_decides_on_it_in_to_decide(self, ours, what):
        ours.decide("River Watch", what, by="Ana")
        ours.run("2026-03-05")
        (problem,) = to_fix(ours, "To decide")
        assert problem.remedy == "Somebody else has to decide it. On the list: Ben, Cleo Sol."
        assert ours.known.decisions == ()
        ours.decide("River Watch", "list", by="Ana; Ben")
        ours.run("2026-03-06")
        assert (ours.listed(), ours.result.problems) == ({"River Watch"}, ())

    @pytest.mark.parametrize(
        ("organisation", "change", "value"),
        [("river-watch", "show as", "RW"), ("Lake Guild", "same as", "River Watch"),
         ("Lake Guild", "chapter of", "River Watch"), ("River Watch", "pause mail", "")],
    )  # fmt: skip
    def test_nor_in_changes_under_any_of_its_names(self, ours, organisation, change, value):
        ours.change(organisation, change, value, by="Ana")
        ours.run("2026-03-05")
        assert "Somebody else has to decide it." in answers(ours)[0]
        assert ours.known.changes == ()

    def test_on_others_they_do(self, ours):
        ours.decide("Lake Guild", "list", by="Ana")
        ours.run("2026-03-05")
        assert ours.listed() == {"Lake Guild"}

    def test_nor_as_the_second_name(self, ours):
        ours.change("River Watch", "remove", "the board", by="Ben; Ana")
        ours.run("2026-03-05")
        assert ours.standing("River Watch") == "member"
        assert "waits for a second name" in answers(ours)[0]
        assert "somebody else has to decide it" in answers(ours)[0]
        ours.change("River Watch", "remove", by="Cleo Sol")
        ours.run("2026-03-06")
        assert ours.standing("River Watch") == "removed"

    def test_a_form_under_their_employers_name_is_their_employers(self, found_coalition):
        ours = found_coalition(deciders=LIST)
        ours.form("The River Watch", authorised="No")
        ours.run("2026-03-04")
        ours.decide("The River Watch", "accept", by="Ana")
        ours.run("2026-03-05")
        assert ours.outcomes() == ["hold"]
        assert ours.result.problems

    def test_nor_on_a_pair_that_it_is_half_of(self, found_coalition):
        ours = found_coalition(deciders=LIST)
        ours.form("River Watch", website="https://w.example.org", email="a@w.example.org")
        ours.form("Brook Brigade", website="https://w.example.org", email="b@w.example.org")
        ours.run("2026-03-04")
        (pair,) = [m for m in ours.matters() if m.kind == "same"]
        ours.decide(pair.organisation, "same", by="Ana", what="same")
        ours.run("2026-03-05")
        assert len(ours.members()) == 2
        assert "Somebody else" in to_fix(ours, "To decide")[0].remedy

    def test_an_employer_that_signs_only_now_bars_at_once(self, ours):
        ours.settings = ours.settings.model_copy(update={
            "deciders": tuple(d.model_copy(update={"employer": "Fen Forum"})
                              for d in ours.settings.deciders[:1])})  # fmt: skip
        ours.form("Fen Forum", "2026-03-05")
        ours.change("Fen Forum", "show as", "FF", by="Ana")
        ours.run("2026-03-05")
        assert "Somebody else has to decide it." in answers(ours)[0]


class TestTwoNames:
    @pytest.mark.parametrize("change", ["suspend", "remove"])
    @pytest.mark.parametrize("by", ["Ben", "Ben; ben", "BEN, Ben", " "])
    def test_one_name_leaves_it_waiting(self, found_coalition, change, by):
        ours = found_coalition()
        ours.form("Lake Guild")
        ours.run("2026-03-04")
        ours.change("Lake Guild", change, "the board", by=by)
        for day in ("2026-03-05", "2026-03-06"):
            ours.run(day)
            assert ours.standing("Lake Guild") == "member"
            (problem,) = to_fix(ours, "Changes")
            assert (problem.row, problem.column) == (2, "Entered by")
            assert change in problem.problem
            assert ("waits for a second name" in answers(ours)[0]) is bool(by.strip())
            assert ours.cells("Changes", "Done") == [None]

    def test_a_second_row_by_somebody_else_seconds_it(self, ours):
        ours.change("Lake Guild", "remove", "the board, 2026-03-01", by="Ben")
        ours.run("2026-03-05")
        ours.change("lake-guild", "Remove", by="Ben")
        ours.run("2026-03-06")
        assert ours.standing("Lake Guild") == "member", "the same person twice is one"
        ours.change("Lake Guild", "remove", by="Cleo Sol")
        ours.run("2026-03-07")
        assert ours.standing("Lake Guild") == "removed"
        assert not to_fix(ours, "Changes")
        assert {c.value for c in ours.known.changes} == {"the board, 2026-03-01"}
        assert all(a.startswith("Removed") for a in answers(ours))
        assert ours.standing("Lake Guild", "2026-03-06") == "member"
        ours.change("Lake Guild", "undo", by="Ana")
        ours.run("2026-03-08")
        assert ours.standing("Lake Guild") == "removed", "it took two, and takes two to undo it"
        ours.change("Lake Guild", "undo", by="Ana; Ben")
        ours.run("2026-03-08")
        assert ours.standing("Lake Guild") == "member", "one undo takes all of it back"
        assert [a.partition(" on")[0] for a in answers(ours)[:3]] == ["Taken back"] * 3

    def test_two_in_one_cell_are_two(self, ours):
        ours.change("Lake Guild", "suspend", "the board", by="Ben & Cleo Sol")
        ours.run("2026-03-05")
        assert ours.standing("Lake Guild") == "suspended"

    def test_one_of_two_who_is_not_on_the_list_is_none(self, ours):
        ours.change("Lake Guild", "suspend", "the board", by="Ben & Zoe")
        ours.run("2026-03-05")
        assert ours.standing("Lake Guild") == "member"

    def test_suspend_and_remove_do_not_second_each_other(self, ours):
        ours.change("Lake Guild", "suspend", "the board", by="Ben")
        ours.change("Lake Guild", "remove", "the board", by="Ana")
        ours.change("Hill Trust", "remove", "the board", by="Ana")
        ours.run("2026-03-05")
        assert ours.known.changes == ()
        assert len(to_fix(ours, "Changes")) == 3

    def test_the_body_that_decided_is_needed(self, ours):
        ours.change("Lake Guild", "remove", by="Ben; Ana")
        ours.change("Hill Trust", "remove", by="Ben")
        ours.run("2026-03-05")
        assert [p.column for p in to_fix(ours, "Changes")] == ["New value", "Entered by"]
        assert answers(ours)[0].startswith("“remove” needs the body that decided it.")
        assert "second name" in answers(ours)[1]
        assert "body" in answers(ours)[1]
        assert ours.standing("Lake Guild") == "member"

    def test_it_begins_when_both_say_so(self, ours):
        ours.change("Lake Guild", "suspend", "the board", by="Ben")
        ours.change("Lake Guild", "suspend", by="Ana", date="2026-03-09")
        ours.run("2026-03-05")
        assert ours.standing("Lake Guild") == "member"
        assert answers(ours) == ["Will hold from 2026-03-09."] * 2
        ours.run("2026-03-09")
        assert ours.standing("Lake Guild") == "suspended"

    def test_what_the_coalition_needs_one_for_needs_one(self, found_coalition):
        ours = found_coalition(two_deciders=[])
        ours.form("Lake Guild")
        ours.run("2026-03-04")
        ours.change("Lake Guild", "remove", "the board", by="Ben")
        ours.run("2026-03-05")
        assert ours.standing("Lake Guild") == "removed"

    @pytest.mark.parametrize("by", HOSTILE)
    def test_no_cell_breaks_it(self, ours, by):
        ours.change("Lake Guild", "remove", by, by=by)
        ours.run("2026-03-05")
        assert ours.standing("Lake Guild") == "member"
        assert len(to_fix(ours, "Changes")) == 1


class TestTwoNamesInToDecide:
    @pytest.fixture
    def strict(self, found_coalition):
        ours = found_coalition(two_deciders=["withdraw", "not accepted"])
        ours.form("River Watch")
        ours.form("Hill Trust", authorised="No")
        ours.form("River Watch", "2026-03-03", request="Withdraw", email="x@mail.example.org")
        ours.run("2026-03-04")
        return ours

    def test_not_accepted_waits_for_a_second_name(self, strict):
        strict.decide("Hill Trust", "not accepted", by="Ben")
        strict.run("2026-03-05")
        assert strict.outcomes()[1] == "hold"
        (problem,) = strict.result.problems
        assert (problem.tab, problem.column) == ("To decide", "Decided by")
        assert "waits for a second name" in problem.problem
        strict.decide("Hill Trust", "not accepted", by="Ben; Ana")
        strict.run("2026-03-06")
        assert (strict.outcomes()[1], strict.result.problems) == ("declined", ())

    @pytest.mark.parametrize("word", ["withdraw", "accept"])
    def test_to_accept_a_withdrawal_is_to_withdraw(self, strict, word):
        strict.decide("River Watch", word, by="Ben", what="withdraw")
        strict.run("2026-03-05")
        assert strict.standing("River Watch") == "member"
        strict.decide("River Watch", word, by="Ben and Ana", what="withdraw")
        strict.run("2026-03-06")
        assert strict.standing("River Watch") == "withdrawn"

    def test_what_is_not_grave_needs_one(self, strict):
        strict.decide("Hill Trust", "accept", by="Ben")
        strict.run("2026-03-05")
        assert strict.outcomes()[1] == "accepted"


class TestHideFirst:
    """A claim to withdraw hides at once, whoever has yet to confirm it (law 13)."""

    @pytest.fixture
    def shown(self, found_coalition):
        ours = found_coalition(two_deciders=["withdraw"], deciders=LIST)
        ours.form("Lake Guild")
        ours.run("2026-03-03")
        ours.decide("Lake Guild", "list", by="Ben")
        ours.run("2026-03-04")
        assert ours.listed() == {"Lake Guild"}
        return ours

    @pytest.mark.parametrize("by", ["Ben", "Zoe", " "])
    def test_while_the_row_waits(self, shown, by):
        shown.change("Lake Guild", "withdraw", by=by)
        for day in ("2026-03-05", "2026-03-06"):
            shown.run(day)
            assert shown.listed() == set()
            assert shown.standing("Lake Guild") == "member"
            assert answers(shown)[0].endswith("It is off every public list meanwhile.")
            assert len(to_fix(shown, "Changes")) == 1
        assert len(shown.known.changes) == 1

    def test_seconded_it_is_withdrawn_and_undone_it_is_back(self, shown):
        shown.change("Lake Guild", "withdraw", by="Ben")
        shown.run("2026-03-05")
        shown.change("Lake Guild", "withdraw", by="Ana")
        shown.run("2026-03-06")
        assert shown.standing("Lake Guild") == "withdrawn"
        shown.change("Lake Guild", "undo", by="Ana; Ben")
        shown.run("2026-03-07")
        assert (shown.standing("Lake Guild"), shown.listed()) == ("member", {"Lake Guild"})

    def test_undone_it_is_shown_again_though_the_row_stands(self, shown):
        shown.change("Lake Guild", "withdraw", by="Zoe")
        shown.run("2026-03-05")
        shown.change("Lake Guild", "undo", by="Ana")
        for day in ("2026-03-06", "2026-03-07"):
            shown.run(day)
            assert shown.listed() == {"Lake Guild"}
            assert "meanwhile" not in answers(shown)[0]
        shown.result = shown.think("2026-03-05", past=True)
        assert shown.listed() == set()


class TestDeadline:
    @pytest.mark.parametrize("value", [dt.date(2026, 5, 1), NINE, "2026-05-01", " 2026-05-01 "])
    def test_a_day_is_kept_as_iso(self, ours, value):
        ours.change("Lake Guild", "extend deadline", value, by="Ben")
        ours.run("2026-03-05")
        assert [c.value for c in ours.known.changes] == ["2026-05-01"]
        assert answers(ours)[0].startswith("Its deadline is moved to 2026-05-01.")
        ours.run("2026-06-05")
        assert not ours.result.problems, "a deadline that is over was none when it was read"

    @pytest.mark.parametrize(
        ("value", "wrong"),
        [("", "needs a day"), ("May", "needs a day"), ("2026-02-30", "needs a day"),
         (46000, "is over"), (True, "needs a day"), ("=TODAY()", "needs a day"),
         ("2026-05-01 or so", "needs a day"), ("9" * 50_000, "needs a day"),
         ("2026-03-04", "is over"), (dt.date(1999, 1, 1), "is over")],
    )  # fmt: skip
    def test_anything_else_is_to_fix(self, ours, value, wrong):
        ours.change("Lake Guild", "extend deadline", value, by="Ben")
        ours.run("2026-03-05")
        (problem,) = to_fix(ours, "Changes")
        assert problem.column == "New value"
        assert wrong in problem.problem
        assert ours.known.changes == ()

    def test_today_is_still_to_come(self, ours):
        ours.change("Lake Guild", "extend deadline", "2026-03-05", by="Ben")
        ours.run("2026-03-05")
        assert len(ours.known.changes) == 1

    def test_it_may_not_end_before_it_begins(self, ours):
        ours.change("Lake Guild", "extend deadline", "2026-04-01", by="Ben", date="2026-05-01")
        ours.run("2026-03-05")
        assert len(to_fix(ours, "Changes")) == 1


def told(coalition, organisation):
    return " ".join(explain(coalition.result, organisation)["story"])


class TestTheLog:
    def test_says_who_when_on_what_and_what_it_replaced(self, ours):
        for day, word, by in (("2026-03-05", "ask them", "Ana"), ("2026-03-09", "accept", "Ben")):
            ours.decide("Hill Trust", word, by=by, what="doubt", note=f"note of {by}")
            ours.run(day)
        story = told(ours, "Hill Trust")
        assert "2026-03-05: Ana decided “ask them”. It answered S" in story
        assert ("2026-03-09: Ben decided “accept”. It replaced “ask them” (Ana, 2026-03-05). "
                "It answered S") in story  # fmt: skip
        assert "Note: note of Ben" in story
        assert "changed since" not in story
        assert len(ours.known.decisions) == 2
        ours.forms[2]["authorised"] = "I think so"
        ours.run("2026-03-10")
        assert "What it was decided on has changed since." in told(ours, "Hill Trust")

    def test_what_was_taken_back_was_not_replaced(self, ours):
        for day, word in (("2026-03-05", "list"), ("2026-03-06", "undo"), ("2026-03-07", "list")):
            ours.decide("Lake Guild", word, by="Ben")
            ours.run(day)
        story = told(ours, "Lake Guild")
        assert "It was taken back on 2026-03-06." in story
        assert "It replaced" not in story
