"""Traps of forms: questions that change their names and places, responses that change later."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from config.errors import BadData
from connectors.google import calls
from tests.google_emulator import people
from tests.google_emulator.clients import RESPONSES
from tests.google_traps.conftest import Build, Ran
from tests.google_traps.springs import SECTORS, Springs, model, naive, session

WHO = "Who has signed"
CHECKED = "Every form checked"
THROUGH = ["form", "sheet", "both"]


@pytest.mark.parametrize("through", ["form", "both"])
def test_t13_a_renamed_question(after_a_run: Ran, through: Any) -> None:
    """A script that looks for the old title finds no column any more, and takes everybody's answer
    for missing. Questions keep their ids, by which Weaver knows them."""
    springs = after_a_run(through)
    known = springs.names(), springs.districts()
    people.rename_question(springs.world, springs.form, "Organisation", "Who are you, in full?")
    people.rename_question(springs.world, springs.form, "District", "Where on the map?")
    springs.next_day()
    people.submit(
        springs.world, springs.form,
        {"Who are you, in full?": "Gorse Moor Society", "Signatory": "G", "Role": "Chair",
         "Authorised": "Yes", "Do you agree to the statement?": "Yes", "Principle 1": "Yes",
         "List us": "Yes", "Where on the map?": "Moor"},
        "office@gorse.example.org",
    )  # fmt: skip
    springs.run()
    assert springs.names() == sorted([*known[0], "Gorse Moor Society"])
    assert springs.districts() == {**known[1], "Gorse Moor Society": "Moor"}

    with naive(springs.google, springs.answers, springs.linked.title) as tab:
        rows = tab.get_all_records() if through == "both" else []
    assert not any(row.get("Organisation") for row in rows)


def test_t13_a_renamed_question_in_the_sheet_alone(after_a_run: Ran) -> None:
    """Where only the sheet is shared nobody can know which column it is now; Weaver says which one
    is gone, and which may be it."""
    springs = after_a_run("sheet")
    people.rename_question(springs.world, springs.form, "District", "Distrikt or county")
    springs.next_day()
    springs.run()
    assert "the column “District” was read before and is gone" in springs.fixes()
    assert 'district = "Distrikt or county"' in springs.fixes()
    answer_with(springs, 'questions = { district = "Distrikt or county" }')
    springs.run()
    assert springs.fixes() == ""
    assert springs.districts()["Fern Valley School"] == "Hollow"


@pytest.mark.parametrize(
    ("question", "field"),
    [("Organisation", "organisation"), ("Authorised", "authorised"),
     ("Reservations", "reservations"), ("Principle 1", "agrees_p1"),
     ("Do you agree to the statement?", "agreement"), ("Signatory", "signatory")],
)  # fmt: skip
def test_t13_a_renamed_question_that_forms_wait_for(
    after_a_run: Ran, question: str, field: str
) -> None:
    """Without some columns, forms that wait would be accepted: nothing is written until somebody
    says which column it is now."""
    springs = after_a_run("sheet")
    before = model(springs.working), outcomes(springs)
    people.rename_question(springs.world, springs.form, question, "Please tell us here")
    springs.next_day()
    with pytest.raises(BadData) as caught:
        springs.run()
    assert question in str(caught.value) or question == "Organisation"
    assert model(springs.working) == before[0]
    answer_with(springs, f'questions = {{ {field} = "Please tell us here" }}')
    springs.run()
    assert outcomes(springs) == before[1]


def test_t13_a_question_given_up(after_a_run: Ran) -> None:
    """A column that people deleted on purpose stops nothing once the settings say so."""
    springs = after_a_run("sheet")
    people.delete_question(springs.world, springs.form, "Reservations")
    people.delete_column(springs.world, springs.answers, springs.linked.title, "Reservations")
    springs.next_day()
    with pytest.raises(BadData, match="Reservations"):
        springs.run()
    answer_with(springs, 'ignore = ["Reservations"]')
    assert springs.run()["signons"]["received"] == 6


def answer_with(springs: Springs, line: str) -> None:
    """Add a line to the settings of the form."""
    text = springs.settings.read_text(encoding="utf-8")
    springs.settings.write_text(text.replace("[[form]]\n", f"[[form]]\n{line}\n"), encoding="utf-8")


def outcomes(springs: Springs) -> dict[str, Any]:
    """Organisation → outcome of its form."""
    return {str(row["Organisation"]): row["Outcome"] for row in springs.rows(CHECKED)}


@pytest.mark.parametrize("through", THROUGH)
def test_t14_a_question_asked_anew(after_a_run: Ran, through: Any) -> None:
    """A question that was deleted and added again has two columns and two ids; whoever reads one
    of them misses half of the answers."""
    springs = after_a_run(through)
    item = people.delete_question(springs.world, springs.form, "District")
    people.readd_question(springs.world, springs.form, item)
    springs.next_day()
    springs.sign("Gorse Moor Society", {"District": "Moor"})
    springs.run()
    assert springs.districts() == {
        "Alder Brook Anglers": "Linden", "Birch Hill Growers": "Linden", "Cedar Ferry Choir": None,
        "Dune Wardens": None, "Elm Street Kitchen": None, "Fern Valley School": "Hollow",
        "Gorse Moor Society": "Moor",
    }  # fmt: skip

    header = [str(title) for title in springs.linked.grid()[0]]
    assert header.count("District") == 2


@pytest.mark.parametrize("through", THROUGH)
def test_t15_an_edited_response(after_a_run: Ran, through: Any) -> None:
    """Whoever reads only the rows below the last one, or only times after the last one, never sees
    that somebody went back and changed an answer."""
    springs = after_a_run(through)
    last = springs.linked.last_row()
    edited = springs.sent["Alder Brook Anglers"]
    springs.next_day()
    people.edit_response(springs.world, springs.form, edited, {"District": "Moor"})
    springs.run()
    assert springs.districts()["Alder Brook Anglers"] == "Moor"
    assert springs.row(WHO, "Alder Brook Anglers")["Sign-ons"] == 1
    assert len(springs.rows(CHECKED)) == 6

    assert springs.linked.last_row() == last
    assert edited.created < max(response.created for response in springs.form.responses.values())


@pytest.mark.parametrize("through", THROUGH)
def test_t16_later_than_the_last(coalition: Build, through: Any) -> None:
    """ "Later than the last one seen" loses a response of the same second, and one that arrives
    late with an earlier time."""
    springs = coalition(through)
    same = dt.datetime(2026, 3, 6, 9, 0, 0, tzinfo=dt.UTC)
    springs.sign("Gorse Moor Society", at=same)
    springs.run()
    springs.sign("Heron Lake Rowers", at=same)
    springs.sign("Ivy Mill Readers", at=same - dt.timedelta(hours=3))
    summary = springs.run()
    assert summary["signons"]["received"] == 9
    assert {"Heron Lake Rowers", "Ivy Mill Readers"} <= set(springs.names())

    times = [response.submitted for response in springs.form.responses.values()]
    assert [moment for moment in times if moment > same] == []


def test_t17_the_first_page_only(after_a_run: Ran, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list of responses comes in pages; whoever reads the first has some of them."""
    monkeypatch.setattr(calls, "PAGE", 2)
    springs = after_a_run("form")
    springs.sign("Gorse Moor Society")
    summary = springs.run()
    assert summary["signons"]["received"] == 7
    assert len(springs.rows(CHECKED)) == 7

    with session(springs.google, RESPONSES) as opened:
        url = f"https://forms.googleapis.com/v1/forms/{springs.form.id}/responses"
        page = opened.get(url, params={"pageSize": 2}, timeout=5).json()
    assert len(page["responses"]) == 2
    assert page["nextPageToken"]


@pytest.mark.parametrize("through", THROUGH)
def test_t18_options_with_commas(coalition: Build, through: Any) -> None:
    """Ticks are joined by ", " in the sheet, and options with a comma fall apart when split."""
    quoted = ", ".join(f'"{option}"' for option in SECTORS)
    more = f"options = {{ sector = [{quoted}] }}" if through == "sheet" else ""
    ticked = [SECTORS[0], SECTORS[2], "Bees, wasps"]
    springs = coalition(through, settings=more, forms={"Gorse Moor Society": {"Sector": ticked}})
    summary = springs.run()
    (found,) = [metric for metric in summary["metrics"] if metric["code"] == "A16"]
    assert found["value"] == pytest.approx(3.0)
    assert springs.row(WHO, "Gorse Moor Society")["Sector"] == ", ".join(ticked)

    cells = [str(line[-1]) for line in springs.linked.grid() if SECTORS[0] in str(line[-1])]
    assert cells
    assert not {part for cell in cells for part in cell.split(", ")} & {SECTORS[0]}
