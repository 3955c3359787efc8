"""What the weekly digest may say: who came and went, what waits, what is due, what is missing."""

from __future__ import annotations

import datetime as dt

import pytest

from config.problems import Problem
from pipeline.metrics.registry import BY_CODE
from reports.digest import digest_text
from reports.facts import Due, Moved, Read, Titles, Told


def on(day):
    return dt.date(2026, 3, day)


@pytest.fixture(scope="module")
def week_before(found_coalition):
    """The week of 9–15 March 2026, told of on Monday the 16th; four were members before it."""
    ours = found_coalition(verified=True)
    for name in ("River Watch", "The Lake Guild", "Hill Trust", "Moor Circle"):
        ours.form(name, "2026-03-03")
    ours.run("2026-03-04")
    for name in ("River Watch", "The Lake Guild", "Hill Trust"):
        ours.decide(name, "list")
    ours.run("2026-03-05")
    ours.form("Fen Forum", "2026-03-09")
    ours.form("Sedge Society", "2026-03-15")
    ours.form("After The Week", "2026-03-16")
    ours.form("Hill Trust", "2026-03-11", request="Withdraw")
    ours.form("In Doubt", "2026-03-12", authorised="No")
    ours.run("2026-03-12")
    ours.change("Moor Circle", "suspend")
    ours.decide("Fen Forum", "list")
    ours.decide("The Lake Guild", "don't list")
    ours.run("2026-03-13")
    ours.form("River Watch", "2026-03-14", request="Withdraw", email="x@mail.example.org")
    ours.run("2026-03-16")
    return ours


@pytest.fixture
def week(week_before):
    return week_before.copy()


def test_it_tells_of_the_last_complete_week(week):
    facts = week.digest()
    assert (facts.week_start, facts.week_end, facts.as_of) == (on(9), on(16), on(16))
    assert (facts.members_before, facts.members) == (4, 4)


def test_who_joined_and_who_left_by_name_and_day(week):
    facts = week.digest()
    assert facts.joined == (
        Moved("Fen Forum", "joined", on(9)),
        Moved("Sedge Society", "joined", on(15)),
    )
    assert facts.left == (
        Moved("Hill Trust", "withdrew", on(11)),
        Moved("Moor Circle", "was suspended", on(13)),
    )


def test_the_public_list_and_what_changed_on_it(week):
    facts = week.digest()
    assert facts.public_list == ("Fen Forum",)
    assert facts.newly_listed == ("Fen Forum",)
    assert facts.taken_off == ("Hill Trust", "The Lake Guild", "River Watch")
    assert facts.listed == 1


def test_consent_that_was_taken_back_shows_as_taken_off(found_coalition):
    ours = found_coalition(verified=True)
    ours.form("River Watch", "2026-03-03")
    ours.run("2026-03-04")
    ours.decide("River Watch", "list")
    ours.run("2026-03-05")
    ours.form("River Watch", "2026-03-11", request="Correct", list_us="No")
    ours.run("2026-03-16")
    assert ours.digest().taken_off == ("River Watch",)


def test_what_waits_the_oldest_and_the_gravest(week):
    facts = week.digest()
    assert facts.to_decide == len(week.open()) == 4
    assert facts.oldest.organisation == "In Doubt"
    assert facts.oldest.since == on(12)
    assert [matter.organisation for matter in facts.gravest] == [
        "River Watch", "In Doubt", facts.gravest[2].organisation,
    ]  # fmt: skip
    assert facts.gravest[0].what == "A request to withdraw"
    assert facts.gravest[2].what == "May it be listed?"


def test_whose_acceptance_was_taken_back(week):
    week.decide("In Doubt", "accept")
    week.run("2026-03-16")
    week.decide("In Doubt", "not accepted", what="doubt")
    week.run("2026-03-24")
    week.run("2026-03-30")
    assert week.digest().left == (Moved("In Doubt", "is accepted no longer", on(24)),)


def test_nothing_to_decide(coalition):
    coalition.form("Shy Sedge", list_us="No")
    coalition.run("2026-03-04")
    facts = coalition.digest()
    assert (facts.to_decide, facts.oldest, facts.gravest) == (0, None, ())


def test_promises_overdue_or_due_within_seven_days_and_not_done(week):
    week.tab("Promises", """
Organisation   | Who | What           | Due        | Done
River Watch    | Rui | Count the otters | 2026-03-01 |
The Lake Guild |     | Print flyers   | 2026-03-22 |
Fen Forum      | Ana | Book a hall    | 2026-03-23 |
Fen Forum      | Ana | Bring a cake   | 2026-03-17 | 2026-03-15
""")  # fmt: skip
    week.run("2026-03-16")
    facts = week.digest()
    assert facts.promises == (
        Due(on(1), "Count the otters", "River Watch, Rui", overdue=True, tab="Promises"),
        Due(on(22), "Print flyers", "The Lake Guild", tab="Promises"),
    )
    assert Told("Fen Forum kept its promise: Bring a cake.", "Promises") in facts.good


def test_only_what_may_be_shared_is_good_to_share(week):
    week.tab("Lessons", """
Date       | Organisation | Kind   | What              | May be shared
2026-03-10 | River Watch  | lesson | Bring the map     | no
2026-03-10 | River Watch  | win    | The dam is gone   | yes
2026-03-10 | Fen Forum    | guide  | How to count eels |
""")  # fmt: skip
    week.tab("Media", """
Date       | Outlet | Title         | Tone       | Submitted  | Placed
2026-03-11 | Herald | Rain at last  | favourable |            |
2026-03-11 | Herald | Away with you | opposed    |            |
2026-03-11 | Courier | Never printed |           | 2026-03-11 |
2026-03-12 | Courier | Printed       |           | 2026-03-11 | 2026-03-12
""")  # fmt: skip
    week.run("2026-03-16")
    assert week.digest().good == (
        Told("River Watch: The dam is gone.", "Lessons"),
        Told("Fen Forum: How to count eels. Ask before you share it.", "Lessons"),
        Told("Herald: “Rain at last”.", "Media"),
        Told("Courier: “Printed”.", "Media"),
    )


def test_nothing_of_somebody_unknown_is_good_to_share(week):
    """Nor of whoever is no member: a form with a name in it is sent in no time."""
    week.tab("Actions", """
Date       | Initiative                       | Started by
2026-03-10 | Win at https://evil.example.org  | Nobody Known
2026-03-10 | Win at https://doubt.example.org | In Doubt
2026-03-10 | Night watch                      | fen forum
""")  # fmt: skip
    week.tab("Lessons", """
Date       | Organisation | Kind | What             | May be shared
2026-03-10 |              | win  | Nobody's victory | yes
2026-03-10 | Nobody Known | win  | Another victory  | yes
2026-03-10 | Hill Trust   | win  | It has left      | yes
""")  # fmt: skip
    week.tab("Promises", """
Organisation   | What         | Due        | Done
               | Print flyers | 2026-03-12 | 2026-03-12
Nobody Known   | Sing         | 2026-03-12 | 2026-03-12
the lake guild | Bring a cake | 2026-03-12 | 2026-03-12
""")  # fmt: skip
    week.run("2026-03-16")
    assert week.digest().good == (
        Told("Fen Forum: Night watch.", "Actions"),
        Told("The Lake Guild kept its promise: Bring a cake.", "Promises"),
    )


def test_a_formula_that_failed_is_nowhere_in_the_digest(week):
    """It is a line in To fix; #N/A is nobody's name, and no deed."""
    week.tab("Actions", """
Date       | Initiative | Started by
2026-03-10 | #REF!      | Fen Forum
2026-03-10 | Sing       | #N/A
""")  # fmt: skip
    week.tab("Media", """
Date       | Outlet | Title
2026-03-11 | #NAME? | Rain at last
2026-03-11 | Herald | #VALUE!
""")  # fmt: skip
    week.tab("Promises", """
Organisation | Who    | What    | Due        | Done
Fen Forum    | #NULL! | Sing    | 2026-03-17 |
#N/A         |        | Dance   | 2026-03-17 |
Fen Forum    |        | #ERROR! | 2026-03-17 |
Fen Forum    |        | #REF!   | 2026-03-12 | 2026-03-12
""")  # fmt: skip
    week.tab("Meetings", """
Date       | Name     | Group   | Next date
2026-03-17 | #DIV/0!  | All     |
2026-03-17 | Assembly | #SPILL! | #N/A
""")  # fmt: skip
    week.tab("Decisions", """
Date       | Body | Decision | Owner | Due
2026-01-12 | All  | #NUM!    | Mo    | 2026-03-18
2026-01-12 | All  | Pay      | #N/A  | 2026-03-17
""")  # fmt: skip
    week.run("2026-03-16")
    facts = week.digest()
    assert "#" not in digest_text(facts)
    assert facts.good == ()
    assert [due.what for due in facts.promises if "Fen Forum" in due.who] == ["Sing", ""]
    assert Due(on(17), "Assembly", "", tab="Meetings") in facts.coming
    assert Due(on(17), "Pay", "", tab="Decisions") in facts.coming
    assert Due(on(18), "a decision without words", "Mo", tab="Decisions") in facts.coming


def test_one_row_cannot_fill_the_mail(week):
    week.tab("Actions", f"""
Date       | Initiative         | Started by
2026-03-10 | {"all of it " * 90} | Fen Forum
""")  # fmt: skip
    week.run("2026-03-16")
    (told,) = week.digest().good
    assert told.text == f"Fen Forum: {'all of it ' * 15}all of it…."


def test_what_is_coming_in_seven_days(week):
    week.form("Board First", "2026-03-15", decided_by_board_on="2026-03-20")
    week.form("Board Later", "2026-03-15", decided_by_board_on="2026-04-20")
    week.tab("Meetings", """
Date       | Name     | Group  | Next date
2026-03-16 | Assembly | All    |
2026-03-15 | Yesterday | All   | 2026-03-18
2026-03-23 | Too late | All    |
""")  # fmt: skip
    week.run("2026-03-16")
    assert week.digest().coming == (
        Due(on(16), "Assembly", "All", tab="Meetings"),
        Due(on(18), "Yesterday", "All", tab="Meetings"),
        Due(on(20), "Its board decides on signing", "Board First", tab="Every form checked"),
    )


def test_what_was_decided_comes_back_on_its_day(week):
    week.tab("Decisions", """
Date       | Body     | Decision              | Owner | Due        | Revisit on
2026-01-12 | Steering | Pay for ferries.      | Mo    | 2026-03-17 | 2026-03-22
2026-01-12 | Assembly | Meet in every village | Ana   | 2026-03-15 | 2026-03-23
""")  # fmt: skip
    week.run("2026-03-16")
    assert week.digest().coming == (
        Due(on(17), "Pay for ferries", "Mo", tab="Decisions"),
        Due(on(22), "To look at again: Pay for ferries", "Steering", tab="Decisions"),
    )


def test_tabs_go_by_the_coalitions_own_titles(found_coalition):
    tabs = {"Promises": "Zusagen", "Who has signed": "Wer dabei ist"}
    ours = found_coalition(tracker={"tabs": tabs})
    ours.form("River Watch", "2026-03-03")
    ours.tab("Zusagen", """
Organisation | What             | Due        | Done
River Watch  | Count the otters | 2026-03-01 |
River Watch  | Sing             | 2026-03-12 | 2026-03-12
""")  # fmt: skip
    ours.run("2026-03-16")
    facts = ours.digest()
    assert [due.tab for due in facts.promises] == ["Zusagen"]
    assert [told.tab for told in facts.good] == ["Zusagen"]
    assert facts.titles == Titles("Wer dabei ist", "To fix", "Numbers")


def test_what_was_read_and_what_could_not_be(week):
    week.tab("Promises", """
Organisation | What         | Due
River Watch  | Count otters | soon
Nobody Known | Sing         | 2026-03-20
""")  # fmt: skip
    week.run("2026-03-16")
    facts = week.digest()
    assert Read("Sign-ons", 10, 0) in facts.read
    assert Read("Promises", 2, 2) in facts.read
    assert facts.to_fix == 2


def test_a_whole_tab_that_could_not_be_read_is_said_first(week):
    week.unread = (Problem("tracker.xlsx", 0, "", "It is no workbook.", "Save it as .xlsx."),)
    week.run("2026-03-16")
    facts = week.digest()
    assert facts.read[0] == Read("tracker.xlsx", 0, 0, "It is no workbook. Save it as .xlsx.")
    assert facts.members == 4, "the run went on"


def test_history_ends_with_the_week_and_begins_before_the_first(week):
    history = week.digest().history
    assert [(point.on, point.members) for point in history] == [
        (on(1), 0), (on(8), 4), (on(15), 4),
    ]  # fmt: skip


def test_the_target_for_members_is_the_next_that_is_not_past(week):
    week.tab("Our targets", """
Metric | Target | By
A2     | 20     | 2026-03-15
a2     | 60     | 2027-06-30
A2     | 40     | 2026-12-31
A3     | 90     | 2027-12-31
""")  # fmt: skip
    week.run("2026-03-16")
    facts = week.digest()
    assert (facts.target, facts.target_by) == (40, dt.date(2026, 12, 31))


class TestMissingIsSaidNotCountedAsZero:
    def test_a_number_without_its_data_says_why(self, week):
        week.tab("Promises", "Organisation | What | Due | Done\n")
        result = week.run("2026-03-16")
        figures = {figure.code: figure for figure in week.digest().figures}
        empty = [code for code, value in result.values.items() if value.value is None]
        assert empty
        for code in empty:
            assert result.values[code].why
            assert code not in figures or figures[code].value == "no data"
        shown = dict(zip(week.cells("Numbers", "Code"), week.cells("Numbers", "Value"),
                         strict=True))  # fmt: skip
        assert {shown[code] for code in empty if code in shown} <= {None}

    def test_a_number_of_a_tab_that_is_not_in_use_is_not_shown(self, week):
        assert "I1" not in week.result.values
        assert {figure.code for figure in week.digest().figures} <= week.result.values.keys()

    def test_every_share_shows_of_how_many(self, week):
        codes, of_which = week.cells("Numbers", "Code"), week.cells("Numbers", "of which")
        shares = {
            code: told for code, told in zip(codes, of_which, strict=True)
            if BY_CODE[code].unit == "share" and week.result.values[code].denominator
        }  # fmt: skip
        assert shares
        for told in shares.values():
            few, _, all_of_them = told.partition(" of ")
            assert int(few) <= int(all_of_them)
