"""Google's refusals in the words of a coordinator: what, where, and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from config.errors import BadData, NeedsPermission, Temporary, WeaverError, WrongSettings
from config.words import say
from connectors.google.answers import Answer, scrub

_QUOTAS = {"RATE_LIMIT_EXCEEDED", "rateLimitExceeded", "userRateLimitExceeded"}
_DISABLED = {"SERVICE_DISABLED", "accessNotConfigured"}
_CONSOLE = re.compile(r"https://console\.(?:cloud|developers)\.google\.com/[\w./?=&%:-]{1,300}")


class Changed(Temporary):
    """A tab or a range that was there a moment ago is gone: read anew."""


class Moved(Changed):
    """A column isn't where it stood a moment ago; nothing was written."""


class Trouble(Temporary):
    """It may work a moment later.

    Attributes:
        wait: seconds that Google asks to wait; None where it didn't.
        quota: whether the minute's allowance is used up.
    """

    def __init__(
        self, what: str, where: str, remedy: str, wait: float | None = None, quota: bool = False
    ) -> None:
        super().__init__(what, where, remedy)
        self.wait = wait
        self.quota = quota


class Again(Trouble):
    """Surely not applied: the same may be sent again."""


class Unsure(Trouble):
    """Nobody knows whether it was applied: read back before it is sent again."""


@dataclass(frozen=True)
class Asked:
    """What Weaver wanted.

    Attributes:
        kind: what it is about.
        name: the title where it is known, else the id.
        writing: whether something was to change.
        identity: the address that Weaver signs in with; "" if unknown.
    """

    kind: Literal["spreadsheet", "form", ""] = ""
    name: str = ""
    writing: bool = False
    identity: str = ""

    @property
    def where(self) -> str:
        """The place, as errors name it."""
        if self.kind == "spreadsheet":
            return say("spreadsheet {name}", name=self.name)
        return say("form {name}", name=self.name) if self.kind == "form" else "Google"

    @property
    def file(self) -> str:
        """The kind of file, in a sentence."""
        return say("form") if self.kind == "form" else say("spreadsheet")


def is_quota(answer: Answer) -> bool:
    """Whether the minute's allowance is used up; a full Drive is something else."""
    return answer.code == 429 or (answer.code == 403 and answer.reason in _QUOTAS)


def refusal(answer: Answer, asked: Asked) -> WeaverError:
    """The error for an answer that won't be another one when asked again."""
    found = next(_found(answer, asked), None)
    return found or WeaverError(
        say("Google refused what Weaver asked: {code} {said}", code=answer.code,
            said=answer.message or answer.status),
        asked.where,
        say("That is most likely a fault of Weaver; please report it with these words."),
    )  # fmt: skip


def _found(answer: Answer, asked: Asked) -> Iterator[WeaverError]:
    for test, make in _KINDS:
        if test(answer):
            yield make(answer, asked)


def _share(asked: Asked) -> str:
    if asked.identity:
        return say(
            "Open the {file}, press Share, and add {address} as an editor. Then run Weaver again.",
            file=asked.file, address=asked.identity,
        )  # fmt: skip
    return say(
        "Open the {file}, press Share, and add as an editor the address that Weaver signs in "
        "with. It ends in gserviceaccount.com and stands in the service account's key after "
        "\"client_email\"; with a person's sign-in it is that person's address.",
        file=asked.file,
    )


def _not_shared(_: Answer, asked: Asked) -> WeaverError:
    if asked.writing:
        what = say("Weaver may not change the {file}: it is shared for reading only.",
                   file=asked.file)  # fmt: skip
    elif asked.kind == "form":
        what = say("The form is not shared with Weaver. Sharing its spreadsheet is not enough.")
    else:
        what = say("The {file} is not shared with Weaver.", file=asked.file)
    return NeedsPermission(what, asked.where, _share(asked))


def _scopes(_: Answer, asked: Asked) -> WeaverError:
    return NeedsPermission(
        say("Weaver's sign-in doesn't cover this {file}: it was given for less.", file=asked.file),
        asked.where,
        say(
            "With a person's sign-in, sign in again: weaver doctor --sign-in. On a machine of "
            "Google's cloud, allow it the scopes of Sheets and Forms, or use a key."
        ),
    )


def _disabled(answer: Answer, asked: Asked) -> WeaverError:
    title = scrub(answer.metadata.get("serviceTitle", "")) or (
        "Google Forms API" if asked.kind == "form" else "Google Sheets API"
    )
    link = _CONSOLE.search(scrub(answer.metadata.get("activationUrl", "")) or answer.message)
    return NeedsPermission(
        say("The {api} is switched off in the project that Weaver signs in from.", api=title),
        asked.where,
        say("Somebody who manages the project opens {link}, presses Enable, and waits some "
            "minutes.", link=link[0] if link else "https://console.cloud.google.com/apis/library"),
    )  # fmt: skip


def _storage(_: Answer, asked: Asked) -> WeaverError:
    return NeedsPermission(
        say("Google has no storage left for the account that Weaver signs in with."),
        asked.where,
        say("Make the file yourself, in your own or a shared drive, and share it with Weaver."),
    )


def _unknown(_: Answer, asked: Asked) -> WeaverError:
    return WrongSettings(
        say("Google knows no {file} with this address, or it was deleted.", file=asked.file),
        asked.where,
        say(
            "Look in Google Drive's bin and restore it, or copy the address of the right "
            "{file} from the browser into weaver.toml.", file=asked.file,
        ),
    )  # fmt: skip


def _not_signed_in(_: Answer, asked: Asked) -> WeaverError:
    return NeedsPermission(
        say("Google doesn't accept Weaver's sign-in."),
        asked.where,
        say("Make a new key for the service account, or sign in again: weaver doctor --sign-in."),
    )


def _format(_: Answer, asked: Asked) -> WeaverError:
    return WrongSettings(
        say("The file is an uploaded Excel workbook, not a spreadsheet of Google."),
        asked.where,
        say(
            "Open it in Google Drive, choose File > Save as Google Sheets, and put the address "
            "of the new spreadsheet into weaver.toml."
        ),
    )


def _full(_: Answer, asked: Asked) -> WeaverError:
    return BadData(
        say("The spreadsheet is full: Google allows 10 million cells, empty ones included. "
            "Nothing was written."),
        asked.where,
        say("Delete empty rows and columns of large tabs, or move old tabs to another file."),
    )  # fmt: skip


def _protected(_: Answer, asked: Asked) -> WeaverError:
    who = asked.identity or say("the address that Weaver signs in with")
    return NeedsPermission(
        say("A protected range is in the way of what Weaver writes. Nothing was written."),
        asked.where,
        say(
            "Choose Data > Protect sheets and ranges, and add {address} to those who may edit "
            "Weaver's tabs, or remove the protection.", address=who,
        ),
    )  # fmt: skip


def _long(_: Answer, asked: Asked) -> WeaverError:
    return BadData(
        say("A text is longer than the 50,000 characters that Google allows in a cell. "
            "Nothing was written."),
        asked.where,
        say("Shorten it where it came from."),
    )  # fmt: skip


def _changed(answer: Answer, asked: Asked) -> WeaverError:
    return Changed(
        say("Somebody changed the spreadsheet's tabs while Weaver was at it. Google says: {said}",
            said=answer.message),
        asked.where,
        say("Run Weaver again. What is written stays written."),
    )  # fmt: skip


def _moved(answer: Answer, asked: Asked) -> WeaverError:
    return Moved(
        say("Somebody moved columns while Weaver was at it. Google says: {said}",
            said=answer.message),
        asked.where,
        say("Run Weaver again. What is written stays written."),
    )  # fmt: skip


def _says(code: int, *texts: str) -> Callable[[Answer], bool]:
    return lambda answer: (
        answer.code == code and any(text.casefold() in answer.message.casefold() for text in texts)
    )


_KINDS: tuple[
    tuple[Callable[[Answer], bool], Callable[[Answer, Asked], WeaverError]], ...
] = (
    (lambda answer: answer.code == 401, _not_signed_in),
    (lambda answer: answer.code == 403 and answer.reason in _DISABLED, _disabled),
    (_says(403, "has not been used in project", "it is disabled"), _disabled),
    (lambda answer: answer.reason == "ACCESS_TOKEN_SCOPE_INSUFFICIENT", _scopes),
    (_says(403, "insufficient authentication scopes"), _scopes),
    (lambda answer: answer.reason == "storageQuotaExceeded", _storage),
    (_says(403, "storage quota"), _storage),
    (_says(400, "protected cell", "protected range"), _protected),
    (lambda answer: answer.code == 403, _not_shared),
    (lambda answer: answer.code in (404, 410), _unknown),
    (_says(400, "not supported for this document", "office file"), _format),
    (lambda answer: answer.code == 400 and answer.status == "FAILED_PRECONDITION", _format),
    (_says(400, "number of cells in the workbook above", "limit of 10000000"), _full),
    (_says(400, "maximum of 50000 characters"), _long),
    (_says(400, "developermetadata"), _moved),
    (
        _says(400, "unable to parse range", "exceeds grid limits", "no grid with id",
              "no sheet with id", "a sheet with the name"),
        _changed,
    ),
)  # fmt: skip
"""The first that fits."""
