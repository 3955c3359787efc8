"""Questions about two organisations, with both side by side."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from config.text import clean
from config.words import count, say
from pipeline.apart import Clusters
from pipeline.strange import apart, oddities
from pipeline.verdicts import pair_of
from pipeline.word import Pair

Row = Mapping[Hashable, Any]
AT_ONCE = 10
"""So many questions are asked at a time of a group in which everybody looks like everybody."""
OF_ALL = 200
"""So many in all, of either kind."""
_FEW = 3
"""Websites, places and signatories of one side that a cell names."""


@dataclass(frozen=True)
class Question:
    """The cells of one row of To decide about two organisations."""

    key: str
    pair: Pair
    organisation: str
    what: str
    why: str
    evidence: str
    suggestion: str
    nothing: str


def unrelated(pairs: Sequence[Pair], organisations: pd.DataFrame) -> list[Pair]:
    """The pairs of which it isn't known already that one is a part of the other."""
    parents = dict(zip(organisations["id"], organisations["parent_id"], strict=True))
    return [
        pair for pair in pairs
        if parents.get(pair.first, "") != pair.second and parents.get(pair.second) != pair.first
        and not (pair.kind == "part" and parents.get(pair.first))
    ]  # fmt: skip


def key_of(pair: Pair) -> str:
    """The matter's key."""
    return f"{pair.kind}:{pair.first}:{pair.second}"


def questions_of(
    pairs: Sequence[Pair],
    forms: pd.DataFrame,
    names: Mapping[str, str],
    merged: Mapping[str, str],
    answered: Collection[str],
    before: Collection[str],
) -> Iterator[Question]:
    """What is asked, and what was answered, about pairs.

    Args:
        pairs: to ask about.
        forms: of all statements.
        names: organisation → the name shown; merged ones too.
        merged: an id that was merged → the one that survived.
        answered: keys of matters that were decided.
        before: keys of those that were asked before and stay first in the line.
    """
    waiting = [pair for pair in pairs if key_of(pair) not in answered]
    kept, more = at_once(in_line(waiting, before))
    open_pairs = {key_of(pair): pair for pair in pairs}
    recalled = (open_pairs.get(key) or _recalled(key) for key in answered)
    asked = [*kept, *(pair for pair in recalled if pair)]
    sides = _Sides(forms, names, merged, {end for p in asked for end in (p.first, p.second)})
    for pair in asked:
        question = _question(pair, sides)
        if hidden := more.get(key_of(pair)):
            told = _waiting(*hidden)
            question = replace(question, evidence=f"{question.evidence}\n{told}")
        yield question


def in_line(pairs: Sequence[Pair], before: Collection[str]) -> list[Pair]:
    """First what was asked before, then what tells most: pairs that no others tie together."""
    tied = Clusters(_ends(pairs))
    old = [pair for pair in pairs if key_of(pair) in before]
    new = [pair for pair in pairs if key_of(pair) not in before]
    for pair in old:
        tied.join(pair.first, pair.second)
    telling, others = list[Pair](), list[Pair]()
    for pair in new:
        loose = tied.find(pair.first) != tied.find(pair.second)
        tied.join(pair.first, pair.second)
        (telling if loose else others).append(pair)
    return [*old, *telling, *others]


def at_once(pairs: Sequence[Pair]) -> tuple[list[Pair], dict[str, tuple[int, int]]]:
    """Those that are asked now, and by the key of each group's last: how many wait, of how many.

    Waiting are pairs, of so many organisations of that group.
    """
    groups = Clusters(_ends(pairs))
    for pair in pairs:
        if pair.kind == "same":
            groups.join(pair.first, pair.second)
    members = Counter(groups.find(end) for end in _ends(pairs))
    taken: Counter[tuple[str, str]] = Counter()
    hidden: Counter[tuple[str, str]] = Counter()
    last: dict[tuple[str, str], str] = {}
    kept: list[Pair] = []
    for pair in pairs:
        group = (pair.kind, groups.find(pair.first) if pair.kind == "same" else "")
        limit = AT_ONCE if pair.kind == "same" else OF_ALL
        if taken[group] < limit and len(kept) < OF_ALL:
            kept.append(pair)
            taken[group] += 1
            last[group] = key_of(pair)
        else:
            hidden[group] += 1
    whole = {last[group]: (n, members[group[1]]) for group, n in hidden.items() if group in last}
    if rest := sum(n for group, n in hidden.items() if group not in last):
        whole[key_of(kept[-1])] = (rest + whole.get(key_of(kept[-1]), (0, 0))[0], 0)
    return kept, whole


def _ends(pairs: Sequence[Pair]) -> dict[str, None]:
    return dict.fromkeys(end for pair in pairs for end in (pair.first, pair.second))


def _waiting(pairs: int, organisations: int) -> str:
    of = say(" of these {n} organisations", n=organisations) if organisations else ""
    return count(pairs, "{n} more pair{of} is asked once these are answered.",
                 "{n} more pairs{of} are asked once these are answered.", of=of)  # fmt: skip


def _recalled(key: str) -> Pair | None:
    """A pair that was answered and isn't asked any more."""
    ends = pair_of(key)
    return Pair(*ends, "", key.partition(":")[0]) if ends else None


def _question(pair: Pair, sides: _Sides) -> Question:
    one, other = sides.name(pair.first), sides.name(pair.second)
    if pair.kind == "part":
        what, suggestion = say("Part of another organisation?"), "chapter of"
        why = say("It may be part of “{name}” ({relation}).",
                  name=apart(other), relation=pair.relation or say("chapter"))  # fmt: skip
        nothing = say("Both are counted, and neither as a part of the other.")
    else:
        what, suggestion = (
            say("The same organisation?"),
            say("look at both"),
        )
        why = say("It may be the same as “{name}”.", name=apart(other))
        nothing = say("They are counted as two.")
    lines = [say("Matched because: {because}.", because=pair.because)] if pair.because else []
    lines += [f"1. {sides.told(pair.first, other)}", f"2. {sides.told(pair.second, one)}"]
    return Question(key_of(pair), pair, one, what, why, "\n".join(lines), suggestion, nothing)


class _Sides:
    """What is to be told of each side, looked up once for all."""

    def __init__(
        self, forms: pd.DataFrame, names: Mapping[str, str], merged: Mapping[str, str],
        ends: Collection[str],
    ) -> None:  # fmt: skip
        self._names, self._merged = names, merged
        homes = {merged.get(end, end) for end in ends}
        wanted = forms["organisation_id"].isin(homes) | forms["key"].isin(ends)
        mine = forms.loc[wanted].sort_values(["received", "key"], na_position="last", kind="stable")
        self._forms: dict[str, list[Row]] = defaultdict(list)
        for row in mine.to_dict("records"):
            self._forms[row["organisation_id"]].append(row)
            self._forms[row["key"]].append(row)

    def name(self, end: str) -> str:
        """As it is shown; of a form as it was typed."""
        if end in self._names:
            return self._names[end]
        forms = self._forms.get(end)
        return clean(forms[0]["organisation"]) if forms else end

    def told(self, end: str, other: str) -> str:
        """Name, id, website, place, signatories, forms: a short line each."""
        forms = self._forms.get(self._merged.get(end, end), [])
        name = self.name(end)
        lines = [f"{apart(name)} ({end})"]
        lines += filter(None, (
            _few(row["website"].strip() for row in forms),
            _few(", ".join(filter(None, (row["district"], row["country"]))) for row in forms),
            _after(say("signed by"), _few(row["signatory"] for row in forms)),
            _came(forms),
        ))  # fmt: skip
        odd = "; ".join(oddities(name, other))
        lines += [say("Its name holds {odd}.", odd=odd)] if odd else []
        return "\n   ".join(lines)


def _few(texts: Iterator[str]) -> str:
    found = list(dict.fromkeys(apart(text, 60) for text in texts if text.strip()))
    return "; ".join(found[:_FEW]) + (" …" if len(found) > _FEW else "")


def _after(words: str, text: str) -> str:
    return f"{words} {text}" if text else ""


def _came(forms: Sequence[Row]) -> str:
    if not forms:
        return say("its form is in the list no more")
    number = count(len(forms), "{n} form", "{n} forms")
    days = [row["day"].date() for row in forms if pd.notna(row["day"])]
    return say("{number} since {day}", number=number, day=min(days)) if days else number
