"""Align: how long things take, and what falls due."""

from __future__ import annotations

from pipeline.metrics.model import Metric

TIMING: tuple[Metric, ...] = ()
