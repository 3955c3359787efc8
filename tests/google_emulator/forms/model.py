"""What a form is: its items, its settings, and the responses to it."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.google_emulator.forms.questions import Asked, Item, asked_in, questions_of, text
from tests.google_emulator.world import World

MIME = "application/vnd.google-apps.form"
Collects = Literal["", "DO_NOT_COLLECT", "VERIFIED", "RESPONDER_INPUT"]


@dataclass
class Habits:
    """What nobody knows of Google, or what it does one way today and another tomorrow.

    Attributes:
        order: in which order responses are listed; none is promised.
        filter_on: the time that `filter` compares.
        live_formulas: the linked sheet takes an answer that begins with "=" as a formula.
        sniffed_dates: the linked sheet makes a date of a text such as 05/18.
        created_digits: digits of a second in createTime.
    """

    order: Literal["newest", "oldest", "shuffled"] = "newest"
    filter_on: Literal["lastSubmittedTime", "createTime"] = "lastSubmittedTime"
    live_formulas: bool = False
    sniffed_dates: bool = False
    created_digits: int = 3


@dataclass(frozen=True)
class Upload:
    """A file that somebody handed in with a form."""

    file_id: str
    name: str
    mime: str = "application/pdf"

    @property
    def url(self) -> str:
        """What stands in the linked sheet."""
        return f"https://drive.google.com/open?id={self.file_id}"


Given = tuple[str | Upload, ...]


@dataclass(frozen=True)
class Grade:
    """What a quiz gives for an answer."""

    score: float
    correct: bool


@dataclass
class Response:
    """One response, as it was sent last.

    Attributes:
        number: counts the form's responses as they came; never in the API.
        created: when it was first sent, UTC.
        submitted: when it was sent last, UTC.
        answers: question id → what was answered; unanswered questions are absent.
        grades: question id → grade, in a quiz.
        shown: as the API shows it, once it did; nobody changes that in place.
    """

    id: str
    number: int
    created: dt.datetime
    submitted: dt.datetime
    email: str
    answers: dict[str, Given]
    grades: dict[str, Grade] | None = None
    shown: dict[str, Any] | None = None

    @property
    def score(self) -> float:
        """All points together."""
        return sum(grade.score for grade in (self.grades or {}).values())


@dataclass
class Form:
    """One form.

    Attributes:
        items: in the API's shape, with ids.
        collects: emailCollectionType; "" for a form that says nothing of it.
        published, accepting: its state; None for a form from before there was one.
        revision: changes with every change of the form.
        linked: the destination that responses are written to, if any; see linked.py.
        frozen: destinations of before, which nobody writes to any more.
        asked_ever: every question there was; answers to deleted ones are still given.
    """

    id: str
    title: str
    document_title: str
    items: list[Item] = field(default_factory=list)
    description: str = ""
    collects: Collects = "VERIFIED"
    quiz: bool = False
    published: bool | None = True
    accepting: bool = True
    revision: str = "00000001"
    linked: Any = None
    frozen: list[Any] = field(default_factory=list)
    responses: dict[str, Response] = field(default_factory=dict)
    habits: Habits = field(default_factory=Habits)
    asked_ever: dict[str, Asked] = field(default_factory=dict)
    made: int = 0
    _asked: list[Asked] | None = None

    def asked(self) -> list[Asked]:
        """The questions as they are now, in the form's order."""
        if self._asked is None:
            self._asked = list(asked_in(self.items))
        return self._asked

    def find(self, key: str | tuple[str, int]) -> Asked:
        """The question of that id or heading, or the nth (from 0) of several with one heading."""
        heading, which = key if isinstance(key, tuple) else (key, 0)
        asked = self.asked()
        found = [a for a in asked if a.id == key] or [a for a in asked if a.heading == heading]
        if which >= len(found):
            raise KeyError(f"{self.title!r} asks no {key!r}; it asks {[a.heading for a in asked]}")
        return found[which]

    def item_of(self, key: str | tuple[str, int]) -> Item:
        """The item that asks the question; or the item of that title."""
        titled = [item for item in self.items if item.get("title", "") == key]
        if isinstance(key, str) and titled:
            return titled[0]
        wanted = self.find(key).id
        return next(
            item for item in self.items
            if any(q["questionId"] == wanted for q in questions_of(item))
        )  # fmt: skip

    def open(self) -> bool:
        """Whether somebody can fill it in."""
        return self.published is not False and self.accepting

    def changed(self, rng: random.Random) -> None:
        """Note that the form was changed: another revision, and the questions of now."""
        self.revision = f"{rng.getrandbits(32):08x}"
        self._asked = None
        self.asked_ever |= {asked.id: asked for asked in self.asked()}


def create_form(
    world: World,
    title: str,
    owner: str,
    questions: Sequence[str | Item] = (),
    *,
    collects: Collects = "VERIFIED",
    quiz: bool = False,
    legacy: bool = False,
) -> Form:
    """A form as a coordinator makes one in the editor: published and open.

    Args:
        world: where.
        title: the form's and the file's.
        owner: whose file it is.
        questions: items of questions.py, or titles of questions for one line of text.
        collects: whether and how addresses are collected.
        quiz: whether answers are graded.
        legacy: from before forms could be unpublished: it has no publishSettings.
    """
    with world.lock:
        form = Form(world.fresh_id(), title, title, collects=collects, quiz=quiz)
        form.published = None if legacy else True
        world.add_file(form.id, title, MIME, owner)
        world.forms[form.id] = form
        for question in questions:
            item = text(question) if isinstance(question, str) else question
            form.items.append(with_ids(world.random, form, item))
        form.changed(world.random)
    return form


def with_ids(rng: random.Random, form: Form, item: Item) -> Item:
    """A copy of the item that has an id, as have its questions; ids that are there are kept."""
    import copy

    made = copy.deepcopy(item)
    made["itemId"] = made.get("itemId") or fresh(rng)
    for question in questions_of(made):
        question["questionId"] = question.get("questionId") or fresh(rng)
    return {"itemId": made.pop("itemId"), **made}


def fresh(rng: random.Random) -> str:
    """Eight hexadecimal digits."""
    return f"{rng.getrandbits(32):08x}"
