"""The rules' examples in words that a coordinator understands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from config.tables import SIGNONS
from pipeline.rules.evidence import AGREES
from pipeline.rules.examples import Example

_SPECIAL = re.compile(r"([\\`*_<>\[\]#|~])")
_FACTS = {
    ("repeat", "True"): "the organisation has signed before",
    ("repeat", "False"): "the organisation hasn't signed before",
    ("trusted", "True"): "sent by a signatory whom we know",
    ("returns", "True"): "the organisation had withdrawn",
    ("stranger", "True"): "nobody known signs for an organisation that has signed another text",
    ("stranger", "False"): "it has signed nothing else, or somebody known sent it",
    ("confirms", "True"): "it agrees to a newer version than before",
    ("late", "late"): "sent after the day asked for",
    ("late", "closed"): "sent after the closing",
    ("late", ""): "sent in time",
    ("drift", ""): "the form showed the adopted text",
    ("by_hand", "True"): "typed in by a coordinator",
    ("by_hand", "False"): "sent by the form",
    ("time_problem", "missing"): "*Timestamp*: left blank",
    ("time_problem", "unreadable"): "*Timestamp*: can't be read",
    ("time_problem", "ambiguous"): "*Timestamp*: day and month can't be told apart",
}
"""What isn't an answer, in words."""


def example_words(example: Example, severity: str) -> str:
    """An example as Markdown: `*Size*: 3 → asked`."""
    settings = "; ".join(f"{name} = {text}" for name, text in example.set_as.items())
    said = ", then ".join(_form(form, example.many) for form in example.told)
    many = f"{example.many} forms: " if example.many > 1 else ""
    where = f"`{settings}`: " if settings else ""
    return f"{where}{many}{said} → {_comes_of_it(example, severity)}"


def _form(told: dict[str, str], many: int) -> str:
    return "; ".join(part for name, text in told.items() for part in _answer(name, text, many))


def _answer(name: str, text: str, many: int) -> Iterator[str]:
    if name == "repeat_key" or (name == "received" and not text):
        return
    if fact := _FACTS.get((name, text)):
        yield fact
        return
    first, last = (text.replace("#", str(number)) for number in (1, many))
    answer = _shown(first) if first == last else f"{_shown(first)} … {_shown(last)}"
    yield f"*{_question(name)}*: {answer}"


def _question(name: str) -> str:
    if name == "drift":
        return "The form showed"
    if name == "received":
        return SIGNONS.column("timestamp").title
    if name.startswith(AGREES):
        return f"Principle “{name.removeprefix(AGREES + '_')}”"
    return SIGNONS.column(name).title


def _shown(text: str) -> str:
    """An answer so that Markdown leaves it alone."""
    shown = _SPECIAL.sub(r"\\\1", text.strip())
    return shown or ("nothing but blanks" if text else "left blank")


def _comes_of_it(example: Example, severity: str) -> str:
    if example.speaks:
        return {"hold": "asked", "note": "noted"}[severity]
    others = sorted(set().union(*example.codes))
    return f"passes (but see {', '.join(others)})" if others else "passes"
