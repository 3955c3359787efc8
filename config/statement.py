"""The unity statement: one Markdown file per version, with TOML front matter between `+++`."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from config.errors import WrongSettings
from config.faults import sentences

FENCE = "+++"


class Point(BaseModel):
    """One principle or policy, agreed to one by one.

    Attributes:
        id: short and lasting, such as "P1"; it never changes its meaning.
        text: what is agreed to.
        question: the form's question for it; left out where the form asks none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[A-Za-z0-9_-]{1,20}$")
    text: str = Field(min_length=1)
    question: str = ""

    @property
    def field(self) -> str:
        """The field of the sign-on that holds the answer."""
        return f"agrees_{self.id.lower()}"


class Version(BaseModel):
    """One version of the statement.

    Attributes:
        version: its name, such as "1.1".
        state: only an adopted version can be in force.
        adopted_on: the day from which it is in force.
        adopted_by: the body that adopted it.
        adopted_how: by consensus, by vote, and how many.
        change: whether those who agreed to the one before must re-confirm.
        question: the form's question for agreeing to the whole.
        principles: agreed to one by one.
        policies: likewise; how the coalition works.
        body: its Markdown text, below the facts.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: str = Field(min_length=1)
    state: Literal["draft", "out for comment", "adopted"]
    adopted_on: dt.date | None = None
    adopted_by: str = ""
    adopted_how: str = ""
    change: Literal["wording-only", "must-re-confirm"] = "must-re-confirm"
    question: str = ""
    principles: tuple[Point, ...] = ()
    policies: tuple[Point, ...] = ()
    body: str = ""

    @model_validator(mode="after")
    def _adopted_has_a_date(self) -> Version:
        if self.state == "adopted" and self.adopted_on is None:
            raise ValueError("an adopted version needs adopted_on = YYYY-MM-DD")
        return self

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Version:
        seen = Counter(point.id.lower() for point in self.points)
        twice = sorted(name for name, times in seen.items() if times > 1)
        if twice:
            raise ValueError(f"the id {twice[0]} is used twice; give each point its own id")
        return self

    @property
    def points(self) -> tuple[Point, ...]:
        """Principles, then policies."""
        return self.principles + self.policies


@dataclass(frozen=True)
class Statement:
    """All versions of one statement, adopted ones in order of their date."""

    name: str
    versions: tuple[Version, ...]

    @property
    def adopted(self) -> tuple[Version, ...]:
        """Adopted versions, oldest first."""
        done = [version for version in self.versions if version.state == "adopted"]
        return tuple(sorted(done, key=lambda version: version.adopted_on or dt.date.min))

    def in_force(self, day: dt.date) -> Version | None:
        """The newest version adopted on or before the day; None before the first."""
        started = [v for v in self.adopted if v.adopted_on and v.adopted_on <= day]
        return started[-1] if started else None

    @property
    def points(self) -> tuple[Point, ...]:
        """Every point of every version, by first appearance; a form may still ask an old one."""
        found = {point.field: point for version in self.versions for point in version.points}
        return tuple(found.values())


def load_statement(folder: Path) -> Statement:
    """Read `statements/<name>/*.md`.

    Raises:
        WrongSettings: the folder is missing or empty, or a version cannot be read; all faults of
            all files together.
    """
    files = sorted(folder.glob("*.md"))
    if not files:
        raise WrongSettings(
            "There is no unity statement.",
            str(folder),
            "Put one Markdown file per version there, with its facts between two lines of +++.",
        )
    versions: list[Version] = []
    faults: list[str] = []
    for file in files:
        version, wrong = _read_version(file)
        faults += wrong
        versions += [version] if version else []
    faults += _clashes(versions)
    if faults:
        raise WrongSettings(
            f"The unity statement has {len(faults)} fault(s):", str(folder),
            "Put each right in the file named.", faults,
        )  # fmt: skip
    return Statement(folder.name, tuple(versions))


def _read_version(file: Path) -> tuple[Version | None, list[str]]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        return None, [f"{file.name}: cannot be read as text in UTF-8: {error}"]
    parts = text.replace("\r\n", "\n").split(FENCE + "\n", 2)
    if len(parts) != 3 or parts[0].strip():
        return None, [f"{file.name}: begin with a line {FENCE}, the facts, and a line {FENCE}"]
    try:
        facts = tomllib.loads(parts[1])
        return Version.model_validate({**facts, "body": parts[2].strip()}), []
    except tomllib.TOMLDecodeError as error:
        return None, [f"{file.name}: between the two +++: {error}"]
    except ValidationError as error:
        return None, [f"{file.name}: {fault}" for fault in sentences(error, Version)]


def _clashes(versions: Iterable[Version]) -> list[str]:
    known = list(versions)
    names = Counter(version.version for version in known)
    days = Counter(version.adopted_on for version in known if version.state == "adopted")
    return [f"version {name!r} stands in two files" for name, n in names.items() if n > 1] + [
        f"two versions are adopted on {day}; only one can be in force" for day, n in days.items()
        if n > 1
    ]  # fmt: skip
