"""Sign-ons: from the raw table of a form to one typed row per response."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

import pandas as pd

from config.errors import BadData
from config.languages import CHOICES
from config.problems import Problem
from config.questions import Matched, own_wordings, wordings
from config.raw import RawTable, Scalar, column_letter, in_words
from config.settings import Form
from config.statement import Statement
from config.tables import SIGNONS, Column
from config.text import clean, nearest, shorten
from config.words import say
from pipeline.intake.answers import choices, split, yes_no
from pipeline.intake.cells import (
    coalesce,
    filled,
    filled_rows,
    per_distinct,
    texts_of,
    unreadable,
)
from pipeline.intake.columns import columns_of, toml, unmatched, untitled
from pipeline.intake.model import UNCLEAR, SignOns
from pipeline.intake.timestamps import days, parse

Remedy = Callable[[str], str]
BOTH = " ≠ "
"""Between two answers to one question; what is wrong with them is said once."""
_DATE_ORDER_REMEDY = 'Set date_order = "dmy" or "mdy" under [[form]] in weaver.toml.'


def read_signons(
    raw: RawTable,
    form: Form,
    statement: Statement,
    zone: ZoneInfo,
    by_hand: RawTable | None = None,
    letters: Sequence[Statement] = (),
) -> SignOns:
    """Read the form's responses, and those that people typed in themselves.

    Args:
        raw: the form's responses.
        form: how the form is to be read; its own time zone goes before `zone`.
        statement: whose questions the form asks.
        zone: of timestamps that name none.
        by_hand: the tab Sign-ons by hand.
        letters: those that a question of this form opts in to.

    Raises:
        BadData: no column holds the organisation's name.
    """
    sheet = _Sheet.of(raw, form, statement, zone, letters)
    if "organisation" not in sheet.matched.columns:
        raise _no_organisation(raw, form, statement)
    frames = [sheet.frame().assign(by_hand=False)]
    if by_hand is not None:
        # What people type is joined by semicolons, whatever the form does.
        other = replace(by_hand, joined_by=by_hand.joined_by or ";")
        hand = _Sheet.of(other, form, statement, zone, letters)
        if "organisation" in hand.matched.columns:
            frames.append(hand.frame().assign(by_hand=True))
        elif hand.numbers:
            hand.set_aside()
        sheet.problems.extend(hand.problems)
    frame = pd.concat([part for part in frames if len(part)] or frames[:1], ignore_index=True)
    asked, points = frozenset(sheet.matched.columns), (p.field for p in statement.points)
    titles = {field: sheet.title(field) for field in points if field in asked}
    return SignOns(frame, asked, tuple(sheet.problems), raw.tab, titles)


@dataclass(frozen=True)
class _Sheet:
    """One table on its way: its filled rows by column, and the problems found so far."""

    raw: RawTable
    cells: Sequence[Sequence[Scalar]]
    columns: Sequence[Sequence[str]]
    numbers: Sequence[int]
    matched: Matched
    form: Form
    zone: ZoneInfo
    points: tuple[str, ...]
    problems: list[Problem]

    @classmethod
    def of(
        cls,
        raw: RawTable,
        form: Form,
        statement: Statement,
        zone: ZoneInfo,
        letters: Sequence[Statement] = (),
    ) -> _Sheet:
        """Match the columns and say what does not fit."""
        points = tuple(point.field for point in statement.points)
        known = wordings(statement, letters)
        own = own_wordings(form.questions)
        matched, renamed = columns_of(raw, known, own, form.ignore, points)
        cells, numbers = filled_rows(raw)
        kinds = ((c.kind, matched.columns.get(c.name, ())) for c in SIGNONS.columns)
        lists = {place for kind, places in kinds if kind == "list" for place in places}
        columns = [texts_of(column) for column in cells]
        if raw.ids:
            columns = [
                texts if place in lists else list(map(in_words, texts))
                for place, texts in enumerate(columns)
            ]
        own_zone = ZoneInfo(form.time_zone) if form.time_zone else zone
        problems = [
            *renamed,
            *unmatched(raw, matched, own),
            *untitled(raw.tab, matched, columns),
        ]
        asked = (*points, *(letter.field for letter in letters))
        return cls(raw, cells, columns, numbers, matched, form, own_zone, asked, problems)

    def frame(self) -> pd.DataFrame:
        """One typed row per response."""
        times = self._times()
        data: dict[str, object] = {"row": pd.Series(self.numbers, dtype="int64"), **times}
        data |= self._responses()
        for column in SIGNONS.columns:
            if column.name != "timestamp":
                data[column.name] = self._typed(column)
        for field in self.points:
            data[field] = self._typed(Column(field, "yesno"), field)
        return pd.DataFrame(data | {"asked_as": self._asked_as()})

    def set_aside(self) -> None:
        """Say that no row can be used, since nobody knows whose they are."""
        what = say(
            "no column holds the organisation's name; {n} rows were set aside", n=len(self.numbers)
        )
        remedy = say("Add a column with the title “{title}”.", title="Organisation")
        self._say(0, "Organisation", what, remedy)

    def title(self, field: str) -> str:
        """The title of the field's first column."""
        places = self.matched.columns.get(field, ())
        return self.raw.header[places[0]] if places else ""

    def _texts(self, field: str) -> list[str]:
        """The field's answers; where its question repeats, the first that is filled."""
        places = self.matched.columns.get(field, ())
        if not places:
            return [""] * len(self.numbers)
        merged, clashes = coalesce([self.columns[place] for place in places])
        named = " / ".join(f"{column_letter(p)} ({clean(self.raw.header[p])})" for p in places)
        for place in clashes:
            answers = [self.columns[p][place] for p in places if self.columns[p][place]]
            said = {*yes_no(answers, self.form.yes, self.form.no)}
            both = field == "agreement" and len(said) > 1
            if both:
                # whoever says yes and no to the statement hasn't said yes
                merged[place] = BOTH.join(answers)
            self._say(
                self.numbers[place],
                self.title(field),
                say("two columns hold different answers to one question: {named}", named=named),
                say("The form waits. Ask which one holds, and clear the other.") if both
                else say("Weaver took the first. Ask which one holds, and clear the other."),
                shorten(BOTH.join(answers)),
            )  # fmt: skip
        return merged

    def _asked_as(self) -> pd.Series:
        """Per row the title over its answer about the whole; of several the one furthest right.

        A question that is asked anew stands right of the one before.
        """
        found = [""] * len(self.numbers)
        for place in self.matched.columns.get("agreement", ()):
            title = self.raw.header[place]
            found = [
                title if text else before
                for before, text in zip(found, self.columns[place], strict=True)
            ]
        return pd.Series(found, dtype=object)

    def _responses(self) -> dict[str, pd.Series]:
        """What the form's own service says of each response, where it was asked."""
        kept = filled(self.raw)
        ids = [self.raw.ids[i] for i in kept] if self.raw.ids else [""] * len(kept)
        edits = [self.raw.edited[i] for i in kept] if self.raw.edited else [None] * len(kept)
        edited = pd.to_datetime(pd.Series(edits, dtype=object), utc=True)
        return {
            "response": pd.Series(ids, dtype="str"),
            "edited": edited.astype("datetime64[ns, UTC]"),
        }

    def _times(self) -> dict[str, pd.Series]:
        places = self.matched.columns.get("timestamp", ())
        cells = self.cells[places[0]] if len(places) == 1 else self._texts("timestamp")
        times = parse(pd.Series(list(cells), dtype=object), self.zone, self.form.date_order)
        title = self.title("timestamp")
        if not self.matched.columns.get("timestamp"):
            self._say(
                0,
                "Timestamp",
                say("no column holds the time at which a form was sent"),
                say('Name it under [[form]] questions: timestamp = "its title".'),
            )
        else:
            if times.sentence:
                self._say(0, title, times.sentence, say(_DATE_ORDER_REMEDY))
            self._wrong_times(title, cells, times.problem, times.why)
        return {"received": times.received, "time_problem": times.problem.astype("str")}

    def _wrong_times(
        self, title: str, cells: Sequence[object], problem: pd.Series, why: pd.Series
    ) -> None:
        remedies = {
            "missing": say("Type the day and time at which it came in, if you know them."),
            "ambiguous": say(_DATE_ORDER_REMEDY),
            "unreadable": say("Write the time like 2025-03-31 14:05."),
        }
        for place in problem.index[problem != ""]:
            found = shorten(str(cells[place] or ""))
            remedy = remedies[problem[place]]
            self._say(self.numbers[place], title, why[place], remedy, found)

    def _typed(self, column: Column, field: str = "") -> pd.Series:
        field = field or column.name
        texts = self._texts(field)
        if column.kind == "yesno":
            return self._yes_no(field, texts)
        if column.kind == "choice":
            return self._choice(column, texts)
        if column.kind == "date":
            return self._date(field, texts)
        if column.kind == "list":
            options, joined_by = self._options(field), self.raw.joined_by
            ticked = per_distinct(texts, lambda text: split(text, options, joined_by)[0])
            return pd.Series(ticked, dtype=object)
        shown = self._as_typed(field, texts) if column.kind == "name" else texts
        return pd.Series(shown, dtype="str")

    def _options(self, field: str) -> tuple[str, ...]:
        """What the question offers: as the settings say, else as the form itself does."""
        if field in self.form.options:
            return self.form.options[field]
        places = self.matched.columns.get(field, ())
        return tuple(o for place in places for o in self.raw.offered.get(place, ()))

    def _as_typed(self, field: str, texts: list[str]) -> list[str]:
        """The texts, with a name that consists of blanks alone as it was typed."""
        places = self.matched.columns.get(field, ())
        rows = zip(texts, *(self.cells[place] for place in places), strict=True)
        return [
            text or next((cell for cell in typed if isinstance(cell, str) and cell), "")
            for text, *typed in rows
        ]

    def _yes_no(self, field: str, texts: list[str]) -> pd.Series:
        read = yes_no(texts, self.form.yes, self.form.no)
        remedy = say(
            "Ask what is meant; or, if the form offers this answer, add it to yes or no under "
            "[[form]] in weaver.toml."
        )
        what = say("neither a clear yes nor a clear no")
        self._unclear(field, texts, read, what, lambda _: remedy)
        return pd.Series(read, dtype="str")

    def _choice(self, column: Column, texts: list[str]) -> pd.Series:
        known = CHOICES.get(column.name, {})
        read = choices(texts, column.choices, known)
        words = ", ".join(column.choices)

        def remedy(text: str) -> str:
            like = nearest(text, column.choices, cutoff=0.6)
            hint = say("Did they mean “{like}”? ", like=like) if like else ""
            return hint + say("Weaver knows: {words}.", words=words)

        what = say("not one of the answers that Weaver knows")
        self._unclear(column.name, texts, read, what, remedy)
        return pd.Series(read, dtype="str")

    def _unclear(
        self, field: str, texts: list[str], read: list[str], what: str, remedy: Remedy
    ) -> None:
        faults = [
            (self.numbers[place], texts[place], what, remedy(texts[place]))
            for place, word in enumerate(read)
            if word == UNCLEAR and BOTH not in texts[place]
        ]
        self.problems.extend(unreadable(self.raw.tab, self.title(field), faults))

    def _date(self, field: str, texts: list[str]) -> pd.Series:
        times = parse(pd.Series(texts, dtype=object), self.zone, self.form.date_order)
        bad = times.problem.isin(["unreadable", "ambiguous"])
        remedy = say("Ask for the date, or write it like 2025-03-31.")
        faults = [(self.numbers[i], texts[i], times.why[i], remedy) for i in bad.index[bad]]
        self.problems.extend(unreadable(self.raw.tab, self.title(field), faults))
        return days(times, self.zone)

    def _say(self, row: int, column: str, what: str, remedy: str, found: str = "") -> None:
        self.problems.append(Problem(self.raw.tab, row, column, what, remedy, found))


def _no_organisation(raw: RawTable, form: Form, statement: Statement) -> BadData:
    known: Mapping[str, Sequence[str]] = wordings(statement)
    titles = [clean(title) for title in raw.header if clean(title)]
    wanted = (*known["organisation"], *own_wordings(form.questions).get("organisation", ()))
    likely = next((t for t in titles if nearest(t, wanted, cutoff=0.6)), None)
    seen = ", ".join(f"“{shorten(title, 60)}”" for title in titles) or say("no titles at all")
    example = likely or (titles[1] if len(titles) > 1 else "What is your organisation called?")
    return BadData(
        say("No column holds the organisation's name. The columns are: {seen}.", seen=seen),
        raw.tab,
        say(
            "Say which one it is under [[form]] questions in weaver.toml, such as "
            "organisation = {example}",
            example=toml(example),
        ),
    )
