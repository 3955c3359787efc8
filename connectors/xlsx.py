"""Writing a workbook with XlsxWriter: the same tabs and the same moment give the same bytes."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.packager import Packager
from xlsxwriter.sharedstrings import SharedStrings
from xlsxwriter.workbook import Workbook

from config.raw import Scalar, column_letter
from config.tabplan import ColumnPlan
from config.words import say
from connectors import style
from connectors.workbook import Clock

_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")
_NO_LIMIT = 1 << 31


@dataclass(frozen=True)
class Tab:
    """One tab to write.

    Attributes:
        title: the tab's title.
        header: its titles (of a foreign tab: with their types).
        rows: the cells, and in `numbers` the row number of each.
        columns: the plan of each column, None where people added it.
        top: the row number of the header.
        about: one sentence; "" for a tab that Weaver hasn't made.
        hidden: whether it is out of sight until somebody unhides it.
    """

    title: str
    header: Sequence[Scalar]
    rows: Sequence[Sequence[Scalar]]
    numbers: Sequence[int]
    columns: Sequence[ColumnPlan | None]
    top: int = 1
    about: str = ""
    hidden: bool = False

    @property
    def owner(self) -> str:
        """ "weaver", "people" or "both"."""
        return style.owner(self.columns)


def workbook_bytes(
    tabs: Sequence[Tab], properties: Mapping[str, str], lists: str, created: dt.datetime
) -> bytes:
    """The whole `.xlsx` file.

    Args:
        tabs: in order; no two titles differ in case alone.
        properties: custom document properties; blank ones are left out.
        lists: title of the hidden tab for drop-downs that are too long for a cell's rule.
        created: the moment that the file says it was made at.
    """
    target = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = _Book(target, options)
    book.set_properties({"created": created, "author": "Weaver"})
    for name, value in properties.items():
        if value:
            book.set_custom_property(name, value, "text")
    writer = _Writer(book, lists, {tab.title for tab in tabs})
    for tab in tabs:
        writer.add(tab)
    writer.close()
    return target.getvalue()


class _Strings(SharedStrings):  # type: ignore[misc]
    """Every text literally: XlsxWriter takes a text such as `<r>…</r>` for its own mark-up, and
    overlooks the second of two escapes that share an underscore.
    """

    def _write_si(self, string: str) -> None:
        text = _ESCAPE.sub("_x005F_", string)
        text = _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
        edge = text[:1].isspace() or text[-1:].isspace()
        self._xml_si_element(text, [("xml:space", "preserve")] if edge else [])


class _Packager(Packager):  # type: ignore[misc]
    def _write_shared_strings_file(self) -> None:
        if self.workbook.str_table.count:
            strings = _Strings()
            strings.string_table = self.workbook.str_table
            strings._set_xml_writer(self._filename("xl/sharedStrings.xml"))  # noqa: SLF001
            strings._assemble_xml_file()  # noqa: SLF001


class _Book(Workbook):  # type: ignore[misc]
    def _get_packager(self) -> _Packager:
        return _Packager()


class _Writer:
    """Writes tabs into a book, making each format and each long list once."""

    def __init__(self, book: _Book, lists: str, titles: set[str]) -> None:
        self.book = book
        self.titles = titles
        self.tab_of_lists = lists
        self.formats: dict[str, Any] = {}
        self.lists: dict[tuple[str, ...], int] = {}

    def add(self, tab: Tab) -> None:
        """Write one tab."""
        sheet = self.book.add_worksheet(tab.title)
        # A text of people's that is longer than Excel's limit is theirs; it stays whole.
        sheet.xls_strmax = _NO_LIMIT
        planned = any(column is not None for column in tab.columns)
        widths = self._columns(sheet, tab)
        for place, title in enumerate(tab.header):
            look = style.header_format(tab.columns[place]) if planned else {"bold": True}
            shown = style.NUMBER_FORMATS[_shown(title, None)]
            self._cell(sheet, tab.top - 1, place, title, look | {"num_format": shown})
        for number, row in zip(tab.numbers, tab.rows, strict=True):
            if planned and (high := style.row_height(row, widths)):
                sheet.set_row(number - 1, high)
            self._row(sheet, number - 1, row, tab.columns)
        if planned:
            self._dress(sheet, tab)
        if tab.hidden:
            sheet.hide()

    def close(self) -> None:
        """Add the lists and finish the file."""
        if self.lists:
            sheet = self.book.add_worksheet(self.tab_of_lists)
            sheet.very_hidden()
            for words, place in self.lists.items():
                for row, word in enumerate(words):
                    sheet.write_string(row, place, word)
        self.book.close()

    def _format(self, look: Mapping[str, Any]) -> Any:
        name = repr(sorted(look.items()))
        if name not in self.formats:
            self.formats[name] = self.book.add_format(dict(look))
        return self.formats[name]

    def _columns(self, sheet: Any, tab: Tab) -> list[float]:
        """Set the columns' widths and looks; returns the widths."""
        titles = []
        for place, column in enumerate(tab.columns):
            title = str(tab.header[place] or "")
            wide = style.width(title, column, [row[place] for row in tab.rows])
            titles.append((title, wide))
            shown = column.format if column is not None and column.ours else "text"
            sheet.set_column(place, place, wide, self._format(style.cell_format(column, shown)))
        if any(column is not None for column in tab.columns):
            sheet.set_row(tab.top - 1, style.header_height(titles))
        return [wide for _, wide in titles]

    def _row(
        self, sheet: Any, row: int, cells: Sequence[Scalar], columns: Sequence[ColumnPlan | None]
    ) -> None:
        for place, value in enumerate(cells):
            if value is not None and value != "":
                column = columns[place]
                look = style.cell_format(column, _shown(value, column))
                self._cell(sheet, row, place, value, look)
                self._lead(sheet, row, place, value, column, look)

    def _lead(
        self,
        sheet: Any,
        row: int,
        place: int,
        value: Scalar,
        column: ColumnPlan | None,
        look: dict[str, Any],
    ) -> None:
        """Let a click on the cell open the tab that it is about, where the workbook has it."""
        to = column.leads.get(value) if column is not None and isinstance(value, str) else None
        if to in self.titles:
            quoted = str(to).replace("'", "''")
            shape = self._format(look | style.LINK)
            sheet.write_url(row, place, f"internal:'{quoted}'!A1", shape, value)

    def _cell(self, sheet: Any, row: int, place: int, value: Scalar, look: dict[str, Any]) -> None:
        shape = self._format(look)
        if isinstance(value, Clock):
            sheet.write_number(row, place, value.seconds / 86_400, shape)
        elif isinstance(value, str):
            write = sheet.write_string if value else sheet.write_blank
            write(row, place, value, shape)
        elif isinstance(value, bool):
            sheet.write_boolean(row, place, value, shape)
        elif isinstance(value, (int, float)):
            sheet.write_number(row, place, value, shape)
        elif value is not None:
            sheet.write_datetime(row, place, value, shape)

    def _dress(self, sheet: Any, tab: Tab) -> None:
        last = max(tab.numbers, default=tab.top)
        sheet.set_tab_color(style.TAB_COLOURS[tab.owner])
        sheet.freeze_panes(tab.top, 0)
        sheet.autofilter(tab.top - 1, 0, max(last, tab.top + 1) - 1, len(tab.header) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(tab.top - 1)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer("&L&A&R&P / &N")
        self._notes(sheet, tab)
        for place, column in enumerate(tab.columns):
            if column is not None:
                area = (tab.top, place, last + style.SPARE_ROWS - 1, place)
                self._choices(sheet, area, column)
                self._colours(sheet, area, column)

    def _notes(self, sheet: Any, tab: Tab) -> None:
        about = tab.about
        for place, column in enumerate(tab.columns):
            if column is not None and (column.note or about):
                note = "\n\n".join(filter(None, (about, column.note)))
                sheet.write_comment(tab.top - 1, place, note, style.note_size(note))
                about = ""

    def _choices(self, sheet: Any, area: tuple[int, ...], column: ColumnPlan) -> None:
        if column.ours or not column.choices:
            return
        rule = {
            "validate": "list",
            "source": self._source(column.choices),
            "error_type": "warning",
            "error_title": say("Not in the list"),
            "error_message": say("Weaver only understands the words of the list."),
        }
        sheet.data_validation(*area, rule)

    def _source(self, words: tuple[str, ...]) -> list[str] | str:
        """The words themselves, or where they stand when they are too many or have commas."""
        if len(",".join(words)) <= 250 and not any("," in word or '"' in word for word in words):
            return list(words)
        place = self.lists.setdefault(words, len(self.lists))
        letters = column_letter(place)
        return f"='{self.tab_of_lists}'!${letters}$1:${letters}${len(words)}"

    def _colours(self, sheet: Any, area: tuple[int, ...], column: ColumnPlan) -> None:
        for text, colour in column.colours.items():
            fill, ink = style.COLOURS[colour]
            quoted = text.replace('"', '""')
            shape = self._format({"bg_color": fill, "font_color": ink})
            rule = {"type": "cell", "criteria": "==", "value": f'"{quoted}"', "format": shape}
            sheet.conditional_format(*area, rule)


def _shown(value: Scalar, column: ColumnPlan | None) -> str:
    """A key of `style.NUMBER_FORMATS`: dates as dates whatever the column, numbers as planned."""
    if isinstance(value, Clock):
        return "clock"
    if isinstance(value, dt.datetime):
        return "date" if column is not None and column.format == "date" else "datetime"
    if isinstance(value, dt.date):
        return "datetime" if column is not None and column.format == "datetime" else "date"
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    planned = column is not None and column.ours and column.format in ("integer", "decimal")
    return column.format if number and planned and column is not None else "text"
