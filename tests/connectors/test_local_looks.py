"""The results look as a person needs them: readable, guided, and ready to print."""

# ruff: noqa: DTZ001 - a spreadsheet's moments have no zone

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from config.tabplan import ColumnPlan, TabPlan
from connectors import style
from connectors.local import LocalTables

WORDS = tuple(f"a rather long word number {n}" for n in range(20))
PLANS = (
    TabPlan(
        "To decide",
        (
            ColumnPlan("Key", True, "The matter's lasting name.", width=18),
            ColumnPlan("Since", True, "The day.", width=11, format="date"),
            ColumnPlan("Sign-ons", True, "How many.", width=3, format="integer"),
            ColumnPlan("Status", True, "How it stands.", colours={'open "now"': "wait"}),
            ColumnPlan("Decision", False, "Pick a word.", choices=("accept", "undo")),
            ColumnPlan("Reason", False, "Pick a reason.", choices=WORDS),
            ColumnPlan("Place", False, "Pick a place.", choices=("here, there", "nowhere")),
        ),
        (("k1", dt.date(2026, 3, 1), 1200, 'open "now"', None, None, None),),
        ("Key",),
        "One matter that a person has to decide.",
    ),
    TabPlan("Log", (ColumnPlan("Run", True, "Its number."),), ((1,),), (), "One run."),
    TabPlan("Rota", (ColumnPlan("Name", False, "Yours."),), (), ("Name",), "Yours.", grows=False),
)


NEW = TabPlan("New", (ColumnPlan("A", True, "a"),), ((1,),), (), "New.")


@pytest.fixture(scope="module")
def book(tmp_path_factory) -> openpyxl.Workbook:
    folder = tmp_path_factory.mktemp("looks")
    tables = LocalTables(folder / "tracker.xlsx", folder / "results.xlsx", dt.datetime(2026, 3, 9))
    tables.write(PLANS, "st-1")
    return openpyxl.load_workbook(folder / "results.xlsx")


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio of two colours such as #1F4E5F."""

    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (
            p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    ("fill", "text"),
    [*style.COLOURS.values(), style.WEAVER_HEADER, style.PEOPLE_HEADER, style.OWN_HEADER],
)
def test_every_text_can_be_read_on_its_fill(fill: str, text: str) -> None:
    assert contrast(fill, text) >= 4.5


def test_the_header_stays_in_sight_and_filters(book) -> None:
    sheet = book["To decide"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:G2"
    assert all(cell.font.b and cell.alignment.wrap_text for cell in sheet[1])
    assert sheet["A1"].fill.fgColor.rgb == "FF" + style.WEAVER_HEADER[0][1:]
    assert sheet["E1"].fill.fgColor.rgb == "FF" + style.PEOPLE_HEADER[0][1:]


def test_every_header_says_what_the_column_is_for(book) -> None:
    notes = [cell.comment for cell in book["To decide"][1]]
    assert all(note.author == "Weaver" for note in notes)
    assert notes[0].text == "One matter that a person has to decide.\n\nThe matter's lasting name."
    assert notes[4].text == "Pick a word."


def test_widths_formats_and_wrapping(book) -> None:
    sheet = book["To decide"]
    assert sheet.column_dimensions["A"].width >= 18
    assert sheet.column_dimensions["C"].width >= len("Sign-ons") + 3, "the title is not cut"
    assert sheet["B2"].number_format == "yyyy-mm-dd"
    assert sheet["C2"].number_format == "#,##0"
    assert all(cell.alignment.vertical == "top" for cell in sheet[2][:4])
    assert sheet["A2"].alignment.wrap_text


def test_drop_downs_reach_below_the_last_row_and_only_warn(book) -> None:
    rules = {str(rule.sqref): rule for rule in book["To decide"].data_validations.dataValidation}
    assert set(rules) == {"E2:E502", "F2:F502", "G2:G502"}
    assert all(rule.errorStyle == "warning" for rule in rules.values())
    assert rules["E2:E502"].formula1 == '"accept,undo"'
    lists = book["Weaver lists"]
    assert lists.sheet_state == "veryHidden"
    for area, words in (("F2:F502", WORDS), ("G2:G502", ("here, there", "nowhere"))):
        place = rules[area].formula1.partition("!")[2].replace("$", "")
        left, top, right, bottom = range_boundaries(place)
        cells = lists.iter_rows(top, bottom, left, right, values_only=True)
        assert tuple(word for (word,) in cells) == words


def test_the_colour_follows_the_word(book) -> None:
    ((area, rules),) = (
        (str(area.sqref), rules) for area, rules in
        book["To decide"].conditional_formatting._cf_rules.items()
    )  # fmt: skip
    assert area == "D2:D502"
    assert [rule.formula for rule in rules] == [['"open ""now"""']]


def test_peoples_columns_and_tabs_can_be_told_apart(book) -> None:
    colours = [book[plan.title].sheet_properties.tabColor.rgb[2:] for plan in PLANS]
    assert colours == [style.TAB_COLOURS[who][1:] for who in ("both", "weaver", "people")]


def test_pages_are_ready_to_print(book) -> None:
    for plan in PLANS:
        sheet = book[plan.title]
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToWidth in (None, 1), "one page wide, which is the default"
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$1:$1"


def test_the_hidden_lists_are_nobodys_tab(book, tmp_path: Path) -> None:
    tables = LocalTables(
        tmp_path / "tracker.xlsx", tmp_path / "results.xlsx", dt.datetime(2026, 3, 9)
    )
    tables.write(PLANS, "st-1")
    tables.write((PLANS[2], PLANS[0], NEW), "st-1")
    assert list(tables.read().results) == ["Rota", "To decide", "New", "Log"]


def test_a_cell_that_leads_to_another_tab_opens_it_and_reads_as_before(tmp_path: Path) -> None:
    leading = ColumnPlan("Tab", True, "", leads={"Numbers": "Numbers", "Media": "Media"})
    start = TabPlan("Start", (leading,), (("Numbers",), ("Media",)), ("Tab",), "")
    numbers = TabPlan("Numbers", (ColumnPlan("Code", True, ""),), (("A1",),), ("Code",), "")
    tables = LocalTables(tmp_path / "t.xlsx", tmp_path / "r.xlsx", dt.datetime(2026, 3, 9))
    tables.write((start, numbers), "st-1")
    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx")["Start"]
    assert sheet["A2"].hyperlink.location == "'Numbers'!A1"
    assert sheet["A3"].hyperlink is None, "there is no such tab"
    assert tables.read().results["Start"].rows == (("Numbers",), ("Media",))
