"""A new version: who is asked, what silence means, who lapses and who comes back."""

from __future__ import annotations

import datetime as dt
from typing import Any, get_args

import pytest

from config.statement import Point, Silence, Statement, Version

PEACE = Point(id="peace", text="We act peacefully.")
FIRST = Version(version="1", state="adopted", adopted_on=dt.date(2026, 1, 1), principles=(PEACE,))
ADOPTED, LAST = dt.date(2026, 6, 1), dt.date(2026, 6, 30)
BEFORE, ASKED, AFTER = "2026-05-31", "2026-06-15", "2026-07-01"
SILENCES: tuple[Silence, ...] = get_args(Silence)


def second(silence: Silence, **facts: Any) -> Version:
    given = {"adopted_on": ADOPTED, "reconfirm_by": LAST, "silence": silence, **facts}
    return Version(version="2", state="adopted", principles=(PEACE,), **given)


def with_second(coalition: Any, silence: Silence = "leaves", **facts: Any) -> Any:
    """Three members under version 1, and version 2 adopted since."""
    coalition.statements = (Statement("main", (FIRST, second(silence, **facts))),)
    for name in ("Alder", "Birch", "Cedar"):
        coalition.form(name)
    coalition.run("2026-03-03")
    for name in ("Alder", "Birch"):
        coalition.decide(name, "list")
    coalition.run(BEFORE)
    return coalition


def lapse(coalition: Any, version: str = "2", on: str = "2026-07-01") -> None:
    coalition.tab(
        "Decisions",
        f"""Date | Body | Decision | How decided
        {on} | Assembly | Lapse: version {version} | by vote""",
    )


@pytest.mark.parametrize("silence", SILENCES)
def test_everybody_is_a_member_before_and_asked_from_the_day_on(coalition, silence) -> None:
    with_second(coalition, silence)
    assert set(coalition.standings().values()) == {"member"}
    coalition.run("2026-06-01")
    assert set(coalition.standings().values()) == {"reaffirm"}
    assert coalition.members() == {"Alder", "Birch", "Cedar"}
    assert coalition.listed() == {"Alder", "Birch"}
    assert str(coalition.who("Alder")["confirm_by"].date()) == "2026-06-30"
    assert coalition.standing("Alder", BEFORE) == "member"


@pytest.mark.parametrize(
    "silence", ["stays until it objects", "stays listed under the old version"]
)
def test_whoever_may_stay_silent_stays_a_member(coalition, silence) -> None:
    with_second(coalition, silence)
    coalition.run("2026-06-30")
    assert coalition.standing("Alder") == "reaffirm"
    coalition.run(AFTER)
    assert set(coalition.standings().values()) == {"member"}
    assert coalition.listed() == {"Alder", "Birch"}
    assert not any(matter.kind == "lapse" for matter in coalition.result.matters)
    told = coalition.who("Alder")["because"]
    assert ("did not object" in told) == (silence == "stays until it objects")


def test_nobody_lapses_without_a_row_in_decisions(coalition) -> None:
    with_second(coalition)
    coalition.run(AFTER)
    assert set(coalition.standings().values()) == {"reaffirm"}
    (matter,) = [m for m in coalition.result.matters if m.kind == "lapse"]
    assert matter.open
    assert "Lapse: version 2" in matter.why
    assert matter.evidence == "Alder; Birch; Cedar"
    lapse(coalition)
    coalition.run("2026-07-02")
    assert set(coalition.standings().values()) == {"lapsed"}
    assert coalition.members() == set()
    assert coalition.listed() == set()
    assert coalition.standing("Alder", AFTER) == "reaffirm"
    assert coalition.who("Alder")["why_not"] == "its standing is lapsed"
    (matter,) = [m for m in coalition.result.matters if m.kind == "lapse"]
    assert not matter.open
    assert matter.why.startswith("Assembly decided on 2026-07-02 that those lapse")
    assert matter.evidence == "Alder; Birch; Cedar"


def test_the_row_in_decisions_holds_when_it_is_gone_and_undo_takes_it_back(coalition) -> None:
    with_second(coalition)
    coalition.run(AFTER)
    lapse(coalition)
    coalition.run("2026-07-02")
    coalition.tracker.clear()
    coalition.run("2026-07-03")
    assert coalition.standing("Cedar") == "lapsed"
    coalition.decide("Version 2", "undo")
    coalition.run("2026-07-04")
    assert coalition.standing("Cedar") == "reaffirm"
    assert coalition.standing("Cedar", "2026-07-03") == "lapsed"
    lapse(coalition)
    coalition.run("2026-07-05")
    assert coalition.standing("Cedar") == "reaffirm"
    lapse(coalition, on="2026-07-06")
    coalition.run("2026-07-06")
    assert coalition.standing("Cedar") == "lapsed"


def test_a_row_taken_before_the_last_day_waits_for_it(coalition) -> None:
    with_second(coalition)
    lapse(coalition)
    coalition.run(ASKED)
    assert coalition.standing("Alder") == "reaffirm"
    coalition.run(AFTER)
    assert coalition.standing("Alder") == "lapsed"
    assert str(coalition.who("Alder")["since"].date()) == AFTER


def test_a_row_about_a_version_that_lets_nobody_lapse_is_something_to_fix(coalition) -> None:
    with_second(coalition, "stays until it objects")
    lapse(coalition)
    coalition.run(AFTER)
    assert set(coalition.standings().values()) == {"member"}
    assert any("lets nobody lapse" in p.problem for p in coalition.result.problems)


def test_another_version_in_the_row_counts_for_nothing(coalition) -> None:
    with_second(coalition)
    lapse(coalition, "22")
    coalition.run(AFTER)
    assert set(coalition.standings().values()) == {"reaffirm"}


def test_a_verified_signatory_re_confirms_by_a_new_form(found_coalition) -> None:
    coalition = with_second(found_coalition(verified=True))
    coalition.form("Alder", on="2026-06-10 09:00:00")
    coalition.run(ASKED)
    assert coalition.standing("Alder") == "member"
    assert coalition.who("Alder")["version"] == "2"
    assert coalition.standing("Alder", "2026-06-05") == "reaffirm"
    assert coalition.standing("Birch") == "reaffirm"


def test_nobody_re_confirms_in_anothers_name(found_coalition) -> None:
    coalition = with_second(found_coalition(verified=True))
    coalition.form("Alder", on="2026-06-10 09:00:00", email="stranger@elsewhere.example.org")
    coalition.run(ASKED)
    assert coalition.standing("Alder") == "reaffirm"
    matter = next(m for m in coalition.matters("Alder") if m.kind == "sign-on")
    assert "re-confirm the new version" in matter.why
    coalition.decide("Alder", "accept", what="form")
    coalition.run("2026-06-16")
    assert coalition.standing("Alder") == "member"
    assert coalition.standing("Alder", ASKED) == "reaffirm"


def test_an_extension_holds_for_one_organisation(coalition) -> None:
    with_second(coalition)
    coalition.run(ASKED)
    coalition.change("Birch", "extend deadline", value="2026-07-31")
    lapse(coalition)
    coalition.run(AFTER)
    standings = coalition.standings()
    assert standings == {"Alder": "lapsed", "Birch": "reaffirm", "Cedar": "lapsed"}
    assert str(coalition.who("Birch")["confirm_by"].date()) == "2026-07-31"
    coalition.run("2026-08-01")
    assert coalition.standing("Birch") == "lapsed"
    assert str(coalition.who("Birch")["since"].date()) == "2026-08-01"


@pytest.mark.parametrize(("given", "late"), [("2026-07-31", False), ("2026-07-09", True)])
def test_whoever_was_given_more_time_and_uses_it_is_not_late(found_coalition, given, late) -> None:
    coalition = with_second(found_coalition(verified=True))
    coalition.run(ASKED)
    coalition.change("Birch", "extend deadline", value=given)
    coalition.form("Birch", on="2026-07-10 09:00:00")
    coalition.run("2026-07-11")
    assert coalition.standing("Birch") == "member"
    assert ("S412" in coalition.result.forms["rules"].iloc[-1]) == late


def test_a_second_signatory_is_compared_with_what_was_said_last(found_coalition) -> None:
    coalition = with_second(found_coalition(verified=True))
    coalition.form("Alder", on="2026-06-10 09:00:00", use_our_logo="Yes")
    other = {"email": "rowan@alder.example.org", "signatory": "Rowan"}
    coalition.form("Alder", on="2026-06-11 09:00:00", use_our_logo="Yes", **other)
    coalition.form("Alder", on="2026-06-12 09:00:00", use_our_logo="No", **other)
    coalition.run(ASKED)
    assert coalition.outcomes()[-2:] == ["accepted", "hold"]
    (matter,) = [m for m in coalition.matters("Alder") if m.kind == "sign-on"]
    assert "Use our logo: no (was: yes)" in matter.why


def test_whoever_lapsed_comes_back_by_signing(found_coalition) -> None:
    coalition = with_second(found_coalition(verified=True))
    lapse(coalition)
    coalition.run(AFTER)
    coalition.form("Cedar", on="2026-07-10 09:00:00")
    coalition.run("2026-07-11")
    assert coalition.standing("Cedar") == "member"
    assert str(coalition.who("Cedar")["since"].date()) == "2026-07-10"
    assert coalition.standing("Cedar", "2026-07-09") == "lapsed"
    assert "S412" in coalition.result.forms["rules"].iloc[-1]


def test_a_wording_only_version_asks_nobody(coalition) -> None:
    with_second(coalition, change="wording-only")
    coalition.run(ASKED)
    assert set(coalition.standings().values()) == {"member"}


def test_whoever_joins_under_the_new_version_is_asked_nothing(coalition) -> None:
    with_second(coalition)
    coalition.form("Dune", on="2026-06-02 10:00:00")
    coalition.run(AFTER)
    assert coalition.standing("Dune") == "member"


def test_a_form_on_the_old_text_accepted_later_is_asked_too(coalition) -> None:
    with_second(coalition)
    coalition.form("Elder", on="2026-05-20 10:00:00", authorised="")
    coalition.run(BEFORE)
    coalition.decide("Elder", "accept", what="form")
    coalition.run("2026-06-10")
    assert coalition.standing("Elder") == "reaffirm"


def test_every_day_told_later_is_as_it_was_told_then(coalition) -> None:
    """The fold, replayed day by day, gives the standings that each day's run gave."""
    with_second(coalition)
    told = {}
    start = dt.date(2026, 6, 1)
    for day in (start + dt.timedelta(days=n) for n in range(1, 45, 3)):
        if day == dt.date(2026, 6, 20):
            coalition.change("Birch", "extend deadline", value="2026-07-08")
        if day == dt.date(2026, 7, 5):
            lapse(coalition)
        coalition.run(day.isoformat())
        told[day.isoformat()] = coalition.standings()
    for day, standings in told.items():
        assert {name: coalition.standing(name, day) for name in standings} == standings
        past = coalition.think(day, past=True).organisations
        assert dict(zip(past["name"], past["standing"], strict=True)) == standings
    days = [dt.date.fromisoformat(day) for day in told]
    counted = [len(coalition.result.facts.members(day)) for day in days]
    assert coalition.result.facts.course(days) == counted
    assert len(set(counted)) > 2
