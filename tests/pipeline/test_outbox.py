"""The outbox's rules: order, caps, pauses, and what becomes of a mail."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.post import Mail
from config.records import Message, PauseRecord
from pipeline import outbox
from pipeline.clock import Clock
from pipeline.outbox import Day, in_turn

NOW = dt.datetime(2026, 3, 16, 2, tzinfo=dt.UTC)
SECOND = int(NOW.timestamp())
TODAY = dt.date(2026, 3, 16)
CLOCK = Clock(NOW, TODAY)
DAY = Day(SECOND - 3 * 3600, SECOND + 21 * 3600)
MAIL = Mail(per_run=3, per_day=5)


def mail(key: str, **parts: object) -> Message:
    given = {"key": key, "address": f"{key}@springs.example.org", "edition": "receipt",
             "about": key, "file": f"{key}.eml", "content": b"x", "queued_on": TODAY,
             "batch": "b"} | parts  # fmt: skip
    return Message(**given)  # type: ignore[arg-type]


def keys(messages: tuple[Message, ...]) -> str:
    return "".join(message.key for message in messages)


def test_coordinators_go_first_then_the_oldest() -> None:
    queued = (mail("a"), mail("b", queued_on=TODAY - dt.timedelta(1)), mail("c", batch=""))
    assert keys(in_turn(queued, MAIL, CLOCK, DAY, None).go) == "cba"


def test_a_run_has_its_cap_and_the_rest_may_go_at_once_in_the_next() -> None:
    turn = in_turn([mail(key) for key in "abcd"], MAIL, CLOCK, DAY, None)
    assert (keys(turn.go), turn.again, turn.why) == ("abc", SECOND, "the most mails of one run")


def test_what_left_today_counts_and_the_surplus_goes_tomorrow() -> None:
    left = [mail(key, state="sent", left_at=DAY.begin) for key in "vwx"]
    yesterday = mail("y", state="sent", left_at=DAY.begin - 1)
    turn = in_turn([*left, yesterday, *(mail(key) for key in "abc")], MAIL, CLOCK, DAY, None)
    assert (keys(turn.go), turn.again, turn.why) == ("ab", DAY.end, "the most mails of one day")


@pytest.mark.parametrize("state", ["failed", "unknown"])
def test_a_mail_that_may_have_left_counts(state: str) -> None:
    left = [mail(key, state=state, left_at=SECOND) for key in "vwxyz"]
    assert in_turn([*left, mail("a")], MAIL, CLOCK, DAY, None).go == ()


def test_quiet_hours_hold_everything_until_their_end() -> None:
    turn = in_turn([mail("a", batch="")], MAIL, CLOCK, DAY, SECOND + 60)
    assert (turn.go, turn.again, turn.why) == ((), SECOND + 60, "quiet hours")


def test_drafts_and_what_is_over_never_go() -> None:
    states = ("draft", "sending", "sent", "failed", "stopped", "unknown")
    assert in_turn([mail(s, state=s) for s in states], MAIL, CLOCK, DAY, None) == outbox.Turn()


def test_what_was_put_off_waits_for_its_moment() -> None:
    turn = in_turn([mail("a", next_at=SECOND + 1), mail("b", next_at=SECOND)], MAIL, CLOCK, DAY,
                   None)  # fmt: skip
    assert (keys(turn.go), turn.again) == ("b", SECOND + 1)


def test_pauses_grow_and_after_five_days_it_is_given_up() -> None:
    again = []
    for attempts in range(1, 9):
        late = outbox.put_off(mail("a", attempts=attempts), "451 later", CLOCK)
        assert (late.state, late.said) == ("waiting", "451 later")
        again.append((late.next_at or 0) - SECOND)
    assert [a // 60 for a in again] == [5, 15, 45, 120, 360, 1440, 1440, 1440]
    old = mail("a", attempts=10, queued_on=TODAY - dt.timedelta(5))
    assert outbox.put_off(old, "451 later", CLOCK).state == "failed"


def test_what_waited_for_days_before_its_first_attempt_is_tried_again() -> None:
    asleep = mail("a", attempts=1, queued_on=TODAY - dt.timedelta(30))
    assert outbox.put_off(asleep, "451 greylisted", CLOCK).state == "waiting"


@pytest.mark.parametrize("why", [{"whole": True}, {"until": DAY.end}])
def test_no_mail_is_given_up_for_what_keeps_all_of_them(why: dict[str, Any]) -> None:
    """A wrong password, or a day's allowance; five attempts of its own it has left after that."""
    old = mail("a", attempts=50, queued_on=TODAY - dt.timedelta(50))
    now = outbox.put_off(old, "535 wrong password", CLOCK, **why)
    assert (now.state, now.content, now.attempts) == ("waiting", b"x", 6)


def test_what_is_put_off_again_and_again_is_to_fix_once_for_each_reason() -> None:
    queued = [mail("a", attempts=3, said="535 no"), mail("b", attempts=7, said="535 no"),
              mail("c", attempts=2, said="451 later"), mail("d", said="535 no"),
              mail("e", attempts=9, said="550 no", state="failed")]  # fmt: skip
    (problem,) = outbox.held_up(queued)
    assert (problem.problem, problem.found) == ("Mail was put off 7 times.", "535 no")
    assert [outbox.told_of([mail("a", state="sent", attempts=n)]) for n in (3, 4)] == [False, True]


def test_a_clock_that_stands_still_waits_for_nothing() -> None:
    assert outbox.put_off(mail("a", attempts=3), "", Clock(NOW, TODAY, True)).next_at == SECOND


def test_killed_while_it_was_handed_over() -> None:
    half = outbox.handed_over(mail("a"), CLOCK, repeatable=False)
    assert (half.state, half.attempts, half.left_at) == ("sending", 1, SECOND)
    (unsure,) = outbox.picked_up([half, mail("b")])
    assert (unsure.state, unsure.attempts) == ("unknown", 1)
    (again,) = outbox.picked_up([outbox.handed_over(mail("a"), CLOCK, repeatable=True)])
    assert again == mail("a", left_at=SECOND)


def test_what_was_taken_is_kept_no_longer() -> None:
    assert outbox.arrived(mail("a"), "250 ok").content == b""


@pytest.mark.parametrize("said", ["550 5.7.1 no relaying", "552 5.3.4 too large"])
def test_a_refusal_of_the_mail_pauses_nobody(said: str) -> None:
    assert outbox.paused_by(outbox.refused(mail("a"), said), TODAY) is None


def test_a_refusal_of_the_address_pauses_it() -> None:
    pause = outbox.paused_by(outbox.refused(mail("A"), "550 5.1.1 no such user"), TODAY)
    assert pause
    assert (pause.address, pause.since) == ("a@springs.example.org", TODAY)


def test_mail_to_a_paused_address_is_stopped_unless_all_mail_waits() -> None:
    queued = [mail("a"), mail("b"), mail("c", state="sent"), mail("d", state="draft")]
    pauses = [PauseRecord(f"{key}@springs.example.org", TODAY, "") for key in "acd"]
    pauses.append(PauseRecord("b@springs.example.org", TODAY, "", resumed_on=TODAY))
    assert keys(outbox.stopped(queued, pauses, everything=False)) == "ad"
    assert outbox.stopped(queued, pauses, everything=True) == ()


@pytest.mark.parametrize(
    ("settings", "most"),
    [
        ({}, 400),
        ({"per_day": 3000}, 3000),
        ({"by": "gmail", "per_day": 3000}, 1900),
        ({"by": "gmail", "per_day": 3000, "sender": "w@gmail.com"}, 450),
        ({"by": "smtp", "host": "smtp.gmail.com", "per_day": 9}, 9),
    ],
)
def test_the_days_cap_knows_gmails_limits(settings: dict[str, object], most: int) -> None:
    assert outbox.daily(Mail(**settings)) == most  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "hours"),
    [((2026, 3, 28), 24), ((2026, 3, 29), 23), ((2026, 10, 25), 25), ((2028, 2, 29), 24)],
)
def test_a_day_is_as_long_as_its_clocks_make_it(day: tuple[int, int, int], hours: int) -> None:
    found = outbox.day_of(Clock(NOW, dt.date(*day)), ZoneInfo("Europe/Vienna"))
    assert found.end - found.begin == hours * 3600


STATES = st.sampled_from(["draft", "waiting", "sending", "sent", "failed", "stopped", "unknown"])


@given(st.lists(st.tuples(STATES, st.integers(-2, 2), st.booleans()), max_size=12))
def test_only_waiting_mail_goes_and_never_more_than_the_caps(found: list[tuple]) -> None:
    messages = [
        mail(str(at), state=state, next_at=SECOND + hours, batch="b" if batch else "",
             left_at=SECOND if state in ("sent", "failed", "unknown") else None)
        for at, (state, hours, batch) in enumerate(found)
    ]  # fmt: skip
    turn = in_turn(messages, MAIL, CLOCK, DAY, None)
    left = sum(m.left_at is not None for m in messages)
    assert all(m.state == "waiting" and m.next_at <= SECOND for m in turn.go)
    assert len(turn.go) <= max(0, min(3, 5 - left))
    held = [m for m in messages if m.state == "waiting" and m not in turn.go]
    assert (turn.again is not None) == bool(held)


def test_a_mail_has_one_key_whatever_became_of_it() -> None:
    before = mail("a")
    gone = outbox.handed_over(before, CLOCK, repeatable=True)
    ends = (outbox.arrived(gone, ""), outbox.refused(gone, ""), outbox.unsure(gone, ""))
    assert {replace(m, state="", content=b"", attempts=0, left_at=None) for m in ends} == {
        replace(before, state="", content=b"")
    }
