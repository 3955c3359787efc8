"""Quiet days, which kinds of mail keep still on them, and which may go by themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from config.post import QuietPeriod
from config.records import Message
from config.settings import Settings
from config.words import say
from pipeline.domains import is_free_mail
from reports.wording import short_day

RECEIPT, QUESTION, DIGEST = "receipt", "question", "weekly-digest"
EDITIONS = (RECEIPT, QUESTION, DIGEST)
GOES_ON = frozenset({RECEIPT, DIGEST})
"""Editions that go on quiet days, too: what answers a form, and what coordinators get.

All others, which want something from their readers or go outside, keep still."""
_NEXT = dt.timedelta(days=1)


@dataclass(frozen=True)
class Quiet:
    """The quiet days that a day is among. Periods that touch each other are one.

    Attributes:
        begins: the first day.
        after: the day after the last one.
        reason: in the coalition's words, without a full stop.
    """

    begins: dt.date
    after: dt.date
    reason: str

    @property
    def days(self) -> str:
        """From when until when, and why."""
        return say("from {begins} until {last} ({reason})", begins=short_day(self.begins),
                   last=short_day(self.after - _NEXT), reason=self.reason)  # fmt: skip

    @property
    def waits(self) -> str:
        """Until when something waits, and why, as a clause."""
        return say("waits until {day}: quiet days ({reason})", day=short_day(self.after),
                   reason=self.reason)  # fmt: skip

    @property
    def hidden(self) -> str:
        """Until when something is hidden, and why, as a clause."""
        return say("hidden until {day}: quiet days ({reason})", day=short_day(self.after),
                   reason=self.reason)  # fmt: skip


def quiet_on(periods: Collection[QuietPeriod], day: dt.date) -> Quiet | None:
    """The quiet days that the day is among; None where it is among none."""
    now = sorted(
        (p for p in periods if p.begins <= day <= p.ends), key=lambda p: (p.begins, p.ends)
    )
    if not now:
        return None
    after = max(period.ends for period in now) + _NEXT
    while longer := [p.ends for p in periods if p.begins <= after <= p.ends]:
        after = max(longer) + _NEXT
    return Quiet(now[0].begins, after, now[0].reason.rstrip("."))


def held_by(settings: Settings, edition: str, day: dt.date) -> str:
    """Why an edition keeps still on that day; "" where nothing holds it."""
    quiet = quiet_on(settings.quiet_period, day)
    if edition in GOES_ON or quiet is None:
        return ""
    return say("Quiet days until {day}: {reason}.", day=quiet.after - _NEXT, reason=quiet.reason)


def waits_for(settings: Settings, edition: str, day: dt.date) -> str:
    """Until when an edition waits on that day whatever people say, as a clause; "" for no wait."""
    quiet = quiet_on(settings.quiet_period, day)
    return "" if edition in GOES_ON or quiet is None else quiet.waits


def needs_a_yes(settings: Settings, edition: str, address: str, day: dt.date) -> str:
    """Why a letter to a member can't go by itself; "" where it may."""
    if edition not in settings.mail.automatic:
        return say("Mail to members waits for a yes.")
    domain = address.rpartition("@")[2].casefold()
    if domain not in settings.mail.domains and domain not in _own(settings):
        return say("It goes to {domain}, which is not among the domains in [mail].", domain=domain)
    return held_by(settings, edition, day)


def released(messages: Iterable[Message], settings: Settings, day: dt.date) -> Iterator[Message]:
    """Drafts that nothing but quiet days held, as they are once these are over."""
    for message in messages:
        waits = needs_a_yes(settings, message.edition, message.address, day)
        if message.state == "draft" and _by_quiet_days_alone(message, settings) and not waits:
            yield replace(message, state="waiting")


def _by_quiet_days_alone(message: Message, settings: Settings) -> bool:
    held = held_by(settings, message.edition, message.queued_on)
    return bool(held) and message.why == held


def _own(settings: Settings) -> frozenset[str]:
    """The coordinators' own domains; a provider's, where anybody has an address, is nobody's."""
    domains = {who.email.rpartition("@")[2].casefold() for who in settings.coordinators}
    return frozenset(domain for domain in domains if not is_free_mail(domain))
