"""Items of a form in the Forms API's shape, as a coordinator puts them into the form's editor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Item = dict[str, Any]
KINDS = (
    "questionItem", "questionGroupItem", "pageBreakItem", "textItem", "imageItem", "videoItem",
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """A question that a form asks now.

    Attributes:
        id: the question's id.
        heading: its title; `Title [Row]` for a row of a grid. The linked sheet's header.
        question: the question in the API's shape.
        choices: the choiceQuestion that holds the options, if it has any.
    """

    id: str
    heading: str
    question: Mapping[str, Any]
    choices: Mapping[str, Any] | None


def asked_in(items: Sequence[Item]) -> Iterator[Asked]:
    """The questions of the items, in their order."""
    for item in items:
        title = item.get("title", "")
        if question := item.get("questionItem", {}).get("question"):
            yield Asked(question["questionId"], title, question, question.get("choiceQuestion"))
        group = item.get("questionGroupItem", {})
        for row in group.get("questions", ()):
            heading = f"{title} [{row['rowQuestion'].get('title', '')}]"
            yield Asked(row["questionId"], heading, row, group.get("grid", {}).get("columns"))


def questions_of(item: Item) -> list[dict[str, Any]]:
    """The item's questions, to be changed in place."""
    if question := item.get("questionItem", {}).get("question"):
        return [question]
    return list(item.get("questionGroupItem", {}).get("questions", ()))


def _item(title: str, question: dict[str, Any], **more: Any) -> Item:
    return {"title": title, **more, "questionItem": {"question": question}}


def text(title: str, *, paragraph: bool = False, required: bool = False) -> Item:
    """A question for a text: one line, or a paragraph."""
    how = {"paragraph": True} if paragraph else {}
    return _item(title, {**_required(required), "textQuestion": how})


def choice(
    title: str,
    options: Sequence[str],
    kind: str = "RADIO",
    *,
    other: bool = False,
    required: bool = False,
    jumps: Mapping[str, str] | None = None,
) -> Item:
    """A question with options.

    Args:
        title: the question.
        options: what is offered.
        kind: RADIO, CHECKBOX or DROP_DOWN.
        other: whether "Other" with a free text is offered too.
        required: whether the form can be sent without an answer.
        jumps: option → the id of the section that it leads to.
    """
    offered: list[dict[str, Any]] = [_option(option, jumps or {}) for option in options]
    offered += [{"isOther": True}] if other else []
    return _item(
        title, {**_required(required), "choiceQuestion": {"type": kind, "options": offered}}
    )


def _option(option: str, jumps: Mapping[str, str]) -> dict[str, Any]:
    goes = {"goToSectionId": jumps[option]} if option in jumps else {}
    return {"value": option, **goes}


def checkboxes(title: str, options: Sequence[str], *, other: bool = False) -> Item:
    """A question with options of which several can be ticked."""
    return choice(title, options, "CHECKBOX", other=other)


def scale(title: str, low: int = 1, high: int = 5) -> Item:
    """A question for a number on a line."""
    low_end = {"low": low} if low else {}
    return _item(title, {"scaleQuestion": {**low_end, "high": high}})


def rating(title: str, icon: str = "STAR", levels: int = 5) -> Item:
    """A question for stars, hearts or thumbs."""
    return _item(title, {"ratingQuestion": {"iconType": icon, "ratingScaleLevel": levels}})


def date(title: str, *, year: bool = True, time: bool = False) -> Item:
    """A question for a day."""
    how = {**({"includeYear": True} if year else {}), **({"includeTime": True} if time else {})}
    return _item(title, {"dateQuestion": how})


def time(title: str, *, duration: bool = False) -> Item:
    """A question for a time of day, or for how long something takes."""
    return _item(title, {"timeQuestion": {"duration": True} if duration else {}})


def upload(title: str) -> Item:
    """A question for files; only the form's editor can make one, the API can't."""
    return _item(title, {"fileUploadQuestion": {"folderId": "1folder", "maxFiles": 10}})


def grid(title: str, rows: Sequence[str], columns: Sequence[str], *, several: bool = False) -> Item:
    """A grid: one question for each row, the same options for all."""
    offered = {
        "type": "CHECKBOX" if several else "RADIO",
        "options": [{"value": column} for column in columns],
    }
    asked = [{"rowQuestion": {"title": row}} for row in rows]
    return {"title": title, "questionGroupItem": {"questions": asked, "grid": {"columns": offered}}}


def section(title: str, item_id: str = "") -> Item:
    """The beginning of a new page; give it an id if an option shall lead there."""
    named = {"itemId": item_id} if item_id else {}
    return {**named, "title": title, "pageBreakItem": {}}


def words(title: str, description: str = "") -> Item:
    """A text between the questions."""
    said = {"description": description} if description else {}
    return {"title": title, **said, "textItem": {}}


def _required(required: bool) -> dict[str, Any]:
    return {"required": True} if required else {}
