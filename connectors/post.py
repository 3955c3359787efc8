"""Opens the way by which the coalition's mail leaves."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from config.errors import WrongSettings
from config.google import Google
from config.settings import Settings
from config.words import say
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
        pace: how time passes; Gmail needs it.
        environ: the environment's variables, where secrets are.

    Raises:
        WrongSettings: Gmail is to be asked, and nobody said how time passes.
    """
    mail = settings.mail
    if mail.by == "smtp":
        from connectors.smtp import SmtpPost

        return SmtpPost(mail, settings.folder, environ)
    if mail.by == "gmail":
        from connectors.google.gmail import GmailPost

        if pace is None:
            raise WrongSettings(
                say("This command can't speak with Google."), "weaver.toml", say("Use weaver run.")
            )
        return GmailPost(settings.google or Google(), mail, settings.folder, pace, environ)
    return MailFolder(settings.path(mail.outbox))
