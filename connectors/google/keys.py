"""Key files and sign-in files: read, checked, and never quoted."""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from config.errors import NeedsPermission, WrongSettings
from config.words import say

_LARGEST = 65_536
"""Bytes; a key has about 2,400."""
_GOOGLE = re.compile(
    r"accounts\.google\.com|(?:www|oauth2)\.googleapis\.com"
    r"|(?:sts|iamcredentials)\.(?:mtls\.|[a-z0-9-]+\.rep\.)?googleapis\.com"
)
"""Where secrets may go. Other hosts of Google's run what anybody puts there."""


@dataclass(frozen=True)
class Given:
    """What an environment variable holds or names.

    Attributes:
        info: the JSON object.
        where: the variable and the file, as errors name them.
        warnings: what is not as it should be with the file.
    """

    info: Mapping[str, Any]
    where: str
    warnings: tuple[str, ...] = ()

    def broken(self, why: str) -> WrongSettings:
        """The error for a key or sign-in that can't be used; says why, and quotes nothing."""
        return WrongSettings(
            say("Weaver can't sign in to Google with what it was given: {why}.", why=why),
            self.where,
            say("Download a new key from Google and put it there whole, as it is."),
        )


def from_environment(variable: str, setting: str, environ: Mapping[str, str]) -> Given:
    """The JSON object that a variable holds, or that the file which it names holds.

    Raises:
        WrongSettings: the variable is empty, the file is missing, or it is no JSON object.
        NeedsPermission: the file may not be read.
    """
    text = environ.get(variable, "").strip()
    if not text:
        raise WrongSettings(
            say("The environment variable {name} is not set.", name=variable),
            setting,
            say("Put the key into it, or the name of the key's file, where Weaver is started. "
                "docs/google.md says how, step by step."),
        )  # fmt: skip
    where = say("environment variable {name}", name=variable)
    if text.startswith("{"):
        return Given(_object(text, where), where)
    return from_file(text, where)


def from_file(name: str, where: str) -> Given:
    """The JSON object of a file. Raises as `from_environment`; `where` says who named it."""
    path = Path(name)
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            text = file.read(_LARGEST + 1).decode("utf-8")
    except PermissionError as error:
        raise NeedsPermission(
            say("The file of the key may not be read."), say("{where}: {file}", where=where,
            file=path), say("Give the user that runs Weaver the right to read it."),
        ) from error  # fmt: skip
    except UnicodeDecodeError:
        raise _no_json(say("{where}: {file}", where=where, file=path)) from None
    except (OSError, ValueError):
        # The name isn't quoted: it may be a key that lost its first line.
        raise WrongSettings(
            say("It holds neither a key nor the name of a file that is there."), where,
            say("Put the whole key into it, beginning with {brace}, or the name of its file.",
                brace="{"),
        ) from None  # fmt: skip
    named = say("{where}: {file}", where=where, file=path)
    return Given(_object(text, named), named, _open_to_others(mode, path))


def _open_to_others(mode: int, path: Path) -> tuple[str, ...]:
    if os.name != "posix" or not stat.S_IMODE(mode) & 0o077:
        return ()
    return (
        say("Others on this machine can read the key file {file}: chmod 600 {file}", file=path),
    )


def _object(text: str, where: str) -> Mapping[str, Any]:
    try:
        found = json.loads(text) if len(text) <= _LARGEST else None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise _no_json(where)
    return found


def _no_json(where: str) -> WrongSettings:
    return WrongSettings(
        say("The key is damaged or was cut off: it is no whole JSON."), where,
        say("Download it again from Google and put it there whole, as it is."),
    )  # fmt: skip


def check_kind(given: Given, kind: str, needed: Sequence[str]) -> None:
    """Raise WrongSettings unless it is of this kind and has what the kind needs."""
    info = given.info
    if "installed" in info or "web" in info:
        raise given.broken(
            say("it is the file of an OAuth client, which only names the program; it needs the "
                "key of a service account, or the file that weaver doctor --sign-in writes")
        )  # fmt: skip
    # Older keys and sign-ins don't say their type.
    found = str(info.get("type", kind))
    if found in _KINDS and found != kind:
        raise given.broken(
            say("it is {found}, and weaver.toml asks for {kind}", found=_KINDS[found](),
                kind=_KINDS[kind]())
        )  # fmt: skip
    if found != kind:
        raise given.broken(say("it is of a kind that Weaver doesn't know"))
    missing = [name for name in needed if not isinstance(info.get(name), str) or not info[name]]
    if missing:
        raise given.broken(say("it lacks {names}", names=", ".join(missing)))


_KINDS = {
    "service_account": lambda: say('the key of a service account (credentials = "key")'),
    "authorized_user": lambda: say('a person\'s sign-in (credentials = "user")'),
    "external_account": lambda: say('workload identity (credentials = "default")'),
    "impersonated_service_account": lambda: say('an impersonation (credentials = "default")'),
}


_PLACES = ("token_uri", "token_url", "service_account_impersonation_url")


def check_places(given: Given, root: str, *also: str) -> None:
    """Raise WrongSettings where the key would send its secret anywhere but to Google.

    Args:
        given: the key, or whatever stands in its place.
        root: what stands in Google's place; "" for Google itself.
        also: names of further fields that hold addresses.
    """
    for name in (*_PLACES, *also):
        if name in given.info and not _is_google(given.info[name], root):
            raise given.broken(say("its {name} is no https address of Google's", name=name))
    if given.info.get("universe_domain", "googleapis.com") != "googleapis.com":
        raise given.broken(say("its universe_domain is not googleapis.com"))
    source = given.info.get("source_credentials")
    if isinstance(source, dict):
        check_places(Given(source, given.where), root)


def _is_google(url: object, root: str) -> bool:
    if not isinstance(url, str):
        return False
    if root and url.startswith(f"{root}/"):
        return True
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    ours = _GOOGLE.fullmatch(parts.hostname or "") is not None
    return parts.scheme == "https" and ours and not parts.username and port in (None, 443)
