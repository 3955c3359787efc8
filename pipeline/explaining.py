"""An organisation's story in sentences: what came, what was asked, what was decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from config.errors import WrongUsage
from config.records import DecisionRecord
from config.text import clean
from config.words import say
from pipeline.judging import holds
from pipeline.model import Result
from pipeline.registry import finder
from pipeline.tabrows import OUTCOMES

Row = Mapping[Hashable, Any]


def explain(result: Result, organisation: str) -> dict[str, Any]:
    """Id, name, standing, listing and the story, oldest first.

    Raises:
        WrongUsage: no organisation of that name is known; names the nearest.
    """
    known = result.organisations
    names = dict(zip(known["id"], known["name"], strict=True))
    also = dict(zip(known["id"], known["aliases"], strict=True))
    merged = {r.id: r.survivor for r in result.ledger.organisations if r.survivor}
    identity, like = finder(names, also, merged)(organisation)
    if not identity:
        hint = say("Did you mean “{name}”? ", name=like) if like else ""
        raise WrongUsage(
            say("No organisation of that name has signed."), organisation,
            hint + say("Names and ids stand in the tab Who has signed."),
        )  # fmt: skip
    row = known.loc[known["id"] == identity].to_dict("records")[0]
    events = sorted(_events(result, identity), key=lambda event: event[0])
    return {
        "id": identity,
        "organisation": row["name"],
        "standing": row["standing"],
        "listed": bool(row["listed"]),
        "story": [*_opening(row), *(text for _, text in events), *_ending(result, row)],
    }


Event = tuple[tuple[dt.date, int, int], str]


def _opening(row: Row) -> Iterator[str]:
    yield say("{name} ({id})", name=row["name"], id=row["id"])
    if row["aliases"]:
        yield say("Also known as {names}.", names="; ".join(row["aliases"]))
    if row["parent"]:
        yield say("It is a chapter of {parent}.", parent=row["parent"])


def _events(result: Result, identity: str) -> Iterator[Event]:
    """((day, kind, number), sentence) of all that happened."""
    forms = result.forms.loc[result.forms["organisation_id"] == identity]
    keys = set(forms["key"])
    for number, form in enumerate(forms.to_dict("records")):
        day = dt.date.min if pd.isna(form["day"]) else form["day"].date()
        yield (day, 0, number), " ".join(_form(form))
    for decision in result.known.decisions:
        if decision.matter in keys or identity in decision.matter.split(":"):
            before = _replaced(decision, result.known.decisions)
            told = " ".join(_decision(decision, before, forms))
            yield (decision.read_on, 1, decision.number), told
    for change in result.known.changes:
        if change.organisation_id == identity:
            yield (change.holds_from, 2, change.number), _change(change)
    for matter in result.matters:
        if matter.open and (matter.key in keys or identity in matter.key.split(":")):
            yield (matter.since, 3, 0), say(
                "Since {day} a question waits in To decide ({what}): {why}",
                day=matter.since, what=matter.what, why=matter.why,
            )  # fmt: skip


def _form(form: Row) -> Iterator[str]:
    when: str = say("At an unknown time") if pd.isna(form["day"]) else str(form["day"].date())
    yield say(
        "{when}: a form came in as “{name}” ({key}), {who}.",
        when=when, name=clean(form["organisation"]), key=form["key"],
        who=say("signed by {name}", name=form["signatory"]) if form["signatory"]
        else say("nobody named as signatory"),
    )  # fmt: skip
    if form["because"]:
        yield say("It belongs here because: {because}.", because=form["because"])
    if form["version"]:
        yield say("Version {version} of the statement was in force.", version=form["version"])
    yield from form["reasons"]
    yield say("Outcome: {outcome}.", outcome=OUTCOMES[form["outcome"]])


def _replaced(
    decision: DecisionRecord, decisions: Sequence[DecisionRecord]
) -> DecisionRecord | None:
    """The answer to the same matter that held until this one was given."""
    before = [
        d for d in decisions
        if d.matter == decision.matter and d.number < decision.number
        and (d.undone_on is None or d.undone_on > decision.read_on)
    ]  # fmt: skip
    return max(before, key=lambda d: d.number, default=None)


def _decision(
    decision: DecisionRecord, replaced: DecisionRecord | None, forms: pd.DataFrame
) -> Iterator[str]:
    """Who decided what and when, what that replaced, on which facts, and what became of it."""
    yield say("{day}: {by} decided “{word}”.", day=decision.read_on,
              by=decision.by or say("a coordinator"), word=decision.word)  # fmt: skip
    if replaced:
        yield say("It replaced “{word}” ({by}, {day}).", word=replaced.word,
                  by=replaced.by or "?", day=replaced.read_on)  # fmt: skip
    codes = [part.partition(":")[0] for part in decision.facts.split() if ":" in part]
    if codes:
        yield say("It answered {rules}.", rules=", ".join(codes))
    now = forms.loc[forms["key"] == decision.matter, "facts"]
    if any(not holds(decision, facts) for facts in now):
        yield say("What it was decided on has changed since.")
    if decision.undone_on:
        yield say("It was taken back on {day}.", day=decision.undone_on)
    if decision.note:
        yield say("Note: {note}", note=decision.note)


def _change(change: Any) -> str:
    text = say("{day}: {by} asked for “{change}”", day=change.holds_from,
               by=change.by or say("a coordinator"), change=change.change)  # fmt: skip
    text += f" ({change.value})." if change.value else "."
    return text + (
        say(" It was taken back on {day}.", day=change.undone_on) if change.undone_on else ""
    )


def _ending(result: Result, row: Row) -> Iterator[str]:
    since: str = "" if pd.isna(row["since"]) else say(" since {day}", day=row["since"].date())
    yield say("On {today} its standing is {standing}{since} ({because}).",
              today=result.today, standing=row["standing"], since=since,
              because=row["because"])  # fmt: skip
    if row["listed"]:
        yield say("It is on the public list.")
    else:
        yield say("It isn't on the public list: {why}.", why=row["why_not"])
    if row["next_step"]:
        yield say("Next step: {step}", step=row["next_step"])
