"""What the store says of the last run and of what waits."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from config.errors import WeaverError
from config.settings import Settings
from config.words import count, say
from connectors.store.store import Store
from connectors.watch import read_watch, watch_file
from pipeline.due import due
from pipeline.scheduler import remembered


def state_of(settings: Settings, now: dt.datetime) -> tuple[dict[str, Any], WeaverError | None]:
    """How the last run went, when the next is due, and what waits: `weaver status --json`.

    Moments are ISO 8601 in UTC; "next" is when a run or a look falls due, or the present moment
    where one is due already.

    Returns:
        What can be said; and why the store couldn't be read, where all that it knows is missing.
    """
    path = settings.path(settings.store)
    found: dict[str, Any] = {"coalition": settings.coalition.name}
    error = None
    try:
        found |= _remembered(path) if path.exists() else {"last_run": None}
    except WeaverError as refused:
        error = refused
    return found | _runs(settings, now), error


def _remembered(path: Path) -> dict[str, Any]:
    """What the store knows. Raises WeaverError where it can't be read."""
    with Store.to_read(path) as store:
        known = store.known()
    last = max(known.runs, key=lambda run: run.number, default=None)
    summary = json.loads(last.summary) if last else {}
    waiting = [message for message in known.messages if message.state == "waiting"]
    mail = Counter(message.state for message in known.messages)
    asked = [m for m in known.matters if m.status in ("open", "reopened")]
    return {
        "last_run": last.as_of.isoformat() if last else None,
        "run": last.number if last else 0,
        "to_decide": len(asked),
        "oldest_since": min((m.since.isoformat() for m in asked), default=None),
        "mail_waiting": [message.file for message in waiting],
        "mail_put_off": sorted({message.said for message in waiting if message.said}),
        "to_fix": len(summary.get("problems", [])),
        "members": summary.get("members", 0),
        "drafts": mail["draft"],
        "mail_failed": mail["failed"],
        "mail_unknown": mail["unknown"] + mail["sending"],
        "paused": sum(pause.resumed_on is None for pause in known.pauses),
    }


def _runs(settings: Settings, now: dt.datetime) -> dict[str, Any]:
    """What the watch and the schedule say; no store is needed for it."""
    store = settings.path(settings.store)
    watch = read_watch(watch_file(store))
    coming = due(remembered(store), settings, now)
    at = now.replace(microsecond=0) if coming.work else coming.next
    return {
        "last_began": _moment(watch.last_began),
        "last_ended": _moment(watch.last_ended),
        "last_exit": watch.last_exit,
        "failures": watch.failures,
        "failing_since": _moment(watch.first_failure) if watch.failures else None,
        "failed": watch.what,
        "next": at.astimezone(dt.UTC).isoformat() if at else None,
        "time_zone": settings.coalition.time_zone,
    }


def _moment(second: int | None) -> str | None:
    return None if second is None else dt.datetime.fromtimestamp(second, dt.UTC).isoformat()


def told(found: Mapping[str, Any]) -> str:
    """The same in a few lines."""
    if "last_run" not in found:
        lost = say("{name}: the store can't be read now, so what waits can't be said.",
                   name=found["coalition"])  # fmt: skip
        return "\n".join([lost, *_told_runs(found)])
    if not found["last_run"]:
        never = say("{name}: Weaver has never run here. `weaver run` does.",
                    name=found["coalition"])  # fmt: skip
        return "\n".join([never, *_told_runs(found)])
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
    return "\n".join([*lines, *_told_mail(found), *_told_runs(found)])


def _told_mail(found: Mapping[str, Any]) -> list[str]:
    told = {
        "drafts": count(found["drafts"], "{n} draft waits for a yes in Mail waiting",
                        "{n} drafts wait for a yes in Mail waiting"),
        "mail_failed": count(found["mail_failed"], "{n} mail was refused for good",
                             "{n} mails were refused for good"),
        "mail_unknown": count(found["mail_unknown"], "{n} mail may have arrived or not",
                              "{n} mails may have arrived or not"),
        "paused": count(found["paused"], "{n} address gets no mail", "{n} addresses get no mail"),
    }  # fmt: skip
    why = [say("not taken so far: {said}", said=said) for said in found["mail_put_off"]]
    return [f"  {text}" for text in (*why, *(told[name] for name in told if found[name]))]


def _told_runs(found: Mapping[str, Any]) -> list[str]:
    """The last run, the next one, and what failed."""
    zone, lines = ZoneInfo(found["time_zone"]), []
    if found["last_ended"]:
        how = say("well") if found["last_exit"] == 0 else say("with exit code {code}",
                                                              code=found["last_exit"])  # fmt: skip
        lines.append(
            say("last ended {when}, {how}", when=_told(found["last_ended"], zone), how=how)
        )
    if (found["last_began"] or "") > (found["last_ended"] or ""):
        lines.append(say("began {when} and hasn't ended: it is at work, or was ended from outside",
                         when=_told(found["last_began"], zone)))  # fmt: skip
    if found["failures"]:
        lines.append(count(found["failures"], "{n} failure since {since}: {what}",
                           "{n} failures in a row since {since}: {what}",
                           since=_told(found["failing_since"], zone),
                           what=found["failed"]))  # fmt: skip
    if found["next"]:
        lines.append(say("next due {when}, if something wakes it then",
                         when=_told(found["next"], zone)))  # fmt: skip
    return [f"  {line}" for line in lines]


def _told(moment: str, zone: ZoneInfo) -> str:
    """The moment on the coalition's clocks."""
    return f"{dt.datetime.fromisoformat(moment).astimezone(zone):%Y-%m-%d, %H:%M}"
