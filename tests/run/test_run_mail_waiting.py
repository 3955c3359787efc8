"""Mail to members waits in the tab Mail waiting, and leaves once somebody says send there."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from connectors.watch import read_watch, watch_file

TAB = "Mail waiting"
THIRD_DAY, FOURTH_DAY, NEXT_WEEK = (dt.date(2026, 3, day) for day in (18, 19, 23))
IRIS, JUNIPER = "office@iris.example.org", "office@juniper.example.org"


def mail_waits(folder: Path) -> Any:
    """Two signed after the first run, and one of the first list is to be asked."""
    from tests.run.conftest import SECOND_DAY, _settle
    from tests.run.conftest import Coalition as Folder

    _settle(folder)
    coalition = Folder(folder)
    assert coalition.mails().keys() == {n for n in coalition.mails() if "digest" in n}
    coalition.signs("2026-03-17 10:00:00", "Iris Pond Club")
    coalition.signs("2026-03-17 11:00:00", "Juniper Walk")
    coalition.decide("Elm Street Kitchen", "ask them")
    coalition.on(SECOND_DAY)
    coalition.run()


@pytest.fixture(scope="session")
def _waits(made_once: Callable[..., Path]) -> Path:
    return made_once("mail-waits", mail_waits)


@pytest.fixture
def waits(_waits: Path, tmp_path: Path) -> Any:
    """A receipt to each of two, and a question, wait for somebody's word."""
    from tests.run.conftest import Coalition as Folder

    return Folder(_waits).copy(tmp_path / "waits")


def say(coalition: Any, to: str, word: str | None) -> None:
    """Type a word beside the row of Mail waiting that is about them."""

    def typed(header: Sequence[str], rows: list[Any]) -> list[Any]:
        (row,) = [row for row in rows if str(row[header.index("To")]).startswith(to)]
        row[header.index("Decision")] = word
        return rows

    coalition.edit(TAB, typed)


def run_on(coalition: Any, day: dt.date = THIRD_DAY) -> Any:
    coalition.on(day)
    coalition.touched()
    return coalition.run()


def letters(coalition: Any) -> dict[str, EmailMessage]:
    """Whom the letters in the outbox go to, digests aside; nobody twice."""
    mails = [email.message_from_bytes(content, policy=email.policy.default)
             for name, content in coalition.mails().items() if "digest" not in name]  # fmt: skip
    found = {mail["To"].addresses[0].addr_spec: mail for mail in mails}
    assert len(found) == len(mails)
    return found


def status(coalition: Any, to: str) -> str:
    (row,) = [row for row in coalition.tab(TAB) if str(row["To"]).startswith(to)]
    return str(row["Status"])


def told(coalition: Any) -> list[tuple[Any, Any]]:
    """What To fix says of the tab: column and problem."""
    book = coalition.book()
    if "To fix" not in book:
        return []
    return [(r["Column"], r["What is wrong"]) for r in coalition.tab("To fix") if r["Tab"] == TAB]


def test_an_existing_list_gets_no_receipts_and_new_forms_wait(waits: Any) -> None:
    rows = {row["To"]: row for row in waits.tab(TAB)}
    assert {(to, row["Kind"]) for to, row in rows.items()} == {
        (IRIS, "receipt"), (JUNIPER, "receipt"), ("office@elm.example.org", "question")
    }  # fmt: skip
    for row in rows.values():
        assert row["Why held"] == "Mail to members waits for a yes."
        assert (row["Status"], row["Decision"]) == ("waits for your word", None)
        assert row["Subject"]
        assert row["Preview"]
    assert letters(waits) == {}
    assert run_on(waits, NEXT_WEEK)["mail"]["drafts"] == 3
    assert letters(waits) == {}


def test_each_word_is_obeyed(waits: Any) -> None:
    say(waits, IRIS, "Send")
    say(waits, JUNIPER, "don't send")
    say(waits, "office@elm", "I'll send it myself")
    with waits.settings.open("a", encoding="utf-8") as file:
        file.write('\n[mail]\nsender = "us@springs.example.org"\n')
    waits.run()
    sent = letters(waits)
    assert set(sent) == {IRIS, "office@elm.example.org"}
    assert sent["office@elm.example.org"]["X-Unsent"] == "1"
    for letter in sent.values():
        assert letter["From"].addresses[0].addr_spec == "us@springs.example.org"
    waits.run()
    assert status(waits, IRIS) == "sent"
    assert status(waits, JUNIPER).startswith("not sent")
    assert "You said don't send" in status(waits, JUNIPER)
    assert "It lies ready for you to send: outbox/" in status(waits, "office@elm")
    before = waits.mails()
    assert waits.run()["idle"] is True
    run_on(waits, FOURTH_DAY)
    assert waits.mails() == before
    assert told(waits) == []


def test_a_wrong_word_is_to_fix_and_the_others_are_obeyed(waits: Any) -> None:
    say(waits, IRIS, "sennd it")
    say(waits, JUNIPER, "send")
    waits.run()
    assert set(letters(waits)) == {JUNIPER}
    ((column, problem),) = told(waits)
    assert (column, problem) == ("Decision", "This is no word that can be obeyed.")


def test_an_answer_after_it_was_sent_comes_too_late(waits: Any) -> None:
    say(waits, IRIS, "send")
    waits.run()
    say(waits, IRIS, "don't send")
    waits.run()
    assert status(waits, IRIS) == "sent"
    assert told(waits) == [("Decision", "It has left already.")]
    say(waits, IRIS, None)
    waits.run()
    assert told(waits) == []
    assert set(letters(waits)) == {IRIS}


def _keys_exchanged(header: Sequence[str], rows: list[Any]) -> list[Any]:
    key, word = header.index("Key"), header.index("Decision")
    rows[0][key], rows[1][key] = rows[1][key], rows[0][key]
    rows[0][word] = rows[1][word] = "send"
    return rows


def _twice(header: Sequence[str], rows: list[Any]) -> list[Any]:
    rows[0][header.index("Decision")] = "send"
    return [rows[0], *rows]


def _invented(header: Sequence[str], rows: list[Any]) -> list[Any]:
    row = list(rows[0])
    row[header.index("Key")], row[header.index("Decision")] = "anything", "send"
    return [*rows, row]


@pytest.mark.parametrize(
    ("change", "problem"),
    [(_keys_exchanged, "not the pair"), (_twice, "stands in two rows"),
     (_invented, "Weaver never wrote this key")],
)  # fmt: skip
def test_rows_that_are_not_as_weaver_wrote_them_are_not_obeyed(
    waits: Any, change: Any, problem: str
) -> None:
    waits.edit(TAB, change)
    waits.run()
    assert letters(waits) == {}
    assert all(problem in str(what) for _, what in told(waits))
    assert told(waits)


def test_a_word_beside_another_to_is_never_obeyed_by_itself_later(waits: Any) -> None:
    waits.edit(TAB, _keys_exchanged)
    waits.run()
    run_on(waits)
    run_on(waits, FOURTH_DAY)
    assert letters(waits) == {}
    assert len(told(waits)) == 2
    waits.edit(TAB, _keys_exchanged)
    run_on(waits, NEXT_WEEK)
    assert len(letters(waits)) == 2
    assert told(waits) == []


def test_a_sorted_tab_is_obeyed_row_by_row(waits: Any) -> None:
    say(waits, JUNIPER, "send")
    waits.edit(TAB, lambda _, rows: rows[::-1])
    waits.run()
    assert set(letters(waits)) == {JUNIPER}
    assert told(waits) == []


def test_a_tab_that_is_deleted_comes_back_with_its_drafts(waits: Any) -> None:
    def delete(book: Any) -> None:
        del book[TAB]

    waits.workbook(delete)
    waits.run()
    assert len(waits.tab(TAB)) == 3
    assert letters(waits) == {}
    say(waits, IRIS, "send")
    waits.run()
    assert set(letters(waits)) == {IRIS}


def test_without_its_column_nothing_is_sent_until_it_is_back(waits: Any) -> None:
    say(waits, IRIS, "send")

    def name(old: str, new: str) -> None:
        def named(book: Any) -> None:
            (cell,) = [cell for cell in book[TAB][1] if cell.value == old]
            cell.value = new

        waits.workbook(named)

    name("Decision", "Our words")
    waits.run()
    assert letters(waits) == {}
    assert "no column “Decision” any more" in str(told(waits))
    name("Our words", "Decision")
    waits.run()
    assert set(letters(waits)) == {IRIS}


def test_whoever_withdraws_meanwhile_gets_nothing(waits: Any) -> None:
    say(waits, IRIS, "send")
    waits.change("Iris Pond Club", "withdraw", **{"Entered by": "Ana"})
    waits.run()
    assert letters(waits) == {}
    assert status(waits, IRIS).startswith("not sent")
    assert told(waits) == []


def test_another_name_changes_no_key(waits: Any) -> None:
    keys = {row["Key"] for row in waits.tab(TAB)}
    waits.change("Iris Pond Club", "show as", **{"New value": "Iris Club", "Entered by": "Ana"})
    waits.run()
    assert {row["Key"] for row in waits.tab(TAB)} == keys
    say(waits, IRIS, "send")
    waits.run()
    assert set(letters(waits)) == {IRIS}


def test_five_or_more_are_one_row_and_one_answer(settled: Any) -> None:
    names = ("Iris", "Juniper", "Kelp", "Lark", "Moss")
    for at, name in enumerate(names):
        settled.signs(f"2026-03-17 1{at}:00:00", f"{name} Friends")
    run_on(settled)
    (row,) = settled.tab(TAB)
    assert row["To"].startswith("5 mails: ")
    assert all(f"office@{name.casefold()}.example.org" in row["To"] for name in names)
    # a name that changes meanwhile keeps nobody's word from counting
    settled.change("Iris Friends", "show as", **{"New value": "Iris", "Entered by": "Ana"})
    say(settled, "5 mails", "send")
    settled.run()
    assert set(letters(settled)) == {f"office@{name.casefold()}.example.org" for name in names}


def test_the_terminal_says_the_same_as_the_tab(waits: Any) -> None:
    """Of a form, too, that came in after the last run: whoever looks sees its letter."""
    kelp = "office@kelp.example.org"
    waits.signs("2026-03-17 12:00:00", "Kelp Friends")
    shown = waits.weaver("send", "--dry-run", "--json")
    assert {line["to"] for line in shown.json} == {IRIS, JUNIPER, "office@elm.example.org", kelp}
    assert letters(waits) == {}
    (key,) = [line["key"] for line in shown.json if line["to"] == kelp]
    ran = waits.weaver("send", "--confirm", "nothing", "--json")
    assert (ran.code, "nothing" in ran.json["error"]["what"]) == (2, True)
    log = waits.folder / "weaver.log"
    noted = log.read_text(encoding="utf-8").count("began")
    assert waits.weaver("send", "--confirm", key).code == 0
    assert log.read_text(encoding="utf-8").count("began") == noted + 1
    watch = read_watch(watch_file(waits.folder / "state.db"))
    assert (watch.failures, watch.broke_off, watch.last_exit) == (0, False, 0)
    assert set(letters(waits)) == {kelp}
    assert waits.weaver("send", "--confirm", "all").code == 0
    assert set(letters(waits)) == {IRIS, JUNIPER, "office@elm.example.org", kelp}


@pytest.mark.parametrize("word", ["yes", "x", True])
def test_all_mail_pauses_while_start_says_so(waits: Any, word: object) -> None:
    def pause(cell: object) -> Any:
        def typed(header: Sequence[str], rows: list[Any]) -> list[Any]:
            (row,) = [row for row in rows if row[header.index("Tab")] == "Pause all mail"]
            row[header.index("Your word")] = cell
            return rows

        return typed

    waits.edit("Start", pause(word))
    say(waits, IRIS, "send")
    run_on(waits, NEXT_WEEK)
    assert letters(waits) == {}
    assert status(waits, IRIS) == "waits while Start says that all mail is paused"
    digests = len(waits.mails())
    waits.edit("Start", pause(None))
    run_on(waits, NEXT_WEEK)
    assert set(letters(waits)) == {IRIS}
    assert letters(waits)[IRIS]["Date"].datetime.date() == NEXT_WEEK  # drafted six days before
    # two letters of the week that began meanwhile, and the one that was said send to
    assert len(waits.mails()) == digests + 3


def test_receipts_go_by_themselves_to_the_domains_that_are_named(settled: Any) -> None:
    with settled.settings.open("a", encoding="utf-8") as file:
        file.write('\n[mail]\nautomatic = ["receipt"]\ndomains = ["iris.example.org"]\n')
    settled.signs("2026-03-17 10:00:00", "Iris Pond Club")
    settled.signs("2026-03-17 11:00:00", "Juniper Walk")
    run_on(settled)
    assert set(letters(settled)) == {IRIS}
    (row,) = settled.tab(TAB)
    assert row["To"] == JUNIPER
    assert "juniper.example.org, which is not among the domains" in str(row["Why held"])


QUIET = """
[[quiet_period]]
begins = 2026-03-18
ends = 2026-03-22
reason = "An election is called"
"""
WAITS = "waits until 23 March: quiet days (An election is called)"


def test_a_question_waits_for_the_end_of_quiet_days(waits: Any) -> None:
    """What was said send to on these days leaves on the first day after them."""
    elm = "office@elm.example.org"
    with waits.settings.open("a", encoding="utf-8") as file:
        file.write(QUIET)
    run_on(waits, THIRD_DAY)
    assert status(waits, elm) == f"needs your word, and {WAITS}"
    say(waits, elm, "send")
    say(waits, IRIS, "send")
    waits.run()
    assert set(letters(waits)) == {IRIS}
    assert status(waits, elm) == WAITS
    (line,) = [x for x in waits.weaver("send", "--json").json if x["to"] == elm]
    assert line["why"] == f"It {WAITS}."
    refused = waits.weaver("send", "--confirm", line["key"], "--json")
    assert (refused.code, WAITS in refused.json["error"]["what"]) == (2, True)
    assert waits.weaver("send", "--confirm", "all").code == 0
    assert set(letters(waits)) == {IRIS, JUNIPER}
    run_on(waits, dt.date(2026, 3, 22))
    assert set(letters(waits)) == {IRIS, JUNIPER}
    run_on(waits, NEXT_WEEK)
    assert set(letters(waits)) == {IRIS, JUNIPER, elm}
    assert told(waits) == []


def test_the_demonstrations_mail_is_answered_in_the_tab_alone(demo: Any) -> None:
    """A coordinator sends one row, holds another and sends a third by herself."""
    waiting = [row for row in demo.tab(TAB) if row["Decision"] is None]
    assert {row["Kind"] for row in waiting} == {"receipt", "question"}
    drafts = demo.weaver("send", "--json").json
    (receipts,) = [row for row in waiting if str(row["To"]).startswith("9 mails: ")]
    held, own = [row["To"] for row in waiting if row["Kind"] == "question"][:2]
    for to, word in ((receipts["To"], "send"), (held, "don't send"), (own, "I'll send it myself")):
        say(demo, to, word)
    before = demo.mails()
    demo.run()
    new = [email.message_from_bytes(content, policy=email.policy.default)
           for name, content in demo.mails().items() if name not in before]  # fmt: skip
    asked = [line["to"] for line in drafts if line["key"] == receipts["Key"]]
    assert len(asked) == 9
    assert sorted(m["To"].addresses[0].addr_spec for m in new) == sorted([*asked, own])
    demo.run()
    assert status(demo, receipts["To"]) == "sent"
    assert "You said don't send" in status(demo, held)
    assert "It lies ready for you to send" in status(demo, own)
    assert len(demo.mails()) == len(before) + 10
    assert told(demo) == []
