"""An invented coalition's tables of any size, typed as intake gives them: for timing, and for tests
that need every table filled. The same seed gives the same tables."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

from config.tables import BY_NAME, SIGNONS, Column, Table
from config.tables.later import LATER
from pipeline.intake.model import Typed
from pipeline.metrics.model import ORGANISATION_COLUMNS, Context
from pipeline.positions.history import history

TODAY = dt.date(2026, 6, 15)
MAY = (dt.date(2026, 5, 1), dt.date(2026, 6, 1))
SECTORS = ("Nature", "Health", "Labour", "Farming", "Youth", "Faith", "Housing", "Arts")
DISTRICTS = tuple(f"District {n}" for n in range(1, 21))
COMMUNITIES = ("Islanders", "Dockers", "Night workers", "Beekeepers")
GROUPS = tuple(f"Group {n}" for n in range(1, 13))
WORDS: dict[str, tuple[str, ...]] = {
    "group": GROUPS,
    "role": ("chair", "deputy", "", "", ""),
    "sector": SECTORS,
    "place": DISTRICTS,
    "district": DISTRICTS,
    "community": COMMUNITIES,
    "owner": ("Ana", "Bo", ""),
    "plan": ("River law", "", ""),
    "bill_or_goal": ("River law", "Clean air act", "Bus lanes"),
    "outlet": ("Herald", "Post", "Echo"),
    "message": ("One river", "Who pollutes pays"),
    "lever": ("Law", "Money", "Habits"),
}
"""Field → what stands in it; every other text is made up from its row's number."""
SKIPPED = frozenset({"mail_waiting", "statement_feedback", "our_targets"})


def context_of(organisations: int, ties: int, rows: int, seed: int = 7) -> Context:
    """Everything that metrics look at.

    Args:
        organisations: how many there are; nine in ten are members.
        ties: rows of Conversations.
        rows: rows of all other tabs together.
        seed: of what is made up.
    """
    chance = random.Random(seed)
    known = _organisations(organisations, chance)
    tables = [table for table in LATER if table.name not in SKIPPED]
    each = rows // (len(tables) - 1)
    sizes = {table.name: ties if table.name == "conversations" else each for table in tables}
    frames = {table.name: frame_of(table, sizes[table.name], known, chance) for table in tables}
    makers = frames["decision_makers"]
    typed = Typed(BY_NAME["decision_makers"], makers, frozenset(makers), (), len(makers))
    past = history(typed, (), TODAY)
    return Context(
        TODAY,
        MAY,
        _signons(known, chance),
        known,
        frames,
        {table.name: frozenset(table.names) for table in tables}
        | {"signons": frozenset(SIGNONS.names)},
        problems=tuple((table.title, sizes[table.name], 3) for table in tables),
        current_version="2",
        districts=DISTRICTS,
        points=(("agrees_p1", "P1"),),
        sign_by=dt.date(2026, 3, 1),
        closes=dt.date(2026, 5, 1),
        positions=past.frame if past else None,
        touched={table.name: TODAY - dt.timedelta(days=at) for at, table in enumerate(tables)},
        lost=2,
    )


def frame_of(table: Table, size: int, known: pd.DataFrame, chance: random.Random) -> pd.DataFrame:
    """So many rows of one tab; what it names is among the known, but for one in fifty."""
    names = dict(zip(known["id"], known["name"], strict=True))
    ids = [*names, ""]
    frame = pd.DataFrame({"row": range(2, size + 2)})
    for column in table.columns:
        if column.kind == "organisation":
            chosen = chance.choices(ids, [*[49 / len(names)] * len(names), 1], k=size)
            frame[f"{column.name}_id"] = pd.Series(chosen, dtype=object)
            frame[column.name] = pd.Series(
                [names.get(i, "Nobody known") for i in chosen], dtype="str"
            )
        elif column.kind == "organisations":
            several = [tuple(chance.choices(ids[:-1], k=chance.randrange(4))) for _ in range(size)]
            frame[f"{column.name}_ids"] = pd.Series(several, dtype=object)
            frame[column.name] = pd.Series(
                [tuple(names[i] for i in s) for s in several], dtype=object
            )
        else:
            frame[column.name] = cells(column, size, chance)
    return frame


def cells(column: Column, size: int, chance: random.Random) -> pd.Series:
    """A column of cells, typed by its kind."""
    return _BY_KIND.get(column.kind, _texts)(column, size, chance)


def _days(column: Column, size: int, chance: random.Random) -> pd.Series:
    blank = 0 if column.required else 0.4
    start = pd.Timestamp(TODAY) - pd.Timedelta(days=500)
    days = [start + pd.Timedelta(days=chance.randrange(520)) if chance.random() >= blank else pd.NaT
            for _ in range(size)]  # fmt: skip
    return pd.Series(days, dtype="datetime64[ns]")


def _numbers(column: Column, size: int, chance: random.Random) -> pd.Series:
    most = 5 if "1-5" in column.title or column.who == "form" else 40
    values = [float(chance.randint(1, most)) if chance.random() > 0.2 else float("nan")
              for _ in range(size)]  # fmt: skip
    return pd.Series(values, dtype="float64")


def _choices(column: Column, size: int, chance: random.Random) -> pd.Series:
    words = ("yes", "no", "") if column.kind == "yesno" else column.choices or ("",)
    return pd.Series(chance.choices(words, k=size), dtype="str")


def _lists(column: Column, size: int, chance: random.Random) -> pd.Series:
    words = WORDS.get(column.name, SECTORS)
    several = [
        tuple(dict.fromkeys(chance.choices(words, k=chance.randrange(3)))) for _ in range(size)
    ]
    return pd.Series(several, dtype=object)


def _texts(column: Column, size: int, chance: random.Random) -> pd.Series:
    words: Sequence[str] = WORDS.get(column.name, ())
    if not words:
        words = [f"{column.title} {n}" for n in range(max(3, size // 3))]
    return pd.Series(chance.choices(words, k=size), dtype="str")


_BY_KIND: dict[str, Callable[[Column, int, random.Random], pd.Series]] = {
    "date": _days, "count": _numbers, "number": _numbers, "choice": _choices, "yesno": _choices,
    "list": _lists,
}  # fmt: skip


def _organisations(size: int, chance: random.Random) -> pd.DataFrame:
    joined = pd.Timestamp(TODAY) - pd.to_timedelta(
        [chance.randrange(600) for _ in range(size)], "D"
    )
    standing = chance.choices(("member", "withdrawn", "pending"), (18, 1, 1), k=size)
    today = pd.Timestamp(TODAY)
    left = [today - pd.Timedelta(days=chance.randrange(90)) if s == "withdrawn" else pd.NaT
            for s in standing]  # fmt: skip
    made: dict[str, Any] = {
        "id": [f"o-{n:08d}" for n in range(size)],
        "name": [f"Organisation {n}" for n in range(size)],
        "standing": standing,
        "since": joined,
        "joined_on": joined,
        "left_on": pd.Series(left, dtype="datetime64[ns]"),
        "level": chance.choices(("local", "regional", "national"), k=size),
        "parent": "", "parent_id": "", "country": "Velmark",
        "district": chance.choices(DISTRICTS, k=size),
        "sector": pd.Series([(s,) for s in chance.choices(SECTORS, k=size)], dtype=object),
        "joins_as": chance.choices(("member", "observer"), (19, 1), k=size),
        "version": chance.choices(("1", "2"), k=size),
        "may_list": chance.choices(("yes", "no"), k=size),
        "logo": chance.choices(("yes", "no", ""), k=size),
        "listed": [chance.random() < 0.7 for _ in range(size)],
        "communities": pd.Series([(c,) for c in chance.choices(COMMUNITIES, k=size)], dtype=object),
        "referred_by": [f"Organisation {chance.randrange(size)}" if chance.random() < 0.3 else ""
                        for _ in range(size)],
        "confirm_by": pd.Series(pd.NaT, index=range(size), dtype="datetime64[ns]"),
    }  # fmt: skip
    return pd.DataFrame({name: made[name] for name in ORGANISATION_COLUMNS})


def _signons(known: pd.DataFrame, chance: random.Random) -> pd.DataFrame:
    """A form of each organisation, all accepted but for those that left."""
    size = len(known)
    frame = pd.DataFrame(
        {column.name: cells(column, size, chance) for column in SIGNONS.columns[1:]}
    )
    outcome = known["standing"].map(
        {"member": "accepted", "withdrawn": "withdrawn", "pending": "hold"}
    )
    return frame.assign(
        key=[f"s-{n:012d}" for n in range(size)],
        received=known["joined_on"].dt.tz_localize("UTC"),
        day=known["joined_on"],
        decided_on=(known["joined_on"] + pd.Timedelta(days=3)).where(outcome.ne("hold")),
        organisation_id=known["id"],
        organisation=known["name"],
        outcome=outcome,
        labels=pd.Series([()] * size, dtype=object),
        repeat=False,
        version=known["version"],
        verified=pd.Series([chance.random() < 0.8 for _ in range(size)]),
        signing_as="organisation",
        referred_by=known["referred_by"],
        agrees_p1=chance.choices(("yes", "no", ""), (8, 1, 1), k=size),
    )
