"""What a person has to decide: one matter per row of To decide, with all its questions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from config.records import DecisionRecord, MatterRecord, SignOnRecord
from config.words import say
from pipeline.hashing import digest
from pipeline.judging import holds
from pipeline.organisations import Pair
from pipeline.rules.evidence import is_leaving
from pipeline.standing import Facts

GRAVITY = {"withdrawal": 0, "vanished": 1, "same": 2, "sign-on": 3, "listing": 4}
"""The smaller, the graver."""
_NOT_FINAL = frozenset({"ask them"})


Row = Mapping[Hashable, Any]


@dataclass(frozen=True)
class Matter:
    """One question to people, as it is today.

    `facts` is the hash of what the question rests on; `answered` holds the decision that counts.
    """

    key: str
    kind: str
    organisation: str
    what: str
    why: str
    evidence: str
    suggestion: str
    nothing: str
    facts: str
    since: dt.date
    status: str
    answered: DecisionRecord | None = None

    @property
    def open(self) -> bool:
        """Whether it still waits for a person."""
        return self.status in ("open", "reopened")

    @property
    def gravity(self) -> tuple[int, dt.date, str]:
        """For sorting: the gravest first, then the oldest."""
        return (GRAVITY[self.kind], self.since, self.key)


def matters_of(
    frame: pd.DataFrame,
    vanished: Sequence[SignOnRecord],
    pairs: Sequence[Pair],
    names: Mapping[str, str],
    facts: Facts,
    known: Mapping[str, MatterRecord],
    decisions: Mapping[str, DecisionRecord],
    today: dt.date,
) -> tuple[Matter, ...]:
    """All matters of today, the gravest first; `since` and `status` from what is remembered."""
    drafts = [
        *_of_forms(frame),
        *_of_vanished(vanished, names),
        *_of_pairs(pairs, names, decisions),
        *_of_listings(frame, facts, names, known, today),
    ]
    dated = [_remembered(draft, known.get(draft.key), decisions.get(draft.key), today)
             for draft in drafts]  # fmt: skip
    return tuple(sorted(dated, key=lambda matter: matter.gravity))


def _remembered(
    draft: Matter,
    record: MatterRecord | None,
    decision: DecisionRecord | None,
    today: dt.date,
) -> Matter:
    """Since and status; a decision made on other facts is shown, and asked again."""
    since = record.since if record else today
    if decision is None:
        return replace(draft, since=since, status="open")
    if holds(decision, draft.facts):
        if decision.word in _NOT_FINAL:
            return replace(draft, since=since, status="seen", answered=decision)
        return replace(
            draft, since=since, status="settled", answered=decision,
            nothing=say("It stays as decided; undo takes it back."),
        )  # fmt: skip
    earlier = say(
        "Asked again because the facts changed. Earlier answer: {word} ({by}, {day}). To confirm "
        "it, change the Note.",
        word=decision.word, by=decision.by or "?", day=decision.read_on,
    )  # fmt: skip
    return replace(
        draft, since=since, status="reopened", evidence=f"{earlier} {draft.evidence}".strip()
    )


def _draft(key: str, kind: str, organisation: str, facts: str) -> Matter:
    return Matter(key, kind, organisation, "", "", "", "", "", facts, dt.date.min, "open")


def _of_forms(frame: pd.DataFrame) -> Iterator[Matter]:
    asked = frame.loc[(frame["base"] == "hold") & (frame["outcome"] != "superseded")]
    for row in asked.to_dict("records"):
        leaving = is_leaving(row["rules"])
        kind = "withdrawal" if leaving else "sign-on"
        yield replace(
            _draft(row["key"], kind, row["organisation"], row["facts"]),
            what=say("A request to withdraw") if leaving else say("A form in doubt"),
            why=" ".join(row["reasons"]),
            evidence="; ".join([*dict.fromkeys(filter(None, row["evidence"])), _sent(row)]),
            suggestion=row["suggestion"],
            nothing=say("It stays hidden; its standing is unchanged.") if leaving
            else say("It stays on hold and isn't counted."),
        )  # fmt: skip


def _sent(row: Row) -> str:
    """Who sent it and when, so that two forms of one organisation can be told apart."""
    sender = row["email"].strip() or say("an unknown address")
    if pd.isna(row["day"]):
        return say("sent by {sender}", sender=sender)
    return say("sent on {day} by {sender}", day=row["day"].date(), sender=sender)


def _of_vanished(vanished: Sequence[SignOnRecord], names: Mapping[str, str]) -> Iterator[Matter]:
    for record in vanished:
        if record.outcome not in ("accepted", "hold") or not record.organisation_id:
            continue
        organisation = names.get(record.organisation_id, "")
        claim = record.outcome == "hold" and is_leaving(record.rules)
        yield replace(
            _draft(f"gone:{record.key}", "vanished", organisation, digest((record.key,))),
            what=say("A form that is gone"),
            why=say("Somebody asked to withdraw it, and that form is in the list no more. Say "
                    "withdraw or keep.") if claim
            else say("Its form was in the list before, and is there no more. Was it removed on "
                     "purpose?"),
            evidence=say("Missed since {day}.", day=record.gone_on),
            suggestion="withdraw" if claim else "keep",
            nothing=say("It stays hidden; its standing is unchanged.") if claim
            else say("Its last outcome stands."),
        )  # fmt: skip


def _of_pairs(
    pairs: Sequence[Pair], names: Mapping[str, str], decisions: Mapping[str, DecisionRecord]
) -> Iterator[Matter]:
    open_pairs = {f"same:{p.first}:{p.second}": p for p in pairs}
    settled = [key for key in decisions if key.startswith("same:") and key not in open_pairs]
    for key in (*open_pairs, *settled):
        _, first, second = key.split(":")
        because = open_pairs[key].because if key in open_pairs else ""
        yield replace(
            _draft(key, "same", names.get(first, first), digest((first, second))),
            what=say("The same organisation?"),
            why=say("It may be the same as “{name}”.", name=names.get(second, second)),
            evidence=say("Matched because: {because}.", because=because) if because else "",
            suggestion=say("look at both"),
            nothing=say("They are counted as two."),
        )


def _of_listings(
    frame: pd.DataFrame,
    facts: Facts,
    names: Mapping[str, str],
    known: Mapping[str, MatterRecord],
    today: dt.date,
) -> Iterator[Matter]:
    """Members that allow it and that nobody has said yes or no to, and those asked before."""
    accepted = frame.loc[(frame["outcome"] == "accepted") & (frame["organisation_id"] != "")]
    consents = accepted.groupby("organisation_id")["list_us"].agg(lambda s: "".join(sorted(set(s))))
    for home in sorted(consents.index):
        key = f"list:{home}"
        listing = facts.listing(home, today)
        if listing.gate not in (("", "told no", "waits") if key in known else ("waits",)):
            continue
        left = facts.left_on(home, today)
        rests_on = (home, consents[home], *([left.isoformat()] if left else []))
        yield replace(
            _draft(key, "listing", names[home], digest(rests_on)),
            what=say("May it be listed?"),
            why=say("Its signer allows listing; only your yes is missing."),
            evidence=say("Shown as: {name}", name=names[home]),
            suggestion="list",
            nothing=say("It is counted, and not named in public."),
        )  # fmt: skip
