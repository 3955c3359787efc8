"""Traps of mail, as far as Weaver's mail goes today: a folder with a message for each recipient."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage
from pathlib import Path

from connectors.store.store import Store
from tests.google_traps.conftest import Build
from tests.google_traps.springs import Springs

CLIPPED = 102_000
"""Bytes of HTML after which Gmail hides the rest."""
BUDGET = 90 * 1024


def messages(springs: Springs) -> list[tuple[Path, EmailMessage]]:
    """What lies in the outbox."""
    found = sorted(path for path in (springs.folder / "outbox").iterdir() if path.is_file())
    parsed = [email.message_from_bytes(p.read_bytes(), policy=email.policy.default) for p in found]
    return [(p, m) for p, m in zip(found, parsed, strict=True) if isinstance(m, EmailMessage)]


def test_t34_some_recipients_refused(springs: Springs) -> None:
    """One message to all is delivered to those who weren't refused, and nobody hears who was.
    Weaver makes a message of its own for each coordinator."""
    springs.run()
    made = [message for _, message in messages(springs)]
    addressed = [[a.addr_spec for a in message["To"].addresses] for message in made]
    assert sorted(addressed) == [["ana@springs.example.org"], ["bo@springs.example.org"]]
    assert not any(message["Cc"] or message["Bcc"] for message in made)
    assert len({str(message["Message-ID"]) for message in made}) == 2


def test_t34_one_that_fails_is_said_and_tried_again(running: Springs) -> None:
    """A message that can't be handed over holds up no other; the run counts it as failed, and the
    next one hands it over, and that one alone."""
    outbox = running.folder / "outbox"
    before = {path.name for path, _ in messages(running)}
    running.world.clock.advance(7 * 86_400)
    taken: list[Path] = []

    def blocked(step: str) -> None:
        if step == "post":
            with Store.open(running.folder / "state.db") as store:
                waiting = [m.file for m in store.known().messages if m.state == "waiting"]
            taken.append(outbox / waiting[0])
            taken[0].mkdir()

    mail = running.run(step=blocked)["mail"]
    assert (mail["queued"], mail["sent"], mail["failed"]) == (2, 1, 1)
    (arrived,) = {path.name for path, _ in messages(running)} - before
    taken[0].rmdir()
    running.next_day()
    mail = running.run()["mail"]
    assert (mail["queued"], mail["sent"], mail["failed"]) == (0, 1, 0)
    assert {path.name for path, _ in messages(running)} - before == {arrived, taken[0].name}


def test_t35_a_digest_that_is_cut(coalition: Build) -> None:
    """Gmail hides what comes after about 102 KB of HTML: with it the last ones in the digest.
    Weaver's stays below 90 KB, however much there is to say, and says everything in the text."""
    place = "of the Valley of the Seven Springs and of all the Brooks beyond it, Number"
    forms = {
        f"Association {place} {i}": {
            "Reservations": f"Number {i} only agrees if it may leave in May. " * 12,
            "Authorised": "",
        }
        for i in range(250)
    }  # fmt: skip
    springs = coalition(forms=forms)
    springs.run()
    for _, message in messages(springs):
        html = message.get_body(("html",))
        plain = message.get_body(("plain",))
        assert plain is not None
        if html is not None:
            assert len(html.get_content().encode()) <= BUDGET < CLIPPED
        assert len(plain.get_content().encode()) <= BUDGET
