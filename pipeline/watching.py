"""Watches over a run: how it went is remembered, logged, and told once it fails again and again.

A look that finds nothing loads none of what it takes to log or to tell.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from config.errors import WeaverError, WrongUsage
from config.words import say, unfilled
from connectors.watch import Watch, read_watch, watch_file, write_watch
from pipeline.readings import readings

if TYPE_CHECKING:
    from connectors.logs import RunLog

BUG, WRONG_USAGE = 1, 2
LONG = 3600
"""Seconds after which a run that is still at work is one that hangs, so that others fail by it."""
COUNTS = ("cells_written", "members", "to_decide", "requests")
_NO_FAULTS = (KeyboardInterrupt, SystemExit, GeneratorExit, BrokenPipeError)


@dataclass(frozen=True)
class Place:
    """What has to be known of the settings, even where they have faults.

    Attributes:
        config: the coalition's `weaver.toml`.
        store: its store.
        failures: after so many in a row the coordinators are told.
        ping_env: the environment variable with the address to ask.
        log: the log's file; None where nothing is to be noted.
        json_lines, megabytes: how it is written.
    """

    config: Path
    store: Path
    failures: int = 3
    ping_env: str = "WEAVER_PING_URL"
    log: Path | None = None
    json_lines: bool = False
    megabytes: int = 1


def place_of(config: Path) -> Place | None:
    """Where the watch and the log stand: as the settings say, else as their newest copy does.

    None where neither can be understood.
    """
    for raw in readings(config):
        with suppress(ValueError, TypeError, AttributeError):
            return _place(config, raw)
    return None


def _place(config: Path, raw: Mapping[str, Any]) -> Place:
    schedule, log = raw.get("schedule", {}), raw.get("log", {})
    file = str(log.get("file", "weaver.log"))
    return Place(
        config,
        config.parent / raw.get("store", "state.db"),
        int(schedule.get("failures", Place.failures)),
        str(schedule.get("ping_env", Place.ping_env)),
        config.parent / file if file else None,
        bool(log.get("json_lines", False)),
        max(1, int(log.get("megabytes", 1))),
    )


class Watching:
    """Around one run or look.

    What it can't note it leaves out: watching never keeps a run from its work.
    """

    def __init__(
        self,
        config: Path,
        now: dt.datetime,
        monotonic: Callable[[], float],
        environ: Mapping[str, str],
    ) -> None:
        """Note nothing yet.

        Args:
            config: the coalition's `weaver.toml`.
            now: the moment at which it begins, in UTC.
            monotonic: seconds that only grow, to tell when it ends.
            environ: the environment's variables.
        """
        self._place = place_of(config)
        self._began, self._monotonic, self._first = now, monotonic, monotonic()
        self._environ = environ
        self._log: RunLog | None = None
        self._summary: Mapping[str, Any] | None = None
        self._begun = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        failure = None if error is None else failed(error)
        try:
            if self._place is not None and failure is not None:
                self._fail(self._place, *failure)
            elif self._place is not None and self._summary is not None:
                self._succeed(self._place, self._summary)
            elif self._place is not None and self._begun and isinstance(error, WrongUsage):
                ended = int(self.now.timestamp())
                watch = read_watch(watch_file(self._place.store))
                self._write(self._place, replace(watch, last_ended=ended, last_exit=WRONG_USAGE))
        finally:
            if self._log is not None:
                self._log.close()

    @property
    def now(self) -> dt.datetime:
        """The moment, in UTC."""
        return self._began + dt.timedelta(seconds=self._monotonic() - self._first)

    def step(self, name: str) -> None:
        """A step of a whole run begins; with the first one it has taken the lock."""
        if not self._begun:
            self._begun = True
            self._begin()
        self._note("step", name=name if name.replace(" ", "").isalpha() else "?")

    def _begin(self) -> None:
        if self._place is None:
            return
        watch = _with_broken_off(read_watch(watch_file(self._place.store)))
        self._write(self._place, replace(watch, last_began=int(self._began.timestamp())))
        self._note("began")

    def ended(self, summary: Mapping[str, Any]) -> None:
        """It came to its end, or the look found nothing to do."""
        self._summary = summary

    def _succeed(self, place: Place, summary: Mapping[str, Any]) -> None:
        second = int(self.now.timestamp())
        before = read_watch(watch_file(place.store))
        watch = replace(before, last_ended=second, last_exit=0, failures=0, what="")
        if summary.get("idle"):
            watch = replace(watch, last_look=int(self._began.timestamp()))
        else:
            mail = summary.get("mail", {})
            counts = {n: summary[n] for n in COUNTS if isinstance(summary.get(n), int)}
            counts |= {n: v for n, v in mail.items() if isinstance(v, int)}
            counts["problems"] = len(summary.get("problems", ()))
            self._note("ended", exit=0, **counts)
        self._write(
            place, replace(watch, first_failure=before.first_failure if before.told else None)
        )
        if before.told is not None:
            self._tell(place, "recovered")
        self._ping(place, "")

    def _fail(self, place: Place, code: int, what: str, where: str, at: str) -> None:
        self._note("failed", exit=code, what=what, where=where, line=at)
        before = read_watch(watch_file(place.store))
        second = int(self.now.timestamp())
        since = None if self._begun else _at_work_since(place.store)
        if since is not None and second - since < LONG:
            return  # it came while another was at work, which is no failure
        if since is None:
            before = before if self._begun else _with_broken_off(before)
            # The clock may have been set back, and the last run have begun in the future.
            began = before.last_began and min(before.last_began, second)
            before = replace(before, last_began=began, last_ended=second, last_exit=code)
        watch = _failing(before, second, what)
        self._write(place, watch)
        if watch.failures >= place.failures and not watch.knows:
            self._tell(place, "trouble")
        self._ping(place, "/fail")

    def _tell(self, place: Place, edition: str) -> None:
        """Tell the coordinators, and never twice.

        It is noted before it is handed over, and taken back only where surely nobody got it.
        """
        from pipeline.trouble import tell

        path = watch_file(place.store)
        watch = read_watch(path)
        trouble = edition == "trouble"
        told = int(self.now.timestamp()) if trouble else None
        try:
            write_watch(
                path,
                replace(watch, told=told, first_failure=watch.first_failure if trouble else None),
            )
        except WeaverError:
            return  # what can't be noted would be told again and again
        arrived, said = tell(place.config, watch, edition, self.now)
        self._note(edition, handed_over=int(arrived), said=said)
        if not arrived:
            self._write(place, watch)

    def _ping(self, place: Place, ending: str) -> None:
        address = self._environ.get(place.ping_env, "").strip()
        if not address:
            return
        import requests

        try:
            requests.get(ping_address(address, ending), timeout=10).raise_for_status()
        except (requests.RequestException, ValueError, OSError) as error:
            # The address is a secret, and stands in the words of the error.
            self._note("ping", said=type(error).__name__)

    def _write(self, place: Place, watch: Watch) -> None:
        with suppress(WeaverError):
            write_watch(watch_file(place.store), watch)

    def _note(self, event: str, **facts: float | str) -> None:
        place = self._place
        if place is None or place.log is None:
            return
        if self._log is None:
            from connectors.logs import RunLog

            self._log = RunLog(place.log, place.json_lines, place.megabytes)
        self._log.note(self.now, event, **facts)


def ping_address(address: str, ending: str) -> str:
    """The address with the ending behind its path, in front of a query. Raises ValueError."""
    parts = urlsplit(address)
    return parts._replace(path=parts.path.rstrip("/") + ending).geturl() if ending else address


def failed(error: BaseException) -> tuple[int, str, str, str] | None:
    """Exit code, and in words without personal data what, where, and where in the program.

    None where nobody's work failed: wrong usage, or somebody ended it.
    """
    code = error.exit_code if isinstance(error, WeaverError) else BUG
    ended = isinstance(error, _NO_FAULTS) or type(error).__module__.startswith("click")
    if ended or code == WRONG_USAGE:
        return None
    if not isinstance(error, WeaverError):
        what = say("Weaver has a fault: {kind}.", kind=type(error).__name__)
        return code, what, "", _at(error)
    return code, unfilled(error.what) or _kind(code), _file(error.where), _at(error)


def _with_broken_off(watch: Watch) -> Watch:
    """The same, having counted a run that was killed. Nobody must be at work."""
    if not watch.broke_off:
        return watch
    what = say("It was ended from outside, or the machine went off.")
    return _failing(watch, watch.last_began or 0, what)


def _failing(watch: Watch, second: int, what: str) -> Watch:
    first = min(watch.first_failure or second, second) if watch.failures else second
    return replace(watch, failures=watch.failures + 1, first_failure=first, what=what)


def _kind(code: int) -> str:
    """What an exit code means, where the error's own words may hold somebody's data."""
    return {
        65: say("Something that Weaver reads is damaged or can't be understood."),
        75: say("Something didn't answer, or was in use."),
        77: say("A permission is missing."),
        78: say("The settings, a statement or the store don't fit."),
    }.get(code, say("Something went wrong."))


def _file(where: str) -> str:
    """The ending of a file's name, which is all that surely names nobody."""
    ending = Path(where).suffix
    return f"*{ending}" if ending in {".toml", ".xlsx", ".csv", ".db", ".md", ".lock"} else ""


def _at(error: BaseException) -> str:
    """Where in the program it was raised, such as connectors/local.py:87."""
    root = Path(__file__).parents[1]
    trace, at = error.__traceback__, ""
    while trace is not None:
        path = Path(trace.tb_frame.f_code.co_filename)
        if path.is_relative_to(root):
            at = f"{path.relative_to(root).as_posix()}:{trace.tb_lineno}"
        trace = trace.tb_next
    return at


def _at_work_since(store: Path) -> int | None:
    """The UTC second at which the run that is at work took the lock; None where none is."""
    from connectors.lock import held_since

    return held_since(store)
