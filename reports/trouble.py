"""The letters that say that Weaver could not run, and that it works again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from config.post import Mail
from reports.mail import Envelope, letter
from reports.render import as_html, as_text, tidy


def trouble_letter(
    coalition: str,
    headline: str,
    sentences: Sequence[str],
    mail: Mail,
    to: tuple[str, str],
    key: str,
    sent_on: dt.datetime,
) -> bytes:
    """A short plain letter, as a page and as text that says the same.

    Args:
        coalition: its name.
        headline: its subject, too.
        sentences: a paragraph each.
        mail: how the coalition sends.
        to: name and address of whom it goes to.
        key: the message's identity.
        sent_on: with its time zone.

    Raises:
        WrongSettings: one of the addresses is none that mail can go to.
    """
    envelope = Envelope(mail, coalition, *to, headline, key, sent_on)
    values = {
        "coalition": tidy(coalition),
        "subject": tidy(headline),
        "headline": tidy(headline),
        "sentences": [tidy(sentence) for sentence in sentences],
    }
    return letter(envelope, as_text("trouble.txt", **values), as_html("trouble.html", **values))
