"""A form read by its own service: whatever people do to it, no answer is lost or torn."""

from __future__ import annotations

import datetime as dt

import pytest

from config.errors import NeedsPermission
from config.raw import LISTED
from connectors.google.forms import moment_in
from tests.connectors.google.joining import NOON, SECTORS, Joining, column, titles, told
from tests.connectors.google.waiting import Opened
from tests.google_emulator import people
from tests.google_emulator.forms import Upload, delete_response, edit_response
from tests.google_emulator.server import Emulator

EMAIL, TIME = "Email Address", "Timestamp"


@pytest.fixture
def joining(google: Emulator, opened: Opened) -> Joining:
    return Joining(google, opened(forms=True))


def test_a_response_is_a_row_and_a_question_a_column(joining: Joining) -> None:
    joining.send("River Watch", Founded="0042", Level="local")
    read = joining.by_form()
    assert read.table.tab == "Join us"
    assert read.table.header[:4] == (TIME, EMAIL, "Organisation", "Founded")
    assert read.table.header[7:9] == ("Do you agree? [Peace]", "Do you agree? [Openness]")
    sent = (NOON + dt.timedelta(minutes=1)).replace(microsecond=0)
    assert column(read, TIME) == [sent]
    assert column(read, EMAIL) == ["river@example.org"]
    assert column(read, "Founded") == ["0042"]
    assert column(read, "Sector") == [None]
    assert read.table.ids == [next(iter(joining.form.responses))]
    assert read.problems == ()


def test_nobody_has_answered_yet(joining: Joining) -> None:
    read = joining.by_form()
    assert (len(read.table.rows), read.problems) == (0, ())
    assert "Organisation" in read.table.header


def test_ticks_come_one_by_one_whatever_is_in_them(joining: Joining) -> None:
    ticks = [SECTORS[1], SECTORS[2], "Song, dance; and \x1f more"]
    joining.send("River Watch", Sector=ticks)
    joining.send("Tree Club", Sector=[SECTORS[1]])
    one, two = column(joining.by_form(), "Sector")
    assert str(one).split(LISTED)[:-1] == [SECTORS[1], SECTORS[2], "Song, dance; and   more"]
    assert two == SECTORS[1] + LISTED
    assert joining.by_form().table.offered[4] == SECTORS


def test_rows_of_a_grid_and_files_and_scales(joining: Joining) -> None:
    joining.send(
        "River Watch",
        **{"Do you agree? [Peace]": "Yes", "Do you agree? [Openness]": "No",
           "How well do you know us?": "4", "Decided by board on": "2026-02-03",
           "Your logo": Upload("f" * 30, "logo.png")},
    )  # fmt: skip
    read = joining.by_form()
    assert column(read, "Do you agree? [Peace]") == ["Yes"]
    assert column(read, "Do you agree? [Openness]") == ["No"]
    assert column(read, "How well do you know us?") == ["4"]
    assert column(read, "Decided by board on") == ["2026-02-03"]
    assert column(read, "Your logo") == [f"https://drive.google.com/open?id={'f' * 30}{LISTED}"]


@pytest.mark.parametrize("order", ["newest", "oldest", "shuffled"])
def test_the_order_in_which_google_lists_them_does_not_matter(joining: Joining, order) -> None:
    joining.form.habits.order = order
    for name in ("River Watch", "Tree Club", "Bike Union", "Night School"):
        joining.send(name)
    read = joining.by_form()
    assert column(read, "Organisation") == [
        "River Watch",
        "Tree Club",
        "Bike Union",
        "Night School",
    ]
    assert list(read.table.numbers) == [2, 3, 4, 5]


def test_every_page_is_read(joining: Joining, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("connectors.google.calls.PAGE", 3)
    names = [f"Group {n}" for n in range(10)]
    for name in names:
        joining.send(name)
    assert column(joining.by_form(), "Organisation") == names


def test_an_edit_keeps_id_and_time_and_is_marked(joining: Joining) -> None:
    before = joining.send("River Watch")
    joining.send("Tree Club")
    later = NOON + dt.timedelta(hours=5)
    edit_response(joining.world, joining.form, before, {"Organisation": "Rio Watch"}, later)
    read = joining.by_form()
    assert column(read, "Organisation") == ["Rio Watch", "Tree Club"]
    assert column(read, TIME)[0] == (NOON + dt.timedelta(minutes=1)).replace(microsecond=0)
    assert read.table.edited == [later.replace(microsecond=394_000), None]


def test_microseconds_are_no_edit() -> None:
    assert moment_in("2026-03-02T12:00:00.394652Z") == moment_in("2026-03-02T12:00:00.394Z")
    assert moment_in("2026-03-02T12:00:00.394652187Z") == moment_in("2026-03-02T12:00:00.394Z")


def test_a_renamed_question_keeps_its_column_and_its_earlier_titles(joining: Joining) -> None:
    joining.send("River Watch")
    first = joining.by_form()
    people.rename_question(joining.world, joining.form, "Organisation", "Who are you?")
    read = joining.by_form(titles(first))
    assert column(read, "Who are you?") == ["River Watch"]
    assert read.table.formerly == {2: ("Organisation",)}


def test_a_moved_question_brings_its_answers(joining: Joining) -> None:
    joining.send("River Watch", Founded="1999")
    people.move_question(joining.world, joining.form, "Organisation", 3)
    read = joining.by_form()
    assert column(read, "Organisation") == ["River Watch"]
    assert column(read, "Founded") == ["1999"]


def test_answers_to_a_deleted_question_come_under_its_title(joining: Joining) -> None:
    joining.send("River Watch", Sector=["Health", SECTORS[1]])
    joining.send("Tree Club")
    known = titles(joining.by_form())
    people.delete_question(joining.world, joining.form, "Sector")
    read = joining.by_form(known)
    assert column(read, "Sector") == [f"Health{LISTED}{SECTORS[1]}{LISTED}", None]
    assert (
        "no longer in the form; answers to it, which are still read: 1"
        in told(read.problems)["Sector"]
    )


def test_a_question_that_weaver_never_saw_is_said(joining: Joining) -> None:
    joining.send("River Watch", Founded="1999")
    question = joining.form.find("Founded").id
    people.delete_question(joining.world, joining.form, "Founded")
    read = joining.by_form()
    title = f"A question that was deleted ({question})"
    assert column(read, title) == [f"1999{LISTED}"]
    assert "nobody knows what it asked; answers to it: 1" in told(read.problems)[title]


def test_a_question_asked_anew_is_a_second_column_of_its_title(joining: Joining) -> None:
    joining.send("River Watch", Founded="1999")
    known = titles(joining.by_form())
    item = people.delete_question(joining.world, joining.form, "Founded")
    people.readd_question(joining.world, joining.form, item)
    joining.send("Tree Club", Founded="2001")
    read = joining.by_form(known)
    assert column(read, "Founded") == [None, "2001"]
    assert column(read, "Founded", 1) == [f"1999{LISTED}", None]
    assert (
        "deleted and asked anew; answers from before, which still count: 1"
        in told(read.problems)["Founded"]
    )


def test_the_same_question_on_two_branches_has_two_columns(joining: Joining) -> None:
    people.add_branch_question(joining.world, joining.form, "Founded")
    joining.send("River Watch", Founded="1999")
    joining.send("Tree Club")
    read = joining.by_form()
    assert column(read, "Founded") == ["1999", None]
    assert column(read, "Founded", 1) == [None, None]


def test_a_response_deleted_in_the_form_is_gone(joining: Joining) -> None:
    response = joining.send("River Watch")
    joining.send("Tree Club")
    delete_response(joining.world, joining.form, response)
    assert column(joining.by_form(), "Organisation") == ["Tree Club"]


@pytest.mark.parametrize(
    ("deed", "said"),
    [(people.unpublish, "isn't published"), (people.close_form, "takes no responses")],
)
def test_a_closed_form_is_read_and_said(joining: Joining, deed, said) -> None:
    joining.send("River Watch")
    deed(joining.world, joining.form)
    read = joining.by_form()
    assert column(read, "Organisation") == ["River Watch"]
    assert said in read.problems[0].problem


def test_an_old_form_says_nothing_of_being_published(google: Emulator, opened: Opened) -> None:
    assert Joining(google, opened(forms=True), legacy=True).by_form().problems == ()


@pytest.mark.parametrize(
    ("how", "verified", "column_there"),
    [("VERIFIED", True, True), ("RESPONDER_INPUT", False, True), ("DO_NOT_COLLECT", False, False)],
)
def test_whether_addresses_are_verified(
    google: Emulator, opened: Opened, how, verified, column_there
) -> None:
    joining = Joining(google, opened(forms=True), collects=how)
    joining.send("River Watch")
    read = joining.by_form()
    assert read.verified is verified
    assert (EMAIL in read.table.header) is column_there


def test_a_form_that_is_not_shared_says_with_whom_to_share_it(joining: Joining) -> None:
    joining.world.share(joining.form.id, joining.account, "")
    with pytest.raises(NeedsPermission) as caught:
        joining.by_form()
    assert joining.account in caught.value.remedy


def test_the_mark_changes_with_what_counts_alone(joining: Joining) -> None:
    response = joining.send("River Watch")
    joining.send("Tree Club")
    mark = joining.fetch().mark
    joining.form.habits.order = "oldest"
    joining.form.revision = "another"
    assert joining.fetch().mark == mark
    edit_response(joining.world, joining.form, response, {"Founded": "1"}, NOON.replace(hour=13))
    assert joining.fetch().mark != mark


def test_two_requests_and_no_more(joining: Joining) -> None:
    joining.send("River Watch")
    joining.by_form()
    assert joining.calls.made == 3, "a token, the form, its responses"
