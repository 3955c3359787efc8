"""What a run says of itself: the object that `run --json` prints, and the row of the log."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from config.raw import Scalar
from config.records import Known, Message
from config.words import count, say
from pipeline.metrics.registry import BY_CODE
from pipeline.model import Result
from pipeline.numberrows import aim_to
from pipeline.outbox import Posted
from pipeline.outgoing import Outgoing
from pipeline.tally import individuals, tally
from pipeline.telling import STANDINGS

NO_MAIL, NOT_POSTED = Outgoing(), Posted()
OUTCOMES = ("accepted", "hold", "declined", "withdrawn", "superseded", "test")


def summary_of(
    result: Result,
    known: Known,
    written: int,
    out: Outgoing = NO_MAIL,
    posted: Posted = NOT_POSTED,
    dry: bool = False,
) -> dict[str, Any]:
    """The fields of `weaver run --json`. Holds no cell that a person typed."""
    outcomes = Counter(result.forms["outcome"])
    standings = Counter(result.organisations["standing"])
    return {
        "run_id": f"{result.today.isoformat()}-{len(known.runs) + 1}",
        "as_of": result.today.isoformat(),
        "signons": {"received": len(result.forms)} | {name: outcomes[name] for name in OUTCOMES},
        "organisations": {name: standings[name] for name in STANDINGS},
        "members": len(result.facts.members(result.today)),
        "individuals": individuals(result.forms)["net"],
        "figures": tally(result),
        "tabs": _tabs_read(result),
        "to_decide": sum(matter.open for matter in result.matters),
        "listed": int(result.organisations["listed"].sum()),
        "metrics": _metrics(result),
        "requests": 0,
        "cells_written": written,
        "mail": _mail(out, posted),
        "problems": [
            {"tab": p.tab, "row": p.row or None, "column": p.column, "problem": p.problem}
            for p in result.problems
        ],
        "warnings": [*posted.failed, *_waits(posted), *_warnings(result)],
        "dry_run": dry,
    }


def _mail(out: Outgoing, posted: Posted) -> dict[str, int]:
    states = Counter(message.state for message in out.messages)
    return {
        "queued": len(out.fresh),
        "sent": len(posted.sent),
        "waiting": states["waiting"] - len(posted.sent) - posted.ended,
        "drafts": states["draft"],
        "failed": len(posted.failed),
    }


def _waits(posted: Posted) -> list[str]:
    return [say("Mail waits: {why}.", why=posted.why)] if posted.why else []


def _metrics(result: Result) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for code, value in result.values.items():
        aim = aim_to(result, code)
        found.append(
            {
                "code": code,
                "title": BY_CODE[code].title,
                "value": value.value,
                "numerator": value.numerator,
                "denominator": value.denominator,
                "target": aim.target.goal if aim else None,
                "status": aim.status if aim else ("no data" if value.value is None else ""),
                "no_data_because": value.why,
                "reported": BY_CODE[code].reported,
            }
        )
    return found


def _warnings(result: Result) -> list[str]:
    by_reason: dict[str, list[str]] = defaultdict(list)
    for rule in result.not_applied:
        by_reason[rule.why].append(rule.code)
    return [
        say("Not applied: {codes}, because {why}.", codes=", ".join(codes), why=why)
        for why, codes in by_reason.items()
    ]


def read_in_words(result: Result) -> str:
    """What was read, in a line."""
    tabs = ", ".join(f"{result.typed[n].title} {rows}" for n, rows in _read(result).items())
    forms = count(len(result.forms), "{n} form", "{n} forms")
    return f"{forms}; {tabs}" if tabs else forms


def _tabs_read(result: Result) -> dict[str, int]:
    return {result.typed[name].table.title: rows for name, rows in _read(result).items()}


def _read(result: Result) -> dict[str, int]:
    """Table → rows that people typed or sent by a form; those that nobody began are left out."""
    return {name: t.rows for name, t in result.typed.items() if t.kept or t.rows}


def log_row(
    number: int, result: Result, cells: int, messages: Sequence[Message]
) -> tuple[Scalar, ...]:
    """The row of Weaver's log: number, day, what was read, what was changed."""
    changed = [count(cells, "{n} cell", "{n} cells")] if cells else []
    changed += [count(len(messages), "{n} mail", "{n} mails")] if messages else []
    return (number, result.today, read_in_words(result), ", ".join(changed))
