"""The preview of an adoption says what the runs on those days will say."""

from __future__ import annotations

import datetime as dt

import pytest

from config.statement import Point, Statement, Version
from pipeline.preview import Preview, preview
from pipeline.progress import progress

PEACE = Point(id="peace", text="We act peacefully.")
FIRST = Version(
    version="1", state="adopted", adopted_on=dt.date(2026, 1, 1), adopted_by="All",
    adopted_how="by consensus", principles=(PEACE,), question="Do you agree?",
)  # fmt: skip
TODAY, PLANNED, LAST = "2026-03-10", "2026-04-01", "2026-04-20"
AFTER = "2026-04-21"
SILENCES = ("leaves", "stays until it objects", "stays listed under the old version")


def draft(**facts) -> Version:
    known = {
        "version": "2", "state": "draft", "planned_on": PLANNED, "reconfirm_by": LAST,
        "silence": "leaves", "principles": (PEACE,), "question": "Do you agree?",
    }  # fmt: skip
    return Version.model_validate(known | facts)


def adopt(ours, on: str, **facts) -> None:
    """The draft's file says that it was adopted."""
    done = {"state": "adopted", "adopted_on": on, "adopted_by": "All", "adopted_how": "by vote"}
    ours.statements = (Statement("main", (FIRST, draft(**facts | done))),)


def figures(ours) -> tuple[int, int]:
    """Members, and of them named in public, as the last run tells them."""
    result = ours.result
    members = result.facts.members(result.today)
    return len(members), len(members & result.facts.listed(result.today))


@pytest.fixture
def ours(coalition):
    """Of seven one is in doubt, one has left, one will, one only observes, one has more time."""
    coalition.statements = (Statement("main", (FIRST, draft())),)
    for name in ("Ash", "Beech", "Cedar", "Dogwood", "Elder"):
        coalition.form(name)
    coalition.form("Fir", authorised="")
    coalition.form("Gorse", joins_as="observer")
    coalition.run("2026-03-03")
    coalition.decide("Ash", "list")
    coalition.decide("Beech", "list")
    coalition.change("Cedar", "withdraw")
    coalition.change("Dogwood", "withdraw", date="2026-03-25")
    coalition.change("Elder", "extend deadline", "2026-05-05")
    coalition.run(TODAY)
    return coalition


def foreseen(ours, day: str = "") -> Preview:
    found = preview(ours.result, dt.date.fromisoformat(day) if day else None)
    assert found is not None
    return found


def line(found: Preview, name: str):
    (one,) = [each for each in found.lines if each.name == name]
    return one


@pytest.mark.parametrize("silence", SILENCES)
def test_the_runs_on_those_days_say_the_same(ours, silence):
    ours.statements = (Statement("main", (FIRST, draft(silence=silence))),)
    ours.run(TODAY)
    found = foreseen(ours)
    assert found.day.isoformat() == PLANNED
    adopt(ours, PLANNED, silence=silence)
    ours.run(PLANNED)
    assert figures(ours) == (found.on_adoption.members, found.on_adoption.named) == (3, 2)
    standings = ours.standings()
    asked = {each.name: each.by for each in found.lines if each.effect == "must re-confirm"}
    assert set(asked) == {name for name, standing in standings.items() if standing == "reaffirm"}
    assert asked["Elder"] == dt.date(2026, 5, 5)
    assert asked == {name: ours.who(name)["confirm_by"].date() for name in asked}
    ours.run(AFTER)
    assert found.after is not None
    assert found.after.day.isoformat() == AFTER
    assert figures(ours) == (found.after.members, found.after.named)
    if silence != "leaves":
        assert found.lapsed is None
        assert ours.standing("Ash") == "member"
        assert line(found, "Ash").silent.startswith("stays")
        return
    assert line(found, "Ash").silent == "leaves, once the coalition has decided it"
    ours.tab("Decisions", f"Date | Body | Decision\n{AFTER} | Assembly | Lapse: version 2")
    ours.run(AFTER)
    assert found.lapsed is not None
    assert figures(ours) == (found.lapsed.members, found.lapsed.named) == (1, 0)


def test_what_it_means_for_each(ours):
    found = foreseen(ours)
    told = {each.name: (each.today, each.effect, each.why) for each in found.lines}
    assert told == {
        "Ash": ("member", "must re-confirm", ""),
        "Beech": ("member", "must re-confirm", ""),
        "Cedar": ("withdrawn", "is not asked", "its standing is withdrawn"),
        "Dogwood": ("member", "is not asked", "its standing is withdrawn"),
        "Elder": ("member", "must re-confirm", ""),
        "Fir": ("pending", "is not asked", "a question about it is open"),
        "Gorse": ("member", "must re-confirm", ""),
    }
    means = ours.cells("If adopted", "What it means")
    assert means[2] == "is not asked (its standing is withdrawn)"
    assert ours.cells("If adopted", "By")[0] == dt.date(2026, 4, 20)


def test_start_says_who_must_act_and_the_figure(ours):
    tabs = ours.cells("Start", "Tab")
    told = ours.cells("Start", "What to do now")[tabs.index("If adopted")]
    assert told == (
        "Version 2 adopted on 2026-04-01: 0 unaffected, 4 must re-confirm, 3 not asked. That day "
        "3 are counted (2 named, 1 unnamed). On 2026-04-21, if nobody answers, 3 are counted (2 "
        "named, 1 unnamed). Once the coalition has let them lapse, 1 is counted (0 named, 1 "
        "unnamed)."
    )


def test_another_wording_affects_nobody(ours):
    facts = {"change": "wording-only", "reconfirm_by": None, "silence": None}
    ours.statements = (Statement("main", (FIRST, draft(**facts))),)
    ours.run(TODAY)
    found = foreseen(ours)
    assert {each.effect for each in found.lines} == {"unaffected"}
    assert (found.after, found.lapsed, found.lacking) == (None, None, ())
    assert list(ours.tabs["If adopted"].rows) == []
    adopt(ours, PLANNED, **facts)
    ours.run(PLANNED)
    assert figures(ours) == (found.on_adoption.members, found.on_adoption.named)
    assert "reaffirm" not in ours.standings().values()


def test_who_signs_on_the_day_of_adoption_has_signed_the_new_version(ours):
    ours.form("Hazel", on=TODAY)
    ours.run(TODAY)
    found = foreseen(ours, TODAY)
    assert line(found, "Hazel").effect == "unaffected"
    adopt(ours, TODAY)
    ours.run(TODAY)
    assert ours.standing("Hazel") == "member"
    assert ours.standing("Ash") == "reaffirm"


def test_a_day_that_is_over_is_taken_for_today(ours):
    ours.statements = (Statement("main", (FIRST, draft(planned_on="2026-03-01"))),)
    ours.run(TODAY)
    assert foreseen(ours).day.isoformat() == TODAY


@pytest.mark.parametrize(
    ("facts", "lacks"),
    [
        ({"reconfirm_by": None}, ["reconfirm_by"]),
        ({"reconfirm_by": "2026-03-31"}, ["reconfirm_by"]),
        ({"silence": None}, ["silence"]),
        ({"reconfirm_by": None, "silence": None}, ["reconfirm_by", "silence"]),
    ],
)
def test_what_the_draft_s_file_still_lacks_is_said(ours, facts, lacks):
    ours.statements = (Statement("main", (FIRST, draft(**facts))),)
    ours.run(TODAY)
    found = foreseen(ours)
    assert [each.partition(":")[0] for each in found.lacking] == lacks
    assert line(found, "Ash").effect == "must re-confirm"
    assert (found.after is None) == ("reconfirm_by" in lacks)


def test_each_organisation_s_feedback_stands_beside_it(ours):
    ours.tab("Statement feedback", (
        "Organisation | Clause | Comment | Would sign | Settled in draft\n"
        "ash | peace | Vague | with this change | 2\nAsh | whole text | Never | no |\n"
        "Beech | peace | Fine | as is |\n"
    ))  # fmt: skip
    ours.run(TODAY)
    assert ours.cells("If adopted", "Its feedback")[:3] == [
        "would not sign (1 open red line)", "would sign as is", None,
    ]  # fmt: skip


class TestReconfirming:
    @pytest.fixture
    def asked(self, ours):
        adopt(ours, PLANNED)
        ours.run(PLANNED)
        ours.form("Ash", on="2026-04-05")
        ours.run("2026-04-05")
        ours.decide("Ash", "accept", what="A form in doubt")
        return ours

    def of(self, ours, day: str):
        result = ours.run(day)
        return progress(result.facts, result.statements[0], result.today)

    def test_nobody_is_counted_before_there_is_anything_to_confirm(self, ours):
        assert progress(ours.result.facts, ours.statements[0], ours.result.today) is None

    def test_who_has_done_so_and_who_has_not(self, asked):
        found = self.of(asked, "2026-04-06")
        assert (found.asked, found.confirmed, found.waiting, found.left) == (4, 1, 3, 0)
        assert found.in_words == (
            "1 of 4 have re-confirmed version 2, by 2026-04-20; 3 asked and not yet heard of; "
            "silence means: leaves"
        )

    def test_after_the_last_day_and_once_they_have_lapsed(self, asked):
        asked.run("2026-04-06")
        found = self.of(asked, AFTER)
        assert (found.confirmed, found.silent, found.waiting) == (1, 2, 1)
        asked.tab("Decisions", f"Date | Body | Decision\n{AFTER} | Assembly | Lapse: version 2")
        asked.change("Elder", "withdraw")
        found = self.of(asked, AFTER)
        assert (found.confirmed, found.lapsed, found.left, found.asked) == (1, 2, 1, 4)
