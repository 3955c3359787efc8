"""Quiet days: where decision-makers stand is hidden, and people are asked about parties again."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.hiding import HIDDEN
from pipeline.tabrows import tab_facts
from reports.digest import digest_html, digest_text
from tests.pipeline.thinking.conftest import Coalition

QUIET = {"begins": "2026-04-10", "ends": "2026-05-08", "reason": "An election is called."}
BEFORE, FIRST, LAST, AFTER = "2026-04-09", "2026-04-10", "2026-05-08", "2026-05-09"
HIDDEN_UNTIL = "hidden until 9 May: quiet days (An election is called)"
HEADER = "Name | Seat | Position | Influence | Confidence | Co-sponsor on"


def quiet(**settings: Any) -> Coalition:
    coalition = Coalition(quiet_period=[QUIET], **settings)
    coalition.form("River Watch", on="2026-02-01")
    coalition.run("2026-03-02")
    makers(coalition, "undecided")
    return coalition


def makers(coalition: Coalition, position: str, influence: str = "3") -> None:
    coalition.tab(
        "Decision-makers",
        f"{HEADER}\nLena Vahlberg | Upper Velmar | {position} | {influence} | 2 | 2026-03-01\n"
        f"Otto Brandeis | Delta | {position} | 2 | 4 |",
    )
    coalition.tab("Our targets", "Metric | Target | By\nI6 | 2 | 2026-12-31")


def everywhere(coalition: Coalition, title: str) -> list[Any]:
    tab = coalition.tabs[title]
    return [dict(zip(tab.header, row, strict=True)) for row in tab.rows]


def number(coalition: Coalition, code: str) -> dict[str, Any]:
    (row,) = [row for row in everywhere(coalition, "Numbers") if row["Code"] == code]
    return dict(row)


def test_these_numbers_say_where_somebody_stands() -> None:
    assert {"I6", "I7", "I8", "I9", "I10"} == HIDDEN


@pytest.mark.parametrize(
    ("day", "hidden"), [(BEFORE, False), (FIRST, True), (LAST, True), (AFTER, False)]
)
def test_numbers_say_until_when_and_why(day: str, hidden: bool) -> None:
    coalition = quiet()
    coalition.run(day)
    for code in sorted(HIDDEN - {"I8"}):
        row = number(coalition, code)
        assert (HIDDEN_UNTIL in str(row["Why no data"])) is hidden, code
        if hidden:
            assert (row["Value"], row["of which"], row["Change"]) == (None, None, None)
    assert number(coalition, "I10")["Value"] == (None if hidden else 1)
    assert coalition.result.quiet is None or hidden


def test_nothing_of_the_new_positions_is_seen_anywhere_and_the_store_goes_on() -> None:
    """Two coalitions that differ in nothing but in where decision-makers stand look the same."""
    seen = []
    for position, influence in (("undecided", "3"), ("support", "5")):
        coalition = quiet()
        coalition.run("2026-04-01")
        makers(coalition, position, influence)
        coalition.run("2026-04-20")
        facts = coalition.digest()
        page = digest_html(facts, "x") + digest_text(facts)
        assert HIDDEN_UNTIL in page
        shown = tab_facts(coalition.result, coalition.settings.zone, ())
        # Start and Q2 say when people last typed into a tab
        rows = {n: [r for r in rows if r[0] != "Q2"] for n, rows in shown.rows.items()}
        del rows["start"]
        seen.append((page, rows, list(coalition.result.problems)))
        assert {row[1] for row in shown.rows["numbers_over_time"]} >= HIDDEN
    assert seen[0] == seen[1]
    told = {(p.day.isoformat(), p.code): p.value for p in coalition.known.metrics}
    assert told["2026-04-20", "I6"] == 2
    coalition.run(AFTER)
    assert number(coalition, "I6")["Value"] == 2
    rows = everywhere(coalition, "Numbers over time")
    assert [r["Value"] for r in rows if r["Code"] == "I6"] == [0, 2]


def test_on_quiet_days_no_earlier_figure_is_left_in_numbers_over_time() -> None:
    coalition = quiet()
    coalition.run("2026-04-01")
    assert [r["Value"] for r in everywhere(coalition, "Numbers over time") if r["Code"] == "I10"]
    coalition.run(FIRST)
    values = {r["Value"] for r in everywhere(coalition, "Numbers over time") if r["Code"] in HIDDEN}
    assert values == {None}


def test_to_fix_quotes_no_position() -> None:
    coalition = quiet()
    makers(coalition, "backs us")
    coalition.run(BEFORE)
    assert "backs us" in [p.found for p in coalition.result.problems]
    coalition.run(FIRST)
    told = [p for p in coalition.result.problems if p.tab == "Decision-makers"]
    assert len(told) == 2
    for problem in told:
        assert (problem.column, problem.found) == ("Position", "")
        assert HIDDEN_UNTIL in problem.problem
        assert "support" not in problem.problem + problem.remedy


def test_the_digest_begins_with_it_and_start_says_it() -> None:
    coalition = quiet()
    coalition.run(BEFORE)
    assert coalition.digest().quiet == ()
    coalition.run(FIRST)
    (line,) = coalition.digest().quiet
    assert line == (
        "Quiet days from 10 April until 8 May (An election is called). Mail that asks members for "
        "something waits for their end. Where decision-makers stand is hidden. This is no legal "
        "advice."
    )
    text = digest_text(coalition.digest())
    assert " ".join(text.split()).startswith(f"! {line[:60]}")
    assert digest_html(coalition.digest(), "x").index(line[:40]) < 9000
    (row,) = [r for r in everywhere(coalition, "Start") if r["Tab"] == "Pause all mail"]
    assert "quiet days from 10 April until 8 May (An election is called)" in " ".join(
        str(cell) for cell in row.values()
    )


def test_periods_that_touch_are_one() -> None:
    more = {"begins": "2026-05-09", "ends": "2026-05-20", "reason": "A second round"}
    coalition = Coalition(quiet_period=[more, QUIET])
    coalition.form("River Watch", on="2026-02-01")
    coalition.run(FIRST)
    found = coalition.result.quiet
    assert found is not None
    assert (str(found.begins), str(found.after)) == ("2026-04-10", "2026-05-21")


PARTY = "Green List Delta"


def with_party(**settings: Any) -> Coalition:
    coalition = Coalition(quiet_period=[QUIET], eligibility={"parties_may_join": True}, **settings)
    coalition.form("River Watch", on="2026-02-01", kind="association")
    coalition.form(PARTY, on="2026-02-02", kind="political party")
    coalition.run(BEFORE)
    assert coalition.members() == {"River Watch", PARTY}
    assert not [m for m in coalition.result.matters if m.kind == "party"]
    return coalition


def asked(coalition: Coalition) -> list[tuple[str, str]]:
    return [(m.organisation, m.status) for m in coalition.result.matters if m.kind == "party"]


def test_parties_that_were_accepted_are_asked_about_once() -> None:
    coalition = with_party()
    coalition.run(FIRST)
    assert asked(coalition) == [(PARTY, "open")]
    (matter,) = [m for m in coalition.result.matters if m.kind == "party"]
    assert "political party" in matter.evidence
    assert "no legal advice" in matter.why
    coalition.decide(PARTY, "keep", what="party")
    coalition.run("2026-04-11")
    assert asked(coalition) == [(PARTY, "settled")]
    coalition.run(LAST)
    assert asked(coalition) == [(PARTY, "settled")]
    assert PARTY in coalition.members()
    coalition.run(AFTER)
    assert asked(coalition) == []


def test_whoever_is_taken_off_stays_off_until_undo() -> None:
    coalition = with_party()
    coalition.run(FIRST)
    coalition.decide(PARTY, "withdraw", what="party")
    coalition.run("2026-04-11")
    assert (asked(coalition), coalition.standing(PARTY)) == ([(PARTY, "settled")], "withdrawn")
    coalition.run(AFTER)
    assert coalition.standing(PARTY) == "withdrawn"
    assert coalition.standing(PARTY, BEFORE) == "member"
    coalition.decide(PARTY, "undo", what="party")
    coalition.run("2026-05-10")
    assert coalition.standing(PARTY) == "member"


def test_a_word_that_makes_no_sense_beside_it_is_to_fix() -> None:
    coalition = with_party()
    coalition.run(FIRST)
    coalition.decide(PARTY, "accept", what="party")
    result = coalition.run("2026-04-11")
    assert [p.column for p in result.problems] == ["Decision"]
    assert "keep, withdraw, undo" in result.problems[0].remedy
