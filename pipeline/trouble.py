"""Tells the coordinators that Weaver could not run, or that it works again: straight to the post.

Neither the store nor the tracker is needed, since one of them may be what fails.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from config.errors import WeaverError, WrongSettings
from config.records import Message
from config.settings import Settings, load_settings
from config.words import count, say
from connectors.post import open_post
from connectors.watch import Watch
from pipeline.clock import at
from pipeline.hashing import digest
from pipeline.readings import readings
from reports.trouble import trouble_letter

PARTS = ("coalition", "coordinators", "mail", "store")
"""All of the settings that telling needs; the others may have faults."""


def tell(config: Path, watch: Watch, edition: str, now: dt.datetime) -> tuple[bool, str]:
    """Hand a letter over to each coordinator.

    Args:
        config: the coalition's `weaver.toml`.
        watch: how the last runs went.
        edition: "trouble" or "recovered".
        now: the moment, in UTC.

    Returns:
        Whether it may have reached anybody, and how each hand-over ended.
    """
    ends: list[str] = []
    try:
        settings = _settings(config)
        with closing(open_post(settings)) as post:
            post.check()
            for person in settings.coordinators:
                message = _message(settings, person.name, person.email, watch, edition, now)
                ends.append(post.deliver(message).outcome)
    except (WeaverError, ValueError, AttributeError, OSError) as error:
        ends.append(type(error).__name__)
    return any(end in ("sent", "unknown") for end in ends), ", ".join(ends)


def _settings(config: Path) -> Settings:
    """The settings; else those parts of them, or of their newest copy, that are needed.

    Raises WrongSettings where neither has them.
    """
    try:
        return load_settings(config)
    except WrongSettings:
        for raw in readings(config):
            with suppress(ValueError, TypeError, AttributeError):
                if (found := _needed(raw, config.parent)).coordinators:
                    return found
        raise


def _needed(raw: Mapping[str, Any], folder: Path) -> Settings:
    by_gmail = raw.get("mail", {}).get("by") == "gmail"  # whose sign-in is Google's
    parts = (*PARTS, "google") if by_gmail else PARTS
    needed = {name: raw[name] for name in parts if name in raw}
    return Settings.model_validate({**needed, "folder": folder})


def _message(
    settings: Settings, name: str, address: str, watch: Watch, edition: str, now: dt.datetime
) -> Message:
    first = dt.datetime.fromtimestamp(watch.first_failure or int(now.timestamp()), dt.UTC)
    about = first.isoformat()
    key = digest((address.casefold(), edition, about))
    since = say("{day}, {time}", day=f"{first.astimezone(settings.zone):%Y-%m-%d}",
                time=f"{first.astimezone(settings.zone):%H:%M}")  # fmt: skip
    headline, sentences = _words(watch, edition, since)
    content = trouble_letter(
        settings.coalition.name, headline, sentences, settings.mail, (name, address), key, now
    )
    day = at(now, settings.zone, settings.coalition.today).day
    file = f"{first:%Y-%m-%d}-{edition}-{key[:6]}.eml"
    return Message(key, address, edition, about, file, content, day, subject=headline)


def _words(watch: Watch, edition: str, since: str) -> tuple[str, list[str]]:
    if edition == "recovered":
        return say("Weaver works again"), [
            say("Weaver could not run since {since}. Now it has run again.", since=since),
            say("What had to wait was made up for. Nothing is left for you to do."),
        ]
    return say("Weaver could not run since {since}", since=since), [
        count(watch.failures, "{n} run failed.", "{n} runs in a row failed."),
        say("Why the last one did: {what}", what=watch.what),
        say("What to do: run `weaver doctor` in the coalition's folder. It says what is wrong, "
            "where, and how to mend it."),
        say("Until then the tabs stay as they are and no other mail leaves. Nothing is lost: the "
            "first run that works makes up for it."),
        say("You are told this once, and again when Weaver works."),
    ]  # fmt: skip
