"""What the store says of the last run and of what waits."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from config.settings import Settings
from config.words import count, say
from connectors.store.store import Store


def state_of(settings: Settings) -> dict[str, Any]:
    """Last run, open matters, waiting mail and what is to fix, as `weaver status --json` prints it.

    Raises:
        WeaverError: the store can't be read.
    """
    path = settings.path(settings.store)
    if not path.exists():
        return {"coalition": settings.coalition.name, "last_run": None}
    with Store.open(path) as store:
        known = store.known()
    last = max(known.runs, key=lambda run: run.number, default=None)
    summary = json.loads(last.summary) if last else {}
    waiting = [message for message in known.messages if message.state == "waiting"]
    asked = [m for m in known.matters if m.status in ("open", "reopened")]
    return {
        "coalition": settings.coalition.name,
        "last_run": last.as_of.isoformat() if last else None,
        "run": last.number if last else 0,
        "to_decide": len(asked),
        "oldest_since": min((m.since.isoformat() for m in asked), default=None),
        "mail_waiting": [message.file for message in waiting],
        "to_fix": len(summary.get("problems", [])),
        "members": summary.get("members", 0),
    }


def told(found: Mapping[str, Any]) -> str:
    """The same in a few lines."""
    if not found["last_run"]:
        return say("{name}: Weaver has never run here. `weaver run` does.", name=found["coalition"])
    lines = [
        say("{name}: last run for {day} (run {n})", name=found["coalition"],
            day=found["last_run"], n=found["run"]),
        "  " + count(found["members"], "{n} organisation is a member",
                     "{n} organisations are members"),
        "  " + count(found["to_decide"], "{n} matter waits in To decide",
                     "{n} matters wait in To decide")
        + (say(", the oldest since {day}", day=found["oldest_since"])
           if found["oldest_since"] else ""),
        "  " + count(found["to_fix"], "{n} thing to fix", "{n} things to fix"),
        "  " + count(len(found["mail_waiting"]), "{n} mail waits", "{n} mails wait"),
    ]  # fmt: skip
    return "\n".join(lines)
