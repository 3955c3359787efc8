"""Align: who has signed, with what authority, to which words."""

from __future__ import annotations

import pandas as pd

from config.words import say
from pipeline.metrics.coming import (
    LEFT,
    another_version,
    asking_in,
    conditional,
    some_verified,
    somebody_came_back,
    somebody_left,
    somebody_reserved,
    somebody_signed_alone,
)
from pipeline.metrics.model import EVERY_PART, Context, Each, Metric, Value
from pipeline.metrics.points import A8
from pipeline.metrics.values import (
    accepted,
    belonging,
    chapters,
    filled,
    in_period,
    is_individual,
    members,
    no_data,
    ratio,
    real,
    share_of,
    until_today,
)

"""Of numbers that are about members alone: a part is its members."""
WHOSE = ("signons.labels", "signons.signing_as")
"""What says whether a person signs, rather than an organisation."""
NO_MEMBERS = "there are no members yet"
NO_SIGNONS = "no sign-on has come in yet"
NONE_ACCEPTED = "no sign-on is accepted yet"


def _received(context: Context) -> Value:
    days = real(context)["day"]
    unknown = int(days.isna().sum())
    return Value(
        float(in_period(days, context).sum()),
        excluded=(unknown, say("no time that can be read") if unknown else ""),
    )


def _organisations(context: Context) -> Value:
    frame = belonging(context)
    joined = frame.loc[until_today(frame["joined_on"], context)]
    mine = members(context)
    left = [(name, (joined["standing"] == name).sum()) for name in LEFT]
    rest = len(joined) - len(mine) - sum(n for _, n in left)
    parts, wholes = chapters(mine)
    told = [
        ("accepted ever", len(joined)), *left, ("in question again", rest), ("net", len(mine)),
        ("chapters", parts), ("parents", wholes),
    ] if parts else [
        ("accepted ever", len(joined)), *left, ("in question again", rest), ("net", len(mine)),
    ]  # fmt: skip
    always = ("accepted ever", "withdrawn", "net")
    details = tuple((say(name), float(n)) for name, n in told if n or name in always)
    everyone = Each(mine["id"], mine["id"].notna(), share=False)
    return Value(float(len(mine)), details=details, each=everyone)


def _people(context: Context) -> Value:
    frame = context.signons
    return Value(float((is_individual(frame) & frame["outcome"].eq("accepted")).sum()))


def _acceptance(context: Context) -> Value:
    frame = real(context)
    # What was taken back later had been accepted; one that a newer form replaced says nothing.
    back = frame["outcome"].eq("withdrawn") & frame["decided_on"].notna()
    said_yes = int((frame["outcome"].eq("accepted") | back).sum())
    declined, pending = (int(frame["outcome"].eq(name).sum()) for name in ("declined", "hold"))
    return ratio(
        said_yes, said_yes + declined,
        say("no sign-on is accepted or declined yet"), ((say("pending"), float(pending)),),
    )  # fmt: skip


def _authority(context: Context) -> Value:
    frame = accepted(context)
    complete = filled(frame["signatory"]) & filled(frame["role"]) & frame["authorised"].eq("yes")
    return ratio(int(complete.sum()), len(frame), say(NONE_ACCEPTED))


def _verified(context: Context) -> Value:
    verified = accepted(context)["verified"].astype(bool)
    return ratio(int(verified.sum()), len(verified), say(NONE_ACCEPTED))


def _conditional(context: Context) -> Value:
    frame = real(context)
    reserving = conditional(frame)
    still_open = int((reserving & frame["outcome"].eq("hold")).sum())
    return ratio(
        int(reserving.sum()), len(frame), say(NO_SIGNONS),
        ((say("still open"), float(still_open)),),
    )  # fmt: skip


def _current(context: Context) -> Value:
    if not context.current_version:
        return no_data(say("no version of the statement is adopted yet"))
    frame = members(context)
    return share_of(frame["id"], frame["version"] == context.current_version, say(NO_MEMBERS))


def _repeats(context: Context) -> Value:
    frame = asking_in(context)
    return ratio(int(frame["repeat"].astype(bool).sum()), len(frame), say(NO_SIGNONS))


def _consent(context: Context) -> Value:
    frame = members(context)
    listing, logo = frame["may_list"].eq("yes"), frame["logo"].eq("yes")
    details = [(say("listing"), float(listing.sum()))]
    if "use_our_logo" in context.present.get("signons", frozenset(context.signons.columns)):
        details.append((say("logo"), float(logo.sum())))
    return share_of(frame["id"], listing, say(NO_MEMBERS), tuple(details))


def _withdrawal(context: Context) -> Value:
    frame = belonging(context)
    start = pd.Timestamp(context.period[0])
    gone = frame["left_on"].fillna(frame["since"].where(frame["standing"] == "lapsed"))
    there = (frame["joined_on"] < start) & ~(gone < start)
    went = frame["standing"][in_period(gone, context) & frame["standing"].isin(LEFT)]
    reasons = tuple(
        (say(str(why)), float(n)) for why, n in went.value_counts().sort_index().items()
    )
    return ratio(
        int((went == "withdrawn").sum()), int(there.sum()),
        say("there were no members when the period began"), reasons,
    )  # fmt: skip


A1 = Metric(
    "A1", "Sign-ons received", "Align",
    "Forms that came in during the last complete month, tests apart.",
    "sign-ons", "up", ("signons.outcome", "signons.day"), "Coalition Builder", _received,
    dated=True, monthly=True,
)  # fmt: skip
A2 = Metric(
    "A2", "Member organisations", "Align",
    "Organisations that are members today, those asked to re-confirm included, funders, observers, "
    "signatories only and coalition staff apart.",
    "organisations", "up", ("organisations.standing",), "EFA toolkit", _organisations,
    (
        "organisations.joins_as", "organisations.joined_on", "organisations.parent",
        "organisations.parent_id", "signons.parent",
    ),
    by=EVERY_PART, dated=True,
)  # fmt: skip
A3 = Metric(
    "A3", "People signed on", "Align",
    "Accepted sign-ons of individuals, who are never counted with the organisations.",
    "people", "up", ("signons.outcome",), "Rooted Forward", _people, WHOSE,
    comes=somebody_signed_alone,
)  # fmt: skip
A4 = Metric(
    "A4", "Acceptance rate", "Align",
    "Of the sign-ons that were accepted or not accepted, those accepted, later withdrawn ones "
    "included and those that a newer form replaced apart, beside those pending.",
    "share", "", ("signons.outcome", "signons.decided_on"), "Coalition Builder", _acceptance,
)  # fmt: skip
A6 = Metric(
    "A6", "Authority complete", "Align",
    "Of the accepted sign-ons of organisations, those with the signatory's name and role and a "
    "yes to being authorised.",
    "share", "up",
    ("signons.outcome", "signons.signatory", "signons.role", "signons.authorised"),
    "Sierra Club; Coalition Builder", _authority, WHOSE,
)  # fmt: skip
A7 = Metric(
    "A7", "Verified contact", "Align",
    "Of the accepted sign-ons of organisations, those that came from an address that Google "
    "verified.",
    "share", "up", ("signons.outcome", "signons.verified"), "Coalition Builder; CiviCRM",
    _verified, WHOSE, comes=some_verified,
)  # fmt: skip
A9 = Metric(
    "A9", "Sign-ons with reservations", "Align",
    "Of all forms but the tests, those whose answer about conditions reserves anything, beside "
    "those of them still on hold.",
    "share", "down", ("signons.outcome", "signons.reservations"), "ours", _conditional,
    comes=somebody_reserved,
)  # fmt: skip
A10 = Metric(
    "A10", "On the current version", "Align",
    "Of the members, those that agreed to the version of the statement in force today, one that "
    "differs in wording only being the same.",
    "share", "up", ("organisations.standing", "organisations.version"), "TMC bylaws", _current,
    ("organisations.joins_as", "signons.version"), by=EVERY_PART, comes=another_version,
)  # fmt: skip
A11 = Metric(
    "A11", "Repeated sign-ons", "Align",
    "Of all forms but the tests and requests to withdraw, those of an organisation that had signed "
    "before.",
    "share", "down", ("signons.outcome", "signons.repeat"), "Coalition Builder", _repeats,
    ("signons.request",),
    comes=somebody_came_back,
)  # fmt: skip
A12 = Metric(
    "A12", "Consent to be listed", "Align",
    "Of the members, those that allow their name in public, beside those that allow their logo.",
    "share", "up", ("organisations.standing", "organisations.may_list", "signons.list_us"),
    "Coalition Builder; Sierra Club", _consent,
    ("organisations.joins_as", "organisations.logo", "signons.use_our_logo"), by=EVERY_PART,
)  # fmt: skip
A14 = Metric(
    "A14", "Withdrawal rate", "Align",
    "Organisations that withdrew during the last complete month, over the members when it began, "
    "beside those that left for each reason.",
    "share", "down",
    ("organisations.standing", "organisations.joined_on", "organisations.left_on"),
    "open letters that record removals", _withdrawal,
    ("organisations.joins_as", "organisations.since"), dated=True, monthly=True,
    comes=somebody_left,
)  # fmt: skip

ALIGN = (A1, A2, A3, A4, A6, A7, A8, A9, A10, A11, A12, A14)
