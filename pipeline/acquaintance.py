"""Is the sender of a form known to an organisation that signed something else before?"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from config.records import DecisionRecord
from pipeline.judging import ACCEPTS, Row, by_organisation, in_time
from pipeline.lookup import look_up

_FIELDS = ("organisation_id", "statement", "email", "mail_domain", "free_mail", "domain")


def strangers(frame: pd.DataFrame, decisions: Mapping[str, DecisionRecord]) -> pd.Series:
    """Per form, whether nobody known signs another statement in an organisation's name.

    Known is whoever sent the organisation's first form, whoever writes from its own web domain,
    and whoever's form a coordinator accepted. Within one statement, later forms are judged by the
    rules about repeats.

    Args:
        frame: the forms of all statements, with `organisation_id`.
        decisions: matter → the decision that holds.
    """
    vouched = {key for key, decision in decisions.items() if decision.word in ACCEPTS}
    found: dict[str, bool] = {}
    for forms in by_organisation(in_time(frame, *_FIELDS)).values():
        if len({form["statement"] for form in forms}) > 1:
            found |= _of_one(forms, vouched)
    return look_up(frame["key"], found, False).astype(bool)


def _of_one(forms: list[Row], vouched: set[str]) -> dict[str, bool]:
    addresses, domains, signed = set[str](), set[str](), set[str]()
    found: dict[str, bool] = {}
    for form in forms:
        address, statement = str(form["email"]).strip().casefold(), form["statement"]
        own = bool(form["mail_domain"]) and not form["free_mail"] and form["mail_domain"] in domains
        known = not signed or address in addresses or own or form["key"] in vouched
        found[form["key"]] = not known and statement not in signed
        if known:
            addresses |= {address} - {""}
            domains |= {form["domain"]} - {""}
            signed.add(statement)
    return found
