"""Joins one after the other, compared with looking at every pair."""

from __future__ import annotations

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from pipeline.apart import Clusters

KEYS = "abcdefgh"
_PAIR = st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS))


class Plain:
    """The same by sets, slowly."""

    def __init__(self) -> None:
        self.groups = [{key} for key in KEYS]
        self.apart: list[tuple[str, str]] = []

    def of(self, key: str) -> set[str]:
        return next(group for group in self.groups if key in group)

    def keep_apart(self, one: str, other: str) -> None:
        if other not in self.of(one):
            self.apart.append((one, other))

    def join(self, one: str, other: str) -> bool:
        both = self.of(one) | self.of(other)
        if any({a, b} <= both for a, b in self.apart):
            return False
        self.groups = [g for g in self.groups if not g & both] + [both]
        return True


@hypothesis_settings(max_examples=200)
@given(st.lists(st.tuples(st.booleans(), _PAIR), max_size=20))
def test_no_group_ever_holds_two_that_are_kept_apart(steps):
    clusters, plain = Clusters(KEYS), Plain()
    for apart, (one, other) in steps:
        if apart:
            clusters.keep_apart(one, other)
            plain.keep_apart(one, other)
        else:
            assert clusters.join(one, other) is plain.join(one, other)
            if one != other and clusters.find(one) != clusters.find(other):
                (a, b) = clusters.between(one, other)
                assert a in plain.of(one)
                assert b in plain.of(other)
                assert (a, b) in plain.apart or (b, a) in plain.apart
    for key in KEYS:
        assert clusters.find(key) == min(plain.of(key))


def test_ten_thousand_chapters_of_one_parent_cost_little() -> None:
    keys = [f"s-{number:05}" for number in range(10_000)]
    clusters = Clusters(["parent", *keys])
    for key in keys:
        clusters.keep_apart(key, "parent")
    assert all(not clusters.join("parent", key) for key in keys)
    assert all(clusters.join(keys[0], key) for key in keys)
    assert not clusters.join(keys[-1], "parent")


def test_what_peoples_word_alone_keeps_apart_is_nothing_to_ask() -> None:
    clusters = Clusters("abcd")
    clusters.keep_apart("a", "c")
    clusters.join("a", "b")
    clusters.end_of_word()
    clusters.join("d", "c")
    assert [clusters.join("b", "c"), clusters.join("b", "d")] == [False, False]
    assert [clusters.plainest(refused)[1] for refused in clusters.refused] == [
        (True, True),
        (True, False),
    ]
