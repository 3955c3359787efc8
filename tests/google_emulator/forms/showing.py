"""Forms and responses as the API shows them; defaults are left out, as proto3 does."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any

from tests.google_emulator.forms.model import Form, Given, Grade, Habits, Response, Upload


def form_json(form: Form) -> dict[str, Any]:
    """The body of forms.get."""
    shown: dict[str, Any] = {
        "formId": form.id,
        "info": _info(form),
        "settings": _settings(form),
        "revisionId": form.revision,
        "responderUri": f"https://docs.google.com/forms/d/e/1FAIpQL{form.id[6:]}/viewform",
    }
    if form.items:
        shown["items"] = form.items
    if form.linked:
        shown["linkedSheetId"] = form.linked.spreadsheet_id
    if form.published is not None:
        shown["publishSettings"] = publish_json(form)
    return shown


def publish_json(form: Form) -> dict[str, Any]:
    """publishSettings of a form that has them."""
    state = {"isPublished": bool(form.published), "isAcceptingResponses": form.open()}
    return {"publishState": {name: True for name, on in state.items() if on}}


def _info(form: Form) -> dict[str, Any]:
    info = {
        "title": form.title,
        "description": form.description,
        "documentTitle": form.document_title,
    }
    return {name: text for name, text in info.items() if text}


def _settings(form: Form) -> dict[str, Any]:
    settings: dict[str, Any] = {"emailCollectionType": form.collects} if form.collects else {}
    return settings | ({"quizSettings": {"isQuiz": True}} if form.quiz else {})


def response_json(response: Response, habits: Habits) -> dict[str, Any]:
    """A response as responses.list gives it, without the form's id."""
    if response.shown is None:
        response.shown = _response(response, habits)
    return response.shown


def _response(response: Response, habits: Habits) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "responseId": response.id,
        "createTime": stamp(response.created, habits.created_digits),
        "lastSubmittedTime": stamp(response.submitted),
    }
    if response.email:
        shown["respondentEmail"] = response.email
    if response.grades is not None:
        shown |= {"totalScore": response.score} if response.score else {}
    grades = response.grades or {}
    if response.answers:
        shown["answers"] = {
            question: _answer(question, given, grades.get(question))
            for question, given in response.answers.items()
        }
    return shown


@lru_cache(maxsize=200_000)
def _answer(question: str, given: Given, grade: Grade | None) -> dict[str, Any]:
    """Shared by all who answered alike, so that thousands of responses stay small."""
    answer: dict[str, Any] = {"questionId": question}
    if isinstance(given[0], Upload):
        answer["fileUploadAnswers"] = {"answers": [_file(file) for file in given]}
    else:
        answer["textAnswers"] = {"answers": [{"value": value} for value in given]}
    if grade is not None:
        answer["grade"] = _grade(grade)
    return answer


def _file(file: Any) -> dict[str, str]:
    return {"fileId": file.file_id, "fileName": file.name, "mimeType": file.mime}


def _grade(grade: Grade) -> dict[str, Any]:
    scored = {"score": grade.score} if grade.score else {}
    return scored | ({"correct": True} if grade.correct else {})


def stamp(moment: dt.datetime, digits: int = 6) -> str:
    """RFC 3339 in UTC with 0, 3 or 6 digits of a second: as few as say it, at most so many."""
    utc = moment.astimezone(dt.UTC)
    fraction = f"{utc:%f}"[:digits]
    if not fraction.strip("0"):
        fraction = ""
    elif not fraction[3:].strip("0"):
        fraction = fraction[:3]
    return f"{utc:%Y-%m-%dT%H:%M:%S}{'.' + fraction if fraction else ''}Z"
