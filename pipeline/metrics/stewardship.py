"""Stewardship: whether the coalition looks after those who belong to it."""

from __future__ import annotations

from pipeline.metrics.active import S7, S8
from pipeline.metrics.checkin import CHECKED_IN
from pipeline.metrics.meetings import S6
from pipeline.metrics.pillars import S12
from pipeline.metrics.steering import S13
from pipeline.metrics.support import SUPPORT
from pipeline.metrics.working_groups import S15

STEWARDSHIP = (*SUPPORT, S6, S7, S8, *CHECKED_IN, S12, S13, S15)
