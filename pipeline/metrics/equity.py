"""Connect: needs that are met, and what is shared beside presence."""

from __future__ import annotations

from pipeline.metrics.model import Metric

EQUITY: tuple[Metric, ...] = ()
