"""Who gets a receipt, once, and what it says."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from config.records import RunRecord
from config.statement import Statement, Version
from pipeline.hashing import digest
from tests.pipeline.mailing.conftest import Desk, parsed, started, text_of

ASKED = "Do you sign the letter to the mayor?"
MAYOR = Statement(
    "mayor",
    (
        Version(version="1", state="adopted", adopted_on=dt.date(2026, 1, 1),
                title="To the mayor", question=ASKED),
    ),
)  # fmt: skip
NEXT, LATER, LAST = "2026-03-04", "2026-03-05", "2026-03-06"


def test_a_list_that_is_there_already_is_not_mailed(begun: Desk) -> None:
    assert begun.outbox == {}
    assert begun.mails(NEXT) == []


def test_a_new_signon_gets_one_receipt(begun: Desk) -> None:
    begun.form("River Watch", on=NEXT)
    (message,) = begun.mails(NEXT)
    key = begun.result.forms.set_index("organisation").loc["River Watch", "key"]
    address = "office@riverwatch.example.org"
    assert message.key == digest((address, "receipt", key))
    assert (message.address, message.edition, message.about) == (address, "receipt", key)
    assert (message.state, message.why) == ("draft", "Mail to members waits for a yes.")
    assert message.organisation_id == begun.id("River Watch")
    assert message.subject == "Your sign-on – Clean Rivers" == parsed(message)["Subject"]
    assert message.preview.startswith("Thank you for signing Hello Ana River Watch,")
    assert len(message.preview) <= 200
    assert (message.batch, message.queued_on) == (message.key, dt.date(2026, 3, 4))
    assert begun.mails(LATER) == []


def test_after_a_first_run_without_forms_the_first_one_is_told() -> None:
    desk = Desk()
    ran = RunRecord(1, dt.date(2026, 3, 2), "", "{}", "", "")
    desk.known = replace(desk.known, runs=(ran,))
    desk.form("River Watch", on=NEXT)
    assert len(desk.mails(NEXT)) == 1


def test_what_an_accepted_one_says(begun: Desk) -> None:
    begun.form("River Watch", on=NEXT, show_signatory="Yes", use_our_logo="")
    said = text_of(begun.mails(NEXT)[0])
    for line in (
        "Hello Ana River Watch,",
        "On 4 March 2026 River Watch signed our statement.",
        "You agreed to version 1, which was in force on the day of your form.",
        "You said yes to:\n- We act peacefully.",
        "River Watch has been a member since 4 March 2026.",
        "You allow us to name it in public. Before a name appears, one of us says yes to it.",
        "- May the name be shown in public? yes",
        "- May the signatory's name be shown? yes",
        "- May the logo be shown? not answered",
        "WITHDRAW\nSimply reply to this mail.\nIf you withdraw, the name comes off our public",
    ):
        assert line in said
    assert "Old Guild" not in said


def test_the_version_that_the_form_showed(begun: Desk) -> None:
    begun.form("River Watch", on=NEXT, version_shown="Version 1")
    assert "version 1, which the form showed." in text_of(begun.mails(NEXT)[0])


def test_one_on_hold_waits_for_a_person(begun: Desk) -> None:
    begun.form("River Watch", on=NEXT, agrees_peace="No")
    (message,) = begun.mails(NEXT)
    said = text_of(message)
    assert message.subject == "Your sign-on has arrived – Clean Rivers"
    assert "One of us looks at it before it counts." in said
    assert "WHAT HAS NO YES FROM YOU\n- We act peacefully." in said
    assert "has been a member" not in said


def test_no_yes_to_the_whole_is_no_agreement_to_a_version(begun: Desk) -> None:
    begun.form("River Watch", on=NEXT, agreement="No")
    said = text_of(begun.mails(NEXT)[0])
    assert "You agreed to version" not in said
    assert "WHAT HAS NO YES FROM YOU\n- the statement as a whole" in said


def test_a_person_is_thanked_as_one(begun: Desk) -> None:
    begun.form(
        "", on=NEXT, signing_as="individual", signatory="Ana Ferreira", email="ana@f.example.org"
    )
    (message,) = begun.mails(NEXT)
    assert message.organisation_id == ""
    assert "you signed our statement, for yourself." in text_of(message)
    assert "We count people apart from organisations." in text_of(message)


def test_an_observer_is_no_member(begun: Desk) -> None:
    begun.form("River Watch", on=NEXT, joins_as="observer")
    assert "with River Watch as “observer”" in text_of(begun.mails(NEXT)[0])


def test_a_second_form_of_a_colleague_hears_since_when(begun: Desk) -> None:
    begun.form("Old Guild", on=NEXT, email="treasurer@oldguild.example.org", signatory="Bo Lind")
    said = text_of(begun.mails(NEXT)[0])
    assert "Old Guild has been a member since 2 March 2026." in said
    assert "This form is kept beside the one by which it joined." in said


def test_it_is_already_on_the_list(begun: Desk) -> None:
    begun.decide("Old Guild", "list", what="listed")
    begun.mails("2026-03-03")
    begun.form("Old Guild", on=NEXT, email="treasurer@oldguild.example.org", signatory="Bo Lind")
    said = text_of(begun.mails(NEXT)[0])
    assert "It is already on the public list, since 3 March 2026." in said


def test_a_stranger_does_not_learn_who_is_a_member(begun: Desk) -> None:
    begun.form("Old Guild", on=NEXT, email="eve@elsewhere.example.com", signatory="Eve")
    (message,) = begun.mails(NEXT)
    assert message.address == "eve@elsewhere.example.com"
    said = text_of(message)
    assert "2 March" not in said
    assert "member since" not in said


def test_the_form_is_linked_where_its_address_is_known() -> None:
    desk = started(form=[{"link": "https://forms.example.org/join?lang=en"}])
    desk.form("River Watch", on=NEXT)
    message = desk.mails(NEXT)[0]
    assert "Send the form once more and say there that you correct or withdraw" in text_of(message)
    assert "\nhttps://forms.example.org/join?lang=en\n" in text_of(message)
    page = parsed(message).get_body(("html",))
    assert page is not None
    assert 'href="https://forms.example.org/join?lang=en"' in page.get_content()


def test_letters_of_the_same_form_are_named(begun: Desk) -> None:
    begun.statements = (*begun.statements, MAYOR)
    begun.form("River Watch", on=NEXT, **{ASKED: "Yes"})
    begun.form("Lake Guild", on=NEXT, **{ASKED: "No"})
    said = {m.address: text_of(m) for m in begun.mails(NEXT)}
    told = "By the same form you also signed: To the mayor."
    assert told in said["office@riverwatch.example.org"]
    assert told not in said["office@lakeguild.example.org"]


def test_a_letter_with_a_form_of_its_own_has_receipts() -> None:
    desk = Desk(form=[{}, {"statement": "mayor", "file": "mayor.csv"}])
    desk.statements = (*desk.statements, MAYOR)
    desk.form("Old Guild")
    desk.form("Old Guild", letter="mayor")
    assert desk.mails("2026-03-02") == []
    desk.form("River Watch", on=NEXT, letter="mayor")
    said = text_of(desk.mails(NEXT)[0])
    assert "On 4 March 2026 River Watch signed “To the mayor”." in said
    assert "Your sign-on counts." in said
    assert "has been a member" not in said


def test_what_was_entered_by_hand_gets_none(begun: Desk) -> None:
    begun.tab("Sign-ons by hand", "Timestamp | Organisation | Email | Signatory\n"
              "2026-03-04 10:00:00 | River Watch | a@riverwatch.example.org | Ana")  # fmt: skip
    assert begun.mails(NEXT) == []
    assert "River Watch" in set(begun.result.forms["organisation"])


@pytest.mark.parametrize(
    "answers",
    [{"request": "Withdraw"}, {"signatory": "[test]"}, {"email": ""}],
    ids=["withdraws", "test", "no address"],
)
def test_who_gets_none(begun: Desk, answers: dict[str, str]) -> None:
    name = "River Watch" + (" [test]" if answers == {"signatory": "[test]"} else "")
    begun.form(name, on=NEXT, **answers)
    assert begun.mails(NEXT) == []
    assert begun.faults() == []


def test_a_form_that_is_weeks_old_gets_none(begun: Desk) -> None:
    begun.form("River Watch", on="2026-02-10")
    begun.form("Lake Guild", on="2026-02-18")
    assert [m.address for m in begun.mails(NEXT)] == ["office@lakeguild.example.org"]


def test_accepted_before_it_left_it_is_told_anew(begun: Desk) -> None:
    begun.form("River Watch", on=NEXT, authorised="No")
    (first,) = begun.mails(NEXT)
    begun.decide("River Watch", "accept")
    (second,) = begun.mails(LATER)
    assert begun.outbox[first.key].state == "stopped"
    assert begun.outbox[first.key].said == "It was accepted meanwhile; another receipt says so."
    assert second.about == f"{first.about} accepted"
    assert "has been a member since" in text_of(second)
    assert begun.mails(LAST) == []
    assert begun.outbox[second.key].state == "draft"


@pytest.mark.parametrize("state", ["sent", "stopped", "unknown", "failed", "sending"])
def test_one_that_left_or_was_refused_is_not_written_twice(begun: Desk, state: str) -> None:
    begun.form("River Watch", on=NEXT, authorised="No")
    begun.mails(NEXT)
    begun.all(state=state)
    begun.decide("River Watch", "accept")
    assert begun.mails(LATER) == []
    assert [m.state for m in begun.outbox.values()] == [state]


@pytest.mark.parametrize(
    ("day", "state", "after"),
    [("2026-05-03", "draft", "draft"), ("2026-05-04", "draft", "stopped"),
     ("2026-05-04", "waiting", "waiting")],
)  # fmt: skip
def test_a_draft_is_given_up_after_sixty_days(
    begun: Desk, day: str, state: str, after: str
) -> None:
    begun.form("River Watch", on=NEXT)
    begun.mails(NEXT)
    begun.all(state=state)
    assert begun.mails(day) == []
    assert [message.state for message in begun.outbox.values()] == [after]


@pytest.mark.parametrize(("many", "batches"), [(4, 4), (5, 1)])
def test_many_are_answered_together(begun: Desk, many: int, batches: int) -> None:
    for n in range(many):
        name = f"Guild of Street {'ABCDE'[n]}"
        begun.form(name, on=NEXT, website="", email=f"a@g{n}.example.org", signatory=f"Person {n}")
    messages = begun.mails(NEXT)
    assert len(messages) == many
    assert len({message.batch for message in messages}) == batches


def test_automatic_ones_go_by_themselves_where_the_domain_is_ours() -> None:
    desk = started(
        mail={"automatic": ["receipt"], "domains": ["riverwatch.example.org"]},
        coordinators=[
            {"name": "Ana", "email": "ana@lakeguild.example.org"},
            {"name": "Bo", "email": "bo@gmail.com"},
        ],
    )
    for name in ("River Watch", "Lake Guild", "Hill Club"):
        desk.form(name, on=NEXT)
    desk.form("Sea Club", on=NEXT, email="sea@gmail.com")
    found = {m.address.partition("@")[2]: (m.state, m.why) for m in desk.mails(NEXT)}
    assert found == {
        "riverwatch.example.org": ("waiting", ""),
        "lakeguild.example.org": ("waiting", ""),
        "hillclub.example.org": (
            "draft", "It goes to hillclub.example.org, which is not among the domains in [mail]."),
        "gmail.com": ("draft", "It goes to gmail.com, which is not among the domains in [mail]."),
    }  # fmt: skip
