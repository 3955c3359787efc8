"""An organisation's story in sentences: what came, what was asked, what was decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from config.errors import WrongUsage
from config.records import ChangeRecord, DecisionRecord
from config.statement import MAIN, Statement
from config.text import clean
from config.words import say
from pipeline.confirming import LAPSE
from pipeline.judging import holds
from pipeline.model import Result
from pipeline.registry import finder, known_names, namesakes
from pipeline.strange import apart
from pipeline.tabrows import OUTCOMES
from pipeline.verdicts import WORDS, pair_of

Row = Mapping[Hashable, Any]


def explain(result: Result, organisation: str) -> dict[str, Any]:
    """Id, name, standing, listing and the story, oldest first.

    `namesakes` holds the same of every other organisation of that name.

    Raises:
        WrongUsage: no organisation of that name is known; names the nearest.
    """
    first, *others = _identities(result, organisation)
    return _explained(result, first) | {"namesakes": [_explained(result, o) for o in others]}


def _identities(result: Result, organisation: str) -> list[str]:
    """The organisation of that name or id, or all of that name."""
    known = result.organisations
    names = dict(zip(known["id"], known["name"], strict=True))
    if several := namesakes(names)(organisation):
        return list(several)
    also = dict(zip(known["id"], known["aliases"], strict=True))
    _, merged = known_names(result.ledger.organisations)
    forms = result.every_form.loc[result.every_form["organisation_id"] != ""]
    merged |= dict(zip(forms["key"], forms["organisation_id"], strict=True))
    identity, like = finder(names, also, merged)(organisation)
    if not identity:
        hint = say("Did you mean “{name}”? ", name=like) if like else ""
        raise WrongUsage(
            say("No organisation of that name has signed."), organisation,
            hint + say("Names and ids stand in the tab Who has signed."),
        )  # fmt: skip
    return [identity]


def _explained(result: Result, identity: str) -> dict[str, Any]:
    known = result.organisations
    row = known.loc[known["id"] == identity].to_dict("records")[0]
    events = sorted(_events(result, identity), key=lambda event: event[0])
    return {
        "id": identity,
        "organisation": row["name"],
        "standing": row["standing"],
        "listed": bool(row["listed"]),
        "gates": dict(_gates(result, identity)),
        "version": row["version"],
        "letters": {
            letter.statement.name: letter.stands(identity, result.today)[0]
            for letter in result.letters
        },
        "forms": [
            {
                "key": form["key"],
                "organisation": clean(form["organisation"]),
                "because": form["because"],
            }
            for form in _forms_of(result, identity).to_dict("records")
        ],
        "story": [*_opening(row), *(text for _, text in events), *_ending(result, row)],
    }


Event = tuple[tuple[dt.date, int, int], str]


def _opening(row: Row) -> Iterator[str]:
    yield say("{name} ({id})", name=row["name"], id=row["id"])
    if row["aliases"]:
        yield say("Also known as {names}.", names="; ".join(row["aliases"]))
    if row["parent"]:
        yield say("It is a chapter of {parent}.", parent=row["parent"])


def _forms_of(result: Result, identity: str) -> pd.DataFrame:
    every = result.every_form
    return every.loc[every["organisation_id"] == identity]


def _events(result: Result, identity: str) -> Iterator[Event]:
    """((day, kind, number), sentence) of all that happened."""
    forms = _forms_of(result, identity)
    gone = [r for r in result.ledger.signons if r.gone_on and r.organisation_id == identity]
    keys = {*forms["key"], *(record.key for record in gone)}
    mine = {identity, *keys, *(r.id for r in result.ledger.organisations if r.survivor == identity)}
    names = {record.id: record.name for record in result.ledger.organisations}
    yield from _versions(result, identity)
    for record in gone:
        yield (
            (record.gone_on or dt.date.min, 0, -1),
            say(
                "{day}: its form {key} was in the list no more.", day=record.gone_on, key=record.key
            ),
        )
    for number, form in enumerate(forms.to_dict("records")):
        day = dt.date.min if pd.isna(form["day"]) else form["day"].date()
        yield (day, 0, number), " ".join(_form(form, result.statements))
    for decision in result.known.decisions:
        if mine & {decision.matter, *decision.matter.split(":")}:
            before = _replaced(decision, result.known.decisions)
            told = " ".join(_decision(decision, before, forms, names))
            yield (decision.read_on, 1, decision.number), told
    for change in result.known.changes:
        pair = change.value.split() if change.change in WORDS else ()
        if mine & {change.organisation_id, *pair}:
            yield (change.holds_from, 2, change.number), _change(change, names, mine)
    for matter in result.matters:
        if matter.open and mine & {matter.key, *matter.key.split(":")}:
            of = say(" about “{name}”", name=apart(matter.organisation)) if (
                pair_of(matter.key)) else ""  # fmt: skip
            yield (matter.since, 3, 0), say(
                "Since {day} a question waits in To decide ({what}){of}: {why}",
                day=matter.since, what=matter.what, of=of, why=matter.why,
            )  # fmt: skip


def _versions(result: Result, identity: str) -> Iterator[Event]:
    """What each new version asked of it, where it had signed before."""
    statement = result.statements[0]
    for version in statement.material[1:]:
        day = version.adopted_on
        if day is None or day > result.today or not result.facts.ever(identity, day):
            continue
        yield (day, -1, 0), say(
            "{day}: version {version} of the statement was adopted. Those who had signed before "
            "were asked to re-confirm by {last}; whoever stays silent: {silence}.",
            day=day, version=version.version, last=version.reconfirm_by, silence=version.silence,
        )  # fmt: skip
    for decision in result.known.decisions:
        last = max((v.reconfirm_by for v in statement.material[1:] if v.reconfirm_by),
                   default=decision.read_on)  # fmt: skip
        day = min(max(decision.read_on, last + dt.timedelta(days=1)), result.today)
        if decision.word == LAPSE and result.facts.standing(identity, day).standing == "lapsed":
            yield (decision.read_on, 1, decision.number), say(
                "{day}: {by} decided that those lapse who had not re-confirmed.",
                day=decision.read_on, by=decision.by,
            )  # fmt: skip


def _form(form: Row, statements: Sequence[Statement]) -> Iterator[str]:
    when: str = say("At an unknown time") if pd.isna(form["day"]) else str(form["day"].date())
    yield say(
        "{when}: a form came in as “{name}” ({key}), {who}.",
        when=when, name=clean(form["organisation"]), key=form["key"],
        who=say("signed by {name}", name=form["signatory"]) if form["signatory"]
        else say("nobody named as signatory"),
    )  # fmt: skip
    if form["because"]:
        yield say("It belongs here because: {because}.", because=form["because"])
    if form["statement"] != MAIN:
        titles = {statement.name: statement.title for statement in statements}
        yield say("It signs “{letter}”.", letter=titles[form["statement"]])
    if form["version"]:
        yield say("It agreed to version {version} (known by: {how}).", version=form["version"],
                  how=say(form["version_by"]))  # fmt: skip
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
    decision: DecisionRecord,
    replaced: DecisionRecord | None,
    forms: pd.DataFrame,
    names: Mapping[str, str],
) -> Iterator[str]:
    """Who decided what and when, what that replaced, on which facts, and what became of it."""
    yield say("{day}: {by} decided “{word}”.", day=decision.read_on,
              by=decision.by or say("a coordinator"), word=decision.word)  # fmt: skip
    if pair := pair_of(decision.matter):
        one, other = (_with_id(end, names) for end in pair)
        yield say("It was about {one} and {other}.", one=one, other=other)
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


def _change(change: ChangeRecord, names: Mapping[str, str], mine: Collection[str]) -> str:
    """Who asked for what; where it was asked of another organisation, of which."""
    text = say("{day}: {by} asked for “{change}”", day=change.holds_from,
               by=change.by or say("a coordinator"), change=change.change)  # fmt: skip
    if change.organisation_id not in mine:
        text += say(" of {name}", name=_with_id(change.organisation_id, names))
    text += f" ({_with_id(change.value, names)})." if change.value else "."
    return text + (
        say(" It was taken back on {day}.", day=change.undone_on) if change.undone_on else ""
    )


def _with_id(text: str, names: Mapping[str, str]) -> str:
    """An organisation's id beside its name; any other text as it is."""
    return say("{name} ({id})", name=names[text], id=text) if text in names else text


_GATES = {
    "standing": "a standing as member",
    "hidden": "no wish to be hidden",
    "consent": "the signer's consent",
    "told no": "nobody of us said “don't list”",
    "waits": "a coordinator's yes",
}
"""Gate of the public list → what it asks for."""


def _gates(result: Result, identity: str) -> Iterator[tuple[str, str]]:
    """Each gate of the public list: what it asks for, and "yes" or why it is shut."""
    for gate, why in result.facts.listing(identity, result.today).gates:
        yield say(_GATES[gate]), why or say("yes")


def _ending(result: Result, row: Row) -> Iterator[str]:
    held: str = "" if pd.isna(row["since"]) else say(" since {day}", day=row["since"].date())
    yield say("On {today} its standing is {standing}{held} ({because}).",
              today=result.today, standing=row["standing"], held=held,
              because=row["because"])  # fmt: skip
    if row["listed"]:
        yield say("It is on the public list.")
    else:
        yield say("It isn't on the public list: {why}.", why=row["why_not"])
    gates = "; ".join(f"{name}: {told}" for name, told in _gates(result, row["id"]))
    yield say("What the list needs: {gates}.", gates=gates)
    for letter in result.letters:
        stands, since = letter.stands(row["id"], result.today)
        if stands != "none":
            listing = letter.listing(row["id"], result.today, result.facts)
            yield say("Letter “{title}”: {stands} since {day}; {listed}.",
                      title=letter.statement.title, stands=say(stands), day=since,
                      listed=say("named under it") if listing.listed
                      else say("not named under it: {why}", why=listing.why_not))  # fmt: skip
    if row["next_step"]:
        yield say("Next step: {step}", step=row["next_step"])
