"""The responses to the form, as the linked sheet of a form would give them in a CSV download."""

from __future__ import annotations

import csv
import datetime as dt
import io
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from config.statement import MAIN
from pipeline.demo.people import HERE, Applicant, applicants, pick
from pipeline.demo.renewals import renewals
from pipeline.demo.texts import adopted

FOUR_LANGUAGES_FROM = dt.date(2025, 12, 15)
"""Before, the form was in English only."""
REFERRAL_FROM = dt.date(2026, 2, 1)
"""Since then the form asks who told them; older rows have a blank there."""
BRANCHES_FROM = dt.date(2026, 5, 1)
"""Since then chapters have a page of their own, where the question for the parent is repeated."""
NOTES = ""
"""The header of the column in which coordinators wrote beside the responses: it has none."""
SIZES = ("2-10", "11-50", "51-100", "101-500", "more than 500")
NEEDS = (
    "", "", "Childcare", "Step-free access, Vegan food", "Interpretation, spoken or written",
)  # fmt: skip
GROUPS = (
    "", "Water testing", "Letters, visits and hearings", "Press and stories",
    "Water testing, Letters, visits and hearings",
)  # fmt: skip
OFFERS = (
    "", "A room", "Boats, vans or bicycles", "A room, Music, food and hands", "Translation",
)  # fmt: skip
"""Ticked options of three questions, several joined with a comma and a blank."""
TOLD_BY_NEIGHBOURS = {
    "Kordava Lakes": ("Чистая Корда",), "Tarabel Gorge": ("Guardianes del Tarabel",),
}  # fmt: skip
"""Districts that heard of us from one organisation alone; the others from any of the first."""
BY_THEMSELVES_FROM = dt.date(2026, 9, 1)
"""Since the papers wrote about us, nobody has to be told any more."""
COMMUNITIES = (
    "", "", "Farming families", "Fishing families", "Fishing families",
    "Villages far from a town", "Villages far from a town", "Prefer not to say",
)  # fmt: skip
COMMUNITIES_FROM = dt.date(2025, 11, 9)
"""Since the assembly asked for it, the form asks which communities lead an organisation."""
EASY = "Was this form easy to fill in?"
YES = "Yes / Sí / Oui / Ja"
NO = "No / No / Non / Nein"
PICKED = ("request", "level", "signing_as", "joins_as")
"""Questions with one answer to pick; their options are the words of the table."""


@dataclass(frozen=True)
class Response:
    """One row of the sheet.

    Attributes:
        day: when it came in.
        at: what stands in Timestamp.
        answers: field → what was answered, as typed; yes and no in the words of the form.
        trouble: what a person has to look at; "" for a form in good order.
        note: what a coordinator wrote beside it.
    """

    day: dt.date
    at: str
    answers: dict[str, str] = field(hash=False)
    trouble: str = ""
    note: str = ""


@cache
def questions() -> dict[str, str]:
    """Field → question, as in the coalition's settings and statement, in the form's order."""
    found: dict[str, str] = {}
    for name, text in form_settings(MAIN)["questions"].items():
        found[name] = text
        if name == "agreement":
            found |= points()
    return found


def form_settings(statement: str) -> dict[str, Any]:
    """What the coalition's settings say of the form by which that statement is signed."""
    settings = tomllib.loads((HERE / "weaver.toml").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = [
        form for form in settings["form"]
        if form["table"] == "Sign-ons" and form["statement"] == statement
    ]  # fmt: skip
    return found[0]


@cache
def points() -> dict[str, str]:
    """Field → question for each principle and policy."""
    return {point.field: point.question for point in adopted(dt.date.max).points}


def _asked(day: dt.date) -> list[str]:
    """Fields of the principles and policies of that day; there was no second policy at first."""
    return [point.field for point in adopted(day).points]


def responses(before: dt.date) -> tuple[Response, ...]:
    """Every response that came in before that day, in the order in which it came."""
    return tuple(response for response in _all() if response.day < before)


@cache
def _all() -> tuple[Response, ...]:
    found = [clean_response(at, who) for at, who in (*applicants(), *renewals())]
    raw = tomllib.loads((HERE / "responses.toml").read_text(encoding="utf-8"))
    return in_order([*found, *map(special_response, raw["response"])])


def in_order(found: Iterable[Response]) -> tuple[Response, ...]:
    """The responses as they came in."""
    return tuple(sorted(found, key=lambda r: (r.day, _clock(r.at))))


def _clock(at: str) -> str:
    """The time of day, so that a day's responses stand in their order."""
    return at.rpartition(" ")[2].zfill(8)


def clean_response(received: dt.datetime, applicant: Applicant) -> Response:
    """A form in good order."""
    day = received.date()
    return Response(day, stamp(received), _worded(_answers(applicant, day), day))


def stamp(moment: dt.datetime) -> str:
    """The time as the linked sheet shows it: d/m/yyyy H:MM:SS."""
    return f"{moment.day}/{moment.month}/{moment.year} {moment.hour}:{moment:%M:%S}"


def special_response(row: dict[str, Any]) -> Response:
    """A row of responses.toml or letter.toml."""
    received = row.get("received")
    day = received.date() if received else row["day"]
    answers = _answers(_who(row), day) | row.get("answers", {})
    answers["reservations"] *= row.get("repeat_reservations", 1)
    if "only" in row:
        kept = {"email", *row["only"]}
        answers = {name: text for name, text in answers.items() if name in kept}
    return Response(
        day,
        stamp(received) if received else row["at"],
        _worded(answers, day),
        row.get("trouble", ""),
        row.get("note", ""),
    )


def _who(row: dict[str, Any]) -> Applicant:
    if "of" in row:
        return next(who for _, who in applicants() if who.slug == row["of"])
    fields = ("name", "slug", "language", "country", "district", "signatory", "parent")
    given = {name: row[name] for name in fields if name in row}
    return Applicant(**given, role=_phrases()[row["language"]]["role"])


def _answers(who: Applicant, day: dt.date) -> dict[str, str]:
    """What an organisation answers that has nothing to hide; "yes" and "no" still bare."""
    chapter = "yes" if who.parent else ""
    return {
        "email": who.email,
        "request": "join",
        "organisation": who.name,
        "website": who.website,
        "country": who.country,
        "district": who.district,
        "sector": ", ".join(who.sectors),
        "level": who.level,
        "parent": who.parent,
        "parent_approval": chapter,
        "acts_autonomously": chapter,
        "signing_as": "organisation",
        "joins_as": "member",
        "signatory": who.signatory,
        "role": who.role,
        "authorised": "yes",
        "agreement": "yes",
        **dict.fromkeys(_asked(day), "yes"),
        "reservations": "",
        **_consents(who),
        **_about(who),
        **_wishes(who),
        "communities_led": _communities(who, day),
        "referred_by": _referral(who, day),
        "language": _phrases()[who.language]["language"],
    }


def _consents(who: Applicant) -> dict[str, str]:
    return {
        "list_us": "yes",
        "count_us_unnamed": "yes",
        "show_signatory": pick(("yes", "yes", "no"), who.name, "show"),
        "use_our_logo": pick(("yes", "no"), who.name, "logo"),
    }


def _about(who: Applicant) -> dict[str, str]:
    return {
        "kind": pick(("Association", "Association", "Citizens' group", "Cooperative"), who.name),
        "size": pick(SIZES, who.name, "size"),
        "founded": str(1921 + pick(range(102), who.name, "founded")),
        "contact": pick(("", *[who.office] * 8), who.slug, "contact"),
    }


def _wishes(who: Applicant) -> dict[str, str]:
    """Answers in their own words, and ticked options."""
    said = _phrases()[who.language]
    return {
        "already_doing": pick(("", *said["doing"]), who.name, "doing"),
        "worth_your_time": pick(("", *said["worth"]), who.name, "worth"),
        "needs": pick(NEEDS, who.name, "needs"),
        "groups_to_join": pick(GROUPS, who.name, "groups"),
        "offers": pick(OFFERS, who.name, "offers"),
    }


def _communities(who: Applicant, day: dt.date) -> str:
    return pick(COMMUNITIES, who.name, "led") if day >= COMMUNITIES_FROM else ""


def _referral(who: Applicant, day: dt.date) -> str:
    if not REFERRAL_FROM <= day < BY_THEMSELVES_FROM:
        return ""
    early = tuple(other.name for _, other in applicants()[:14])
    told_by = TOLD_BY_NEIGHBOURS.get(who.district, early)
    return pick(("", *told_by), who.name, "referred")


def _worded(answers: dict[str, str], day: dt.date) -> dict[str, str]:
    """Yes and no as the form offered them on that day, other options with a capital."""
    english = day < FOUR_LANGUAGES_FROM
    words = {"yes": "Yes", "no": "No"} if english else {"yes": YES, "no": NO}
    return {
        name: words.get(text, text.capitalize() if name in PICKED else text)
        for name, text in answers.items()
    }


@cache
def _phrases() -> dict[str, dict[str, Any]]:
    return tomllib.loads((HERE / "phrases.toml").read_text(encoding="utf-8"))


def csv_bytes(before: dt.date) -> bytes:
    """`responses.csv` as it could be downloaded in the early morning of that day."""
    header = [*questions().values(), questions()["parent"], EASY, NOTES]
    return csv_of(header, (_row(response) for response in responses(before)))


def csv_of(header: Iterable[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table as Google gives it for download."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()


def _row(response: Response) -> list[str]:
    cells = {"timestamp": response.at, **response.answers}
    first, again = cells.get("parent", ""), ""
    if response.day >= BRANCHES_FROM:
        first, again = "", first
    cells["parent"] = first
    easy = pick(("", "Easy enough", "Too long"), response.at, cells["organisation"])
    return [*(cells.get(name, "") for name in questions()), again, easy, response.note]
