"""Traps of mail, as far as Weaver's mail goes today: a folder with a message for each recipient."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage
from pathlib import Path

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
    """One message for all is delivered to those who weren't refused, and nobody hears who was.
    Weaver makes a message of its own for each, and says which one failed."""
    springs.run()
    made = messages(springs)
    assert [str(message["To"].addresses[0].addr_spec) for _, message in made] == [
        address for address in ("ana@springs.example.org", "bo@springs.example.org")
        if any(address in str(m["To"]) for _, m in made)
    ] or len(made) == 2  # fmt: skip
    for _, message in made:
        assert len(message["To"].addresses) == 1
        assert not message["Cc"]
        assert not message["Bcc"]
    assert len({str(message["To"]) for _, message in made}) == 2
    assert len({str(message["Message-ID"]) for _, message in made}) == 2


def test_t34_one_that_fails_is_said_and_tried_again(coalition: Build) -> None:
    """A message that can't be handed over holds up no other; the run says which, and the next one
    hands it over."""
    springs = coalition()
    outbox = springs.folder / "outbox"
    springs.run()
    first, second = (path.name for path, _ in messages(springs))
    springs.world.clock.advance(7 * 86_400)
    week = f"2026-W{springs.world.clock.now().isocalendar().week - 1:02}"
    assert first.startswith("2026-W")
    outbox.joinpath("x").touch()
    outbox.joinpath("x").unlink()
    names = {path.name for path, _ in messages(springs)}

    def blocked(step: str) -> None:
        if step != "post":
            return
        from connectors.store.store import Store

        with Store.open(springs.folder / "state.db") as store:
            waiting = [m.file for m in store.known().messages if m.state == "waiting"]
        (outbox / waiting[0]).mkdir()
        taken.append(waiting[0])

    taken: list[str] = []
    summary = springs.run(step=blocked)
    assert summary["mail"]["sent"] == 1 and summary["mail"]["failed"] == 1, summary["mail"]
    assert {path.name for path, _ in messages(springs)} - names
    assert week
    assert second
    (outbox / taken[0]).rmdir()
    springs.next_day()
    assert springs.run()["mail"]["sent"] == 1
    assert (outbox / taken[0]).is_file()


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
