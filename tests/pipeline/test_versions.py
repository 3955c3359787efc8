"""Which version a form agreed to: what it showed, then its question, then the day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest

from config.statement import Statement, Version
from pipeline.versions import agreed, shown_version

OLD, NEW = "Do you agree?", "Do you agree to the new statement?"


def version(name: str, adopted: str = "", question: str = OLD, **facts: Any) -> Version:
    day = dt.date.fromisoformat(adopted) if adopted else None
    state = "adopted" if adopted else "draft"
    return Version(version=name, state=state, adopted_on=day, question=question, **facts)


STATEMENT = Statement(
    "main",
    (
        version("1", "2026-01-01"),
        version("1.1", "2026-03-01", change="wording-only"),
        version("2", "2026-06-01", question=NEW),
        version("3", question="Do you agree to this draft?"),
    ),
    (version("2", "2026-06-01", "¿Está de acuerdo?", language="es", translation="courtesy"),),
)

# version shown | the question above the answer | day -> version | how it is known
TABLE = """
Version 1 | Do you agree? | 2026-07-01 -> 1 | shown in the form
v1.1 | | 2026-07-01 -> 1.1 | shown in the form
2 | Do you agree? | 2026-02-01 -> | shown in the form
VERSION 2 | | -> 2 | shown in the form
Version 3 | Do you agree to this draft? | 2026-07-01 -> | shown in the form
 | Do you agree? | 2026-07-01 -> 1.1 | its question
 | do you agree ? | 2026-07-01 -> 1.1 | its question
 | Do you agree to the new statement? | 2026-07-01 -> 2 | its question
 | ¿Está de acuerdo? | 2026-07-01 -> 2 | its question
 | Do you agree to the new statement? | 2026-02-01 -> 1 | the day
 | Do you agree? | 2026-02-01 -> 1 | the day
 | Do you agree? | 2026-04-01 -> 1.1 | the day
 | Something else | 2026-07-01 -> 2 | the day
 | | 2026-07-01 -> 2 | the day
 | | 2025-12-31 -> |
 | Do you agree to the new statement? | -> 2 | its question
 | | -> |
Version 9 | | 2026-07-01 -> 2 | the day
"""


@pytest.mark.parametrize("line", [line for line in TABLE.splitlines() if line.strip()])
def test_a_form_agreed_to(line: str) -> None:
    said, found = line.split("->")
    shown, question, day = (part.strip() for part in said.split("|"))
    name, how = (part.strip() for part in (*found.split("|"), "")[:2])
    frame = pd.DataFrame(
        {"version_shown": [shown], "asked_as": [question], "day": [pd.to_datetime(day or pd.NaT)]}
    )
    told = agreed(frame, STATEMENT)
    assert (told["version"].item(), told["version_by"].item()) == (name, how)


def test_drafts_are_found_by_their_name_and_nothing_by_none() -> None:
    draft = shown_version("version 3", STATEMENT)
    assert draft is not None
    assert draft.state == "draft"
    assert shown_version("", STATEMENT) is None
    assert shown_version("v", STATEMENT) is None


def test_substances() -> None:
    assert [STATEMENT.substance(name) for name in ("1", "1.1", "2", "3", "9")] == [0, 0, 1, -1, -1]
