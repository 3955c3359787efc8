"""Templates into pages. What came from outside is made harmless before and escaped within."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import TypeVar

import css_inline
import jinja2
from markupsafe import Markup, escape

from config.signs import CLOSE, OPEN, UNSEEN
from config.text import shorten
from config.words import say

LANGUAGE = "en"
NAME_LIMIT, TEXT_LIMIT = 90, 600
_ISOLATED = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")
_MARKS_IN_A_ROW = 3
_Facts = TypeVar("_Facts")


def tidy(text: str, limit: int = TEXT_LIMIT) -> str:
    """One line without control signs, signs that turn or hide what is read, or piled accents."""
    if text.isascii() and text.isprintable():
        return shorten(text, limit)
    line = "".join(" " if c.isspace() or c in "\0\x7f" else c for c in text).translate(UNSEEN)
    kept: list[str] = []
    marks = 0
    for sign in line:
        category = unicodedata.category(sign)
        marks = marks + 1 if category.startswith("M") else 0
        if category not in {"Cc", "Cs"} and marks <= _MARKS_IN_A_ROW:
            kept.append(sign)
    return shorten("".join(kept), limit)


def name(text: str) -> str:
    """A name set apart from the sentence around it."""
    return f"{OPEN}{tidy(text, NAME_LIMIT)}{CLOSE}"


def harmless(facts: _Facts) -> _Facts:
    """The facts with every text in them tidied, however deep it lies."""
    return _harmless(facts)  # type: ignore[return-value]


def _harmless(value: object) -> object:
    if isinstance(value, str):
        return tidy(value)
    if isinstance(value, tuple):
        return tuple(_harmless(part) for part in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = (field.name for field in dataclasses.fields(value))
        return dataclasses.replace(value, **{n: _harmless(getattr(value, n)) for n in names})
    return value


def as_html(template: str, **values: object) -> str:
    """The page of that template, its style sheet written into the elements.

    Raises:
        jinja2.UndefinedError: the template names a value that was not given.
    """
    page = _html_templates().get_template(template).render(values)
    return _inliner().inline(page)


def as_text(template: str, **values: object) -> str:
    """The plain text of that template."""
    return _text_templates().get_template(template).render(values)


def _for_html(value: object) -> object:
    """Escape a text and put its names into <bdi>; everything that a template shows comes here."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return escape(value).replace(OPEN, Markup("<bdi>")).replace(CLOSE, Markup("</bdi>"))


def _for_text(value: object) -> object:
    """Keep the signs around a name only where it is written from right to left."""
    return _ISOLATED.sub(_bare_unless_turning, value) if isinstance(value, str) else value


def _bare_unless_turning(match: re.Match[str]) -> str:
    turning = any(unicodedata.bidirectional(sign) in {"R", "AL"} for sign in match[1])
    return match[0] if turning else match[1]


@cache
def _html_templates() -> jinja2.Environment:
    templates = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=jinja2.select_autoescape(["html"]),
        undefined=jinja2.StrictUndefined,
        finalize=_for_html,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.globals.update(say=say, language=LANGUAGE)
    return templates


@cache
def _text_templates() -> jinja2.Environment:
    return _html_templates().overlay(finalize=_for_text, keep_trailing_newline=True)


@cache
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=False)
