"""What is watched of a run, without running one."""

from __future__ import annotations

import pytest

from pipeline.watching import ping_address


@pytest.mark.parametrize(
    ("address", "fail"),
    [
        ("https://hc.example.org/key", "https://hc.example.org/key/fail"),
        ("https://hc.example.org/key/", "https://hc.example.org/key/fail"),
        ("https://hc.example.org/ping?id=1", "https://hc.example.org/ping/fail?id=1"),
        ("https://hc.example.org/?id=1&to=a/b", "https://hc.example.org/fail?id=1&to=a/b"),
        ("https://hc.example.org", "https://hc.example.org/fail"),
    ],
)
def test_a_failure_is_told_behind_the_path_of_the_address(address: str, fail: str) -> None:
    assert ping_address(address, "/fail") == fail
    assert ping_address(address, "") == address
