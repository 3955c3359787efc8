"""Produce: what members begin by themselves, and what they do together."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd

from config.words import say
from pipeline.intake.model import in_rows
from pipeline.metrics.model import EVERY_PART, Context, Each, Metric, Value
from pipeline.metrics.rows import folded, in_role, left_out, partners
from pipeline.metrics.values import filled, in_period, members, no_data, once, share_of, until_today

HOSTS = "coalition staff hosted by"
"""The role under Contacts of a person who works for the coalition at an organisation."""
LETTERS = re.compile(
    r"\b(?:letter|postcard|e ?mail|message|brief(?!ing)|postkarte|nachricht|cartas?\b|correo|"
    r"mensaje|lettre|courrier|brev|vykort|meddelande)"
)
"""How the words under Kind begin that tell of letters: English, German, Spanish, French, Swedish;
without case and accents."""
HOSTING = (
    "contacts.organisation", "contacts.role_for_us", "contacts.since", "contacts.until",
)  # fmt: skip


def hosts(context: Context) -> set[str]:
    """Ids of the organisations that host coalition staff on the report's day: the backbone."""
    rows = context.tables.get("contacts")
    if rows is None or rows.empty:
        return set()
    here = rows["role_for_us"].eq(HOSTS) & in_role(rows, context)
    return set(rows["organisation_id"][here]) - {""}


@once
def begun_by_members(context: Context) -> tuple[pd.DataFrame, tuple[int, str]]:
    """(initiative, id, date) of actions that a member of its own started; what is left out."""
    rows = context.tables["actions"]
    mine = rows["started_by_id"].isin(members(context)["id"])
    rows = rows[until_today(rows["date"], context) & mine]
    hosted, named = rows["started_by_id"].isin(hosts(context)), filled(rows["initiative"])
    chosen = rows[named & ~hosted]
    excluded = left_out(
        (int((~named & ~hosted).sum()), say("no name under Initiative")),
        (int(hosted.sum()), say("started where coalition staff is hosted")),
    )
    frame = pd.DataFrame(
        {
            "initiative": folded(chosen["initiative"]),
            "id": chosen["started_by_id"],
            "date": chosen["date"],
        }
    )
    return frame, excluded


def _initiatives(context: Context) -> Value:
    frame, excluded = begun_by_members(context)
    first = frame.groupby("initiative")["date"].min()
    details = ((say("begun in the last month"), float(in_period(first, context).sum())),)
    each = Each(frame["id"], frame["id"].notna(), share=False, things=frame["initiative"])
    return Value(float(len(first)), details=details, excluded=excluded, each=each)


def _initiating(context: Context) -> Value:
    frame, excluded = begun_by_members(context)
    ids = members(context)["id"]
    return share_of(ids, ids.isin(frame["id"]), say("there are no members yet"), excluded=excluded)


def _letters(context: Context) -> Value:
    rows = context.tables["actions"].reset_index(drop=True)
    rows = rows[in_period(rows["date"], context)]
    counted = rows.index[rows["letters"] > 0]
    by = partners(context)
    senders = by["id"][by["action"].isin(counted)].nunique()
    details = ((say("member organisations that sent them"), float(senders)),)
    blank = rows["letters"].isna()
    meant = _speak_of_letters(rows["kind"]) | _unread(rows, context)
    excluded = left_out((int((blank & meant).sum()), say("no number under Letters")))
    if len(rows) and blank.all():
        reason = say("no action of the month says how many letters")
        return replace(no_data(reason), excluded=excluded)
    return Value(float(rows["letters"].sum()), details=details, excluded=excluded)


def _speak_of_letters(kinds: pd.Series) -> pd.Series:
    """Per kind: does it tell of letters? A rally sends none, so that a blank there says enough."""
    return folded(kinds).map(lambda kind: bool(LETTERS.search(kind))).astype(bool)


def _unread(rows: pd.DataFrame, context: Context) -> pd.Series:
    """Per row: does something stand under Letters that is no number?"""
    unread = context.unread.get("actions.letters", frozenset())
    return in_rows(rows, unread) if unread else pd.Series(False, index=rows.index)


def _joint(context: Context) -> Value:
    sizes = partners(context).groupby("action")["id"].size()
    joint = sizes[sizes >= 2]
    details = ((say("members per joint action"), float(joint.mean())),) if len(joint) else ()
    return Value(float(len(joint)), details=details)


P1 = Metric(
    "P1", "Unique member initiatives", "Produce",
    "Initiatives by the day of the report that a member started, one per name, without those of "
    "members that host coalition staff.",
    "initiatives", "up", ("actions.date", "actions.initiative", "actions.started_by"),
    "Activist Handbook", _initiatives, HOSTING, by=EVERY_PART, dated=True,
)  # fmt: skip
P2 = Metric(
    "P2", "Initiating members", "Produce",
    "Of the members, those that have started at least one initiative by the day of the report, "
    "not counting as starters those that host coalition staff.",
    "share", "up", ("actions.date", "actions.initiative", "actions.started_by"),
    "Activist Handbook", _initiating,
    (*HOSTING, "organisations.joins_as"), by=EVERY_PART, dated=True,
)  # fmt: skip
P3 = Metric(
    "P3", "Letters sent", "Produce",
    "Letters and messages sent in the last complete month by the tab Actions, beside the member "
    "organisations that started or joined those actions.",
    "letters", "up", ("actions.date", "actions.letters"), "Activist Handbook", _letters,
    ("actions.kind", "actions.started_by", "actions.partners", "organisations.joins_as"),
    dated=True, monthly=True,
)  # fmt: skip
P4 = Metric(
    "P4", "Joint actions", "Produce",
    "Actions by the day of the report that at least two members started or joined.",
    "actions", "up", ("actions.date", "actions.started_by", "actions.partners"),
    "Network Impact", _joint, ("organisations.joins_as",), dated=True,
)  # fmt: skip
INITIATIVES = (P1, P2, P3, P4)
