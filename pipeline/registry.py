"""The registry of organisations: one row each, as the tab Who has signed shows it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import pandas as pd

from config.records import ChangeRecord, OrganisationRecord
from config.statement import MAIN, Statement
from config.text import clean, fold, nearest
from config.words import say
from pipeline.judging import ACCEPTS
from pipeline.letters import Letter, letters_signed
from pipeline.renaming import renamed
from pipeline.resolution.keys import name_key, name_keys
from pipeline.rules.evidence import is_leaving
from pipeline.rules.s7_abuse import is_placeholder
from pipeline.standing import MEMBER, Facts

OUTSIDE = frozenset({"signatory only", "observer", "funder", "coalition staff"})
"""Ways of joining that don't make a member."""
Row = Mapping[Hashable, Any]


def speaking(frame: pd.DataFrame) -> dict[str, Row]:
    """Organisation → the form that speaks for it.

    The newest accepted form that is no mere repeat; where none is accepted, the newest that joins.
    """
    found: dict[str, tuple[tuple[bool, bool, int], Row]] = {}
    ordered = frame.loc[frame["organisation_id"] != ""].sort_values(
        ["received", "key"], na_position="first", kind="stable"
    )
    for at, row in enumerate(ordered.to_dict("records")):
        leaves = is_leaving(row["rules"])
        own = not row["repeat"] or row["trusted"] or row["decision"] in ACCEPTS
        rank = (not leaves, row["outcome"] == "accepted" and own, at)
        if row["organisation_id"] not in found or found[row["organisation_id"]][0] < rank:
            found[row["organisation_id"]] = (rank, row)
    return {home: row for home, (_, row) in found.items()}


def outsiders(forms: Mapping[str, Row]) -> frozenset[str]:
    """Ids of those that have signed without becoming members."""
    return frozenset(home for home, row in forms.items() if row["joins_as"] in OUTSIDE)


def organisations_of(
    every_form: pd.DataFrame,
    forms: Mapping[str, Row],
    records: Sequence[OrganisationRecord],
    facts: Facts,
    changes: Sequence[ChangeRecord],
    statement: Statement,
    letters: Sequence[Letter],
    today: dt.date,
) -> pd.DataFrame:
    """One row per living organisation, sorted by id.

    Columns: those of `metrics.model.Context.organisations`, and `because`, `parent`, `signatory`,
    `role`, `agreed` ("7 of 7"), `why_not`, `confirm_by` (datetime64[ns]), `letters` (tuple of
    titles), `signons` (count), `aliases` (tuple), `next_step`.

    Args:
        every_form: of all statements, with `organisation_id`: whoever signed only a letter has a
            row too.
        forms: organisation → the form that speaks for it.
        records: organisations, merged ones too.
        facts: about the coalition.
        changes: that hold.
        statement: the main one.
        letters: what came of each.
        today: the coalition's day.
    """
    seen = _names(every_form)
    counts = every_form["organisation_id"].value_counts()
    told = _told(changes)
    spoken = {home: row for letter in letters for home, row in speaking(letter.own_forms).items()}
    spoken |= forms
    rows = [
        _row(record, spoken.get(record.id), facts, told.get(record.id, {}), statement, today)
        | {
            "signons": int(counts.get(record.id, 0)),
            "names": seen.get(record.id, ()),
            "letters": tuple(letters_signed(letters, record.id, today)),
        }
        for record in sorted(records, key=lambda r: r.id)
        # on an earlier day nobody knew those who came later
        if not record.survivor and (record.minted_on <= today or record.id in counts)
    ]
    whole = (
        pd.DataFrame(rows)
        if rows
        else pd.DataFrame(columns=[*_COLUMNS, "signons", "names", "letters"])
    )
    shown = dict(zip(whole["id"], whole["name"], strict=True))
    find = finder(shown, seen, known_names(records)[1], suggest=False)
    parents = list(_parents(whole, find))
    others = [
        tuple(other for other in names if clean(other) != clean(name))
        for names, name in zip(whole["names"], whole["name"], strict=True)
    ]
    return whole.assign(
        parent_id=[identity for identity, _ in parents],
        parent=[shown.get(identity, name) for identity, name in parents],
        aliases=pd.Series(others, index=whole.index, dtype=object),
    ).drop(columns="names")


def _parents(
    organisations: pd.DataFrame, find: Callable[[str], tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    """Per organisation (its parent's id, the parent as typed); nobody is their own parent."""
    for home, name in zip(organisations["id"], organisations["parent"], strict=True):
        named = "" if is_placeholder(name) else name
        parent = find(named)[0]
        yield ("", "") if parent == home else (parent, named)


def finder(
    names: Mapping[str, str],
    also: Mapping[str, Sequence[str]],
    merged: Mapping[str, str],
    suggest: bool = True,
) -> Callable[[str], tuple[str, str]]:
    """A function: a name or id → (id, ""), or ("", the nearest name that is known)."""
    order = sorted(names)
    called = [(names[i], i) for i in order] + [(n, i) for i in order for n in also.get(i, ())]
    keys = name_keys([name for name, _ in called])
    by_key: dict[int, str] = {}
    for key, (_, identity) in zip(keys, called, strict=True):
        by_key.setdefault(key, identity)

    def find(text: str) -> tuple[str, str]:
        wanted = text.strip()
        if wanted in names or wanted in merged:
            return merged.get(wanted, wanted), ""
        identity = by_key.get(name_key(wanted), "") if wanted else ""
        if identity or not wanted or not suggest:
            return identity, ""
        return "", nearest(wanted, names.values()) or _containing(wanted, names)

    return find


def namesakes(names: Mapping[str, str]) -> Callable[[str], tuple[str, ...]]:
    """A function: a name → the ids of all that are called so, where they are several."""

    @cache
    def by_key() -> dict[int, list[str]]:
        found: dict[int, list[str]] = defaultdict(list)
        order = sorted(names)
        for key, identity in zip(name_keys([names[i] for i in order]), order, strict=True):
            found[key].append(identity)
        return found

    def twins(text: str) -> tuple[str, ...]:
        wanted = text.strip()
        several = by_key().get(name_key(wanted), ()) if wanted not in names else ()
        return tuple(several) if len(several) > 1 else ()

    return twins


def _containing(part: str, names: Mapping[str, str]) -> str:
    """The first name that holds the text; "" where none does."""
    return next((name for name in sorted(names.values()) if fold(part) in fold(name)), "")


_COLUMNS = (
    "id", "name", "standing", "since", "because", "joined_on", "left_on", "level", "parent",
    "country", "district", "sector", "joins_as", "version", "may_list", "logo", "listed",
    "why_not", "confirm_by", "communities", "referred_by", "signatory", "role", "agreed",
    "next_step",
)  # fmt: skip


def _names(frame: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Organisation → every name it used, in the order of first use."""
    names: dict[str, dict[str, None]] = defaultdict(dict)
    ordered = frame.sort_values(["received", "key"], na_position="last", kind="stable")
    for home, name in zip(ordered["organisation_id"], ordered["organisation"], strict=True):
        if home:
            names[home].setdefault(name)
    for home, forms in renamed(frame).items():
        names[home] |= dict.fromkeys(name for form in forms for name in form.names)
    return {home: tuple(found) for home, found in names.items()}


def _told(changes: Sequence[ChangeRecord]) -> dict[str, dict[str, str]]:
    """Organisation → kind of change → its newest value."""
    told: dict[str, dict[str, str]] = defaultdict(dict)
    for change in changes:
        told[change.organisation_id][change.change] = change.value
    return told


def _row(
    record: OrganisationRecord,
    form: Row | None,
    facts: Facts,
    told: Mapping[str, str],
    statement: Statement,
    today: dt.date,
) -> dict[str, object]:
    standing = facts.standing(record.id, today)
    listing = facts.listing(record.id, today)
    accepted = [f.start for f in facts.of(record.id) if f.kind == "accepted" and f.holds(today)]
    left = standing.since if standing.standing in ("withdrawn", "suspended", "removed") else None
    answers = _answers(form)
    return {
        "id": record.id,
        "name": told.get("show as") or answers["organisation"] or record.name,
        "standing": standing.standing,
        "since": pd.Timestamp(standing.since) if standing.since else pd.NaT,
        "because": standing.because,
        "joined_on": pd.Timestamp(min(accepted)) if accepted else pd.NaT,
        "left_on": pd.Timestamp(left) if left else pd.NaT,
        "level": answers["level"],
        "parent": told.get("chapter of") or answers["parent"],
        "country": answers["country"],
        "district": answers["district"],
        "sector": tuple(form["sector"]) if form else (),
        "joins_as": answers["joins_as"] or "member",
        "version": answers["version"] if form and form["statement"] == MAIN else "",
        "may_list": answers["list_us"],
        "logo": answers["use_our_logo"],
        "listed": listing.listed,
        "why_not": listing.why_not,
        "confirm_by": pd.Timestamp(standing.confirm_by) if standing.confirm_by else pd.NaT,
        "communities": (*form["communities_led"], *form["communities_served"]) if form else (),
        "referred_by": answers["referred_by"],
        "signatory": told.get("new signatory") or answers["signatory"],
        "role": "" if "new signatory" in told else answers["role"],
        "agreed": _agreed(form, statement),
        "next_step": _next_step(standing.standing, listing.gate, form),
    }


_ASKED = ("organisation", "level", "parent", "country", "district", "joins_as", "version",
          "list_us", "use_our_logo", "referred_by", "signatory", "role")  # fmt: skip


def _answers(form: Row | None) -> dict[str, str]:
    return {name: str(form[name]) if form else "" for name in _ASKED}


def _agreed(form: Row | None, statement: Statement) -> str:
    """Points agreed to, of those in the version that the form agreed to."""
    version = next((v for v in statement.versions if form and v.version == form["version"]), None)
    if form is None or version is None or not version.points:
        return ""
    yes = sum(form.get(point.field) == "yes" for point in version.points)
    return say("{n} of {all}", n=yes, all=len(version.points))


def _next_step(standing: str, gate: str, form: Row | None) -> str:
    if standing == "pending":
        return say("Answer its question in To decide.")
    if standing == "reaffirm":
        return say("Ask it to re-confirm the new version.")
    if standing in MEMBER and gate == "waits":
        return say("Say list or don't list in To decide.")
    if standing in MEMBER and form is not None and form["joins_as"] in OUTSIDE:
        return say("Joined as {role}: not counted as a member.", role=form["joins_as"])
    return ""


def known_names(
    records: Sequence[OrganisationRecord],
) -> tuple[dict[str, str], dict[str, str]]:
    """(id → name of the living, merged id → the id that survived it)."""
    survivors = {r.id: r.survivor for r in records if r.survivor}

    def alive(identity: str) -> str:
        while identity in survivors:
            identity = survivors[identity]
        return identity

    living = {r.id: r.name for r in records if not r.survivor}
    return living, {identity: alive(identity) for identity in survivors}
