"""What members of the invented coalition report by forms."""

from __future__ import annotations

import csv
import datetime as dt
import io
from itertools import pairwise

import pytest

from config.tables.later import ACTIVITY, CHECK_IN
from config.text import clean, fold
from pipeline.demo.forms import NO, YES, responses
from pipeline.demo.reports import REPORTS, asked, report_csv, report_rows
from pipeline.demo.story import STAGES, TODAY

TABLES = {"activity.csv": ACTIVITY, "checkin.csv": CHECK_IN}
VARIANT = "Nurses for clean water, Miresk"


def test_the_files_feed_the_two_tables() -> None:
    assert {file: TABLES[file].title for file in REPORTS} == REPORTS


@pytest.mark.parametrize("file", REPORTS)
def test_every_question_is_of_a_field_and_every_field_is_asked(file: str) -> None:
    fields = set(asked(file)) - {"timestamp"}
    assert fields <= set(TABLES[file].names)
    assert {column.name for column in TABLES[file].columns if column.required} - {"date"} <= fields


@pytest.mark.parametrize("file", REPORTS)
def test_an_earlier_day_holds_the_beginning_of_the_later_one(file: str) -> None:
    for early, late in pairwise(STAGES):
        before, after = (report_rows(file, stage.day) for stage in (early, late))
        assert after[: len(before)] == before
    header, *rows = csv.reader(io.StringIO(report_csv(file, TODAY).decode(), newline=""))
    assert header == list(asked(file).values())
    assert len(rows) == 41


def test_who_reports_has_signed_before() -> None:
    for file in REPORTS:
        for row in report_rows(file, TODAY):
            day = dt.datetime.strptime(row["timestamp"], "%d/%m/%Y %H:%M:%S").date()  # noqa: DTZ007
            signed = {fold(clean(r.answers["organisation"])) for r in responses(day)}
            assert row["organisation"] == VARIANT or fold(row["organisation"]) in signed


def test_what_they_tell_comes_in_four_languages_with_a_few_faults() -> None:
    rows = report_rows("activity.csv", TODAY)
    told = " ".join(row["what"] + row["lesson"] + row["help_wanted"] for row in rows)
    for word in ("trout", "Cartas", "Lettres", "Briefe"):
        assert word in told
    odd = {row[name] for row in rows for name in ("letters", "people") if not row[name].isdigit()}
    assert odd == {"", "1,5k", "around 60"}
    assert [row["date"] for row in rows if not _is_a_day(row["date"])] == ["31/02/2026"]
    assert {row["may_be_shared"] for row in rows} <= {"", YES, NO}
    assert len([row for row in rows if not row["what"]]) == 1


def test_one_answers_the_check_in_twice_and_one_in_a_word() -> None:
    rows = report_rows("checkin.csv", TODAY)
    names = [row["organisation"] for row in rows]
    assert [name for name in set(names) if names.count(name) > 1] == ["Bürgerinitiative Lirathtal"]
    scores = set(CHECK_IN.names) - {"date", "organisation", "another_member_helped_us_lately"}
    odd = [row[score] for row in rows for score in scores if row[score] not in set("12345")]
    assert sorted(odd) == ["", "good", "٣"]


def _is_a_day(text: str) -> bool:
    try:
        dt.datetime.strptime(text, "%d/%m/%Y")  # noqa: DTZ007
    except ValueError:
        return False
    return True
