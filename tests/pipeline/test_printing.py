"""What commands print: nothing in a name turns, hides or steers what stands on the screen."""

from __future__ import annotations

import json

import pytest

from pipeline.commands.common import put, put_json

ODD = "Moss\u202e riohC\u200f\x1b[2J\u2066 \u2068قطب\u2069\U000e0041"


def test_lines_are_printed_without_them(capsys: pytest.CaptureFixture[str]) -> None:
    put(f"One\n  {ODD}", quiet=False)
    assert capsys.readouterr().out == "One\n  Moss riohC[2J \u2068قطب\u2069\n"


def test_json_holds_them_as_codes(capsys: pytest.CaptureFixture[str]) -> None:
    put_json({"name": ODD})
    printed = capsys.readouterr().out
    assert json.loads(printed) == {"name": ODD}
    assert not set("\u202e\u200f\x1b\u2066\U000e0041") & set(printed)
    assert "قطب" in printed
