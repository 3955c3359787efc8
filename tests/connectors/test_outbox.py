"""Mail as files: whole, harmless names, nothing twice."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.records import Message
from connectors.outbox import MailFolder, file_name


def message(file: str, content: bytes = b"Subject: hello\r\n\r\nhi\r\n") -> Message:
    return Message("m-1", "ana@example.org", "weekly-digest", "2026-W10", file, content,
                   dt.date(2026, 3, 9))  # fmt: skip


def test_a_message_becomes_a_file_of_its_bytes(tmp_path: Path) -> None:
    MailFolder(tmp_path / "outbox").deliver(message("weekly-digest-2026-W10.eml"))
    assert [p.name for p in (tmp_path / "outbox").iterdir()] == ["weekly-digest-2026-W10.eml"]
    written = (tmp_path / "outbox" / "weekly-digest-2026-W10.eml").read_bytes()
    assert written == b"Subject: hello\r\n\r\nhi\r\n"


def test_delivering_again_touches_nothing(tmp_path: Path) -> None:
    folder = MailFolder(tmp_path)
    folder.deliver(message("a.eml"))
    before = (tmp_path / "a.eml").stat()
    folder.deliver(message("a.eml"))
    after = (tmp_path / "a.eml").stat()
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)


def test_half_a_file_from_a_crash_is_completed(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(b"Subj")
    (tmp_path / ".a.eml.part").write_bytes(b"Su")
    MailFolder(tmp_path).deliver(message("a.eml"))
    assert (tmp_path / "a.eml").read_bytes() == message("a.eml").content
    assert [p.name for p in tmp_path.iterdir()] == ["a.eml"]


NAMES = ["../../etc/passwd", "/tmp/x.eml", "..", ".", "", "a/b.eml", "C:\\x.eml", "ü\n.eml",
         "x" * 400 + ".eml", ".hidden", "-rf"]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_nothing_leaves_the_folder(tmp_path: Path, name: str) -> None:
    MailFolder(tmp_path / "outbox").deliver(message(name))
    assert [p.name for p in tmp_path.iterdir()] == ["outbox"]
    (written,) = (tmp_path / "outbox").iterdir()
    assert written.is_file()


@given(st.text(st.characters(codec=None)), st.text(st.characters(codec=None)))
def test_two_names_never_become_one(one: str, other: str) -> None:
    assert (file_name(one) == file_name(other)) == (one == other)
    assert set(file_name(one)) <= set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-"
    )
    assert not file_name(one).startswith((".", "-"))


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("a file is in the way")
    delivery = MailFolder(tmp_path / "outbox").deliver(message("a.eml"))
    assert delivery.outcome == "later"
    assert "could not be written" in delivery.said


@pytest.mark.parametrize("head", [b"", b"X-Unsent: 1\r\n"])
def test_a_draft_is_opened_as_one_by_mail_programs(tmp_path: Path, head: bytes) -> None:
    content = b"From: w@example.org\r\n" + head + b"\r\nX-Unsent: is a word here"
    given = replace(message("a.eml"), content=content)
    assert MailFolder(tmp_path / "outbox").draft(given).said == "outbox/a.eml"
    written = (tmp_path / "outbox" / "a.eml").read_bytes()
    assert written.partition(b"\r\n\r\n")[0].count(b"X-Unsent: 1") == 1
    assert written.endswith(content[-20:])
