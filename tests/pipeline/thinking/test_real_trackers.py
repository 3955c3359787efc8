"""Trackers that people really kept, through the whole thinking: each row counts or is named."""

from __future__ import annotations

import ast
import csv
from collections import Counter

import pandas as pd
import pytest

from config.raw import RawTable

DAY = "2026-03-04"
ACTIONS = {
    "initiative": "struggles", "kind": "actions", "partners": "companies", "people": "workers",
    "link": "sources", "district": "locations",
}  # fmt: skip
COMPANIES = ("Google", "Amazon", "Kickstarter")


@pytest.fixture(scope="module")
def listed(shared_data):
    file = shared_data / "tracker-collective-action-tech" / "actions.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture
def thought(found_coalition, listed):
    """The tracker as Actions in a coalition that three of the companies have signed."""
    ours = found_coalition(tracker={"columns": {"actions": ACTIONS}})
    for company in COMPANIES:
        ours.form(company)
    rows = [tuple(row.values()) for row in listed]
    ours.tracker["Actions"] = RawTable("Actions", tuple(listed[0]), rows, range(2, len(rows) + 2))
    return ours.run(DAY)


def of(listed, name):
    """The lists in that column, as Python reads them."""
    return [ast.literal_eval(row[name]) or [] for row in listed]


def test_every_action_is_a_row_and_each_cell_what_it_says(thought, listed):
    frame = thought.context.tables["actions"]
    assert thought.typed["actions"].read == len(frame) == len(listed) == 506
    assert list(frame["row"]) == list(range(2, 508))
    assert [str(day.date()) for day in frame["date"]] == [row["date"] for row in listed]
    people = [float(row["workers"]) if row["workers"] != "None" else None for row in listed]
    assert [None if pd.isna(count) else count for count in frame["people"]] == people
    assert sum(count is not None for count in people) == 353
    assert [list(names) for names in frame["partners"]] == of(listed, "companies")


def test_the_companies_that_signed_are_found_and_the_others_are_outsiders(thought, listed):
    frame = thought.context.tables["actions"]
    names = dict(zip(thought.organisations["id"], thought.organisations["name"], strict=True))
    found = Counter(names[i].casefold() for ids in frame["partners_ids"] for i in ids if i)
    named = Counter(name for cell in of(listed, "companies") for name in cell)
    assert found == {c.casefold(): named[c.casefold()] for c in COMPANIES}
    assert min(found.values()) > 1
    assert [len(ids) for ids in frame["partners_ids"]] == [len(n) for n in frame["partners"]]


def test_what_is_said_of_the_actions_is_one_column(thought):
    told = [(p.row, p.column, p.problem) for p in thought.problems if p.tab == "Actions"]
    assert told == [(0, "Started by", "this column is missing")]
    assert [read[:2] for read in thought.context.problems if read[0] == "Actions"] == [
        ("Actions", 506)
    ]
