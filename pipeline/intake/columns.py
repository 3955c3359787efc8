"""Which column of a form answers which field, and what is said of those that answer none."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from config.problems import Problem
from config.questions import Matched, Names, match
from config.raw import RawTable, column_letter
from config.text import clean, shorten
from config.words import say


def columns_of(
    raw: RawTable, known: Names, own: Names, ignore: Sequence[str], points: Sequence[str]
) -> tuple[Matched, list[Problem]]:
    """The column of each field, also under an earlier title; and what is said of renamed ones.

    Args:
        raw: the responses.
        known: field → built-in wordings.
        own: field → the form's own wordings.
        ignore: titles that are nobody's field.
        points: fields of principles and policies.
    """
    matched = match(raw.header, known, own, ignore, points)
    problems: list[Problem] = []
    for back in range(max(map(len, raw.formerly.values()), default=0)):
        header = _former_header(raw, matched, back)
        former = match(header, known, own, ignore, points)
        matched, told = _with_former(raw, matched, former, header)
        problems += told
    return _with_lookalikes(matched, points), problems


def _former_header(raw: RawTable, matched: Matched, back: int) -> list[str]:
    """The titles, with the earlier ones of questions that answer no field by what they say now."""
    unknown = {place: raw.formerly.get(place, ())[back:] for place in matched.unknown}
    return [next(iter(unknown.get(i, ())), title) for i, title in enumerate(raw.header)]


def _with_former(
    raw: RawTable, now: Matched, former: Matched, header: Sequence[str]
) -> tuple[Matched, list[Problem]]:
    """A question that was renamed still asks what it asked, unless another one does by now."""
    found: dict[str, tuple[int, ...]] = {}
    for field, places in former.columns.items():
        mine = tuple(p for p in places if p in now.unknown and raw.formerly.get(p))
        if mine and field not in now.columns:
            found[field] = mine
    taken = {place for places in found.values() for place in places}
    problems = [
        Problem(
            raw.tab, 0, shorten(clean(raw.header[place])),
            say("this question was “{before}” before; it is still read as that",
                before=shorten(clean(header[place]), 60)),
            say("Add this to [[form]] questions: {line}", line=f"{field} = "
                + toml(clean(raw.header[place]))) + ".",
        )
        for field, places in found.items() for place in places
    ]  # fmt: skip
    kept = replace(
        now,
        columns={**now.columns, **found},
        unknown=tuple(place for place in now.unknown if place not in taken),
        near=tuple(m for m in now.near if m.position not in taken and m.field not in found),
    )
    return kept, problems


def _with_lookalikes(matched: Matched, points: Sequence[str]) -> Matched:
    """A column that resembles a principle's question is its column, with another text.

    What was answered there is kept; that the text differs is for the check of the form's text.
    """
    near = Counter(miss.field for miss in matched.near)
    like = {
        miss.position: miss.field
        for miss in matched.near
        if miss.field in points and miss.field not in matched.columns and near[miss.field] == 1
    }
    if not like:
        return matched
    found = {field: (position,) for position, field in like.items()}
    return replace(
        matched,
        columns={**matched.columns, **found},
        unknown=tuple(place for place in matched.unknown if place not in like),
        near=tuple(miss for miss in matched.near if miss.position not in like),
    )


def unmatched(raw: RawTable, matched: Matched, own: Names) -> list[Problem]:
    """A problem for every title that answers no field, or several."""
    near = {miss.position: miss for miss in matched.near}
    found: dict[str, Problem] = {}
    for place in matched.unknown:
        title = clean(raw.header[place])
        what = say("a question that Weaver does not know")
        remedy = say(
            "If it is not for Weaver, add it to [[form]] ignore: {title}", title=toml(title)
        )
        if miss := near.get(place):
            what = say("looks like “{known}” but is not called so", known=miss.known)
            line = f"{miss.field} = {toml(*own.get(miss.field, ()), title)}"
            remedy = say("Add this to [[form]] questions: {line}", line=line) + ". " + remedy
        found.setdefault(title, Problem(raw.tab, 0, shorten(title), what, remedy))
    for place, fields in matched.contested:
        title = clean(raw.header[place])
        what = say("could be any of these fields: {fields}", fields=", ".join(fields))
        line = f"{fields[0]} = {toml(title)}"
        remedy = say("Say which it is under [[form]] questions, such as {line}", line=line)
        found.setdefault(title, Problem(raw.tab, 0, shorten(title), what, remedy))
    return list(found.values())


def toml(*texts: str) -> str:
    """The text, or the list of several, as it stands in weaver.toml."""
    quoted = [json.dumps(text, ensure_ascii=False) for text in texts]
    return quoted[0] if len(quoted) == 1 else f"[{', '.join(quoted)}]"


def untitled(tab: str, matched: Matched, columns: Sequence[Sequence[str]]) -> list[Problem]:
    """A problem for every column that holds something under no title."""
    problems = []
    for place in matched.untitled:
        filled = sum(map(bool, columns[place]))
        if filled:
            letter = say("column {letter}", letter=column_letter(place))
            what = say("has no title, but {n} of its cells hold something", n=filled)
            remedy = say("Give the column a title, so that Weaver can tell what it is.")
            problems.append(Problem(tab, 0, letter, what, remedy))
    return problems
