"""Whatever people do to a linked tab, a form finds each response's row and columns."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from tests.google_emulator import people
from tests.google_emulator.clients import stock_gspread
from tests.google_emulator.forms import Form, create_form, link_sheet, linked_tab
from tests.google_emulator.forms.asking import OWNER
from tests.google_emulator.server import Emulator
from tests.google_emulator.sheets.model import Spreadsheet, spreadsheet_of
from tests.google_emulator.world import World

QUESTIONS = ["Organisation", "Website", "Country"]


class Walk:
    """A form, its tab, and people who do one thing after the other."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.world = World(seed)
        self.form: Form = create_form(self.world, "Join", OWNER, QUESTIONS)
        self.tab = link_sheet(self.world, self.form).title
        self.book: Spreadsheet = spreadsheet_of(self.world, self.form.linked.spreadsheet_id)
        self.done: Counter[str] = Counter()
        self.lost: set[str] = set()

    def step(self) -> None:
        deeds = ("submit", "submit", "edit", "sort", "insert", "delete", "own", "move", "rename",
                 "add", "type", "write_over", "bottom")  # fmt: skip
        deed = self.rng.choice(deeds)
        if getattr(self, deed)() is not False:
            self.done[deed] += 1
        self.world.clock.advance(1)

    def said(self) -> dict[str, str]:
        return {a.id: f"{a.id} {self.rng.random()}" for a in self.form.asked()}

    def submit(self) -> None:
        people.submit(self.world, self.form, self.said(), "one@example.org")

    def edit(self) -> bool:
        kept = [r for r in self.form.responses.values() if r.id not in self.lost]
        if not kept:
            return False
        people.edit_response(self.world, self.form, self.rng.choice(kept), self.said())
        return True

    def sort(self) -> None:
        people.sort_tab(self.world, self.book, self.tab, self.column())

    def insert(self) -> None:
        people.insert_rows(self.world, self.book, self.tab, self.row())

    def delete(self) -> None:
        if self.rng.random() < 0.5:
            people.delete_rows(self.world, self.book, self.tab, self.row())
        tab = linked_tab(self.world, self.form)
        assert tab is not None
        self.lost |= {r.id for r in self.form.responses.values() if tab.row_of(r) is None}

    def own(self) -> None:
        title = f"Own {self.rng.random()}"
        people.insert_column(self.world, self.book, self.tab, self.column(), title)

    def move(self) -> None:
        people.move_column(self.world, self.book, self.tab, self.column(), self.column())

    def rename(self) -> None:
        key = self.rng.choice(self.form.asked()).id
        people.rename_question(self.world, self.form, key, f"Question {self.rng.random()}")

    def add(self) -> bool:
        if len(self.form.items) > 8:
            return False
        people.add_question(self.world, self.form, f"New {self.rng.random()}")
        return True

    def type(self) -> None:
        row, column = self.rng.randrange(200, 300), self.column()
        people.type_cell(self.world, self.book, self.tab, row, column, "typed")

    def write_over(self) -> None:
        people.type_cell(self.world, self.book, self.tab, self.row(), self.time(), "yesterday")

    def bottom(self) -> None:
        people.type_rows_at_bottom(self.world, self.book, self.tab, [{"Timestamp": "by phone"}])

    def row(self) -> int:
        return self.rng.randrange(2, max(3, self.book.sheet(self.tab).last_row() + 1))

    def time(self) -> int:
        tab = linked_tab(self.world, self.form)
        assert tab is not None
        return tab.columns()["column:time"]

    def places(self) -> list[int]:
        tab = linked_tab(self.world, self.form)
        assert tab is not None
        return list(tab.columns().values())

    def column(self) -> int:
        return self.rng.choice(self.places())

    def check(self) -> None:
        tab = linked_tab(self.world, self.form)
        assert tab is not None
        columns = tab.columns()
        for response in self.form.responses.values():
            row = tab.row_of(response)
            assert (row is None) <= (response.id in self.lost)
            for question, (answer,) in response.answers.items():
                if row is not None:
                    assert tab.sheet.value(row, columns[f"column:{question}"]) == answer


@pytest.mark.parametrize("seed", range(4))
def test_every_answer_stays_in_its_row_and_column(seed: int) -> None:
    walk = Walk(seed)
    for _ in range(150):
        walk.step()
        walk.check()
    assert len(walk.form.responses) > 10
    assert min(walk.done[deed] for deed in ("edit", "sort", "insert", "own", "move")) >= 3


def test_a_client_that_sorts_and_inserts_takes_the_rows_along(google: Emulator) -> None:
    world = google.world
    form = create_form(world, "Join", OWNER, QUESTIONS)
    sheet = link_sheet(world, form)
    sent = [people.submit(world, form, {"Organisation": name}) for name in ("C", "A", "B")]
    book = form.linked.spreadsheet_id
    world.share(book, google.service_account()["client_email"])
    client = stock_gspread(google)
    try:
        tab = client.open_by_key(book).sheet1
        tab.sort((3, "asc"))
        tab.insert_row(["", "", "By phone"], 3)
        tab.update([["yesterday"]], "A2")
        tab.insert_cols([["Own", "x"]], 2)
        tab.batch_clear(["A4"])
    finally:
        client.http_client.session.close()
    for response, name in zip(sent, ("Cc", "Aa", "Bb"), strict=True):
        people.edit_response(world, form, response, {"Organisation": name})
    people.submit(world, form, {"Organisation": "D"})
    assert [row[3] for row in sheet.grid()[1:]] == ["Aa", "By phone", "Bb", "Cc", "D"]
