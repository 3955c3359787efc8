"""Only a row with the key and the To that Weaver wrote changes what becomes of its drafts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.errors import WrongUsage
from config.raw import RawTable, Scalar
from config.records import Message
from config.tables.later import MAIL_WAITING
from pipeline.mailing.terminal import confirmed
from pipeline.mailing.waiting import answered, batches_of, waiting_rows
from pipeline.outbox import Turn
from pipeline.outgoing import Outgoing
from pipeline.sending import waiting

HEADER = tuple(column.title for column in MAIL_WAITING.columns)
KEY, TO, STATUS, WORD = (HEADER.index(t) for t in ("Key", "To", "Status", "Decision"))
AFTER = {"send": "waiting", "don't send": "stopped", "I'll send it myself": "own"}
WORDS = (None, "", "send", " SEND ", "don't send", "I'll send it myself", "sned", 7, True)


def mail(key: str, batch: str = "", state: str = "draft", edition: str = "receipt") -> Message:
    return Message(
        key, f"{key}@example.org", edition, f"s-{key}", f"{key}.eml", b"x", dt.date(2026, 3, 2),
        state=state, batch=batch or key, organisation_id=f"o-{key}", subject="S", preview="P",
        why="Mail to members waits for a yes.",
    )  # fmt: skip


def free(edition: str) -> str:
    return ""


def tab_of(rows: Sequence[Sequence[Scalar]]) -> RawTable:
    return RawTable("Mail waiting", HEADER, [tuple(r) for r in rows], range(2, len(rows) + 2))


def written(messages: Sequence[Message]) -> list[list[Scalar]]:
    return [list(row) for row in waiting_rows(messages, ())]


def test_a_batch_is_one_row_and_one_answer() -> None:
    messages = [mail("1", "b"), mail("2", "b"), mail("3", "b", "sent")]
    (row,) = written(messages)
    assert row[TO] == "3 mails: 1@example.org, 2@example.org, 3@example.org"
    assert row[STATUS] == "2 wait for your word; 1 sent"
    row[WORD] = "send"
    found = answered(tab_of([row]), messages, free)
    assert [(m.key, m.state) for m in found.messages] == [("1", "waiting"), ("2", "waiting")]
    assert found.problems == ()


def test_rows_without_a_draft_stand_only_where_they_stood() -> None:
    messages = [mail("1", state="sent"), mail("2", state="stopped")]
    assert written(messages) == []
    assert [row[KEY] for row in waiting_rows(messages, {"2"})] == ["2"]


def test_what_is_held_stays_a_draft_and_says_until_when() -> None:
    messages = [mail("1", edition="question"), mail("2")]

    def held(edition: str) -> str:
        return "waits until 9 May: quiet days (x)" if edition == "question" else ""

    rows = [[*row[:WORD], "send"] for row in written(messages)]
    found = answered(tab_of(rows), messages, held)
    assert [(m.key, m.state) for m in found.messages] == [("2", "waiting")]
    assert (found.later, found.problems) == ({"1"}, ())
    status = {r[KEY]: r[STATUS] for r in waiting_rows(messages, (), held, found.later)}
    assert status["1"] == "waits until 9 May: quiet days (x)"
    status = {r[KEY]: r[STATUS] for r in waiting_rows(messages, (), held)}
    assert status["1"] == "needs your word, and waits until 9 May: quiet days (x)"
    assert [m.key for m in confirmed(messages, ["all"], held)] == ["2"]
    with pytest.raises(WrongUsage, match="The draft 1 waits until 9 May"):
        confirmed(messages, ["2", "1"], held)


def test_a_key_that_no_draft_has_is_named_even_beside_all() -> None:
    messages = [mail("1"), mail("2", state="sent")]
    assert [m.state for m in confirmed(messages, ["1"])] == ["waiting"]
    for keys, what in ((["all", "3"], "No draft has the key 3"), (["1", "2"], "2 waits for no")):
        with pytest.raises(WrongUsage, match=what):
            confirmed(messages, keys)


@pytest.mark.parametrize("title", ["Key", "To", "Decision"])
@pytest.mark.parametrize("now", ["My own", ""])
def test_a_column_that_is_renamed_is_named_and_nothing_is_obeyed(title: str, now: str) -> None:
    tab = tab_of([[*row[:WORD], "send"] for row in written([mail("1")])])
    tab = replace(tab, header=tuple(now if t == title else t for t in HEADER))
    found = answered(tab, [mail("1")], free)
    (problem,) = found.problems
    assert (found.messages, found.lost, problem.row, problem.column) == ((), True, 1, title)
    assert f"no column “{title}” any more" in problem.problem
    assert problem.remedy.startswith(
        f"Name the column “My own” “{title}” again." if now else f"Write “{title}” back"
    )


@pytest.mark.parametrize("said", ["", "451 greylisted."])
def test_the_status_says_why_it_has_not_left_yet(said: str) -> None:
    late = replace(mail("1", state="waiting"), said=said)
    ((*_, status, _),) = waiting_rows([late], {"1"})
    assert status == ("is tried again (451 greylisted)" if said else "goes out next")


@pytest.mark.parametrize(
    ("turn", "why"),
    [(Turn(why="quiet hours"), "It waits: quiet hours."),
     (Turn((mail("1", state="waiting"),), why="x"), "It goes out in the next run.")],
)  # fmt: skip
def test_the_terminal_says_what_holds_mail(turn: Turn, why: str) -> None:
    out = Outgoing((mail("1", state="waiting"), mail("2"), mail("3", state="sent")))
    drafted = "Mail to members waits for a yes."
    assert [line["why"] for line in waiting(out, turn)] == [drafted, why]
    assert [line["why"] for line in waiting(out, turn, leaving=True)] == [why]


@st.composite
def scenes(draw: st.DrawFn) -> tuple[list[Message], list[list[Scalar]]]:
    """An outbox, and its tab after people edited every cell that they can reach."""
    states = st.sampled_from(["draft", "waiting", "sent", "stopped", "own", "unknown"])
    keys = ["1", "2", "3", "4", "5"]
    batch = draw(st.lists(st.sampled_from(["", "b"]), min_size=5, max_size=5))
    messages = [mail(k, b, draw(states)) for k, b in zip(keys, batch, strict=True)]
    rows = [list(row) for row in waiting_rows(messages, set(batches_of(messages)))]
    rows = draw(st.permutations(rows + draw(st.lists(st.sampled_from(rows), max_size=2))))
    rows = [list(row) for row in rows]
    every = [row[KEY] for row in rows], [row[TO] for row in rows]
    for row in rows:
        row[WORD] = draw(st.sampled_from(WORDS))
        for column, cells in zip((KEY, TO), every, strict=True):
            if draw(st.integers(0, 3)) == 0:
                row[column] = draw(st.sampled_from([*cells, None, "else"]))
    return messages, rows


@given(scenes())
def test_only_drafts_in_rows_as_weaver_wrote_them_ever_change(
    scene: tuple[list[Message], list[list[Scalar]]],
) -> None:
    messages, rows = scene
    found = answered(tab_of(rows), messages, free)
    as_written = {row[KEY]: row[TO] for row in
                  waiting_rows(messages, set(batches_of(messages)))}  # fmt: skip
    before = {message.key: message for message in messages}
    changed = {message.key: message for message in found.messages}
    assert len(changed) == len(found.messages)
    right = {str(row[KEY]): str(row[WORD]).strip().casefold() for row in rows
             if as_written.get(row[KEY]) == row[TO]
             and sum(other[KEY] == row[KEY] for other in rows) == 1}  # fmt: skip
    known = {word.casefold(): state for word, state in AFTER.items()}
    wanted = {
        key: known[right[m.batch]] for key, m in before.items()
        if m.state == "draft" and right.get(m.batch) in known
    }  # fmt: skip
    assert {key: m.state for key, m in changed.items()} == wanted
    for key, message in changed.items():
        kept = replace(before[key], content=b"") if message.state == "stopped" else before[key]
        assert replace(message, state="draft", said="") == kept


@given(scenes())
def test_every_word_that_is_not_obeyed_is_to_fix(
    scene: tuple[list[Message], list[list[Scalar]]],
) -> None:
    """Each problem names a row of the tab that holds a word, or none that Weaver knows."""
    messages, rows = scene
    found = answered(tab_of(rows), messages, free)
    numbers = {problem.row for problem in found.problems}
    assert numbers <= {n for n, row in enumerate(rows, 2) if row[WORD] not in (None, "")}
    for n, row in enumerate(rows, 2):
        if row[WORD] in ("sned", 7):
            assert n in numbers
