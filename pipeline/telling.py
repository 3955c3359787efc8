"""A run's summary in plain lines, for a terminal or a log. Imports next to nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from config.words import count, say

SHOWN_PROBLEMS = 10
SHOWN_WARNINGS = 4
STANDINGS = ("member", "pending", "reaffirm", "lapsed", "withdrawn", "suspended", "removed",
             "declined", "none")  # fmt: skip
_LETTER = "letter "
_LEFT = {
    "withdrawn": "withdrawn", "suspended": "suspended", "removed": "removed", "lapsed": "lapsed",
    "in_question": "in question again",
}  # fmt: skip
_OUTCOMES = {
    "accepted": "accepted", "hold": "on hold", "declined": "not accepted",
    "withdrawn": "withdrawn", "superseded": "replaced by a newer form", "test": "test",
}  # fmt: skip


def told(summary: Mapping[str, Any]) -> str:
    """What was read, decided, counted and written."""
    signons, organisations = summary["signons"], summary["organisations"]
    outcomes = _listed({say(word): signons[name] for name, word in _OUTCOMES.items()})
    standings = _listed({name: organisations[name] for name in STANDINGS if name in organisations})
    shown = [m for m in summary["metrics"] if m.get("reported", True)]
    counted = [m for m in shown if m["value"] is not None]
    inside = organisations["member"] + organisations.get("reaffirm", 0)
    others = inside - summary["members"]
    lines = [
        say("As of {day}", day=summary["as_of"]) + _manner(summary),
        _line("read", count(signons["received"], "{n} sign-on", "{n} sign-ons") + f": {outcomes}"),
        _line("standing", standings),
        _line("members", count(summary["members"], "{n} organisation", "{n} organisations")
              + (say(" ({m} more as funder, observer or signatory only)", m=others)
                 if others else "")
              + say("; {m} on the public list", m=summary["listed"])),
        *_figures(summary["figures"]),
        _line("to decide", count(summary["to_decide"], "{n} matter", "{n} matters")),
        _line("counted", say("{n} numbers, {m} without data", n=len(counted),
                             m=len(shown) - len(counted))),
        _line("written", count(summary["cells_written"], "{n} cell", "{n} cells")),
        _line("mail", _mail(summary["mail"])),
    ]  # fmt: skip
    return "\n".join([*lines, *_problems(summary), *_warnings(summary)])


def _figures(figures: Mapping[str, Mapping[str, int]]) -> list[str]:
    """Gross, withdrawn and net, apart; then the letters."""
    all_of, of_which = figures["organisations"], figures["of_which"]
    left = _listed({say(_LEFT[name]): all_of[name] for name in _LEFT})
    text = say("{gross} ever, {net} now", gross=all_of["gross"], net=all_of["net"])
    text += f" ({left})" if left else ""
    if of_which["chapters"]:
        text += "; " + count(of_which["chapters"], "{n} is a chapter", "{n} are chapters")
        text += count(of_which["parents"], " of {n} parent", " of {n} parents")
    people = figures["individuals"]
    lines = [_line("gross, net", text)]
    if people["gross"]:
        lines.append(_line("people", say("{gross} ever, {net} now", **people)))
    for name, counts in figures.items():
        if name.startswith(_LETTER):
            lines.append(
                _line(
                    "letter",
                    say(
                        "{name}: {signed} signed, {gross} ever, "
                        "{withdrawn} withdrawn, {individuals} people",
                        name=name.removeprefix(_LETTER),
                        **counts,
                    ),
                )
            )
    return lines  # fmt: skip


def _manner(summary: Mapping[str, Any]) -> str:
    if summary.get("dry_run"):
        return " " + say("(nothing was written: a trial run)")
    return " " + say("(nothing is new)") if summary.get("idle") else ""


def _mail(mail: Mapping[str, int]) -> str:
    """What became of letters. Older summaries know of no drafts."""
    put, parts = mail["sent"], []
    if put:
        parts.append(count(put, "{n} letter handed over", "{n} letters handed over"))
    parts += [say("{n} waiting", n=mail["waiting"])] * (mail["waiting"] > 0)
    parts += [say("{n} not delivered", n=mail["failed"])] * (mail["failed"] > 0)
    if drafts := mail.get("drafts", 0):
        parts.append(count(drafts, "{n} waits for your yes: see Mail waiting",
                           "{n} wait for your yes: see Mail waiting"))  # fmt: skip
    return ", ".join(parts) or say("nothing due")


def _line(title: str, text: str) -> str:
    return f"  {title:<10} {text}"


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{number} {name}" for name, number in counts.items() if number)


def _problems(summary: Mapping[str, Any]) -> list[str]:
    found = summary["problems"]
    if not found:
        return []
    lines = [_line("to fix", say("{n} (the tab To fix has them all)", n=len(found)))]
    for problem in found[:SHOWN_PROBLEMS]:
        place = problem["tab"]
        place += f", row {problem['row']}" if problem["row"] else ""
        place += f", {problem['column']}" if problem["column"] else ""
        lines.append(f"             {place}: {problem['problem']}")
    if len(found) > SHOWN_PROBLEMS:
        lines.append("             …")
    return lines


def _warnings(summary: Mapping[str, Any]) -> list[str]:
    """The first few; a form that asks little leaves many rules aside."""
    texts = summary["warnings"]
    lines = [_line("note", text) for text in texts[:SHOWN_WARNINGS]]
    more = len(texts) - SHOWN_WARNINGS
    return lines + [_line("", say("… and {n} more (see --json)", n=more))] * (more > 0)
