"""Members send forms and change what they sent; coordinators delete a response."""

from __future__ import annotations

import base64
import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any

from tests.google_emulator.forms import linked
from tests.google_emulator.forms.model import Form, Given, Grade, Response, Upload
from tests.google_emulator.forms.questions import Asked
from tests.google_emulator.world import World

Key = str | tuple[str, int]
"""A question by id or heading; (heading, n) is the nth (from 0) of several with one heading."""
Said = str | Upload | Sequence[str | Upload]
_SHAPES = {
    "dateQuestion": re.compile(r"(\d{4}-)?\d\d-\d\d( \d\d:\d\d)?"),
    "timeQuestion": re.compile(r"\d{1,3}:\d\d(:\d\d)?"),
    "scaleQuestion": re.compile(r"\d+"),
    "ratingQuestion": re.compile(r"\d+"),
}


class Refused(Exception):
    """The form's page wouldn't let anybody send this."""


def submit(
    world: World,
    form: Form,
    answers: Mapping[Any, Said],
    email: str = "",
    at: dt.datetime | None = None,
) -> Response:
    """Send a form; the linked sheet gets its row.

    Args:
        world: where.
        form: the form.
        answers: question → answer, or several ticks; "" and () stay unanswered.
        email: whoever sends it, where the form collects addresses.
        at: when, with a zone; now if left out.

    Raises:
        Refused: the form is closed, or doesn't take such an answer.
    """
    with world.lock:
        if not form.open():
            raise Refused(f"{form.title!r} is not open")
        given = _given(form, answers)
        moment = _moment(world, form, at)
        address = email if form.collects in ("VERIFIED", "RESPONDER_INPUT") else ""
        response = Response(
            _fresh_id(world), form.made, moment, moment, address, given, _grades(form, given)
        )
        form.responses[response.id] = response
        linked.add_row(world, form, response)
        return response


def edit_response(
    world: World,
    form: Form,
    response: Response,
    answers: Mapping[Any, Said],
    at: dt.datetime | None = None,
) -> Response:
    """Send a response again with some answers changed ("" takes one away); its id stays.

    Raises:
        Refused: as for `submit`.
    """
    with world.lock:
        if not form.open():
            raise Refused(f"{form.title!r} is not open")
        given = _given(form, answers)
        named = {form.find(key).id for key in answers}
        before = response.answers
        kept = {question: said for question, said in before.items() if question not in named}
        response.answers = kept | given
        response.shown = None
        response.submitted = _moment(world, form, at)
        response.grades = _grades(form, response.answers)
        changed = {q for q in named if before.get(q) != response.answers.get(q)}
        linked.renew_row(world, form, response, changed)
        return response


def delete_response(world: World, form: Form, response: Response) -> None:
    """Delete a response in the form's editor; the sheet keeps its row."""
    with world.lock:
        del form.responses[response.id]


def _moment(world: World, form: Form, at: dt.datetime | None) -> dt.datetime:
    """The moment given; or now, a little later each time, with a real clock's microseconds."""
    form.made += 1
    if at is None:
        return world.clock.now() + dt.timedelta(microseconds=394_652 + 1_237 * form.made)
    if at.tzinfo is None:
        raise ValueError("say in which zone the form was sent")
    return at.astimezone(dt.UTC)


def _fresh_id(world: World) -> str:
    raw = world.random.getrandbits(384).to_bytes(48, "big")
    return "ACYDBN" + base64.urlsafe_b64encode(raw).decode()


def _given(form: Form, answers: Mapping[Any, Said]) -> dict[str, Given]:
    found: dict[str, Given] = {}
    for key, said in answers.items():
        asked = form.find(key)
        one = isinstance(said, str | Upload)
        values = tuple(value for value in ((said,) if one else said) if value != "")  # type: ignore[arg-type]
        if values:
            _check(asked, values)
            found[asked.id] = values
    order = [asked.id for asked in form.asked()]
    return dict(sorted(found.items(), key=lambda pair: order.index(pair[0])))


def _check(asked: Asked, values: Given) -> None:
    files = "fileUploadQuestion" in asked.question
    if files != all(isinstance(value, Upload) for value in values):
        raise Refused(f"{asked.heading!r} takes {'files' if files else 'no files'}")
    several = files or (asked.choices or {}).get("type") == "CHECKBOX"
    if len(values) > 1 and not several:
        raise Refused(f"{asked.heading!r} takes one answer")
    for kind, shape in _SHAPES.items():
        if kind in asked.question and not shape.fullmatch(str(values[0])):
            raise Refused(f"{asked.heading!r} doesn't take {values[0]!r}")
    if asked.choices:
        _check_options(asked, values)


def _check_options(asked: Asked, values: Given) -> None:
    options = (asked.choices or {}).get("options", [])
    offered = {option.get("value") for option in options}
    strange = [value for value in values if value not in offered]
    others = sum(bool(option.get("isOther")) for option in options)
    if len(strange) > others:
        raise Refused(f"{asked.heading!r} doesn't offer {strange}")


def _grades(form: Form, given: Mapping[str, Given]) -> dict[str, Grade] | None:
    """A quiz's grades for questions that have a key."""
    if not form.quiz:
        return None
    found = {}
    for asked in form.asked():
        grading = asked.question.get("grading", {})
        key = {answer["value"] for answer in grading.get("correctAnswers", {}).get("answers", ())}
        if key and asked.id in given:
            said = set(given[asked.id])
            right = said == key if asked.choices and len(said) > 1 else bool(said & key)
            found[asked.id] = Grade(float(grading.get("pointValue", 0)) if right else 0.0, right)
    return found
