"""What a run says of itself: rows of the tabs, numbers in words, the summary and its lines."""

from __future__ import annotations

import datetime as dt

import pytest

from config.records import MetricPoint, RunRecord
from pipeline.course import Course
from pipeline.figures import change_since, shown_number
from pipeline.metrics.model import Value
from pipeline.metrics.registry import BY_CODE
from pipeline.summary import OUTCOMES, STANDINGS, log_row, read_in_words, summary_of
from pipeline.telling import told


@pytest.fixture(scope="module")
def ours_before(found_coalition):
    """Members, a held one, an individual, a test, a funder, one that withdrew."""
    coalition = found_coalition()
    coalition.form("The Zebra Club")
    coalition.form("Ångström Friends", list_us="No")
    coalition.form("amber circle")
    coalition.form("Lake Guild", authorised="No")
    coalition.form("Rui Costa", signing_as="individual")
    coalition.form("Try [test]")
    coalition.form("Rich Foundation", joins_as="funder")
    coalition.form("Moor Circle")
    coalition.run("2026-03-04")
    coalition.change("Moor Circle", "withdraw")
    coalition.decide("amber circle", "list")
    coalition.run("2026-03-05")
    return coalition


@pytest.fixture
def ours(ours_before):
    return ours_before.copy()


def summary(ours, **more):
    result = ours.result
    return summary_of(result, ours.known, 12, **more)


class TestTabs:
    def test_who_has_signed_is_sorted_as_people_read(self, ours):
        assert ours.cells("Who has signed", "Organisation") == [
            "amber circle", "Ångström Friends", "Lake Guild", "Moor Circle", "Rich Foundation",
            "The Zebra Club",
        ]  # fmt: skip

    def test_each_row_says_where_it_stands_and_what_would_move_it_on(self, ours):
        tab = ours.tabs["Who has signed"]
        rows = [dict(zip(tab.header, row, strict=True)) for row in tab.rows]
        told_of = {
            row["Organisation"]: (row["Standing"], row["We list it"], row["Next step"] or "")
            for row in rows
        }
        assert told_of["amber circle"] == ("member", "yes", "")
        assert told_of["Ångström Friends"] == ("member", "no", "")
        assert told_of["Lake Guild"] == ("pending", "no", "Answer its question in To decide.")
        assert told_of["Moor Circle"] == ("withdrawn", "no", "")
        assert told_of["The Zebra Club"] == (
            "member", "no", "Say list or don't list in To decide.",
        )  # fmt: skip

    def test_every_form_is_there_with_its_reasons(self, ours):
        tab = ours.tabs["Every form checked"]
        rows = {row[2]: dict(zip(tab.header, row, strict=True)) for row in tab.rows}
        assert len(rows) == 8
        assert rows["Lake Guild"]["Outcome"] == "on hold"
        assert rows["Lake Guild"]["Rules"] == "S202"
        assert rows["Lake Guild"]["Received"].isoformat(" ") == "2026-03-02 08:03:00"
        assert rows["Rui Costa"]["Signing as"] == "individual"
        assert rows["Rui Costa"]["Matched"] is None

    def test_to_decide_holds_the_open_and_only_ever_grows(self, ours):
        keys = ours.cells("To decide", "Key")
        ours.form("Newest Doubt", "2026-03-06", authorised="No")
        ours.run("2026-03-06")
        assert ours.cells("To decide", "Key")[: len(keys)] == keys
        assert ours.cells("To decide", "Organisation")[-1] == "Newest Doubt"

    def test_start_says_what_waits_and_where(self, ours):
        waits = dict(zip(ours.cells("Start", "Tab"), ours.cells("Start", "What to do now"),
                         strict=True))  # fmt: skip
        assert waits["To decide"] == f"{len(ours.open())} waiting for a decision"
        for name in [m.organisation for m in ours.matters() if m.open]:
            kind = next(m.kind for m in ours.matters(name) if m.open)
            ours.decide(name, "not accepted" if kind == "sign-on" else "don't list")
        ours.run("2026-03-06")
        waits = dict(zip(ours.cells("Start", "Tab"), ours.cells("Start", "What to do now"),
                         strict=True))  # fmt: skip
        assert waits["To decide"] == "nothing waits"

    def test_what_is_wrong_in_a_form_is_counted_beside_the_sign_ons(self, ours):
        ours.forms[0]["timestamp"] = "yesterday"
        ours.run("2026-03-06")
        waits = dict(
            zip(ours.cells("Start", "Tab"), ours.cells("Start", "What to do now"), strict=True)
        )
        assert waits["Sign-ons"] == "1 to put right: see To fix"

    def test_what_is_wrong_in_a_tab_is_counted_beside_it(self, ours):
        ours.tab("Promises", "Organisation | What | Due\nRiver Wach | Sing | never\n")
        ours.run("2026-03-06")
        waits = dict(zip(ours.cells("Start", "Tab"), ours.cells("Start", "What to do now"),
                         strict=True))  # fmt: skip
        assert waits["Promises"] == "2 to put right: see To fix"
        assert ours.cells("To fix", "Row") == [2, 2]
        assert ours.cells("To fix", "Column") == ["Due", "Organisation"]


class TestNumbersOverTime:
    def test_a_row_only_when_a_number_changed(self, ours):
        codes = ours.cells("Numbers over time", "Code")
        ours.run("2026-03-06")
        assert ours.cells("Numbers over time", "Code") == codes
        ours.form("River Watch", "2026-03-07")
        ours.run("2026-03-07")
        days = ours.cells("Numbers over time", "Date")
        added = set(ours.cells("Numbers over time", "Code")[len(codes) :])
        assert str(max(days)) == "2026-03-07"
        assert "A2" in added
        assert len(added) < len(set(codes))

    @pytest.mark.parametrize(
        ("unit", "before", "now", "said"),
        [
            ("share", 0.5, 0.5, "unchanged"),
            ("", 10.0, 13.0, "+3"),
            ("", 1300.0, 13.0, "-1,287"),
            ("", 2.0, 2.5, "+0.5"),
            ("", 2.0, 2.0, "unchanged"),
            ("", None, 2.0, ""),
            ("", 2.0, None, ""),
        ],
    )
    def test_change_is_against_the_last_value_before_this_week(self, ours, unit, before, now, said):
        code = next(c for c, m in BY_CODE.items() if (m.unit == "share") == (unit == "share"))
        result = ours.think("2026-03-12")  # a Thursday
        points = (
            MetricPoint(dt.date(2026, 3, 2), code, 999.0),
            MetricPoint(dt.date(2026, 3, 8), code, before),
            MetricPoint(dt.date(2026, 3, 9), code, 777.0),
        )
        object.__setattr__(result.known, "metrics", points)
        expected = f"{said} since 8 Mar" if said else ""
        assert change_since(result, BY_CODE[code], Value(now)) == expected

    @pytest.mark.parametrize(
        ("now", "said"),
        [
            (Value(0.75, 12, 16), "was 6 of 12 on 8 Mar"),
            (Value(0.5, 8, 16), "was 6 of 12 on 8 Mar"),
            (Value(0.5, 6, 12), "unchanged since 8 Mar"),
        ],
    )
    def test_a_share_says_what_it_was(self, ours, now, said):
        code = next(code for code, metric in BY_CODE.items() if metric.unit == "share")
        result = ours.think("2026-03-12")
        point = MetricPoint(dt.date(2026, 3, 8), code, 0.5, 6, 12)
        object.__setattr__(result.known, "metrics", (point,))
        assert change_since(result, BY_CODE[code], now) == said

    @pytest.mark.parametrize(
        ("now", "said"),
        [
            (3.35, "unchanged since 8 Mar; that day's figure is now 3.4"),
            (3.3, "unchanged since 8 Mar"),
        ],
    )
    def test_a_later_difference_that_is_rounded_away_is_none(self, ours, now, said):
        result = ours.think("2026-03-12")
        object.__setattr__(
            result.known, "runs", (RunRecord(1, dt.date(2026, 3, 8), "", "", "", ""),)
        )
        point = MetricPoint(dt.date(2026, 3, 8), "S9", 3.325)
        course = Course((point,), {dt.date(2026, 3, 8): Value(now)})
        object.__setattr__(result, "courses", {"S9": course})
        assert change_since(result, BY_CODE["S9"], Value(3.325)) == said

    @pytest.mark.parametrize(
        ("share", "value", "shown"),
        [
            (True, Value(31 / 48, 31, 48), "31 of 48"),
            (True, Value(None, why="nobody asked"), "no data"),
            (False, Value(12345.0), "12,345"),
            (False, Value(2.25), "2.2"),
        ],
    )
    def test_numbers_are_shown_as_people_say_them(self, share, value, shown):
        metric = next(m for m in BY_CODE.values() if (m.unit == "share") is share)
        assert shown_number(metric, value) == shown


class TestSummary:
    def test_outcomes_and_standings_add_up(self, ours):
        found = summary(ours)
        assert set(found["signons"]) == {"received", *OUTCOMES}
        assert sum(found["signons"][name] for name in OUTCOMES) == found["signons"]["received"] == 8
        assert sum(found["organisations"].values()) == len(ours.result.organisations)
        assert set(found["organisations"]) == set(STANDINGS)
        assert found["signons"]["test"] == 1
        assert found["individuals"] == 1
        assert found["members"] == len(ours.members()) == 3
        assert found["listed"] == 1
        assert found["to_decide"] == len(ours.open())

    def test_only_accepted_individuals_are_counted(self, ours):
        ours.form("Eva Lund", signing_as="individual", agreement="No")
        ours.run("2026-03-06")
        assert summary(ours)["individuals"] == 1

    def test_it_holds_no_cell_that_a_person_typed(self, ours):
        ours.form(
            "Secret <b>Name</b>", "2026-03-05", authorised="No", email="who@where.example.org"
        )
        ours.run("2026-03-06")
        said = str(summary(ours))
        assert "Secret" not in said
        assert "where.example.org" not in said

    def test_plain_lines_for_a_terminal(self, ours):
        lines = told(summary(ours)).splitlines()
        assert lines[0] == "As of 2026-03-05"
        assert lines[1].split(maxsplit=1) == [
            "read", "8 sign-ons: 5 accepted, 1 on hold, 1 withdrawn, 1 test",
        ]  # fmt: skip
        assert any(line.split()[:2] == ["to", "decide"] for line in lines)
        assert "(nothing was written: a trial run)" in told(summary(ours, dry=True))

    def test_the_lines_name_the_first_ten_problems(self, ours):
        for number in range(12):
            ours.change(f"Nobody {number}", "withdraw")
        ours.run("2026-03-06")
        lines = told(summary(ours)).splitlines()
        assert sum("Changes, row" in line for line in lines) == 10
        assert lines[-1].strip() == "…"

    def test_the_log_says_what_was_read_and_changed(self, ours):
        assert read_in_words(ours.result) == "8 forms"
        assert log_row(3, ours.result, 1, ()) == (3, dt.date(2026, 3, 5), "8 forms", "1 cell")
        assert log_row(3, ours.result, 0, ())[-1] == ""
