"""Reads what people decided in To decide. A decision counts only where nothing has moved."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from config.errors import BadData
from config.problems import Problem
from config.raw import RawTable
from config.records import DecisionRecord, MatterRecord
from config.tables import TO_DECIDE
from config.text import fold, nearest, shorten
from config.words import say
from pipeline.deciders import ANYBODY, Deciders
from pipeline.hashing import cell_text, digest

OURS = tuple(column.title for column in TO_DECIDE.columns if column.who == "weaver")
THEIRS = ("Decision", "Decided by", "Note")
WORDS = TO_DECIDE.column("decision").choices
ALLOWED: Mapping[str, tuple[str, ...]] = {
    "sign-on": ("accept", "accept and list", "not accepted", "ask them", "withdraw", "undo"),
    "withdrawal": ("withdraw", "accept", "keep", "not accepted", "ask them", "undo"),
    "listing": ("list", "don't list", "undo"),
    "same": ("same", "not the same", "chapter of", "undo"),
    "part": ("chapter of", "same", "not the same", "undo"),
    "vanished": ("keep", "withdraw", "undo"),
    "drift": ("accept", "ask them", "undo"),
    "lapse": ("undo",),
    "party": ("keep", "withdraw", "undo"),
    "mail": ("send", "keep", "undo"),
    "address": ("keep", "send", "undo"),
}
Triple = tuple[str, str, str]
PastUndo = Callable[[str], tuple[str, str] | None]
UNDO = "undo"


@dataclass(frozen=True)
class Row:
    """One row of To decide as it stands: cells by title."""

    number: int
    cells: Mapping[str, str]

    @property
    def key(self) -> str:
        """Weaver's name for the matter; "" in a row that people inserted."""
        return self.cells["Key"]

    @property
    def triple(self) -> Triple:
        """Decision, Decided by and Note."""
        return (self.cells["Decision"], self.cells["Decided by"], self.cells["Note"])


@dataclass(frozen=True)
class Decided:
    """What came of reading To decide.

    Attributes:
        matters: as remembered, with what was read last.
        decisions: all decisions ever, new ones included, superseded and undone ones too.
        rows: rows by key.
        problems: cells that could not be obeyed.
        accident: columns seem to have been sorted apart, so nothing in the tab was obeyed.
    """

    matters: tuple[MatterRecord, ...]
    decisions: tuple[DecisionRecord, ...]
    rows: Mapping[str, Row]
    problems: tuple[Problem, ...]
    accident: bool = False


def read_decisions(
    raw: RawTable | None,
    matters: Sequence[MatterRecord],
    decisions: Sequence[DecisionRecord],
    today: dt.date,
    deciders: Deciders = ANYBODY,
    past_undo: PastUndo = lambda _: None,
) -> Decided:
    """Take in what people typed since the last run.

    A word of somebody whose word doesn't count is never read, so that it counts once the name
    is put right; what was decided before stays. `past_undo` has, for the key of a matter that undo
    can't reach any more, what became of it and what can still be done.

    Raises:
        BadData: the tab has lost its column Key, Organisation or Decision.
    """
    if raw is None:
        return Decided(tuple(matters), tuple(decisions), {}, ())
    rows, problems = _keyed_rows(raw, {matter.key: matter for matter in matters})
    if accident := _accident(raw, rows, matters):
        return Decided(tuple(matters), tuple(decisions), rows, (*problems, accident), True)
    taken = _Taken(raw.tab, today, list(decisions), {}, deciders, past_undo)
    for matter in matters:
        if row := rows.get(matter.key):
            problems += taken.read(row, matter)
    remembered = tuple(taken.matters.get(matter.key, matter) for matter in matters)
    return Decided(remembered, tuple(taken.decisions), rows, tuple(problems))


@dataclass
class _Taken:
    """Decisions as they are taken in, row by row."""

    tab: str
    today: dt.date
    decisions: list[DecisionRecord]
    matters: dict[str, MatterRecord]
    deciders: Deciders
    past_undo: PastUndo

    def read(self, row: Row, matter: MatterRecord) -> list[Problem]:
        """Take in one row; what makes no sense is a problem beside it."""
        if row.triple == matter.read:
            return []
        word, problem = _word(self.tab, row, matter)
        problem = problem or self._refused(row, matter, word) or self._too_late(row, word)
        if problem:
            return [problem]
        if word == UNDO:
            self._undo(matter)
        elif word:
            number = len(self.decisions) + 1
            self.decisions.append(
                DecisionRecord(
                    number, matter.key, word, row.triple[1], row.triple[2], self.today,
                    matter.facts,
                )
            )  # fmt: skip
        self.matters[matter.key] = replace(matter, read=row.triple)
        return []

    def _refused(self, row: Row, matter: MatterRecord, word: str) -> Problem | None:
        """Why the word of those who are named doesn't count, or doesn't count yet."""
        if not word:
            return None
        by, about = row.cells["Decided by"], self.deciders.about(matter.key)
        # to accept a request to withdraw is to withdraw
        leaves = matter.kind == "withdrawal" and word.startswith("accept")
        refused = self.deciders.refusal(by, about) or self.deciders.lacks_second(
            "withdraw" if leaves else word, by, self.deciders.counted(by, about), about
        )
        if refused is None:
            return None
        return Problem(
            self.tab, row.number, "Decided by", refused.what, refused.remedy, shorten(by)
        )

    def _too_late(self, row: Row, word: str) -> Problem | None:
        late = self.past_undo(row.key) if word == UNDO else None
        return Problem(self.tab, row.number, "Decision", *late, word) if late else None

    def _undo(self, matter: MatterRecord) -> None:
        for at, decision in enumerate(self.decisions):
            if decision.matter == matter.key and decision.undone_on is None:
                self.decisions[at] = replace(decision, undone_on=self.today)


def active(decisions: Sequence[DecisionRecord], day: dt.date) -> dict[str, DecisionRecord]:
    """Matter → the decision that holds at the end of that day: the newest that isn't undone."""
    return {
        decision.matter: decision
        for decision in sorted(decisions, key=lambda d: d.number)
        if decision.read_on <= day and (decision.undone_on is None or decision.undone_on > day)
    }


def _word(tab: str, row: Row, matter: MatterRecord) -> tuple[str, Problem | None]:
    """The decision's word as the table spells it, or what is wrong with it."""
    typed = row.cells["Decision"]
    allowed = ALLOWED[matter.kind]
    by_fold = {fold(word): word for word in WORDS}
    word = by_fold.get(fold(typed), "") if typed else ""
    if not typed or word in allowed:
        return word, None
    known = say("Pick one of: {words}.", words=", ".join(allowed))
    if word:
        what = say("This word makes no sense for this kind of matter.")
        return "", Problem(tab, row.number, "Decision", what, known, shorten(typed))
    like = nearest(typed, allowed)
    hint = say("Did you mean “{word}”?", word=like) + " " if like else ""
    what = say("This is no word that can be obeyed.")
    return "", Problem(tab, row.number, "Decision", what, hint + known, shorten(typed))


def _names_of(matter: MatterRecord) -> set[str]:
    """What Weaver wrote, or may have written, beside the key."""
    before = {cell_text(matter.formerly)} if matter.formerly else set()
    return {cell_text(matter.organisation)} | before


def _keyed_rows(
    raw: RawTable, matters: Mapping[str, MatterRecord]
) -> tuple[dict[str, Row], list[Problem]]:
    """Rows that are the pair of key and organisation that Weaver last wrote, and the others."""
    rows: dict[str, Row] = {}
    problems: list[Problem] = []
    twice = {key for key, n in Counter(row.key for row in rows_of(raw)).items() if key and n > 1}
    for row in rows_of(raw):
        matter = matters.get(row.key)
        if row.key in twice:
            problems.append(_problem(raw.tab, row, *_TWICE))
        elif matter is None:
            problems += [_problem(raw.tab, row, *_UNKNOWN)] if row.key or row.triple[0] else []
        elif row.cells["Organisation"] not in _names_of(matter):
            name = shorten(matter.organisation)
            problems.append(_problem(raw.tab, row, *_OTHER_PAIR, name=name))
        else:
            rows[row.key] = row
    return rows, problems


_TWICE = (
    "This key stands in two rows, so neither is obeyed.",
    "Keep one of the two rows and delete the other.",
)
_UNKNOWN = (
    "Weaver never wrote this key, so the row is not obeyed.",
    "To change something without being asked, use the tab Changes.",
)
_OTHER_PAIR = (
    "Key and Organisation are not the pair that Weaver wrote, so the row is not obeyed.",
    "Undo the last sort or paste, or write “{name}” back into Organisation.",
)


def _problem(tab: str, row: Row, what: str, remedy: str, **values: object) -> Problem:
    return Problem(tab, row.number, "Key", say(what), say(remedy, **values), shorten(row.key))


def rows_of(raw: RawTable) -> list[Row]:
    """All rows of the tab. Raises BadData when Key, Organisation or Decision is gone."""
    at = {fold(title): index for index, title in reversed(list(enumerate(raw.header)))}
    titles = [column.title for column in TO_DECIDE.columns]
    for title in ("Key", "Organisation", "Decision"):
        if fold(title) not in at:
            raise BadData(
                say("The tab has no column {title} any more.", title=title),
                raw.tab,
                say(
                    "Write the title back into the header row, or restore what stood there before: "
                    "the file results.previous.xlsx; in Google Sheets File, Version history."
                ),
            )
    places = {title: at.get(fold(title)) for title in titles}
    return [
        Row(number, {t: "" if i is None else cell_text(cells[i]) for t, i in places.items()})
        for number, cells in zip(raw.numbers, raw.rows, strict=True)
    ]


def _accident(
    raw: RawTable, rows: Mapping[str, Row], matters: Sequence[MatterRecord]
) -> Problem | None:
    """What to say when some columns seem to have been sorted without the others."""
    by_key = {matter.key: matter for matter in matters}
    if max(_swapped(rows_of(raw), by_key), _torn(rows, by_key), _strayed(rows, by_key)) < 2:
        return None
    return Problem(
        raw.tab, 0, "",
        say("Some columns seem to have been sorted or pasted without the others: decisions stand "
            "beside other organisations than before. None of them was obeyed; what was decided "
            "before still holds."),
        say("Undo the sort, or open what stood there before (the file results.previous.xlsx; in "
            "Google Sheets: File, Version history) and copy the columns Decision, Decided by and "
            "Note back beside their keys. If decisions were exchanged on purpose, say so in their "
            "Note."),
    )  # fmt: skip


def _swapped(rows: Sequence[Row], matters: Mapping[str, MatterRecord]) -> int:
    """Rows whose key stands beside the organisation of another matter."""
    names = {key: _names_of(matter) for key, matter in matters.items()}
    others = set().union(*names.values())
    return sum(
        row.key in names and row.cells["Organisation"] not in names[row.key]
        and row.cells["Organisation"] in others
        for row in rows
    )  # fmt: skip


_TELLING = ("Why", "Evidence")
"""Columns that differ from row to row and that nobody has a reason to retype."""


def _torn(rows: Mapping[str, Row], matters: Mapping[str, MatterRecord]) -> int:
    """How many telling cells left the row that Weaver wrote them to for another one."""
    count = 0
    for title in _TELLING:
        at = OURS.index(title)
        written = {k: matters[k].written[at] for k in rows if len(matters[k].written) == len(OURS)}
        now = {key: written_hashes([rows[key].cells[title]])[0] for key in written}
        changed = [key for key in now if now[key] != written[key]]
        count = max(count, _moved([written[k] for k in changed], [now[k] for k in changed]))
    return count


def _strayed(rows: Mapping[str, Row], matters: Mapping[str, MatterRecord]) -> int:
    """How many recorded decisions now stand on other keys, the columns right of them unmoved.

    After a sort, most of what left its key stands on another one; where people only changed
    their minds, at most half of it can.
    """
    most = 0
    pairs = [(matters[key].read, row.triple) for key, row in rows.items()]
    for width in range(1, len(THEIRS) + 1):
        changed = [(old[:width], new[:width]) for old, new in pairs
                   if old[:width] != new[:width] and old[width:] == new[width:]]  # fmt: skip
        left = [old for old, _ in changed if old[0]]
        moved = _moved(left, [new for _, new in changed if new[0]])
        most = max(most, moved if 2 * moved > len(left) else 0)
    return most


def _moved(left: Sequence[object], came: Sequence[object]) -> int:
    """How much of what left its rows came to others."""
    return (Counter(left) & Counter(came)).total()


def written_hashes(cells: Sequence[object]) -> tuple[str, ...]:
    """One short hash per cell of Weaver's, to notice when rows were torn apart."""
    return tuple(digest((cell_text(cell),), 8) for cell in cells)  # type: ignore[arg-type]
