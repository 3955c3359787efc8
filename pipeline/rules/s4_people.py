"""S4, continued: people who sign more than once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator

import pandas as pd

from config.tables import SIGNONS
from config.text import clean, fold, shorten
from config.words import count, say
from pipeline.rules.evidence import INDIVIDUAL, REQUESTS, WITHDRAWALS, per_text
from pipeline.rules.model import Forms, Rule

SHOWN = 3
"""So many other organisations are named; of the rest the number is said."""


def _several_organisations(forms: Forms) -> pd.Series:
    rows = _signed(forms)
    homes: dict[str, dict[str, str]] = defaultdict(dict)
    for person, home, name in zip(
        rows["person"], rows["organisation_id"], rows["organisation"], strict=True
    ):
        homes[person][home] = min(name, homes[person].get(home, name))
    told = {person: _also(names) for person, names in homes.items() if len(names) > 1}
    pairs = zip(rows["person"], rows["organisation_id"], strict=True)
    found = [told.get(person, {}).get(home, "") for person, home in pairs]
    return pd.Series(found, index=rows.index, dtype=object).reindex(
        forms.frame.index, fill_value=""
    )


def _also(names: dict[str, str]) -> dict[str, str]:
    """Organisation → the others that its signatory signs for."""
    ordered = sorted(names.items(), key=lambda pair: (fold(pair[1]), *pair))
    told = {}
    for home in names:
        # No more than one of them is itself.
        others = [shorten(name, 40) for other, name in ordered[: SHOWN + 1] if other != home]
        more = len(names) - 1 - SHOWN
        rest = [count(more, "{n} more", "{n} more")] if more > 0 else []
        told[home] = say("Also signs for: {names}", names="; ".join([*others[:SHOWN], *rest]))
    return told


def _another_address(forms: Forms) -> pd.Series:
    rows = _signed(forms)
    rows = rows[rows["address"] != ""]
    same = [rows["organisation_id"], rows["person"]]
    many = rows.groupby(same)["address"].transform("nunique") > 1
    groups = rows[many].groupby([each[many] for each in same])
    changes = dict(change for _, of_one in groups for change in _changes(of_one))
    found = pd.Series(changes, dtype=object)
    return found.reindex(forms.frame.index, fill_value="")


def _changes(of_one: pd.DataFrame) -> Iterator[tuple[Hashable, str]]:
    """Index and evidence of each form whose address differs from the one used before."""
    before = ""
    ordered = of_one.sort_values(["received", "key"], na_position="last", kind="stable")
    for at, address, typed in zip(ordered.index, ordered["address"], ordered["email"], strict=True):
        if before and address != fold_address(before):
            was = say("was")
            title = SIGNONS.column("email").title
            yield at, f"{title}: {shorten(typed, 60)} ({was}: {shorten(before, 60)})"
        before = typed


def fold_address(address: str) -> str:
    """An address for comparison; dots and plus signs matter there, capitals don't."""
    return address.strip().casefold()


def _signed(forms: Forms) -> pd.DataFrame:
    """Forms by which organisations join, with who signed: the name, or the address where it tells
    less."""
    frame = forms.frame
    marker = forms.form.test_marker
    joins = (
        (frame["organisation_id"] != "")
        & (frame["signing_as"] != "individual")
        & frame["request"].isin(["", "join"])
        & ~frame["organisation"].str.contains(marker, case=False, regex=False)
    )
    columns = ["key", "organisation_id", "organisation", "email", "signatory", "received"]
    rows = frame.loc[joins, columns]
    rows = rows.assign(
        organisation=per_text(rows["organisation"], clean),
        address=per_text(rows["email"], fold_address),
        person=per_text(rows["signatory"], lambda name: fold(name) if " " in fold(name) else ""),
    )
    rows["person"] = rows["person"].where(rows["person"] != "", rows["address"])
    return rows[rows["person"] != ""]


RULES = (
    Rule(
        "S410",
        title="The same person signs for several",
        why="Many people serve in more than one organisation; it is no doubt, and worth knowing.",
        remedy="Nothing; thank them once for all.",
        severity="note",
        question="The signatory signs for several organisations. {evidence}.",
        sentence="You signed for several organisations, and each of them counts. {evidence}.",
        reads=("signatory", "email"),
        find=_several_organisations,
        after=("S701", "S703", "S704", "S705", *INDIVIDUAL, *WITHDRAWALS),
        suggestion="accept",
    ),
    Rule(
        "S411",
        title="The signatory used another address before",
        why="People change addresses; now and then somebody else borrows a name.",
        remedy="Write to the new address, and put it into Contacts if it answers.",
        severity="note",
        question="The same signatory used another address before. {evidence}.",
        sentence="You wrote from another address before. {evidence}. "
        "Please tell us which one we shall use.",
        reads=("signatory", "email"),
        find=_another_address,
        needs=("signatory", "email"),
        after=("S402", *INDIVIDUAL, *REQUESTS),
        suggestion="accept",
    ),
)
