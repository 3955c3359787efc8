"""Finding the organisation that a name, a sign-on or a matter is about."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

import pandas as pd

from config.problems import Problem
from config.records import Known, OrganisationRecord
from config.settings import Settings
from config.text import fold, nearest, shorten
from config.words import say
from pipeline.deciders import Deciders, Find, deciders_of
from pipeline.domains import own_domain
from pipeline.organisations import Settled
from pipeline.registry import finder, known_names
from pipeline.resolution.keys import name_key, name_keys


def homes(known: Known) -> dict[str, str]:
    """Sign-on → the organisation that it belonged to at the last run."""
    return {record.key: record.organisation_id for record in known.signons}


def origins(known: Known) -> dict[str, str]:
    """Sign-on → the organisation that it would have, were nothing merged."""
    return {record.key: record.origin or record.organisation_id for record in known.signons}


def finder_by(
    records: Sequence[OrganisationRecord],
    ids: pd.Series,
    frame: pd.DataFrame,
    suggest: bool = True,
    shown: Mapping[str, str] | None = None,
) -> Find:
    """Finds an organisation by its id, its name and every name that its forms used.

    `ids` gives the organisation of each row of `frame`, which needs the column `organisation`.
    Looking for the nearest name (`suggest`) takes long where there are thousands. `shown` are
    names that people gave.
    """
    living, merged = known_names(records)
    names = frame["organisation"].groupby(ids)
    keys = {key: home for key, home in zip(frame["key"], ids, strict=True) if home}
    also = {str(i): tuple(used) for i, used in names}
    for identity, name in (shown or {}).items():
        also[merged.get(identity, identity)] = (*also.get(merged.get(identity, identity), ()), name)
    return finder(living, also, merged | keys, suggest)


def forms_by(settled: Settled, frame: pd.DataFrame) -> Callable[[str, str], tuple[str, ...]]:
    """A function: (organisation, text) → the keys of those of its forms that the text names.

    Forms are named by their keys, an address, a website, or the name under which they came. None
    where that is also true of the one with which the organisation began, which stays.
    """
    first = {record.id: record.first_key for record in settled.records}

    def forms(home: str, text: str) -> tuple[str, ...]:
        mine = frame.loc[settled.ids == home].sort_values(["received", "key"], kind="stable")
        keys = list(mine["key"])
        began = first[home] if first[home] in keys else keys[0] if keys else ""
        named = next((way for way in _ways(mine, text) if way.any()), mine["key"] == "")
        found = tuple(mine.loc[named, "key"])
        return () if began in found else found

    return forms


def _ways(forms: pd.DataFrame, text: str) -> Iterator[pd.Series]:
    """Per way of naming forms, which of them a text names."""
    yield forms["key"].isin(text.replace(";", " ").replace(",", " ").split())
    yield (forms["email"].str.strip().str.casefold() == text.strip().casefold()) & (text != "")
    domain = own_domain(text)
    yield (forms["domain"] == domain) & (domain != "")
    yield forms["organisation"].map(fold) == fold(text)


def deciders_by(
    settings: Settings,
    records: Sequence[OrganisationRecord],
    ids: pd.Series,
    frame: pd.DataFrame,
    about: Callable[[str], Collection[str]] = lambda _: (),
) -> Deciders:
    """Whose word counts, as the settings say, with employers found among the organisations."""
    two = frozenset(settings.two_deciders)
    if not settings.deciders:
        return Deciders(two=two, about=about)
    find = finder_by(records, ids, frame, suggest=False)
    return deciders_of(settings.deciders, two, find, about)


def about_in(known: Known, find: Find) -> Callable[[str], frozenset[str]]:
    """A function: a matter's key → ids of the organisations that it is about."""
    belongs = homes(known)
    names = {record.key: record.organisation for record in known.matters}

    def about(matter: str) -> frozenset[str]:
        parts = (belongs.get(part, part) for part in (matter, *matter.split(":")))
        found = (find(text)[0] for text in (*parts, names.get(matter, "")) if text)
        return frozenset(identity for identity in found if identity)

    return about


def unknown_employers(settings: Settings, organisations: pd.DataFrame) -> Iterator[Problem]:
    """Employers of deciders that are nearly, and not quite, called like an organisation."""
    names = dict.fromkeys(organisations["name"])
    names |= {name: None for also in organisations["aliases"] for name in also}
    keys = set(name_keys(list(names)))
    for decider in settings.deciders:
        if not decider.employer or name_key(decider.employer) in keys:
            continue
        if like := _nearly(decider.employer, names):
            yield Problem(
                "weaver.toml", 0, "deciders",
                say("the employer of {name} is called like no organisation, so nothing keeps "
                    "{name} from deciding on it", name=decider.name),
                say("Did you mean “{like}”? Write it as in Who has signed.", like=like),
                shorten(decider.employer),
            )  # fmt: skip


def _nearly(employer: str, names: Iterable[str]) -> str | None:
    """The name that holds the other, or differs from it in a letter or two."""
    wanted, known = fold(employer), list(names)
    inside = (name for name in known if fold(name) in wanted or wanted in fold(name))
    return next(inside, None) or nearest(employer, known, cutoff=0.88)
