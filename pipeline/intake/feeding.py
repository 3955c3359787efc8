"""How what members report by forms comes into the tabs: each thing once, a correction last."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from config.activity import AS_ACTION, AS_HELP, AS_LESSON
from config.problems import Problem
from config.tables import Column, Table
from config.tables.later import ACTIONS, ACTIVITY, CHECK_IN, HELP, LESSONS
from config.text import fold, shorten
from config.words import say
from pipeline.intake.cells import per_distinct
from pipeline.intake.model import Typed

Find = Callable[[str], tuple[str, str]]
Doubt = Callable[[str], tuple[str, str]]
"""A name that is nobody's → what is wrong, and what to do."""
TAB, FORM, RETOLD = "tab", "form", "retold"
"""How a row came: people typed it, a form of that table brought it, or it stands in *Tell us what
you did*, where its names are looked at."""
_PROJECTED: tuple[tuple[Table, str, Mapping[str, str], Mapping[str, str]], ...] = (
    (ACTIONS, "what", AS_ACTION, {}),
    (LESSONS, "lesson", AS_LESSON, {"kind": "lesson"}),
    (HELP, "help_wanted", AS_HELP, {}),
)
"""Table, the field that makes a report a row of it, its fields' sources, and fixed words."""
_SAME: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    ACTIVITY.name: ("organisation", "date", ("what",)),
    ACTIONS.name: ("started_by", "date", ("initiative",)),
    LESSONS.name: ("organisation", "date", ("what",)),
    HELP.name: ("organisation", "asked_on", ("kind",)),
}
"""Table → who, when and what make two rows the same."""
_SEVERAL = ("list", "organisations")


def joined(tab: Typed | None, forms: Sequence[Typed], title: str) -> Typed:
    """The tab's rows, then those of each form.

    The frame has more columns than the table: `source` (the title of the tab, or what the form's
    responses are called), `came_by` ("tab", "form" or "retold"), `received` and `changed`
    (datetime64[ns, UTC]: when a response came, and when it was last changed; NaT for the tab's).

    Args:
        tab: as people keep it; None where they don't.
        forms: as `intake.reports.read_report` gives them; of one table.
        title: what the coalition calls the tab.
    """
    parts = [*([_with_origin(tab)] if tab else []), *forms]
    frames = [part.frame for part in parts]
    return replace(
        parts[0],
        frame=_stacked(frames),
        present=frozenset().union(*(part.present for part in parts)),
        problems=tuple(problem for part in parts for problem in part.problems),
        read=sum(part.read for part in parts),
        tab=title,
        titles=_titles_of_all(parts),
        parts=tuple((part.title, part.read) for part in parts),
        kept=tab is not None,
        unread=frozenset().union(*(part.unread for part in parts)),
    )


def _titles_of_all(parts: Sequence[Typed]) -> dict[str, str]:
    """The titles that a column has in every part; those in several languages are left out."""
    first, *others = (part.titles for part in parts)
    return {
        field: title for field, title in first.items()
        if all(other.get(field) == title for other in others)
    }  # fmt: skip


def unknown(_name: str) -> tuple[str, str]:
    """What is said of a name that nobody has."""
    return (
        say("No organisation of that name has signed."),
        say("Copy the name or the Id from Who has signed."),
    )


def fed(
    typed: Mapping[str, Typed],
    find: Find,
    dropped: Collection[str] = (),
    doubt: Doubt = unknown,
) -> dict[str, Typed]:
    """The tables with what members report: in Actions, Lessons and Help too, each thing once.

    Two rows are the same where organisation, day and what was done (of help: its kind) are. A row
    that people typed stays; its blanks are filled with what the forms say. Of several such rows the
    first one's are, and that is said. Of forms the newest response counts; what it leaves blank is
    taken from the ones before. Of several check-ins of one organisation in a calendar year the
    newest counts. Anybody may send a form: what came by one counts in Actions, Lessons and Help
    only where the organisation is known.

    Args:
        typed: the tables in use, by name; those that forms feed as `joined` gives them.
        find: a name → (the organisation's id or "", "").
        dropped: tables that people don't want any more; nothing is put into them.
        doubt: what is said of an organisation that isn't known.
    """
    found = dict(typed)
    if ACTIVITY.name in found:
        told = _once(_with_origin(found[ACTIVITY.name]), find)
        found[ACTIVITY.name] = told
        for table, reason, fields, fixed in _PROJECTED:
            if reason in told.present and table.name not in dropped:
                retold = _retold(told, table, reason, fields, fixed)
                found[table.name] = _appended(found.get(table.name), retold)
    for table in (ACTIONS, LESSONS, HELP):
        if table.name in found and "came_by" in found[table.name].frame:
            found[table.name] = _once(_of_known(found[table.name], find, doubt), find)
    if CHECK_IN.name in found:
        found[CHECK_IN.name] = _newest_of_year(_with_origin(found[CHECK_IN.name]), find)
    return found


def _with_origin(typed: Typed) -> Typed:
    """With the columns that say where a row comes from."""
    if "came_by" in typed.frame:
        return typed
    never = pd.Series(pd.NaT, index=typed.frame.index, dtype="datetime64[ns, UTC]")
    frame = typed.frame.assign(source=typed.title, came_by=TAB, received=never, changed=never)
    return replace(typed, frame=frame, parts=((typed.title, typed.read),))


def _stacked(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    filled = [frame for frame in frames if len(frame)] or frames[:1]
    return pd.concat(filled, ignore_index=True)


def _retold(
    told: Typed, table: Table, reason: str, fields: Mapping[str, str], fixed: Mapping[str, str]
) -> Typed:
    """The reports that are rows of another table, as such."""
    rows = told.frame.loc[told.frame[reason] != ""].reset_index(drop=True)
    data = {"row": rows["row"]}
    for column in table.columns:
        if column.name in fields:
            data[column.name] = rows[fields[column.name]]
        elif column.name in fixed:
            data[column.name] = pd.Series(fixed[column.name], index=rows.index, dtype="str")
        else:
            data[column.name] = _blanks(column, rows.index)
    more = {name: rows[name] for name in ("source", "received", "changed")}
    frame = pd.DataFrame(data | more).assign(came_by=RETOLD)
    present = {mine for mine, theirs in fields.items() if theirs in told.present} | set(fixed)
    return Typed(table, frame, frozenset(present), (), 0, kept=False)


def _blanks(column: Column, index: pd.Index[int]) -> pd.Series:
    """A column of its kind in which nothing stands."""
    if column.kind == "date":
        return pd.Series(pd.NaT, index=index, dtype="datetime64[ns]")
    if column.kind in ("count", "number"):
        return pd.Series(float("nan"), index=index, dtype="float64")
    if column.kind in _SEVERAL:
        return pd.Series([()] * len(index), index=index, dtype=object)
    return pd.Series("", index=index, dtype="str")


def _appended(own: Typed | None, retold: Typed) -> Typed:
    """The table's own rows, then those that members reported elsewhere."""
    if own is None:
        return retold
    own = _with_origin(own)
    frame = _stacked([own.frame, retold.frame])
    return replace(own, frame=frame, present=own.present | retold.present)


def _of_known(typed: Typed, find: Find, doubt: Doubt) -> Typed:
    """Without what came by a form from somebody who isn't known, which is said."""
    frame = typed.frame
    field = _SAME[typed.table.name][0]
    known = per_distinct(list(frame[field]), lambda name: bool(find(name)[0]))
    strange = frame.loc[
        (frame["came_by"] != TAB) & ~pd.Series(known, index=frame.index, dtype=bool)
    ]
    if strange.empty:
        return typed
    # a row that is retold was said where it stands, and a blank one when it was read
    said = strange.loc[(strange["came_by"] == FORM) & (strange[field] != "")]
    title = typed.titles.get(field, typed.table.column(field).title)
    problems = [
        Problem(place, int(row), title, *doubt(name), shorten(name))
        for place, row, name in zip(said["source"], said["row"], said[field], strict=True)
    ]
    kept = frame.drop(strange.index).reset_index(drop=True)
    return replace(typed, frame=kept, problems=(*typed.problems, *problems))


def _once(typed: Typed, find: Find) -> Typed:
    """Without what was reported twice; what stays is completed by what goes."""
    order = _newest_first(typed.frame, typed.table)
    keys = _keys(order, typed.table, find)
    again = keys.duplicated() & ((order["came_by"] != TAB) | (typed.table is ACTIVITY))
    if not again.any():
        return typed
    twice = keys.isin(keys[again])
    completed = _completed(order, keys, twice, ~keys.duplicated(), typed.table)
    gone = order.loc[again, ["source", "row"]]
    superseded = set(gone.itertuples(index=False, name=None))
    kept = (p for p in typed.problems if (p.tab, p.row) not in superseded)
    return replace(
        typed,
        frame=completed.loc[~again].sort_index().reset_index(drop=True),
        problems=(*kept, *_either(order.sort_index(), keys, set(keys[again]), typed)),
    )


def _either(
    frame: pd.DataFrame, keys: pd.Series, told: Collection[str], typed: Typed
) -> Iterator[Problem]:
    """Rows that people typed twice where a form says the same: nobody knows which one it meant."""
    if typed.table is ACTIVITY:
        return
    field = _SAME[typed.table.name][2][0]
    title = typed.titles.get(field, typed.table.column(field).title)
    mine = frame.loc[(frame["came_by"] == TAB) & keys.isin(told)]
    for _, rows in mine.groupby(keys[mine.index], sort=False):
        place, first, *others = rows["source"].iloc[0], *map(int, rows["row"])
        if not others:
            continue
        what = say("row {rows} says the same, and so does what a member sent by a form: it was "
                   "taken for this row alone", rows=", ".join(map(str, others)))  # fmt: skip
        remedy = say("Delete the row that is too much, or make clear under {column} or by the day "
                     "how they differ.", column=title)  # fmt: skip
        yield Problem(place, first, title, what, remedy, shorten(rows[field].iloc[0]))


def _newest_first(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """People's rows as they stand, then responses, the newest first; times not known come last."""
    place = pd.Series(range(len(frame)), index=frame.index)
    typed = frame["came_by"] == TAB
    by = pd.DataFrame(
        {
            "form": ~typed,
            "changed": frame["changed"].mask(typed),
            # of what people keep the first row stays; of responses the last one is the newest
            "place": place.where(typed & (table is not ACTIVITY), -place),
        }
    )
    ordered = by.sort_values(
        ["form", "changed", "place"], ascending=[True, False, True], na_position="last"
    )
    return frame.loc[ordered.index]


def _keys(frame: pd.DataFrame, table: Table, find: Find) -> pd.Series:
    """What two rows about the same thing have in common, as text."""
    who, when, what = _SAME[table.name]
    texts = [_folded(frame[name]) for name in what]
    if table is ACTIVITY:
        other = "\x1e" + _folded(frame["lesson"]) + "\x1e" + _folded(frame["help_wanted"])
        texts = [texts[0].where(texts[0] != "", other)]
    key = _authors(frame[who], find) + "\x1f" + frame[when].astype("str").fillna("")
    for text in texts:
        key = key + "\x1f" + text
    return key


def _authors(names: pd.Series, find: Find) -> pd.Series:
    """Who is meant: the id where one is known, else the name as it is compared."""
    ids = per_distinct(list(names), lambda name: find(name)[0] or fold(name))
    return pd.Series(ids, index=names.index, dtype="str")


def _folded(texts: pd.Series) -> pd.Series:
    return pd.Series(per_distinct(list(texts), fold), index=texts.index, dtype="str")


def _completed(
    order: pd.DataFrame, keys: pd.Series, twice: pd.Series, first: pd.Series, table: Table
) -> pd.DataFrame:
    """With the blanks of each first row filled with what the responses after it say.

    Rows that people typed never complete each other: each is theirs.
    """
    order = order.copy()
    says = twice & ((order["came_by"] != TAB) | (table is ACTIVITY))
    for column in table.columns:
        blank = _is_blank(order[column.name], column)
        if not (blank & first & twice).any():
            continue
        said = order[column.name].astype(object).where(~blank, None).loc[says]
        known = said.groupby(keys[says]).first()
        fill = keys.map(known)
        taking = blank & first & twice & fill.notna()
        if taking.any():
            order.loc[taking, column.name] = fill[taking].astype(order[column.name].dtype)
    return order


def _is_blank(cells: pd.Series, column: Column) -> pd.Series:
    if column.kind in _SEVERAL:
        return cells.map(len).eq(0)
    return cells.isna() | cells.eq("") if cells.dtype == "str" else cells.isna()


def _newest_of_year(typed: Typed, find: Find) -> Typed:
    """The check-ins without those that the same organisation answered anew within the year."""
    frame = typed.frame
    by = frame.assign(
        who=_authors(frame["organisation"], find), year=frame["date"].dt.year.fillna(0)
    )
    order = by.sort_values(["date", "changed"], kind="stable", na_position="first")
    old = order.duplicated(["who", "year"], keep="last") & order["year"].ne(0)
    kept = frame.loc[~old.sort_index()].reset_index(drop=True)
    return replace(typed, frame=kept)
