"""Whose word counts: who is on the list, who works for whom, and what needs two people."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from config.deciding import Decider
from config.text import clean, fold, nearest
from config.words import say

SHOWN = 12
"""Names of the list that a remedy repeats at most."""
_AND = "(?:and|und|et|AND|UND|ET|y|e)"
_BETWEEN = re.compile(rf" ?[;,/&+] ?(?:{_AND} )?| {_AND} ")
Find = Callable[[str], tuple[str, str]]
"""A name or id → (the organisation's id, ""), or ("", the nearest name)."""


@dataclass(frozen=True)
class Refusal:
    """Why somebody's word doesn't count (no cell is quoted in `what`), and what to do."""

    what: str
    remedy: str


@dataclass(frozen=True)
class Deciders:
    """The coalition's rules about who decides.

    Attributes:
        listed: those whose word counts; everybody's where there are none.
        two: words that need two different people.
        works_for: folded name of a decider → the id of the organisation that employs them.
        about: a matter's key → ids of the organisations that it is about.
    """

    listed: tuple[Decider, ...] = ()
    two: frozenset[str] = frozenset()
    works_for: Mapping[str, str] = field(default_factory=dict)
    about: Callable[[str], Collection[str]] = lambda _: ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names on the list."""
        return tuple(decider.name for decider in self.listed)

    def named(self, typed: str) -> tuple[str, ...]:
        """The different people whom a cell names and whose word counts at all, as listed."""
        by_fold = {fold(name): name for name in self.names}
        found = {fold(name): name for name in names_in(typed, self.names)}
        if not self.listed:
            return tuple(found.values())
        return tuple(by_fold[folded] for folded in found if folded in by_fold)

    def counted(self, typed: str, organisations: Collection[str]) -> tuple[str, ...]:
        """Those of them who may decide on these organisations."""
        return tuple(
            name for name in self.named(typed)
            if self.works_for.get(fold(name), "") not in {*organisations} - {""}
        )  # fmt: skip

    def refusal(self, typed: str, organisations: Collection[str]) -> Refusal | None:
        """Why one word with these names doesn't count; None where it does."""
        if not self.listed or self.counted(typed, organisations):
            return None
        if self.named(typed):
            return Refusal(
                say("Nobody decides on the organisation that they work for."),
                say("Somebody else has to decide it.") + " " + self._list(organisations),
            )
        if not clean(typed):
            what = say("Nobody is named here, and only those on the list of deciders count.")
            return Refusal(what, say("Write your name.") + " " + self._list(organisations))
        like = nearest(typed, self.names, cutoff=0.6)  # names are short
        hint = say("Did you mean “{name}”?", name=like) + " " if like else ""
        what = say("Nobody who is named here is on the list of those who decide.")
        return Refusal(what, hint + self._list(organisations))

    def lacks_second(
        self, word: str, typed: str, names: Collection[str], organisations: Collection[str]
    ) -> Refusal | None:
        """Why a grave word still waits; `names` are those who have said it, in whatever rows."""
        if word not in self.two or len(_people(names)) >= 2:
            return None
        if not names:
            what = say("“{word}” needs the names of two people, and there is none.", word=word)
            remedy = say("Write both beside each other, such as “Ana; Ben”.")
        else:
            what = say("“{word}” needs two people, so it waits for a second name.", word=word)
            remedy = say("Write it beside the first, such as “Ana; Ben”.")
        if len(self.named(typed)) > len(self.counted(typed, organisations)):
            remedy += " " + say("Whoever works for it does not count; somebody else has to "
                                "decide it.")  # fmt: skip
        return Refusal(what, f"{remedy} {self._list(organisations)}".strip())

    def _list(self, organisations: Collection[str]) -> str:
        """Those whose word would count here."""
        if not self.listed:
            return ""
        names = [name for name in self.names if self.counted(name, organisations)]
        more = ", …" if len(names) > SHOWN else ""
        return say("On the list: {names}.", names=", ".join(names[:SHOWN]) + more)


def _people(names: Collection[str]) -> set[frozenset[str]]:
    """Different people: “Ana” beside “Ana Ashmarrow” is the same one."""
    parts = {frozenset(fold(name).split()) for name in names}
    return {one for one in parts if not any(one < other for other in parts)}


ANYBODY = Deciders()
"""No list, and nothing that needs two."""


def deciders_of(
    listed: Sequence[Decider],
    two: Collection[str],
    find: Find,
    about: Callable[[str], Collection[str]] = lambda _: (),
) -> Deciders:
    """The rules with every employer resolved to its organisation, where it has signed."""
    works_for = {fold(d.name): find(d.employer)[0] for d in listed if d.employer}
    known = {name: home for name, home in works_for.items() if home}
    return Deciders(tuple(listed), frozenset(two), known, about)


def names_in(typed: str, known: Collection[str] = ()) -> list[str]:
    """The names of a cell, split at ; , / & + a new line and the word “and”.

    What is written like one of the known names is one name, whatever it holds (“Ortega y Gasset”).
    """
    text = clean(typed.replace("\n", ";"))
    spans = _pieces(text)
    folded = {fold(name) for name in known}
    longest = max((len(_pieces(clean(name))) for name in known), default=1)
    names: list[str] = []
    at = 0
    while at < len(spans):
        wide = min(longest, len(spans) - at)
        widths = (n for n in range(wide, 1, -1)
                  if fold(text[spans[at][0] : spans[at + n - 1][1]]) in folded)  # fmt: skip
        width = next(widths, 1)
        names.append(text[spans[at][0] : spans[at + width - 1][1]].strip())
        at += width
    return [name for name in names if name]


def _pieces(text: str) -> list[tuple[int, int]]:
    """Where the parts between the separators begin and end."""
    cuts = [match.span() for match in _BETWEEN.finditer(text)]
    starts = [0, *(end for _, end in cuts)]
    return list(zip(starts, [*(start for start, _ in cuts), len(text)], strict=True))
