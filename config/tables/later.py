"""The tabs that come when something happens that needs one. People fill them in."""

from __future__ import annotations

from config.tables.model import Table

LATER: tuple[Table, ...] = ()
