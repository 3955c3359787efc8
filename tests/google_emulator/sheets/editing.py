"""Changing a spreadsheet: on a draft that is taken over only if everything succeeds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from tests.google_emulator.errors import GoogleError, invalid, not_found
from tests.google_emulator.sheets.a1 import exceeds
from tests.google_emulator.sheets.boxes import Box, box_of
from tests.google_emulator.sheets.cells import Cell, Value
from tests.google_emulator.sheets.entered import enter
from tests.google_emulator.sheets.formulas import reaches_out, recalculate
from tests.google_emulator.sheets.locales import locale_of
from tests.google_emulator.sheets.model import MIME, Sheet, Spreadsheet
from tests.google_emulator.world import Call, File, World

MOST_CELLS = 10_000_000
MOST_COLUMNS = 18_278
MOST_CHARACTERS = 50_000
PROTECTED = (
    "You are trying to edit a protected cell or object. "
    "Please contact the spreadsheet owner to remove protection if you need to edit."
)
TOO_MANY = (
    "This action would increase the number of cells in the workbook "
    f"above the limit of {MOST_CELLS} cells."
)
TOO_LONG = f"Your input contains more than the maximum of {MOST_CHARACTERS} characters"


@dataclass
class Editing:
    """A change under way.

    Attributes:
        book: the draft.
        principal: who changes; `owner` says whether the file is theirs.
    """

    world: World
    book: Spreadsheet
    principal: str
    file: File

    @property
    def owner(self) -> bool:
        """Whether the file belongs to whoever asks: owners edit what is protected."""
        return self.file.roles.get(self.principal) == "owner"

    def today(self) -> dt.date:
        """The day in the spreadsheet's time zone."""
        return self.world.clock.now().astimezone(ZoneInfo(self.book.time_zone)).date()

    def sheet(self, sheet_id: int) -> Sheet:
        """The tab. Raises Google's 400 for an id that doesn't exist."""
        try:
            return self.book.sheet(sheet_id)
        except KeyError:
            raise invalid(f"No grid with id: {sheet_id}") from None

    def demand_cells(self, sheet: Sheet, box: Box) -> None:
        """Raise Google's 400 where the cells, or some of them, are protected from the principal."""
        for protection in sheet.protected:
            if not may_edit(protection, self.principal, self.owner):
                protected = self.protected_box(sheet, protection)
                free = any(
                    sheet.box(r).contains(box) for r in protection.get("unprotectedRanges", ())
                )
                if not free and protected.overlaps(box):
                    raise invalid(PROTECTED)

    def protected_box(self, sheet: Sheet, protection: dict) -> Box:
        """The cells of a protection, whichever way it names them."""
        where = protection.get("range")
        for named in self.book.named_ranges:
            if named["namedRangeId"] == protection.get("namedRangeId"):
                where = named["range"]
        for table in sheet.tables:
            if table["tableId"] == protection.get("tableId"):
                where = table["range"]
        return sheet.box(where or {})

    def demand_size(self, extra: int = 0) -> None:
        """Raise Google's 400 where there would be too many cells."""
        if self.book.cell_count() + extra > MOST_CELLS:
            raise invalid(TOO_MANY)

    def demand_inside(self, sheet: Sheet, box: Box) -> None:
        """Raise Google's 400 where a box isn't wholly in the grid."""
        if box.bottom > sheet.rows or box.right > sheet.columns:
            raise exceeds(sheet, box)

    def given_box(self, sheet: Sheet, grid_range: dict[str, int]) -> Box:
        """The box of a request's GridRange, which must be in the grid."""
        box = box_of(grid_range, 1 << 30, 1 << 30)
        asked = Box(
            box.top,
            box.left,
            grid_range.get("endRowIndex", max(sheet.rows, box.top + 1)),
            grid_range.get("endColumnIndex", max(sheet.columns, box.left + 1)),
        )
        if asked.empty or asked.top < 0 or asked.left < 0:
            raise invalid(f"Invalid range: {grid_range}")
        self.demand_inside(sheet, asked)
        return asked

    def typed(self, cell: Cell, text: Value) -> Cell:
        """The cell after that is typed; formulas that would reach out are noted."""
        new = enter(cell, text, locale_of(self.book.locale), self.today())
        self.note_formula(new.formula)
        return new

    def note_formula(self, formula: str | None) -> None:
        """Keep what would reach out, so that tests can say that there is none."""
        if formula is not None and reaches_out(formula):
            self.book.outgoing.append(formula)


def may_edit(protection: dict, principal: str, owner: bool) -> bool:
    """Whether somebody may edit what is protected."""
    users = protection.get("editors", {}).get("users", ())
    return bool(protection.get("warningOnly")) or owner or principal in users


def demand_length(value: object) -> None:
    """Raise Google's 400 for a text that is too long for a cell."""
    if isinstance(value, str) and len(value) > MOST_CHARACTERS:
        raise invalid(f"{TOO_LONG} in a single cell.")


def opened(world: World, call: Call, role: str = "reader") -> tuple[Spreadsheet, File]:
    """The spreadsheet that a call is about. Raises Google's 403, 404 or 400."""
    file_id = call.path["spreadsheetId"]
    file = world.demand(call.principal, file_id, role)
    book = world.spreadsheets.get(file_id)
    if book is None and file.mime != MIME and "google-apps" not in file.mime:
        message = "This operation is not supported for this document"
        raise GoogleError(400, "FAILED_PRECONDITION", message)
    if book is None:
        raise not_found()
    book.title = file.name
    return book, file


@contextmanager
def changing(world: World, call: Call) -> Iterator[Editing]:
    """A draft of the call's spreadsheet, taken over at the end unless something was raised."""
    book, file = opened(world, call, "writer")
    edit = Editing(world, book.draft(), call.principal, file)
    yield edit
    recalculate(edit.book)
    book.settle(edit.book)
    file.name = book.title
    world.touch(file.id)
