"""All that letters to those who sign may know: nothing in them is anybody else's."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Greeting:
    """What every such letter begins and ends with.

    Attributes:
        coalition: its name.
        to: whom it is for; "" where nobody knows.
        organisation: that signed; "" where somebody signed as a person.
        sent_on: the day of the form; None where that can't be known.
        title: of the statement or letter that it signs.
        form: the form's public address; "" where nobody told.
        asks_request: the form lets people withdraw and correct.
    """

    coalition: str
    to: str
    organisation: str
    sent_on: dt.date | None
    title: str
    form: str = ""
    asks_request: bool = False


@dataclass(frozen=True)
class ReceiptFacts:
    """What somebody agreed to, and what happens next.

    Attributes:
        greeting: as in every letter.
        corrects: the form corrects an earlier one.
        whole: it says yes to the statement as a whole, or nobody asked.
        version: that was agreed to; "" where nobody can tell.
        version_by: how that is known: "shown in the form", "its question", "the day" or "".
        agreed: texts of the principles and policies that got a yes.
        left_open: those that were asked and got none.
        letters: titles of the letters that were signed by the same form.
        accepted: it counts; else it waits for a person.
        role: "member"; or "individual", "observer" and what else isn't counted among them; "" of
            what signs a letter.
        people: what members are called ("members", "signatories", "partners").
        since: the day from which the organisation is a member; None where that isn't to be told.
        already: it was one before this form.
        listed_since: from when it has been on the public list; None where it isn't.
        consents: (what the form asked, "yes", "no" or "").
        may_list: it may be named in public.
    """

    greeting: Greeting
    corrects: bool = False
    whole: bool = True
    version: str = ""
    version_by: str = ""
    agreed: tuple[str, ...] = ()
    left_open: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    accepted: bool = False
    role: str = "member"
    people: str = "members"
    since: dt.date | None = None
    already: bool = False
    listed_since: dt.date | None = None
    consents: tuple[tuple[str, str], ...] = ()
    may_list: bool = False


@dataclass(frozen=True)
class QuestionFacts:
    """What is missing before a sign-on can be accepted.

    Attributes:
        greeting: as in every letter.
        missing: what the rules say to whoever signs, a sentence or two each.
        until: the last day on which an answer helps; None where no rule knows one.
        until_why: what that day is, such as "the last day to re-confirm".
    """

    greeting: Greeting
    missing: tuple[str, ...] = ()
    until: dt.date | None = None
    until_why: str = ""
