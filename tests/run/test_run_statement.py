"""A statement from draft to adoption, through the program."""

from __future__ import annotations

import datetime as dt
from typing import Any

import openpyxl
import pytest

from connectors.workbook import read_workbook

FORM = """
[[form]]

[[form]]
table = "Statement feedback"
file = "feedback.csv"

[form.questions]
comment = "Tell us what you think"
would_sign = "¿Firmaría?"
"""
DRAFT = """\
+++
version = "2"
state = "{state}"
{more}change = "must-re-confirm"
reconfirm_by = 2026-04-30
silence = "leaves"
question = "Do you agree to the statement?"

[[principles]]
id = "P1"
text = "Clean water is a right of everybody."
question = "Principle 1"

[[principles]]
id = "P2"
text = "Who pollutes, pays."
+++

Water is for everybody, and so are its banks.
"""
ADOPTED = 'adopted_on = 2026-03-18\nadopted_by = "Assembly"\nadopted_how = "by vote, 5 of 7"\n'
TRANSLATION = """\
+++
version = "2"
state = "draft"
language = "de"
translation = "courtesy"

[[principles]]
id = "P1"
text = "Sauberes Wasser ist ein Recht aller."

[[principles]]
id = "P2"
text = "Wer verschmutzt, zahlt."
+++

Wasser ist für alle da.
"""
LETTER = """\
+++
version = "1"
state = "adopted"
title = "Letter to the ministers"
adopted_on = 2026-03-01
adopted_by = "Assembly"
adopted_how = "by consensus"
sign_by = 2026-03-31
closes = 2026-04-15
question = "Do you sign the letter?"
+++

Dear ministers.
"""
SAID = (
    "Timestamp,Organisation,Clause,Tell us what you think,¿Firmaría?\n"
    "2026-03-10 10:00:00,Alder Brook Anglers,P2,=HYPERLINK(\"http://x\"),Con este cambio\n"
    "2026-03-11 10:00:00,Nobody Known,P2,\x1b[31mRed\x1b[0m,No\n"
    "2026-03-12 10:00:00,Birch Hill Growers,Principle 1,Good,Sí\n"
)  # fmt: skip


def write(coalition: Any, state: str, more: str = "") -> None:
    file = coalition.folder / "statements" / "main" / "v2.md"
    file.write_text(DRAFT.format(state=state, more=more), encoding="utf-8")


@pytest.fixture
def drafting(settled: Any) -> Any:
    """The coalition on its second day, with a draft, a form about it and what came in."""
    with settled.settings.open("a", encoding="utf-8") as file:
        file.write(FORM)
    write(settled, "out for comment")
    (settled.folder / "feedback.csv").write_text(SAID, encoding="utf-8")
    return settled


def clauses(coalition: Any) -> dict[str, dict[str, Any]]:
    return {row["Clause"]: row for row in coalition.tab("Statement draft")}


def test_a_draft_its_feedback_and_what_its_adoption_would_mean_have_tabs(drafting: Any) -> None:
    assert drafting.run()["problems"] == []
    rows = clauses(drafting)
    assert list(rows) == ["P1", "P2", "whole text"]
    assert rows["P1"]["What changes"] == "… water is a right [added: “of everybody”]"
    assert (rows["P2"]["What changes"], rows["P2"]["With a change"]) == ("new", 1)
    assert rows["P2"]["Open red lines"] == (
        'Alder Brook Anglers: =HYPERLINK("http://x"); Nobody Known: [31mRed [0m'
    )
    cells = openpyxl.load_workbook(drafting.results)["Statement draft"]
    assert all(cell.data_type != "f" for row in cells.iter_rows() for cell in row)
    asked = {row["Organisation"]: row["What it means"] for row in drafting.tab("If adopted")}
    assert asked["Alder Brook Anglers"] == "must re-confirm"
    assert asked["Heron Lake Rowers"] == "is not asked (a question about it is open)"
    before = drafting.files()
    drafting.touched()
    assert drafting.run()["cells_written"] == 0
    after = drafting.files()
    assert after["results.xlsx"] == before["results.xlsx"]


def test_the_form_is_an_input_that_an_idle_run_looks_at(drafting: Any) -> None:
    drafting.run()
    assert drafting.run()["idle"]
    more = SAID + "2026-03-13 10:00:00,Dune Wardens,P2,Hm,No\n"
    (drafting.folder / "feedback.csv").write_text(more, encoding="utf-8")
    assert "idle" not in drafting.run()
    assert clauses(drafting)["P2"]["Would not sign"] == 2


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 a workbook"])
def test_feedback_that_cannot_be_read_is_told_and_the_run_goes_on(
    drafting: Any, content: bytes | None
) -> None:
    file = drafting.folder / "feedback.csv"
    file.unlink()
    if content is not None:
        file.write_bytes(content)
    (problem,) = drafting.run()["problems"]
    assert (problem["tab"], problem["row"]) == ("feedback.csv", None)
    assert "feedback on the draft can't be read" in problem["problem"]
    assert clauses(drafting)["P2"]["Comments"] == 0
    assert [line["Tab"] for line in drafting.tab("To fix")] == ["feedback.csv"]


def test_a_form_about_a_draft_may_not_ask_for_what_no_table_has(drafting: Any) -> None:
    text = drafting.settings.read_text(encoding="utf-8")
    drafting.settings.write_text(text.replace("would_sign = ", "woud_sign = "), "utf-8")
    ran = drafting.weaver("run", "--json")
    assert ran.code == 78
    assert "did you mean would_sign" in ran.out


def test_two_forms_about_one_draft_are_a_fault(drafting: Any) -> None:
    with drafting.settings.open("a", encoding="utf-8") as file:
        file.write('[[form]]\ntable = "Statement feedback"\nfile = "more.csv"\n')
    ran = drafting.weaver("run", "--json")
    assert (ran.code, "two [[form]] are of 'main'" in ran.out) == (78, True)


@pytest.mark.parametrize("state", ["draft", "out for comment"])
def test_a_draft_is_never_in_force_and_takes_no_sign_ons(drafting: Any, state: str) -> None:
    write(drafting, state, "planned_on = 2026-03-01\n")
    drafting.signs("2026-03-16 17:00:00", "Juniper House")
    drafting.run()
    forms = drafting.tab("Every form checked")
    assert {row["Version"] for row in forms} == {"1"}
    assert drafting.row("Who has signed", "Juniper House")["Standing"] == "member"
    standings = {row["Standing"] for row in drafting.tab("Who has signed")}
    assert "reaffirm" not in standings
    (main,) = drafting.weaver("statement", "--json").json["statements"]
    assert main["in_force"] == "1"


def test_the_command_says_where_the_draft_stands_and_writes_nothing(drafting: Any) -> None:
    drafting.run()
    (drafting.folder / "statements" / "main" / "v2.de.md").write_text(TRANSLATION, "utf-8")
    before = drafting.files()
    ran = drafting.weaver("statement", "--json", "--on", "2026-04-01")
    assert (ran.code, ran.err) == (0, "")
    assert drafting.files() == before
    (main,) = ran.json["statements"]
    versions = {each["version"]: each for each in main["versions"]}
    assert versions["1"]["adopted_by"] == "Founding assembly"
    assert versions["2"]["translations"] == {"de": "courtesy"}
    changed = {each["clause"]: each for each in main["draft"]["clauses"]}
    assert (changed["P2"]["comments"], changed["P2"]["would_not"]) == (2, 1)
    lines = main["draft"]["open_red_lines"]
    assert [(line["organisation"], line["would_sign"]) for line in lines] == [
        ("Alder Brook Anglers", "with this change"), ("Nobody Known", "no"),
    ]  # fmt: skip
    ahead = main["preview"]
    assert (ahead["day"], ahead["version"]) == ("2026-04-01", "2")
    members = {row["Organisation"] for row in drafting.tab("Who has signed")
               if row["Standing"] == "member"}  # fmt: skip
    assert ahead["counts"]["must re-confirm"] == ahead["on_adoption"]["members"] == len(members)
    assert ahead["on_adoption"]["named"] == 1
    assert main["reconfirmation"] is None


def test_the_command_for_people_can_steer_no_terminal(drafting: Any) -> None:
    ran = drafting.weaver("statement", "main")
    assert (ran.code, ran.err) == (0, "")
    assert "\x1b" not in ran.out
    for part in (
        "version 1 is in force",
        "version 1: adopted on 2026-02-01, Founding assembly, by consensus",
        "P2: new; 2 comments (as is 0, with a change 1, no 1)",
        "version 2: out for comment; everybody must re-confirm",
        "2 red lines are open",
        "P2, Nobody Known: [31mRed [0m",
        "If adopted: Version 2 adopted on 2026-03-17",
    ):
        assert part in ran.out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("mian",), "Did you mean “main”?"),
        (("--on", "2026-03-01"), "which is over"),
        (("--on", "soon"), "is no day"),
    ],
)
def test_the_command_used_wrongly(drafting: Any, arguments: tuple[str, ...], told: str) -> None:
    ran = drafting.weaver("statement", *arguments, "--json")
    assert ran.code == 2
    assert told in ran.json["error"]["what"] + ran.json["error"]["remedy"]


def test_a_letter_has_its_deadlines_and_counts(settled: Any) -> None:
    folder = settled.folder / "statements" / "ministers"
    folder.mkdir()
    (folder / "v1.md").write_text(LETTER, encoding="utf-8")
    ran = settled.weaver("statement", "letter to the ministers", "--json")
    (letter,) = ran.json["statements"]
    assert letter["letter"]["sign_by"] == "2026-03-31"
    assert letter["letter"]["counts"]["signed"] == 0
    told = settled.weaver("statement", "ministers").out
    assert "to be signed by 2026-03-31" in told
    assert "closes on 2026-04-15" in told


class TestOnceAdopted:
    @pytest.fixture
    def adopted(self, drafting: Any) -> Any:
        drafting.run()
        write(drafting, "adopted", ADOPTED)
        drafting.on(dt.date(2026, 3, 18))
        return drafting

    def test_the_day_looks_as_the_preview_said(self, drafting: Any) -> None:
        ahead = drafting.weaver("statement", "--json", "--on", "2026-03-18").json
        foreseen = ahead["statements"][0]["preview"]
        drafting.run()
        write(drafting, "adopted", ADOPTED)
        drafting.on(dt.date(2026, 3, 18))
        assert drafting.run()["members"] == foreseen["on_adoption"]["members"]
        drafting.on(dt.date(2026, 5, 1))
        ran = drafting.run()
        assert ran["members"] == foreseen["after"]["members"]
        assert ran["listed"] == foreseen["after"]["named"]

    def test_red_lines_that_are_open_are_to_fix(self, adopted: Any) -> None:
        found = [p for p in adopted.run()["problems"] if p["column"] == "Settled in draft"]
        said = "version 2 was adopted while 2 red lines on it are open: P2 (2)"
        assert [(p["tab"], p["problem"]) for p in found] == [("feedback.csv", said)]
        ran = adopted.weaver("statement")
        assert said in ran.out
        (main,) = adopted.weaver("statement", "--json").json["statements"]
        version = next(each for each in main["versions"] if each["version"] == "2")
        assert version["adopted_over"] == said
        assert len(version["open_red_lines"]) == 2

    def test_a_row_of_the_tab_settles_them(self, adopted: Any) -> None:
        book = openpyxl.load_workbook(adopted.folder / "tracker.xlsx")
        sheet = book.create_sheet("Statement feedback")
        sheet.append(["Organisation", "Clause", "Comment", "Our answer", "Settled in draft"])
        sheet.append(["Alder Brook Anglers", "P2", '"HYPERLINK("http://x")', "We did", 2])
        sheet.append(["Nobody Known", "P2", "[31mRed[0m", "They took it back", "withdrawn"])
        book.save(adopted.folder / "tracker.xlsx")
        assert [p for p in adopted.run()["problems"] if p["column"] == "Settled in draft"] == []

    def test_how_re_confirming_goes_on_is_told(self, adopted: Any) -> None:
        adopted.run()
        (main,) = adopted.weaver("statement", "--json").json["statements"]
        asked = main["reconfirmation"]
        assert (asked["by"], asked["confirmed"], asked["silence"]) == ("2026-04-30", 0, "leaves")
        assert asked["asked"] == asked["waiting"] > 0
        assert (main["draft"], main["preview"]) == (None, None)
        told = adopted.weaver("statement").out
        assert f"0 of {asked['asked']} have re-confirmed version 2, by 2026-04-30" in told

    def test_the_tabs_of_the_draft_are_emptied(self, adopted: Any) -> None:
        adopted.run()
        book = read_workbook(adopted.results)
        assert [len(book[title].rows) for title in ("Statement draft", "If adopted")] == [0, 0]

    def test_who_adopted_it_and_how_is_to_be_written(self, adopted: Any) -> None:
        write(adopted, "adopted", "adopted_on = 2026-03-18\n")
        adopted.run()
        (line,) = [row for row in adopted.tab("To fix") if row["Tab"] == "statements/main"]
        assert line["What is wrong"] == "it isn't written who adopted version 2, and how"
        told = adopted.weaver("statement").out
        assert "(it isn't written by whom), (it isn't written how)" in told
