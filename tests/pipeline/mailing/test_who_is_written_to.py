"""Whom letters go to, and who gets none."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from config.records import Message
from tests.pipeline.mailing.conftest import Desk, parsed, started

NEXT, LATER = "2026-03-04", "2026-03-05"
HEADER = "Organisation | Name | Role for us | Email | Since | Until | Which mails | How often\n"
RIVER = "office@riverwatch.example.org"


def to(desk: Desk, day: str = NEXT) -> list[str]:
    return sorted(message.address for message in desk.mails(day))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("River Watch | Bo | day-to-day | bo@rw.example.org | | | receipts | weekly",
         ["bo@rw.example.org"]),
        ("River Watch | Bo | day-to-day | bo@rw.example.org | | | All | ", ["bo@rw.example.org"]),
        ("River Watch | Bo | press | bo@rw.example.org | | | Question; weekly digest | ", [RIVER]),
        ("River Watch | Bo | press | bo@rw.example.org | | | | weekly", [RIVER]),
        ("Old Guild | Bo | day-to-day | bo@rw.example.org | | | receipt | weekly", [RIVER]),
        ("River Watch | Bo | day-to-day | bo@rw.example.org | | 2026-03-03 | receipt | ", [RIVER]),
        ("River Watch | Bo | day-to-day | bo@rw.example.org | 2026-03-05 | | receipt | ", [RIVER]),
        ("River Watch | Bo | day-to-day | bo@rw.example.org | | | receipt | never", []),
        (f"River Watch | Ana | signatory | {RIVER.upper()} | | | | never", []),
        (("River Watch | Bo | day-to-day | bo@rw.example.org | | | receipt | \n"
          "River Watch | Bo again | press | BO@rw.example.org | | | receipt | \n"
          "River Watch | Cy | press | cy@rw.example.org | | | receipt | "),
         ["bo@rw.example.org", "cy@rw.example.org"]),
    ],
)  # fmt: skip
def test_contacts_say_who_gets_it(begun: Desk, rows: str, expected: list[str]) -> None:
    begun.form("River Watch", on=NEXT)
    begun.tab("Contacts", HEADER + rows)
    assert to(begun) == expected
    assert begun.faults() == []


def test_a_mail_that_nobody_knows_is_to_fix_and_the_rest_goes_out(begun: Desk) -> None:
    begun.form("River Watch", on=NEXT)
    begun.tab("Contacts", HEADER + "River Watch | Bo | day-to-day | bo@rw.example.org | | "
              "| reciept; receipt; cakes | weekly")  # fmt: skip
    assert to(begun) == ["bo@rw.example.org"]
    assert [(p.tab, p.row, p.column, p.found) for p in begun.faults()] == [
        ("Contacts", 2, "Which mails", "reciept"), ("Contacts", 2, "Which mails", "cakes"),
    ]  # fmt: skip
    assert "Did you mean “receipt”?" in begun.faults()[0].remedy
    assert set(begun.faults()) <= set(begun.result.problems)


def test_an_address_that_is_none_costs_its_own_letter(begun: Desk) -> None:
    begun.form("River Watch", on=NEXT)
    begun.form("Lake Guild", on=NEXT, email="ana@lakeguild.example.org\r\nBcc: all@example.org")
    begun.form("Hill Club", on=NEXT, email="ana@hill.example.org, bo@hill.example.org")
    begun.form("Moor Club", on=NEXT)
    begun.tab("Contacts", HEADER + "Old Guild | Bo | day-to-day | bo at og | | | receipt | \n"
              "Moor Club | Cy | day-to-day | | | | receipt | \n"
              "Moor Club | Di | day-to-day | | | | | ")  # fmt: skip
    assert to(begun) == [RIVER]
    assert [(p.tab, p.row, p.column) for p in begun.faults()] == [
        ("Contacts", 2, "Email"), ("Contacts", 3, "Email"),
        ("responses.csv", 4, "Email"), ("responses.csv", 5, "Email"),
    ]  # fmt: skip
    begun.tab(
        "Contacts", HEADER + "Hill Club | Bo | day-to-day | bo@hill.example.org | | | receipt | "
    )
    assert to(begun, LATER) == ["bo@hill.example.org"]
    assert [(p.tab, p.row) for p in begun.faults()] == [("responses.csv", 4)]


def test_names_with_line_breaks_add_no_header(begun: Desk) -> None:
    begun.form("River Watch\r\nBcc: all@example.org", on=NEXT, email=RIVER,
               signatory="Eve\nBcc: all@example.org\n\nHello")  # fmt: skip
    letter = parsed(begun.mails(NEXT)[0])
    assert letter["Bcc"] is None
    assert [one.addr_spec for one in letter["To"].addresses] == [RIVER]


def test_two_forms_of_one_address_are_two_matters(begun: Desk) -> None:
    begun.form("River Watch", on=NEXT)
    begun.form("Lake Guild", on=NEXT, email=RIVER, website="")
    assert to(begun) == [RIVER, RIVER]


def test_a_paused_address_gets_none(begun: Desk) -> None:
    begun.form("River Watch", on=NEXT)
    begun.form("Lake Guild", on=NEXT)
    begun.pause(RIVER)
    assert to(begun) == ["office@lakeguild.example.org"]


def test_paused_mail_of_an_organisation_stops_its_letters(begun: Desk) -> None:
    begun.form("River Watch", on=NEXT)
    (message,) = begun.mails(NEXT)
    begun.change("River Watch", "pause mail")
    begun.form("River Watch", on=LATER, email="bo@riverwatch.example.org")
    assert begun.mails(LATER) == []
    assert begun.outbox[message.key].state == "stopped"
    assert begun.outbox[message.key].said == "Its mail is paused in Changes."


def test_one_paused_address_does_not_silence_its_organisation(begun: Desk) -> None:
    begun.form("River Watch", on=NEXT)
    begun.run(NEXT)
    begun.change("River Watch", "pause mail", "bo@riverwatch.example.org")
    begun.form("River Watch", on=LATER, signatory="Cy", email="cy@riverwatch.example.org")
    assert to(begun, LATER) == ["cy@riverwatch.example.org"]


@pytest.mark.parametrize("claim", ["form", "change", "change without a second name"])
def test_any_claim_to_withdraw_stops_mail_at_once(claim: str) -> None:
    two = ["withdraw"] if claim == "change without a second name" else []
    desk = Desk(two_deciders=two)
    desk.form("Old Guild")
    desk.mails("2026-03-02")
    desk.form("River Watch", on=NEXT)
    (message,) = desk.mails(NEXT)
    if claim == "form":
        desk.form("River Watch", on=LATER, request="Withdraw", email="eve@elsewhere.example.com")
    else:
        desk.change("River Watch", "withdraw")
    desk.form("River Watch", on=LATER, signatory="Cy", email="cy@riverwatch.example.org")
    assert desk.mails(LATER) == []
    assert desk.outbox[message.key].state == "stopped"
    assert "withdraw" in desk.outbox[message.key].said


def test_a_person_who_withdraws_hears_no_more(begun: Desk) -> None:
    alone = {"signing_as": "individual", "email": "ana@f.example.org", "signatory": "Ana"}
    begun.form("", on=NEXT, **alone)
    (message,) = begun.mails(NEXT)
    begun.form("", on=LATER, request="Withdraw", **alone)
    assert begun.mails(LATER) == []
    assert begun.outbox[message.key].said == "Somebody asked to withdraw."


def test_a_form_that_is_gone_has_no_letter(begun: Desk) -> None:
    begun.form("River Watch", on=NEXT)
    (message,) = begun.mails(NEXT)
    begun.forms.pop()
    begun.mails(LATER)
    assert begun.outbox[message.key].said == "Its form is in the list no more."


def test_nothing_stops_what_left(begun: Desk) -> None:
    begun.form("River Watch", on=NEXT)
    begun.mails(NEXT)
    begun.all(state="sent")
    begun.change("River Watch", "withdraw")
    begun.mails(LATER)
    assert {message.state for message in begun.outbox.values()} == {"sent"}


OLD = "River Watch | Oli | day-to-day | oli@rw.example.org | | {until} | question | \n"
NEW = "River Watch | Nia | day-to-day | nia@rw.example.org | 2026-03-05 | | question | "


@pytest.mark.parametrize("state", ["draft", "own"])
def test_whoever_left_gets_no_question_that_was_written_before(begun: Desk, state: str) -> None:
    begun.form("River Watch", on=NEXT, authorised="No")
    begun.tab("Contacts", HEADER + OLD.format(until=""))
    begun.mails(NEXT)
    begun.decide("River Watch", "ask them")
    (old,) = (m for m in begun.mails(NEXT) if m.edition == "question")
    begun.keep([replace(old, state=state)])
    begun.tab("Contacts", HEADER + OLD.format(until=NEXT) + NEW)
    assert to(begun, LATER) == ["nia@rw.example.org"]
    assert begun.outbox[old.key].state == "stopped"
    assert begun.outbox[old.key].said == "It is no longer among those who get this mail."


def test_a_contact_who_left_gets_no_receipt_and_whoever_sent_the_form_still_does(
    begun: Desk,
) -> None:
    receipt = "River Watch | Oli | press | oli@rw.example.org | | {until} | receipt | "
    begun.form("River Watch", on=NEXT)
    begun.tab("Contacts", HEADER + receipt.format(until=""))
    (old,) = begun.mails(NEXT)
    begun.tab("Contacts", HEADER + receipt.format(until=NEXT))
    begun.form("Hill Club", on=LATER)
    (sender,) = begun.mails(LATER)
    assert begun.outbox[old.key].state == "stopped"
    begun.tab("Contacts", HEADER + "Hill Club | Cy | press | cy@hc.example.org | | | receipt | ")
    begun.mails("2026-03-06")
    assert begun.outbox[sender.key].state == "draft"


def contacts(home: str, those: str) -> str:
    """Rows of Contacts, such as "oli left, nia": who gets the organisation's receipts."""
    rows = ""
    for who, _, how in (one.partition(" ") for one in those.split(", ")):
        until, often = NEXT if how == "left" else "", how if how == "never" else ""
        rows += (
            f"{home} | {who} | press | {who}@{home}.example.org | | {until} | receipt | {often}\n"
        )
    return rows


FOLLOWED = {
    "ants": ("oli left, nia", "oli left, nia", ["nia"]),
    "bees": ("oli left", "oli left, nia", ["nia"]),
    "cats": ("oli left, nia, pat", "oli left, nia, pat", ["nia", "pat"]),
    "dogs": ("oli never, nia", "nia", ["nia"]),
    "eels": ("oli left, nia", "oli left, pat", ["nia", "pat"]),
    "figs": ("oli left", "oli left", []),
    "gnus": ("oli, nia", "oli left, nia", ["nia"]),
    "hens": ("oli left, nia", "oli left, nia, pat", ["nia"]),
}
"""Organisation → its contacts on the next two days, and who is written to after oli."""


def test_whoever_follows_a_contact_gets_the_receipt_that_was_stopped(begun: Desk) -> None:
    for home in FOLLOWED:
        begun.form(home, on=NEXT)
    begun.tab("Contacts", HEADER + "".join(contacts(home, "oli") for home in FOLLOWED))
    assert to(begun) == [f"oli@{home}.example.org" for home in FOLLOWED]
    found = []
    for day, at in ((LATER, 0), ("2026-03-06", 1), ("2026-03-07", 1)):
        rows = (contacts(home, str(those[at])) for home, those in FOLLOWED.items())
        begun.tab("Contacts", HEADER + "".join(rows))
        found += to(begun, day)
    expected = [
        f"{who}@{home}.example.org" for home, (*_, whom) in FOLLOWED.items() for who in whom
    ]
    assert sorted(found) == sorted(expected)


def test_no_successor_hears_what_left_or_counts_no_more(begun: Desk) -> None:
    homes = {"ants": "sent", "bees": "failed", "cats": "draft", "dogs": "draft"}
    for home in homes:
        begun.form(home, on=NEXT, authorised="No")
    begun.tab("Contacts", HEADER + "".join(contacts(home, "oli") for home in homes))
    begun.keep([replace(m, state=homes[m.address[4:8]]) for m in begun.mails(NEXT)])
    begun.decide("cats", "not accepted")
    begun.tab("Contacts", HEADER + "".join(contacts(home, "oli left, nia") for home in homes))
    assert to(begun, LATER) == ["nia@dogs.example.org"]


def digest_to(address: str) -> Message:
    return Message(address, address, "weekly-digest", "2026-W09", "x.eml", b"x",
                   dt.date.fromisoformat(NEXT))  # fmt: skip


def test_whoever_is_a_coordinator_no_more_gets_no_digest_that_waited() -> None:
    people = [
        {"name": "Ana", "email": "Ana@rivers.example.org"},
        {"name": "Cy", "email": "cy@rivers.example.org", "how_often": "never"},
    ]
    desk = started(coordinators=people)
    desk.keep([digest_to(f"{who}@rivers.example.org") for who in ("ana", "bo", "cy")])
    desk.mails(NEXT)
    states = {m.address.partition("@")[0]: m.state for m in desk.outbox.values()}
    assert states == {"ana": "waiting", "bo": "stopped", "cy": "stopped"}
