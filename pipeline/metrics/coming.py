"""When a number of Align has something to say, so that a first week shows few of them."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from pipeline.metrics.model import Context
from pipeline.metrics.values import belonging, filled, is_individual, members, real
from pipeline.rules.reservations import reserved

LEFT = ("withdrawn", "suspended", "removed", "lapsed")
"""Standings of those who were members and are none any more."""


def conditional(signons: pd.DataFrame) -> pd.Series:
    """Per sign-on: does it reserve anything? A polite “none” doesn't; the rules read it alike."""
    texts = signons["reservations"]
    reserving = [text for text in texts.unique() if _reserves(text)]
    return texts.isin(reserving)


@lru_cache(maxsize=10_000)
def _reserves(text: str) -> bool:
    return bool(text.strip() and reserved(text))


def asking_in(context: Context) -> pd.DataFrame:
    """Sign-ons without the tests and without requests to withdraw."""
    frame = real(context)
    return frame[frame["request"] != "withdraw"]


def somebody_signed_alone(context: Context) -> bool:
    """A person has signed rather than an organisation."""
    return bool(is_individual(real(context)).any())


def somebody_reserved(context: Context) -> bool:
    """A form states a condition."""
    return bool(conditional(real(context)).any())


def somebody_came_back(context: Context) -> bool:
    """A form came from an organisation that had signed before."""
    return bool(asking_in(context)["repeat"].astype(bool).any())


def somebody_brought(context: Context) -> bool:
    """A form says who brought it."""
    return bool(filled(real(context)["referred_by"]).any())


def some_verified(context: Context) -> bool:
    """A form verifies addresses."""
    return bool(context.signons["verified"].astype(bool).any())


def another_version(context: Context) -> bool:
    """Somebody has agreed to another version than the one in force."""
    agreed = pd.concat([context.signons["version"], context.organisations["version"]])
    return bool((~agreed.isin(("", context.current_version))).any())


def somebody_left(context: Context) -> bool:
    """An organisation was a member and is none any more."""
    return bool(belonging(context)["standing"].isin(LEFT).any())


def has_chapters(context: Context) -> bool:
    """A member is part of another organisation, or they differ in how far they reach."""
    frame = members(context)
    return bool(frame["parent_id"].ne("").any() or frame["level"].nunique() > 1)


def aims_at_districts(context: Context) -> bool:
    """The settings name districts to aim at."""
    return bool(context.districts)


def has_principles(context: Context) -> bool:
    """The version in force has principles or policies to agree to."""
    return bool(context.points)


def has_deadline(context: Context) -> bool:
    """The version in force has a day by which to sign."""
    return context.sign_by is not None or context.closes is not None


def somebody_is_asked(context: Context) -> bool:
    """An organisation is asked to re-confirm by a day."""
    return bool(context.organisations["confirm_by"].notna().any())


def somebody_declares(context: Context) -> bool:
    """A member has answered the question about communities, if only with “prefer not to say”."""
    return bool(members(context)["communities"].map(len).gt(0).any())
