"""responses.list and responses.get: the F-facts of google.md, section 3.2."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator

import pytest

from tests.google_emulator.forms import Form, Upload, create_form, questions
from tests.google_emulator.forms.asking import OWNER, Asking, error_of
from tests.google_emulator.people import (
    Refused,
    close_form,
    delete_question,
    delete_response,
    edit_response,
    submit,
    unpublish,
)
from tests.google_emulator.server import Emulator

BAD = (400, "INVALID_ARGUMENT", "Request contains an invalid argument.")


@pytest.fixture
def ask(google: Emulator) -> Iterator[Asking]:
    client = Asking(google)
    yield client
    client.close()


def joined(ask: Asking, *more: object, **how: object) -> Form:
    form = create_form(ask.google.world, "Join", OWNER, ["Organisation", *more], **how)  # type: ignore[arg-type]
    return ask.share(form)


def send(ask: Asking, form: Form, count: int) -> list[str]:
    """Responses a second apart, oldest first; their ids."""
    world, ids = ask.google.world, []
    for n in range(count):
        world.clock.advance(1)
        ids.append(submit(world, form, {"Organisation": f"Org {n}"}, f"m{n}@example.org").id)
    return ids


def test_f16_no_response_is_an_empty_object(ask: Asking) -> None:
    assert ask.get(joined(ask), "/responses") == {}


def test_f10_pages_hold_every_response_once(ask: Asking) -> None:
    form = joined(ask)
    ids = send(ask, form, 7)
    first = ask.get(form, "/responses", pageSize=3)
    assert len(first["responses"]) == 3
    second = ask.get(form, "/responses", pageSize=3, pageToken=first["nextPageToken"])
    third = ask.get(form, "/responses", pageSize=3, pageToken=second["nextPageToken"])
    assert "nextPageToken" not in third
    pages = [first, second, third]
    found = [r["responseId"] for page in pages for r in page["responses"]]
    assert found == list(reversed(ids))


def test_f10_a_page_has_five_thousand_at_most_and_by_default(ask: Asking) -> None:
    form = joined(ask)
    for n in range(5001):
        submit(ask.google.world, form, {"Organisation": f"Org {n}"})
    for query in ({}, {"pageSize": 0}, {"pageSize": 5000}, {"pageSize": 9000}):
        page = ask.get(form, "/responses", **query)
        assert len(page["responses"]) == 5000
        assert page["nextPageToken"]
    assert len(ask.all_responses(form)) == 5001


def test_f10_a_token_belongs_to_its_form_and_filter(ask: Asking) -> None:
    form, other = joined(ask), joined(ask)
    send(ask, form, 3), send(ask, other, 3)
    token = ask.get(form, "/responses", pageSize=1)["nextPageToken"]
    wrong = [
        (other, {"pageToken": token}),
        (form, {"pageToken": token, "filter": "timestamp > 2020-01-01T00:00:00Z"}),
        (form, {"pageToken": "next"}),
        (form, {"pageToken": "bmV4dA=="}),
    ]
    for which, query in wrong:
        answer = ask.raw("GET", f"{which.id}/responses", **query)
        assert error_of(answer) == BAD, query


def test_f10_what_comes_between_two_pages_moves_nothing(ask: Asking) -> None:
    form = joined(ask)
    ids = send(ask, form, 4)
    first = ask.get(form, "/responses", pageSize=2)
    send(ask, form, 1)
    newest = next(iter(form.responses.values()))
    edit_response(ask.google.world, form, newest, {"Organisation": "Another"})
    delete_response(ask.google.world, form, form.responses[ids[1]])
    rest = ask.get(form, "/responses", pageToken=first["nextPageToken"])["responses"]
    assert [r["responseId"] for r in rest] == [ids[0]]


@pytest.mark.parametrize(
    "condition",
    [
        "timestamp > yesterday", "timestamp>2026-01-01T00:00:00Z",
        "timestamp = 2026-01-01T00:00:00Z", "timestamp < 2026-01-01T00:00:00Z",
        "createTime > 2026-01-01T00:00:00Z", "TIMESTAMP > 2026-01-01T00:00:00Z",
        "timestamp > 2026-01-01T00:00:00+01:00", "timestamp > 2026-01-01",
        "timestamp > 2026-13-01T00:00:00Z", "timestamp > 2026-01-01T00:00:00.0000000001Z",
        "timestamp > 2026-01-01T00:00:00Z AND timestamp > 2026-01-02T00:00:00Z",
    ],
)  # fmt: skip
def test_f11_the_filter_knows_two_forms_only(ask: Asking, condition: str) -> None:
    form = joined(ask)
    assert error_of(ask.raw("GET", f"{form.id}/responses", filter=condition)) == BAD


def test_f11_later_than_and_not_earlier_than_to_the_nanosecond(ask: Asking) -> None:
    form = joined(ask)
    at = dt.datetime(2026, 3, 9, 12, 0, 0, 394652, tzinfo=dt.UTC)
    submit(ask.google.world, form, {"Organisation": "One"}, at=at)
    there = {
        "timestamp > 2026-03-09T12:00:00.394652Z": 0,
        "timestamp >= 2026-03-09T12:00:00.394652Z": 1,
        "timestamp > 2026-03-09T12:00:00.394651999Z": 1,
        "timestamp >= 2026-03-09T12:00:00.394652001Z": 0,
        "timestamp > 2026-03-09T12:00:00Z": 1,
        "timestamp >= 2026-03-09T12:00:01Z": 0,
    }
    for condition, count in there.items():
        page = ask.get(form, "/responses", filter=condition)
        assert len(page.get("responses", [])) == count, condition


def test_f12_an_edit_keeps_id_and_createtime_and_matches_the_filter_again(ask: Asking) -> None:
    form, world = joined(ask), ask.google.world
    response = submit(world, form, {"Organisation": "Reed Cuters"}, "ida@example.org")
    (before,) = ask.all_responses(form)
    world.clock.advance(3600)
    condition = "timestamp > 2026-03-09T03:30:00Z"
    assert ask.all_responses(form, filter=condition) == []
    edit_response(world, form, response, {"Organisation": "Reed Cutters"})
    (after,) = ask.all_responses(form, filter=condition)
    for name in ("responseId", "createTime", "respondentEmail"):
        assert after[name] == before[name]
    assert after["lastSubmittedTime"] > before["lastSubmittedTime"]
    (answer,) = after["answers"].values()
    assert answer["textAnswers"] == {"answers": [{"value": "Reed Cutters"}]}
    form.habits.filter_on = "createTime"
    assert ask.all_responses(form, filter=condition) == []


def test_f13_the_form_is_named_by_get_and_not_by_list(ask: Asking) -> None:
    form = joined(ask)
    response = submit(ask.google.world, form, {"Organisation": "One"}, "one@example.org")
    (listed,) = ask.all_responses(form)
    assert "formId" not in listed
    assert ask.get(form, f"/responses/{response.id}") == {"formId": form.id, **listed}


def test_f14_createtime_has_milliseconds_and_lastsubmittedtime_microseconds(ask: Asking) -> None:
    form = joined(ask)
    at = dt.datetime(2026, 3, 9, 12, 0, 0, 394652, tzinfo=dt.UTC)
    submit(ask.google.world, form, {"Organisation": "One"}, at=at)
    (listed,) = ask.all_responses(form)
    assert listed["createTime"] == "2026-03-09T12:00:00.394Z"
    assert listed["lastSubmittedTime"] == "2026-03-09T12:00:00.394652Z"


def test_f15_newest_first_unless_shuffled(ask: Asking) -> None:
    form = joined(ask)
    ids = send(ask, form, 30)
    newest = [r["responseId"] for r in ask.all_responses(form)]
    assert newest == ids[::-1]
    form.habits.order = "shuffled"
    shuffled = [r["responseId"] for r in ask.all_responses(form, pageSize=7)]
    assert sorted(shuffled) == sorted(ids)
    assert shuffled not in (ids, newest)


def test_f17_all_values_are_texts_and_unanswered_questions_absent(ask: Asking) -> None:
    form = joined(
        ask, questions.scale("How much?"), "Phone", "Unanswered", collects="DO_NOT_COLLECT"
    )
    submit(
        ask.google.world,
        form,
        {"Organisation": "One", "How much?": "4", "Phone": "0042", "Unanswered": ""},
    )
    (listed,) = ask.all_responses(form)
    values = {q: a["textAnswers"]["answers"] for q, a in listed["answers"].items()}
    assert values == {
        form.find("Organisation").id: [{"value": "One"}],
        form.find("How much?").id: [{"value": "4"}],
        form.find("Phone").id: [{"value": "0042"}],
    }
    assert all(answer["questionId"] == question for question, answer in listed["answers"].items())


def test_f18_each_tick_is_an_answer_and_other_is_just_another_value(ask: Asking) -> None:
    sectors = questions.checkboxes("Sectors", ["Rivers, lakes", "Food"], other=True)
    form = joined(ask, sectors, questions.date("Day", time=True), questions.time("Hour"))
    answers = {
        "Sectors": ["Rivers, lakes", "Boats, mostly"], "Day": "2026-10-16 18:30", "Hour": "18:30",
    }  # fmt: skip
    submit(ask.google.world, form, answers)
    (listed,) = ask.all_responses(form)
    found = {
        form.asked_ever[question].heading: [v["value"] for v in answer["textAnswers"]["answers"]]
        for question, answer in listed["answers"].items()
    }
    assert found == {
        "Sectors": ["Rivers, lakes", "Boats, mostly"],
        "Day": ["2026-10-16 18:30"],
        "Hour": ["18:30"],
    }


def test_f18_files_are_told_by_drive_id(ask: Asking) -> None:
    form = joined(ask, questions.upload("Logo"))
    files = (Upload("1abc", "logo.png", "image/png"), Upload("1abd", "logo.svg", "image/svg+xml"))
    submit(ask.google.world, form, {"Logo": files})
    (listed,) = ask.all_responses(form)
    answer = listed["answers"][form.find("Logo").id]
    assert "textAnswers" not in answer
    assert answer["fileUploadAnswers"]["answers"] == [
        {"fileId": "1abc", "fileName": "logo.png", "mimeType": "image/png"},
        {"fileId": "1abd", "fileName": "logo.svg", "mimeType": "image/svg+xml"},
    ]


def test_f19_an_address_only_where_the_form_collects_them(ask: Asking) -> None:
    for collects, told in (
        ("VERIFIED", True),
        ("RESPONDER_INPUT", True),
        ("DO_NOT_COLLECT", False),
    ):
        form = joined(ask, collects=collects)
        submit(ask.google.world, form, {"Organisation": "One"}, "one@example.org")
        (listed,) = ask.all_responses(form)
        assert ("respondentEmail" in listed) is told


def test_f08_answers_to_a_deleted_question_are_still_given(ask: Asking) -> None:
    form = joined(ask, "Website")
    submit(ask.google.world, form, {"Website": "https://one.example.org"})
    old = form.find("Website").id
    delete_question(ask.google.world, form, "Website")
    (listed,) = ask.all_responses(form)
    assert old in listed["answers"]
    items = ask.get(form)["items"]
    assert [item["title"] for item in items] == ["Organisation"]


def test_grades_of_a_quiz(ask: Asking) -> None:
    asked = questions.choice("Water is", ["wet", "dry"])
    key = {"answers": [{"value": "wet"}]}
    asked["questionItem"]["question"]["grading"] = {"pointValue": 5, "correctAnswers": key}
    form = joined(ask, asked, quiz=True)
    for said in ("wet", "dry"):
        submit(ask.google.world, form, {"Water is": said})
    wrong, right = ask.all_responses(form)
    question = form.find("Water is").id
    assert right["totalScore"] == 5
    assert right["answers"][question]["grade"] == {"score": 5, "correct": True}
    assert "totalScore" not in wrong
    assert wrong["answers"][question]["grade"] == {}


def test_f30_nobody_fills_in_a_form_that_is_closed_or_not_published(ask: Asking) -> None:
    world = ask.google.world
    for shut in (close_form, unpublish):
        form = joined(ask)
        submit(world, form, {"Organisation": "One"})
        shut(world, form)
        with pytest.raises(Refused):
            submit(world, form, {"Organisation": "Two"})
        assert len(ask.all_responses(form)) == 1


def test_answers_that_the_page_does_not_take(ask: Asking) -> None:
    form = joined(
        ask, questions.choice("Pick", ["a", "b"]), questions.date("Day"),
        questions.checkboxes("Tick", ["a", "b"], other=True), questions.upload("File"),
    )  # fmt: skip
    for answers in (
        {"Pick": "c"}, {"Pick": ["a", "b"]}, {"Day": "tomorrow"}, {"Tick": ["c", "d"]},
        {"File": "logo.png"}, {"Organisation": Upload("1abc", "logo.png")},
    ):  # fmt: skip
        with pytest.raises(Refused):
            submit(ask.google.world, form, answers)
    assert form.responses == {}


def test_f41_access_to_the_form_and_unknown_ids(ask: Asking) -> None:
    form = create_form(ask.google.world, "Join", OWNER, ["Organisation"])
    denied = (403, "PERMISSION_DENIED", "The caller does not have permission")
    missing = (404, "NOT_FOUND", "Requested entity was not found.")
    for path in (form.id, f"{form.id}/responses"):
        assert error_of(ask.raw("GET", path)) == denied
        ask.share(form, "reader")
        assert error_of(ask.raw("GET", path)) == denied
        ask.share(form, "")
    ask.share(form)
    for path in ("1nobody", "1nobody/responses", f"{form.id}/responses/none"):
        assert error_of(ask.raw("GET", path)) == missing


def test_f34_watches_are_not_emulated(ask: Asking) -> None:
    form = joined(ask)
    assert ask.raw("GET", f"{form.id}/watches").status_code == 501
    assert ask.google.unhandled == ["forms.forms.watches.list"]
    ask.google.unhandled.clear()


def test_five_thousand_responses_are_listed_in_a_second(ask: Asking) -> None:
    form = joined(ask, *[f"Question {n}" for n in range(20)])
    for n in range(5000):
        answers = {"Organisation": f"Org {n}"} | {f"Question {k}": "yes" for k in range(20)}
        submit(ask.google.world, form, answers, f"m{n}@example.org")
    from tests.google_emulator.forms.listing import page_of

    start = time.process_time()
    page = page_of(form, "", "", "")
    assert len(page["responses"]) == 5000
    assert time.process_time() - start < 1
