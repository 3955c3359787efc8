"""Traps of rows: who a row is about, once people have sorted, hidden, deleted and typed."""

from __future__ import annotations

from typing import Any

from tests.google_emulator import people
from tests.google_emulator.clients import RESPONSES
from tests.google_traps.conftest import Ran
from tests.google_traps.springs import Springs, naive, session, tab_model

TO_DECIDE = "To decide"
WHO = "Who has signed"
PEOPLES = ("Decision", "Decided by", "Note")


def doubted(springs: Springs, *names: str) -> None:
    """Another day, with forms that raise a question each."""
    springs.next_day()
    for name in names:
        springs.sign(name, {"Reservations": "Only if we may leave in May."})


def said(springs: Springs) -> dict[str, tuple[Any, ...]]:
    """Key → what people wrote beside it."""
    rows = [row for row in springs.rows(TO_DECIDE) if row["Key"]]
    return {str(row["Key"]): tuple(row[title] for title in PEOPLES) for row in rows}


def test_t06_row_numbers_as_identity(running: Springs) -> None:
    """A script that remembers row numbers writes into another one's row once somebody has sorted,
    deleted or inserted rows."""
    doubted(running, "Heron Lake Rowers", "Ivy Mill Readers")
    running.run()
    for name in running.names(TO_DECIDE):
        running.decide(name, "accept", "Bo", f"about {name}")
    before = said(running)
    doubted(running, "Gorse Moor Society")

    def sorting() -> None:
        people.sort_tab(running.world, running.working, TO_DECIDE, "Organisation", descending=True)
        people.insert_rows(running.world, running.working, TO_DECIDE, 2)

    done = running.while_writing(sorting)
    running.run()
    running.run()
    assert done
    after = said(running)
    assert {key: after[key] for key in before} == before
    standing = {row["Organisation"]: row["Status"] for row in running.rows(TO_DECIDE)}
    assert standing.pop("Gorse Moor Society") == "open"
    assert standing.pop(None) is None
    rows = running.rows(TO_DECIDE)
    assert [set(row.values()) for row in rows if not row["Key"]] == [{None}]
    assert set(standing.values()) == {"settled"}
    assert len(standing) == 4
    people.move_column(running.world, running.working, TO_DECIDE, "Note", "Key")
    assert running.run()["cells_written"] == 0

    with naive(running.google, running.working, TO_DECIDE) as tab:
        cell = tab.find("Heron Lake Rowers")
        people.sort_tab(running.world, running.working, TO_DECIDE, "Organisation")
        tab.update_cell(cell.row, cell.col, "renamed by a script")
    assert running.row(TO_DECIDE, "Heron Lake Rowers")


def test_t22_deleted_rows_return(after_a_run: Ran) -> None:
    """Spam that a coordinator deleted in the sheet comes back with the next look at the form."""
    springs = after_a_run("both")
    spam = springs.sign("Best Watches Ltd", {"Reservations": "Only if you buy watches."})
    springs.next_day()
    springs.run()
    springs.decide("Best Watches Ltd", "not accepted", "Ana", "spam")
    springs.next_day()
    springs.sign("Gorse Moor Society")
    springs.run()
    people.delete_rows(
        springs.world, springs.working, TO_DECIDE, {"Organisation": "Best Watches Ltd"}
    )
    people.delete_rows(
        springs.world, springs.answers, springs.linked.title, {"Organisation": "Best Watches Ltd"}
    )
    springs.next_day()
    springs.run()
    # The response is still in the form, so it is said, and what was decided holds.
    assert "Best Watches Ltd" not in springs.names(TO_DECIDE)
    assert springs.row("Every form checked", "Best Watches Ltd")["Outcome"] == "not accepted"
    assert "no row here any more" in springs.fixes()
    # Gone from the form as well: Weaver asks, once, and keeps what it knows.
    people.delete_response(springs.world, springs.form, spam)
    springs.next_day()
    springs.run()
    assert "no row here any more" not in springs.fixes()
    assert springs.row("Every form checked", "Best Watches Ltd")["Outcome"] == "not accepted"
    springs.next_day()
    assert springs.run()["signons"]["received"] == 7

    with session(springs.google, RESPONSES) as opened:
        url = f"https://forms.googleapis.com/v1/forms/{springs.form.id}/responses"
        springs.sent["Dune Wardens"] = next(iter(springs.form.responses.values()))
        people.delete_rows(springs.world, springs.answers, springs.linked.title, 2)
        rows = len(people.records(springs.answers, springs.linked.title))
        assert len(opened.get(url, timeout=5).json()["responses"]) == rows + 1


def test_t23_one_address_for_several(running: Springs) -> None:
    """Keyed by address (or by name), sisters who share an office become one, and a second form of
    the same organisation is thrown away unseen."""
    running.next_day()
    running.sign("Gorse Moor Society", {"District": "Moor"}, email="office@moor.example.org")
    running.sign("Heron Lake Rowers", {"District": "Lake"}, email="office@moor.example.org")
    running.run()
    assert {"Gorse Moor Society", "Heron Lake Rowers"} <= set(running.names())
    running.next_day()
    running.sign("Gorse Moor Society", {"District": "Hill"}, email="office@moor.example.org")
    running.run()
    assert running.row(WHO, "Gorse Moor Society")["District"] == "Hill"
    assert running.row(WHO, "Gorse Moor Society")["Sign-ons"] == 2
    forms = [
        row["Outcome"] for row in running.rows("Every form checked")
        if row["Organisation"] == "Gorse Moor Society"
    ]  # fmt: skip
    assert len(forms) == 2
    assert sum("replaced" in str(outcome) for outcome in forms) == 1

    listed = [response.email for response in running.form.responses.values()]
    assert len(dict.fromkeys(listed)) == len(listed) - 2


def test_t24_a_form_linked_anew(after_a_run: Ran) -> None:
    """A form that is linked anew writes into another tab, and a script that reads the old one
    sees nothing new for weeks."""
    springs = after_a_run("sheet")
    old = springs.linked
    people.link_sheet(springs.world, springs.form, springs.answers)
    for number in range(3):
        springs.next_day()
        springs.sign(f"{('Gorse', 'Heron', 'Ivy')[number]} Society")
    springs.run()
    said = springs.fixes()
    assert old.title in said or "Form Responses" in said
    assert springs.folder.joinpath("state.db").exists()

    assert len(people.records(springs.answers, old.title)) == 6
    assert len(springs.form.responses) == 9


def test_t24_a_form_linked_anew_is_read_all_the_same(after_a_run: Ran) -> None:
    """Where Weaver may ask the form too, nothing is missed; the old tab is named."""
    springs = after_a_run("both")
    people.link_sheet(springs.world, springs.form, springs.answers)
    for number in range(3):
        springs.next_day()
        springs.sign(f"{('Gorse', 'Heron', 'Ivy')[number]} Society")
    assert springs.run()["signons"]["received"] == 9
    assert springs.linked.title in springs.fixes()


def test_t25_hidden_rows(after_a_run: Ran) -> None:
    """Filters limit what people see and not what is read: a script acts on rows that were hidden
    on purpose, or believes that it reads only what is shown. Weaver reads and keeps all, and
    leaves filters and hidden rows alone."""
    springs = after_a_run("sheet")
    world, working = springs.world, springs.working
    people.filter_tab(world, springs.answers, springs.linked.title, "District", {"Linden"})
    springs.decide("Dune Wardens", "accept", "Bo")
    people.filter_tab(world, working, TO_DECIDE, "Status", {"settled"})
    people.hide_rows(world, working, WHO, {"Organisation": "Alder Brook Anglers"})
    sheets = [springs.working.sheet(TO_DECIDE), springs.working.sheet(WHO)]
    before = [tab_model(sheet) for sheet in sheets]
    springs.next_day()
    assert springs.run()["signons"]["received"] == 6
    assert springs.row(WHO, "Dune Wardens")["Standing"] == "member"
    for was, sheet in zip(before, sheets, strict=True):
        now = tab_model(sheet)
        assert now["basic_filter"] == was["basic_filter"]
        assert now["row_props"] == was["row_props"]

    with naive(springs.google, working, TO_DECIDE) as tab:
        assert len(tab.get_all_records()) == 2


def test_t37_blanks_and_capitals(running: Springs) -> None:
    """ "Alder Brook Anglers " and "alder  brook anglers" become organisations of their own."""
    running.next_day()
    running.sign(" alder  brook ANGLERS ", {"District": "Linden"})
    people.type_rows_at_bottom(
        running.world, running.working, "Promises",
        [{"Organisation": "ALDER brook anglers ", "Who": "Ivo", "What": "Count",
          "Due": "2026-04-01"}],
    )  # fmt: skip
    running.run()
    who = [row for row in running.rows(WHO) if "brook" in str(row["Organisation"]).casefold()]
    assert [row["Sign-ons"] for row in who] == [2]
    assert "ALDER" not in running.fixes()
    typed = [row["Organisation"] for row in running.rows("Every form checked")]
    assert len({str(name).strip() for name in typed if "rook" in str(name)}) == 2


def test_t38_formulas_overwritten_by_values(running: Springs) -> None:
    """A row that is read as it is shown and written back whole turns its formulas into text."""
    texts = [(number, f'=IF(K{number}="","ring","done")') for number in (2, 3)]
    place = people.add_own_column(running.world, running.working, TO_DECIDE, "To do", texts)
    running.decide("Dune Wardens", "accept", "Bo")
    doubted(running, "Gorse Moor Society")
    running.run()
    sheet = running.working.sheet(TO_DECIDE)
    cells = [sheet.cell(row, place) for row in (1, 2)]
    assert [cell.formula for cell in cells if cell] == [text for _, text in texts]
    assert sorted(str(cell.value) for cell in cells if cell) == ["done", "ring"]

    with naive(running.google, running.working, TO_DECIDE) as tab:
        tab.update([tab.row_values(2)], "A2")
    cell = sheet.cell(1, place)
    assert cell
    assert cell.formula is None


def test_t39_notes_and_comments(running: Springs) -> None:
    """A row that is deleted and inserted anew loses its notes and its threads of comments."""
    place = {"Organisation": "Dune Wardens"}
    world, working = running.world, running.working
    thread = people.comment(world, working, TO_DECIDE, place, "Status", "Bo: I rang them")
    people.note(world, working, TO_DECIDE, place, "Status", "see the minutes")
    running.decide("Dune Wardens", "accept", "Bo")
    people.insert_rows(world, working, TO_DECIDE, 2)
    doubted(running, "Gorse Moor Society")
    running.run()
    sheet = working.sheet(TO_DECIDE)
    table = people.table_of(working, TO_DECIDE)
    row, column = table.row(place), table.column("Status")
    cell = sheet.cell(row, column)
    assert cell
    assert (cell.value, cell.note) == ("settled", "see the minutes")
    (found,) = sheet.comments
    assert found["text"] == thread["text"]
    assert (found["range"]["startRowIndex"], found["range"]["startColumnIndex"]) == (row, column)

    with naive(running.google, working, TO_DECIDE) as tab:
        values = tab.row_values(row + 1)
        tab.delete_rows(row + 1)
        tab.insert_row(values, row + 1)
    assert sheet.comments == []
    assert not (sheet.cell(row, column) or cell).note
