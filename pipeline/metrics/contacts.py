"""Members that call on the same decision-maker without knowing of each other."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import pandas as pd

from config.tables.work import DECISION_MAKERS
from config.text import fold
from config.words import say
from pipeline.metrics.makers import in_office, known_positions, nobody
from pipeline.metrics.model import Context, Metric, Value
from pipeline.metrics.produce import here
from pipeline.metrics.values import day, filled, no_data, ratio, until_today
from pipeline.positions.persons import Spelling, identify
from pipeline.positions.rows import spellings
from pipeline.positions.standing import latest_on

WEEK, RECENT, PLANNED = (pd.Timedelta(days=n) for n in (7, 31, 31))
"""How near two contacts collide; how long they are told; how far from them a plan may lie."""


class Collision(NamedTuple):
    """Two members that called on one person: names, who came first, and the second's day."""

    person: str
    first: str
    second: str
    day: dt.date


def contacts(context: Context) -> pd.DataFrame:
    """Who spoke with whom: `person` (key), `id` (a member's) and `day`, each once."""
    rows = _with_contacts(context)
    rows = rows[until_today(rows["date"], context)].reset_index(drop=True)
    named = spellings(rows)
    history = known_positions(context)
    known = zip(history["person"], spellings(history), strict=True)
    found = identify(((one, (context.today, context.today)) for one in named), known)
    people = pd.Series([found.keys[Spelling(*one)] for one in named], dtype="str")
    each = here(rows["contacted_by_ids"], context)
    made = pd.DataFrame(
        {
            "person": people[each.index].to_numpy(),
            "id": each.to_numpy(),
            "day": rows["date"][each.index].to_numpy(),
        }
    )
    return made[made["person"].ne("")].drop_duplicates(ignore_index=True)


def undated(context: Context) -> int:
    """How many rows say who spoke with somebody, but not when."""
    return int(_with_contacts(context)["date"].isna().sum())


def collisions(context: Context) -> tuple[Collision, ...]:
    """Two members with one person within seven days and without a shared plan, by person.

    Of each two, the last such time in the 31 days up to the day of the report. Names stand in it:
    it is for the coordinators' own digest.
    """
    pairs = _unplanned(context)
    names = dict(zip(context.organisations["id"], context.organisations["name"], strict=True))
    people = latest_on(known_positions(context), context.today)
    called = dict(zip(people["person"], people["name"], strict=True))
    found = (
        Collision(called[person], names[one], names[other], second.date())
        for person, one, other, second in zip(
            pairs["person"], pairs["id"], pairs["id_other"], pairs["day_other"], strict=True
        )
    )
    return tuple(sorted(found))


def _with_contacts(context: Context) -> pd.DataFrame:
    rows = context.tables[DECISION_MAKERS.name]
    return rows[filled(rows["name"]) & (rows["contacted_by"].map(len) > 0)]


def _unplanned(context: Context) -> pd.DataFrame:
    """A row per person and two members: `person`, `id`, `day`, `id_other`, `day_other`."""
    made = contacts(context)
    made = made[made["day"] >= day(context) - RECENT - WEEK]
    pairs = made.merge(made, on="person", suffixes=("", "_other"))
    apart = pairs["day_other"] - pairs["day"]
    # On one day nobody was first; then the id decides, so that each two stand there once.
    later = (apart > pd.Timedelta(0)) | (
        (apart == pd.Timedelta(0)) & (pairs["id"] < pairs["id_other"])
    )
    near = later & (apart <= WEEK) & pairs["id"].ne(pairs["id_other"])
    pairs = pairs[near & (pairs["day_other"] >= day(context) - RECENT)]
    pairs = _without_plan(pairs.reset_index(drop=True), _plans(context))
    two = [" ".join(sorted(ids)) for ids in zip(pairs["id"], pairs["id_other"], strict=True)]
    ordered = pairs.assign(two=two).sort_values(["person", "two", "day_other", "day"])
    return ordered.drop_duplicates(["person", "two"], keep="last")


def _plans(context: Context) -> pd.DataFrame:
    """Who took part in which plan when: `plan`, `id`, `when`."""
    rows = context.tables.get("actions")
    if rows is None:
        return pd.DataFrame({"plan": [], "id": [], "when": pd.to_datetime([])})
    rows = rows[until_today(rows["date"], context) & filled(rows["plan"])].reset_index(drop=True)
    both = pd.concat([rows["started_by_id"], rows["partners_ids"].explode().dropna()])
    taking = pd.DataFrame(
        {
            "plan": rows["plan"].map(fold)[both.index].to_numpy(),
            "id": both.to_numpy(),
            "when": rows["date"][both.index].to_numpy(),
        }
    )
    return taking[taking["id"].ne("")].drop_duplicates()


def _without_plan(pairs: pd.DataFrame, plans: pd.DataFrame) -> pd.DataFrame:
    """The pairs that took part in no plan together around that day."""
    if pairs.empty or plans.empty:
        return pairs
    numbered = pairs.assign(pair=pairs.index)
    one = numbered.merge(plans, on="id")
    one = one[(one["when"] - one["day_other"]).abs() <= PLANNED]
    other = plans.rename(columns={"id": "id_other", "when": "when_other"})
    both = one.merge(other, on=["plan", "id_other"])
    both = both[(both["when_other"] - both["day_other"]).abs() <= PLANNED]
    return pairs[~pairs.index.isin(both["pair"])]


def _colliding(context: Context) -> Value:
    unknown = undated(context)
    if unknown and not until_today(_with_contacts(context)["date"], context).any():
        return no_data(say("no row that says who spoke with whom has a date"))
    pairs = _unplanned(context)
    people = latest_on(known_positions(context), context.today)
    names = people["name"][people["person"].isin(pairs["person"])]
    return Value(
        float(pairs["person"].nunique()),
        details=((say("pairs of members"), float(len(pairs))),),
        excluded=(unknown, say("no day under Date") if unknown else ""),
        names=tuple(sorted(names)),
    )


def _covered(context: Context) -> Value:
    people = in_office(context)
    if people.empty:
        return no_data(nobody(context))
    made, unknown = contacts(context), undated(context)
    if made.empty and unknown:
        return no_data(say("no row that says who spoke with whom has a date"))
    first, end = (pd.Timestamp(day) for day in context.period)
    recent = made[(made["day"] >= first) & (made["day"] < end)]
    reached = int(people["person"].isin(recent["person"]).sum())
    return ratio(
        reached, len(people), "",
        excluded=(unknown, say("no day under Date") if unknown else ""),
    )  # fmt: skip


_NEEDS = ("decision_makers.name", "decision_makers.date", "decision_makers.contacted_by")
_USES = (
    "decision_makers.seat", "decision_makers.district", "organisations.standing",
    "organisations.joins_as",
)  # fmt: skip

P15 = Metric(
    "P15", "Colliding contacts", "Produce",
    "Decision-makers with whom at least two members spoke within seven days, the second in the 31 "
    "days up to the day of the report, though both took part in no action of one plan within 31 "
    "days of it.",
    "people", "down",
    _NEEDS, "FitGap", _colliding,
    (*_USES, "actions.date", "actions.plan", "actions.started_by", "actions.partners"), dated=True,
)  # fmt: skip
I11 = Metric(
    "I11", "Contact coverage", "Impact",
    "Of the decision-makers in office, those with whom at least one member spoke in the last "
    "complete month.",
    "share", "up", _NEEDS, "FiscalNote", _covered, (*_USES, "decision_makers.in_office_until"),
    dated=True, monthly=True,
)  # fmt: skip

CONTACTS: tuple[Metric, ...] = (P15,)
