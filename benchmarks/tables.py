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
COMMUNITIES = ("Islanders", "Dockers")
WORDS: dict[str, tuple[str, ...]] = {
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
SKIPPED = frozenset({"mail_waiting"})
"""Weaver's own."""
SMALL: dict[str, float] = {"who_s_missing": 1, "groups": 2, "contacts": 2, "our_targets": 0.1}
"""Tabs that grow with the organisations: rows for each of them."""
MOST_GUESTS = 200
"""Nobody lists more on Who's missing."""
FIRST = ("Ada", "Bela", "Cleo", "Dario", "Edda", "Finn", "Greta", "Hugo")
LAST = tuple(
    a + b
    for a in ("Al", "Bor", "Cor", "Dal", "Fen", "Gor", "Hal", "Ker")
    for b in ("beck", "den", "ford", "mar", "nick", "son", "ton", "wick")
)


def context_of(organisations: int, ties: int, rows: int, seed: int = 7, silent: int = 0) -> Context:
    """Everything that metrics look at.

    Args:
        organisations: how many there are; nine in ten are members.
        ties: rows of Conversations.
        rows: rows of all other tabs together.
        seed: of what is made up.
        silent: so many members more, of which no tab tells anything.
    """
    chance = random.Random(seed)
    known = _organisations(organisations, chance)
    tables = [table for table in LATER if table.name not in SKIPPED]
    sizes = _sizes([table.name for table in tables], organisations, ties, rows)
    frames = {table.name: frame_of(table, sizes[table.name], known, chance) for table in tables}
    known = pd.concat([known, _silent(known, silent)], ignore_index=True)
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
        | {"signons": frozenset((*SIGNONS.names, "agrees_p1"))},
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


def _sizes(names: Sequence[str], organisations: int, ties: int, rows: int) -> dict[str, int]:
    """Tab → its rows; those that don't grow with the organisations share what is left."""
    small = {name: int(organisations * SMALL[name]) for name in names if name in SMALL}
    small["who_s_missing"] = min(small["who_s_missing"], MOST_GUESTS)
    large = [name for name in names if name not in SMALL and name != "conversations"]
    each = (rows - sum(small.values())) // len(large)
    return dict.fromkeys(large, each) | small | {"conversations": ties}


def _silent(known: pd.DataFrame, count: int) -> pd.DataFrame:
    """More members, long here."""
    first = len(known)
    more = known.head(count)
    return more.assign(
        id=[f"o-{n:08d}" for n in range(first, first + len(more))],
        name=[f"Organisation {n}" for n in range(first, first + len(more))],
        standing="member", joins_as="member", referred_by="", parent="", parent_id="",
        since=pd.Timestamp(MAY[0]) - pd.Timedelta(days=400),
        joined_on=pd.Timestamp(MAY[0]) - pd.Timedelta(days=400),
        left_on=pd.Series([pd.NaT] * len(more), dtype="datetime64[ns]"),
    )  # fmt: skip


def frame_of(table: Table, size: int, known: pd.DataFrame, chance: random.Random) -> pd.DataFrame:
    """So many rows of one tab; what it names is among the known, but for one in fifty."""
    names = dict(zip(known["id"], known["name"], strict=True))
    ids = [*names, ""]
    frame = pd.DataFrame({"row": range(2, size + 2)})
    for column in table.columns:
        if column.kind in ("organisation", "organisations"):
            weights = [*[49 / len(names)] * len(names), 1]
            stranger = f"Nobody known under {column.title} of {table.title}"
            shown = names | {"": stranger}
            if column.kind == "organisation":
                chosen = chance.choices(ids, weights, k=size)
                frame[f"{column.name}_id"] = pd.Series(chosen, dtype=object)
                frame[column.name] = pd.Series([shown[i] for i in chosen], dtype="str")
            else:
                several = [tuple(chance.choices(ids, weights, k=chance.randrange(4)))
                           for _ in range(size)]  # fmt: skip
                frame[f"{column.name}_ids"] = pd.Series(several, dtype=object)
                frame[column.name] = pd.Series(
                    [tuple(shown[i] for i in s) for s in several], dtype=object
                )
        else:
            frame[column.name] = cells(column, size, chance)
    special = _SPECIAL.get(table.name)
    return special(frame, known, chance) if special else frame


def _conversations(frame: pd.DataFrame, known: pd.DataFrame, chance: random.Random) -> pd.DataFrame:
    """Mostly told by one of the two."""
    names = dict(zip(known["id"], known["name"], strict=True))
    sides = zip(frame["organisation_a_id"], frame["organisation_b_id"], frame["reported_by_id"],
                strict=True)  # fmt: skip
    ids = [chance.choices(three, (4, 4, 1))[0] for three in sides]
    stranger = frame["reported_by"][frame["reported_by_id"].eq("")]
    told = pd.Series([names.get(i, "") for i in ids], dtype="str")
    told[stranger.index] = stranger
    ids = [i if n not in stranger.index else "" for n, i in enumerate(ids)]
    return frame.assign(reported_by=told, reported_by_id=pd.Series(ids, dtype=object))


def _outreach(frame: pd.DataFrame, _: pd.DataFrame, chance: random.Random) -> pd.DataFrame:
    """Half of those who are wanted are in no registry; most stand there once."""
    size = len(frame)
    strange = [n if chance.random() < 0.5 else -1 for n in range(size)]
    ids = [i if n < 0 else "" for i, n in zip(frame["organisation_id"], strange, strict=True)]
    names = [name if n < 0 else f"Wanted {n}"
             for name, n in zip(frame["organisation"], strange, strict=True)]  # fmt: skip
    return frame.assign(
        organisation_id=pd.Series(ids, dtype=object), organisation=pd.Series(names, dtype="str")
    )


def _guests(frame: pd.DataFrame, _: pd.DataFrame, chance: random.Random) -> pd.DataFrame:
    """A third by name; the others of a kind, told by one or two things."""
    named = pd.Series([chance.random() < 0.3 for _ in range(len(frame))])
    kinds = {
        "sector": chance.choices(("", *SECTORS), (16, *[1] * 8), k=len(frame)),
        "place": chance.choices(("", *DISTRICTS), (20, *[1] * 20), k=len(frame)),
        "community": chance.choices(("", *COMMUNITIES), (8, 2, 2), k=len(frame)),
    }
    return frame.assign(
        organisation=frame["organisation"].where(named, ""),
        organisation_id=frame["organisation_id"].where(named, ""),
        wanted=[float(chance.randint(1, 9)) for _ in range(len(frame))],
        **{name: pd.Series(texts, dtype="str") for name, texts in kinds.items()},
    )


def _groups(frame: pd.DataFrame, known: pd.DataFrame, chance: random.Random) -> pd.DataFrame:
    """Groups of about six."""
    return frame.assign(group=_group_names(len(frame), len(known), chance))


def _meetings(frame: pd.DataFrame, known: pd.DataFrame, chance: random.Random) -> pd.DataFrame:
    return frame.assign(group=_group_names(len(frame), len(known), chance))


def _group_names(size: int, organisations: int, chance: random.Random) -> pd.Series:
    names = [f"Group {n}" for n in range(1, max(12, organisations // 6) + 1)]
    return pd.Series(chance.choices(names, k=size), dtype="str")


def _makers(frame: pd.DataFrame, _: pd.DataFrame, chance: random.Random) -> pd.DataFrame:
    """Several rows of one person; four share each name, and sit elsewhere."""
    people = max(8, len(frame) // 12)
    who = [chance.randrange(people) for _ in range(len(frame))]
    names = [f"{FIRST[n // 4 % 8]} {LAST[n // 32 % 64]}" for n in who]
    return frame.assign(
        name=pd.Series(names, dtype="str"),
        seat=pd.Series([("Senate", "Council")[n % 2] for n in who], dtype="str"),
        district=pd.Series([DISTRICTS[n // 2 % 2] for n in who], dtype="str"),
        in_office_until=pd.Series(
            [pd.Timestamp(TODAY) - pd.Timedelta(days=30) if n % 4 == 3 else pd.NaT for n in who],
            dtype="datetime64[ns]",
        ),
    )


_SPECIAL: dict[str, Callable[[pd.DataFrame, pd.DataFrame, random.Random], pd.DataFrame]] = {
    "conversations": _conversations, "outreach": _outreach, "who_s_missing": _guests,
    "groups": _groups, "meetings": _meetings, "decision_makers": _makers,
}  # fmt: skip


def cells(column: Column, size: int, chance: random.Random) -> pd.Series:
    """A column of cells, typed by its kind."""
    return _BY_KIND.get(column.kind, _texts)(column, size, chance)


def _days(column: Column, size: int, chance: random.Random) -> pd.Series:
    blank = 0 if column.required else 0.4
    start = pd.Timestamp(TODAY) - pd.Timedelta(days=500)
    days = [start + pd.Timedelta(days=chance.randrange(560)) if chance.random() >= blank else pd.NaT
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
        "parent": pd.Series([f"Organisation {n - 1}" if n % 10 == 1 else "" for n in range(size)]),
        "parent_id": pd.Series([f"o-{n - 1:08d}" if n % 10 == 1 else "" for n in range(size)]),
        "country": "Velmark",
        "district": chance.choices(DISTRICTS, k=size),
        "sector": pd.Series([(s,) for s in chance.choices(SECTORS, k=size)], dtype=object),
        "joins_as": chance.choices(("member", "observer"), (19, 1), k=size),
        "version": chance.choices(("1", "2"), k=size),
        "may_list": chance.choices(("yes", "no"), k=size),
        "logo": chance.choices(("yes", "no", ""), k=size),
        "listed": [chance.random() < 0.7 for _ in range(size)],
        "communities": pd.Series([COMMUNITIES[n % 3 : n % 3 + 1] for n in range(size)],
                                 dtype=object),
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
        signing_as=pd.Series(
            chance.choices(("organisation", "individual"), (9, 1), k=size), dtype="str"
        ),
        referred_by=known["referred_by"],
        agrees_p1=chance.choices(("yes", "no", ""), (8, 1, 1), k=size),
    )
