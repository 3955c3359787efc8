"""Whether a kind of mail has to keep still, and whether it may go by itself."""

from __future__ import annotations

import datetime as dt

from config.settings import Settings
from config.words import say
from pipeline.domains import is_free_mail

RECEIPT, QUESTION, DIGEST = "receipt", "question", "weekly-digest"
EDITIONS = (RECEIPT, QUESTION, DIGEST)
CHASERS = frozenset({QUESTION})
"""Editions that want something from their readers: these keep still on quiet days."""


def held_by(settings: Settings, edition: str, day: dt.date) -> str:
    """Why an edition keeps still on that day; "" where nothing holds it."""
    if edition not in CHASERS:
        return ""
    for quiet in settings.quiet_period:
        if quiet.begins <= day <= quiet.ends:
            return say("Quiet days until {day}: {reason}.", day=quiet.ends,
                       reason=quiet.reason.rstrip("."))  # fmt: skip
    return ""


def needs_a_yes(settings: Settings, edition: str, address: str, day: dt.date) -> str:
    """Why a letter to a member can't go by itself; "" where it may."""
    if held := held_by(settings, edition, day):
        return held
    if edition not in settings.mail.automatic:
        return say("Mail to members waits for a yes.")
    domain = address.rpartition("@")[2].casefold()
    if domain not in settings.mail.domains and domain not in _own(settings):
        return say("It goes to {domain}, which is not among the domains in [mail].", domain=domain)
    return ""


def _own(settings: Settings) -> frozenset[str]:
    """The coordinators' own domains; a provider's, where anybody has an address, is nobody's."""
    domains = {who.email.rpartition("@")[2].casefold() for who in settings.coordinators}
    return frozenset(domain for domain in domains if not is_free_mail(domain))
