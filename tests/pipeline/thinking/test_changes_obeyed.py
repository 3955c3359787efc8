"""What people type into Changes is obeyed at the next run, and can be taken back."""

from __future__ import annotations

import pytest

EFFECTS = """
change         | value            | standing  | listed | column    | now
withdraw       |                  | withdrawn | no     |           |
hide now       |                  | member    | no     |           |
show as        | River Watch e.V. | member    | yes    | name      | River Watch e.V.
new contact    | Rui Costa        | member    | yes    |           |
new signatory  | Rui Costa        | member    | yes    | signatory | Rui Costa
chapter of     | Lake Guild       | member    | yes    | parent    | Lake Guild
suspend        |                  | suspended | no     |           |
remove         |                  | removed   | no     |           |
pause mail     |                  | member    | yes    |           |
extend deadline | 2026-05-01      | member    | yes    |           |
"""


def effects():
    header, *rows = [
        [cell.strip() for cell in line.split("|")] for line in EFFECTS.strip().splitlines()
    ]
    return [dict(zip(header, row, strict=True)) for row in rows]


@pytest.fixture(scope="module")
def listed_before(found_coalition):
    """River Watch is a member on the public list, Lake Guild another member."""
    coalition = found_coalition()
    coalition.form("River Watch")
    coalition.form("Lake Guild")
    coalition.run("2026-03-04")
    coalition.decide("River Watch", "list")
    coalition.run("2026-03-05")
    assert coalition.listed() == {"River Watch"}
    return coalition


@pytest.fixture
def listed(listed_before):
    return listed_before.copy()


def row_of(ours, identity):
    table = ours.result.organisations
    return table.loc[table["id"] == identity].to_dict("records")[0]


@pytest.mark.parametrize("effect", effects(), ids=lambda effect: effect["change"])
def test_each_change_has_its_effect_and_undo_takes_it_back(listed, effect):
    identity = listed.id("River Watch")
    before = row_of(listed, identity)
    listed.change("River Watch", effect["change"], effect["value"])
    listed.run("2026-03-06")
    after = row_of(listed, identity)
    assert after["standing"] == effect["standing"]
    assert after["listed"] == (effect["listed"] == "yes")
    if effect["column"]:
        assert after[effect["column"]] == effect["now"]
    (answer,) = listed.cells("Changes", "Answer")
    assert answer.endswith("To take it back, add a row with undo.")
    assert [str(day) for day in listed.cells("Changes", "Done")] == ["2026-03-06"]
    listed.change(identity, "undo")
    listed.run("2026-03-07")
    assert row_of(listed, identity) == before
    assert listed.cells("Changes", "Answer") == [
        "Taken back on 2026-03-07.", f"Took back “{effect['change']}”.",
    ]  # fmt: skip


def test_a_change_holds_when_its_row_is_deleted(listed):
    listed.change("River Watch", "withdraw")
    listed.run("2026-03-06")
    del listed.tabs["Changes"]
    listed.run("2026-03-07")
    assert listed.standing("River Watch") == "withdrawn"


def test_a_change_for_a_later_day_waits_for_it(listed):
    listed.change("River Watch", "withdraw", date="2026-03-20")
    listed.run("2026-03-06")
    assert listed.standing("River Watch") == "member"
    assert listed.cells("Changes", "Answer") == ["Will hold from 2026-03-20."]
    assert listed.cells("Changes", "Done") == [None]
    listed.run("2026-03-20")
    assert listed.standing("River Watch") == "withdrawn"


def test_a_change_of_the_past_holds_from_then(listed):
    listed.change("River Watch", "withdraw", date="2026-03-03")
    listed.run("2026-03-06")
    assert listed.standing("River Watch", "2026-03-02") == "member"
    assert listed.standing("River Watch", "2026-03-04") == "withdrawn"


def test_undo_takes_back_the_newest_and_then_the_one_before(listed):
    listed.change("River Watch", "show as", "RIVER WATCH")
    listed.change("River Watch", "hide now")
    listed.run("2026-03-06")
    assert (listed.who("RIVER WATCH")["listed"], listed.listed()) == (False, set())
    listed.change("River Watch", "undo")
    listed.run("2026-03-07")
    assert listed.listed() == {"RIVER WATCH"}
    listed.change("River Watch", "undo")
    listed.run("2026-03-08")
    assert listed.listed() == {"River Watch"}
    listed.change("River Watch", "undo")
    listed.run("2026-03-09")
    assert listed.cells("Changes", "Answer")[-1] == "There was nothing to take back."


def test_what_cannot_be_obeyed_is_answered_beside_it_and_listed_in_to_fix(listed):
    listed.change("River Wach", "withdraw")
    listed.change("River Watch", "withdrawal")
    listed.change("River Watch", "show as")
    listed.change("River Watch", "same as", "Nobody We Know")
    result = listed.run("2026-03-06")
    answers = listed.cells("Changes", "Answer")
    assert answers[0].startswith("No organisation of that name has signed. Did you mean “River W")
    assert answers[1] == "This is no change that can be made. Did you mean “withdraw”?"
    assert answers[2] == "“show as” needs a new value. Write it into New value."
    assert answers[3].startswith("No organisation of that name has signed.")
    assert [(p.row, p.column) for p in result.problems] == [
        (2, "Organisation"), (3, "Change"), (4, "New value"), (5, "New value"),
    ]  # fmt: skip
    assert listed.listed() == {"River Watch"}
    assert listed.cells("To fix", "Found")[0] == "River Wach"


def test_withdrawing_needs_no_address_and_no_form(listed):
    listed.change("lake guild", "Withdraw")
    listed.run("2026-03-06")
    assert listed.standing("Lake Guild") == "withdrawn"
    assert listed.who("Lake Guild")["because"] == "it withdrew on 2026-03-06"
    assert "Lake Guild" not in listed.open()


def test_a_suspension_outlives_everything_but_undo(listed):
    listed.change("River Watch", "suspend")
    listed.run("2026-03-06")
    listed.change("River Watch", "withdraw")
    listed.run("2026-03-07")
    assert listed.standing("River Watch") == "suspended"
    listed.change("River Watch", "undo")
    listed.change("River Watch", "undo")
    listed.run("2026-03-08")
    assert listed.standing("River Watch") == "member"


@pytest.mark.parametrize("change", ["withdraw", "hide now"])
@pytest.mark.parametrize("date", ["01.06.2026", "soon"])
def test_a_name_comes_off_at_once_though_its_date_cannot_be_read(listed, change, date):
    listed.change("River Watch", change, date=date)
    for day in ("2026-03-06", "2026-03-07"):
        listed.run(day)
        assert listed.listed() == set()
        assert listed.standing("River Watch") == "member"
        (answer,) = listed.cells("Changes", "Answer")
        assert "year-month-day" in answer
        assert answer.endswith("It is off every public list meanwhile.")
        assert [p.column for p in listed.result.problems if p.tab == "Changes"] == ["Date"]
    listed.change("River Watch", "undo")
    listed.run("2026-03-08")
    assert listed.listed() == {"River Watch"}
