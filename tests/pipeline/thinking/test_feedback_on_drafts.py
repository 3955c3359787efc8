"""What is said about a draft is counted by clause, and what isn't settled is not forgotten."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import replace

import pytest

from config.raw import RawTable
from config.statement import Point, Statement, Version

HEAD = "Organisation | Clause | Comment | Would sign | Our answer | Settled in draft | Draft | Date"
PEACE = Point(id="peace", text="We act peacefully.", question="Policy 1: peace")
OPEN = Point(id="P1", text="Books are open to all members.", question="Principle 1: open books")
OLD = Point(id="P9", text="We meet monthly.")
FIRST = Version(
    version="1", state="adopted", adopted_on=dt.date(2026, 1, 1), adopted_by="All",
    adopted_how="by consensus", principles=(PEACE, OLD), body="We stand together.",
)  # fmt: skip
DRAFT = Version(
    version="2", state="out for comment", change="must-re-confirm",
    reconfirm_by=dt.date(2026, 9, 30), silence="leaves",
    principles=(replace_text := PEACE.model_copy(update={"text": "We always act peacefully."}),
                OPEN),
    body="We stand together and share.",
)  # fmt: skip
MAIN = Statement("main", (FIRST, DRAFT))
DAY = "2026-03-10"


def adopted(on: str) -> Statement:
    """The draft, adopted on that day."""
    day = dt.date.fromisoformat(on)
    done = DRAFT.model_copy(
        update={"state": "adopted", "adopted_on": day, "adopted_by": "All", "adopted_how": "vote"}
    )
    return Statement("main", (FIRST, done))


@pytest.fixture
def ours(coalition):
    coalition.statements = (MAIN,)
    coalition.form("River Watch")
    coalition.form("Lake Guild")
    return coalition


def said(ours, *rows: str) -> None:
    """People fill in the tab Statement feedback."""
    padded = (row + " |" * (HEAD.count("|") - row.count("|")) for row in rows)
    ours.tab("Statement feedback", "\n".join((HEAD, *padded)))


def sent(text: str) -> RawTable:
    """The download of a form, from lines of CSV."""
    header, *rows = csv.reader(io.StringIO(text))
    return RawTable("feedback.csv", tuple(header), rows, range(2, len(rows) + 2), ", ")


def clause(ours, key: str) -> dict:
    """The row of the tab Statement draft with that key."""
    tab = ours.tabs["Statement draft"]
    rows = [dict(zip(tab.header, row, strict=True)) for row in tab.rows]
    (found,) = [row for row in rows if row["Key"] == key]
    return found


def wrong(result) -> list:
    """What is to fix, but for the principle that the form doesn't ask."""
    return [p for p in result.problems if p.column != "P9"]


def counts(ours, key: str) -> tuple:
    row = clause(ours, key)
    return (row["Comments"], row["Would sign as is"], row["With a change"], row["Would not sign"])


def test_every_clause_says_what_changes(ours):
    ours.run(DAY)
    told = dict(zip(ours.cells("Statement draft", "Clause"),
                    ours.cells("Statement draft", "What changes"), strict=True))  # fmt: skip
    assert list(told) == ["peace", "P1", "P9", "whole text"]
    assert told["peace"] == "… we [added: “always”]"
    assert (told["P1"], told["P9"]) == ("new", "dropped")
    assert "and share" in told["whole text"]
    row = clause(ours, "main peace")
    assert (row["In force"], row["In the draft"]) == (PEACE.text, replace_text.text)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("P1", "main P1"),
        ("p1", "main P1"),
        ("P1: open books", "main P1"),
        ("Principle P1", "main P1"),
        ("principle 1 OPEN BOOKS", "main P1"),
        ("Books are open to all members", "main P1"),
        ("Books are", "main P1"),
        ("We act peacefully", "main peace"),
        ("todo el texto", "main whole text"),
        ("Der ganze Text", "main whole text"),
    ],
)
def test_a_clause_is_found_however_it_is_named(ours, typed, key):
    said(ours, f"River Watch | {typed} | Hm | as is")
    ours.run(DAY)
    assert counts(ours, key) == (1, 1, 0, 0)


def test_other_words_stay_under_what_was_typed(ours):
    said(ours, "River Watch | the bit on money | Which money? | no",
         "Lake Guild | The bit on money! | Yes, which? | with this change")  # fmt: skip
    ours.run(DAY)
    assert ours.cells("Statement draft", "Clause")[-2:] == ["the bit on money", "whole text"]
    tab = ours.tabs["Statement draft"]
    assert tab.rows[-2][tab.header.index("Comments")] == 2


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("as is", 0), ("Yes, as it stands", 0), ("Sí, tal cual", 0), ("Oui, telle quelle", 0),
        ("So wie er ist", 0), ("Sim, tal como está", 0),
        ("with this change", 1), ("Con este cambio", 1), ("Avec cette modification", 1),
        ("Ja, mit dieser Änderung", 1), ("Só com esta alteração", 1),
        ("no", 2), ("Non", 2), ("Nein", 2), ("Não", 2),
    ],
)  # fmt: skip
def test_would_sign_in_five_languages(ours, words, found):
    said(ours, f"River Watch | P1 | Hm | {words}")
    assert wrong(ours.run(DAY)) == []
    assert counts(ours, "main P1")[1:].index(1) == found


def test_words_that_nobody_can_be_sure_of_count_as_nothing_and_are_told(ours):
    said(ours, "River Watch | P1 | Hm | who knows")
    (problem,) = wrong(ours.run(DAY))
    assert (problem.tab, problem.column) == ("Statement feedback", "Would sign")
    assert counts(ours, "main P1") == (1, 0, 0, 0)


def test_organisations_are_counted_once_by_the_strictest_they_say(ours):
    said(ours, "River Watch | P1 | One | with this change", "RIVER WATCH | P1 | Two | no",
         "Not Yet Here | P1 | Three | as is")  # fmt: skip
    assert wrong(ours.run(DAY)) == []
    assert counts(ours, "main P1") == (3, 1, 0, 1)
    assert clause(ours, "main P1")["Open red lines"] == "River Watch: One; River Watch: Two"


@pytest.mark.parametrize(
    ("settled", "still"),
    [("", True), ("2", False), ("draft 2", False), ("withdrawn", False), ("Zurückgezogen", False),
     ("perhaps next year we shall see", True)],
)  # fmt: skip
def test_a_red_line_is_open_until_a_draft_settles_it_or_it_is_withdrawn(ours, settled, still):
    said(ours, f"River Watch | P1 | Too vague | no | We talked | {settled}")
    result = ours.run(DAY)
    assert [line.red_line for line in result.feedback] == [still]
    assert bool(clause(ours, "main P1")["Open red lines"]) == still
    told = [p.column for p in wrong(result)]
    assert told == (["Settled in draft"] if settled.startswith("perhaps") else [])


def test_who_would_later_sign_as_is_has_withdrawn_its_red_line(ours):
    said(ours, "River Watch | P1 | Too vague | no | | | | 2026-03-01",
         "River Watch | P1 | Clear now | as is | | | | 2026-03-05",
         "Lake Guild | P1 | Fine | as is | | | | 2026-03-01",
         "Lake Guild | P1 | Not at all | no | | | | 2026-03-05")  # fmt: skip
    result = ours.run(DAY)
    assert [f.organisation for f in result.feedback if f.red_line] == ["Lake Guild"]
    assert counts(ours, "main P1") == (4, 1, 0, 1)


FORM = {
    "table": "Statement feedback",
    "file": "feedback.csv",
    "questions": {"comment": "Tell us"},
    "date_order": "dmy",
}
SENT = (
    "Timestamp,Name of your organisation,Which clause is it about?,Tell us,Would you sign?\n"
    "03/02/2026 10:00:00,River Watch,Principle 1: open books,Too vague,Non\n"
    "04/02/2026 10:00:00,Lake Guild,P1,Good,Yes\n"
    "05/02/2026 10:00:00,[test] Us,P1,Try,No\n"
)


class TestAFormOfItsOwn:
    @pytest.fixture
    def asked(self, found_coalition):
        ours = found_coalition(form=[{}, FORM])
        ours.statements = (MAIN,)
        ours.form("River Watch")
        ours.form("Lake Guild")
        ours.feedback = {"main": sent(SENT)}
        return ours

    def test_is_read_without_a_tab(self, asked):
        result = asked.run(DAY)
        assert wrong(result) == []
        assert [f.day for f in result.feedback] == [dt.date(2026, 2, 3), dt.date(2026, 2, 4)]
        assert counts(asked, "main P1") == (2, 1, 0, 1)
        assert clause(asked, "main P1")["Open red lines"] == "River Watch: Too vague"

    def test_a_row_of_the_tab_about_the_same_completes_it(self, asked):
        said(asked, "river watch | p1 | Too vague! | | Now it has a number | 2",
             "Lake Guild | peace | Fine | as is")  # fmt: skip
        result = asked.run(DAY)
        assert counts(asked, "main P1") == (2, 1, 0, 1)
        (line,) = [f for f in result.feedback if f.would_sign == "no"]
        assert (line.answer, line.settled, line.red_line) == ("Now it has a number", "2", False)
        assert line.day == dt.date(2026, 2, 3)
        assert counts(asked, "main peace") == (1, 1, 0, 0)

    def test_a_form_sent_again_says_the_newer_thing(self, asked):
        again = SENT + "06/02/2026 10:00:00,River Watch,P1,Too vague,as is\n"
        asked.feedback = {"main": sent(again)}
        asked.run(DAY)
        assert counts(asked, "main P1") == (2, 2, 0, 0)

    def test_a_question_that_is_missing_is_told_with_the_form_s_own_remedy(self, asked):
        asked.feedback = {"main": sent("Timestamp,Organisation,Clause\n,River Watch,P1\n")}
        (problem,) = wrong(asked.run(DAY))
        assert (problem.tab, problem.column) == ("feedback.csv", "Tell us")

    def test_on_an_earlier_day_only_what_had_come_by_then(self, asked):
        asked.run(DAY)
        result = asked.think("2026-02-03", past=True)
        assert [f.organisation for f in result.feedback] == ["River Watch"]

    def test_a_letter_s_draft_has_its_own(self, found_coalition):
        letter = Statement("dam", (DRAFT.model_copy(update={"title": "Letter on the dam"}),))
        ours = found_coalition(form=[{}, FORM | {"statement": "dam"}])
        ours.statements = (Statement("main", (FIRST,)), letter)
        ours.form("River Watch")
        ours.feedback = {"dam": sent(SENT)}
        said(ours, "River Watch | P1 | Too vague | | Indeed | 2")
        result = ours.run(DAY)
        assert {f.statement for f in result.feedback} == {"dam"}
        assert counts(ours, "dam P1") == (2, 1, 0, 1)
        assert clause(ours, "dam P1")["Draft"] == "Letter on the dam: 2"
        assert clause(ours, "dam P1")["Open red lines"] in ("", None)


class TestOnceTheDraftIsAdopted:
    def problem(self, ours, on: str):
        ours.statements = (adopted("2026-03-09"),)
        return [p for p in ours.run(on).problems if p.column == "Settled in draft"]

    def test_open_red_lines_are_to_fix(self, ours):
        said(ours, "River Watch | P1 | Vague | no", "Lake Guild | P1 | Too long | with this change",
             "Lake Guild | so what | Hm | no", "River Watch | peace | Fine | as is",
             "River Watch | peace | Then | no | | 2")  # fmt: skip
        (problem,) = self.problem(ours, DAY)
        assert problem.tab == "Statement feedback"
        assert problem.problem == (
            "version 2 was adopted while 3 red lines on it are open: P1 (2), other words (1)"
        )

    def test_settled_ones_are_not(self, ours):
        said(ours, "River Watch | P1 | Too vague | no | | 2")
        assert self.problem(ours, DAY) == []

    def test_what_is_said_afterwards_is_about_the_next_draft(self, ours):
        third = DRAFT.model_copy(update={"version": "3"})
        ours.statements = (replace(adopted("2026-03-09"), versions=(
            *adopted("2026-03-09").versions, third)),)  # fmt: skip
        said(ours, "River Watch | P1 | Before | no | | | | 2026-03-09",
             "River Watch | P1 | After | no | | | | 2026-03-10",
             "Lake Guild | P1 | Named | no | | | 2 | 2026-03-10",
             "Lake Guild | P1 | Undated | no")  # fmt: skip
        result = ours.run("2026-03-12")
        about = {f.comment: f.version for f in result.feedback}
        assert about == {"Before": "2", "After": "3", "Named": "2", "Undated": "3"}

    def test_the_tab_is_emptied_and_start_says_so(self, ours):
        said(ours, "River Watch | P1 | Too vague | no")
        ours.run(DAY)
        waits = dict(zip(ours.cells("Start", "Tab"), ours.cells("Start", "What to do now"),
                         strict=True))  # fmt: skip
        assert waits["Statement draft"] == "1 red line is open"
        ours.statements = (adopted("2026-03-11"),)
        ours.run("2026-03-11")
        assert list(ours.tabs["Statement draft"].rows) == []
        assert list(ours.tabs["If adopted"].rows) == []
        waits = dict(zip(ours.cells("Start", "Tab"), ours.cells("Start", "What to do now"),
                         strict=True))  # fmt: skip
        assert waits["Statement draft"] == waits["If adopted"] == "no draft waits for adoption"


def test_a_clause_that_is_gone_from_the_draft_keeps_no_old_text(ours):
    ours.run(DAY)
    ours.statements = (Statement("main", (FIRST, DRAFT.model_copy(update={"principles": ()}))),)
    ours.run("2026-03-11")
    row = clause(ours, "main P1")
    assert (row["Draft"], row["In the draft"], row["Comments"]) == ("no longer there", None, None)


def test_a_coalition_without_a_draft_has_no_such_tabs(coalition):
    coalition.form("River Watch")
    coalition.run(DAY)
    assert not {"Statement draft", "If adopted"} & set(coalition.tabs)
    assert "Statement draft" not in coalition.cells("Start", "Tab")


@pytest.mark.parametrize(
    ("lacks", "told"),
    [
        (("adopted_by", "adopted_how"), "it isn't written who adopted version 1, and how"),
        (("adopted_by",), "it isn't written who adopted version 1"),
        (("adopted_how",), "it isn't written how version 1 was adopted"),
    ],
)
def test_who_adopted_a_version_and_how_is_to_be_written(coalition, lacks, told):
    version = FIRST.model_copy(update=dict.fromkeys(lacks, ""))
    coalition.statements = (Statement("main", (version,)),)
    coalition.form("River Watch", agrees_p9="Yes")
    found = [p for p in coalition.run(DAY).problems if p.tab == "statements/main"]
    assert [(p.problem, p.column) for p in found] == [(told, ", ".join(lacks))]


def test_the_newest_draft_is_told_by_number():
    drafts = tuple(
        DRAFT.model_copy(update={"version": name}) for name in ("2-draft-10", "2-draft-9")
    )
    assert Statement("main", (FIRST, *drafts)).newest_draft.version == "2-draft-10"
