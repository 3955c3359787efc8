"""Which version of a statement a form agreed to, and how that is known; whether it came late."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

import pandas as pd

from config.statement import Statement, Version, end_of
from config.text import fold
from pipeline.lookup import look_up

SHOWN, ASKED, DATED = "shown in the form", "its question", "the day"
"""How a version is known, the surest first."""
LATE, CLOSED = "late", "closed"
Agreed = tuple[str, str]


def agreed(frame: pd.DataFrame, statement: Statement) -> pd.DataFrame:
    """Columns `version` and `version_by`; reads `version_shown`, `asked_as` and `day` of each row.

    What the form showed comes first; then the question, where it is not that of every version in
    force so far; then the day it came, by the dates on which versions were adopted. A draft takes
    no sign-ons: a form that showed one agreed to none.
    """
    asked = _by_question(statement)
    drafts = _of_drafts(statement) if frame["asked_as"].nunique() > 1 else frozenset()
    known: dict[tuple[str, str, pd.Timestamp], Agreed] = {}
    rows = list(zip(frame["version_shown"], frame["asked_as"], frame["day"], strict=True))
    for row in rows:
        if row not in known:
            known[row] = _agreed(*row, statement, asked, drafts)
    found = [known[row] for row in rows]
    return pd.DataFrame(found, columns=["version", "version_by"], index=frame.index, dtype=object)


def shown_version(text: str, statement: Statement) -> Version | None:
    """The version that an answer such as "Version 1.1" or "v2" names; drafts too."""
    wanted = _bare(text)
    return next((v for v in statement.versions if wanted and _bare(v.version) == wanted), None)


def _bare(text: str) -> str:
    words = fold(text).split()
    return " ".join(words[1:] if words[:1] in (["version"], ["v"]) else words).removeprefix("v")


def _by_question(statement: Statement) -> Mapping[str, frozenset[str]]:
    """Question → the adopted versions that are asked so, in whatever language."""
    found: dict[str, set[str]] = {}
    for version in statement.adopted:
        for text in statement.texts_of(version.version):
            if text.question:
                found.setdefault(fold(text.question), set()).add(version.version)
    return {question: frozenset(names) for question, names in found.items()}


def _of_drafts(statement: Statement) -> frozenset[str]:
    """Questions that only a draft asks. Where a form has but one, its title tells no time."""
    adopted = {fold(q) for v in statement.adopted for t in statement.texts_of(v.version)
               if (q := t.question)}  # fmt: skip
    return frozenset(fold(v.question) for v in statement.drafts if v.question) - adopted


def _agreed(
    shown: str, question: str, day: pd.Timestamp, statement: Statement,
    asked: Mapping[str, frozenset[str]], drafts: frozenset[str],
) -> Agreed:  # fmt: skip
    if named := shown_version(shown, statement):
        return (named.version, SHOWN) if was_adopted(named, day) else ("", SHOWN)
    if fold(question) in drafts:
        return "", ASKED
    started = [v for v in statement.adopted if pd.isna(day) or _begun(v, day)]
    so_asked = [v for v in started if v.version in asked.get(fold(question), ())]
    if so_asked and len(so_asked) < len(started):
        return so_asked[-1].version, ASKED
    if pd.isna(day) or not started:
        return "", ""
    return started[-1].version, DATED


def was_adopted(version: Version, day: pd.Timestamp) -> bool:
    """Whether it was adopted by the day on which a form came; on an unknown day, whether it is."""
    return version.state == "adopted" and (pd.isna(day) or _begun(version, day))


def _begun(version: Version, day: pd.Timestamp) -> bool:
    return version.adopted_on is not None and pd.Timestamp(version.adopted_on) <= day


def lateness(frame: pd.DataFrame, statement: Statement, zone: ZoneInfo) -> pd.Series:
    """ "late" after the day asked for, "closed" after the last one, "" else, per row.

    Reads `received` and `day`: the deadlines are those of the version in force that day.
    """
    days = frame["day"].dropna().unique()
    versions = {day: statement.in_force(day.date()) for day in days}
    in_force = look_up(frame["day"], versions, None)
    rows = zip(frame["received"], in_force, strict=True)
    late = [_late(received, version, zone) for received, version in rows]
    return pd.Series(late, index=frame.index, dtype=object)


def _late(received: pd.Timestamp, version: Version | None, zone: ZoneInfo) -> str:
    if version is None or pd.isna(received):
        return ""
    for moment, word in ((version.closes, CLOSED), (version.sign_by, LATE)):
        if moment is not None and received >= end_of(moment, zone):
            return word
    return ""
