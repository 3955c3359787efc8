"""What the form shows against what was adopted: found, held, told in words, and settled."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from config.statement import Point, Statement, Version

RIVER = "We want the river fit to swim in by 2035, and nobody shut out."
PEACE = Point(id="peace", text="We act peacefully.", question="Principle 1: We act peacefully.")
FIRST = Version(
    version="1", state="adopted", adopted_on=dt.date(2026, 1, 1), language="en", body=RIVER,
    principles=(PEACE,), question="Do you agree?",
)  # fmt: skip
GERMAN = "Wir wollen, dass man im Fluss bis 2035 schwimmen kann."


def german(translation: str) -> Version:
    point = Point(id="peace", text="Wir handeln friedlich.")
    return FIRST.model_copy(
        update={"language": "de", "translation": translation, "body": GERMAN,
                "principles": (point,), "question": ""}
    )  # fmt: skip


def showing(coalition: Any, text: str, language: str = "en") -> Any:
    coalition.statements = (Statement("main", (FIRST,)),)
    coalition.shown = {"main": {language: text}}
    coalition.form("Alder", on="2026-03-02 09:00:00")
    return coalition


@pytest.mark.parametrize(
    "text",
    [
        RIVER,
        RIVER.upper(),
        "# One river\n".replace("# One river\n", "") + RIVER.replace(" ", "  "),
        "**We want** the river — fit to “swim in”\u00a0by 2035 and nobody shut out",
        RIVER + "\n- We act peacefully",
    ],
)
def test_typography_is_no_difference(coalition, text) -> None:
    showing(coalition, text).run("2026-03-03")
    assert coalition.outcomes() == ["accepted"]
    assert coalition.result.matters[0].kind == "listing"


@pytest.mark.parametrize(
    "text",
    ["# One river, many banks\n\n{}\n\n## And peace", "One river, many banks\n{}\nAnd peace",
     "{}\nAnd peace", "{}"],
)  # fmt: skip
def test_headings_may_be_left_out_of_the_form(coalition, text) -> None:
    titled = f"# One river, many banks\n\n{RIVER}\n\n## And peace\n"
    coalition.statements = (Statement("main", (FIRST.model_copy(update={"body": titled}),)),)
    coalition.shown = {"main": {"en": text.format(RIVER)}}
    coalition.form("Alder", on="2026-03-02 09:00:00")
    coalition.run("2026-03-03")
    assert coalition.outcomes() == ["accepted"]


def test_another_word_is_told_and_holds_the_forms(coalition) -> None:
    showing(coalition, RIVER.replace("2035", "2040")).run("2026-03-03")
    assert coalition.outcomes() == ["hold"]
    drift, form = coalition.result.matters
    assert (drift.kind, form.kind) == ("drift", "sign-on")
    assert "swim in by [“2035” → “2040”]" in drift.evidence
    assert drift.nothing == "1 form stays on hold."
    assert "[“2035” → “2040”]" in form.why


def test_a_difference_that_does_not_matter_holds_nobody_any_more(coalition) -> None:
    showing(coalition, RIVER.replace("nobody", "no one")).run("2026-03-03")
    coalition.decide("The form of “main”", "accept")
    coalition.run("2026-03-04")
    assert coalition.outcomes() == ["accepted"]
    coalition.decide("The form of “main”", "undo")
    coalition.run("2026-03-05")
    assert coalition.outcomes() == ["hold"]


def test_only_forms_that_came_while_it_was_wrong_are_held(coalition) -> None:
    showing(coalition, RIVER).run("2026-03-03")
    coalition.shown = {"main": {"en": RIVER.replace("2035", "2040")}}
    coalition.form("Birch", on="2026-03-06 09:00:00")
    coalition.run("2026-03-07")
    coalition.shown = {"main": {"en": RIVER}}
    coalition.form("Cedar", on="2026-03-09 09:00:00")
    coalition.run("2026-03-10")
    coalition.form("Dune", on="2026-03-11 09:00:00")
    coalition.run("2026-03-12")
    # Cedar came between the last look that saw the wrong text and the first that saw it mended
    assert coalition.outcomes() == ["accepted", "hold", "hold", "accepted"]
    (drift,) = [m for m in coalition.result.matters if m.kind == "drift"]
    assert drift.evidence.endswith("The form is right again.")


def test_words_added_and_left_out(coalition) -> None:
    showing(coalition, RIVER.replace(", and nobody shut out", "") + " We ask for money.")
    coalition.run("2026-03-03")
    evidence = coalition.result.matters[0].evidence
    assert "and nobody shut out" in evidence
    assert "we ask for money" in evidence


def test_a_principle_asked_in_other_words_is_a_difference(coalition) -> None:
    showing(coalition, RIVER)
    del coalition.forms[0]["agrees_peace"]
    coalition.forms[0]["Principle 1: We act mostly peacefully."] = "Yes"
    coalition.run("2026-03-03")
    assert coalition.outcomes() == ["hold"]
    assert "mostly" in coalition.result.matters[0].evidence


@pytest.mark.parametrize(("translation", "outcome"),
                         [("equally valid", "hold"), ("courtesy", "accepted")])  # fmt: skip
def test_a_translation_binds_only_where_it_is_equally_valid(coalition, translation, outcome):
    showing(coalition, GERMAN.replace("2035", "2045"), "de")
    coalition.forms[0]["language"] = "Deutsch"
    coalition.statements = (Statement("main", (FIRST,), (german(translation),)),)
    coalition.run("2026-03-03")
    assert coalition.outcomes() == [outcome]


def test_whoever_reads_another_language_is_not_held_for_it(coalition) -> None:
    showing(coalition, GERMAN.replace("2035", "2045"), "de")
    coalition.forms[0]["language"] = "English"
    coalition.statements = (Statement("main", (FIRST,), (german("equally valid"),)),)
    coalition.run("2026-03-03")
    assert coalition.outcomes() == ["accepted"]


def test_wording_of_the_same_substance_is_no_difference(coalition) -> None:
    newer = FIRST.model_copy(
        update={"version": "1.1", "change": "wording-only", "adopted_on": dt.date(2026, 2, 1),
                "body": RIVER.replace("nobody", "no one")}
    )  # fmt: skip
    showing(coalition, RIVER)
    coalition.statements = (Statement("main", (FIRST, newer)),)
    coalition.run("2026-03-03")
    assert coalition.outcomes() == ["accepted"]


def test_the_old_text_after_a_new_version_is_a_difference(coalition) -> None:
    newer = FIRST.model_copy(
        update={"version": "2", "adopted_on": dt.date(2026, 3, 5), "silence": "leaves",
                "reconfirm_by": dt.date(2026, 4, 30), "body": RIVER.replace("2035", "2030")}
    )  # fmt: skip
    showing(coalition, RIVER)
    coalition.statements = (Statement("main", (FIRST, newer)),)
    coalition.run("2026-03-03")
    coalition.form("Birch", on="2026-03-06 09:00:00")
    coalition.run("2026-03-07")
    assert coalition.outcomes() == ["accepted", "hold"]
    assert "[“2030” → “2035”]" in coalition.matter("Birch").why


@pytest.mark.parametrize(("shown", "outcomes"), [
    ("2030", ["accepted", "accepted", "accepted"]), ("2031", ["accepted", "hold", "hold"]),
])  # fmt: skip
def test_a_form_changed_together_with_its_statement_holds_nobody(coalition, shown, outcomes):
    newer = FIRST.model_copy(
        update={"version": "2", "adopted_on": dt.date(2026, 3, 5), "silence": "leaves",
                "reconfirm_by": dt.date(2026, 4, 30), "body": RIVER.replace("2035", "2030")}
    )  # fmt: skip
    showing(coalition, RIVER)
    coalition.statements = (Statement("main", (FIRST, newer)),)
    coalition.run("2026-03-03")
    coalition.form("Birch", on="2026-03-04 09:00:00")
    coalition.form("Cedar", on="2026-03-06 09:00:00")
    coalition.shown = {"main": {"en": RIVER.replace("2035", shown)}}
    coalition.run("2026-03-09")
    assert coalition.outcomes() == outcomes


def test_a_text_that_nobody_shows_any_more_ends_on_that_day(coalition) -> None:
    showing(coalition, RIVER.replace("2035", "2040")).run("2026-03-02")
    coalition.shown = {}
    coalition.run("2026-03-04")
    coalition.form("Birch", on="2026-03-10 09:00:00")
    told = coalition.run("2026-03-11")
    assert coalition.outcomes() == ["hold", "accepted"]
    coalition.shown = {"main": {"en": RIVER}}
    coalition.run("2026-03-20")
    assert coalition.outcomes() == ["hold", "accepted"]
    coalition.shown = {"main": {"en": RIVER.replace("2035", "2040")}}
    coalition.run("2026-03-25")
    past = coalition.think("2026-03-11", past=True)
    assert list(past.forms["outcome"]) == list(told.forms["outcome"])


def test_hidden_characters_are_no_difference_and_numbers_are(coalition) -> None:
    showing(coalition, RIVER.replace("river", "ri\u00adver").replace("We ", "We\u200b "))
    coalition.run("2026-03-03")
    assert coalition.outcomes() == ["accepted"]


def test_a_language_without_an_adopted_text_is_said(coalition) -> None:
    showing(coalition, "Otra cosa", "es").run("2026-03-03")
    assert any("no text was adopted in this language" in p.problem
               for p in coalition.result.problems)  # fmt: skip
