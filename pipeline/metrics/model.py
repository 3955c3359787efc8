"""What a metric is, what it may look at, and what it gives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, get_args

import pandas as pd

from config.tables import SIGNONS

if TYPE_CHECKING:
    from pipeline.network.graph import Network

Part = Literal["district", "sector", "group"]
EVERY_PART: tuple[Part, ...] = get_args(Part)
Phase = Literal["Connect", "Align", "Produce", "Stewardship", "Impact", "Data quality"]

SIGNON_COLUMNS: tuple[str, ...] = (
    "key", "received", "day", "decided_on", "organisation_id", "outcome", "labels", "repeat",
    "version", "verified", *SIGNONS.names[1:],
)  # fmt: skip
"""What a metric may name as `signons.*`; the answers per principle come besides."""

ORGANISATION_COLUMNS: tuple[str, ...] = (
    "id", "name", "standing", "since", "joined_on", "left_on", "level", "parent", "parent_id",
    "country", "district", "sector", "joins_as", "version", "may_list", "logo", "listed",
    "communities", "referred_by", "confirm_by",
)  # fmt: skip
"""What a metric may name as `organisations.*`."""


@dataclass(frozen=True)
class Context:
    """What metrics are computed from.

    Attributes:
        today: the report's day, D.
        period: (first day, day after the last) of the last complete calendar month.
        signons: every form: key, received (datetime64[ns, UTC]), day (datetime64[ns], the
            coalition's day, NaT), decided_on (datetime64[ns]: the day it was accepted or not
            accepted, NaT while open), organisation_id, outcome, labels (tuple), repeat (bool: of
            an organisation that had signed before), version, verified (bool: Google verified the
            address), the fields of `SIGNONS` and `agrees_<id>`.
        organisations: every organisation: id, name, standing, since (datetime64[ns]), joined_on
            (datetime64[ns]: first accepted), left_on (datetime64[ns]), level, parent (as shown; as
            typed where it has not signed), parent_id (""), country, district, sector (tuple),
            joins_as, version, may_list ("yes"/"no"/""), logo ("yes"/"no"/""), listed (bool),
            communities (tuple), referred_by, confirm_by (datetime64[ns]: the last day to
            re-confirm, NaT where nothing is asked).
        tables: tracker tables in use by name, frames as `intake.model.Typed` gives them. For each
            column X of one organisation there is another, `X_id`, with the registry's id or "";
            for each list of organisations X another, `X_ids`, a tuple as long as the list. Rows of
            the form *Tell us what you did* stand in actions, lessons and help too.
        present: table name → field names whose column is there; under "signons" the fields that
            the form asks (without that entry, all of the frame's).
        problems: rows set aside per tab: (tab, rows read, cells or rows set aside).
        coalition: its own name, which tabs may hold beside those of organisations.
        current_version: of the statement; "" before the first.
        districts: the districts that the coalition aims at.
        points: (field, id) of the principles and policies in force.
        sign_by, closes: the soft and the hard end of signing the version in force.
        positions: where decision-makers stood, as `positions.history.history` gives it; None where
            nobody keeps the tab.
        touched: table → the day on which its rows were last found to differ.
        once: tables that were in use before, and are gone.
        closed: table that couldn't be read → the workbook, or the tab, that couldn't be opened.
        by_form: tables that forms alone fill: nobody keeps a tab of them.
        lost: decisions that hold about forms that are gone.
        unread: "table.field" of a day or number that may be blank → (tab or file, row) of cells
            that can't be read. A metric that asks for such a day leaves those rows out.
    """

    today: dt.date
    period: tuple[dt.date, dt.date]
    signons: pd.DataFrame
    organisations: pd.DataFrame
    tables: Mapping[str, pd.DataFrame]
    present: Mapping[str, frozenset[str]]
    problems: tuple[tuple[str, int, int], ...] = ()
    coalition: str = ""
    current_version: str = ""
    districts: tuple[str, ...] = ()
    points: tuple[tuple[str, str], ...] = ()
    sign_by: dt.date | None = None
    closes: dt.date | None = None
    positions: pd.DataFrame | None = None
    touched: Mapping[str, dt.date] = field(default_factory=dict)
    once: frozenset[str] = frozenset()
    closed: Mapping[str, str] = field(default_factory=dict)
    by_form: frozenset[str] = frozenset()
    lost: int = 0
    unread: Mapping[str, frozenset[tuple[str, int]]] = field(default_factory=dict)

    @cached_property
    def reports(self) -> pd.DataFrame:
        """What the tabs say of pairs of organisations, as `network.sources.told` gives it."""
        from pipeline.network.sources import told

        return told(self)

    @cached_property
    def network(self) -> Network:
        """Who is close to whom among the members."""
        from pipeline.network.graph import network_of

        return network_of(self)

    @cached_property
    def wider_network(self) -> Network:
        """The same among the members and those who are wanted."""
        from pipeline.network.graph import field_of

        return field_of(self)


@dataclass(frozen=True)
class Each:
    """What each organisation adds to a number; a part's is what its members add together.

    Attributes:
        ids: organisations (str); one may stand there several times, and adds every time.
        adds: per row, whether it counts among the numerator.
        share: whether the rows themselves are the denominator.
        told: ids of whom a tab tells anything: a part about whose members it tells nothing has no
            figure. None where nothing need be told.
        things: per row, what it counts, where several organisations may have the same and the part
            counts it once.
    """

    ids: pd.Series
    adds: pd.Series
    share: bool
    told: pd.Series | None = None
    things: pd.Series | None = None


@dataclass(frozen=True)
class Value:
    """What a metric came to.

    Attributes:
        value: the figure; None for no data.
        numerator, denominator: of a ratio, so that "31 of 48" can be shown.
        why: the reason when there is no data.
        details: (name, count) pairs beside it, such as counts by owner.
        excluded: (how many rows were left out, why).
        names: whom it is about, such as those who are close to nobody. They are shown in the
            coordinators' own digest alone, as a question.
        without: "table.field" columns that would refine it and aren't there.
        each: what each organisation adds to it, of a number that is counted by part.
    """

    value: float | None
    numerator: float | None = None
    denominator: float | None = None
    why: str = ""
    details: tuple[tuple[str, float], ...] = ()
    excluded: tuple[int, str] = (0, "")
    names: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    each: Each | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Metric:
    """One declaration with many uses: the Numbers tab, `weaver metrics`, docs, checks.

    Attributes:
        code: as in the dictionary; never changes meaning.
        title: its name.
        phase: of Connect, Align, Produce, or what supports them.
        definition: one sentence.
        unit: "organisations", "share", "days", ...
        better: "up", "down" or "" where neither is better.
        needs: "table.field" columns without all of which there is no data.
        uses: columns that refine it when they are there.
        source: who recommends it.
        compute: the function; gets a Context in which all that it needs is there.
        reported: shown in Numbers and the digest (density and its like are not).
        by: what it is also counted for: each district, sector or group on its own. Its `Value` says
            what each organisation adds; only what the tab Outreach alone tells is counted again.
        dated: all that it looks at has a day, so that it can be counted again for an earlier one:
            month by month, and to see whether what was reported then still holds.
        monthly: it tells what happened in the last complete month: at the end of May it is April's.
        comes: whether there is anything to say yet; until then it isn't shown.
    """

    code: str
    title: str
    phase: Phase
    definition: str
    unit: str
    better: Literal["up", "down", ""]
    needs: tuple[str, ...]
    source: str
    compute: Callable[[Context], Value]
    uses: tuple[str, ...] = ()
    reported: bool = True
    by: tuple[Part, ...] = ()
    dated: bool = False
    monthly: bool = False
    comes: Callable[[Context], bool] | None = None


@dataclass(frozen=True)
class Wanting:
    """A number of the dictionary that no table of Weaver's can give.

    Attributes:
        code, title, phase: as in the dictionary.
        lacks: what would have to be kept, as a clause: "a tab of resources and who used them".
    """

    code: str
    title: str
    phase: Phase
    lacks: str
