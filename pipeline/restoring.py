"""Looks at the store, copies it, and puts a copy back so that nobody is mailed twice."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from config.errors import BadData, NeedsPermission, WeaverError, WrongSettings
from config.records import Known, Ledger, Message
from config.settings import Settings
from config.words import count, say
from connectors.lock import run_lock
from connectors.store import STORE_VERSION
from connectors.store.copies import BACKUPS, Examined, copied, examined, private_folder
from connectors.store.store import Store
from connectors.tabcopies import copies
from pipeline.outbox import OPEN
from pipeline.runner import Order, coalition, mail_of, tracker_of

DAMAGED, MISFIT = 65, 78


@dataclass(frozen=True)
class Checked:
    """What was found: sentences, those of them that are faults, and the exit code."""

    said: tuple[str, ...]
    faults: tuple[str, ...]
    code: int

    @property
    def json(self) -> dict[str, Any]:
        """What `weaver state check --json` prints."""
        return {"found": list(self.said), "faults": list(self.faults), "exit": self.code}


def check(order: Order) -> Checked:
    """Whether the store is whole and belongs to the tracker. Changes nothing.

    Raises:
        WeaverError: the settings have faults, or the store may not be read.
    """
    settings, _ = coalition(order.config)
    path = settings.path(settings.store)
    if not path.exists():
        return Checked((say("There is no store yet; the first run makes it."),), (), 0)
    found = _look(path)
    damage, said = list(found.faults), []
    misfit = [] if damage else _misfit(found)
    if not damage and not misfit:
        said.append(say("Every page and every reference of the store is whole."))
    if found.version and not misfit:
        said.append(_schema(found.version))
        told, misfit = _compared(order, settings, found)
        said += told
    said.append(_newest(settings))
    faults = [say("The store is damaged: {fault}", fault=fault) for fault in damage] + misfit
    return Checked(tuple(said), tuple(faults), DAMAGED if damage else MISFIT if misfit else 0)


def backup(order: Order, file: Path | None) -> Path:
    """Copy the store, to the folder for copies where no file is named. Returns where to.

    Raises:
        WrongSettings: there is no store, or the file that stands there is none.
        BadData: the store is damaged; an earlier copy isn't written over with it.
        NeedsPermission: nothing may be written there.
        Temporary: the disk is full, or the like.
    """
    settings, _ = coalition(order.config)
    path = settings.path(settings.store)
    if not path.exists():
        raise WrongSettings(say("There is no store yet."), str(path), say("Run Weaver first."))
    if _look(path).faults:
        raise BadData(
            say("The store is damaged and was not copied."), str(path),
            say("Bring back a copy: weaver state restore FILE, with one of those in backups."),
        )  # fmt: skip
    if file is None:
        private_folder(settings.path(BACKUPS))
        name = f"{Path(settings.store).stem}-{order.now:%Y-%m-%d-%H%M}.db"
        file = settings.path(BACKUPS) / name
    elif file.exists() and not _look(file).version:
        raise WrongSettings(
            say("Another file stands there, and it is no store."), str(file), say("Name another.")
        )
    elif file.exists() and file.samefile(path):
        raise WrongSettings(say("That is the store itself."), str(file), say("Name another."))
    copied(path, file)
    return file


def fitting(order: Order, file: Path) -> Examined:
    """What the file holds, if it can be put in the store's place.

    Raises:
        WrongSettings: it is no store, a newer Weaver's, or another tracker's.
        BadData: it is damaged.
    """
    settings, _ = coalition(order.config)
    if not file.is_file():
        raise WrongSettings(say("There is no such file."), str(file), say("Name a copy."))
    found = _look(file)
    if found.faults:
        raise BadData(
            say("This copy is damaged."), str(file), say("Take another one; see backups.")
        )
    faults = _misfit(found)
    wanted = "" if faults else tracker_of(order).store_id
    if wanted and wanted != found.store_id:
        faults = [say("The copy belongs to another tracker than {results}.",
                      results=settings.results)]  # fmt: skip
    if faults:
        raise WrongSettings(faults[0], str(file), say("Take another copy; nothing was changed."))
    return found


def restore(order: Order, file: Path) -> dict[str, Any]:
    """Put the copy in the store's place; the present one is kept beside it.

    What the present store knows of mail that has left, was refused or was stopped, and of addresses
    that get none, holds on. Where it can't be read, all mail that would leave now is stopped, since
    it may have left already.

    Raises:
        WeaverError: as `fitting`, another run is at work, or what a run reads can't be read.
    """
    fitting(order, file)
    settings, _ = coalition(order.config)
    store = settings.path(settings.store)
    with run_lock(store, order.now.isoformat(timespec="minutes")):
        part = store.with_name(f"{store.name}.restoring")
        try:
            copied(file, part, at_rest=True)
            present = _present(store)
            with Store.open(part) as new:
                ledger = _held(new.known(), present)
                new.record(ledger)
                if present is None:
                    due = mail_of(order, f"{settings.store}.restoring")[0].messages
                    ledger = replace(ledger, messages=(*ledger.messages, *_stopped(due)))
                    new.record(Ledger(messages=_stopped(due)))
            kept = _swap(store, part)
        finally:
            for leftover in ("", "-wal", "-shm"):
                part.with_name(part.name + leftover).unlink(missing_ok=True)
    return {
        "restored": str(file), "kept": str(kept) if kept else None,
        "readable": present is not None, "mail": len({m.key for m in ledger.messages}),
        "pauses": len(ledger.pauses),
    }  # fmt: skip


def told(done: dict[str, Any]) -> str:
    """What a restore did, in a few lines."""
    lines = [say("{file} is the store now.", file=done["restored"])]
    if done["kept"]:
        lines.append(say("What stood there before is kept as {file}.", file=done["kept"]))
    if done["readable"]:
        mail = count(done["mail"], "{n} letter that left or was stopped since is remembered.",
                     "{n} letters that left or were stopped since are remembered.")  # fmt: skip
    else:
        mail = count(done["mail"], "{n} letter is stopped: it may have left already.",
                     "{n} letters are stopped: they may have left already.")  # fmt: skip
    return "\n".join([*lines, mail, say("The next run reads everything anew.")])


def _look(path: Path) -> Examined:
    try:
        return examined(path)
    except OSError as error:
        raise NeedsPermission(
            say("The file may not be read."), str(path), say("Allow yourself to read it.")
        ) from error


def _misfit(found: Examined) -> list[str]:
    if not found.version:
        return [say("The file is no store of Weaver's.")]
    if found.version > STORE_VERSION:
        return [say("The store was written by a newer Weaver (schema {found}; this one knows "
                    "{known}).", found=found.version, known=STORE_VERSION)]  # fmt: skip
    return []


def _schema(version: int) -> str:
    if version < STORE_VERSION:
        return say("It is of schema {n}; the next run copies it and brings it to {known}.",
                   n=version, known=STORE_VERSION)  # fmt: skip
    return say("It is of this Weaver's schema ({n}).", n=version)


def _compared(order: Order, settings: Settings, found: Examined) -> tuple[list[str], list[str]]:
    """What there is to say of the store's id and the tracker's, and what is wrong with it."""
    try:
        wanted = tracker_of(order).store_id
    except WeaverError as error:
        return [say("The tracker could not be asked whose store it is: {what}",
                    what=error.what)], []  # fmt: skip
    if wanted and wanted != found.store_id:
        return [], [say("The store belongs to another tracker than {results}.",
                        results=settings.results)]  # fmt: skip
    return [say("It belongs to {results}.", results=settings.results)] if wanted else [], []


def _newest(settings: Settings) -> str:
    those = copies(settings.path(BACKUPS)).get(Path(settings.store).name, [])
    if not those:
        return say("There is no copy of it yet.")
    return say("The newest copy is of {day}: {file}", day=those[-1][0], file=those[-1][1])


def _present(store: Path) -> Known | None:
    """What the store in use knows; None where it is lost or can't be read."""
    if not store.exists():
        return None
    try:
        with Store.open(store) as present:
            return present.known()
    except (BadData, WrongSettings):
        return None


def _held(copy: Known, present: Known | None) -> Ledger:
    """What has to hold on about mail when the copy takes the present store's place."""
    if present is None:
        return Ledger(messages=_stopped(copy.messages))
    ends = tuple(m for m in present.messages if m.state not in OPEN)
    before = {message.key: message for message in copy.messages}
    since = tuple(m for m in ends if before.get(m.key) != m)
    return Ledger(messages=since, pauses=present.pauses)


def _stopped(messages: Iterable[Message]) -> tuple[Message, ...]:
    why = say("The store was restored and nobody knows whether this had left already.")
    may_leave = (*OPEN, "sending")
    return tuple(replace(m, state="stopped", why=why) for m in messages if m.state in may_leave)


def _swap(store: Path, part: Path) -> Path | None:
    """Put the part in the store's place; returns where what stood there is kept."""
    if not store.exists():
        part.replace(store)
        return None
    part.chmod(store.stat().st_mode & 0o7777)  # whoever might read it still may
    number, kept = 1, store.with_name(f"{store.name}.before-restore")
    while kept.exists():
        number += 1
        kept = store.with_name(f"{store.name}.before-restore-{number}")
    for ending in ("-wal", "-shm"):  # only a store that can't be read has them still
        beside = store.with_name(store.name + ending)
        if beside.exists():
            beside.replace(kept.with_name(kept.name + ending))
    try:
        os.link(store, kept)
    except OSError:  # not every disk has links
        shutil.copy2(store, kept)
    part.replace(store)
    return kept
