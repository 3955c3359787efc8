"""Debian's SpamAssassin has little against Weaver's mail. Its rules are local: it asks nobody.

Missing on this machine? apt-get install --no-install-recommends spamassassin
"""

from __future__ import annotations

import email
import os
import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest

from tests.mailserver import MailServer
from tests.run.kinds import KINDS, kind_of, write_to_everybody

MOST = 1.0
"""Points that no mail may have; at 5 it is spam."""
ADVERT = b"""\
From: "Best Deals" <x8273645@example.com>
To: undisclosed-recipients:;
Subject: *** BUY CHEAP VIAGRA NOW!!! 100% FREE $$$ ***
MIME-Version: 1.0
Content-Type: text/html

<html><body><font size=7 color=red>CLICK HERE TO BUY VIAGRA, CIALIS! DEAR FRIEND, YOU WON
$5,000,000.00 DOLLARS! ACT NOW! 100% FREE!</font></body></html>
"""
pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Judge:
    """SpamAssassin, with a home of its own in which it has learned nothing."""

    program: Path
    home: Path

    def points(self, content: bytes) -> tuple[float, str]:
        """A mail's points and the names of the rules that gave them."""
        done = subprocess.run(
            [self.program, "--local", "--test-mode", "--nocreate-prefs", "--cf=use_bayes 0"],
            input=content, capture_output=True, check=True, timeout=120,
            env=os.environ | {"HOME": str(self.home)},
        )  # fmt: skip
        status = " ".join(str(email.message_from_bytes(done.stdout)["X-Spam-Status"]).split())
        found = re.search(r"score=(-?[\d.]+) required=\S+ tests=(.*?) autolearn", status)
        assert found, status
        return float(found[1]), found[2].replace(", ", ",")


@pytest.fixture
def judge(require: Callable[[str], Path], tmp_path: Path) -> Judge:
    return Judge(require("spamassassin"), tmp_path)


def received(content: bytes) -> bytes:
    """The mail with the line that the reader's server writes above it.

    Its number is an ordinary one: those that are kept for examples count as forged.
    """
    sent = parsedate_to_datetime(email.message_from_bytes(content)["Date"])
    return (
        "Received: from mail.springs.example.org (mail.springs.example.org [11.22.33.44])\r\n"
        "\tby mx.example.net with ESMTPS id 4Zx1 for <reader@example.net>;\r\n"
        f"\t{sent:%a, %d %b %Y %H:%M:%S +0000}\r\n"
    ).encode() + content


def mildly(judge: Judge, kind: str, content: bytes) -> None:
    points, rules = judge.points(received(content))
    print(f"{kind}: {points} points, {rules}")  # noqa: T201 - the figures of docs/mail.md
    assert points < MOST, rules


def test_it_knows_an_advert_when_it_sees_one(judge: Judge) -> None:
    assert judge.points(ADVERT)[0] > 5


def test_each_kind_has_less_than_one_point(fresh: Any, judge: Judge) -> None:
    with MailServer() as server:
        write_to_everybody(fresh, server.toml(fresh.folder), server.environ)
    one_each = {kind_of(m.parsed["Subject"]): m.content for m in server.messages}
    assert one_each.keys() == KINDS.keys()
    for kind, content in sorted(one_each.items()):
        mildly(judge, kind, content)


def test_the_digest_of_the_demonstration(demo: Any, judge: Judge) -> None:
    content = max(demo.mails().items())[1]
    assert b"X-Unsent: 1" in content  # which mail through a server doesn't have
    mildly(judge, "the demonstration's digest", content.replace(b"X-Unsent: 1\r\n", b""))
