"""Each kind of mail as it lies in a mailbox after runs have sent it."""

from __future__ import annotations

from email import policy
from email.parser import BytesParser
from typing import Any

from tests.mailserver import MailServer
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
