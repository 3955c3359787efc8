"""How the tracker grows: a tab comes by a word of people's, and one at a time is suggested."""

from __future__ import annotations

from dataclasses import replace

import pytest

from config.problems import Problem
from config.raw import RawTable
from pipeline.growing.plans import hidden, shown_now

MADE = "Organisation | What | Due | Who | Done"


def line(coalition, tab):
    """Start's line about that tab."""
    start = coalition.tabs["Start"]
    rows = [dict(zip(start.header, row, strict=True)) for row in start.rows]
    (found,) = [row for row in rows if row["Tab"] == tab]
    return found


def now(coalition, tab):
    return line(coalition, tab)["What to do now"]


def say(coalition, tab, word):
    """A person types a word beside that tab."""
    start = coalition.tabs["Start"]
    rows = [list(row) for row in start.rows]
    for row in rows:
        if row[start.header.index("Tab")] == tab:
            row[start.header.index("Your word")] = word
    coalition.tabs["Start"] = replace(start, rows=rows)


def record(coalition, name):
    return next((r for r in coalition.known.tabs if r.name == name), None)


def hinted(coalition):
    """The tabs that Start suggests."""
    start = coalition.tabs["Start"]
    tab, told = (start.header.index(t) for t in ("Tab", "What to do now"))
    return [row[tab] for row in start.rows if str(row[told] or "").startswith("We suggest")]


@pytest.fixture
def ours(coalition):
    coalition.form("River Watch")
    coalition.run("2026-03-04")
    return coalition


class TestATabComes:
    def test_when_it_is_ticked_with_what_every_row_needs_first(self, ours):
        assert "Promises" not in ours.tabs
        assert now(ours, "Promises") == "not in use yet"
        say(ours, "Promises", "yes")
        ours.run("2026-03-05")
        made = ours.tabs["Promises"]
        assert list(made.header) == MADE.split(" | ")
        (example,) = made.rows
        assert example[0] == "Example Organisation"
        assert str(example[2]) == "2026-04-04"
        assert line(ours, "Promises")["Rows"] == 0
        assert line(ours, "Promises")["Why it is here"] == "you began it"
        assert now(ours, "Promises").startswith("Its first row is an example")

    def test_the_example_is_not_counted_and_nothing_changes_with_the_next_run(self, ours):
        say(ours, "Promises", "yes")
        ours.run("2026-03-05")
        before = dict(ours.tabs)
        result = ours.run("2026-03-05")
        assert ours.tabs == before
        assert result.typed["promises"].read == 0
        assert not result.problems
        assert result.growth.made == ()

    def test_what_people_write_there_is_counted(self, ours):
        say(ours, "Promises", "yes")
        ours.run("2026-03-05")
        made = ours.tabs["Promises"]
        typed = ("River Watch", "Sing", "2026-04-01", "Ana", None)
        ours.tabs["Promises"] = replace(made, rows=[*made.rows, typed], numbers=(2, 3))
        result = ours.run("2026-03-06")
        assert result.typed["promises"].read == 1
        assert line(ours, "Promises")["Rows"] == 1
        assert str(line(ours, "Promises")["Last touched"]) == "2026-03-06"
        assert len(ours.tabs["Promises"].rows) == 2, "people's rows stay, the example too"

    def test_a_column_that_people_deleted_or_renamed_never_comes_back(self, ours):
        say(ours, "Promises", "yes")
        ours.run("2026-03-05")
        mine = RawTable("Promises", ("Mine", "Due", "What", "Organisation"), [], ())
        ours.tabs["Promises"] = mine
        ours.run("2026-03-06")
        assert ours.tabs["Promises"].header == mine.header

    def test_again_where_it_was_killed_before_it_was_made(self, ours):
        say(ours, "Promises", "yes")
        ours.run("2026-03-05")
        del ours.tabs["Promises"]
        assert ours.think("2026-03-06").growth.made == ("promises",)

    def test_but_not_in_place_of_one_that_held_something(self, ours):
        ours.tab("Promises", "Organisation | What | Due\nRiver Watch | Sing | 2026-04-01\n")
        ours.run("2026-03-05")
        del ours.tracker["Promises"]
        say(ours, "Promises", "yes")
        ours.run("2026-03-06")
        assert "Promises" not in ours.tabs
        assert str(record(ours, "promises").gone_on) == "2026-03-06"
        assert now(ours, "Promises").startswith("The tab is gone since 2026-03-06.")

    def test_with_the_coalition_s_own_titles(self, found_coalition):
        ours = found_coalition(
            tracker={
                "tabs": {"Promises": "Vows"},
                "columns": {"promises": {"what": "Pledge"}},
            }
        )
        ours.form("River Watch")
        ours.run("2026-03-04")
        say(ours, "Vows", "yes")
        ours.run("2026-03-05")
        assert ours.tabs["Vows"].header[:3] == ("Organisation", "Pledge", "Due")
        result = ours.run("2026-03-06")
        assert result.typed["promises"].read == 0
        assert not result.problems

    def test_a_form_s_table_is_no_tab_to_type_in(self, ours):
        say(ours, "Yearly check-in", "yes")
        ours.run("2026-03-05")
        assert "Yearly check-in" not in ours.tabs
        assert "[[form]]" in now(ours, "Yearly check-in")

    def test_on_an_earlier_day_no_word_is_read(self, ours):
        ours.run("2026-03-05")
        say(ours, "Promises", "yes")
        past = ours.think("2026-03-04", past=True)
        assert past.growth.made == ()
        assert "promises" not in past.typed

    def test_who_keeps_it_in_both_files_is_told(self, ours):
        say(ours, "Promises", "yes")
        ours.run("2026-03-05")
        ours.tab("Promises", "Organisation | What | Due\nRiver Watch | Sing | 2026-04-01\n")
        result = ours.run("2026-03-06")
        assert result.typed["promises"].read == 1
        assert "stands in tracker.xlsx and in results.xlsx" in result.problems[0].problem

    def test_what_few_may_see_has_a_file_of_its_own_where_there_is_one(self, found_coalition):
        google = {"working": "w" * 30, "restricted": "r" * 30}
        ours = found_coalition(google=google)
        ours.form("River Watch")
        ours.run("2026-03-04")
        say(ours, "Decision-makers", "yes")
        ours.run("2026-03-05")
        assert "Decision-makers" not in ours.tabs
        assert now(ours, "Decision-makers").endswith("with the columns Name, Seat, Position.")

    def test_else_start_says_who_can_read_it(self, ours):
        say(ours, "Decision-makers", "yes")
        ours.run("2026-03-05")
        assert ours.tabs["Decision-makers"].header[:3] == ("Name", "Seat", "Position")
        assert "Whoever can open this file can read this tab." in now(ours, "Decision-makers")


class TestWords:
    @pytest.mark.parametrize("word", ["yes", "YES", "Sí", "ja", "oui", "x", True, "TRUE"])
    def test_that_switch_on(self, ours, word):
        say(ours, "Promises", word)
        assert ours.think("2026-03-05").growth.made == ("promises",)

    @pytest.mark.parametrize("word", [None, " ", False])
    def test_that_say_nothing(self, ours, word):
        say(ours, "Promises", word)
        result = ours.think("2026-03-05")
        assert not result.growth.words
        assert not result.problems

    def test_that_nobody_can_read(self, ours):
        say(ours, "Promises", "perhaps")
        (problem,) = ours.think("2026-03-05").problems
        assert (problem.tab, problem.column, problem.found) == ("Start", "Your word", "perhaps")

    def test_weaver_s_own_tabs_stay(self, ours):
        say(ours, "Numbers", "drop")
        (problem,) = ours.think("2026-03-05").problems
        assert problem.problem == "this tab is always there"

    def test_drop_hides_one_that_may_be_hidden(self, ours):
        say(ours, "Weaver's log", "yes")
        assert "weaver_s_log" not in hidden(ours.run("2026-03-05"))
        say(ours, "Weaver's log", "drop")
        assert "weaver_s_log" in hidden(ours.run("2026-03-06"))

    def test_no_declines_a_tab_that_is_not_there(self, ours):
        say(ours, "Promises", "no")
        assert ours.think("2026-03-05").growth.words == {"promises": "drop"}

    def test_no_is_unclear_of_one_that_is(self, ours):
        ours.tab("Promises", "Organisation | What | Due\nRiver Watch | Sing | 2026-04-01\n")
        ours.run("2026-03-05")
        say(ours, "Promises", "no")
        result = ours.think("2026-03-05")
        assert [p.found for p in result.problems] == ["no"]
        assert "promises" in result.typed


class TestSuggestions:
    def test_none_while_nothing_happens(self, ours):
        assert hinted(ours) == []

    def test_one_at_a_time_the_first_declared_first(self, ours):
        ours.form("Lake Guild", offers="A van")
        ours.run("2026-03-05")
        assert hinted(ours) == ["Promises"]
        ours.form("Moor Circle", authorised="No")
        ours.run("2026-03-06")
        assert hinted(ours) == ["Promises"]
        ours.decide("Moor Circle", "ask them")
        ours.run("2026-03-07")
        assert hinted(ours) == ["Outreach"]
        assert now(ours, "Outreach") == (
            "We suggest this tab now, because an organisation is chased. Write yes under Your word."
        )

    def test_an_answer_makes_room_for_the_next(self, ours):
        ours.form("Lake Guild", offers="A van", groups_to_join="Press")
        ours.run("2026-03-05")
        assert hinted(ours) == ["Promises"]
        say(ours, "Promises", "drop")
        ours.run("2026-03-06")
        assert hinted(ours) == ["Groups"]
        assert now(ours, "Promises") == "You said drop. Write yes to switch it on."

    def test_the_event_is_why_a_tab_is_here(self, ours):
        ours.form("Lake Guild", offers="A van")
        ours.run("2026-03-05")
        say(ours, "Promises", "yes")
        ours.run("2026-03-06")
        assert line(ours, "Promises")["Why it is here"] == "a member has made a first promise"
        assert str(record(ours, "promises").since) == "2026-03-06"

    def test_decision_makers_then_milestones(self, ours):
        ours.tab("Actions", "Date | Initiative | Started by | Plan\n"
                            "2026-03-03 | Letters | River Watch | Clean Water Act\n")  # fmt: skip
        ours.run("2026-03-05")
        assert hinted(ours) == ["Decision-makers"]
        say(ours, "Decision-makers", "yes")
        ours.run("2026-03-06")
        assert hinted(ours) == ["Milestones"]


class TestKeepSimplifyOrDrop:
    ROW = "Organisation | What | Due | Who | Done\nRiver Watch | Sing | 2026-04-01 | | \n"

    @pytest.fixture
    def kept(self, ours):
        ours.tab("Promises", self.ROW)
        ours.run("2026-03-05")
        return ours

    def test_is_asked_after_sixty_days_without_a_touch(self, kept):
        kept.run("2026-05-03")
        assert "keep, simplify or drop?" not in (now(kept, "Promises") or "")
        kept.run("2026-05-04")
        assert "keep, simplify or drop?" in now(kept, "Promises")
        assert str(line(kept, "Promises")["Last touched"]) == "2026-03-05"

    def test_sorting_is_no_touch_and_a_new_cell_is(self, kept):
        two = self.ROW + "River Watch | Dance | 2026-05-01 | | \n"
        kept.tab("Promises", two)
        kept.run("2026-03-10")
        assert str(record(kept, "promises").touched_on) == "2026-03-10"
        head, one, other = two.strip().splitlines()
        kept.tab("Promises", "\n".join((head, other, one)))
        kept.run("2026-03-12")
        assert str(record(kept, "promises").touched_on) == "2026-03-10"

    def test_keep_counts_for_sixty_days(self, kept):
        kept.run("2026-05-04")
        say(kept, "Promises", "keep")
        kept.run("2026-05-05")
        assert not now(kept, "Promises")
        kept.run("2026-07-03")
        assert not now(kept, "Promises")
        kept.run("2026-07-04")
        assert "keep, simplify or drop?" in now(kept, "Promises")
        assert line(kept, "Promises")["Your word"] == "keep", "people's cell stays as it is"

    def test_simplify_names_the_columns_that_hold_nothing(self, kept):
        say(kept, "Promises", "simplify")
        kept.run("2026-03-06")
        assert now(kept, "Promises") == "These columns hold nothing and can be deleted: Who, Done."

    def test_a_dropped_tab_is_read_no_more_and_its_numbers_are_not_shown(self, kept):
        before = set(kept.result.values)
        say(kept, "Promises", "drop")
        kept.run("2026-03-06")
        assert "promises" not in kept.result.typed
        assert set(kept.result.values) < before
        assert not any("Promises" in value.why for value in kept.result.values.values())
        assert now(kept, "Promises").startswith("Dropped")
        assert record(kept, "promises").gone_on is None
        say(kept, "Promises", "keep")
        kept.run("2026-03-07")
        assert set(kept.result.values) == before
        assert str(record(kept, "promises").since) == "2026-03-05"

    @pytest.mark.parametrize("word", [None, "hmm", "no"])
    def test_what_is_dropped_stays_so_until_a_clear_word(self, kept, word):
        say(kept, "Promises", "drop")
        kept.run("2026-03-06")
        say(kept, "Promises", word)
        kept.run("2026-03-07")
        result = kept.run("2026-03-08")
        assert "promises" not in result.typed
        assert now(kept, "Promises").startswith("Dropped")
        assert (record(kept, "promises").answer, record(kept, "promises").gone_on) == ("drop", None)
        say(kept, "Promises", "yes")
        assert kept.run("2026-03-09").typed["promises"].read == 1
        assert record(kept, "promises").answer == ""

    def test_what_was_declined_stays_so_until_a_clear_word(self, ours):
        say(ours, "Promises", "drop")
        ours.run("2026-03-05")
        say(ours, "Promises", None)
        ours.form("Lake Guild", offers="A van")
        ours.run("2026-03-06")
        assert hinted(ours) == []
        assert now(ours, "Promises") == "You said drop. Write yes to switch it on."
        say(ours, "Promises", "yes")
        ours.run("2026-03-07")
        assert "Promises" in ours.tabs
        assert line(ours, "Promises")["Why it is here"] == "a member has made a first promise"
        assert str(record(ours, "promises").since) == "2026-03-07"

    def test_a_hidden_tab_stays_hidden_when_the_word_is_deleted(self, ours):
        say(ours, "Weaver's log", "yes")
        ours.run("2026-03-05")
        say(ours, "Weaver's log", "drop")
        ours.run("2026-03-06")
        say(ours, "Weaver's log", None)
        assert "weaver_s_log" in hidden(ours.run("2026-03-07"))
        say(ours, "Weaver's log", "keep")
        assert "weaver_s_log" not in hidden(ours.run("2026-03-08"))


class TestATabThatIsGone:
    @pytest.fixture
    def missed(self, ours):
        ours.tab("Promises", TestKeepSimplifyOrDrop.ROW)
        ours.run("2026-03-05")
        del ours.tracker["Promises"]
        return ours

    def test_is_said_in_to_fix_and_first_in_the_report(self, missed):
        for day in ("2026-03-06", "2026-03-09"):
            (problem,) = missed.run(day).problems
            assert (problem.tab, problem.row, problem.column) == ("Promises", 0, "")
            assert problem.problem == (
                "this tab was read since 2026-03-05; since 2026-03-06 it is gone, and nothing of "
                "it is counted."
            )
            assert "rename it back" in problem.remedy
            assert "write drop beside it on Start" in problem.remedy
        first = missed.digest().read[0]
        assert first.what == "Promises"
        assert first.problem.startswith("this tab was read since 2026-03-05")

    def test_not_of_one_that_was_dropped_nor_of_one_that_is_back(self, missed):
        say(missed, "Promises", "drop")
        assert not missed.run("2026-03-06").problems
        say(missed, "Promises", None)
        assert not missed.run("2026-03-07").problems
        say(missed, "Promises", "keep")
        assert len(missed.run("2026-03-08").problems) == 1
        missed.tab("Promises", TestKeepSimplifyOrDrop.ROW)
        assert not missed.run("2026-03-09").problems

    def test_not_while_the_whole_workbook_cannot_be_read(self, missed):
        missed.tracker.clear()
        unread = Problem("tracker.xlsx", 0, "", "This is no .xlsx workbook.", "Save it anew.")
        missed.unread = (unread,)
        result = missed.run("2026-03-06")
        assert result.problems == (unread,)
        assert now(missed, "Promises") == "tracker.xlsx couldn't be read: see To fix."
        assert record(missed, "promises").gone_on is None
        whys = {value.why for value in result.values.values()}
        assert "no data because tracker.xlsx couldn't be read" in whys
        assert not [why for why in whys if "is gone" in why]


class TestTitlesThatAreAlike:
    ROW = TestKeepSimplifyOrDrop.ROW

    @pytest.mark.parametrize("title", ["PROMISES", "Promises ", "promises"])
    def test_another_case_is_read(self, ours, title):
        ours.tab(title, self.ROW)
        result = ours.run("2026-03-05")
        assert result.typed["promises"].read == 1
        assert not result.problems
        assert line(ours, "Promises")["Rows"] == 1

    def test_of_two_the_exact_one_is_read_and_both_are_named(self, ours):
        ours.tab("PROMISES", self.ROW + "River Watch | Dance | 2026-05-01 | | \n")
        ours.tab("Promises", self.ROW)
        result = ours.run("2026-03-05")
        assert result.typed["promises"].read == 1
        (problem,) = result.problems
        assert "“PROMISES”, “Promises”; only “Promises” is read" in problem.problem


class TestWeaversTabs:
    def test_come_by_their_events_and_stay(self, ours):
        assert now(ours, "Every form checked") == (
            "Hidden until ten forms have come in, or one raised a question. Write yes under Your "
            "word to see it now."
        )
        doubt = ours.form("Lake Guild", authorised="No")
        ours.run("2026-03-05")
        assert line(ours, "Every form checked")["Why it is here"] == (
            "ten forms have come in, or one raised a question"
        )
        assert not now(ours, "Every form checked")
        doubt["authorised"] = "Yes"
        ours.run("2026-03-06")
        assert record(ours, "every_form_checked") is not None
        assert "every_form_checked" not in hidden(ours.result)

    def test_come_into_sight_in_one_run_alone_even_if_it_was_killed(self, ours):
        say(ours, "Weaver's log", "yes")
        assert shown_now(ours.think("2026-03-05")) == {"weaver_s_log"}
        start = ours.tabs["Start"]
        ours.run("2026-03-05")
        written, ours.tabs["Start"] = ours.tabs["Start"], start
        assert shown_now(ours.think("2026-03-08")) == {"weaver_s_log"}, "killed before publish"
        ours.tabs["Start"] = written
        assert shown_now(ours.think("2026-03-08")) == set()

    def test_numbers_over_time_after_a_month_of_numbers(self, ours):
        ours.run("2026-04-02")
        assert now(ours, "Numbers over time").startswith("Hidden until a month")
        ours.run("2026-04-03")
        assert not now(ours, "Numbers over time")

    def test_yes_shows_one_at_once(self, ours):
        say(ours, "Weaver's log", "yes")
        ours.run("2026-03-05")
        assert line(ours, "Weaver's log")["Why it is here"] == "you asked for it"
