"""Which organisation is it? Names and websites join, people's word wins, doubt is asked."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from config.records import OrganisationRecord
from pipeline.organisations import Settled, Verdicts, settle
from pipeline.resolution.linking import candidates, representatives
from pipeline.resolution.records import read_records

NOTHING_SAID = Verdicts()
MONDAY = dt.date(2026, 6, 1)
TUESDAY = dt.date(2026, 6, 2)
FRIDAY = dt.date(2026, 6, 5)
Row = tuple[str, str, str]
"""Key, organisation, domain. Rows came in the order of their keys' last characters."""


def table(rows: Sequence[Row], counts: Sequence[bool] | None = None) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["key", "organisation", "domain"], dtype=object)
    hours = [int("".join(c for c in key if c.isdigit()) or 0) for key in frame["key"]]
    start = pd.Timestamp("2026-05-01", tz="UTC")
    received = pd.Series([start + pd.Timedelta(hours=h) for h in hours], index=frame.index)
    return frame.assign(
        received=pd.to_datetime(received, utc=True),
        counts=pd.Series(counts or [True] * len(frame), index=frame.index, dtype=bool),
    )


def key_of(number: int) -> str:
    """A key as long as real ones; the number is also the hour at which the form came."""
    return f"s-{'abcdefghij'[number % 10]}xyzkm{number:06}"


@dataclass
class Registry:
    """What a coalition remembers from look to look."""

    records: tuple[OrganisationRecord, ...] = ()
    belongs: dict[str, str] = field(default_factory=dict)

    def look(
        self,
        rows: Sequence[Row],
        verdicts: Verdicts = NOTHING_SAID,
        today: dt.date = MONDAY,
    ) -> Settled:
        frame = table(rows)
        settled = settle(frame, self.records, self.belongs, verdicts, today)
        self.records = settled.records
        self.belongs |= settled.origins
        self.ids = dict(zip(frame["key"], settled.ids, strict=True))
        return settled

    def alive(self) -> set[str]:
        return {record.id for record in self.records if not record.survivor}


def ids(rows: Sequence[Row], verdicts: Verdicts = NOTHING_SAID) -> dict[str, str]:
    registry = Registry()
    registry.look(rows, verdicts)
    return registry.ids


def groups(found: Mapping[str, str]) -> set[frozenset[str]]:
    """Which keys belong together, whatever the organisation's id."""
    homes: dict[str, set[str]] = {}
    for key, home in found.items():
        homes.setdefault(home, set()).add(key)
    return {frozenset(keys) for keys in homes.values()}


A, B, C, D = (key_of(n) for n in (1, 2, 3, 4))
NEVER = Verdicts(different=((A, B),))
SAME = Verdicts(same=((A, B),))


# --- names ------------------------------------------------------------------------------------


def test_names_of_fifty_thousand_characters() -> None:
    long, other = "x" * 50_000, "y " * 25_000
    found = ids([(A, long, ""), (B, long.upper(), "long.example.org"), (C, other, "")])
    assert groups(found) == {frozenset({A, B}), frozenset({C})}
    shared = ids([(A, long, "d.example.org"), (B, other, "d.example.org")])
    assert len(groups(shared)) == 2


# --- joining ----------------------------------------------------------------------------------


def test_the_same_name_joins() -> None:
    registry = Registry()
    settled = registry.look([(A, "River Watch", ""), (B, "The RIVER-WATCH, Inc.", ""),
                             (C, "Tree Club", "")])  # fmt: skip
    assert groups(registry.ids) == {frozenset({A, B}), frozenset({C})}
    assert list(settled.because) == ["its first form", "same name", "its first form"]
    assert settled.questions == ()
    assert {r.id: (r.name, r.first_key) for r in settled.records} == {
        registry.ids[A]: ("River Watch", A),
        registry.ids[C]: ("Tree Club", C),
    }


def test_one_letter_names() -> None:
    assert groups(ids([(A, "X", ""), (B, "x", ""), (C, "Y", "")])) == {
        frozenset({A, B}),
        frozenset({C}),
    }


def test_the_same_name_with_another_website_is_asked() -> None:
    registry = Registry()
    settled = registry.look([(A, "River Watch", "one.example.org"),
                             (B, "River Watch", "two.example.org")])  # fmt: skip
    assert registry.ids[A] != registry.ids[B]
    [pair] = settled.questions
    assert {pair.first, pair.second} == set(registry.ids.values())
    assert pair.first < pair.second
    assert pair.because == "same name, but another website"


def test_a_form_without_website_goes_to_the_first_that_has_one() -> None:
    one, two = "one.example.org", "two.example.org"
    sites = {A: "", B: one, C: two, D: two}
    rows = [(key, "River Watch", site) for key, site in sites.items()]
    assert groups(ids(rows)) == {frozenset({A, B}), frozenset({C, D})}


def test_the_same_website_and_another_name_is_asked() -> None:
    registry = Registry()
    settled = registry.look([(A, "River Watch", "d.example.org"), (B, "Tree", "d.example.org")])
    assert registry.ids[A] != registry.ids[B]
    assert [pair.because for pair in settled.questions] == ["same website, name 0.27"]


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ("RW", "same website, one name is the other's initials"),
        ("Watch, River", "same website, same name"),
        ("RiverWatch", "same website, same name"),
        ("River Watch (RW)", "same website, same name"),
        ("Rivr Wacth", "same website, name 0.86"),
    ],
)
def test_the_same_website_and_a_name_that_says_the_same_joins(other: str, why: str) -> None:
    registry = Registry()
    rows = [(A, "River Watch", "d.example.org"), (B, other, "d.example.org")]
    settled = registry.look(rows)
    assert registry.ids[A] == registry.ids[B]
    assert list(settled.because)[1] == why
    assert settled.questions == ()
    assert groups(ids([(A, "River Watch", ""), (B, "RW", "")])) == {frozenset({A}), frozenset({B})}


def test_names_alike_are_joined_whoever_was_first_under_the_website() -> None:
    rows = [(B, "River Watch", "d.example.org"), (C, "RW", "d.example.org")]
    registry = Registry()
    registry.look(rows)
    before = dict(registry.ids)
    settled = registry.look([(A, "Alps Union", "d.example.org"), *rows], today=TUESDAY)
    assert registry.ids[B] == registry.ids[C] == before[B]
    assert [{p.first, p.second} for p in settled.questions] == [{registry.ids[A], registry.ids[B]}]


def test_no_website_at_all_is_nothing_in_common() -> None:
    settled = Registry().look([(A, "River Watch", ""), (B, "Tree Club", "")])
    assert settled.questions == ()


@pytest.mark.parametrize("counts", [[False, False], [True, False], [False, True]])
def test_individuals_tests_and_nameless_forms_belong_nowhere(counts: list[bool]) -> None:
    rows = [(A, "River Watch", "d.example.org"), (B, "River Watch", "d.example.org")]
    settled = settle(table(rows, counts), (), {}, Verdicts(), MONDAY)
    assert [bool(home) for home in settled.ids] == counts
    assert [bool(why) for why in settled.because] == counts
    assert len(settled.records) == sum(counts)


def test_no_forms_at_all() -> None:
    registry = Registry()
    registry.look([(A, "River Watch", "")])
    before = registry.records
    settled = registry.look([], today=TUESDAY)
    assert (len(settled.ids), settled.records, settled.questions) == (0, before, ())


def test_what_is_said_of_a_row_stands_beside_that_row() -> None:
    frame = table([(B, "Tree Club", ""), (C, "RIVER WATCH", ""), (A, "River Watch", "")])
    frame = frame.set_index(pd.Index([30, 10, 20]))
    settled = settle(frame, (), {}, Verdicts(), MONDAY)
    assert list(settled.ids.index) == list(settled.because.index) == [30, 10, 20]
    assert settled.ids[10] == settled.ids[20] != settled.ids[30]
    assert settled.because[10] == "same name"


# --- people's word ----------------------------------------------------------------------------


def test_people_say_the_same_and_take_it_back() -> None:
    rows = [(A, "River Watch", ""), (B, "Tree Club", "")]
    registry = Registry()
    registry.look(rows)
    apart = dict(registry.ids)
    settled = registry.look(rows, SAME, TUESDAY)
    assert registry.ids[A] == registry.ids[B]
    assert "a coordinator said it is the same" in set(settled.because)
    assert len(registry.alive()) == 1
    registry.look(rows, today=FRIDAY)
    assert registry.ids == apart
    assert registry.alive() == set(apart.values())


def test_people_say_not_the_same_and_take_it_back() -> None:
    rows = [(A, "River Watch", ""), (B, "River Watch", "")]
    registry = Registry()
    registry.look(rows)
    [together] = set(registry.ids.values())
    settled = registry.look(rows, NEVER, TUESDAY)
    assert registry.ids[A] == together != registry.ids[B]
    assert settled.questions == ()
    split = registry.ids[B]
    registry.look(rows, today=FRIDAY)
    assert set(registry.ids.values()) == {together}
    registry.look(rows, NEVER, FRIDAY)
    assert (registry.ids[A], registry.ids[B]) == (together, split)


@pytest.mark.parametrize(
    "rows",
    [
        [(A, "River Watch", "one.example.org"), (B, "River Watch", "two.example.org")],
        [(A, "River Watch", "d.example.org"), (B, "Tree Club", "d.example.org")],
        [(A, "River Watch", "d.example.org"), (B, "RW", "d.example.org")],
        [(A, "River Watch", ""), (B, "River Watch", "")],
    ],
)
def test_what_people_answered_is_not_asked_again(rows: list[Row]) -> None:
    for verdicts, together in ((SAME, True), (NEVER, False)):
        registry = Registry()
        settled = registry.look(rows, verdicts)
        assert (registry.ids[A] == registry.ids[B]) is together
        assert settled.questions == ()


@pytest.mark.parametrize(
    ("third", "verdicts"),
    [
        ("River Watch", NEVER),  # the third has the name of both
        ("Tree Club", replace(NEVER, same=((A, C), (C, B)))),  # people say it is both
        ("RW", NEVER),  # its name says the same as both, and so does its website
    ],
)
def test_a_third_never_brings_a_forbidden_pair_together(third: str, verdicts: Verdicts) -> None:
    rows = [(A, "River Watch", "d.example.org"), (B, "River Watch", "d.example.org"),
            (C, third, "d.example.org")]  # fmt: skip
    for order in itertools.permutations(rows):
        found = ids(order, verdicts)
        assert found[A] != found[B]
        assert found[C] in (found[A], found[B])


def test_not_the_same_goes_before_the_same() -> None:
    rows = [(A, "River Watch", ""), (B, "River Watch", "")]
    found = ids(rows, Verdicts(same=((A, B),), different=((B, A),)))
    assert found[A] != found[B]


def test_a_word_about_forms_that_were_never_seen_changes_nothing() -> None:
    rows = [(A, "River Watch", ""), (B, "Tree Club", "")]
    unknown = Verdicts(same=(("s-gone", A),), different=(("s-gone", B), ("s-no", "s-where")))
    assert ids(rows, unknown) == ids(rows)


@pytest.mark.parametrize("verdicts", [NEVER, SAME], ids=["not the same", "same"])
def test_peoples_word_outlives_the_form_it_was_said_of(verdicts: Verdicts) -> None:
    """The first form of an organisation is removed; a later one of it still stands."""
    together = verdicts is SAME
    names = ("River Watch", "Tree Club") if together else ("River Watch", "River Watch")
    rows = [(A, names[0], ""), (B, names[1], ""), (C, names[0], ""), (D, names[0], "")]
    registry = Registry()
    registry.look(rows, verdicts)
    before = dict(registry.ids)
    assert (before[A] == before[B]) is together
    assert before[C] == before[A]
    registry.look(rows[1:], verdicts, TUESDAY)
    assert registry.ids == {key: before[key] for key in (B, C, D)}


# --- ids --------------------------------------------------------------------------------------


def test_an_id_comes_from_the_first_form_and_is_minted_once() -> None:
    registry = Registry()
    registry.look([(B, "River Watch", "")])
    minted = registry.ids[B]
    assert minted == "o-" + B.removeprefix("s-")[:8]
    registry.look([(A, "River Watch", ""), (B, "River Watch", "")], today=TUESDAY)
    assert set(registry.ids.values()) == {minted}
    [record] = registry.records
    assert (record.first_key, record.minted_on) == (B, MONDAY)


def test_a_taken_id_gives_way_to_other_characters_of_the_key() -> None:
    one, other = "s-aaaaaaaa1111", "s-aaaaaaaa2222"
    found = ids([(one, "River Watch", ""), (other, "Tree Club", "")])
    assert found == {one: "o-aaaaaaaa", other: "o-aaaaaaa2"}


def test_ids_do_not_run_out_soon() -> None:
    key = "s-aaaaaaaabcde"
    bare = "aaaaaaaabcde"
    taken = tuple(
        OrganisationRecord("o-" + bare[at : at + 8], "Taken", f"s-{at}", MONDAY) for at in range(5)
    )
    settled = settle(table([(key, "River Watch", "")]), taken, {}, Verdicts(), MONDAY)
    [home] = settled.ids
    assert home not in {record.id for record in taken}
    assert len(home) == 10


def test_a_merge_keeps_the_earliest_and_the_others_stay_as_aliases() -> None:
    registry = Registry()
    registry.look([(B, "Tree Club", "")], today=MONDAY)
    registry.look([(A, "River Watch", ""), (B, "Tree Club", "")], today=TUESDAY)
    early, late = registry.ids[B], registry.ids[A]
    registry.look([(A, "River Watch", ""), (B, "Tree Club", "")], SAME, FRIDAY)
    assert set(registry.ids.values()) == {early}
    assert {r.id: r.survivor for r in registry.records} == {early: "", late: early}


def test_three_merged_one_after_the_other_share_one_survivor() -> None:
    rows = [(A, "River", ""), (B, "Tree", ""), (C, "Bike", "")]
    registry = Registry()
    registry.look(rows)
    homes = dict(registry.ids)
    registry.look(rows, Verdicts(same=((B, C),)), TUESDAY)
    registry.look(rows, Verdicts(same=((B, C), (A, B))), FRIDAY)
    assert len(set(registry.ids.values())) == len(registry.alive()) == 1
    registry.look(rows, Verdicts(same=((A, B),)), FRIDAY)
    assert registry.ids[C] == homes[C]
    registry.look(rows, today=FRIDAY)
    assert registry.ids == homes


def test_a_split_leaves_the_id_where_it_began() -> None:
    rows = [(A, "River Watch", ""), (B, "River Watch", ""), (C, "River Watch", "")]
    registry = Registry()
    registry.look(rows)
    home = registry.ids[A]
    renamed = [(A, "River Watch", ""), (B, "Tree Club", ""), (C, "Tree Club", "")]
    registry.look(renamed, today=TUESDAY)
    assert registry.ids[A] == home
    assert registry.ids[B] == registry.ids[C] != home


def test_the_id_stays_with_those_that_remain() -> None:
    registry = Registry()
    registry.look([(A, "River Watch", ""), (B, "River Watch", "")])
    home = registry.ids[A]
    registry.look([(B, "River Watch", "")], today=TUESDAY)
    assert registry.ids == {B: home}
    registry.look([(A, "River Watch", ""), (B, "River Watch", "")], today=FRIDAY)
    assert set(registry.ids.values()) == {home}


def test_two_that_split_after_the_first_form_went_do_not_share_its_id() -> None:
    registry = Registry()
    rows = [(A, "River Watch", ""), (B, "River Watch", ""), (C, "River Watch", "")]
    registry.look(rows)
    home = registry.ids[A]
    registry.look([(B, "River Watch", ""), (C, "Tree Club", "")], today=TUESDAY)
    assert registry.ids[B] == home != registry.ids[C]
    kept = dict(registry.ids)
    registry.look([(B, "River Watch", ""), (C, "Tree Club", "")], today=FRIDAY)
    assert registry.ids == kept


# --- properties -------------------------------------------------------------------------------

_rows = st.lists(
    st.tuples(
        st.sampled_from(["River Watch", "river watch", "RW", "Tree Club", "TC", "Club, Tree", "X"]),
        st.sampled_from(["", "", "one.example.org", "two.example.org"]),
    ),
    min_size=1,
    max_size=8,
).map(lambda rows: [(key_of(n), *row) for n, row in enumerate(rows)])
_pairs = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=3).map(
    lambda pairs: tuple((key_of(a), key_of(b)) for a, b in pairs if a != b)
)
_verdicts = st.builds(Verdicts, same=_pairs, different=_pairs)


@hypothesis_settings(max_examples=25)
@given(_rows, _verdicts, st.randoms(use_true_random=False))
def test_order_decides_nothing(rows: list[Row], verdicts: Verdicts, chance: random.Random) -> None:
    registry, other = Registry(), Registry()
    first = registry.look(rows, verdicts)
    second = other.look(chance.sample(rows, len(rows)), verdicts)
    assert other.ids == registry.ids
    assert second.records == first.records
    assert second.questions == first.questions


@hypothesis_settings(max_examples=25)
@given(_rows, _verdicts)
def test_a_second_look_changes_nothing(rows: list[Row], verdicts: Verdicts) -> None:
    registry = Registry()
    first = registry.look(rows, verdicts)
    second = registry.look(rows, verdicts, FRIDAY)
    assert list(second.ids) == list(first.ids)
    assert second.records == first.records
    assert second.questions == first.questions


@hypothesis_settings(max_examples=25)
@given(_rows, _verdicts)
def test_peoples_word_always_wins(rows: list[Row], verdicts: Verdicts) -> None:
    found = ids(rows, verdicts)
    for one, other in verdicts.different:
        if one in found and other in found:
            assert found[one] != found[other]
    if not verdicts.different:
        for one, other in verdicts.same:
            if one in found and other in found:
                assert found[one] == found[other]


@hypothesis_settings(max_examples=25)
@given(_rows, _verdicts, st.lists(st.booleans(), min_size=8, max_size=8))
def test_an_id_is_one_organisations_whatever_people_say_and_take_back(
    rows: list[Row], verdicts: Verdicts, gone: list[bool]
) -> None:
    registry = Registry()
    registry.look(rows)
    before = dict(registry.ids)
    left = [row for row, away in zip(rows, gone, strict=False) if not away]
    for today, some, said in ((TUESDAY, rows, verdicts), (FRIDAY, left, verdicts)):
        settled = registry.look(some, said, today)
        by_id = {record.id: record for record in settled.records}
        assert all(not by_id[home].survivor for home in registry.ids.values())
        assert {r.survivor for r in settled.records} - {""} <= by_id.keys()
        assert {p.first for p in settled.questions} <= set(registry.ids.values())
        assert max(Counter(r.first_key for r in settled.records).values()) == 1
        for one, other in said.different:
            if one in registry.ids and other in registry.ids:
                assert registry.ids[one] != registry.ids[other]
    ever = frozenset(key for pair in (*verdicts.same, *verdicts.different) for key in pair)
    registry.look(left, Verdicts(ever=ever), FRIDAY)
    registry.look(rows, Verdicts(ever=ever), FRIDAY)
    # a form that fits several stays where it was while the others were gone
    if len(left) == len(rows):
        assert registry.ids == before
    assert set(registry.ids.values()) <= {record.id for record in registry.records}


@hypothesis_settings(max_examples=25)
@given(_rows, st.lists(st.tuples(st.sampled_from(["Quiet Hill", "Z", "Far Shore"]),
                                 st.sampled_from(["", "far.example.org"])), max_size=4),
       _verdicts)  # fmt: skip
def test_unrelated_rows_change_no_id(
    rows: list[Row], others: list[tuple[str, str]], verdicts: Verdicts
) -> None:
    registry = Registry()
    registry.look(rows, verdicts)
    before = dict(registry.ids)
    unrelated = [(key_of(20 + n), *row) for n, row in enumerate(others)]
    registry.look([*unrelated, *rows], verdicts, TUESDAY)
    assert {key: registry.ids[key] for key in before} == before
    assert not {registry.ids[key] for key, *_ in unrelated} & set(before.values())


# --- size -------------------------------------------------------------------------------------


def test_work_grows_with_the_number_of_forms_not_with_its_square() -> None:
    def pairs(rows: int, name: str) -> int:
        frame = pd.DataFrame({"name": [name.format(n=n) for n in range(rows)]})
        records = read_records(frame.assign(domain="shared.example.org"))
        return len(candidates(records, representatives(records)).one)

    for name in ("Club {n} of {n}", "Club", "Tree Club", "CLB", "Club of Quillbrook{n}"):
        small, large = pairs(300, name), pairs(1_200, name)
        assert large <= 5 * small + 100


def test_ten_thousand_forms_under_one_website() -> None:
    """A website under which hundreds of names stand is a platform: it joins and asks nothing."""
    distinct = [(key_of(n), f"Club {n}", "shared.example.org") for n in range(5_000)]
    equal = [(key_of(n), "Common Name", "shared.example.org") for n in range(5_000, 10_000)]
    settled = settle(table([*distinct, *equal]), (), {}, NEVER, MONDAY)
    assert settled.ids.nunique() == 5_001
    assert settled.questions == ()
