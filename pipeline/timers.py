"""Ready text for the machine's own timers. They wake Weaver often; what is due it knows itself."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass

from config.errors import WrongSettings
from config.settings import Settings
from config.words import say

STEPS = (10, 6, 5, 4, 3, 2, 1)
"""Minutes from one waking to the next; all divide an hour, as cron wants it."""


@dataclass(frozen=True)
class Place:
    """Where things lie on this machine.

    Attributes:
        program, config: absolute paths of the program and of `weaver.toml`.
        variables: names of the environment variables of whoever prints.
    """

    program: str
    config: str
    variables: frozenset[str] = frozenset()


def cron(place: Place, settings: Settings) -> str:
    """Lines for `crontab -e`, as they stand."""
    if "\n" in place.config or "\\" in place.config:
        raise WrongSettings(
            say("Cron can't name this file."), place.config,
            say("Move the coalition into a folder without a backslash or line break in its name."),
        )  # fmt: skip
    # Cron ends the command at a percent sign that has no backslash, even inside of quotes.
    command = shlex.join(_words(place)).replace("%", r"\%")
    return _comments(
        say("Weaver for {name}. Add these lines to what `crontab -e` shows.", name=_name(settings)),
        say("Cron wakes Weaver, and Weaver decides what is due, in the coalition's own time zone "
            "({zone}).", zone=settings.coalition.time_zone),
        say("So this line stays the same when you change [schedule], and when the clocks change."),
        *_needs(place, settings, say("Cron knows none of your shell's variables. Write above the "
                                     "line, each as NAME=value:")),
    ) + f"*/{_step(settings)} * * * * {command}\n"  # fmt: skip


def systemd(place: Place, settings: Settings) -> str:
    """A service and a timer for the user's own systemd."""
    unit = _unit(place)
    begin = f"systemctl --user daemon-reload && systemctl --user enable --now {unit}.timer"
    secrets = _needs(place, settings, say("Uncomment the next line, and write into that file, each "
                                          "as NAME=value:"))  # fmt: skip
    file = [f"# EnvironmentFile=%h/.config/{unit}.env"] if secrets else []
    return "\n".join((
        _comments(
            say("Weaver for {name}: two files in ~/.config/systemd/user.", name=_name(settings)),
            say("Then: {command}", command=begin),
            say("And once, so that it runs while nobody is signed in: loginctl enable-linger"),
        ),
        f"# ---- {unit}.service",
        "[Unit]",
        f"Description=Weaver for {_percents(_name(settings))}",
        "",
        "[Service]",
        "Type=oneshot",
        # systemd takes no program by a path with a dollar sign or quotes in it; `env` does.
        f"ExecStart=/usr/bin/env {' '.join(map(_quoted, _words(place)))}",
        *(f"# {line}" for line in secrets),
        *file,
        f"# {say('A run that is under way may end in peace.')}",
        "KillMode=mixed",
        "TimeoutStopSec=300",
        "",
        f"# ---- {unit}.timer",
        "[Unit]",
        f"Description={say('Wakes {unit}, which knows what is due', unit=unit)}",
        "",
        "[Timer]",
        f"OnCalendar=*:0/{_step(settings)}",
        "AccuracySec=5s",
        "",
        "[Install]",
        "WantedBy=timers.target",
        "",
    ))  # fmt: skip


def github_actions(_: Place, settings: Settings) -> str:
    """Refuses: a hosted machine forgets the store after each run. Raises WrongSettings."""
    raise WrongSettings(
        say("GitHub Actions can't run this coalition: its store is a file on this machine."),
        f"store: {settings.store}",
        say("Each run there begins on an empty machine. Without the store Weaver would know "
            "nothing of earlier decisions and mail; one store belongs to one tracker. Use a "
            "machine that stays: weaver schedule --print cron, or --print systemd."),
    )  # fmt: skip


def _words(place: Place) -> tuple[str, ...]:
    return (place.program, "schedule", "--once", "--quiet", "-c", place.config)


def _step(settings: Settings) -> int:
    """Often enough for the looks, and for runs to be ten minutes late at most."""
    plan = settings.schedule
    return next(n for n in STEPS if n <= plan.look_every or not plan.look_hours)


def _needs(place: Place, settings: Settings, told: str) -> Sequence[str]:
    """The environment variables that the settings name, with their introduction.

    That of the health check is needed by nobody who hasn't named or set it.
    """
    mail, google, plan = settings.mail, settings.google, settings.schedule
    pinged = "ping_env" in plan.model_fields_set or plan.ping_env in place.variables
    names = (
        *((google.key,) if google and google.credentials == "key" else ()),
        *((google.user_file,) if google and google.credentials == "user" else ()),
        *((mail.password_env,) if mail.by == "smtp" and mail.user else ()),
        *((mail.dkim.key_env,) if mail.dkim else ()),
        *((plan.ping_env,) if pinged else ()),
    )
    return (f"{told} {', '.join(names)}",) if names else ()


def _comments(*lines: str) -> str:
    return "".join(f"# {line}\n" for line in lines)


def _name(settings: Settings) -> str:
    return " ".join(settings.coalition.name.split())


def _unit(place: Place) -> str:
    """A unit's name that tells coalitions on one machine apart: that of the folder."""
    folder = re.split(r"[/\\]", place.config)[-2:][0]
    short = re.sub(r"[^a-z0-9]+", "-", folder.casefold()).strip("-")
    return f"weaver-{short}" if short else "weaver"


def _percents(text: str) -> str:
    return text.replace("%", "%%")


def _quoted(word: str) -> str:
    """A word of a command as systemd reads it."""
    safe = word.replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$")
    return f'"{_percents(safe)}"'
