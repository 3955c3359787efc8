"""The methods under spreadsheets.values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from tests.google_emulator.errors import GoogleError, invalid
from tests.google_emulator.sheets import metadata, values
from tests.google_emulator.sheets.a1 import Place, a1, resolve
from tests.google_emulator.sheets.editing import changing, opened
from tests.google_emulator.sheets.formulas import recalculate
from tests.google_emulator.sheets.model import Spreadsheet
from tests.google_emulator.sheets.values import Shown, Written
from tests.google_emulator.world import Call, World

TOTALS = ("Rows", "Columns", "Cells")


def _asked(query: Callable[[str], Any], response: bool = False) -> Shown:
    """How a call wants values shown; in answers to writes the options' names begin otherwise."""
    names = ["valueRenderOption", "dateTimeRenderOption"]
    if response:
        names = [f"response{name[0].upper()}{name[1:]}" for name in names]
    render, dates = (query(name) or "" for name in names)
    return Shown(render, dates or "SERIAL_NUMBER", query("majorDimension") or "ROWS")


def get(world: World, call: Call) -> dict[str, Any]:
    """values.get."""
    book, _ = opened(world, call)
    return values.read(book, resolve(book, call.path["range"]), _asked(call.one))


def batch_get(world: World, call: Call) -> dict[str, Any]:
    """values.batchGet: in the order asked for, all or nothing."""
    book, _ = opened(world, call)
    shown = _asked(call.one)
    found = [values.read(book, resolve(book, text), shown) for text in call.query.get("ranges", ())]
    return {"spreadsheetId": book.id, **({"valueRanges": found} if found else {})}


def batch_get_by_filter(world: World, call: Call) -> dict[str, Any]:
    """values.batchGetByDataFilter."""
    book, _ = opened(world, call, "writer")
    shown = _asked(call.body.get)
    found = [
        {"valueRange": values.read(book, place, shown), "dataFilters": [item]}
        for item in call.body.get("dataFilters", ())
        for place in metadata.places(book, item)
    ]
    return {"spreadsheetId": book.id, **({"valueRanges": found} if found else {})}


def update(world: World, call: Call) -> dict[str, Any]:
    """values.update."""
    with changing(world, call) as edit:
        typed = values.input_option(call.one("valueInputOption"))
        place = resolve(edit.book, call.path["range"])
        _demand_same(edit.book, place, call.body)
        written = values.write(edit, place, values.block_of(call.body), typed)
        recalculate(edit.book)
        include = call.flag("includeValuesInResponse")
        return _answer(edit.book, written, _asked(call.one, response=True) if include else None)


def _demand_same(book: Spreadsheet, place: Place, body: Mapping[str, Any]) -> None:
    """The body may name the range, too, but no other."""
    if body.get("range"):
        other = resolve(book, body["range"])
        if (other.sheet.sheet_id, other.asked) != (place.sheet.sheet_id, place.asked):
            mine, its = (a1(p.sheet.title, p.asked) for p in (place, other))
            raise invalid(f"Request range[{mine}] does not match value's range[{its}]")


def _answer(book: Spreadsheet, written: Written, shown: Shown | None) -> dict[str, Any]:
    answer = written.answer(book)
    if shown is not None:
        box = written.block
        place = Place(written.place.sheet, box.top, box.left, box.bottom, box.right)
        answer["updatedData"] = values.read(book, place, shown)
    return answer


def append(world: World, call: Call) -> dict[str, Any]:
    """values.append."""
    with changing(world, call) as edit:
        typed = values.input_option(call.one("valueInputOption"))
        place = resolve(edit.book, call.path["range"])
        _demand_same(edit.book, place, call.body)
        insert = call.one("insertDataOption") == "INSERT_ROWS"
        block = values.block_of(call.body)
        table, written = values.append(edit, place, block, typed, insert)
        recalculate(edit.book)
        include = call.flag("includeValuesInResponse")
        shown = _asked(call.one, response=True) if include else None
        answer = {"spreadsheetId": edit.book.id, **({"tableRange": table} if table else {})}
        return answer | {"updates": _answer(edit.book, written, shown)}


@contextmanager
def _prefixed(index: int, name: str = "data") -> Iterator[None]:
    try:
        yield
    except GoogleError as error:
        error.message = f"Invalid {name}[{index}]: {error.message}"
        raise


def batch_update(world: World, call: Call) -> dict[str, Any]:
    """values.batchUpdate: all or nothing."""
    with changing(world, call) as edit:
        typed = values.input_option(call.body.get("valueInputOption", ""))
        done = []
        for index, item in enumerate(call.body.get("data", ())):
            with _prefixed(index):
                place = resolve(edit.book, item.get("range", ""))
                done.append(values.write(edit, place, values.block_of(item), typed))
        recalculate(edit.book)
        include = call.body.get("includeValuesInResponse")
        shown = _asked(call.body.get, response=True) if include else None
        answers = [_answer(edit.book, written, shown) for written in done]
        return _totals(edit.book, done, answers)


def batch_update_by_filter(world: World, call: Call) -> dict[str, Any]:
    """values.batchUpdateByDataFilter."""
    with changing(world, call) as edit:
        typed = values.input_option(call.body.get("valueInputOption", ""))
        done, answers = [], []
        include = call.body.get("includeValuesInResponse")
        shown = _asked(call.body.get, response=True) if include else None
        for index, item in enumerate(call.body.get("data", ())):
            with _prefixed(index):
                for place in metadata.places(edit.book, item.get("dataFilter", {})):
                    written = values.write(edit, place, values.block_of(item), typed)
                    done.append(written)
                    answer = _answer(edit.book, written, shown)
                    del answer["spreadsheetId"]
                    answers.append(answer | {"dataFilter": item.get("dataFilter", {})})
        return _totals(edit.book, done, answers)


def _totals(
    book: Spreadsheet, done: Sequence[Written], answers: list[dict[str, Any]]
) -> dict[str, Any]:
    counts = {
        "totalUpdatedRows": sum(len(written.rows) for written in done),
        "totalUpdatedColumns": sum(len(written.columns) for written in done),
        "totalUpdatedCells": sum(written.cells for written in done),
        "totalUpdatedSheets": len({w.place.sheet.sheet_id for w in done if w.cells}),
    }
    shown = {name: count for name, count in counts.items() if count}
    return {"spreadsheetId": book.id, **shown, **({"responses": answers} if answers else {})}


def clear(world: World, call: Call) -> dict[str, Any]:
    """values.clear."""
    with changing(world, call) as edit:
        cleared = values.clear(edit, resolve(edit.book, call.path["range"]))
    return {"spreadsheetId": edit.book.id, "clearedRange": cleared}


def batch_clear(world: World, call: Call) -> dict[str, Any]:
    """values.batchClear."""
    with changing(world, call) as edit:
        places = [resolve(edit.book, text) for text in call.body.get("ranges", ())]
        cleared = [values.clear(edit, place) for place in places]
    return {"spreadsheetId": edit.book.id, **({"clearedRanges": cleared} if cleared else {})}


def batch_clear_by_filter(world: World, call: Call) -> dict[str, Any]:
    """values.batchClearByDataFilter."""
    with changing(world, call) as edit:
        filters = call.body.get("dataFilters", ())
        places = [place for item in filters for place in metadata.places(edit.book, item)]
        cleared = [values.clear(edit, place) for place in places]
    return {"spreadsheetId": edit.book.id, **({"clearedRanges": cleared} if cleared else {})}


PREFIX = "sheets.spreadsheets.values."
HANDLERS = {
    PREFIX + "get": get,
    PREFIX + "batchGet": batch_get,
    PREFIX + "batchGetByDataFilter": batch_get_by_filter,
    PREFIX + "update": update,
    PREFIX + "append": append,
    PREFIX + "batchUpdate": batch_update,
    PREFIX + "batchUpdateByDataFilter": batch_update_by_filter,
    PREFIX + "clear": clear,
    PREFIX + "batchClear": batch_clear,
    PREFIX + "batchClearByDataFilter": batch_clear_by_filter,
}
