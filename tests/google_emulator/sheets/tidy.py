"""Google-shaped data as Google sends it: defaults left out, colours in 256 steps, twice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

OFF = {
    "warningOnly",
    "strict",
    "showCustomUi",
    "hidden",
    "rightToLeft",
    "hideGridlines",
    "rowGroupControlAfter",
    "columnGroupControlAfter",
    "requestingUserCanEdit",
    "hiddenByUser",
    "hiddenByFilter",
    "collapsed",
    "domainUsersCanEdit",
    "frozenRowCount",
    "frozenColumnCount",
    "newSheet",
}
"""Fields that are left out while they are false or zero; others say so."""

LIGHT = ("red", "green", "blue")


def tidy(thing: Any) -> Any:
    """A copy without defaults, with each colour next to its Style."""
    if isinstance(thing, list | tuple):
        return [tidy(item) for item in thing]
    if not isinstance(thing, Mapping):
        return thing
    new = {name: tidy(value) for name, value in thing.items() if _said(thing, name, value)}
    return _coloured(new)


def _said(thing: Mapping[str, Any], name: str, value: Any) -> bool:
    if value is None or value == []:
        return False
    if name == "sheetId" and value == 0:
        return "title" in thing
    if name in LIGHT and value == 0:
        return False
    return not (name in OFF and not value)


def _coloured(new: dict[str, Any]) -> dict[str, Any]:
    for name in LIGHT:
        if name in new:
            new[name] = _step(new[name])
    for name, value in list(new.items()):
        if name.endswith("ColorStyle") and isinstance(value, dict) and "rgbColor" in value:
            new.setdefault(name.removesuffix("Style"), value["rgbColor"])
        elif name.endswith("Color") and name != "rgbColor" and isinstance(value, dict):
            new.setdefault(name + "Style", {"rgbColor": value})
    return new


def _step(light: float) -> float:
    step = round(light * 255)
    return 1 if step == 255 else float(f"{step / 255:.7g}")
