"""What the store remembers from run to run: plain frozen facts, no answers.

The thinking files take a `Known` in and give a `Ledger` back; only the store turns them into rows.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class SignOnRecord:
    """A sign-on that was seen. Hashes only; the answers stay in the form.

    Attributes:
        key: `s-` and twelve base32 characters, minted once.
        base: hash of (UTC second, address, organisation as typed).
        full: hash of the time and every answer.
        body: hash of every answer without the time.
        person: hash of (address, organisation).
        received: UTC seconds; None when it cannot be known.
        first_seen: the coalition's day on which Weaver first read it.
        organisation_id: whom it belongs to; "" for an individual or a test.
        outcome: as of the last run.
        labels, rules: as of the last run.
        may_list: what the signer said about being listed.
        gone_on: the day it was first missed in the form; None while it is there.
        statement: the statement or letter that it signs.
        version: of it, to which it agreed; "" where none is known.
        letters: names of the letters to which it opted in beside it.
        sender: hash of (UTC second, address); "" where either is unknown.
        origin: the organisation it has, or would have were nothing merged.
        response: what the form's own service calls it; "" where it was never read there.
        names: those that the organisation had in this form, today's last, where the sender
            changed it; empty where it has but one.
        renamed_on: the day on which its present name was first read; None where it was never
            changed.
    """

    key: str
    base: str
    full: str
    body: str
    person: str
    received: int | None
    first_seen: dt.date
    organisation_id: str = ""
    outcome: str = ""
    labels: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    may_list: bool = False
    gone_on: dt.date | None = None
    statement: str = "main"
    version: str = ""
    letters: tuple[str, ...] = ()
    sender: str = ""
    origin: str = ""
    response: str = ""
    names: tuple[str, ...] = ()
    renamed_on: dt.date | None = None


@dataclass(frozen=True)
class OrganisationRecord:
    """An organisation that was minted. `survivor` is the id it was merged into; "" while alive."""

    id: str
    name: str
    first_key: str
    minted_on: dt.date
    survivor: str = ""


@dataclass(frozen=True)
class MatterRecord:
    """A row of To decide.

    Attributes:
        key: the row's key, written once.
        kind: "sign-on", "same", "part", "listing", "vanished", "withdrawal", "drift",
            "lapse", "party", "mail" or "address".
        organisation: the cell as Weaver last wrote it.
        since: the day it was first asked.
        status: "open", "seen", "settled" or "reopened".
        facts: hash of the fields that the question's rules read.
        written: hash per column of Weaver's cells as last written, in the order of the table.
        read: Decision, Decided by and Note as last read.
        formerly: the cell before it was last renamed; a run that was killed may have left it so.
    """

    key: str
    kind: str
    organisation: str
    since: dt.date
    status: str
    facts: str
    written: tuple[str, ...] = ()
    read: tuple[str, str, str] = ("", "", "")
    formerly: str = ""


@dataclass(frozen=True)
class DecisionRecord:
    """Something a person decided, kept for good. `undone_on` says when it was taken back."""

    number: int
    matter: str
    word: str
    by: str
    note: str
    read_on: dt.date
    facts: str
    undone_on: dt.date | None = None


@dataclass(frozen=True)
class ChangeRecord:
    """A row of Changes that was obeyed.

    `id` is the hash of people's cells and its occurrence; `number` counts in the order of reading.
    """

    id: str
    read_on: dt.date
    holds_from: dt.date
    organisation_id: str
    change: str
    value: str
    by: str
    undone_on: dt.date | None = None
    number: int = 0


@dataclass(frozen=True)
class TextRecord:
    """What a form showed, from the first to the last day on which exactly that was seen there.

    Attributes:
        number: counts all records.
        statement: the statement or letter of the form.
        place: "text de" for the whole in a language, "question agrees_p1" for one question.
        text: as it was shown.
        first_on, last_on: the coalition's days.
    """

    number: int
    statement: str
    place: str
    text: str
    first_on: dt.date
    last_on: dt.date


@dataclass(frozen=True)
class MetricPoint:
    """A metric's value from that day on; written only when it changed."""

    day: dt.date
    code: str
    value: float | None
    numerator: float | None = None
    denominator: float | None = None


@dataclass(frozen=True)
class TabRecord:
    """A tab that the coalition has come to use.

    Attributes:
        name: of its table.
        since: the coalition's day on which it was first in use.
        event: what brought it, in words.
        digest: hash of what stood in it at the last run.
        touched_on: the day on which that was last another than the run before.
        asked_on: the day on which people last answered whether to keep it; None where never.
        answer: what they said: "keep", "simplify", "drop" or "".
        gone_on: the day on which it was first missed; None while it is there.
    """

    name: str
    since: dt.date
    event: str
    digest: str
    touched_on: dt.date
    asked_on: dt.date | None = None
    answer: str = ""
    gone_on: dt.date | None = None


@dataclass(frozen=True)
class PositionRecord:
    """Where a decision-maker stood from that day on, as the tab Decision-makers said it.

    Attributes:
        person: what tells the person from others, whatever the spelling.
        day: from which it holds.
        name, seat, district: as typed.
        position: one of the words of the tab; "" where the row says none.
        influence, confidence: on the coalition's own scale.
        cosponsor_on: the day of becoming a co-sponsor.
        until: the last day in office.
        read_on: the coalition's day on which Weaver read it.
    """

    person: str
    day: dt.date
    name: str
    seat: str
    district: str
    position: str
    influence: float | None
    confidence: float | None
    cosponsor_on: dt.date | None
    until: dt.date | None
    read_on: dt.date


@dataclass(frozen=True)
class Message:
    """A mail in the outbox.

    Attributes:
        key: hash of (address, edition, about): nobody gets the same twice.
        address: where it goes.
        edition: which of our mails it is, such as "weekly-digest" or "receipt".
        about: the week, the sign-on's key, or what else it is about.
        file: its name in a folder.
        content: the whole message, as it leaves.
        queued_on: the coalition's day.
        state: "draft" waits for somebody's yes, "waiting" for its turn; "own" goes to whoever
            wants to send it themselves; "sending" has been handed
            over and nobody has answered yet; "sent", "failed" (refused for good), "stopped" (by a
            person, or since its reason is gone) and "unknown" (it broke off so late that it may
            have arrived) are ends.
        attempts: how often it was handed over.
        next_at: UTC seconds before which it isn't tried again; None where nothing holds it.
        said: the server's last words.
        left_at: UTC seconds of the last attempt.
        batch: what drafts that are answered together share; "" for mail that needs no yes.
        organisation_id: whom it is about; "" for coordinators' mail.
        subject, preview, why: as Mail waiting shows them; the last says why it was held.
    """

    key: str
    address: str
    edition: str
    about: str
    file: str
    content: bytes
    queued_on: dt.date
    state: str = "waiting"
    attempts: int = 0
    next_at: int | None = None
    said: str = ""
    left_at: int | None = None
    batch: str = ""
    organisation_id: str = ""
    subject: str = ""
    preview: str = ""
    why: str = ""


@dataclass(frozen=True)
class PauseRecord:
    """An address that gets no mail. `why` is in words; `resumed_on` says when a person let it."""

    address: str
    since: dt.date
    why: str
    resumed_on: dt.date | None = None


@dataclass(frozen=True)
class RunRecord:
    """One run that finished. `summary` is what `run --json` printed, as JSON text."""

    number: int
    as_of: dt.date
    inputs: str
    summary: str
    changed: str
    read: str


@dataclass(frozen=True)
class Known:
    """Everything the store knows when a run begins."""

    store_id: str = ""
    signons: tuple[SignOnRecord, ...] = ()
    organisations: tuple[OrganisationRecord, ...] = ()
    matters: tuple[MatterRecord, ...] = ()
    decisions: tuple[DecisionRecord, ...] = ()
    changes: tuple[ChangeRecord, ...] = ()
    texts: tuple[TextRecord, ...] = ()
    metrics: tuple[MetricPoint, ...] = ()
    tabs: tuple[TabRecord, ...] = ()
    positions: tuple[PositionRecord, ...] = ()
    messages: tuple[Message, ...] = ()
    pauses: tuple[PauseRecord, ...] = ()
    runs: tuple[RunRecord, ...] = ()


@dataclass(frozen=True)
class Ledger:
    """What a run adds or changes. Each record replaces the one of the same identity.

    Identity: signons, organisations, matters, changes and messages by key or id; decisions, texts
    and runs by number; metrics by (day, code); tabs by name; positions by (person, day); pauses by
    address.
    """

    store_id: str = ""
    signons: tuple[SignOnRecord, ...] = ()
    organisations: tuple[OrganisationRecord, ...] = ()
    matters: tuple[MatterRecord, ...] = ()
    decisions: tuple[DecisionRecord, ...] = ()
    changes: tuple[ChangeRecord, ...] = ()
    texts: tuple[TextRecord, ...] = ()
    metrics: tuple[MetricPoint, ...] = ()
    tabs: tuple[TabRecord, ...] = ()
    positions: tuple[PositionRecord, ...] = ()
    messages: tuple[Message, ...] = ()
    pauses: tuple[PauseRecord, ...] = ()
