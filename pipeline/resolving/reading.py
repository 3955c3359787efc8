"""A list as it was read, and which of its columns says what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast

import pandas as pd

from config.errors import BadData
from config.lists import Found, find_columns
from config.questions import match
from config.raw import RawList, Scalar
from config.words import say
from connectors.lists import read_lists
from pipeline.intake.cells import as_text
from pipeline.resolution.listing import ADDED, FIELDS, resolve, with_domain

_ID = {"id": ("organisation_id", "Id", "Organisation id", "Organization id")}
_SHOWN = {"name": ("canonical_name",)}


def list_of(file: Path, tab: str, given: Mapping[str, str]) -> tuple[RawList, Found]:
    """The list, without what Weaver itself once added to it, and its columns."""
    lists = {title: _bare(each) for title, each in read_lists(file).items()}
    if tab:
        if tab not in lists:
            known = ", ".join(lists)
            raise BadData(say("The file has no tab of that name."), f"{file}, {tab}",
                          say("Its tabs are: {known}.", known=known))  # fmt: skip
        lists = {tab: lists[tab]}
    found = {title: find_columns(each.header, given) for title, each in lists.items()}
    filled = [title for title, each in lists.items() if each.header]
    for title in filled:
        if "name" in found[title].places and given.keys() <= found[title].places.keys():
            _check_added(file, lists[title])
            return lists[title], found[title]
    if not filled:
        raise _empty(file)
    raise _no_column(file, lists[filled[0]], found[filled[0]], given)


def _no_column(file: Path, each: RawList, found: Found, given: Mapping[str, str]) -> BadData:
    lost = [field for field in given if field not in found.places]
    if lost:
        what = say("The list has no column called {titles}.",
                   titles=", ".join(f"“{given[field]}”" for field in lost))  # fmt: skip
    else:
        what = say("It can't be told which column has the organisations' names.")
    columns = ", ".join(f"“{title}”" for title in each.header if title.strip())
    option = f"--{lost[0]}" if lost else "--name"
    like = next((miss.header for miss in found.near if miss.field == "name"), "")
    hint = say("Is it “{title}”? ", title=like) if like and not lost else ""
    where = str(file) if each.tab == file.name else f"{file}, {each.tab}"
    remedy = say("Say {option} COLUMN with one of the columns: {columns}.",
                 option=option, columns=columns)  # fmt: skip
    return BadData(what, where, hint + remedy)


def _bare(each: RawList) -> RawList:
    """Without the columns that Weaver added at the end of an earlier result."""
    if each.header[-len(ADDED) :] != ADDED or len(each.header) == len(ADDED):
        return each
    columns = each.columns[: -len(ADDED)]
    return RawList(each.tab, each.header[: -len(ADDED)], columns, each.numbers)


def _check_added(file: Path, each: RawList) -> None:
    if taken := [title for title in ADDED if title in each.header]:
        raise BadData(
            say("The list has a column of its own called {titles}, which Weaver would add.",
                titles=", ".join(taken)),
            str(file), say("Give that column another title."),
        )  # fmt: skip


def records_of(source: RawList, columns: Found) -> pd.DataFrame:
    """The columns that are compared, as `listing.resolve` takes them."""
    length = len(source.numbers)
    texts = {
        field: texts_of(source.columns[columns.places[field]])
        if field in columns.places
        else [""] * length
        for field in FIELDS
    }
    return pd.DataFrame(texts, index=pd.RangeIndex(length), dtype=object)


def texts_of(cells: Sequence[Scalar]) -> Sequence[str]:
    """The cells as a person reads them; texts stay exactly as they are."""
    if {*map(type, cells)} <= {str}:
        return cast("Sequence[str]", cells)
    return [cell if isinstance(cell, str) else as_text(cell) for cell in cells]


def registry_in(file: Path) -> pd.DataFrame:
    """A list of known organisations: by its own ids, else by those that its rows get."""
    source, columns = _list_of_known(file)
    records = records_of(source, columns)
    at = match(source.header, _ID).columns.get("id", ())
    if at:
        ids = pd.Series(texts_of(source.columns[at[0]]), dtype=object)
    else:
        ids = resolve(records).rows["organisation_id"]
    shown = match(source.header, _SHOWN).columns.get("name", ())
    named = with_domain(records).assign(id=ids)
    if shown:
        first = named.assign(name=texts_of(source.columns[shown[0]]))
        named = pd.concat([first, named]).drop_duplicates()
    kept = named.loc[(named["id"] != "") & (named["name"].str.strip() != "")]
    return kept.reset_index(drop=True)


def _list_of_known(file: Path) -> tuple[RawList, Found]:
    """The first list in the file that has names, be they the names that Weaver chose."""
    lists = [each for each in read_lists(file).values() if each.header]
    for given in ({}, {"name": "canonical_name"}):
        for each in lists:
            found = find_columns(each.header, given)
            if "name" in found.places:
                return each, found
    if not lists:
        raise _empty(file)
    raise _no_column(file, lists[0], find_columns(lists[0].header), {})


def _empty(file: Path) -> BadData:
    return BadData(say("The file holds nothing."), str(file),
                   say("Fill it in, or give another file."))  # fmt: skip
