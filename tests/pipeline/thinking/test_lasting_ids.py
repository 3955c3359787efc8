"""An organisation keeps its id, whatever happens to names, rows and forms around it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from pipeline.explaining import explain
from tests.pipeline.thinking.conftest import Coalition

SITE = "https://rivers.example.org"
NAMES = ("River Watch", "Tree Club", "Bike Union", "River Watch", "Quiet Hill")


def homes(ours):
    """Form → the organisation's id, whatever place it has in the download."""
    frame = ours.result.forms
    return dict(zip(frame["key"], frame["organisation_id"], strict=True))


def questions(ours):
    return [m for m in ours.result.matters if m.kind in ("same", "part") and m.open]


# --- names put right --------------------------------------------------------------------------


def test_a_name_put_right_in_the_sheet_keeps_the_id_the_decisions_and_asks_nothing(coalition):
    coalition.form("Rivre Wach", authorised="No")
    coalition.form("Tree Club")
    coalition.run("2026-03-03")
    coalition.decide("Rivre Wach", "accept and list", what="form")
    coalition.run("2026-03-04")
    before = homes(coalition)
    coalition.forms[0]["organisation"] = "River Watch"
    coalition.run("2026-03-05")
    assert homes(coalition) == before
    assert coalition.standing("River Watch") == "member"
    assert coalition.open() == ["Tree Club"]
    assert not [m for m in coalition.result.matters if m.kind == "vanished"]


def test_two_names_put_right_at_once_are_two_all_the_same(coalition):
    coalition.form("Rivre Wach", email="a@x.example.org", on="2026-03-02 10:00:00")
    coalition.form("Tre Clubb", email="a@x.example.org", on="2026-03-02 10:00:00")
    coalition.run("2026-03-03")
    before = homes(coalition)
    for form, name in zip(coalition.forms, ("River Watch", "Tree Club"), strict=True):
        form["organisation"] = name
    coalition.run("2026-03-04")
    assert not set(homes(coalition)) & set(before)


@pytest.mark.parametrize("verified", [False, True])
def test_a_request_to_correct_keeps_the_id_and_asks_nothing(found_coalition, verified):
    ours = found_coalition(verified=verified)
    sent = ours.form("Rivre Wach", website="")
    ours.form("Tree Club")
    ours.run("2026-03-03")
    [home] = {ours.id("Rivre Wach")}
    ours.form("Ponte Nova", "2026-03-05", request="Correct", email=sent["email"], website="")
    ours.run("2026-03-06")
    key = ours.result.forms["key"].iloc[2]
    assert homes(ours)[key] == home
    assert not questions(ours)
    if verified:
        assert ours.id("Ponte Nova") == home
    story = " ".join(explain(ours.result, home)["story"])
    assert "it corrects an earlier form from the same address" in story


def test_a_correction_to_the_name_of_another_is_asked_about(coalition):
    coalition.form("Tree Club", website="")
    sent = coalition.form("Ponte Nova", "2026-03-03", website="")
    coalition.run("2026-03-04")
    before = homes(coalition)
    coalition.form("Tree Club", "2026-03-05", request="Correct", email=sent["email"], website="")
    coalition.run("2026-03-06")
    assert {key: homes(coalition)[key] for key in before} == before
    told = [asked.evidence for asked in questions(coalition)]
    assert sum("asks to correct a form from the same address" in one for one in told) == 1


def test_an_address_that_signs_for_several_corrects_none_of_them(coalition):
    for name in ("Ponte Nova", "Tree Club"):
        coalition.form(name, email="we@agency.example.org", website="")
    coalition.form("Bike Union", "2026-03-03", request="Correct", email="we@agency.example.org",
                   website="")  # fmt: skip
    coalition.run("2026-03-04")
    assert len(set(homes(coalition).values())) == 3


# --- forms that are gone ----------------------------------------------------------------------


def test_one_that_lost_its_first_form_while_joined_gets_its_own_id_back(coalition):
    coalition.form("River Watch")
    coalition.form("Tree Club", "2026-03-03")
    coalition.form("Tree Club", "2026-03-04")
    coalition.run("2026-03-05")
    river, tree = coalition.id("River Watch"), coalition.id("Tree Club")
    coalition.change("Tree Club", "same as", "River Watch")
    coalition.run("2026-03-06")
    assert set(homes(coalition).values()) == {river}
    del coalition.forms[1]
    coalition.run("2026-03-07")
    coalition.change("River Watch", "undo")
    coalition.run("2026-03-08")
    assert list(homes(coalition).values()) == [river, tree]
    coalition.run("2026-03-09")
    assert list(homes(coalition).values()) == [river, tree]


def test_the_survivors_forms_may_go_and_the_id_stays(coalition):
    coalition.form("River Watch")
    for day in ("2026-03-03", "2026-03-04"):
        coalition.form("Tree Club", day)
    coalition.run("2026-03-05")
    river, tree = coalition.id("River Watch"), coalition.id("Tree Club")
    coalition.change("Tree Club", "same as", "River Watch")
    coalition.run("2026-03-06")
    del coalition.forms[0]
    for day in ("2026-03-07", "2026-03-08"):
        coalition.run(day)
        assert set(homes(coalition).values()) == {river}
    coalition.change(river, "undo")
    coalition.run("2026-03-09")
    assert set(homes(coalition).values()) == {tree}
    [gone] = [m for m in coalition.result.matters if m.kind == "vanished"]
    assert gone.organisation == "River Watch"


def test_whoever_has_no_form_left_can_still_be_joined_and_parted(coalition):
    coalition.form("River Watch")
    coalition.form("Tree Club", "2026-03-03")
    coalition.run("2026-03-04")
    river, tree = coalition.id("River Watch"), coalition.id("Tree Club")
    del coalition.forms[0]
    coalition.run("2026-03-05")
    coalition.change("Tree Club", "same as", river)
    coalition.run("2026-03-06")
    [one] = set(homes(coalition).values())
    survivors = {r.id: r.survivor for r in coalition.known.organisations}
    assert survivors == dict.fromkeys((river, tree), one) | {one: ""}
    assert coalition.members() == {"Tree Club"}
    coalition.change("Tree Club", "undo")
    coalition.run("2026-03-07")
    assert set(homes(coalition).values()) == {tree}
    assert coalition.members() == {"River Watch", "Tree Club"}


def test_explain_tells_both_of_one_name_and_why_a_form_belongs(coalition):
    coalition.form("Miresk Guardians", website="")
    coalition.form("Miresk Guardians", "2026-03-03", website="", email="ana@gmail.com")
    coalition.run("2026-03-04")
    coalition.change("Miresk Guardians", "not the same as", "ana@gmail.com")
    coalition.run("2026-03-05")
    found = explain(coalition.result, "miresk guardians")
    [other] = found["namesakes"]
    assert {found["id"], other["id"]} == set(homes(coalition).values())
    assert [form["because"] for form in (*found["forms"], *other["forms"])] == [
        "its first form", "its first form"]  # fmt: skip
    stories = [" ".join(one["story"]) for one in (found, other)]
    assert all("asked for “not the same as”" in story for story in stories)
    assert sum("“not the same as” of Miresk Guardians" in story for story in stories) == 1
    for one in (found, other):
        again = explain(coalition.result, one["forms"][0]["key"])
        assert (again["id"], again["namesakes"]) == (one["id"], [])


# --- whatever happens -------------------------------------------------------------------------


class World:
    """A coalition to which things happen day after day, and what must hold meanwhile."""

    def __init__(self):
        self.ours = Coalition()
        for at, name in enumerate(NAMES):
            site = SITE if at in (2, 3) else ""
            self.ours.form(name, f"2026-03-0{at + 1}", email=f"a{at}@b{at}.example.org",
                           website=site)  # fmt: skip
        self.day = 10
        self.run()
        self.first = homes(self.ours)

    def run(self):
        self.day += 1
        self.ours.run(f"2026-{3 + self.day // 28:02}-{self.day % 28 + 1:02}", accept_vanished=True)

    def word(self, change, one, other):
        """Somebody says something of two forms' organisations."""
        keys = sorted(self.first)
        ends = [self.first[keys[n % len(keys)]] for n in (one, other)]
        if change == "not the same as" and ends[0] == ends[1]:
            ends[1] = keys[other % len(keys)]
        self.ours.change(ends[0], change, ends[1])

    def undo(self):
        """Everything that anybody said is taken back."""
        for row, record in enumerate(r for r in self.ours.known.changes if r.undone_on is None):
            if record.change != "undo":
                self.ours.change(record.organisation_id, "undo", by=f"Ben; Ana {self.day} {row}")

    def check(self):
        records = {r.id: r for r in self.ours.known.organisations}
        found = homes(self.ours)
        for home in found.values():
            assert not records[home].survivor
        for record in records.values():
            assert not record.survivor or record.survivor in records
            seen = [record.id]
            while records[seen[-1]].survivor:
                seen.append(records[seen[-1]].survivor)
                assert len(seen) <= len(records)


_EVENTS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["same as", "not the same as"]), st.integers(0, 4),
                  st.integers(0, 4)),
        st.tuples(st.sampled_from(["vanish", "return", "shuffle", "others"]), st.integers(0, 4),
                  st.just(0)),
    ),
    max_size=5,
)  # fmt: skip


@hypothesis_settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(_EVENTS, st.randoms(use_true_random=False))
def test_after_all_is_undone_every_form_has_the_id_that_it_had(events, chance):
    world = World()
    ours, everything = world.ours, list(world.ours.forms)
    for kind, one, other in events:
        if kind in ("same as", "not the same as"):
            world.word(kind, one, other)
        elif kind == "vanish" and len(ours.forms) > 1:
            ours.forms = [form for form in ours.forms if form is not everything[one]]
        elif kind == "return":
            ours.forms += [f for f in everything if all(f is not other for other in ours.forms)]
        elif kind == "shuffle":
            chance.shuffle(ours.forms)
        else:
            everything.append(ours.form(f"Far {world.day} {one}", "2026-02-01", website=""))
        world.run()
        world.check()
        once = homes(ours)
        chance.shuffle(ours.forms)
        world.run()
        assert homes(ours) == once
    ours.forms = everything
    world.run()
    for _ in range(len(events)):
        world.undo()
        world.run()
    world.check()
    now = homes(ours)
    assert {key: now[key] for key in world.first} == world.first


@hypothesis_settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.booleans()), max_size=4))
def test_no_cluster_ever_holds_what_people_said_is_not_the_same(said):
    world = World()
    keys = sorted(world.first)
    for one, other, same in said:
        world.word("same as" if same else "not the same as", one, other)
        world.run()
    found = homes(world.ours)
    newest = {}
    for one, other, same in said:
        if world.first[keys[one]] != world.first[keys[other]]:
            newest[frozenset({keys[one], keys[other]})] = same
    for pair, same in newest.items():
        one, other = pair
        ids = {world.first[one], world.first[other]}
        heard = [c for c in world.ours.known.changes if {c.organisation_id, c.value} == ids]
        if heard and heard[-1].change == "not the same as" and not same:
            assert found[one] != found[other]
