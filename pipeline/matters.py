"""What a person has to decide: one matter per row of To decide, with all its questions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from config.records import DecisionRecord, MatterRecord, Message, PauseRecord, SignOnRecord
from config.statement import MAIN, Version
from config.words import count, say
from pipeline.confirming import LEAVES, Terms, lapse_key, lapse_words
from pipeline.drift import Drift
from pipeline.hashing import digest
from pipeline.judging import holds
from pipeline.letters import Letter
from pipeline.mailing.quiet import Quiet
from pipeline.mailmatters import questions
from pipeline.pairs import questions_of
from pipeline.parties import PARTY, Party
from pipeline.renaming import renamed
from pipeline.rules.evidence import is_leaving
from pipeline.standing import Facts
from pipeline.word import Pair

GRAVITY = {
    "withdrawal": 0, "vanished": 1, "drift": 2, "lapse": 2, "same": 3, "part": 3, "party": 3,
    "sign-on": 4,    "listing": 5, "mail": 6, "address": 7,
}  # fmt: skip
"""The smaller, the graver."""
_NOT_FINAL = frozenset({"ask them"})
_NAMED = 20
"""Names that fit into the evidence of a matter about many."""


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


@dataclass(frozen=True)
class Stand:
    """What there is to ask about.

    Attributes:
        forms: every form of every statement, judged.
        vanished: forms that are no longer in their list.
        pairs: organisations that may be one.
        drifts: where a form shows another text than the adopted one.
        names: organisation → the name shown; merged ones too.
        merged: an id that was merged → the one that survived.
        facts: about the coalition.
        letters: what came of each letter.
        terms: what has to be re-confirmed.
        today: the coalition's day.
        messages, pauses: the outbox, and addresses that get no mail.
        parties: members that look like parties or candidates, on quiet days.
        quiet: the quiet days that today is among.
    """

    forms: pd.DataFrame
    vanished: Sequence[SignOnRecord]
    pairs: Sequence[Pair]
    drifts: Sequence[Drift]
    names: Mapping[str, str]
    merged: Mapping[str, str]
    facts: Facts
    letters: Sequence[Letter]
    terms: Terms
    today: dt.date
    messages: Sequence[Message] = ()
    pauses: Sequence[PauseRecord] = ()
    parties: Sequence[Party] = ()
    quiet: Quiet | None = None

    @property
    def titles(self) -> dict[str, str]:
        """Statement → what people call it."""
        main = [self.terms.statement] if self.terms.statement else []
        known = [*main, *(letter.statement for letter in self.letters)]
        return {statement.name: statement.title for statement in known}


def matters_of(
    stand: Stand, known: Mapping[str, MatterRecord], decisions: Mapping[str, DecisionRecord]
) -> tuple[Matter, ...]:
    """All matters of today, the gravest first; `since` and `status` from what is remembered."""
    drafts = [
        *_of_forms(stand),
        *_of_vanished(stand.vanished, stand.names),
        *_of_pairs(stand, known, decisions),
        *_of_drifts(stand, decisions),
        *_of_lapses(stand, decisions),
        *_of_listings(stand, known),
        *_of_parties(stand),
        *_of_mail(stand),
    ]
    dated = [
        _remembered(draft, known.get(draft.key), decisions.get(draft.key), stand.today)
        for draft in drafts
    ]
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


def _of_forms(stand: Stand) -> Iterator[Matter]:
    frame = stand.forms
    titles = stand.titles
    asked = frame.loc[(frame["base"] == "hold") & (frame["outcome"] != "superseded")]
    for row in asked.to_dict("records"):
        leaving = is_leaving(row["rules"])
        kind = "withdrawal" if leaving else "sign-on"
        what = say("A request to withdraw") if leaving else say("A form in doubt")
        letter = "" if row["statement"] == MAIN else titles[row["statement"]]
        yield replace(
            _draft(row["key"], kind, row["organisation"], row["facts"]),
            what=say("{what}: {letter}", what=what, letter=letter) if letter else what,
            why=" ".join(row["questions"]),
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
    stand: Stand, known: Mapping[str, MatterRecord], decisions: Mapping[str, DecisionRecord]
) -> Iterator[Matter]:
    before = {key for key, record in known.items() if record.status != "settled"}
    asked = questions_of(
        stand.pairs, stand.forms, stand.names, stand.merged, decisions, before
    )  # fmt: skip
    for each in asked:
        pair = each.pair
        facts = (pair.first, pair.second) if pair.kind == "same" else (each.key,)
        yield replace(
            _draft(each.key, pair.kind, each.organisation, digest(facts)),
            what=each.what, why=each.why, evidence=each.evidence, suggestion=each.suggestion,
            nothing=each.nothing,
        )  # fmt: skip


def _of_drifts(stand: Stand, decisions: Mapping[str, DecisionRecord]) -> Iterator[Matter]:
    """A text that isn't the adopted one, while the form shows it or forms are held for it."""
    held = stand.forms.loc[stand.forms["base"] == "hold", "drift"]
    titles = stand.titles
    for drift in stand.drifts:
        waiting = sum(drift.difference in told for told in held)
        if not drift.binding or not (drift.now or waiting or drift.key in decisions):
            continue
        where = drift.place.partition(" ")[2].removeprefix("agrees_").upper()
        yield replace(
            _draft(drift.key, "drift", say("The form of “{name}”", name=titles[drift.statement]),
                   digest((drift.key,))),
            what=say("The form shows another text"),
            why=say("What the form shows ({where}) is not the text that was adopted. Put the form "
                    "right; if the difference doesn't matter, say accept.", where=where),
            evidence=say("Adopted → shown: {difference}.", difference=drift.difference)
            + ("" if drift.now else " " + _mended(drift, stand.drifts)),
            suggestion=say("put the form right"),
            nothing=count(waiting, "{n} form stays on hold.", "{n} forms stay on hold."),
        )  # fmt: skip


def _mended(drift: Drift, drifts: Sequence[Drift]) -> str:
    place = (drift.statement, drift.place)
    if any(other.now and (other.statement, other.place) == place for other in drifts):
        return say("By now the form shows yet another text.")
    return say("The form is right again.")


def _of_lapses(stand: Stand, decisions: Mapping[str, DecisionRecord]) -> Iterator[Matter]:
    """Those who let the last day to re-confirm pass, where that means that they leave."""
    statement = stand.terms.statement
    for version in statement.material[1:] if statement else ():
        key = lapse_key(statement, version) if statement else ""
        answered = set(stand.forms.loc[
            (stand.forms["outcome"] == "hold") & stand.forms["confirms"].astype(bool),
            "organisation_id",
        ])  # fmt: skip
        silent = sorted(
            stand.names[home] + (say(" (its answer waits for us)") if home in answered else "")
            for home in stand.facts.known() & stand.names.keys()
            if stand.facts.silent(home, version, stand.today)
        )  # fmt: skip
        if version.silence != LEAVES or not (silent or key in decisions):
            continue
        yield replace(
            _draft(key, "lapse", say("Version {version}", version=version.version), key),
            what=say("Who has not re-confirmed"),
            why=_why_lapse(version, len(silent), decisions.get(key)),
            evidence=_listed(silent or _lapsed(stand, version)),
            suggestion=say("see the tab Decisions"),
            nothing=say("They stay asked to re-confirm, and are counted."),
        )  # fmt: skip


def _why_lapse(version: Version, silent: int, decision: DecisionRecord | None) -> str:
    if decision:
        return say("{by} decided on {day} that those lapse who have not re-confirmed version "
                   "{version}; whoever signs again is back.",
                   by=decision.by, day=decision.read_on, version=version.version)  # fmt: skip
    number = count(silent, "{n} organisation has not re-confirmed version {version}.",
                   "{n} organisations have not re-confirmed version {version}.",
                   version=version.version)  # fmt: skip
    return number + " " + say(
        "They lapse once the coalition has decided it: add a row to the tab Decisions with "
        "“{words}” under Decision.", words=lapse_words(version),
    )  # fmt: skip


def _lapsed(stand: Stand, version: Version) -> list[str]:
    """Names of those who have lapsed since they did not re-confirm the version."""
    return sorted(
        stand.names[home] for home in stand.facts.known() & stand.names.keys()
        if stand.facts.lapsed(home, version, stand.today)
    )  # fmt: skip


def _listed(names: Sequence[str]) -> str:
    return "; ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")


def _of_listings(stand: Stand, known: Mapping[str, MatterRecord]) -> Iterator[Matter]:
    """Those who allow it and that nobody has said yes or no to, and those asked before."""
    consents, names = _consents(stand), renamed(stand.forms)
    for home in sorted(consents):
        key = f"list:{home}"
        gates = {stand.facts.listing(home, stand.today).gate} | {
            letter.listing(home, stand.today, stand.facts).gate for letter in stand.letters
        }
        if not gates & ({"", "told no", "waits"} if key in known else {"waits"}):
            continue
        left = stand.facts.left_on(home, stand.today)
        rests_on = (home, consents[home], *([left.isoformat()] if left else []))
        facts = " ".join((digest(rests_on), *(form.mark for form in names.get(home, ()))))
        before = [name for form in names.get(home, ()) for name in form.names[:-1]]
        yield replace(
            _draft(key, "listing", stand.names[home], facts),
            what=say("May it be listed?"),
            why=say("Its signer allows listing; only your yes is missing."),
            evidence=say("Shown as: {name}", name=stand.names[home])
            + (say("; before its form was changed: {names}", names=", ".join(before)) if before
               else ""),
            suggestion="list",
            nothing=say("It is counted, and not named in public."),
        )  # fmt: skip


def _of_parties(stand: Stand) -> Iterator[Matter]:
    reason = stand.quiet.reason if stand.quiet else ""
    for party in stand.parties:
        yield replace(
            _draft(party.key, PARTY, stand.names[party.organisation_id], digest((party.key,))),
            what=say("A party or a candidate, on quiet days"),
            why=say("It looks like a political party or a candidate, and these are quiet days "
                    "({reason}). Shall it stay on the list? Keep leaves it, withdraw takes it off; "
                    "suspend in the tab Changes takes it off for a while. This is no legal advice.",
                    reason=reason),
            evidence=party.evidence, suggestion=say("decide it together"),
            nothing=say("It stays a member."),
        )  # fmt: skip


def _of_mail(stand: Stand) -> Iterator[Matter]:
    for asked in questions(stand.messages, stand.pauses):
        yield replace(
            _draft(asked.key, asked.kind, asked.who, asked.facts),
            what=asked.what, why=asked.why, evidence=asked.evidence, suggestion=asked.suggestion,
            nothing=asked.nothing,
        )  # fmt: skip


def _consents(stand: Stand) -> dict[str, str]:
    """Organisation → what its accepted forms say of listing."""
    frame = stand.forms
    accepted = frame.loc[(frame["outcome"] == "accepted") & (frame["organisation_id"] != "")]
    told = accepted.groupby("organisation_id")["list_us"].agg(lambda s: "".join(sorted(set(s))))
    return {str(home): consent for home, consent in told.items()}
