"""A form and its linked sheet side by side: the form's answers hold, and what differs is said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from config.problems import Problem
from config.raw import RawTable, Scalar
from config.text import clean, shorten
from config.words import say
from connectors.google.asking import Json
from connectors.google.forms import Answered
from connectors.google.linked import Linked, Wordings, newest
from connectors.google.pairing import Columns, Sides, columns_of, zone_of

ROWS_SAID = 8
LATE = 2
"""So many newer responses must be missing in the sheet before it is said: one may have been sent
between the two looks."""


def reconciled(
    answered: Answered, linked: Linked, sheet: RawTable, own: Wordings, form: Json
) -> Answered:
    """The form's responses, with the sheet's row numbers and the rows that only the sheet has.

    Args:
        answered: as the form's own service gives it.
        linked, sheet: the linked tab.
        own: the form's own wordings.
        form: as `forms.get` gives it.
    """
    columns = columns_of(answered, sheet, own)
    answered = _named(answered, sheet, columns)
    sides = Sides(answered.table, sheet, columns, zone_of(linked))
    sides.match()
    taken = set(sides.pairs.values())
    known = (*sides.columns.answers.values(), *((sides.columns.email or ())[1:]))
    extra = [
        row for row in range(len(sheet.rows))
        if row not in taken and any(sheet.rows[row][place] not in (None, "") for place in known)
    ]  # fmt: skip
    problems = (
        *answered.problems, *_changed(sides), *_missing(sides, linked, form), *_typed(sides, extra),
    )  # fmt: skip
    return replace(answered, table=_whole(sides, extra), problems=problems)


def _named(answered: Answered, sheet: RawTable, columns: Columns) -> Answered:
    """With the titles that the sheet has kept of questions that were deleted."""
    names = {p: sheet.header[columns.answers[p]] for p in answered.nameless if p in columns.answers}
    header = tuple(names.get(i, title) for i, title in enumerate(answered.table.header))
    unsaid = {shorten(clean(answered.table.header[place])) for place in names}
    return replace(
        answered,
        table=replace(answered.table, header=header),
        problems=tuple(p for p in answered.problems if p.column not in unsaid),
    )


def _whole(sides: Sides, extra: Sequence[int]) -> RawTable:
    form, sheet, columns = sides.form, sides.sheet, sides.columns
    rows, numbers = [], []
    for row in extra:
        made: list[Scalar] = [None] * len(form.header)
        for mine, theirs in columns.answers.items():
            made[mine] = sheet.rows[row][theirs]
        if columns.email:
            made[columns.email[0]] = sheet.rows[row][columns.email[1]]
        made[0] = None if columns.time is None else sheet.rows[row][columns.time]
        rows.append(tuple(made))
        numbers.append(sheet.numbers[row])
    ours = [sheet.numbers[sides.pairs[i]] if i in sides.pairs else 0 for i in range(len(form.rows))]
    return replace(
        form,
        rows=[*form.rows, *rows],
        numbers=[*ours, *numbers],
        ids=[*form.ids, *[""] * len(rows)],
        edited=[*form.edited, *[None] * len(rows)],
    )


def _changed(sides: Sides) -> Iterator[Problem]:
    """One problem per column in which the sheet says something else than what was sent."""
    rows: dict[int, list[int]] = defaultdict(list)
    for mine, row in sides.pairs.items():
        number = sides.sheet.numbers[row]
        sent, stands = sides.sent[mine], sides.stands[row]
        for place, a, b in zip(sides.columns.answers.values(), sent, stands, strict=True):
            if a != b:
                rows[place].append(number)
        if sides.columns.email and sides.senders[mine] != sides.addresses[row]:
            rows[sides.columns.email[1]].append(number)
        if mine in sides.retimed and sides.columns.time is not None:
            rows[sides.columns.time].append(number)
    for place, numbers in sorted(rows.items()):
        yield Problem(
            sides.sheet.tab, numbers[0] if len(numbers) == 1 else 0,
            shorten(clean(sides.sheet.header[place])),
            say("the sheet says something else than what was sent; rows: {rows}",
                rows=_numbered(numbers)),
            say("What was sent counts. Is the sheet right, ask them to send it so; or write it "
                "into Changes."),
        )  # fmt: skip


def _missing(sides: Sides, linked: Linked, form: Json) -> Iterator[Problem]:
    """Responses that have no row: deleted ones, and those that arrive elsewhere by now."""
    place = sides.columns.time
    latest = newest(sides.sheet.rows, [] if place is None else [place])
    gone = [i for i in range(len(sides.form.rows)) if i not in sides.pairs]
    late = [i for i in gone if (last := sides.last(i)) and (latest is None or last > latest)]
    deleted = len(gone) - len(late)
    if deleted:
        yield Problem(
            sides.sheet.tab, 0, "",
            say("responses that have no row here any more: {n}; they still count, since they are "
                "still in the form", n=deleted),
            say("If they were deleted on purpose, delete them in the form too: Responses, "
                "Individual. Weaver then asks what to do with them."),
        )  # fmt: skip
    target = form.get("linkedSheetId", "")
    if target != linked.book.id:
        yield Problem(
            sides.sheet.tab, 0, "",
            say("the form writes to another spreadsheet now, so nothing new arrives in this tab")
            if target else
            say("the form is no longer linked to this spreadsheet, so nothing new arrives here"),
            say("Put the address of the tab with the responses into google_sheet under [[form]], "
                "or take google_sheet out."),
        )  # fmt: skip
    elif len(late) >= LATE and not linked.others:
        yield Problem(
            sides.sheet.tab, 0, "",
            say("the last {n} responses haven't arrived in this tab", n=len(late)),
            say("Look in the form under Responses whether it is still linked to this tab. The "
                "responses count all the same."),
        )  # fmt: skip


def _typed(sides: Sides, extra: Sequence[int]) -> Iterator[Problem]:
    if not extra:
        return
    numbers = [sides.sheet.numbers[row] for row in extra]
    yield Problem(
        sides.sheet.tab, numbers[0] if len(numbers) == 1 else 0, "",
        say("rows that are in the sheet alone: {rows}; they were typed by hand, or their response "
            "was deleted in the form; they count like any other", rows=_numbered(numbers)),
        say("If they shall not count, delete the rows. Sign-ons that come in on paper belong into "
            "the tab Sign-ons by hand."),
    )  # fmt: skip
    there = set(sides.columns.answers)
    first = min(there, default=len(sides.form.header))
    for place, title in enumerate(sides.form.header):
        if place >= first and place not in there and clean(title):
            yield Problem(
                sides.sheet.tab, 0, shorten(clean(title)),
                say("the sheet has no column with this title, so rows that were typed there lack "
                    "its answer"),
                say("Give the column the title that the question has in the form."),
            )  # fmt: skip


def _numbered(numbers: Sequence[int]) -> str:
    """Row numbers in words; not more than anybody would look up."""
    shown = ", ".join(str(number) for number in sorted(numbers)[:ROWS_SAID])
    more = len(numbers) - ROWS_SAID
    return shown + (say(" and {n} more", n=more) if more > 0 else "")
