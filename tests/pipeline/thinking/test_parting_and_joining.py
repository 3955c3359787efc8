"""People's word on pairs: it wins, it is kept for good, it can be taken back."""

from __future__ import annotations

import itertools

import pytest

SITE = "https://rivers.example.org"


def key_of(ours, row):
    """The key of the form in that row of the download."""
    return ours.result.forms["key"].iloc[row]


def home_of(ours, row):
    return ours.result.forms["organisation_id"].iloc[row]


def homes(ours):
    return list(ours.result.forms["organisation_id"])


def questions(ours, kind="same"):
    return [m for m in ours.result.matters if m.kind == kind and m.open]


@pytest.fixture(scope="module")
def namesakes_before(found_coalition):
    """Two organisations of one name, taken for one: the second has another address."""
    coalition = found_coalition()
    coalition.form("Miresk Guardians", website="")
    coalition.form("Miresk Guardians", "2026-03-03", website="", email="ana@gmail.com")
    coalition.form("Miresk Guardians", "2026-03-03", website="", email="ana@gmail.com")
    coalition.form("Tree Club", "2026-03-03")
    coalition.run("2026-03-04")
    assert len(set(homes(coalition))) == 2
    return coalition


@pytest.fixture
def namesakes(namesakes_before):
    return namesakes_before.copy()


@pytest.mark.parametrize("how", ["keys", "address"])
def test_two_of_one_name_are_parted_by_naming_the_forms(namesakes, how):
    before = homes(namesakes)
    named = "; ".join(key_of(namesakes, row) for row in (1, 2))
    namesakes.change("Miresk Guardians", "not the same as",
                     named if how == "keys" else "ana@Gmail.com")  # fmt: skip
    namesakes.run("2026-03-05")
    first, second, third, tree = homes(namesakes)
    assert (first, tree) == (before[0], before[3])
    assert second == third != first
    assert namesakes.cells("Changes", "Answer")[0].startswith("Kept apart")
    assert not questions(namesakes)


def test_a_website_names_its_forms(coalition):
    coalition.form("Miresk Guardians", website="https://one.example.org", email="")
    coalition.form("Miresk Guardians", "2026-03-03", website="https://one.example.org", email="")
    coalition.form("Miresk Guardians", "2026-03-04", website="https://two.example.org", email="")
    coalition.run("2026-03-05")
    [asked] = questions(coalition)
    coalition.decide(asked.organisation, "same", what="same")
    coalition.run("2026-03-06")
    [one] = set(homes(coalition))
    coalition.change("Miresk Guardians", "not the same as", "two.example.org")
    coalition.run("2026-03-07")
    coalition.run("2026-03-08")
    first, second, other = homes(coalition)
    assert first == second == one != other


def test_a_name_that_was_taken_for_the_same_is_parted_by_it(coalition):
    coalition.form("Sierra Club", website="")
    coalition.form("SIERRA CLUB INC", "2026-03-03", website="", email="")
    coalition.run("2026-03-04")
    [one] = set(homes(coalition))
    coalition.change("Sierra Club", "not the same as", "SIERRA CLUB INC")
    coalition.run("2026-03-05")
    assert homes(coalition)[0] == one != homes(coalition)[1]


def test_the_form_with_which_it_began_stays(namesakes):
    namesakes.change("Miresk Guardians", "not the same as", key_of(namesakes, 0))
    namesakes.run("2026-03-05")
    assert "Write the Keys of those forms" in namesakes.cells("Changes", "Answer")[0]
    assert len(set(homes(namesakes))) == 2


def test_undo_brings_both_ids_back_to_where_they_were(namesakes):
    before = homes(namesakes)
    namesakes.change("Miresk Guardians", "not the same as", key_of(namesakes, 1))
    namesakes.run("2026-03-05")
    split = home_of(namesakes, 1)
    namesakes.change("Miresk Guardians", "undo")
    namesakes.run("2026-03-06")
    namesakes.run("2026-03-07")
    assert homes(namesakes) == before
    assert split in {r.id for r in namesakes.known.organisations if r.survivor == before[0]}
    namesakes.change("Miresk Guardians", "not the same as", key_of(namesakes, 1), "2026-03-08")
    namesakes.run("2026-03-08")
    assert home_of(namesakes, 1) == split


def test_a_name_that_two_have_is_no_name_to_act_on(namesakes):
    namesakes.change("Miresk Guardians", "not the same as", key_of(namesakes, 1))
    namesakes.run("2026-03-05")
    namesakes.change("Miresk Guardians", "remove")
    namesakes.change(home_of(namesakes, 1), "hide now")
    namesakes.run("2026-03-06")
    told = namesakes.cells("Changes", "Answer")
    assert told[1].startswith("2 organisations are called so. Write the Id")
    assert all(home_of(namesakes, row) in told[1] for row in (0, 1))
    assert told[2].startswith("Off every public list")


def test_a_further_form_goes_to_the_side_that_has_its_address_else_it_is_asked(namesakes):
    namesakes.change("Miresk Guardians", "not the same as", "ana@gmail.com")
    namesakes.run("2026-03-05")
    first, other = homes(namesakes)[:2]
    namesakes.form("Miresk Guardians", "2026-03-07", website="", email="ana@gmail.com")
    namesakes.run("2026-03-08")
    assert homes(namesakes)[:3] == [first, other, other]
    assert home_of(namesakes, 4) == other
    assert not questions(namesakes)
    namesakes.form("MIRESK GUARDIANS", "2026-03-09", website="", email="who@gmail.com")
    namesakes.run("2026-03-10")
    assert home_of(namesakes, 5) == first
    [asked] = questions(namesakes)
    assert asked.key == f"same:{other}:{key_of(namesakes, 5)}"
    namesakes.run("2026-03-11")
    namesakes.decide(asked.organisation, "same", what="same")
    namesakes.run("2026-03-12")
    assert homes(namesakes) == [first, other, other, homes(namesakes)[3], other, other]
    assert not questions(namesakes)


def test_a_split_holds_after_a_thousand_other_forms(namesakes):
    namesakes.change("Miresk Guardians", "not the same as", key_of(namesakes, 1))
    namesakes.run("2026-03-05")
    before = homes(namesakes)
    for number in range(1_000):
        namesakes.forms.append({**namesakes.forms[3], "organisation": f"Club number {number}",
                                "email": f"a@c{number}.example.org", "website": ""})  # fmt: skip
    namesakes.tabs.pop("To decide")
    namesakes.run("2026-03-06")
    assert homes(namesakes)[:4] == before


def test_peoples_words_that_cannot_all_hold_are_told(coalition):
    for name in ("Alder", "Birch", "Cedar"):
        coalition.form(name)
    coalition.run("2026-03-03")
    coalition.change("Alder", "not the same as", "Cedar")
    coalition.change("Alder", "same as", "Birch")
    coalition.change("Birch", "same as", "Cedar")
    result = coalition.run("2026-03-04")
    assert coalition.id("Cedar") not in homes(coalition)[:2]
    assert len(set(homes(coalition)[:2])) == 1
    [told] = [p for p in result.problems if "not counted as one" in p.problem]
    assert all(name in told.problem for name in ("Alder", "Birch", "Cedar"))


def test_a_form_that_would_tie_two_together_is_asked_about(coalition):
    """Two were told apart; then a form comes that looks like either of them."""
    coalition.form("River Watch Now", website=SITE)
    coalition.form("Watch River Now", "2026-03-03", website=SITE)
    coalition.run("2026-03-04")
    [one] = set(homes(coalition))
    coalition.change(one, "not the same as", key_of(coalition, 1))
    coalition.run("2026-03-05")
    first, other = homes(coalition)
    assert first != other
    coalition.form("Now River Watch", "2026-03-08", website=SITE)
    coalition.run("2026-03-09")
    [asked] = questions(coalition)
    told = asked.evidence.partition("would bring together ")[2]
    sides = {f"“River Watch Now” ({first})", f"“Watch River Now” ({other})"}
    assert set(told.partition(", which you said")[0].split(" and ")) == sides
    assert "which you said are not the same" in asked.evidence
    assert home_of(coalition, 2) == first
    before = homes(coalition)
    coalition.run("2026-03-10")
    assert [m.key for m in questions(coalition)] == [asked.key]
    answers = coalition.copy()
    answers.decide(asked.organisation, "same", what="same")
    answers.run("2026-03-11")
    assert homes(answers) == [first, other, other]
    assert not questions(answers)
    answers.decide(asked.organisation, "undo", what="same")
    answers.run("2026-03-12")
    assert homes(answers) == before
    coalition.decide(asked.organisation, "not the same", what="same")
    coalition.run("2026-03-11")
    assert homes(coalition) == before
    assert not questions(coalition)


def test_mutual_look_alikes_are_asked_about_a_few_at_a_time(coalition):
    for number in range(30):
        coalition.form(f"Club {'abcdefghij'[number % 10]}{number} of {'xyz'[number % 3]}",
                       website=SITE)  # fmt: skip
    coalition.run("2026-03-03")
    asked = questions(coalition)
    assert len(asked) == 10
    told = " ".join(m.evidence for m in asked)
    assert told.count("of these 30 organisations are asked once these are answered") == 1
    asked_about = {end for m in asked for end in m.key.split(":")[1:]}
    assert len(asked_about) == 11
    for matter in asked[:4]:
        place = coalition.cells("To decide", "Key").index(matter.key)
        coalition.decide_row(place, "not the same")
    coalition.run("2026-03-04")
    again = {m.key for m in questions(coalition)}
    assert len(again) == 10
    assert {m.key for m in asked[4:]} < again


def test_both_sides_are_told(coalition):
    coalition.form("River Watch", website=SITE, district="Porto", signatory="Ana Lima")
    coalition.form("Brook Brigade", "2026-03-03", website=SITE, signatory="Rui Costa")
    coalition.form("Brook Brigade", "2026-03-04", website=SITE, signatory="Rui Costa")
    coalition.run("2026-03-05")
    [asked] = questions(coalition)
    sides = asked.evidence.splitlines()
    assert sides[0].startswith("Matched because: same website")
    told = {name: asked.evidence.partition(name)[2].splitlines()[:5] for name in (
        "River Watch", "Brook Brigade")}  # fmt: skip
    river, brook = told["River Watch"], told["Brook Brigade"]
    assert river == [f" ({coalition.id('River Watch')})", f"   {SITE}", "   Porto, Portugal",
                     "   signed by Ana Lima", "   1 form since 2026-03-02"]  # fmt: skip
    assert brook[3:] == ["   signed by Rui Costa", "   2 forms since 2026-03-03"]
    assert all(len(line) < 70 for line in sides)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Rivеr Watch", "Cyrillic letters (е)"),
        ("Ρiver Watch", "Greek letters (Ρ)"),
        ("River\u200b Watch", "signs that nobody sees (U+200B)"),
        ("\u202ehctaW reviR", "signs that turn the writing direction (U+202E)"),
        ("𝐑iver Watch", "Mathematical letters (𝐑)"),
        ("Сосо", "Cyrillic letters (С о с)"),
    ],
)
def test_what_cannot_be_told_by_eye_is_told_in_words(coalition, name, told):
    coalition.form("River Watch", website=SITE)
    coalition.form(name, "2026-03-03", website=SITE, email="x@other.example.org")
    coalition.run("2026-03-04")
    asked = questions(coalition)
    if not asked:  # the same but for what can't be seen
        assert len(set(homes(coalition))) == 1
        return
    assert f"Its name holds {told}" in asked[0].evidence
    assert not set("\u202e\u200b") & set(asked[0].why + asked[0].evidence)


def test_a_name_from_right_to_left_ends_where_it_ends(coalition):
    coalition.form("River Watch", website=SITE)
    coalition.form("مياه نظيفة", "2026-03-03", website=SITE)
    coalition.run("2026-03-04")
    [asked] = questions(coalition)
    assert "\u2068مياه نظيفة\u2069" in asked.evidence
    assert "holds" not in asked.evidence


def test_the_name_shown_is_its_signatorys_newest_or_as_people_say(found_coalition):
    ours = found_coalition(verified=True)
    sent = {"email": "office@riverwatch.example.org", "website": "https://riverwatch.example.org"}
    ours.form("River Watch", **sent)
    ours.form("RIVER  WATCH Ltd", "2026-03-03", **sent | {"email": "x@riverwatch.example.org"})
    ours.run("2026-03-04")
    [home] = set(homes(ours))
    assert ours.standings() == {"River Watch": "member"}
    ours.form("The River Watch, Inc.", "2026-03-05", **sent)
    ours.run("2026-03-06")
    assert ours.id("The River Watch, Inc.") == home
    ours.change(home, "show as", "River Watchers")
    ours.run("2026-03-07")
    ours.forms.reverse()
    ours.run("2026-03-08")
    assert ours.id("River Watchers") == home
    ours.change("River Watchers", "undo")
    ours.run("2026-03-09")
    assert ours.id("The River Watch, Inc.") == home


def test_what_is_asked_does_not_hang_on_the_order_of_the_rows(coalition):
    for name in ("Oak", "Elm", "Ash"):
        coalition.form(name, website=SITE, on=f"2026-03-02 10:0{len(name)}:00")
    told = set()
    for order in itertools.permutations(coalition.forms):
        coalition.forms = list(order)
        result = coalition.think("2026-03-04")
        told.add(tuple((m.key, m.evidence) for m in result.matters))
    assert len(told) == 1


def test_a_form_that_was_not_accepted_lends_its_new_name_to_nobody(coalition):
    coalition.form("Victim River Union", email="office@victim.example.org",
                   website="https://victim.example.org")  # fmt: skip
    coalition.run("2026-03-03")
    coalition.form("Future Meadow Alliance", "2026-03-04", email="office@victim.example.org",
                   website="", request="Correct")  # fmt: skip
    coalition.run("2026-03-05")
    coalition.decide("Future Meadow Alliance", "not accepted")
    coalition.run("2026-03-06")
    coalition.form("Future Meadow Alliance", "2026-03-07", email="office@meadow.example.org",
                   website="https://meadow.example.org")  # fmt: skip
    coalition.run("2026-03-08")
    assert coalition.standing("Future Meadow Alliance") == "member"
    assert coalition.standing("Victim River Union") == "member"


@pytest.mark.parametrize("request_", ["Join", "Withdraw"])
def test_a_form_that_writes_two_members_into_one_name_ties_nobody(coalition, request_):
    coalition.form("Tolvane Otter Keepers", website="https://tolvane.example.org")
    coalition.form("Miresk Heron Watchers", website="", email="miresk@gmail.com")
    coalition.run("2026-03-03")
    for name in ("Tolvane Otter Keepers", "Miresk Heron Watchers"):
        coalition.decide(name, "list")
    coalition.run("2026-03-04")
    coalition.form("Tolvane Otter Keepers / Miresk Heron Watchers", "2026-03-05", website="",
                   email="x@gmail.com", request=request_)  # fmt: skip
    coalition.run("2026-03-06")
    assert coalition.id("Tolvane Otter Keepers") != coalition.id("Miresk Heron Watchers")
    assert coalition.standing("Tolvane Otter Keepers") == "member"
    assert coalition.standing("Miresk Heron Watchers") == "member"
