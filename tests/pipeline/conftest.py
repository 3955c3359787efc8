"""Sign-ons as rules see them, built from a few answers; all else is a sign-on without a flaw."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pandas as pd
import pytest

from config.deciding import Eligibility
from config.settings import Form
from config.statement import Point, Statement, Version
from config.tables import SIGNONS
from config.text import fold
from pipeline.domains import are_free_mail, mail_domains, own_domains
from pipeline.rules.model import Forms
from pipeline.versions import agreed

TODAY = dt.date(2026, 6, 1)
FAULTLESS: dict[str, Any] = {
    "time_problem": "",
    "by_hand": False,
    "email": "ana@riverwatch.example.org",
    "request": "join",
    "organisation": "River Watch",
    "website": "https://riverwatch.example.org",
    "kind": "association",
    "size": "12",
    "country": "Portugal",
    "level": "local",
    "acts_autonomously": "yes",
    "signing_as": "organisation",
    "joins_as": "member",
    "signatory": "Ana Ferreira",
    "role": "Director",
    "authorised": "yes",
    "contact": "Bo Lind",
    "agreement": "yes",
    "list_us": "yes",
    "count_us_unnamed": "no",
    "show_signatory": "no",
    "use_our_logo": "no",
    "repeat": False,
    "repeat_key": "",
    "trusted": False,
    "returns": False,
    "drift": "",
    "late": "",
    "confirms": False,
    "stranger": False,
    "extended": pd.NaT,
}


def _statement() -> Statement:
    peace = Point(id="peace", text="We act peacefully.")
    open_books = Point(id="books", text="We keep open books.")
    first = Version(
        version="1", state="adopted", adopted_on=dt.date(2026, 1, 10), principles=(peace,)
    )
    second = Version(
        version="2", state="adopted", adopted_on=dt.date(2026, 4, 1), principles=(peace,),
        policies=(open_books,), silence="leaves", reconfirm_by=dt.date(2026, 4, 30),
    )  # fmt: skip
    draft = Version(version="3", state="draft", principles=(peace,), policies=(open_books,))
    return Statement("main", (first, second, draft))


STATEMENT = _statement()
ASKED = frozenset({*SIGNONS.names, *(point.field for point in STATEMENT.points)})


def _row(number: int, answers: Mapping[str, Any]) -> dict[str, Any]:
    blank: dict[str, Any] = {
        column.name: () if column.kind == "list" else "" for column in SIGNONS.columns
    }
    sent = pd.Timestamp("2026-05-01 10:00", tz="UTC") + pd.Timedelta(hours=number)
    points = {point.field: "yes" for point in STATEMENT.points}
    row = {**blank, **points, **FAULTLESS, "key": f"s-{number}", "received": sent, **answers}
    row["received"] = pd.to_datetime(row["received"], utc=True)
    row["decided_by_board_on"] = pd.to_datetime(row["decided_by_board_on"] or pd.NaT)
    return row


def build(
    answers: Iterable[Mapping[str, Any]],
    *,
    asked: frozenset[str] = ASKED,
    form: Form | None = None,
    statement: Statement = STATEMENT,
    today: dt.date = TODAY,
    eligibility: Eligibility | None = None,
) -> Forms:
    """Forms from answers; what isn't given is answered faultlessly."""
    rows = [_row(number, given) for number, given in enumerate(answers)]
    frame = pd.DataFrame(rows, columns=list(rows[0] if rows else _row(0, {})))
    frame = frame.drop(columns="timestamp")
    for column in ("received", "decided_by_board_on"):
        frame[column] = pd.to_datetime(frame[column], utc=column == "received")
    frame["row"] = range(2, len(frame) + 2)
    frame["day"] = frame["received"].dt.tz_localize(None).dt.normalize()
    frame["asked_as"] = ""
    frame[["version", "version_by"]] = agreed(frame, statement)
    frame["domain"] = own_domains(frame["website"])
    frame["mail_domain"] = mail_domains(frame["email"])
    frame["free_mail"] = are_free_mail(frame["mail_domain"])
    frame["folded"] = [fold(name) for name in frame["organisation"]]
    frame["organisation_id"] = ["o-" + name for name in frame["folded"]]
    return Forms(frame, asked, statement, form or Form(), today, eligibility or Eligibility())


@pytest.fixture(scope="session")
def forms_of() -> Callable[..., Forms]:
    """`forms_of([{field: answer}, ...])`, with `asked`, `form` and the other arguments."""
    return build
