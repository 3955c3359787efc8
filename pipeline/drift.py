"""Does the form show the text that was adopted? Typography doesn't count; words do."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise

import pandas as pd

from config.records import TextRecord
from config.statement import Statement, Version
from config.text import fold
from config.words import say
from pipeline.hashing import digest

TEXT, QUESTION, ASKED = "text", "question", "asked"
"""Kinds of places; ASKED is a question by its id, whose titles are remembered and not compared."""
CHANGES_SHOWN = 4
AROUND = 4
"""Words before a change that say where it is."""
_WORD = re.compile(r"(?:(?<!\w)[-−])?\d+(?:[.,]\d+)*|[^\W\d_]+(?:[’'][^\W_]+)*|[%€$£§+=<>]")
"""A number with its sign and decimals, a word, or a sign that says something."""
_LINKS = re.compile(r"\]\([^)\s]*\)|<[^>\s]*>")
_HEADING = re.compile(r"^ {0,3}#{1,6} .*$", re.MULTILINE)
_NAMES: Mapping[str, tuple[str, ...]] = {
    "en": ("english", "ingles", "anglais", "englisch"),
    "es": ("spanish", "espanol", "castellano", "espagnol", "spanisch"),
    "fr": ("french", "francais", "frances", "franzosisch"),
    "de": ("german", "deutsch", "aleman", "allemand"),
    "pt": ("portuguese", "portugues", "portugais", "portugiesisch"),
    "it": ("italian", "italiano", "italien", "italienisch"),
    "nl": ("dutch", "nederlands", "neerlandais", "niederlandisch"),
}
"""Language → what people call it when they say in which language to write to them."""


@dataclass(frozen=True)
class Drift:
    """A text that the form showed and that isn't the adopted one.

    Attributes:
        key: of its matter in To decide; the same difference has the same key.
        statement: whose form it is.
        place: as in `TextRecord.place`.
        difference: in words, such as `swim in by “2035” → “2040”`.
        binding: the adopted text there is the original or equally valid, not a courtesy.
        now: whether the form shows it today.
    """

    key: str
    statement: str
    place: str
    difference: str
    binding: bool
    now: bool


def observed(
    known: Sequence[TextRecord], statement: str, seen: Mapping[str, str], today: dt.date
) -> tuple[TextRecord, ...]:
    """All records with what is seen today: a text that stays is prolonged, another one added.

    A place where nothing is seen any more gets an empty record, so that it ends on that day; but
    the title of a question that was deleted is kept.
    """
    records = list(known)
    before = {r.place for r in records if r.statement == statement and not _is_asked(r)}
    gone = dict.fromkeys(before - seen.keys(), "")
    for place, text in sorted({**gone, **seen}.items()):
        mine = [r for r in records if (r.statement, r.place) == (statement, place)]
        last = max(mine, key=lambda r: r.number, default=None)
        if last is not None and words(last.text) == words(text):
            records[records.index(last)] = replace(last, last_on=max(today, last.last_on))
        else:
            number = max((r.number for r in records), default=0) + 1
            records.append(TextRecord(number, statement, place, text, today, today))
    return tuple(records)


def _is_asked(record: TextRecord) -> bool:
    return record.place.startswith(f"{ASKED} ")


def words(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: no case, typography, Markdown or addresses."""
    seen = "".join(c for c in text if unicodedata.category(c) != "Cf")
    bare = unicodedata.normalize("NFKC", _LINKS.sub(" ", seen)).casefold().replace("’", "'")
    return tuple(_WORD.findall(bare))


def difference(adopted: str, shown: str) -> str:
    """What the shown text says otherwise, in words; "" where both say the same."""
    before, after = words(adopted), words(shown)
    if before == after:
        return ""
    found = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    changes = [_change(tag, before, after, *place) for tag, *place in found if tag != "equal"]
    more = len(changes) - CHANGES_SHOWN
    told = "; ".join(changes[:CHANGES_SHOWN])
    return told + (say("; and {n} more changes", n=more) if more > 0 else "")


def _change(
    tag: str, before: Sequence[str], after: Sequence[str], i: int, j: int, k: int, m: int
) -> str:
    where = " ".join(before[max(0, i - AROUND) : i])
    at = f"… {where} " if where else ""
    old, new = _long(before[i:j]), _long(after[k:m])
    if tag == "insert":
        return at + say("[added: “{new}”]", new=new)
    if tag == "delete":
        return at + say("[left out: “{old}”]", old=old)
    return at + say("[“{old}” → “{new}”]", old=old, new=new)


def _long(part: Sequence[str]) -> str:
    return " ".join(part) if len(part) <= 24 else " ".join((*part[:20], "…"))


def places(
    statement: Statement, version: Version, shown: Mapping[str, str], titles: Mapping[str, str]
) -> dict[str, str]:
    """What the form shows today, by place.

    Args:
        statement: whose form it is.
        version: in force today.
        shown: language → the whole text.
        titles: field of a principle or policy → title of its column.
    """
    found = {f"{TEXT} {language}": text for language, text in shown.items() if words(text)}
    texts = statement.texts_of(version.version)
    for point in version.points:
        same = [p for text in texts for p in text.points if p.id == point.id]
        known = {fold(w) for p in same for w in (p.question, p.text, p.id, p.field) if w}
        if point.question and point.field in titles:
            title = titles[point.field]
            asked = point.question if fold(title) in known else title
            found[f"{QUESTION} {point.field}"] = asked
    return found


@dataclass(frozen=True)
class _Window:
    """From when to when a text may have stood in its place, and how it differs from what holds."""

    since: dt.date
    until: dt.date
    drift: Drift | None


def shown_over_time(
    records: Sequence[TextRecord],
    statement: Statement,
    frame: pd.DataFrame,
    language: str,
    settled: frozenset[str],
) -> tuple[pd.Series, tuple[Drift, ...]]:
    """Per row how the text that it saw differs from the one in force; and all that differed.

    Args:
        records: as `observed` gives them.
        statement: whose form it is.
        frame: with `day`, `version` and `language`.
        language: of originals that don't name theirs.
        settled: keys of drifts of which people said that they don't matter.

    Returns:
        (evidence, "" where nothing binding differs; the drifts by key).
    """
    windows = {
        place: list(_windows(mine, statement, language))
        for place, mine in _by_place(records, statement.name).items()
    }
    drifts: dict[str, Drift] = {}
    for window in (w for found in windows.values() for w in found):
        if drift := window.drift:
            before = drifts.get(drift.key)
            drifts[drift.key] = replace(drift, now=drift.now or bool(before and before.now))
    if not drifts:
        return pd.Series("", index=frame.index, dtype=object), ()
    rows = zip(frame["day"], frame["version"], frame["language"], strict=True)
    known: dict[tuple[pd.Timestamp, str, str], str] = {}
    evidence = []
    for row in rows:
        if row not in known:
            known[row] = _evidence(*row, statement, windows, settled)
        evidence.append(known[row])
    return pd.Series(evidence, index=frame.index, dtype=object), tuple(drifts.values())


def _by_place(records: Iterable[TextRecord], statement: str) -> dict[str, list[TextRecord]]:
    found: dict[str, list[TextRecord]] = {}
    for record in sorted(records, key=lambda r: r.number):
        if record.statement == statement and not _is_asked(record):
            found.setdefault(record.place, []).append(record)
    return found


def _windows(
    records: Sequence[TextRecord], statement: Statement, language: str
) -> Iterator[_Window]:
    """When each of a place's texts may have been shown, per version in force meanwhile.

    A text may have stood there since the last look that saw the one before (the first of all:
    since the version of that day is in force) and until the first look that saw the next; but
    where a new substance was adopted meanwhile and each text is right for its own, the form is
    taken to have been changed on that very day.
    """
    turns = [_turned(*both, statement, language) for both in pairwise(records)]
    for at, record in enumerate(records):
        version = statement.in_force(record.first_on)
        began = version.adopted_on if version and version.adopted_on else record.first_on
        since, until = began, dt.date.max
        if at:
            since = turns[at - 1] or records[at - 1].last_on
        if at < len(turns):
            turn = turns[at]
            until = turn - dt.timedelta(days=1) if turn else records[at + 1].first_on
        for start, end, substance in _substances(statement, since, until):
            drift = _drift(record, statement, substance, language, until == dt.date.max == end)
            yield _Window(start, end, drift)


def _turned(
    before: TextRecord, after: TextRecord, statement: Statement, language: str
) -> dt.date | None:
    """The day on which the form was changed together with its statement; None where it wasn't."""
    old, new = statement.in_force(before.last_on), statement.in_force(after.first_on)
    if not old or not new:
        return None
    was, now = statement.substance(old.version), statement.substance(new.version)
    right = [
        _drift(text, statement, substance, language, False) is None
        for text, substance in ((before, was), (after, now))
    ]
    return statement.material[now].adopted_on if was != now and all(right) else None


def _substances(
    statement: Statement, since: dt.date, until: dt.date
) -> Iterator[tuple[dt.date, dt.date, int]]:
    """The stretch of time, cut where another substance came into force: (first, last, which)."""
    begins = [v.adopted_on or dt.date.min for v in statement.material]
    for at, begin in enumerate(begins):
        after = begins[at + 1] - dt.timedelta(days=1) if at + 1 < len(begins) else dt.date.max
        start, end = max(since, begin), min(until, after)
        if start <= end:
            yield start, end, at


def _drift(
    record: TextRecord, statement: Statement, substance: int, language: str, now: bool
) -> Drift | None:
    """How the record differs from every wording of that substance; None where it doesn't."""
    if not record.text:
        return None
    same = [v for v in statement.adopted if statement.substance(v.version) == substance]
    told, binding = [], True
    for version in same:
        texts, binding = _adopted(record.place, statement, version, language)
        told += [difference(text, record.text) for text in texts]
    if not told or not all(told):
        return None
    shortest = min(told, key=len)
    key = f"drift:{statement.name}:{digest((record.place, shortest), 12)}"
    return Drift(key, statement.name, record.place, shortest, binding, now)


def _adopted(
    place: str, statement: Statement, version: Version, language: str
) -> tuple[list[str], bool]:
    """The texts that may stand there (without points or headings, too), and whether they bind."""
    kind, _, name = place.partition(" ")
    if kind == QUESTION:
        point = next((p for p in version.points if p.field == name), None)
        return [text for text in (point.question, point.text) if text] if point else [], True
    for text in statement.texts_of(version.version):
        if (text.language or language) == name:
            whole = "\n".join((text.body, *(point.text for point in text.points)))
            shown = [whole, text.body]
            shown += [_HEADING.sub("", each, count) for count in (1, 0) for each in shown]
            return shown, text.translation != "courtesy"
    return [], False


def _evidence(
    day: pd.Timestamp,
    version: str,
    language: str,
    statement: Statement,
    windows: Mapping[str, Sequence[_Window]],
    settled: frozenset[str],
) -> str:
    if pd.isna(day):
        return ""
    date, told = day.date(), dict[str, None]()
    in_force = statement.in_force(date)
    if not in_force or statement.substance(version) != statement.substance(in_force.version):
        return ""
    for place, found in windows.items():
        kind, _, name = place.partition(" ")
        if kind == TEXT and not _reads(language, name):
            continue
        for window in found:
            drift = window.drift if window.since <= date <= window.until else None
            if drift and drift.binding and drift.key not in settled:
                told[drift.difference] = None
    return "; ".join(told)


def _reads(answer: str, language: str) -> bool:
    """Whether somebody who wants to be written to so may have seen the text of that language."""
    said = set(fold(answer).split())
    named = {code for code, names in _NAMES.items() if said & {code, *names}}
    return not named or language in named
