"""The linked response sheet: the tab that a form writes into, wherever people move its cells.

A form finds its columns by marks on the header's cells and its rows by marks on the cells of the
column Timestamp. Marks go wherever their cells go; nobody sees them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from tests.google_emulator.forms.answers import answer_cell, moment_cell, score_cell
from tests.google_emulator.forms.model import Form, Response
from tests.google_emulator.forms.words import words_of
from tests.google_emulator.sheets.cells import Cell
from tests.google_emulator.sheets.model import Sheet, Spreadsheet, create_spreadsheet
from tests.google_emulator.world import World

TIME, EMAIL, SCORE = "column:time", "column:email", "column:score"
UPDATED = "Responder updated this value."


@dataclass
class Destination:
    """Where a form's responses go, or went.

    Attributes:
        headings: column's mark → the header that the form wrote last.
    """

    spreadsheet_id: str
    sheet_id: int
    headings: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Tab:
    """A form's linked tab as it lies there now."""

    form: Form
    spreadsheet: Spreadsheet
    sheet: Sheet

    def header(self) -> int:
        """The row of the header; a new first row if people deleted it."""
        for row in range(len(self.sheet.lines)):
            if any(mark.startswith("column:") for mark in self._marks(row).values()):
                return row
        self.sheet.insert_rows(0, 1)
        return 0

    def columns(self) -> dict[str, int]:
        """Mark → column, of the columns that are still there."""
        return {mark: column for column, mark in reversed(self._marks(self.header()).items())}

    def _marks(self, row: int) -> dict[int, str]:
        line = self.sheet.lines[row] if row < len(self.sheet.lines) else []
        return {at: c.mark for at, c in enumerate(line) if isinstance(c, Cell) and c.mark}

    def row_of(self, response: Response) -> int | None:
        """The response's row, or None if somebody deleted it."""
        time = self.columns().get(TIME, 0)
        wanted = f"response:{response.id}"
        rows = range(len(self.sheet.lines))
        return next((row for row in rows if self._mark(row, time) == wanted), None)

    def last_written(self) -> int:
        """The last row that the form wrote, or the header's."""
        header, time = self.header(), self.columns().get(TIME, 0)
        rows = range(len(self.sheet.lines) - 1, header, -1)
        return next((r for r in rows if self._mark(r, time).startswith("response:")), header)

    def _mark(self, row: int, column: int) -> str:
        stored = self.sheet.stored(row, column)
        return stored.mark if isinstance(stored, Cell) else ""

    def wanted(self) -> dict[str, str]:
        """Mark → header of every column that the form fills now."""
        words = words_of(self.spreadsheet.locale)
        found = {TIME: words.timestamp}
        if self.form.collects in ("VERIFIED", "RESPONDER_INPUT"):
            found[EMAIL] = words.email
        if self.form.quiz:
            found[SCORE] = words.score
        return found | {f"column:{asked.id}": asked.heading for asked in self.form.asked()}

    def cells(self, response: Response, year: int) -> dict[str, Cell]:
        """Mark → cell of everything that the form knows of a response."""
        locale, zone = self.spreadsheet.locale, self.spreadsheet.time_zone
        found = {TIME: moment_cell(response.submitted, locale, zone), EMAIL: Cell(response.email)}
        found[TIME] = found[TIME].but(mark=f"response:{response.id}")
        if response.grades is not None:
            found[SCORE] = score_cell(response.score, _most(self.form))
        for asked in self.form.asked():
            given = response.answers.get(asked.id, ())
            cell = answer_cell(given, asked.question, self.form.habits, locale, year)
            found[f"column:{asked.id}"] = cell
        return found


def link_sheet(
    world: World,
    form: Form,
    spreadsheet: Spreadsheet | None = None,
    *,
    locale: str = "en_US",
    time_zone: str = "Etc/GMT",
) -> Sheet:
    """Send a form's responses to a new tab, with those that came before; a tab of before freezes.

    Args:
        world: where.
        form: the form.
        spreadsheet: where the tab is made; a new spreadsheet of the form's owner if left out.
        locale, time_zone: of that new spreadsheet: its owner's.
    """
    with world.lock:
        unlink(world, form)
        if spreadsheet is None:
            spreadsheet = _new_spreadsheet(world, form, locale, time_zone)
            sheet = spreadsheet.sheets[0]
        else:
            title = _free_title(spreadsheet)
            sheet = spreadsheet.add_sheet(title, index=0)
        form.linked = Destination(spreadsheet.id, sheet.sheet_id)
        sheet.grid_properties["frozenRowCount"] = 1
        follow(world, form)
        _write_rows(world, form, list(form.responses.values()))
        return sheet


def _new_spreadsheet(world: World, form: Form, locale: str, zone: str) -> Spreadsheet:
    roles = world.files[form.id].roles
    owner = next(address for address, role in roles.items() if role == "owner")
    made = create_spreadsheet(
        world, f"{form.title} (Responses)", owner, locale=locale, time_zone=zone,
        titles=(words_of(locale).tab.format(1),),
    )  # fmt: skip
    # The first tab of a spreadsheet has the id 0, but a linked one never has.
    made.sheets[0].sheet_id = made.new_id()
    return made


def _free_title(spreadsheet: Spreadsheet) -> str:
    words, taken = words_of(spreadsheet.locale), {sheet.title for sheet in spreadsheet.sheets}
    numbers = range(1, len(taken) + 2)
    return next(t for n in numbers if (t := words.tab.format(n)) not in taken)


def unlink(world: World, form: Form) -> None:
    """Stop writing; the tab stays as it is."""
    with world.lock:
        if form.linked:
            form.frozen.append(form.linked)
        form.linked = None


def linked_tab(world: World, form: Form) -> Tab | None:
    """The tab that the form writes into; None where it has none or somebody deleted it."""
    target = form.linked
    spreadsheet = world.spreadsheets.get(target.spreadsheet_id) if target else None
    if spreadsheet is None:
        return None
    found = [sheet for sheet in spreadsheet.sheets if sheet.sheet_id == target.sheet_id]
    return Tab(form, spreadsheet, found[0]) if found else None


def follow(world: World, form: Form) -> None:
    """Bring the header in line with the form: renamed questions, and columns for new ones.

    A column of a deleted question stays, and so does what people made of a header that the form
    hasn't renamed.
    """
    tab = linked_tab(world, form)
    if tab is None:
        return
    row, columns, written = tab.header(), tab.columns(), form.linked.headings
    for mark, heading in tab.wanted().items():
        if mark not in columns:
            columns[mark] = _new_column(tab, row, columns.values(), mark)
        elif written.get(mark) == heading:
            continue
        tab.sheet.set(row, columns[mark], heading)
        written[mark] = heading
        world.touch(tab.spreadsheet.id)


def _new_column(tab: Tab, row: int, columns: Iterable[int], mark: str) -> int:
    """At the right of the form's columns; people's own columns there are pushed along."""
    at = max(columns, default=-1) + 1
    lines = tab.sheet.lines
    if at >= tab.sheet.columns or any(tab.sheet.stored(r, at) for r in range(len(lines))):
        tab.sheet.insert_columns(at, 1)
    tab.sheet.put(row, at, Cell(None, mark=mark))
    return at


def add_row(world: World, form: Form, response: Response) -> None:
    """Insert a row for a new response below the last that the form wrote (L-15)."""
    _write_rows(world, form, [response])


def _write_rows(world: World, form: Form, responses: list[Response]) -> None:
    tab = linked_tab(world, form)
    if tab is None or not responses:
        return
    follow(world, form)
    at = tab.last_written() + 1
    tab.sheet.insert_rows(at, len(responses))
    columns, year = tab.columns(), world.clock.now().year
    for row, response in enumerate(responses, at):
        for mark, cell in tab.cells(response, year).items():
            if mark in columns and cell != Cell():
                tab.sheet.put(row, columns[mark], cell)
    world.touch(tab.spreadsheet.id)


def renew_row(world: World, form: Form, response: Response, changed: Collection[str]) -> None:
    """Write an edited response over its row, wherever that is now (L-20).

    Args:
        world: where.
        form: the form.
        response: as it is now.
        changed: ids of the questions whose answers are other ones; their cells get a note.
    """
    tab = linked_tab(world, form)
    if tab is None:
        return
    row = tab.row_of(response)
    if row is None:
        add_row(world, form, response)
        return
    follow(world, form)
    columns, noted = tab.columns(), {f"column:{question}" for question in changed}
    for mark, cell in tab.cells(response, world.clock.now().year).items():
        if mark not in columns or not (mark in noted or mark in (TIME, EMAIL, SCORE)):
            continue
        old = tab.sheet.cell(row, columns[mark]) or Cell()
        looks = {"format": cell.format} if cell.format else {}
        note = UPDATED if mark in noted else old.note
        new = old.but(value=cell.value, formula=cell.formula, note=note, **looks)
        tab.sheet.put(row, columns[mark], new)
    world.touch(tab.spreadsheet.id)


def _most(form: Form) -> float:
    points = (asked.question.get("grading", {}).get("pointValue", 0) for asked in form.asked())
    return float(sum(points))
