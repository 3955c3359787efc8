"""What a letter says, from the form that it is about and from nothing else."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from config.settings import Form, Settings
from config.statement import MAIN, Point, Statement, day_of
from config.tables import SIGNONS
from config.words import say
from pipeline.judging import Row
from pipeline.letters import Letter
from pipeline.mailing.contacts import Reader
from pipeline.model import Result
from pipeline.standing import MEMBER, Listing
from reports.letterfacts import Greeting, QuestionFacts, ReceiptFacts

CONSENTS = ("list_us", "count_us_unnamed", "show_signatory", "use_our_logo")
_STANDS = ("accepted", "superseded")


def receipt_facts(result: Result, settings: Settings, row: Row, reader: Reader) -> ReceiptFacts:
    """What the form agreed to, and what becomes of it."""
    statement, form = _signed(result, settings, row)
    agreed, left_open = _points(result, statement, form, row)
    since, already = _since(result, row)
    listing = _listing(result, row)
    whole = _agrees(result, form, row)
    return ReceiptFacts(
        _greeting(result, settings, row, reader),
        corrects=row["request"] == "correct",
        whole=whole,
        version=str(row["version"]) if whole else "",
        version_by=str(row["version_by"]),
        agreed=agreed,
        left_open=left_open,
        letters=tuple(_opted(result, row)),
        accepted=row["outcome"] == "accepted",
        role=_role(row),
        people=settings.coalition.people,
        since=since,
        already=already,
        listed_since=listing.since if listing and listing.listed else None,
        consents=tuple((SIGNONS.column(name).help, str(row[name])) for name in CONSENTS
                       if _asked(result, row, name)),
        may_list=row["list_us"] == "yes",
    )  # fmt: skip


def question_facts(result: Result, settings: Settings, row: Row, reader: Reader) -> QuestionFacts:
    """What the rules that hold the form say to whoever sent it."""
    until, why = _last_day(result, settings, row)
    greeting = _greeting(result, settings, row, reader)
    return QuestionFacts(greeting, tuple(row["sentences"]), until, why)


def _greeting(result: Result, settings: Settings, row: Row, reader: Reader) -> Greeting:
    statement, form = _signed(result, settings, row)
    titled = statement.title if statement.title != MAIN else ""
    return Greeting(
        coalition=settings.coalition.name,
        to=reader.name,
        organisation="" if _alone(row) else str(row["organisation"]),
        sent_on=None if pd.isna(row["day"]) else row["day"].date(),
        title=titled,
        form=form.address,
        asks_request=_asked(result, row, "request"),
    )


def _alone(row: Row) -> bool:
    return "individual" in row["labels"] or not str(row["organisation"]).strip()


def _signed(result: Result, settings: Settings, row: Row) -> tuple[Statement, Form]:
    """The statement that the form signs, and the form."""
    name = str(row["statement"])
    statement = next(each for each in result.statements if each.name == name)
    return statement, settings.forms_of("Sign-ons").get(name, settings.signons)


def _asked(result: Result, row: Row, field: str) -> bool:
    """Whether the form asks it; of a letter's own form, whether it was answered."""
    if row["statement"] == MAIN:
        return field in result.signons.asked
    return str(row.get(field, "")) != ""


def _agrees(result: Result, form: Form, row: Row) -> bool:
    """Whether it said yes to the statement as a whole, or nobody asked."""
    asked = _asked(result, row, "agreement") and not form.sending_is_agreeing
    return not asked or row["agreement"] == "yes"


def _points(
    result: Result, statement: Statement, form: Form, row: Row
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Texts of the principles and policies that got a yes, and of the others that were asked."""
    version = statement.named(str(row["version"])) or statement.in_force(result.today)
    points: tuple[Point, ...] = version.points if version else statement.points
    asked = [point for point in points if _asked(result, row, point.field)]
    yes = tuple(p.text for p in asked if row[p.field] == "yes")
    others = tuple(p.text for p in asked if row[p.field] != "yes")
    whole = () if _agrees(result, form, row) else (say("the statement as a whole"),)
    return yes, (*whole, *others)


def _opted(result: Result, row: Row) -> list[str]:
    """Titles of the letters that the same form signs."""
    return [
        letter.statement.title for letter in result.letters
        if len(letter.opted_in) and row["key"] in set(letter.opted_in["key"])
    ]  # fmt: skip


def _role(row: Row) -> str:
    if "individual" in row["labels"]:
        return "individual"
    if row["statement"] != MAIN:
        return ""
    return str(row["joins_as"]) or "member"


def _since(result: Result, row: Row) -> tuple[dt.date | None, bool]:
    """From when its organisation is a member, and whether it was before this form.

    Whoever signs in the name of an organisation that others signed for is told neither.
    """
    home, today = str(row["organisation_id"]), result.today
    if row["statement"] != MAIN or home not in result.facts.members(today):
        return None, False
    if not _acquainted(result, row):
        return None, False
    since = result.facts.standing(home, today).since
    already = bool(row["repeat"]) and result.facts.standing(home, today).standing in MEMBER
    return since, already


def _acquainted(result: Result, row: Row) -> bool:
    """Whether the form is its organisation's first, or from an address of those before it."""
    if not row["repeat"] or row["trusted"]:
        return True
    forms = result.every_form
    before = forms.loc[
        (forms["organisation_id"] == row["organisation_id"]) & (forms["key"] != row["key"])
        & forms["outcome"].isin(_STANDS)
    ]  # fmt: skip
    address = str(row["email"]).strip().casefold()
    if address and address in set(before["email"].str.strip().str.casefold()):
        return True
    theirs = set(before["domain"]) | set(before.loc[~before["free_mail"], "mail_domain"])
    return not row["free_mail"] and row["mail_domain"] in theirs - {""}


def _listing(result: Result, row: Row) -> Listing | None:
    """Whether the organisation is named in public, under what the form signs."""
    home = str(row["organisation_id"])
    if not home:
        return None
    if row["statement"] == MAIN:
        return result.facts.listing(home, result.today)
    letter: Letter = next(x for x in result.letters if x.statement.name == row["statement"])
    return letter.listing(home, result.today, result.facts)


def _last_day(result: Result, settings: Settings, row: Row) -> tuple[dt.date | None, str]:
    """The last day on which an answer helps, where one is known, and what it is."""
    statement, _ = _signed(result, settings, row)
    version = statement.in_force(result.today)
    days: list[tuple[dt.date, str]] = []
    if row["confirms"] and version and version.reconfirm_by:
        given = row["extended"]
        last: dt.date = version.reconfirm_by
        last = last if pd.isna(given) else max(last, given.date())
        days.append((last, say("that is the last day to re-confirm")))
    if version and (closes := day_of(version.closes)):
        days.append((closes, say("sign-ons close on that day")))
    return min((day for day in days if day[0] >= result.today), default=(None, ""))
