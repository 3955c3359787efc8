"""Opens the way by which the coalition's mail leaves."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from config.google import Google
from config.settings import Settings
from connectors.outbox import MailFolder
from connectors.protocols import Post

if TYPE_CHECKING:
    from connectors.google.pace import Pace


def open_post(
    settings: Settings, pace: Pace | None = None, environ: Mapping[str, str] = os.environ
) -> Post:
    """The post that the settings name; nothing is asked of a server before the first message.

    Args:
        settings: the coalition's.
        pace: how time passes. Without it Gmail gets as many mails as it allows in a minute.
        environ: the environment's variables, where secrets are.
    """
    mail = settings.mail
    if mail.by == "smtp":
        from connectors.smtp import SmtpPost

        return SmtpPost(mail, settings.folder, environ)
    if mail.by == "gmail":
        from connectors.google.gmail import GmailPost
        from connectors.google.pace import Pace

        at_once = pace or Pace(lambda: 0.0, lambda _: None, lambda: 0.5, deadline=0.0)
        return GmailPost(settings.google or Google(), mail, settings.folder, at_once, environ)
    return MailFolder(settings.path(mail.outbox))
