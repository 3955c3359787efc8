"""Produce: what members promise, keep, and do together."""

from __future__ import annotations

from dataclasses import replace

from config.words import say
from pipeline.metrics.active import P7
from pipeline.metrics.initiatives import INITIATIVES
from pipeline.metrics.meetings import P5, P6
from pipeline.metrics.model import EVERY_PART, Context, Metric, Value
from pipeline.metrics.rows import begun, called, gone, here, in_role, left_out, partners
from pipeline.metrics.values import filled, members, no_data, share_of, until_today
from pipeline.metrics.working_groups import P11, P12

DEPUTY = "deputy"
"""The role under Contacts of whoever stands in for the one who leads."""


def _promising(context: Context) -> Value:
    ids = members(context)["id"]
    promised = context.tables["promises"]["organisation_id"]
    nothing = say("there are no members yet")
    return share_of(ids, ids.isin(promised), nothing, told=promised)


def _kept(context: Context) -> Value:
    rows = context.tables["promises"]
    undated = left_out((int(rows["due"].isna().sum()), say("no day under Due")))
    due = rows[until_today(rows["due"], context)]
    if due.empty:
        return no_data(say("no promise was due by the day of the report"))
    done = until_today(due["done"], context)
    kept, late = done & (due["done"] <= due["due"]), due[~done]
    details = (
        (say("done late"), float(done.sum() - kept.sum())),
        (say("overdue"), float(len(late))),
    )
    shown = dict(zip(context.organisations["id"], context.organisations["name"], strict=True))
    owners = late["organisation_id"].map(shown).fillna(late["organisation"])
    names = called(owners[filled(owners) & ~gone(late["organisation_id"], context)])
    found = share_of(due["organisation_id"], kept, "", details, undated)
    return replace(found, names=names)


def _designated(context: Context) -> Value:
    rows = context.tables["contacts"]
    deputy = rows["role_for_us"].eq(DEPUTY) & filled(rows["name"]) & in_role(rows, context)
    ids, known = members(context)["id"], rows["organisation_id"]
    named = ids.isin(known[deputy])
    return share_of(ids, named, say("there are no members yet"), told=known)


P8 = Metric(
    "P8", "Members that promised something", "Produce",
    "Of the members, those with at least one row on the tab Promises.",
    "share", "up", ("promises.organisation",), "Kate Head", _promising, ("organisations.joins_as",),
    by=EVERY_PART,
)  # fmt: skip
P9 = Metric(
    "P9", "Promises kept", "Produce",
    "Of the promises due by the day of the report, those done on or before the day they were due.",
    "share", "up", ("promises.due", "promises.done"), "Kate Head", _kept,
    ("promises.organisation", "organisations.name", "organisations.standing"),
    by=EVERY_PART, dated=True,
)  # fmt: skip
P10 = Metric(
    "P10", "Designate named", "Produce",
    "Of the members, those with a person on the tab Contacts who is their deputy on the day of "
    "the report.",
    "share", "up", ("contacts.organisation", "contacts.name", "contacts.role_for_us"),
    "Kate Head", _designated, ("contacts.since", "contacts.until", "organisations.joins_as"),
    by=EVERY_PART,
    comes=begun("contacts.role_for_us", lambda roles: roles.eq(DEPUTY)),
)  # fmt: skip
PRODUCE = (*INITIATIVES, P5, P6, P7, P8, P9, P10, P11, P12)

__all__ = ["PRODUCE", "here", "partners"]
