"""What a run speaks with: the tracker, and Google where anything is there. Each is read once.

Imports no pandas: a look that finds nothing new is to be cheap.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Mapping
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Self

from config.errors import WeaverError, WrongSettings
from config.google import Google, file_id
from config.settings import Settings
from config.tables import BY_HAND, SIGNONS, TABLES
from connectors.local import LocalTables
from connectors.protocols import Tables, TrackerRead

if TYPE_CHECKING:
    from connectors.google.calls import Calls
    from connectors.google.gathering import Gathered
    from connectors.google.once import Once
    from connectors.google.pace import Pace
    from connectors.google.tables import GoogleTables

WRITTEN = "written"
"""Stands for the fingerprint of what nobody has read since it was written."""


class Outside:
    """Everything that one run asks of the world beside its own folder's files.

    Attributes:
        tables: the tracker.
    """

    def __init__(
        self,
        settings: Settings,
        midnight: dt.datetime,
        pace: Pace | None = None,
        environ: Mapping[str, str] = os.environ,
    ) -> None:
        """Open nothing yet.

        Args:
            settings: the coalition's.
            midnight: with which the day begins; a local workbook says it was made then.
            pace: how time passes; needed where something is Google's.
            environ: the environment's variables, where secrets are.
        """
        self._settings = settings
        self._pace = pace
        self._environ = environ
        self._calls: Calls | None = None
        self._tracker: TrackerRead | None = None
        self._forms: Gathered | None = None
        self._google: GoogleTables | None = None
        self.tables: Tables = self._open_tables(midnight)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connections."""
        if self._calls is not None:
            self._calls.close()
            self._calls = None

    @property
    def calls(self) -> Calls | None:
        """The way to Google; None where nothing of the coalition's is there."""
        if self._calls is None and self._settings.on_google:
            self._calls = self._open_calls()
        return self._calls

    @property
    def requests(self) -> int:
        """Requests to Google so far."""
        return self._calls.made if self._calls else 0

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is not as it should be with the way to Google."""
        return self._calls.warnings if self._calls else ()

    def tracker(self) -> TrackerRead:
        """The tracker as it was when it was first asked for."""
        if self._tracker is None:
            # The forms first: the tracker comes along where they lie in one spreadsheet.
            self.forms()
            self._tracker = self.tables.read()
        return self._tracker

    def forms(self) -> Gathered:
        """What Google held of the forms when they were first asked for.

        Raises:
            WeaverError: a form that the run can't do without can't be read.
        """
        if self._forms is None:
            from connectors.google.gathering import NOTHING, gather

            there = self._settings.form_on_google
            self._forms = gather(self._look, self._settings) if there else NOTHING
        return self._forms

    @property
    def untouched(self) -> bool:
        """Whether local results are as they were read, but for what Weaver wrote.

        Of a tracker on Google the mark says it.
        """
        return not isinstance(self.tables, LocalTables) or self.tables.untouched

    def mark(self, written: bool = False) -> str:
        """A fingerprint of all that Google holds; "" where nothing is Google's.

        Args:
            written: the tracker was written meanwhile. Then it is the fingerprint that there will
                be if nobody touches anything, or "written" where nobody can tell that.
        """
        parts = []
        if self._google:
            parts = [self._google.after if written else self.tracker().mark]
            if not parts[0]:
                return WRITTEN
        for _, read in sorted(self.forms().items()):
            parts.append(str(read) if isinstance(read, WeaverError) else read.mark)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest() if parts else ""

    def _open_calls(self) -> Calls:
        from connectors.google.session import open_calls

        if self._pace is None:
            raise WrongSettings(
                "This command can't speak with Google.", "weaver.toml", "Use weaver run."
            )
        settings = self._settings
        return open_calls(
            settings.google or Google(), settings.reads_forms, self._pace, self._environ
        )

    def _open_tables(self, midnight: dt.datetime) -> Tables:
        settings, google = self._settings, self._settings.google
        if google is None or google.working is None:
            tracker = settings.tracker
            return LocalTables(
                settings.path(tracker.file), settings.path(tracker.results), midnight
            )
        from connectors.google.tables import GoogleTables

        assert self.calls is not None  # noqa: S101 - the tracker is Google's
        restricted = file_id(google.restricted) if google.restricted else ""
        self._google = GoogleTables(
            self.calls, file_id(google.working), self._names, restricted, self._look
        )
        return self._google

    @cached_property
    def _look(self) -> Once:
        """The way to Google for the first look at everything."""
        from connectors.google.book import known
        from connectors.google.once import Once

        google = self._settings.google
        assert self.calls is not None  # noqa: S101 - nobody looks where nothing is Google's
        working = {file_id(google.working): known(self._names)} if google and google.working else {}
        return Once(self.calls, working)

    @property
    def _names(self) -> dict[str, str]:
        """What a tab is called → the name of its table."""
        title = self._settings.tracker.title
        return {title(t.title): t.name for t in TABLES if t is not SIGNONS} | {BY_HAND: BY_HAND}
