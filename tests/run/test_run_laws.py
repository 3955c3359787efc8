"""Whatever people, servers and crashes do, in any order: nobody is mailed twice, and again means
the same."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.records import Message
from connectors.store.store import Store
from pipeline import posting
from pipeline.commands.run import Asked, carry_out
from pipeline.runner import Order, run
from tests.faults import planted
from tests.faults.ends import end_of
from tests.faults.springs import NOW, copied
from tests.mailserver import LOST, RESET, MailServer

BEFORE = "2026-W11"
"""What left before there was a server."""
ADDRESSES = ("ana@springs.example.org", "bo@springs.example.org", "office@iris.example.org")
NAMES = ("Iris Garden Club", "Kestrel Cove", "Lime Lane Choir", "Mole Mound Trust", "Nettle Nook")
STEPS = ("think", "record", "keep", "publish", "post", "hand over", "delivered", "finish")
EDITS = st.one_of(
    st.just(("sign",)),
    st.tuples(st.just("decide"), st.sampled_from(["accept", "list", "ask them", "undo"]),
              st.integers(0, 9)),
    st.tuples(st.just("mail"), st.sampled_from(["send", "don't send", "I'll send it myself"])),
    st.tuples(st.just("change"), st.sampled_from(["withdraw", "pause mail"]),
              st.sampled_from(ADDRESSES)),
    st.tuples(st.just("server"), st.sampled_from(["RCPT", "dot"]), st.sampled_from(
        ["450 4.2.1 Greylisted", "550 5.1.1 No such user", RESET, LOST])),
)  # fmt: skip
RUNS = st.one_of(
    st.just(("run",)),
    st.just(("run",)),
    st.tuples(st.just("crash"), st.sampled_from(STEPS), st.integers(1, 3)),
    st.tuples(st.just("later"), st.sampled_from([-1440, 6, 1440, 10080])),
)
DEEDS = st.lists(st.one_of(EDITS, RUNS), min_size=3, max_size=8)


class Crash(BaseException):
    """The machine is switched off."""


class World:
    """The coalition, what was done with it, and what must hold."""

    def __init__(self, base: Path, folder: Path, server: MailServer) -> None:
        self.coalition, self.server = copied(base, folder / "springs", server), server
        self.now, self.signed = NOW, 0

    def do(self, name: str, *more: Any) -> None:
        getattr(self, name)(*more)
        self.nothing_twice()

    def sign(self) -> None:
        name = NAMES[self.signed % len(NAMES)]
        self.signed += 1
        self.coalition.signs(f"2026-03-19 08:00:{self.signed:02}", name)

    def decide(self, word: str, which: int) -> None:
        rows = [row for row in self.coalition.tab("To decide") if row["Status"] == "open"]
        if rows:
            key = rows[which % len(rows)]["Key"]
            self._type("To decide", lambda row: row["Key"] == key, word)

    def mail(self, word: str) -> None:
        self._type("Mail waiting", lambda row: bool(row["Key"]), word)

    def change(self, change: str, address: str) -> None:
        value = {"New value": address} if change == "pause mail" else {}
        self.coalition.change("Birch Hill Growers", change, **value)

    def server_says(self, stage: str, deed: str) -> None:
        self.server.when(stage, deed, times=1)

    def later(self, minutes: int) -> None:
        self.now += dt.timedelta(minutes=minutes)

    def crash(self, name: str, time: int) -> None:
        left = time

        def step(passed: str) -> None:
            nonlocal left
            left -= passed == name
            if left == 0 and passed == name:
                raise Crash

        with suppress(Crash):
            run(Order(self.coalition.settings, self.now, step=step))

    def run(self) -> None:
        carry_out(Asked(self.coalition.settings, self.now))

    def nothing_twice(self) -> None:
        mail = end_of(self.coalition.folder, self.server).mail
        assert not [each for each, n in mail.items() if n > 1]

    def messages(self) -> list[Message]:
        with Store.open(self.coalition.folder / "state.db") as store:
            return [m for m in store.known().messages if m.about != BEFORE]

    def settle(self) -> None:
        """The server works, somebody answers for what may have arrived, and days pass."""
        self.server.forget()
        for _ in range(6):
            self.now += dt.timedelta(days=1)
            self.run()
            self.nothing_twice()
            states = Counter(message.state for message in self.messages())
            if not states["sending"] and not states["waiting"] and not self._answered():
                return
        raise AssertionError(f"mail waits for ever: {states}")

    def again_is_the_same(self) -> None:
        """Whole runs, without the look that would spare them."""
        for last in (False, False, True):
            ran = run(Order(self.coalition.settings, self.now))
            assert ran["mail"]["sent"] == 0
            assert ran["cells_written"] == 0 or not last

    def nothing_lost(self) -> None:
        """What the store holds for sent is there, and so is what may have arrived and was kept."""
        store = Counter(m.address for m in self.messages() if m.state in ("sent", "unknown"))
        there = Counter(to for got in self.server.messages for to in got.recipients)
        assert store == there

    def _answered(self) -> int:
        """Answer, as somebody does who asked whether it had come: send, or keep."""
        unknown = [m for m in self.messages() if m.state == "unknown"]
        rows = {row["Key"]: row for row in self.coalition.tab("To decide")}
        answers = 0
        for message in unknown:
            row = rows.get(key := f"mail:{message.key[:16]}", {"Status": "", "Decision": ""})
            came = any(self._is(message, got.content) for got in self.server.messages)
            word = "keep" if came else "send"
            if row["Decision"] != word:
                answers += 1
                if row["Status"]:
                    self._type("To decide", lambda r, key=key: r["Key"] == key, word)
        return answers

    def _is(self, message: Message, content: bytes) -> bool:
        mine = [line for line in message.content.splitlines() if line.startswith(b"Message-ID:")]
        return bool(mine) and mine[0] in content.splitlines()

    def _type(self, tab: str, which: Callable[[dict[str, Any]], bool], word: str) -> None:
        def typed(header: Any, rows: list[Any]) -> list[Any]:
            for row in rows:
                if which(dict(zip(header, row, strict=True))):
                    row[list(header).index("Decision")] = word
            return rows

        if tab in self.coalition.book():
            self.coalition.edit(tab, typed)


@contextmanager
def world(base: Path) -> Iterator[World]:
    with TemporaryDirectory() as folder, MailServer() as server, pytest.MonkeyPatch.context() as at:
        for name, value in server.environ.items():
            at.setenv(name, value)
        yield World(base, Path(folder), server)


def lived(base: Path, deeds: list[tuple[Any, ...]]) -> None:
    with world(base) as here:
        for name, *more in deeds:
            here.do("server_says" if name == "server" else name, *more)
        here.settle()
        here.again_is_the_same()
        here.nothing_lost()


RANDOM = {"deadline": None, "suppress_health_check": list(HealthCheck), "database": None}


@settings(max_examples=3, derandomize=True, **RANDOM)
@given(DEEDS)
def test_whatever_happens_nobody_is_mailed_twice(base: Path, deeds: list[tuple[Any, ...]]) -> None:
    lived(base, deeds)


@pytest.mark.slow
@settings(max_examples=60, **RANDOM)
@given(DEEDS)
def test_whatever_happens_for_long(base: Path, deeds: list[tuple[Any, ...]]) -> None:
    lived(base, deeds)


def test_a_mail_that_leaves_before_it_is_noted_is_found(
    base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting, "_hand_over", posting._hand_over)  # put back at the end
    planted.send_before_noting()
    with pytest.raises(AssertionError):
        lived(base, [("crash", "delivered", 1), ("run",)])


def test_a_bad_night(base: Path) -> None:
    """A sequence that has it all, so that it is tried each time."""
    lived(base, [
        ("sign",), ("server", "dot", LOST), ("server", "RCPT", "550 5.1.1 No such user"),
        ("crash", "delivered", 2), ("run",), ("mail", "send"), ("later", -1440), ("run",),
        ("change", "pause mail", ADDRESSES[1]), ("later", 10080), ("crash", "finish", 1),
    ])  # fmt: skip
