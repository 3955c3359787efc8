"""Each kind of mail as it lies in a mailbox after runs have sent it."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import subprocess
import time
from email import policy
from email.parser import BytesParser
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.mailserver import MailServer
from tests.run.conftest import WEAVER
from tests.run.kinds import KINDS, WRITTEN_TO, kind_of, write_to_everybody


def test_each_kind_arrives_without_defects(fresh: Any) -> None:
    with MailServer() as server:
        write_to_everybody(fresh, server.toml(fresh.folder), server.environ)
    found = []
    for message in server.messages:
        # The policy raises at the first defect of a part; headers keep theirs.
        mail = BytesParser(policy=policy.strict).parsebytes(message.content)
        for part in mail.walk():
            assert [d for value in part.values() for d in value.defects] == []
        assert [one.addr_spec for one in mail["To"].addresses] == list(message.recipients)
        found.append((kind_of(mail["Subject"]), *message.recipients))
    ana, bo, ivy, juniper = WRITTEN_TO
    assert sorted(found) == sorted([
        ("digest", ana), ("digest", bo), ("receipt", ivy), ("receipt", juniper),
        ("question", juniper), ("trouble", ana), ("trouble", bo),
        ("recovered", ana), ("recovered", bo),
    ])  # fmt: skip
    assert {kind for kind, _ in found} == set(KINDS)


@pytest.mark.slow
def test_a_process_that_stays_sends_at_its_ticks(fresh: Any) -> None:
    with MailServer() as server:
        with fresh.settings.open("a", encoding="utf-8") as file:
            mail = server.toml(fresh.folder, automatic=["receipt"], domains=["ivy.example.org"])
            file.write(f'\n{mail}\n[schedule]\nlook_hours = "{hours_around_now()}"\n')
            file.write("look_every = 1\n")
        process = subprocess.Popen(
            [WEAVER, "schedule", "--json", "-c", fresh.settings], env=os.environ | server.environ,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            arrived(server, 2)
            fresh.signs("2026-03-16 09:00:00", "Ivy Lane Bakers")
            arrived(server, 3)
            process.send_signal(signal.SIGTERM)
            out, err = process.communicate(timeout=60)
        finally:
            process.kill()
    assert (process.returncode, err) == (0, "")
    assert json.loads(out) == {"runs": 2, "looks": 0, "failed": 0}
    kinds = [kind_of(message.parsed["Subject"]) for message in server.messages]
    assert kinds == ["digest", "digest", "receipt"]


def hours_around_now() -> str:
    """Look hours in which this test lies, as the coalition's clocks show them."""
    now = dt.datetime.now(ZoneInfo("Europe/Vienna"))
    begin, end = (now + dt.timedelta(hours=hours) for hours in (-6, 6))
    return f"{begin:%H:%M}-{end:%H:%M}"


def arrived(server: MailServer, count: int) -> None:
    """Wait until the server has so many messages."""
    end = time.monotonic() + 150
    while len(server.messages) < count:
        assert time.monotonic() < end, f"only {len(server.messages)} of {count} arrived"
        time.sleep(0.1)
