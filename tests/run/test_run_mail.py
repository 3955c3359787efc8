"""Nobody is mailed twice for the same thing, and no mail is lost."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import shutil
from typing import Any

NEXT_WEEK = dt.date(2026, 3, 23)


def receivers(mails: dict[str, bytes]) -> list[str]:
    read = (email.message_from_bytes(m, policy=email.policy.default) for m in mails.values())
    return sorted(mail["To"].addresses[0].addr_spec for mail in read)


def test_two_runs_in_one_week_send_one_digest_to_each(settled: Any) -> None:
    # Both runs of the settled coalition were whole ones, on the Monday and on the Tuesday.
    assert receivers(settled.mails()) == ["ana@springs.example.org", "bo@springs.example.org"]


def test_a_coordinator_added_later_gets_theirs_alone(settled: Any) -> None:
    before = settled.mails()
    with settled.settings.open("a", encoding="utf-8") as file:
        file.write('\n[[coordinators]]\nname = "Cleo"\nemail = "cleo@springs.example.org"\n')
    ran = settled.run()
    assert (ran["mail"]["queued"], ran["mail"]["sent"]) == (1, 1)
    now = settled.mails()
    assert {name: now[name] for name in before} == before
    new = {name: mail for name, mail in now.items() if name not in before}
    assert receivers(new) == ["cleo@springs.example.org"]


def test_a_mail_folder_that_cannot_be_written_is_told_and_sent_next_time(settled: Any) -> None:
    outbox = settled.folder / "outbox"
    shutil.rmtree(outbox)
    outbox.write_text("a file where the folder should be")
    settled.on(NEXT_WEEK)
    trial = settled.run("--dry-run")
    assert trial["mail"] == {"queued": 2, "sent": 0, "waiting": 2, "drafts": 0, "failed": 0}
    ran = settled.run()
    assert ran["mail"] == {"queued": 2, "sent": 0, "waiting": 2, "drafts": 0, "failed": 2}
    assert len([text for text in ran["warnings"] if ".eml" in text]) == 2
    assert ran["cells_written"] > 0

    outbox.unlink()
    again = settled.run()
    assert again["mail"] == {"queued": 0, "sent": 2, "waiting": 0, "drafts": 0, "failed": 0}
    assert receivers(settled.mails()) == ["ana@springs.example.org", "bo@springs.example.org"]
    assert all(name.startswith("2026-W12-") for name in settled.mails())
    assert settled.run()["idle"] is True


def test_who_never_wants_it_gets_no_digest(settled: Any) -> None:
    before = settled.mails()
    text = settled.settings.read_text(encoding="utf-8")
    bo = 'email = "bo@springs.example.org"\n'
    settled.settings.write_text(text.replace(bo, bo + 'how_often = "never"\n'), encoding="utf-8")
    settled.on(NEXT_WEEK)
    settled.run()
    new = {name: mail for name, mail in settled.mails().items() if name not in before}
    assert receivers(new) == ["ana@springs.example.org"]


def with_mail(coalition: Any, line: str) -> None:
    """Nothing under [mail] but that line."""
    text = coalition.settings.read_text(encoding="utf-8").partition("\n[mail]")[0]
    coalition.settings.write_text(f"{text}\n[mail]\n{line}\n", encoding="utf-8")


def test_in_quiet_hours_nothing_leaves_and_a_run_sends_no_more_than_its_cap(settled: Any) -> None:
    before = settled.mails()
    settled.on(NEXT_WEEK)
    with_mail(settled, 'quiet_hours = "02:00-04:00"')  # a pinned day counts from three
    held = settled.run()["mail"]
    assert (held["queued"], held["sent"], held["waiting"]) == (2, 0, 2)
    assert settled.mails() == before
    with_mail(settled, "per_run = 1")
    for waiting in (1, 0):
        ran = settled.run()["mail"]
        assert (ran["sent"], ran["waiting"]) == (1, waiting)
    assert len(settled.mails()) == len(before) + 2
