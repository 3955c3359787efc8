"""The digest in a browser, at the widths of a phone, a tablet and a desk."""

from __future__ import annotations

import datetime as dt
import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from config.post import Mail
from reports.mail import digest_message

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures.py"


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("pictures", PICTURES)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("week", ["facts", "quiet", "hostile"])
def test_nothing_scrolls_sideways_or_is_cut(
    week: str,
    request: pytest.FixtureRequest,
    require: Callable[[str], Path],
    tmp_path: Path,
) -> None:
    chromium, pictures = require("chromium"), _load()
    sent = dt.datetime(2026, 10, 12, 6, tzinfo=dt.UTC)
    facts = request.getfixturevalue(week)
    letter = tmp_path / "digest.eml"
    letter.write_bytes(digest_message(facts, Mail(), "Ana", "ana@example.org", "key", sent))
    measured = pictures.measure(chromium, pictures.digest_page(letter))
    assert [seen["inner"] for seen in measured] == [360, 768, 1280]
    for seen in measured:
        assert seen["scroll"] <= seen["inner"]
        assert seen["beyond"] == []
        assert seen["cut"] == []
        assert seen["smallest"] >= 14
        assert seen["body"] >= 16
        assert seen["headline_ends"] < 600
        assert seen["pictures"] == [1312]


def test_the_measure_sees_what_is_wrong(require: Callable[[str], Path]) -> None:
    page = (
        '<h1>X</h1><p>Y</p><div style="white-space:nowrap;font-size:9px">'
        + "word " * 200
        + '</div><p style="width:40px;overflow:hidden;white-space:nowrap">clipped away</p>'
    )
    (seen,) = _load().measure(require("chromium"), page, [360])
    assert seen["scroll"] > seen["inner"]
    assert len(seen["beyond"]) == 1
    assert len(seen["cut"]) == 1
    assert seen["smallest"] == 9
