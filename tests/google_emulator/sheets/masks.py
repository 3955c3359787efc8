"""Field masks of requests, such as `userEnteredFormat(textFormat.bold,numberFormat),note`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.google_emulator.discovery import schema
from tests.google_emulator.errors import invalid

Tree = dict[str, "Tree"]
"""Names with what is meant below them; {} means all of it."""

STYLED = ("backgroundColor", "foregroundColor", "tabColor", "firstBandColor", "secondBandColor")
NONE_GIVEN = "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)"


def parse(text: str, message: str) -> Tree:
    """The tree of a mask for a named message of Sheets; `*` gives all of its fields.

    Raises Google's 400 for an empty mask, for names that the message doesn't have, and for names
    below a list.
    """
    if not text.strip():
        raise invalid(NONE_GIVEN)
    tree = read_mask(text)
    if "*" in tree:
        return {name: {} for name in schema("sheets", message)["properties"]}
    _demand_known(tree, message, "")
    return tree


def _demand_known(tree: Tree, message: str, path: str) -> None:
    fields = schema("sheets", message).get("properties", {})
    for name, below in tree.items():
        if name == "*":
            continue
        if name not in fields:
            raise invalid(f"Invalid field: {path}{name}")
        if below and "$ref" in fields[name]:
            _demand_known(below, fields[name]["$ref"], f"{path}{name}.")
        elif below and fields[name].get("type") != "object":
            raise invalid(f"Invalid field: {path}{name}.{next(iter(below))}")


def read_mask(text: str) -> Tree:
    """The mask's tree, whatever its names. Raises Google's 400 for unbalanced brackets."""
    tree: Tree = {}
    path: list[str] = []
    stack: list[list[str]] = []
    word = ""

    def close() -> None:
        nonlocal word
        if word.strip():
            _add(tree, [*path, *word.strip().replace("/", ".").split(".")])
        word = ""

    for letter in text:
        if letter == "(":
            stack.append(path)
            path = [*path, *word.strip().replace("/", ".").split(".")]
            word = ""
        elif letter in ",)":
            close()
            if letter == ")":
                if not stack:
                    raise invalid(f"Invalid field mask: {text}")
                path = stack.pop()
        else:
            word += letter
    close()
    if stack:
        raise invalid(f"Invalid field mask: {text}")
    return tree


def _add(tree: Tree, names: list[str]) -> None:
    for name in names[:-1]:
        tree = tree.setdefault(_camel(name), {})
    tree[_camel(names[-1])] = {}


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part[:1].upper() + part[1:] for part in rest)


def merge(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None, tree: Tree) -> dict:
    """The old data with what the mask names taken from the new; {} takes everything.

    What is named and not given goes away. A colour and its Style are the same thing.
    """
    if not tree or "*" in tree:
        return dict(new or {})
    merged = dict(old or {})
    given = new or {}
    for name, below in tree.items():
        for twin in _twins(name):
            merged.pop(twin, None)
        source = next((twin for twin in (name, *_twins(name)) if twin in given), name)
        if below and not isinstance(given.get(name), list):
            value = merge(merged.get(name), given.get(name), below)
            merged[name] = value
            if not value:
                del merged[name]
        elif source in given:
            merged.pop(name, None)
            merged[source] = given[source]
        else:
            merged.pop(name, None)
    return merged


def _twins(name: str) -> tuple[str, ...]:
    """backgroundColor for backgroundColorStyle, and the other way round."""
    plain = name.removesuffix("Style")
    if plain in STYLED:
        return (plain,) if name.endswith("Style") else (name + "Style",)
    return ()
