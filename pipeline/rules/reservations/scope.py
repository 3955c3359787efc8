"""How far a “not” reaches in a sentence, and whether its words are about the statement."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.rules.reservations.lexicon import Mark
from pipeline.rules.reservations.sentences import Marked

YES = ("agree", "yes")
ABOUT_US = (*YES, "everything", "topic", "part")
SIGNED = (*YES, "topic", "part")
ABOUT_ELSE = ("offer", "elsewhere", "wish")
TARGETS = ("doubt", "critique", "leave", "exclude", "scruple", "reserve", "agree")
"""What a “not” may turn round, the likelier first where two begin with the same word."""

Places = Iterable[tuple[int, int]]
"""First word of a stretch of words, and the one after its last."""

_NOTHING = frozenset({"nothing", "nada", "rien", "nichts", "niente", "niets"})
AHEAD, _BACK, _BACK_IN_GERMAN = 7, 1, 8
"""Words over which a “not” reaches; in German it may stand at the end of a clause."""


def nots(sentence: Marked, start: int, end: int) -> list[Mark]:
    """The negations of a clause; “no … ninguna” and “ne … pas” are one."""
    return sentence.all("not", start=start, end=end) or sentence.all("none", start=start, end=end)


def turns_nothing(sentence: Marked, start: int, end: int) -> bool:
    """Whether the one “not” of a clause turns no doubt or yes round."""
    found = nots(sentence, start, end)
    if len(found) != 1 or is_elsewhere(sentence, start, end):
        return False
    return not turned_by(sentence, found[0], targets_in(sentence, start, end))


def targets_in(sentence: Marked, start: int, end: int) -> list[Mark]:
    """What may be turned round, one per place: the longest, the likelier of two equals."""
    turns = {mark.start for mark in sentence.all("but")} & {start}
    ranked = sorted(
        (
            m
            for m in sentence.all(*TARGETS, start=start, end=end)
            if m.start not in turns and not (m.kind == "reserve" and nots(sentence, m.start, m.end))
        ),
        key=lambda m: (m.start - m.end, TARGETS.index(m.kind)),
    )
    taken: set[int] = set()
    kept = []
    for mark in ranked:
        place = range(mark.start, mark.end)
        if taken.isdisjoint(place):
            taken.update(place)
            kept.append(mark)
    return sorted(kept)


def turned_by(sentence: Marked, negation: Mark, targets: list[Mark]) -> Mark | None:
    """The nearest word ahead that a negation turns round, else the nearest behind it."""
    ahead = next((t for t in targets if 0 <= t.start - negation.end <= AHEAD), None)
    if ahead and not sentence.all("and", start=negation.end, end=ahead.start):
        return ahead
    if sentence.all("and", start=negation.start, end=negation.end):
        return None
    back = _BACK_IN_GERMAN if sentence.german else _BACK
    behind = next((t for t in reversed(targets) if 0 <= negation.start - t.end <= back), None)
    if behind and not sentence.all("and", start=behind.end, end=negation.start):
        return behind
    return None


def goes_on(sentence: Marked, before: Mark, target: Mark) -> bool:
    """Whether a list goes on: “without conditions or reservations”."""
    near = target.start - before.end <= 2 and "agree" not in (before.kind, target.kind)
    return near and bool(sentence.all("and", start=before.end, end=target.start))


def is_denied(sentence: Marked, mark: Mark, reach: int = 3) -> bool:
    """Whether a “not” stands shortly before it in the same clause, or within it."""
    start, end = sentence.clause(mark.start)
    return any(
        0 <= mark.start - n.end <= reach
        or mark.start < n.start < mark.end - 1
        or (n.start == mark.end and sentence.words[n.start] in _NOTHING)
        for n in nots(sentence, start, end)
    )


def nobody(sentence: Marked, mark: Mark) -> bool:
    """Whether nobody and nothing is said to have it, wherever in the clause that stands."""
    start, end = sentence.clause(mark.start)
    return any(m.end <= mark.start or mark.end <= m.start
               for m in sentence.all("nil", start=start, end=end))  # fmt: skip


def weight_of(sentence: Marked, but: Iterable[str] = ()) -> int:
    """Words about the statement less those about something else."""
    whole = ((0, len(sentence.words)),)
    ours = [kind for kind in ABOUT_US if kind not in but]
    return count(sentence, whole, ours) - count(sentence, whole, ABOUT_ELSE)


def is_elsewhere(sentence: Marked, start: int, end: int) -> bool:
    """Whether a clause is rather about something else than about the statement."""
    here = ((start, end),)
    return count(sentence, here, ABOUT_ELSE) > count(sentence, here, ABOUT_US)


def count(sentence: Marked, places: Places, kinds: Iterable[str]) -> int:
    """How many words of those places belong to marks of those kinds."""
    marks = [m for start, end in places for m in sentence.all(*kinds, start=start, end=end)]
    return len({at for m in marks for at in range(m.start, m.end)})
