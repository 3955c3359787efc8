"""A form of Google as its own service describes it: its questions, its texts and its state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Json = Mapping[str, Any]
Kind = Literal["text", "choice", "date", "time", "number", "file"]
_KINDS: Mapping[str, Kind] = {
    "choiceQuestion": "choice",
    "dateQuestion": "date",
    "timeQuestion": "time",
    "scaleQuestion": "number",
    "ratingQuestion": "number",
    "fileUploadQuestion": "file",
}


@dataclass(frozen=True)
class Question:
    """One question, or one row of a grid: whatever has a column of its own in a sheet.

    Attributes:
        id: Google's own, which a new wording leaves alone.
        title: as it stands; a row of a grid is `Question [row]`, as in a sheet.
        kind: what is answered.
        several: whether several answers may be ticked.
        options: what is offered.
    """

    id: str
    title: str
    kind: Kind = "text"
    several: bool = False
    options: tuple[str, ...] = ()


def questions_of(form: Json) -> Iterator[Question]:
    """The form's questions in their order."""
    for item in form.get("items", ()):
        title = item.get("title", "")
        if "questionItem" in item:
            yield _question(item["questionItem"]["question"], title)
        group = item.get("questionGroupItem", {})
        columns = group.get("grid", {}).get("columns", {})
        for question in group.get("questions", ()):
            row = question.get("rowQuestion", {}).get("title", "")
            yield _of_choice(question["questionId"], f"{title} [{row}]", columns)


def _question(question: Json, title: str) -> Question:
    kinds = (kind for name, kind in _KINDS.items() if name in question)
    kind: Kind = next(kinds, "text")
    if kind == "choice":
        return _of_choice(question["questionId"], title, question["choiceQuestion"])
    return Question(question["questionId"], title, kind, kind == "file")


def _of_choice(name: str, title: str, choice: Json) -> Question:
    options = (option.get("value", "") for option in choice.get("options", ()))
    several = choice.get("type") == "CHECKBOX"
    return Question(name, title, "choice", several, tuple(text for text in options if text))


def title_of(form: Json) -> str:
    """What people call the form."""
    info = form.get("info", {})
    return str(info.get("title") or info.get("documentTitle") or form.get("formId", ""))


def texts_of(form: Json) -> Iterator[str]:
    """Everything that the form shows besides the titles of its questions, piece by piece."""
    info = form.get("info", {})
    yield from filter(None, (info.get("title"), info.get("description")))
    for item in form.get("items", ()):
        asks = "questionItem" in item or "questionGroupItem" in item
        yield from filter(None, ("" if asks else item.get("title"), item.get("description")))


def is_open(form: Json) -> tuple[bool, bool]:
    """Whether the form is published, and whether it takes answers; an old one always is and does.

    An old form, of before 2026, says nothing of the two.
    """
    if "publishSettings" not in form:
        return True, True
    state = form["publishSettings"].get("publishState", {})
    published = bool(state.get("isPublished"))
    return published, published and bool(state.get("isAcceptingResponses"))


def collects(form: Json) -> str:
    """ "VERIFIED", "RESPONDER_INPUT" or "" where no addresses are collected."""
    kind = str(form.get("settings", {}).get("emailCollectionType", ""))
    return kind if kind in ("VERIFIED", "RESPONDER_INPUT") else ""


def values_of(answer: Json) -> Sequence[str]:
    """The answer's texts; the addresses of files that were sent in (they are never fetched)."""
    if "fileUploadAnswers" in answer:
        files = answer["fileUploadAnswers"].get("answers", ())
        return [f"https://drive.google.com/open?id={file['fileId']}" for file in files]
    return [text.get("value", "") for text in answer.get("textAnswers", {}).get("answers", ())]
