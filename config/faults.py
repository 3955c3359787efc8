"""Turns pydantic's errors into sentences with a dotted path and the nearest right name."""

from __future__ import annotations

from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from config.text import nearest


def sentences(error: ValidationError, model: type[BaseModel]) -> list[str]:
    """One sentence per fault, sorted by path, such as `coalition.time_zne: ...`."""
    return [_sentence(fault, model) for fault in error.errors(include_url=False)]


def _sentence(fault: Any, model: type[BaseModel]) -> str:
    path = _dotted(fault["loc"])
    message = str(fault["msg"]).removeprefix("Value error, ")
    if fault["type"] == "extra_forbidden":
        names = _fields_at(model, fault["loc"][:-1])
        like = nearest(str(fault["loc"][-1]), names, cutoff=0.6)
        hint = f"did you mean {like}?" if like else f"known here: {', '.join(sorted(names))}"
        return f"{path}: there is no such setting; {hint}"
    if fault["type"] == "missing":
        return f"{path}: is missing; please add it"
    if fault["type"] == "literal_error":
        like = nearest(str(fault["input"]), _quoted(message), cutoff=0.5)
        hint = f"; did you mean '{like}'?" if like else ""
        return f"{path}: {message} (found {str(fault['input'])[:40]!r}){hint}"
    return f"{path}: {message}" if path else message


def _dotted(location: tuple[int | str, ...]) -> str:
    path = ""
    for part in location:
        path += f"[{part + 1}]" if isinstance(part, int) else f".{part}"
    return path.removeprefix(".")


def _fields_at(model: type[BaseModel], location: tuple[int | str, ...]) -> list[str]:
    """Names of the settings that are known where the fault lies."""
    here: type[BaseModel] = model
    for part in location:
        if isinstance(part, str) and part in here.model_fields:
            found = _model_in(here.model_fields[part].annotation)
            here = found or here
    return list(here.model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = (_model_in(argument) for argument in get_args(annotation))
    return next((found for found in inner if found), None)


def _quoted(message: str) -> list[str]:
    return message.split("'")[1::2]
