"""Many forms alike within a few minutes: a machine, a joke, or somebody signing for others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence

import numpy as np
import pandas as pd

from config.text import fold, shorten
from config.words import say
from pipeline.rules.evidence import nothing, per_text
from pipeline.rules.model import Forms

FLOOD = 5
WINDOW = np.timedelta64(10, "m")
SAME_BODY = (
    "kind", "size", "country", "district", "role", "reservations", "already_doing",
    "worth_your_time",
)  # fmt: skip
"""Answers that differ between organisations which really are different."""
FREE_TEXTS = ("already_doing", "worth_your_time", "reservations")
LONG = 25
"""Characters from which two people don't write the same by chance."""


def flood(forms: Forms) -> pd.Series:
    """Evidence where FLOOD forms, alike and by one sender, came within WINDOW.

    It is the same text for every form of a burst, so that people can filter it.
    """
    by_address, many = _by_one_sender(forms, "email")
    by_name, more = _by_one_sender(forms, "signatory")
    return by_address.where(many >= more, by_name)


def same_words(forms: Forms) -> pd.Series:
    """Evidence where FLOOD organisations, by as many senders, sent the same words within WINDOW."""
    found = nothing(forms)
    frame = forms.frame
    joins = (frame["signing_as"] != "individual") & (frame["request"] != "withdraw")
    sender = _first_said(frame, ("email", "signatory", "organisation"))
    home = frame["organisation_id"].where(frame["organisation_id"] != "", frame["folded"])
    for field in FREE_TEXTS:
        said = per_text(frame[field], fold)
        long = joins & (said.str.len() >= LONG) & frame["received"].notna()
        for rows, burst in _bursts(frame[long], [said[long]], [sender, home]):
            text = say(
                "{n} organisations sent the same words on {day}: “{words}”",
                n=home[rows.index].nunique(), day=_day(rows), words=shorten(min(rows[field]), 60),
            )  # fmt: skip
            found[burst] = found[burst].where(found[burst] != "", text)
    return found


def _by_one_sender(forms: Forms, field: str) -> tuple[pd.Series, pd.Series]:
    """Evidence and number of forms of the burst that each form belongs to; "" and 0 of none."""
    told = {
        "email": "{n} forms alike from one address on {day} ({sender})",
        "signatory": "{n} forms alike with one signatory on {day} ({sender})",
    }[field]
    found, many = nothing(forms), pd.Series(0, index=forms.frame.index)
    sender = per_text(forms.frame[field], fold)
    known = forms.frame[forms.frame["received"].notna() & (sender != "")]
    often = sender[known.index].map(sender.value_counts()) >= FLOOD
    rows = known[often]
    alike = [sender[rows.index], *(per_text(rows[answer], fold) for answer in SAME_BODY)]
    each = pd.Series(forms.frame.index, index=forms.frame.index)
    for of_burst, burst in _bursts(rows, alike, [each]):
        one = shorten(min(of_burst[field]), 40)
        found[burst] = say(told, n=len(of_burst), day=_day(of_burst), sender=one)
        many[burst] = len(of_burst)
    return found, many


def _first_said(frame: pd.DataFrame, fields: Sequence[str]) -> pd.Series:
    said = per_text(frame[fields[0]], fold)
    for field in fields[1:]:
        said = said.where(said != "", per_text(frame[field], fold))
    return said


def _day(rows: pd.DataFrame) -> str:
    return f"{rows['day'].min():%Y-%m-%d}"


def _bursts(
    rows: pd.DataFrame, alike: Sequence[pd.Series], apart: Sequence[pd.Series]
) -> list[tuple[pd.DataFrame, pd.Index]]:
    """The forms and the index of every burst among those that are alike.

    In a burst FLOOD forms came within WINDOW that differ in all of `apart`.
    """
    if len(rows) < FLOOD:
        return []
    group = rows.groupby(list(alike), sort=False).ngroup()
    often = rows[group.map(group.value_counts()) >= FLOOD].sort_values("received", kind="stable")
    found = []
    for _, each in often.groupby(group[often.index]):
        times = each["received"].dt.tz_convert(None).to_numpy()
        number = _numbered(times, [one[each.index].tolist() for one in apart])
        for n in range(1, number.max() + 1):
            burst = each[number == n]
            found.append((burst, burst.index))
    return found


def _numbered(times: np.ndarray, apart: Sequence[Sequence[Hashable]]) -> np.ndarray:
    """Per sorted time the number of its burst, from 1; 0 where it belongs to none."""
    inside = _in_burst(times, apart)
    at = np.flatnonzero(inside)
    number = np.zeros(len(times), dtype=int)
    if len(at):
        number[at] = 1 + np.concatenate(([0], np.cumsum(np.diff(times[at]) > WINDOW)))
    return number


def _in_burst(times: np.ndarray, apart: Sequence[Sequence[Hashable]]) -> np.ndarray:
    """Which of the sorted times lie within WINDOW of so many others that FLOOD differ."""
    ends = np.zeros(len(times) + 1, dtype=int)
    seen: list[Counter[Hashable]] = [Counter() for _ in apart]
    first = 0
    for last in range(len(times)):
        for counter, values in zip(seen, apart, strict=True):
            counter[values[last]] += 1
        while times[last] - times[first] > WINDOW:
            for counter, values in zip(seen, apart, strict=True):
                counter[values[first]] -= 1
                if not counter[values[first]]:
                    del counter[values[first]]
            first += 1
        if all(len(counter) >= FLOOD for counter in seen):
            ends[first] += 1
            ends[last + 1] -= 1
    return np.cumsum(ends[:-1]) > 0
