"""forms.batchUpdate: every request is tried on a copy, which becomes the form if all went well."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tests.google_emulator.errors import GoogleError, NotEmulated, invalid
from tests.google_emulator.forms.masks import masked, paths
from tests.google_emulator.forms.model import Form, with_ids
from tests.google_emulator.forms.questions import KINDS, Item, questions_of
from tests.google_emulator.world import World

Request = Mapping[str, Any]
CHANGEABLE = (
    "items", "title", "description", "collects", "quiz",
)  # fmt: skip


def apply_requests(world: World, form: Form, requests: Sequence[Request]) -> list[dict[str, Any]]:
    """Change the form by all requests or by none; the replies, one for each.

    Raises:
        GoogleError: 400 in Google's words.
        NotEmulated: a kind of request that this emulator doesn't know.
    """
    if not requests:
        raise invalid("Must specify at least one request.")
    draft = copy.copy(form)
    draft.items = copy.deepcopy(form.items)
    replies = [_reply(world.random, draft, at, request) for at, request in enumerate(requests)]
    for name in CHANGEABLE:
        setattr(form, name, getattr(draft, name))
    form.changed(world.random)
    return replies


def _reply(rng: random.Random, form: Form, at: int, request: Request) -> dict[str, Any]:
    if len(request) != 1:
        raise invalid(f"Invalid requests[{at}]: exactly one kind of request must be set.")
    ((kind, body),) = request.items()
    if kind not in _KNOWN:
        raise NotEmulated(f"forms.batchUpdate {kind}")
    try:
        return _KNOWN[kind](rng, form, body)
    except GoogleError as error:
        raise invalid(f"Invalid requests[{at}].{kind}: {error.message}") from error


def _create(rng: random.Random, form: Form, body: Request) -> dict[str, Any]:
    item = with_ids(rng, form, body.get("item", {}))
    _check(item)
    taken = _ids(form.items)
    if taken & _ids([item]):
        raise invalid("The ID is already used in the form.")
    form.items.insert(_index(body, "location", len(form.items)), item)
    asked = [question["questionId"] for question in questions_of(item)]
    reply: dict[str, Any] = {"itemId": item["itemId"]}
    return {"createItem": reply | ({"questionId": asked} if asked else {})}


def _delete(_: random.Random, form: Form, body: Request) -> dict[str, Any]:
    del form.items[_index(body, "location", len(form.items) - 1)]
    return {}


def _move(_: random.Random, form: Form, body: Request) -> dict[str, Any]:
    last = len(form.items) - 1
    old, new = _index(body, "originalLocation", last), _index(body, "newLocation", last)
    form.items.insert(new, form.items.pop(old))
    return {}


def _update(rng: random.Random, form: Form, body: Request) -> dict[str, Any]:
    """Ids that are in the mask but not in the item become new ones: answers lose their question."""
    at = _index(body, "location", len(form.items) - 1)
    old, given = form.items[at], body.get("item", {})
    wanted = _mask(body)
    new = copy.deepcopy(dict(given)) if wanted == ["*"] else masked(old, given, wanted)
    new = with_ids(rng, form, new)
    _check(new, created=not _uploads(old))
    if _ids([new]) & _ids([item for item in form.items if item is not old]):
        raise invalid("The ID is already used in the form.")
    form.items[at] = new
    return {}


def _info(_: random.Random, form: Form, body: Request) -> dict[str, Any]:
    info = {"title": form.title, "description": form.description}
    wanted = ["title", "description"] if _mask(body) == ["*"] else _mask(body)
    if set(wanted) - set(info):
        raise invalid("Request contains an invalid argument.")
    new = masked(info, body.get("info", {}), wanted)
    form.title, form.description = new.get("title", ""), new.get("description", "")
    return {}


def _settings(_: random.Random, form: Form, body: Request) -> dict[str, Any]:
    settings = {"emailCollectionType": form.collects, "quizSettings": {"isQuiz": form.quiz}}
    wanted = list(settings) if _mask(body) == ["*"] else _mask(body)
    new = masked(settings, body.get("settings", {}), wanted)
    form.collects = new.get("emailCollectionType", form.collects)
    form.quiz = bool(new.get("quizSettings", {}).get("isQuiz"))
    return {}


_KNOWN: dict[str, Callable[[random.Random, Form, Request], dict[str, Any]]] = {
    "createItem": _create,
    "deleteItem": _delete,
    "moveItem": _move,
    "updateItem": _update,
    "updateFormInfo": _info,
    "updateSettings": _settings,
}


def _mask(body: Request) -> list[str]:
    found = paths(body.get("updateMask", ""))
    if not found:
        raise invalid("update_mask is required.")
    return found


def _index(body: Request, name: str, last: int) -> int:
    if name not in body:
        raise invalid(f"{name} is required.")
    index: int = body[name].get("index", 0)
    if not 0 <= index <= last:
        raise invalid(f"{name}.index must be in the range [0..{last}].")
    return index


def _check(item: Item, created: bool = True) -> None:
    """What the API refuses in an item that the schema lets pass."""
    if sum(kind in item for kind in KINDS) != 1:
        raise invalid("Item must have exactly one kind.")
    if "\n" in item.get("title", ""):
        raise invalid("Displayed text cannot contain newlines")
    if created and _uploads(item):
        raise invalid("Creating file upload questions is not supported.")
    choices = [question.get("choiceQuestion") for question in questions_of(item)]
    choices.append(item.get("questionGroupItem", {}).get("grid", {}).get("columns"))
    for asked in filter(None, choices):
        options = [option.get("value", "") for option in asked.get("options", [])]
        if not options or len(set(options)) < len(options):
            raise invalid("Choice questions need options, each of them once.")


def _uploads(item: Item) -> bool:
    return any("fileUploadQuestion" in question for question in questions_of(item))


def _ids(items: Sequence[Item]) -> set[str]:
    asked = {question["questionId"] for item in items for question in questions_of(item)}
    return asked | {item["itemId"] for item in items}
