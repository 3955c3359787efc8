"""Field masks of update requests: only what is named is changed."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping, Sequence
from typing import Any


def paths(mask: str) -> list[str]:
    """The paths of a mask, in camelCase however they were sent."""
    named = [path.strip() for path in mask.split(",")]
    return [re.sub(r"_([a-z])", lambda m: m[1].upper(), path) for path in named if path]


def masked(old: Mapping[str, Any], given: Mapping[str, Any], wanted: Sequence[str]) -> Any:
    """A copy of the old message with the named fields as given; a field not given is cleared."""
    new = copy.deepcopy(dict(old))
    for path in wanted:
        _take(new, given, path.split("."))
    return new


def _take(new: dict[str, Any], given: Mapping[str, Any], path: Sequence[str]) -> None:
    name, *rest = path
    if rest:
        below = new.setdefault(name, {})
        _take(below, given.get(name, {}), rest)
    elif name in given:
        new[name] = copy.deepcopy(given[name])
    else:
        new.pop(name, None)
