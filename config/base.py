"""What the models of `weaver.toml` share: frozen, nothing unknown, and texts that are checked."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\.]+(\.[^\s@<>,;:\"()\[\]\\.]+)+")

_OTHERWISE = frozenset("ßẞς\u200c\u200d")


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(
            f"{name!r} is no time zone; write one such as 'Europe/Berlin' or 'America/Bogota'"
        ) from error
    return name


def _address(text: str) -> str:
    if not is_address(text):
        raise ValueError(f"{text!r} is no email address; write one such as 'ana@example.org'")
    mail_domain(text.rpartition("@")[2])
    return text


def is_address(text: str) -> bool:
    """Whether a text has the form of an email address."""
    return bool(_ADDRESS.fullmatch(text))


def ascii_domain(domain: str) -> str:
    """The domain as it stands in mail (IDNA, RFC 3490).

    Raises:
        UnicodeError: it can't be, or has a letter of which these rules make another domain, whose
            owner may be another: they take straße.example for strasse.example, and today's
            (RFC 5894, 7.2) don't.
    """
    if found := _OTHERWISE.intersection(domain):
        raise UnicodeError(f"letters that IDNA has understood in two ways: {sorted(found)}")
    return domain.encode("idna").decode("ascii")


def mail_domain(domain: str) -> None:
    """Raises ValueError, in words for whoever wrote the settings, where mail has no such domain."""
    try:
        ascii_domain(domain)
    except UnicodeError:
        raise ValueError(
            f"{domain!r} is no domain that stands in mail; write the name that mail has for it, "
            "which begins with xn--"
        ) from None


def _one_line(text: str) -> str:
    if any(ord(c) < 32 for c in text):
        raise ValueError("must be one line without control characters")
    return text


def _inside(path: str) -> str:
    if Path(path).is_absolute() or ".." in Path(path).parts:
        raise ValueError("must be a file inside the coalition's folder, such as 'tracker.xlsx'")
    return path


Zone = Annotated[str, AfterValidator(_zone)]
Address = Annotated[str, AfterValidator(_address)]
Line = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_one_line)]
Inside = Annotated[str, Field(min_length=1), AfterValidator(_inside)]


class Frozen(BaseModel):
    """A part of the settings: it never changes, and a name that isn't known is a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid")
