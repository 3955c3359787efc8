"""The responses to a form as its own service gives them: by id, with edits, answers as lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from config.problems import Problem
from config.raw import LISTED, RawTable, Scalar
from config.text import clean, fold, shorten
from config.words import say
from connectors.google.asking import (
    Json,
    Question,
    collects,
    is_open,
    questions_of,
    texts_of,
    title_of,
    values_of,
)

TIMESTAMP, EMAIL = "Timestamp", "Email Address"
"""The titles that Google itself gives to these columns in a sheet."""
Titles = Mapping[str, Sequence[str]]
"""Question id → the titles that it was seen with, the latest first."""


@dataclass(frozen=True)
class Answered:
    """What came in by one form.

    Attributes:
        table: the responses, oldest first, numbered as in a sheet that nobody has sorted.
        problems: what to put right.
        shown: the texts that the form shows, piece by piece.
        titles: question id → its title now.
        verified: whether Google verifies the addresses; None where the form wasn't asked.
        questions: as they are now.
        nameless: places of columns whose question was deleted before anybody saw its title.
    """

    table: RawTable
    problems: tuple[Problem, ...] = ()
    shown: tuple[str, ...] = ()
    titles: Mapping[str, str] | None = None
    verified: bool | None = None
    questions: tuple[Question, ...] = ()
    nameless: tuple[int, ...] = ()


def answered(form: Json, responses: Sequence[Json], known: Titles) -> Answered:
    """The responses as a table with one column per question.

    A question that was deleted keeps its column as long as there are answers to it.

    Args:
        form: as `forms.get` gives it.
        responses: all of them, in any order.
        known: titles remembered from earlier runs.
    """
    asked = tuple(questions_of(form))
    gone = tuple(_gone(asked, responses, known))
    columns = (*asked, *gone)
    ordered = sorted(responses, key=lambda r: (r.get("createTime", ""), r.get("responseId", "")))
    email = bool(collects(form)) or any(r.get("respondentEmail") for r in responses)
    first = (TIMESTAMP, EMAIL) if email else (TIMESTAMP,)
    unlisted = {question.id for question in asked if not question.several}
    header = (*first, *(question.title for question in columns))
    table = RawTable(
        title_of(form),
        header,
        [_row(response, columns, email, unlisted) for response in ordered],
        range(2, len(ordered) + 2),
        ", ",
        [str(response["responseId"]) for response in ordered],
        [_edited(response) for response in ordered],
        {i: q.options for i, q in enumerate(columns, len(first)) if q.options},
        dict(_formerly(columns, known, len(first))),
    )
    problems = (*_closed(form), *_deleted(table.tab, asked, gone, responses, known))
    return Answered(
        table,
        problems,
        tuple(texts_of(form)),
        {question.id: question.title for question in asked},
        collects(form) == "VERIFIED",
        asked,
        tuple(i for i, q in enumerate(columns, len(first)) if q in gone and q.id not in known),
    )


def moment_in(text: str) -> dt.datetime | None:
    """A moment as Google writes it, to the millisecond; None where there is none."""
    if not text:
        return None
    moment = dt.datetime.fromisoformat(text)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def _edited(response: Json) -> dt.datetime | None:
    """When it was last changed. The two times differ below a millisecond where it never was."""
    sent, last = moment_in(response["createTime"]), moment_in(response.get("lastSubmittedTime", ""))
    return last if sent and last and last > sent else None


def _row(
    response: Json, columns: Sequence[Question], email: bool, unlisted: set[str]
) -> tuple[Scalar, ...]:
    sent = moment_in(response["createTime"])
    # Weaver keeps seconds, as sheets show them.
    first: list[Scalar] = [sent.replace(microsecond=0) if sent else None]
    if email:
        first.append(response.get("respondentEmail") or None)
    answers = response.get("answers", {})
    return (*first, *(_cell(answers.get(q.id), q.id in unlisted) for q in columns))


def _cell(answer: Mapping[str, Any] | None, single: bool) -> str | None:
    texts = [text.replace(LISTED, " ") for text in values_of(answer)] if answer else []
    if single and len(texts) == 1:
        return texts[0]
    return "".join(text + LISTED for text in texts) or None


def _gone(
    asked: Iterable[Question], responses: Iterable[Json], known: Titles
) -> Iterator[Question]:
    """Questions that were answered once and are no longer in the form."""
    there = {question.id for question in asked}
    ids = {name: None for response in responses for name in response.get("answers", {})}
    for name in sorted(ids.keys() - there):
        title = next(iter(known.get(name, ())), "")
        yield Question(name, title or say("A question that was deleted ({id})", id=name))


def _formerly(
    columns: Sequence[Question], known: Titles, first: int
) -> Iterator[tuple[int, tuple[str, ...]]]:
    for place, question in enumerate(columns, first):
        before = tuple(t for t in known.get(question.id, ()) if fold(t) != fold(question.title))
        if before:
            yield place, before


def _closed(form: Json) -> Iterator[Problem]:
    published, accepting = is_open(form)
    if not published:
        yield Problem(
            title_of(form), 0, "",
            say("the form isn't published, so nobody can fill it in"),
            say("Open the form and press Publish; or leave it, if that is what you want."),
        )  # fmt: skip
    elif not accepting:
        yield Problem(
            title_of(form), 0, "",
            say("the form takes no responses at present"),
            say("Open the form, press Published and switch on Accepting responses; or leave it, "
                "if that is what you want."),
        )  # fmt: skip


def _deleted(
    tab: str,
    asked: Sequence[Question],
    gone: Sequence[Question],
    responses: Sequence[Json],
    known: Titles,
) -> Iterator[Problem]:
    """What is said of questions that are no longer in the form."""
    again = {fold(question.title) for question in asked}
    for question in gone:
        many = sum(question.id in response.get("answers", {}) for response in responses)
        title = shorten(clean(question.title))
        if question.id not in known:
            what = say(
                "it was deleted before Weaver ever saw it, so nobody knows what it asked; answers "
                "to it: {n}",
                n=many,
            )
            remedy = say(
                "If you know what it asked, say so under [[form]] questions, such as "
                'sector = "{title}"; else add that title to ignore.',
                title=title,
            )
        elif fold(question.title) in again:
            what = say("the question was deleted and asked anew; answers from before, which still "
                       "count: {n}", n=many)  # fmt: skip
            remedy = say("Nothing, if both ask the same. Else give the new one another title.")
        else:
            what = say("the question is no longer in the form; answers to it, which are still "
                       "read: {n}", n=many)  # fmt: skip
            remedy = say("Nothing, if that is what you want; else ask it anew, with this title.")
        yield Problem(tab, 0, title, what, remedy)
