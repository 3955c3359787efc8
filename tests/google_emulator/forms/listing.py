"""responses.list: the filter, the order and the pages."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import re
from collections.abc import Callable
from typing import Any

from tests.google_emulator.errors import GoogleError, invalid
from tests.google_emulator.forms.model import Form, Response
from tests.google_emulator.forms.showing import response_json

MOST = 5000
"""Responses in one page."""
_FILTER = re.compile(r"timestamp (>=?) (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z", re.ASCII)
Key = tuple[Any, ...]


def page_of(form: Form, size: str, token: str, condition: str) -> dict[str, Any]:
    """One page of the responses.

    Args:
        form: whose responses.
        size: pageSize as sent; "" or 0 for the most, more than that is cut down.
        token: pageToken of the page before; "" for the first page.
        condition: filter as sent.

    Raises:
        GoogleError: 400 for a filter, a size or a token that Google wouldn't take.
    """
    key = _order(form)
    chosen = sorted(filter(_wanted(form, condition), form.responses.values()), key=key)
    after = _opened(token, form, condition)
    if after is not None:
        chosen = [response for response in chosen if key(response) > after]
    many = _size(size)
    page, left = chosen[:many], chosen[many:]
    body: dict[str, Any] = {}
    if page:
        body["responses"] = [response_json(response, form.habits) for response in page]
    if left:
        body["nextPageToken"] = _sealed(form, condition, key(page[-1]))
    return body


def _size(text: str) -> int:
    try:
        size = int(text or 0)
    except ValueError as error:
        raise bad() from error
    if size < 0:
        raise bad()
    return min(size or MOST, MOST)


def _wanted(form: Form, condition: str) -> Callable[[Response], bool]:
    if not condition:
        return lambda response: True
    found = _FILTER.fullmatch(condition)
    if not found:
        raise bad()
    try:
        second = dt.datetime.fromisoformat(found[2] + "+00:00")
    except ValueError as error:
        raise bad() from error
    limit = _nanoseconds(second) + int((found[3] or "0").ljust(9, "0"))
    limit += 0 if found[1] == ">=" else 1
    first = form.habits.filter_on == "createTime"
    return lambda r: _nanoseconds(r.created if first else r.submitted) >= limit


def _nanoseconds(moment: dt.datetime) -> int:
    since = moment - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    return (since.days * 86400 + since.seconds) * 10**9 + since.microseconds * 1000


def _order(form: Form) -> Callable[[Response], Key]:
    """Newest first by when a response was first sent, so that an edit moves no page."""
    if form.habits.order == "shuffled":
        return lambda r: (hashlib.sha256((form.id + r.id).encode()).hexdigest(), r.number)
    sign = 1 if form.habits.order == "oldest" else -1
    return lambda r: (sign * _nanoseconds(r.created), sign * r.number)


def _sealed(form: Form, condition: str, last: Key) -> str:
    told = json.dumps([form.id, condition, form.habits.order, list(last)])
    return base64.urlsafe_b64encode(told.encode()).decode()


def _opened(token: str, form: Form, condition: str) -> Key | None:
    if not token:
        return None
    try:
        of, when, order, last = json.loads(base64.urlsafe_b64decode(token.encode()))
    except ValueError as error:
        raise bad() from error
    if (of, when, order) != (form.id, condition, form.habits.order):
        raise bad()
    return tuple(last)


def bad() -> GoogleError:
    """Google's refusal of a parameter that it doesn't understand."""
    return invalid("Request contains an invalid argument.")
