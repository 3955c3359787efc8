"""The methods of Sheets v4.

Where Google's behaviour isn't known, or isn't the same everywhere, the stricter course is taken:

- `values.update` whose block leaves the grid is refused, also where the range is open (S-63).
- API writes pass a strict validation; only typing by people is refused (S-84).
- Row and column metadata stays on its index when rows are sorted (S-86).
- RAW "" counts as empty when trailing cells are left out.
- R1C1 notation is refused; tabs are found by their exact title, although titles that differ only
  in case count as equal for new tabs; an unquoted range is one of the first visible tab.
- A protection without editors lets only its maker and the owner edit. Inserting inside something
  protected, and touching a wholly protected tab's properties, count as editing it.
- Text that begins with "+" and isn't a number is a formula, and fails.
- A service account can't create spreadsheets (`World.service_accounts_have_storage`).
- Formulas: references, arithmetic, SUM, COUNT, COUNTA, AVERAGE, MIN, MAX, COUNTIF, IF, HYPERLINK;
  others come to #NAME?. Moving ranges that only overlap a moved part keeps them in place.
- autoResizeDimensions changes nothing. Colours are kept in 256 steps.
- Locales en_US, en_GB, de_DE and fr_FR; FORMATTED numbers in others answer 501.
- Not emulated (501): slicers, pivot tables, data sources, comments, autoFill, textToColumns,
  randomizeRange, updateEmbeddedObjectBorder, charts on tabs of their own, transposed pastes,
  sorting and filtering by colour, findReplace in formulas, insertRange and deleteRange in tabs
  with merges, tables, protections or formulas; spreadsheets.create with more than properties.
- Ranges in data validations don't follow inserted and deleted rows; those in formulas do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.google_emulator.errors import GoogleError, NotEmulated, not_found
from tests.google_emulator.sheets import metadata, present
from tests.google_emulator.sheets.a1 import Place, resolve
from tests.google_emulator.sheets.batch.run import run
from tests.google_emulator.sheets.batch.tabs import copied, free_sheet_id, metadata_on
from tests.google_emulator.sheets.editing import Editing, changing, opened
from tests.google_emulator.sheets.model import Spreadsheet, create_spreadsheet
from tests.google_emulator.sheets.tidy import tidy
from tests.google_emulator.sheets.values_api import HANDLERS as VALUES
from tests.google_emulator.world import Call, File, World

Handler = Callable[[World, Call], dict[str, Any]]


def get(world: World, call: Call) -> dict[str, Any]:
    """spreadsheets.get."""
    book, file = opened(world, call)
    data = present.data_wanted(call.one("fields"), call.flag("includeGridData"))
    places = [resolve(book, text) for text in call.query.get("ranges", ())]
    return present.spreadsheet(book, _wanted(call, file, data, places))


def _wanted(call: Call, file: File, data: Any, places: list[Place]) -> present.Wanted:
    owner = file.roles.get(call.principal) == "owner"
    return present.Wanted(call.principal, owner, data, places)


def get_by_filter(world: World, call: Call) -> dict[str, Any]:
    """spreadsheets.getByDataFilter."""
    book, file = opened(world, call, "writer")
    include = bool(call.body.get("includeGridData"))
    data = present.data_wanted(call.one("fields"), include)
    filters = call.body.get("dataFilters", ())
    places = [place for item in filters for place in metadata.places(book, item)]
    if filters and not places:
        shown = present.spreadsheet(book, _wanted(call, file, None, []))
        return {name: value for name, value in shown.items() if name != "sheets"}
    return present.spreadsheet(book, _wanted(call, file, data, places))


def create(world: World, call: Call) -> dict[str, Any]:
    """spreadsheets.create. A service account has no storage for it, unless the world says so."""
    if is_service_account(call.principal) and not getattr(
        world, "service_accounts_have_storage", False
    ):
        message = "The user's Drive storage quota has been exceeded."
        raise GoogleError(403, "PERMISSION_DENIED", message, [_storage_reason()])
    _demand_plain(call.body)
    given = call.body.get("properties", {})
    title = given.get("title") or "Untitled spreadsheet"
    book = create_spreadsheet(world, title, call.principal, titles=())
    file = world.files[book.id]
    edit = Editing(world, book, call.principal, file)
    try:
        _fill(edit, given, call.body.get("sheets") or [{}])
    except Exception:
        del world.files[book.id], world.spreadsheets[book.id]
        raise
    return present.spreadsheet(book, _wanted(call, file, None, []))


def _demand_plain(body: Mapping[str, Any]) -> None:
    """Only properties are emulated in a new spreadsheet."""
    odd = body.keys() - {"properties", "sheets"}
    for sheet in body.get("sheets", ()):
        odd |= sheet.keys() - {"properties"}
    if odd:
        raise NotEmulated(f"spreadsheets.create with {', '.join(sorted(odd))}")


def is_service_account(address: str) -> bool:
    """Whether the address is a service account's."""
    return address.endswith(".gserviceaccount.com")


def _storage_reason() -> dict[str, Any]:
    return {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "STORAGE_QUOTA_EXCEEDED",
        "domain": "googleapis.com",
    }


def _fill(edit: Editing, given: Mapping[str, Any], sheets: list[Mapping[str, Any]]) -> None:
    """The new spreadsheet's properties and tabs; the first has the id 0 unless it asks for one."""
    rest = {name: value for name, value in given.items() if name != "title"}
    first = [{"updateSpreadsheetProperties": {"properties": rest, "fields": ",".join(rest)}}]
    requests: list[Mapping[str, Any]] = [*(first if rest else [])]
    for number, sheet in enumerate(sheets):
        asked = {"sheetId": 0} if number == 0 else {}
        requests.append({"addSheet": {"properties": asked | dict(sheet.get("properties", {}))}})
    run(edit, requests)


def batch_update(world: World, call: Call) -> dict[str, Any]:
    """spreadsheets.batchUpdate; the spreadsheet in the reply is that after the change."""
    with changing(world, call) as edit:
        replies = run(edit, call.body.get("requests", []))
    answer: dict[str, Any] = {"spreadsheetId": edit.book.id, "replies": replies}
    if call.body.get("includeSpreadsheetInResponse"):
        book, file = opened(world, call)
        include = bool(call.body.get("responseIncludeGridData"))
        data = present.data_wanted("", include)
        places = [resolve(book, text) for text in call.body.get("responseRanges", ())]
        answer["updatedSpreadsheet"] = present.spreadsheet(book, _wanted(call, file, data, places))
    return answer


def copy_to(world: World, call: Call) -> dict[str, Any]:
    """sheets.copyTo another spreadsheet, where it is the last tab."""
    book, _ = opened(world, call)
    try:
        source = book.sheet(int(call.path["sheetId"]))
    except KeyError:
        raise not_found() from None
    path = {"spreadsheetId": call.body.get("destinationSpreadsheetId", "")}
    into = Call(call.method, path, {}, {}, call.principal, call.delegated)
    with changing(world, into) as edit:
        edit.demand_size(source.rows * source.columns)
        title = _copy_title(edit.book, source.title)
        sheet = copied(edit.book, source, title, free_sheet_id(edit, None))
        edit.book.adopt(sheet)
        metadata.parent_of(edit.book, sheet, metadata_on(book, source))
    return present.sheet_properties(sheet, len(edit.book.sheets) - 1)


def _copy_title(book: Spreadsheet, title: str) -> str:
    titles = {sheet.title for sheet in book.sheets}
    names = [f"Copy of {title}", *(f"Copy of {title} {n}" for n in range(2, 1000))]
    return next(name for name in names if name not in titles)


def metadata_get(world: World, call: Call) -> dict[str, Any]:
    """developerMetadata.get."""
    book, _ = opened(world, call, "writer")
    for item in book.developer_metadata:
        if item["metadataId"] == int(call.path["metadataId"]):
            return dict(tidy(item))
    raise not_found()


def metadata_search(world: World, call: Call) -> dict[str, Any]:
    """developerMetadata.search."""
    book, _ = opened(world, call, "writer")
    filters = call.body.get("dataFilters", ())
    found = [
        {"developerMetadata": tidy(item), "dataFilters": fits}
        for item in book.developer_metadata
        if (fits := [f for f in filters if item in metadata.selected(book, [f])])
    ]
    return {"matchedDeveloperMetadata": found} if found else {}


HANDLERS: dict[str, Handler] = {
    "sheets.spreadsheets.get": get,
    "sheets.spreadsheets.getByDataFilter": get_by_filter,
    "sheets.spreadsheets.create": create,
    "sheets.spreadsheets.batchUpdate": batch_update,
    "sheets.spreadsheets.sheets.copyTo": copy_to,
    "sheets.spreadsheets.developerMetadata.get": metadata_get,
    "sheets.spreadsheets.developerMetadata.search": metadata_search,
    **VALUES,
}
