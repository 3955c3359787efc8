"""Is the sender of a form known to an organisation that signed something else before?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from config.records import DecisionRecord
from config.statement import MAIN
from pipeline.judging import ACCEPTS, Row, by_organisation, in_time
from pipeline.lookup import look_up

_FIELDS = ("organisation_id", "statement", "email", "mail_domain", "free_mail", "domain")
STANDS = frozenset({"accepted", "superseded", "withdrawn"})
"""Outcomes of forms by which an organisation has signed."""


def strangers(
    frame: pd.DataFrame, decisions: Mapping[str, DecisionRecord], main: pd.DataFrame | None = None
) -> pd.Series:
    """Per form, whether nobody known signs another statement in an organisation's name.

    Known is whoever sent a form by which it has signed, whoever writes from the same domain of
    its own, and whoever's form a coordinator accepted. Within one statement later forms are
    judged by the rules about repeats.

    Args:
        frame: the forms of all statements, with `organisation_id`.
        decisions: matter → the decision that holds.
        main: the forms of the main statement once they are judged; without them the first form
            of all counts as the organisation's own.
    """
    vouched = {key for key, decision in decisions.items() if decision.word in ACCEPTS}
    stands = None
    if main is not None:
        stands = set(main.loc[main["outcome"].isin(STANDS), "key"])
    found: dict[str, bool] = {}
    for forms in by_organisation(in_time(frame, *_FIELDS)).values():
        if len({form["statement"] for form in forms}) > 1:
            found |= _of_one(forms, vouched, stands)
    return look_up(frame["key"], found, False).astype(bool)


def _of_one(forms: Iterable[Row], vouched: set[str], stands: set[str] | None) -> dict[str, bool]:
    addresses, domains, signed = set[str](), set[str](), set[str]()
    found: dict[str, bool] = {}
    for form in forms:
        address, domain = str(form["email"]).strip().casefold(), str(form["mail_domain"])
        mine = "" if form["free_mail"] else domain
        known = not signed or address in addresses or (mine != "" and mine in domains)
        known = known or form["key"] in vouched
        found[form["key"]] = not known and form["statement"] not in signed
        of_main = stands is not None and form["statement"] == MAIN
        if (form["key"] in (stands or ())) if of_main else known:
            addresses |= {address} - {""}
            domains |= {form["domain"], mine} - {""}
            signed.add(str(form["statement"]))
    return found
