"""The pages and blocks of the documentation that the program writes itself."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from click.testing import CliRunner
from listpage import lists_page
from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from config.settings import Settings
from config.statement import Point, Version
from config.tables import TABLES, Column, Table
from pipeline.cli import weaver

COLUMNS = 78
"""Width of the help texts: what the program takes of a terminal of 80."""
NOT_SETTINGS = ("folder", "body")
"""Attributes of the models that nobody writes into a file."""
_FILLS = {
    "people": "people", "weaver": "Weaver", "form": "the form", "both": "people and Weaver",
}  # fmt: skip
_FILES = {
    "forms": "two people at most", "working": "the coordinators", "restricted": "very few",
}  # fmt: skip
_PLAIN = {
    "str": "text", "bool": "yes or no", "date": "a day", "datetime": "a moment", "Path": "a path",
    "int": "number",
}  # fmt: skip
_KINDS = {
    "text": "text", "name": "a name", "organisation": "an organisation", "email": "an address",
    "url": "a web address", "date": "a day", "time": "day and time", "count": "a whole number",
    "number": "a number", "yesno": "yes or no", "list": "one or several, parted by ;",
    "key": "Weaver's own name for it",
    "organisations": "one or several organisations, parted by ;",
}  # fmt: skip
_MADE = "This page is made by `python docs/check.py --write`; change the program, not the page."
_TABLES = (
    "Tabs and columns are found by their title, in any order. Where you call one differently, say "
    'so in the [settings](settings.md): `[tracker.tabs]` with `"Promises" = "Pledges"`, and '
    '`[tracker.columns.promises]` with `who = "Person"`; the names to use there stand in code '
    "style. Columns of your own are left alone; give them titles of their own, since of two "
    "columns with one title Weaver can't always tell which is yours, and then it stops."
)
_SETTINGS = (
    "It must have what is marked *must be given*; the rest has the default named here. A name that "
    "Weaver doesn't know is a fault, and all faults are told at once."
)
_STATEMENT = (
    "`statements/main/` holds one Markdown file per version. It begins with these facts between "
    "two lines of `+++`; the text of the statement follows."
)
_COLUMN_HEAD = "| Column | In settings | Filled in by | Holds | Meaning |\n|---|---|---|---|---|"
_SETTING_HEAD = "| Setting | Holds | Default | Meaning |\n|---|---|---|---|"


def pages() -> dict[str, Callable[[], str]]:
    """Path below the project's folder → what makes it."""
    return {
        "docs/rules.md": lambda: printed("rules --markdown"),
        "docs/metrics.md": lambda: printed("metrics --markdown"),
        "docs/tables.md": tables_page,
        "docs/settings.md": settings_page,
        "docs/lists.md": lambda: lists_page(_MADE),
    }


def printed(words: str) -> str:
    """What `weaver` prints when it is called with those words."""
    done = CliRunner().invoke(
        weaver, words.split(), prog_name="weaver", terminal_width=COLUMNS, catch_exceptions=False
    )
    if done.exit_code:
        raise ValueError(f"`weaver {words}` ends with {done.exit_code}: {done.output}")
    return done.stdout


def tables_page() -> str:
    """docs/tables.md"""
    parts = [
        "# Tabs and columns",
        _MADE,
        _TABLES,
    ]
    for title, picked in (
        ("From the first day", [table for table in TABLES if table.day_one]),
        ("When they are needed", [table for table in TABLES if not table.day_one]),
    ):
        parts.append(f"## {title}")
        parts += [text for table in picked for text in _table(table)]
    return "\n\n".join(parts) + "\n"


def settings_page() -> str:
    """docs/settings.md"""
    parts = [
        "# Settings",
        _MADE,
        "## `weaver.toml`",
        _SETTINGS,
        *_section("", Settings),
        "## A version of the statement",
        _STATEMENT,
        *_section("", Version, Point),
    ]
    return "\n\n".join(parts) + "\n"


def undocumented() -> list[str]:
    """Settings whose docstring does not say what they mean."""
    missing = []
    for model in (*_models(Settings), *_models(Version)):
        known = _meanings(model)
        missing += [
            f"{model.__name__}.{name}" for name in model.model_fields
            if name not in known and name not in NOT_SETTINGS
        ]  # fmt: skip
    return missing


def _table(table: Table) -> Iterator[str]:
    yield f"### {table.title}"
    yield (
        f"{table.about} Filled in by {_FILLS[table.who]}. To be opened by {_FILES[table.file]}. "
        f"In settings: `{table.name}`."
    )
    rows = "\n".join(_column(column) for column in table.columns)
    yield f"{_COLUMN_HEAD}\n{rows}"


def _column(column: Column) -> str:
    holds = ", ".join(column.choices) or _KINDS[column.kind]
    needed = " *Needed.*" if column.required else ""
    cells = (column.title, f"`{column.name}`", _FILLS[column.who], holds, column.help + needed)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _section(path: str, *models: type[BaseModel]) -> Iterator[str]:
    """A table per model, the ones that it holds after it."""
    for model in models:
        for prefix, each in _sections(path, model):
            yield f"### {_heading(prefix, each)}"
            yield _summary(each)
            rows = "\n".join(_setting(each, name) for name in _plain_fields(each))
            if rows:
                yield f"{_SETTING_HEAD}\n{rows}"


def _heading(prefix: str, model: type[BaseModel]) -> str:
    if prefix:
        return f"`{prefix}`"
    return {"Settings": "At the top", "Version": "The facts"}.get(
        model.__name__, "`[[principles]]` and `[[policies]]`"
    )


def _sections(path: str, model: type[BaseModel]) -> Iterator[tuple[str, type[BaseModel]]]:
    yield path, model
    for name, field in model.model_fields.items():
        inner = _model_in(field.annotation)
        if inner is not None and inner is not Point:
            many = get_origin(field.annotation) is tuple
            entry = ".CODE" if get_origin(field.annotation) is dict else ""
            yield from _sections(f"[[{name}]]" if many else f"[{name}{entry}]", inner)


def _models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    yield model
    for field in model.model_fields.values():
        inner = _model_in(field.annotation)
        if inner is not None:
            yield from _models(inner)


def _plain_fields(model: type[BaseModel]) -> list[str]:
    return [
        name for name, field in model.model_fields.items()
        if name not in NOT_SETTINGS and _model_in(field.annotation) is None
    ]  # fmt: skip


def _setting(model: type[BaseModel], name: str) -> str:
    field = model.model_fields[name]
    meaning = _meanings(model).get(name, "")
    default = "*must be given*" if field.is_required() else _shown(field.default)
    cells = (f"`{name}`", _holds(field.annotation), default, meaning)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _shown(value: Any) -> str:
    if value is None or value is PydanticUndefined:
        return "none"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, str):
        return f'`"{value}"`' if value else "none"
    return "none" if not value else f"`{value}`"


def _holds(kind: Any) -> str:
    """What a setting holds, in words."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _holds(inner[0])
    if origin is Literal:
        return " or ".join(f'`"{word}"`' for word in inner)
    if origin in (Union, UnionType):
        return " or ".join(dict.fromkeys(_holds(one) for one in inner if one is not NoneType))
    if origin is tuple:
        return f"list of {_holds(inner[0])}"
    if origin is dict:
        held = _holds(inner[1])
        return f"name.{held}" if held.startswith("name") else f"name = {held}"
    return _PLAIN[kind.__name__]


def _model_in(kind: Any) -> type[BaseModel] | None:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return kind
    return next(filter(None, map(_model_in, get_args(kind))), None)


def _summary(model: type[BaseModel]) -> str:
    return (inspect.getdoc(model) or "").partition("\n")[0]


def _meanings(model: type[BaseModel]) -> dict[str, str]:
    """Setting → what it means, from the docstring's Attributes."""
    listed = (inspect.getdoc(model) or "").partition("Attributes:\n")[2]
    whole = re.sub(r"\n {8,}", " ", listed)
    pairs = re.findall(r"^ {4}([\w, ]+): (.+)$", whole, re.MULTILINE)
    return {name: meaning for names, meaning in pairs for name in names.split(", ")}
