"""forms.get, create, batchUpdate and setPublishSettings: google.md, sections 3.1 and 3.3."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.google_emulator.forms import Form, Refused, create_form, link_sheet, questions, submit
from tests.google_emulator.forms.asking import OWNER, Asking, error_of
from tests.google_emulator.people import publish, rename_question
from tests.google_emulator.server import Emulator


@pytest.fixture
def ask(google: Emulator) -> Iterator[Asking]:
    client = Asking(google)
    yield client
    client.close()


def joined(ask: Asking, *more: Any, **how: Any) -> Form:
    return ask.share(create_form(ask.google.world, "Join", OWNER, ["Organisation", *more], **how))


def refused(ask: Asking, form: Form, *requests: dict[str, Any], **more: Any) -> str:
    """The message of a 400; the form is as it was."""
    before = copy.deepcopy(ask.get(form))
    code, status, message = error_of(ask.post(form, ":batchUpdate", {"requests": requests, **more}))
    assert (code, status) == (400, "INVALID_ARGUMENT")
    assert ask.get(form) == before
    return message


def new(title: str, index: int = 0) -> dict[str, Any]:
    return {"createItem": {"item": questions.text(title), "location": {"index": index}}}


def test_f02_what_a_form_tells(ask: Asking) -> None:
    form = joined(ask)
    told = ask.get(form)
    assert told["formId"] == form.id
    assert told["info"] == {"title": "Join", "documentTitle": "Join"}
    assert told["settings"] == {"emailCollectionType": "VERIFIED"}
    assert told["responderUri"].startswith("https://docs.google.com/forms/d/e/")
    assert told["publishSettings"] == {
        "publishState": {"isPublished": True, "isAcceptingResponses": True}
    }
    assert "linkedSheetId" not in told
    link_sheet(ask.google.world, form)
    assert ask.get(form)["linkedSheetId"] == form.linked.spreadsheet_id


def test_f06_item_ids_and_question_ids_are_eight_hex_digits_and_differ(ask: Asking) -> None:
    form = joined(
        ask, questions.grid("How", ["We", "You"], ["well", "badly"]), questions.section("B")
    )
    plain, grid, section = ask.get(form)["items"]
    rows = [row["questionId"] for row in grid["questionGroupItem"]["questions"]]
    ids = [plain["itemId"], plain["questionItem"]["question"]["questionId"], grid["itemId"], *rows]
    assert len(set(ids)) == 5
    assert all(len(one) == 8 and int(one, 16) >= 0 for one in ids)
    assert section.keys() == {"itemId", "title", "pageBreakItem"}


def test_f04_a_grid_has_an_id_for_each_row_and_its_options_once(ask: Asking) -> None:
    form = joined(ask, questions.grid("How", ["We", "You"], ["well", "badly"]))
    group = ask.get(form)["items"][1]["questionGroupItem"]
    assert [row["rowQuestion"] for row in group["questions"]] == [{"title": "We"}, {"title": "You"}]
    assert group["grid"]["columns"]["options"] == [{"value": "well"}, {"value": "badly"}]


def test_f05_other_branches_and_defaults_left_out(ask: Asking) -> None:
    pick = questions.choice("Pick", ["a", "b"], other=True, jumps={"b": "0000b0b0"})
    form = joined(ask, pick, questions.section("B", "0000b0b0"))
    asked = ask.get(form)["items"]
    assert asked[0]["questionItem"]["question"]["textQuestion"] == {}
    assert asked[1]["questionItem"]["question"]["choiceQuestion"] == {
        "type": "RADIO",
        "options": [{"value": "a"}, {"value": "b", "goToSectionId": "0000b0b0"}, {"isOther": True}],
    }
    assert asked[2]["itemId"] == "0000b0b0"


def test_f07_titles_keep_line_breaks_and_blanks_and_may_repeat(ask: Asking) -> None:
    form = joined(ask, "Organisation", "Which?\n(several) ")
    titles = [item["title"] for item in ask.get(form)["items"]]
    assert titles == ["Organisation", "Organisation", "Which?\n(several) "]


def test_f30_a_form_made_by_the_api_is_not_published(ask: Asking) -> None:
    made = ask.post(None, "", {"info": {"title": "Join", "documentTitle": "Our form"}}).json()
    assert made["publishSettings"] == {"publishState": {}}
    form = ask.google.world.forms[made["formId"]]
    assert ask.google.world.files[form.id].name == "Our form"
    ask.change(form, new("Organisation"))
    with pytest.raises(Refused):
        submit(ask.google.world, form, {"Organisation": "One"})
    state = {"isPublished": True, "isAcceptingResponses": True}
    wish = {"publishSettings": {"publishState": state}, "updateMask": "publishState"}
    answer = ask.post(form, ":setPublishSettings", wish)
    assert answer.json() == {"formId": form.id, "publishSettings": {"publishState": state}}
    submit(ask.google.world, form, {"Organisation": "One"})


def test_f30_a_form_can_be_made_published(ask: Asking) -> None:
    body = json.dumps({"info": {"title": "Join"}})
    for wish, published in (("false", True), ("true", False)):
        made = ask.raw("POST", "", body, unpublished=wish).json()
        assert ask.google.world.forms[made["formId"]].open() is published


def test_f30_accepting_without_being_published_is_an_error(ask: Asking) -> None:
    form = joined(ask)
    wish = {"publishSettings": {"publishState": {"isAcceptingResponses": True}}}
    assert error_of(ask.post(form, ":setPublishSettings", wish))[:2] == (400, "INVALID_ARGUMENT")
    assert form.open()


def test_f30_forms_of_before_have_no_state(ask: Asking) -> None:
    form = joined(ask, legacy=True)
    assert "publishSettings" not in ask.get(form)
    wish = {"publishSettings": {"publishState": {"isPublished": True}}}
    assert ask.post(form, ":setPublishSettings", wish).status_code == 400
    submit(ask.google.world, form, {"Organisation": "One"})


def test_f31_create_takes_the_title_only(ask: Asking) -> None:
    for body in (
        {"info": {"title": "Join", "description": "Us"}},
        {"info": {"title": "Join"}, "items": [questions.text("Organisation")]},
        {"info": {"title": "Join"}, "settings": {"emailCollectionType": "VERIFIED"}},
        {},
    ):
        assert error_of(ask.post(None, "", body))[:2] == (400, "INVALID_ARGUMENT")
    assert ask.google.world.forms == {}


def test_f31_file_uploads_cannot_be_made_by_the_api(ask: Asking) -> None:
    form = joined(ask, questions.upload("Logo"))
    wish = {"createItem": {"item": questions.upload("Logo 2"), "location": {"index": 0}}}
    assert refused(ask, form, wish).startswith("Invalid requests[0].createItem: ")
    item = {"title": "Your logo"}
    ask.change(
        form, {"updateItem": {"item": item, "location": {"index": 1}, "updateMask": "title"}}
    )
    assert form.find("Your logo")


def test_f32_a_batch_is_done_whole_or_not_at_all(ask: Asking) -> None:
    form = joined(ask)
    gone = {"deleteItem": {"location": {"index": 9}}}
    assert "requests[1].deleteItem" in refused(ask, form, new("Website"), gone)
    made = ask.change(form, new("Website", 1), {"deleteItem": {"location": {"index": 0}}})
    (item,) = form.items
    created = {"itemId": item["itemId"], "questionId": [form.find("Website").id]}
    assert made["replies"] == [{"createItem": created}, {}]


def test_f32_a_revision_for_each_change_and_a_conflict(ask: Asking) -> None:
    form = joined(ask)
    first = ask.get(form)["revisionId"]
    changed = ask.change(form, new("Website"), writeControl={"requiredRevisionId": first})
    second = ask.get(form)["revisionId"]
    assert changed["writeControl"] == {"requiredRevisionId": second}
    assert second != first
    rename_question(ask.google.world, form, "Website", "Site")
    assert ask.get(form)["revisionId"] != second
    refused(ask, form, new("Late"), writeControl={"requiredRevisionId": second})


def test_f32_blank_ids_become_new_ones_and_the_history_is_lost(ask: Asking) -> None:
    form = joined(ask)
    old = form.find("Organisation").id
    item = questions.text("Organisation")
    wish = {"item": item, "location": {"index": 0}, "updateMask": "*"}
    ask.change(form, {"updateItem": wish})
    assert form.find("Organisation").id != old
    kept = copy.deepcopy(form.items[0]) | {"title": "Name"}
    ask.change(form, {"updateItem": wish | {"item": kept}})
    assert form.items[0] == kept
    only = {"item": {"title": "Its name"}, "location": {"index": 0}, "updateMask": "title"}
    ask.change(form, {"updateItem": only})
    assert form.items[0] == kept | {"title": "Its name"}


def test_f32_places_and_masks_are_demanded(ask: Asking) -> None:
    form = joined(ask)
    refused(ask, form, {"createItem": {"item": questions.text("Website")}})
    refused(ask, form, new("Website", 2))
    refused(ask, form, {"updateItem": {"item": {"title": "X"}, "location": {"index": 0}}})
    refused(ask, form, {"updateFormInfo": {"info": {"title": "X"}}})
    refused(ask, form)


def test_what_the_api_refuses_in_an_item(ask: Asking) -> None:
    form = joined(ask)
    taken = questions.text("Website") | {"itemId": form.items[0]["itemId"]}
    for item in (
        questions.text("two\nlines"), questions.choice("Pick", []),
        questions.choice("Pick", ["a", "a"]), {"title": "Nothing"}, taken,
    ):  # fmt: skip
        wish = {"createItem": {"item": item, "location": {"index": 0}}}
        assert refused(ask, form, wish).startswith("Invalid requests[0].createItem: ")


def test_moving_info_and_settings(ask: Asking) -> None:
    form = joined(ask, "Website", "Country")
    body = ask.change(
        form,
        {"moveItem": {"originalLocation": {"index": 2}, "newLocation": {"index": 0}}},
        {"updateFormInfo": {"info": {"description": "Us"}, "updateMask": "description"}},
        {
            "updateSettings": {
                "settings": {"emailCollectionType": "RESPONDER_INPUT"},
                "updateMask": "emailCollectionType",
            }
        },
        includeFormInResponse=True,
    )
    assert body["form"] == ask.get(form)
    titles = [item["title"] for item in body["form"]["items"]]
    assert titles == ["Country", "Organisation", "Website"]
    assert body["form"]["info"]["description"] == "Us"
    assert body["form"]["settings"] == {"emailCollectionType": "RESPONDER_INPUT"}


def test_checklist_78_the_linked_sheet_is_told_and_cannot_be_set(ask: Asking) -> None:
    form = joined(ask)
    code, status, _ = error_of(ask.post(form, ":batchUpdate", {"linkedSheetId": "1abc"}))
    assert (code, status) == (400, "INVALID_ARGUMENT")
    assert form.linked is None


def test_a_responder_cannot_change_a_form(ask: Asking) -> None:
    form = create_form(ask.google.world, "Join", OWNER, ["Organisation"])
    ask.share(form, "reader")
    assert ask.post(form, ":batchUpdate", {"requests": [new("Website")]}).status_code == 403
    assert ask.post(form, ":setPublishSettings", {}).status_code == 403
    publish(ask.google.world, form)
    assert [item["title"] for item in form.items] == ["Organisation"]
