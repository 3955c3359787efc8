"""Two instructions that can't both hold: the newest counts, and both rows are named in To fix."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="module")
def two_before(found_coalition):
    """Two that may be one, and are asked about, and a third."""
    ours = found_coalition()
    ours.form("River Watch", website="https://w.example.org", email="a@w.example.org")
    ours.form("Brook Brigade", website="https://w.example.org", email="b@w.example.org")
    ours.form("Hill Trust")
    ours.run("2026-03-04")
    return ours


@pytest.fixture
def two(two_before):
    return two_before.copy()


def said(coalition):
    return [(p.tab, p.row, p.column, p.problem) for p in coalition.result.problems]


@pytest.mark.parametrize(
    ("first", "second", "members"), [("same as", "not the same as", 3),
                                     ("not the same as", "same as", 2)]
)  # fmt: skip
def test_same_and_not_the_same_in_one_run(two, first, second, members):
    two.change("River Watch", first, "Brook Brigade")
    two.change("Hill Trust", "hide now")
    two.change("Brook Brigade", second, "River Watch")
    for day in ("2026-03-05", "2026-03-06"):
        two.run(day)
        assert said(two) == [
            ("Changes", 2, "Change", (f"Rows 2 (“{first}”) and 4 (“{second}”) can't both hold. "
             "The newest counts: row 4.")),
        ]  # fmt: skip
        assert len(two.members()) == members


@pytest.mark.parametrize(("change", "standing"), [("suspend", "suspended"), ("remove", "removed")])
@pytest.mark.parametrize("order", [1, -1])
def test_leaving_and_being_barred_in_one_run(two, change, standing, order):
    for word in (change, "withdraw")[::order]:
        two.change("Hill Trust", word)
    two.run("2026-03-05")
    assert two.standing("Hill Trust") == standing
    ((tab, row, _, problem),) = said(two)
    assert (tab, row) == ("Changes", 2)
    assert "Rows 2 (" in problem
    assert "and 3 (" in problem
    assert problem.endswith(f"outlasts the rest: row {2 if order == 1 else 3} counts.")


@pytest.mark.parametrize(
    ("change", "values"),
    [("show as", ("A", "B")), ("new signatory", ("A", "B")),
     ("chapter of", ("River Watch", "Brook Brigade")),
     ("extend deadline", ("2026-05-01", "2026-06-01"))],
)  # fmt: skip
def test_two_values_of_one_thing(two, change, values):
    for value in values:
        two.change("Hill Trust", change, value)
    two.run("2026-03-05")
    ((_, row, _, problem),) = said(two)
    assert (row, problem.endswith("The newest counts: row 3.")) == (2, True)


def test_many_rows_are_each_named_once(two):
    for name in "ABCAD":
        two.change("Hill Trust", "show as", name)
    two.run("2026-03-05")
    assert [row for _, row, *_ in said(two)] == [2, 3, 4, 5]
    assert two.who("D")


@pytest.mark.parametrize(
    "rows",
    [
        [("Hill Trust", "show as", "A"), ("Hill Trust", "show as", "A")],
        [("Hill Trust", "show as", "A"), ("River Watch", "show as", "B")],
        [("Hill Trust", "suspend", "board"), ("River Watch", "withdraw", "")],
        [("Hill Trust", "suspend", "board"), ("Hill Trust", "remove", "board")],
        [("Hill Trust", "hide now", ""), ("Hill Trust", "withdraw", "")],
        [("Hill Trust", "same as", "River Watch"),
         ("Brook Brigade", "not the same as", "River Watch")],
        [("Hill Trust", "new contact", "A"), ("Hill Trust", "new contact", "B")],
        [("Hill Trust", "show as", "A"), ("Hill Trust", "undo", "")],
    ],
)  # fmt: skip
def test_what_can_both_hold_is_no_contradiction(two, rows):
    for row in rows:
        two.change(*row)
    two.run("2026-03-05")
    assert said(two) == []


def test_a_change_of_mind_and_a_plan_are_none(two):
    two.change("Hill Trust", "show as", "A")
    two.run("2026-03-05")
    two.change("Hill Trust", "show as", "B")
    two.change("Hill Trust", "show as", "C", date="2026-04-01")
    two.run("2026-03-06")
    two.run("2026-04-02")
    assert said(two) == []


def test_undo_settles_it(two):
    two.change("Hill Trust", "show as", "A")
    two.change("Hill Trust", "show as", "B")
    two.run("2026-03-05")
    two.change("Hill Trust", "undo")
    two.run("2026-03-06")
    assert said(two) == []
    assert two.who("A")


@pytest.mark.parametrize(
    ("word", "change", "members"),
    [("same", "not the same as", 3), ("not the same", "same as", 2)],
)
@pytest.mark.parametrize("together", [True, False])
def test_to_decide_against_changes(two, word, change, members, together):
    (pair,) = [m for m in two.matters() if m.kind == "same"]
    two.decide(pair.organisation, word, what="same")
    if not together:
        two.run("2026-03-05")
    names = ("River Watch", "Brook Brigade")
    two.change(names[0], change, names[1])
    two.run("2026-03-06")
    assert len(two.members()) == members
    row = two.cells("To decide", "Key").index(pair.key) + 2
    assert said(two) == [
        ("To decide", row, "Decision", (f"Row {row} here (“{word}”) and row 2 of Changes "
         f"(“{change}”) can't both hold. The newest counts: the one in Changes.")),
    ]  # fmt: skip


def test_to_decide_after_changes(two):
    (pair,) = [m for m in two.matters() if m.kind == "same"]
    two.change("River Watch", "same as", "Brook Brigade")
    two.run("2026-03-05")
    two.decide(pair.organisation, "not the same", what="same")
    two.run("2026-03-06")
    assert len(two.members()) == 3
    ((tab, *_, problem),) = said(two)
    assert (tab, problem.endswith("the one in To decide.")) == ("To decide", True)
    two.decide(pair.organisation, "same", what="same")
    two.run("2026-03-07")
    assert said(two) == []
