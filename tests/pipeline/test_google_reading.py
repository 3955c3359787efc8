"""A run on forms of Google: what they show is compared, what they were called is remembered."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from config.records import Known
from config.settings import Settings
from config.statement import Point, Statement, Version
from connectors.google.gathering import gather
from connectors.protocols import TrackerRead
from pipeline.clock import at
from pipeline.compose import think
from pipeline.hearing import form_of
from pipeline.model import Inputs, Result, Run
from pipeline.reading import read_inputs
from pipeline.shown import statement_in, titles_seen
from tests.connectors.google.conftest import opened, waits  # noqa: F401 - fixtures
from tests.connectors.google.joining import Joining
from tests.connectors.google.waiting import OWNER, Opened
from tests.google_emulator import people
from tests.google_emulator.forms import create_form, link_sheet, submit
from tests.google_emulator.forms.questions import checkboxes, date, text, words
from tests.google_emulator.server import Emulator
from tests.pipeline.thinking.conftest import remembered

RIVER = "We want the river fit to swim in by 2035, and nobody shut out."
GERMAN = "Wir wollen, dass man im Fluss bis 2035 schwimmen kann, und niemand bleibt draußen."
PEACE = Point(id="peace", text="We act peacefully and openly.")
VERSION = Version(
    version="1", state="adopted", adopted_on=dt.date(2026, 1, 1), language="en", body=RIVER,
    principles=(PEACE,), question="Agreement",
)  # fmt: skip
IN_GERMAN = VERSION.model_copy(
    update={"language": "de", "translation": "equal", "body": GERMAN, "principles": (),
            "question": ""}
)  # fmt: skip


class Coalition:
    """Runs of Weaver on one form, or on more."""

    def __init__(self, joining: Joining) -> None:
        self.joining = joining
        self.known = Known()
        self.statements = (Statement("main", (VERSION,)),)
        self.forms: list[dict[str, Any]] = [{"google_form": joining.form.id}]

    def inputs(self) -> Inputs:
        """What a run reads."""
        coalition = {"name": "One River", "time_zone": "Europe/Berlin"}
        settings = Settings.model_validate({"coalition": coalition, "form": self.forms})
        self.settings = settings
        gathered = gather(self.joining.calls, settings)
        return read_inputs(
            settings, self.statements, TrackerRead(), (), gathered, self.known.texts
        )  # fmt: skip

    def run(self, day: str) -> Result:
        """A run on that day, remembered."""
        inputs = self.inputs()
        clock = at(dt.datetime.min.replace(tzinfo=dt.UTC), self.settings.zone,
                   dt.date.fromisoformat(day))  # fmt: skip
        result = think(inputs, self.known, self.settings, self.statements, clock)
        self.known = remembered(self.known, result.ledger)
        return result


@pytest.fixture
def coalition(google: Emulator, opened: Opened) -> Coalition:  # noqa: F811
    joining = Joining(google, opened(forms=True))
    joining.form.description = f"Welcome!\n\n{RIVER}"
    joining.send("River Watch", Agreement="Yes, we agree")
    return Coalition(joining)


def said(result: Result) -> str:
    return "\n".join(f"{p.column}: {p.problem}" for p in result.problems)


def drifts(result: Result) -> list[str]:
    return [m.evidence for m in result.matters if m.kind == "drift"]


# --- what the form shows ----------------------------------------------------------------------


def test_the_statement_is_found_among_all_that_a_form_says() -> None:
    statement = Statement("main", (VERSION,), (IN_GERMAN,))
    pieces = ("Join us", "Thank you for coming here. It takes ten minutes.", RIVER, "Your website",
              "- We act peacefully and openly.", GERMAN)  # fmt: skip
    assert statement_in(pieces, statement, "en") == {
        "en": f"{RIVER}\n\n- We act peacefully and openly.",
        "de": GERMAN,
    }
    assert statement_in(pieces[:2], statement, "en") == {}


def test_the_adopted_text_is_no_difference(coalition: Coalition) -> None:
    coalition.joining.form.description = RIVER.replace(" ", "  ")
    principle = words("Our first principle", "We act peacefully and openly.")
    people.add_question(coalition.joining.world, coalition.joining.form, principle, 0)
    assert coalition.inputs().shown["main"]["en"].startswith("We  want")
    assert drifts(coalition.run("2026-03-03")) == []


def test_another_word_in_the_form_is_told(coalition: Coalition) -> None:
    coalition.joining.form.description = RIVER.replace("2035", "2040")
    (drift,) = drifts(coalition.run("2026-03-03"))
    assert "[“2035” → “2040”]" in drift


def test_a_form_that_shows_nothing_of_it_is_not_compared(coalition: Coalition) -> None:
    coalition.joining.form.description = "The statement is on our website."
    assert coalition.inputs().shown == {}


def test_a_file_that_the_settings_name_goes_before_the_form(coalition: Coalition) -> None:
    coalition.forms[0]["shows"] = {"en": "nowhere.md"}
    inputs = coalition.inputs()
    assert inputs.shown == {}
    assert [p.tab for p in inputs.problems] == ["nowhere.md"]


# --- what questions were called -----------------------------------------------------------------


def test_the_titles_are_remembered_from_run_to_run(coalition: Coalition) -> None:
    joining = coalition.joining
    coalition.run("2026-03-03")
    question = joining.form.find("Organisation").id
    people.rename_question(joining.world, joining.form, "Organisation", "Who are you, then?")
    submit(
        joining.world, joining.form,
        {"Who are you, then?": "Tree Club", "Agreement": "Yes, we agree"}, "t@example.org",
        dt.datetime(2026, 3, 4, 9, tzinfo=dt.UTC),
    )  # fmt: skip
    for day in ("2026-03-05", "2026-03-06"):
        result = coalition.run(day)
        assert set(result.forms["organisation"]) == {"River Watch", "Tree Club"}
        assert "was “Organisation” before" in said(result)
    seen = titles_seen(coalition.known.texts, "main")
    assert seen[question] == ("Who are you, then?", "Organisation")


def test_a_deleted_question_keeps_its_title_for_good(coalition: Coalition) -> None:
    joining = coalition.joining
    joining.send("Tree Club", Sector=["Health"], Agreement="Yes, we agree")
    coalition.run("2026-03-03")
    people.delete_question(joining.world, joining.form, "Sector")
    for day in ("2026-03-04", "2026-03-05", "2026-03-06"):
        result = coalition.run(day)
        assert sorted(result.forms["sector"]) == [(), ("Health",)]
        assert "Sector: the question is no longer in the form" in said(result)
    assert all(r.text for r in coalition.known.texts if r.place.startswith("asked "))


def test_nothing_new_changes_no_record(coalition: Coalition) -> None:
    coalition.run("2026-03-03")
    before = coalition.known
    coalition.run("2026-03-03")
    assert coalition.known == before


def test_moving_a_question_is_nothing_to_say(coalition: Coalition) -> None:
    first = coalition.run("2026-03-03")
    people.move_question(coalition.joining.world, coalition.joining.form, "Organisation", 4)
    again = coalition.run("2026-03-03")
    assert again.problems == first.problems
    assert list(again.forms["key"]) == list(first.forms["key"])


def test_a_response_deleted_in_the_form_becomes_a_question(coalition: Coalition) -> None:
    joining = coalition.joining
    names = ["Tree Club", "Bike Union", "Night School", "Allotments", "Choir", "Chess Club"]
    sent = [joining.send(name, Agreement="Yes, we agree") for name in names]
    coalition.run("2026-03-03")
    del joining.form.responses[sent[0].id]
    result = coalition.run("2026-03-04")
    assert [m.organisation for m in result.matters if m.kind == "vanished"] == ["Tree Club"]


# --- what else is said ------------------------------------------------------------------------


@pytest.mark.parametrize(("how", "trusted"), [("VERIFIED", True), ("RESPONDER_INPUT", False)])
def test_addresses_that_google_did_not_verify_are_not_trusted(
    coalition: Coalition, how: Any, trusted: bool
) -> None:
    coalition.joining.form.collects = how
    coalition.forms[0]["email_verified"] = True
    inputs = coalition.inputs()
    clock = at(dt.datetime.min.replace(tzinfo=dt.UTC), coalition.settings.zone, dt.date.max)
    run = Run(inputs, Known(), coalition.settings, coalition.statements, clock)
    assert form_of(run, "main").email_verified is trusted
    assert ("trusts none of them" in "".join(p.problem for p in inputs.problems)) is not trusted


def test_a_form_about_a_draft_that_is_not_shared_is_left_out(coalition: Coalition) -> None:
    form = create_form(coalition.joining.world, "What do you think?", OWNER, ("Your comment",))
    coalition.forms.append({"table": "Statement feedback", "google_form": form.id})
    result = coalition.run("2026-03-03")
    assert len(result.forms) == 1
    assert "the feedback on the draft can't be read, so it is left out" in said(result)


def test_a_form_about_a_draft_is_read_by_its_form_and_by_its_sheet(coalition: Coalition) -> None:
    joining = coalition.joining
    form = create_form(
        joining.world, "What do you think?", OWNER, ("Organisation", "Clause", "Your comment")
    )
    sheet = link_sheet(joining.world, form)
    for file in (form.id, form.linked.spreadsheet_id):
        joining.world.share(file, joining.account)
    submit(
        joining.world, form, {"Organisation": "Tree Club", "Your comment": "Sooner, please."},
        "t@example.org", dt.datetime(2026, 3, 1, 23, 30, tzinfo=dt.UTC),
    )  # fmt: skip
    address = f"https://docs.google.com/spreadsheets/d/{form.linked.spreadsheet_id}/edit"
    for where in ({"google_form": form.id}, {"google_sheet": f"{address}#gid={sheet.sheet_id}"}):
        coalition.forms[1:] = [{"table": "Statement feedback", **where}]
        table = coalition.run("2026-03-03").typed["statement_feedback"].frame
        assert list(table["comment"]) == ["Sooner, please."]
        assert [str(day.date()) for day in table["date"]] == ["2026-03-02"], "the coalition's day"


def test_what_members_report_is_read_by_its_form_its_sheet_and_both(coalition: Coalition) -> None:
    joining = coalition.joining
    questions = (
        text("Organisation"), text("What did you do?"), date("When was it?"),
        checkboxes("With whom?", ("Food, Water and Shelter", "River Watch"), other=True),
    )  # fmt: skip
    form = create_form(joining.world, "Tell us", OWNER, questions)
    sheet = link_sheet(joining.world, form)
    for file in (form.id, form.linked.spreadsheet_id):
        joining.world.share(file, joining.account)
    answers = {"Organisation": "River Watch", "What did you do?": "A march",
               "When was it?": "2026-02-28", "With whom?": ["Food, Water and Shelter"]}  # fmt: skip
    sent = dt.datetime(2026, 3, 1, 23, 30, tzinfo=dt.UTC)
    submit(joining.world, form, answers, "t@example.org", sent)
    submit(joining.world, form, {**answers, "When was it?": ""}, "t@example.org", sent)
    address = f"https://docs.google.com/spreadsheets/d/{form.linked.spreadsheet_id}/edit"
    linked = {"google_sheet": f"{address}#gid={sheet.sheet_id}"}
    options = {"options": {"with_whom": ["Food, Water and Shelter", "River Watch"]}}
    asked = {"table": "Tell us what you did", "questions": {"date": "When was it?"}}
    for where in ({"google_form": form.id}, {**linked, **options},
                  {"google_form": form.id, **linked}):  # fmt: skip
        coalition.forms[1:] = [{**asked, **where}]
        result = coalition.run("2026-03-03")
        table = result.typed["actions"].frame
        assert [str(day.date()) for day in table["date"]] == ["2026-02-28", "2026-03-02"]
        assert list(table["partners"]) == [("Food, Water and Shelter",)] * 2
        assert set(table["initiative"]) == {"A march"}
    people.rename_question(joining.world, form, "What did you do?", "News?")
    coalition.forms[1:] = [{**asked, "google_form": form.id}]
    result = coalition.run("2026-03-04")
    assert len(result.typed["actions"].frame) == 2
    assert "was “What did you do?” before" in said(result)


def test_a_report_that_is_not_shared_is_left_out(coalition: Coalition) -> None:
    form = create_form(coalition.joining.world, "Tell us", OWNER, ("Organisation", "What"))
    coalition.forms.append({"table": "Tell us what you did", "google_form": form.id})
    result = coalition.run("2026-03-03")
    assert len(result.forms) == 1
    assert "what members sent by the form for “Tell us what you did” can't be read" in said(result)


def test_a_letter_has_a_form_of_its_own(coalition: Coalition) -> None:
    joining = coalition.joining
    form = create_form(joining.world, "A letter", OWNER, ("Organisation", "We sign"))
    joining.world.share(form.id, joining.account)
    submit(joining.world, form, {"Organisation": "Tree Club", "We sign": "Yes"}, "t@example.org")
    letter = Version(version="1", state="adopted", adopted_on=dt.date(2026, 1, 1), body="Dear all",
                     question="We sign")  # fmt: skip
    coalition.statements = (*coalition.statements, Statement("letter", (letter,)))
    coalition.forms.append({"statement": "letter", "google_form": form.id})
    assert len(coalition.inputs().letters["letter"].rows) == 1
