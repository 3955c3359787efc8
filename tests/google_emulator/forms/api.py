"""Handlers of the Forms API, by the method's id in Google's discovery document."""

from __future__ import annotations

from typing import Any

from tests.google_emulator.errors import NotEmulated, invalid, not_found
from tests.google_emulator.forms import linked
from tests.google_emulator.forms.changing import apply_requests
from tests.google_emulator.forms.listing import page_of
from tests.google_emulator.forms.model import MIME, Form
from tests.google_emulator.forms.showing import form_json, publish_json, response_json
from tests.google_emulator.world import Call, World

NEEDED = "writer"
"""A form has editors, who see everything, and responders, who see nothing of this."""
ONLY_TITLE = (
    "Only info.title can be set when creating a form. "
    "To add items and change settings, use batchUpdate."
)


def _form(world: World, call: Call) -> Form:
    form = world.forms.get(call.path["formId"])
    if form is None:
        raise not_found()
    world.demand(call.principal, form.id, NEEDED)
    return form


def get(world: World, call: Call) -> dict[str, Any]:
    """forms.get"""
    return form_json(_form(world, call))


def create(world: World, call: Call) -> dict[str, Any]:
    """forms.create: title and file name only; not published unless that is asked for."""
    info = call.body.get("info", {})
    if set(call.body) - {"info"} or set(info) - {"title", "documentTitle"}:
        raise invalid(ONLY_TITLE)
    if not info.get("title"):
        raise invalid("Request contains an invalid argument.")
    form = Form(world.fresh_id(), info["title"], info.get("documentTitle", "Untitled form"))
    form.collects = "DO_NOT_COLLECT"
    form.published = form.accepting = bool(call.one("unpublished")) and not call.flag("unpublished")
    world.forms[form.id] = form
    world.add_file(form.id, form.document_title, MIME, call.principal)
    form.changed(world.random)
    return form_json(form)


def batch_update(world: World, call: Call) -> dict[str, Any]:
    """forms.batchUpdate: all of it or nothing."""
    form = _form(world, call)
    control = call.body.get("writeControl", {})
    for name in ("requiredRevisionId", "targetRevisionId"):
        if control.get(name, form.revision) != form.revision:
            if name == "targetRevisionId":
                raise NotEmulated("changes that are merged into a later revision")
            raise invalid(
                f"The required revision ID '{control[name]}' does not match the latest revision."
            )
    replies = apply_requests(world, form, call.body.get("requests", []))
    linked.follow(world, form)
    world.touch(form.id)
    body: dict[str, Any] = {
        "replies": replies,
        "writeControl": {"requiredRevisionId": form.revision},
    }
    if call.body.get("includeFormInResponse"):
        body["form"] = form_json(form)
    return body


def set_publish_settings(world: World, call: Call) -> dict[str, Any]:
    """forms.setPublishSettings"""
    form = _form(world, call)
    if form.published is None:
        raise invalid("This form does not support publish settings.")
    if call.body.get("updateMask", "*") not in ("*", "publish_state", "publishState"):
        raise invalid("Request contains an invalid argument.")
    state = call.body.get("publishSettings", {}).get("publishState", {})
    published = bool(state.get("isPublished"))
    accepting = bool(state.get("isAcceptingResponses"))
    if accepting and not published:
        raise invalid("An unpublished form cannot accept responses.")
    form.published, form.accepting = published, accepting
    world.touch(form.id)
    return {"formId": form.id, "publishSettings": publish_json(form)}


def list_responses(world: World, call: Call) -> dict[str, Any]:
    """forms.responses.list"""
    form = _form(world, call)
    return page_of(form, call.one("pageSize"), call.one("pageToken"), call.one("filter"))


def get_response(world: World, call: Call) -> dict[str, Any]:
    """forms.responses.get"""
    form = _form(world, call)
    response = form.responses.get(call.path["responseId"])
    if response is None:
        raise not_found()
    return {"formId": form.id, **response_json(response, form.habits)}


def watch(world: World, call: Call) -> dict[str, Any]:
    """forms.watches.*: Weaver asks, it isn't told."""
    raise NotEmulated(call.method)


HANDLERS = {
    "forms.forms.get": get,
    "forms.forms.create": create,
    "forms.forms.batchUpdate": batch_update,
    "forms.forms.setPublishSettings": set_publish_settings,
    "forms.forms.responses.list": list_responses,
    "forms.forms.responses.get": get_response,
    **{f"forms.forms.watches.{deed}": watch for deed in ("create", "delete", "list", "renew")},
}
