"""Statements: one Markdown file per version or translation, TOML facts between `+++` on top.

The coalition's main statement is in `statements/main/`; each letter beside it has its own folder.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from config.errors import WrongSettings
from config.faults import sentences

FENCE = "+++"
MAIN = "main"
"""The folder of the statement that makes members; the others are letters."""
Silence = Literal["stays until it objects", "stays listed under the old version", "leaves"]
Moment = dt.datetime | dt.date


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
    """One version of a statement, or a translation of one.

    Attributes:
        version: its name, such as "1.1"; a translation has that of its original.
        state: only an adopted version can be in force, and only one in force takes sign-ons.
        title: what people call the statement, such as "Letter to the ministers".
        adopted_on: the day from which it is in force.
        adopted_by: the body that adopted it.
        adopted_how: by consensus, by vote, and how many.
        planned_on: the day on which a draft may be adopted, for the preview.
        change: whether those who agreed to the one before must re-confirm.
        reconfirm_by: the last day for that.
        silence: what becomes of an organisation that has not answered by then.
        sign_by: the day or moment by which sign-ons are asked for; later ones are late.
        closes: the day or moment after which no sign-on is taken any more.
        language: the language of this text, such as "de".
        translation: whether a translation is equally valid or a courtesy; left out in an original.
        question: the form's question for agreeing to the whole.
        principles: agreed to one by one.
        policies: likewise; how the coalition works.
        body: its Markdown text, below the facts.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: str = Field(min_length=1)
    state: Literal["draft", "out for comment", "adopted"]
    title: str = ""
    adopted_on: dt.date | None = None
    adopted_by: str = ""
    adopted_how: str = ""
    planned_on: dt.date | None = None
    change: Literal["wording-only", "must-re-confirm"] = "must-re-confirm"
    reconfirm_by: dt.date | None = None
    silence: Silence | None = None
    sign_by: Moment | None = None
    closes: Moment | None = None
    language: str = ""
    translation: Literal["equally valid", "courtesy"] | None = None
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
    """All versions of one statement, in the language in which each was adopted.

    Attributes:
        name: of its folder.
        versions: originals.
        translations: of them, by the version's name and the language.
    """

    name: str
    versions: tuple[Version, ...]
    translations: tuple[Version, ...] = ()

    @property
    def title(self) -> str:
        """What people call it; the newest version that says so counts."""
        titles = [version.title for version in (*self.adopted, *self.drafts) if version.title]
        return titles[-1] if titles else self.name

    @property
    def field(self) -> str:
        """The field of a sign-on that opts in to it, where it is a letter with a column."""
        return "signs_" + "".join(c if c.isalnum() else "_" for c in self.name.lower())

    @property
    def questions(self) -> tuple[str, ...]:
        """The wordings by which a form asks for agreement to the whole, in any language."""
        asked = (v.question for v in (*self.versions, *self.translations))
        return tuple(dict.fromkeys(filter(None, asked)))

    @cached_property
    def adopted(self) -> tuple[Version, ...]:
        """Adopted versions, oldest first."""
        done = [version for version in self.versions if version.state == "adopted"]
        return tuple(sorted(done, key=lambda version: version.adopted_on or dt.date.min))

    @cached_property
    def drafts(self) -> tuple[Version, ...]:
        """Versions that nobody has adopted yet, in the order of their names."""
        open_ones = [version for version in self.versions if version.state != "adopted"]
        return tuple(sorted(open_ones, key=lambda version: _in_order(version.version)))

    @property
    def newest_draft(self) -> Version | None:
        """The draft that is talked about; None where there is none."""
        return self.drafts[-1] if self.drafts else None

    def if_adopted(self, draft: Version, day: dt.date) -> Statement:
        """The same statement, had the draft been adopted on that day."""
        done = draft.model_copy(update={"state": "adopted", "adopted_on": day})
        versions = tuple(done if v.version == draft.version else v for v in self.versions)
        return replace(self, versions=versions)

    def in_force(self, day: dt.date) -> Version | None:
        """The newest version adopted on or before the day; None before the first."""
        started = [v for v in self.adopted if v.adopted_on and v.adopted_on <= day]
        return started[-1] if started else None

    def named(self, version: str) -> Version | None:
        """The original of that name."""
        return next((v for v in self.versions if v.version == version), None)

    def texts_of(self, version: str) -> tuple[Version, ...]:
        """The original of that name, then its translations."""
        return tuple(v for v in (*self.versions, *self.translations) if v.version == version)

    @cached_property
    def material(self) -> tuple[Version, ...]:
        """Adopted versions that begin a new substance: the first, and each to be re-confirmed."""
        return tuple(v for at, v in enumerate(self.adopted) if not at or _is_material(v))

    def substance(self, version: str) -> int:
        """Which of `material` the version says the same as, from 0; -1 for one never adopted."""
        return self._substances.get(version, -1)

    @cached_property
    def _substances(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for version in self.adopted:
            begins = version in self.material
            found[version.version] = max(found.values(), default=-1) + begins
        return found

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """Every point of every version, by first appearance; a form may still ask an old one."""
        found = {point.field: point for version in self.versions for point in version.points}
        return tuple(found.values())


def _in_order(name: str) -> list[tuple[int, str]]:
    """A key by which "2-draft-9" stands before "2-draft-10"."""
    parts = re.findall(r"\d+|\D+", name)
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]


def end_of(moment: Moment, zone: ZoneInfo) -> dt.datetime:
    """The instant up to which a day or moment runs, exclusive; a bare one is the zone's."""
    if isinstance(moment, dt.datetime):
        return moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return dt.datetime.combine(moment + dt.timedelta(days=1), dt.time(), zone)


def day_of(moment: Moment | None) -> dt.date | None:
    """The day on which a day or moment lies; None of none."""
    return moment.date() if isinstance(moment, dt.datetime) else moment


def _is_material(version: Version) -> bool:
    return version.change == "must-re-confirm"


def load_statements(folder: Path) -> tuple[Statement, ...]:
    """Read `statements/*/`: the main statement first, then the letters by name.

    Raises:
        WrongSettings: the main one is missing, or one can't be read; all faults of one folder
            together.
    """
    others = sorted(
        path for path in folder.glob("*")
        if path.is_dir() and path.name != MAIN and not path.name.startswith((".", "_"))
    )  # fmt: skip
    found = tuple(load_statement(each) for each in (folder / MAIN, *others))
    times = Counter(letter.field for letter in found)
    alike = [letter.name for letter in found if times[letter.field] > 1]
    if alike:
        raise WrongSettings(
            f"These letters can't be told apart by their names: {', '.join(alike)}.",
            str(folder), "Rename one of the folders.",
        )  # fmt: skip
    return found


def load_statement(folder: Path) -> Statement:
    """Read `statements/<name>/*.md`.

    Raises:
        WrongSettings: the folder is missing or empty, or a version cannot be read; all faults of
            all files together.
    """
    files = sorted(folder.glob("*.md"))
    if not files:
        raise WrongSettings(
            "There is no unity statement." if folder.name == MAIN else "This letter has no text.",
            str(folder),
            "Put one Markdown file per version there, with its facts between two lines of +++.",
        )
    found: list[Version] = []
    faults: list[str] = []
    for file in files:
        version, wrong = _read_version(file)
        faults += wrong
        found += [version] if version else []
    versions = tuple(version for version in found if not version.translation)
    translations = tuple(version for version in found if version.translation)
    faults += [*_clashes(versions), *_untranslated(versions, translations)]
    # nobody re-confirms a letter: who signed the text before stays under that one
    faults += _silent(versions) if folder.name == MAIN else []
    if faults:
        raise WrongSettings(
            f"The statement “{folder.name}” has {len(faults)} fault(s):", str(folder),
            "Put each right in the file named.", faults,
        )  # fmt: skip
    return Statement(folder.name, versions, translations)


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
    return [
        f"version {name!r} stands in two files; a translation says so: translation = "
        '"equally valid" or "courtesy"' for name, n in names.items() if n > 1
    ] + [
        f"two versions are adopted on {day}; only one can be in force" for day, n in days.items()
        if n > 1
    ]  # fmt: skip


def _silent(versions: tuple[Version, ...]) -> list[str]:
    """Versions to be re-confirmed that don't say by when, and what silence means."""
    faults = []
    for version in Statement("", versions).material[1:]:
        known = {"reconfirm_by": version.reconfirm_by, "silence": version.silence}
        faults += [
            f"version {version.version!r} must be re-confirmed, so {name} has to be set"
            + (' to "stays until it objects", "stays listed under the old version" or "leaves"'
               if name == "silence" else " to the last day for it")
            for name, value in known.items() if value is None
        ]  # fmt: skip
        if (
            version.reconfirm_by
            and version.adopted_on
            and (version.reconfirm_by < version.adopted_on)
        ):
            faults.append(f"version {version.version!r}: reconfirm_by lies before adopted_on")
    return faults


def _untranslated(versions: Iterable[Version], translations: Iterable[Version]) -> list[str]:
    """Translations without an original, a language or the same points."""
    originals = {version.version: version for version in versions}
    faults, seen = [], set[tuple[str, str]]()
    for text in translations:
        original, what = originals.get(text.version), f"the translation of {text.version!r}"
        if original is None:
            faults.append(f"{what} has no original: no other file says version = {text.version!r}")
            continue
        if not text.language or text.language == original.language:
            faults.append(f'{what}: language has to be set, such as language = "de"')
        if (text.version, text.language) in seen:
            faults.append(f"{what} into {text.language!r} stands in two files")
        seen.add((text.version, text.language))
        others = {point.id for point in original.points} ^ {point.id for point in text.points}
        if others:
            listed = ", ".join(sorted(others))
            faults.append(f"{what} into {text.language!r} differs in its points: {listed}")
    return faults
