"""Produce: members that call on the same decision-maker."""

from __future__ import annotations

from pipeline.metrics.model import Metric

CONTACTS: tuple[Metric, ...] = ()
