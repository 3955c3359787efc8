"""A question goes out where somebody says "ask them", in the rules' own words."""

from __future__ import annotations

import pytest

from config.post import QuietPeriod
from pipeline.mailing.quiet import held_by
from tests.pipeline.mailing.conftest import Desk, parsed, started, text_of

DAYS = ("2026-03-04", "2026-03-05", "2026-03-06", "2026-03-07")
CONGRESS = "Only if our congress agrees"


def asked(desk: Desk, **answers: str) -> None:
    """River Watch is on hold, its receipt has left, and somebody wants to ask it."""
    given = {"authorised": "No", "reservations": CONGRESS} | answers
    desk.form("River Watch", on=DAYS[0], **given)
    desk.mails(DAYS[0])
    desk.all(state="sent")
    desk.decide("River Watch", "ask them")


def test_it_asks_what_the_rules_ask(begun: Desk) -> None:
    asked(begun)
    (message,) = begun.mails(DAYS[1])
    assert (message.edition, message.state) == ("question", "draft")
    assert message.address == "office@riverwatch.example.org"
    assert parsed(message)["Subject"] == "A question about your sign-on – Clean Rivers"
    said = text_of(message)
    assert said.startswith("We have 2 questions about your sign-on\n\nHello Ana River Watch,\n\n")
    assert (
        "- Your form seems to set a condition. Reservations: “Only if our congress agrees”. Please "
        "tell us whether your organisation signs the statement as it stands.\n"
        "- You answered that you may not sign for your organisation; please tell us who may, or "
        "when it will be decided.\n"
    ) in said
    assert "Old Guild" not in said
    assert begun.mails(DAYS[2]) == []


def test_nobody_is_asked_unless_somebody_says_so(begun: Desk) -> None:
    begun.form("River Watch", on=DAYS[0], authorised="No")
    assert [m.edition for m in begun.mails(DAYS[0])] == ["receipt"]
    assert begun.mails(DAYS[1]) == []


def test_those_of_the_first_list_can_be_asked() -> None:
    desk = Desk()
    desk.form("River Watch", authorised="No")
    desk.form("Old Guild")
    desk.mails("2026-03-02")
    desk.decide("River Watch", "ask them")
    assert [m.edition for m in desk.mails(DAYS[1])] == ["question"]


def test_another_question_once_the_form_was_changed(begun: Desk) -> None:
    asked(begun)
    (first,) = begun.mails(DAYS[1])
    begun.forms[-1]["authorised"] = "Yes"
    (second,) = begun.mails(DAYS[2])
    assert begun.outbox[first.key].state == "stopped"
    assert begun.outbox[first.key].said.startswith("The form was changed")
    assert second.about.split()[0] == first.about.split()[0]
    assert second.about != first.about
    assert "We have a question about your sign-on" in text_of(second)
    assert "who may" not in text_of(second)


@pytest.mark.parametrize(
    ("word", "told"),
    [("accept", "Its form was accepted meanwhile."),
     ("not accepted", "Nobody wants to ask it any more."),
     ("undo", "Nobody wants to ask it any more.")],
)  # fmt: skip
def test_an_answer_stops_the_draft(begun: Desk, word: str, told: str) -> None:
    asked(begun)
    (message,) = begun.mails(DAYS[1])
    begun.decide("River Watch", word)
    assert begun.mails(DAYS[2]) == []
    assert (begun.outbox[message.key].state, begun.outbox[message.key].said) == ("stopped", told)


def test_a_claim_to_withdraw_is_asked_about_by_people_not_by_mail(begun: Desk) -> None:
    begun.form("Old Guild", on=DAYS[0], request="Withdraw", email="eve@elsewhere.example.com")
    begun.mails(DAYS[0])
    begun.decide("Old Guild", "ask them", what="withdraw")
    assert begun.mails(DAYS[1]) == []
    assert [m.status for m in begun.matters() if m.kind == "withdrawal"] == ["seen"]


def test_without_an_address_it_is_to_fix(begun: Desk) -> None:
    asked(begun, email="")
    assert begun.mails(DAYS[1]) == []
    (problem,) = begun.faults()
    assert (problem.tab, problem.row, problem.column) == ("responses.csv", 3, "Email")
    begun.tab("Contacts", "Organisation | Name | Role for us | Email | Which mails\n"
              "River Watch | Bo | day-to-day | bo@rw.example.org | question")  # fmt: skip
    (message,) = begun.mails(DAYS[2])
    assert text_of(message).splitlines()[2] == "Hello Bo,"
    assert begun.faults() == []


def test_a_review_without_a_doubt_asks_for_a_talk() -> None:
    desk = started(form=[{"accept": "reviewed"}])
    desk.form("River Watch", on=DAYS[0])
    desk.mails(DAYS[0])
    desk.decide("River Watch", "ask them")
    (message,) = [m for m in desk.mails(DAYS[1]) if m.edition == "question"]
    assert "one of us would like to talk with you." in text_of(message)


def test_what_others_wrote_is_not_told(begun: Desk) -> None:
    """The rule that compares forms holds it; its words quote no other form."""
    begun.form("Old Guild", on=DAYS[0], email="eve@elsewhere.example.com", list_us="No",
               signatory="Eve")  # fmt: skip
    begun.mails(DAYS[0])
    begun.decide("Old Guild", "ask them", what="doubt")
    (message,) = [m for m in begun.mails(DAYS[1]) if m.edition == "question"]
    said = text_of(message)
    assert "Your form differs from what your organisation told us before" in said
    assert "was:" not in said
    assert "office@oldguild" not in said


QUIET = QuietPeriod(begins="2026-03-05", ends="2026-03-06", reason="An election is called.")  # type: ignore[arg-type]


def test_quiet_days_hold_questions_and_no_receipts() -> None:
    desk = started(
        mail={"automatic": ["receipt", "question"], "domains": ["riverwatch.example.org"]},
        quiet_period=[QUIET.model_dump()],
    )
    desk.form("River Watch", on=DAYS[0], authorised="No")
    desk.mails(DAYS[0])
    desk.decide("River Watch", "ask them")
    desk.form("Hill Club", on=DAYS[1], email="hill@riverwatch.example.org")
    found = {m.edition: (m.state, m.why) for m in desk.mails(DAYS[1])}
    assert found == {
        "question": ("draft", "Quiet days until 2026-03-06: An election is called."),
        "receipt": ("waiting", ""),
    }


@pytest.mark.parametrize(
    ("day", "held"),
    [("2026-03-04", False), ("2026-03-05", True), ("2026-03-06", True), ("2026-03-07", False)],
)
def test_held_by_its_first_and_last_day(day: str, held: bool) -> None:
    import datetime as dt

    settings = Desk(quiet_period=[QUIET.model_dump()]).settings
    assert bool(held_by(settings, "question", dt.date.fromisoformat(day))) is held
    assert held_by(settings, "receipt", dt.date.fromisoformat(day)) == ""
    assert held_by(settings, "weekly-digest", dt.date.fromisoformat(day)) == ""
