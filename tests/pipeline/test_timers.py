"""The ready text for timers names what a machine's timer doesn't know by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from config.post import Schedule
from config.settings import Coalition, Settings
from pipeline.timers import Place, cron, systemd

COALITION = Coalition(name="Seven Springs", time_zone="Europe/Vienna")
PLACE = Place("/opt/weaver", "/srv/springs/weaver.toml")


@pytest.mark.parametrize("text", [cron, systemd])
def test_the_health_checks_variable_is_named_where_somebody_uses_it(
    text: Callable[[Place, Settings], str],
) -> None:
    plain = Settings(coalition=COALITION, folder=Path("/srv/springs"))
    named = plain.model_copy(update={"schedule": Schedule(ping_env="SPRINGS_PING")})
    here = replace(PLACE, variables=frozenset({"WEAVER_PING_URL"}))
    assert "PING" not in text(PLACE, plain)
    assert "WEAVER_PING_URL" in text(here, plain)
    assert "SPRINGS_PING" in text(PLACE, named)
