"""Where a sentence takes back part of a yes: each look finds one kind of reservation.

The kinds of phrases that the looks go by (the names in the `*.toml` files):

- the yes: `agree` (turned into a no by a “not”), `yes`, `sure`, `ours` (“our signature”),
  `everything`, and what is signed: `topic` (statement, demand), `part` (point, paragraph);
- against it: `reserve` (reserves by itself), `doubt` and `critique` (unless denied), `leave`,
  `exclude`, and `scruple`, which reserves nothing and only takes up a “not” (“no conditions”);
- ties and measures: `condition`, `if`, `except`, `provisional`, `partial`, `only`, `but`;
- decisions: `pending`, `unsettled` (“not yet”), `body`, `decision`, `approved`;
- something else: `wish`, `offer`, `elsewhere` (office hours, logos), `history` (their own work);
- reassuring: `whole` (“without reservation”), `fully` and `indifferent` (“changes nothing”), `nil`
  (“nobody”, “no point”), `harmless` (“nature reserve”), `slip` (commas), `resolved`, `praise`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from pipeline.rules.reservations.calming import calmed
from pipeline.rules.reservations.lexicon import Mark
from pipeline.rules.reservations.scope import (
    ABOUT_ELSE,
    ABOUT_US,
    AHEAD,
    SIGNED,
    YES,
    Places,
    count,
    goes_on,
    is_denied,
    is_elsewhere,
    nobody,
    nots,
    targets_in,
    turned_by,
    turns_nothing,
    weight_of,
)
from pipeline.rules.reservations.sentences import Marked

REASSURING = ("whole", "indifferent", "harmless", "history", "approved", "resolved")

_SHORT = 4
"""Words of a sentence that only names something."""
_UNTIL = frozenset({"while", "until", "till", "bis", "hasta", "jusqu", "ate"})


def reserving(sentence: Marked, approved: bool) -> int | None:
    """The word from which a sentence reserves something; None when it doesn't.

    Args:
        sentence: with its marks.
        approved: whether it or a later one says that those who decide have said yes.
    """
    if sentence.asks or calmed(sentence):
        return None
    found = [at for look in LOOKS for at in look(sentence)]
    if not approved:
        found += awaited(sentence)
    return min(found, default=None)


def said_outright(sentence: Marked) -> Iterator[int]:
    """“With reservations”, “provisionally”, “we reserve the right to”."""
    for mark in sentence.all("reserve"):
        denied = is_denied(sentence, mark, reach=AHEAD) or nobody(sentence, mark)
        over = sentence.all("resolved", start=sentence.clause(mark.start)[0], end=mark.start)
        if not denied and not over and _says_yes_or_little(sentence, mark):
            yield mark.start


def turned(sentence: Marked) -> Iterator[int]:
    """“We do not agree”, “we doubt”, “goes too far”: with as many “not” as it takes."""
    for start, end in sentence.clauses():
        targets = targets_in(sentence, start, end)
        bound = Counter(
            target
            for negation in nots(sentence, start, end)
            if (target := turned_by(sentence, negation, targets))
        )
        before: Mark | None = None
        for target in targets:
            if before and bound[before] and goes_on(sentence, before, target):
                bound[target] = bound[before]
            if JUDGES[target.kind](sentence, target, bound[target] % 2 == 1):
                yield start
            before = target


def tied(sentence: Marked) -> Iterator[int]:
    """“Provided that”, “unless”, “except”: where what it limits is the yes."""
    for mark in sentence.all("condition", "except", "if"):
        _, end = sentence.clause(mark.end - 1)
        if end == mark.end and (mark.kind == "if" or end == len(sentence.words)):
            before = sentence.all("part", start=sentence.clause(mark.start)[0], end=mark.start)
            if mark.kind == "except" and before:
                yield before[0].start
            continue
        if end == mark.end:
            _, end = sentence.clause(end)
        soothed = mark.kind == "condition" and sentence.all("praise", start=mark.end, end=end)
        if soothed and end - mark.end <= 3:
            continue
        if not is_denied(sentence, mark) and _limits_the_yes(sentence, mark, end):
            yield mark.start


def qualified(sentence: Marked) -> Iterator[int]:
    """“For now”, “most of it”: said of the yes, or alone."""
    for mark in sentence.all("partial", "provisional"):
        kinds = YES if mark.kind == "provisional" else ABOUT_US
        about = [m for m in sentence.all(*kinds) if m.end <= mark.start or mark.end <= m.start
                 or m.kind in ("part", "topic")]  # fmt: skip
        alone = len(sentence.words) - (mark.end - mark.start) <= 2
        if (about or alone) and not is_denied(sentence, mark) and weight_of(sentence) >= 0:
            yield mark.start


def only(sentence: Marked) -> Iterator[int]:
    """“Only the first three points”."""
    for mark in sentence.all("only"):
        start, end = sentence.clause(mark.start)
        # “Only the part on water has our support”.
        kinds = ("part", "ours") if mark.start <= 1 else ("part",)
        about = sentence.all(*kinds, start=start, end=end) and not sentence.all("resolved")
        if about and not is_denied(sentence, mark, reach=AHEAD) and weight_of(sentence) >= 0:
            yield mark.start


def left_out(sentence: Marked) -> Iterator[int]:
    """“Not point 4”: a part of the text and a “not” that turns nothing else round."""
    signs = sentence.all(*YES) or len(sentence.words) <= _SHORT
    for start, end in sentence.clauses():
        parts = sentence.all("part", start=start, end=end)
        about = [m for m in parts if signs or sentence.numbered(m)]
        if sentence.all("agree", end=start):
            about += sentence.all("topic", start=start, end=end)
        if (
            about
            and not sentence.all("nil", start=start, end=end)
            and turns_nothing(sentence, start, end)
        ):
            yield start


def contrasted(sentence: Marked) -> Iterator[int]:
    """“We sign the aims, not the methods”, “…, but never beside a party”: a yes, then a “not”."""
    for start, end in sentence.clauses()[1:]:
        found = nots(sentence, start, end)
        short = bool(found) and found[0].start <= start + 1 and end - start <= AHEAD
        but = any(mark.start == start for mark in sentence.all("but"))
        soothed = sentence.all("whole", "harmless", "approved", "decision", start=start, end=end)
        after_yes = sentence.all(*YES, end=start) and (short or but)
        about_else = sentence.all("elsewhere") and not sentence.all("topic", "part")
        calm = soothed or about_else or not after_yes
        if not calm and turns_nothing(sentence, start, end):
            yield start


def half_and_half(sentence: Marked) -> Iterator[int]:
    """“Yes to the aims, to the means no”."""
    if sentence.all("sure"):
        for start, end in sentence.clauses():
            if end - start > 1 and sentence.all("no", start=end - 1, end=end):
                yield start


def singled_out(sentence: Marked) -> Iterator[int]:
    """One certain point for which nobody has a good word: mentioned for a reason.

    A point without a number, or “our signature”, is mentioned for many reasons: it counts only
    where little else is said, or where it has an end.
    """
    denied = sentence.all("not", "none") and sentence.all("doubt", "scruple", "critique", "exclude")
    if denied:
        return
    short = len(sentence.words) <= _SHORT
    limited = not _UNTIL.isdisjoint(sentence.words)
    for mark in sentence.all("part", "ours"):
        # Behind a “but”, the good words before it count no more.
        turns = [
            m.start for m in sentence.all("but", end=mark.start) if sentence.all(*YES, end=m.start)
        ]
        since = max(turns, default=0)
        if sentence.all("praise", *REASSURING, *ABOUT_ELSE, start=since):
            continue
        if sentence.numbered(mark) or (limited if mark.kind == "ours" else short):
            yield mark.start


def awaited(sentence: Marked) -> Iterator[int]:
    """“Our board hasn't voted yet”: somebody still has to decide."""
    unsettled = sentence.all("unsettled")
    pending = sentence.all("pending", "unsettled")
    if sentence.all("whole", "indifferent") and not unsettled:
        return
    if not sentence.all("doubt", "scruple"):
        pending += _undecided(sentence) if sentence.all("body") else []
    weight = weight_of(sentence, but=("body", "decision"))
    if pending and weight >= -1 and _is_about_deciding(sentence):
        yield sentence.clause(min(pending).start)[0]
    elif unsettled and not sentence.all("praise", *REASSURING, *ABOUT_ELSE):
        yield unsettled[0].start


def _says_yes_or_little(sentence: Marked, mark: Mark) -> bool:
    """Whether what is said so is a yes, and not a place or a date.

    One word (“provisional”), “in principle” or “until the end of” is said of anything; what has
    more words is hardly said of anything but a yes.
    """
    weight = weight_of(sentence)
    long = mark.end - mark.start
    if sentence.all("history") and not sentence.all(*SIGNED, "ours"):
        return False
    general = sentence.all("provisional", "partial", "everything", start=mark.start)
    loose = any(m.start == mark.start for m in general) or sentence.words[mark.start] in _UNTIL
    inner = sentence.all("reserve", start=mark.start, end=mark.end)
    loose = loose or any(m.start > mark.start and m.end - m.start == 1 for m in inner)
    if long > 1 and not loose:
        return weight >= 0
    little = len(sentence.words) - long <= 1 and weight >= 0
    said = {at for m in sentence.all("reserve") for at in range(m.start, m.end)}
    signed = [m for m in sentence.all(*SIGNED, "ours") if m.kind != "topic" or m.start not in said]
    return little or (weight >= -1 and bool(signed))


def _undecided(sentence: Marked) -> list[Mark]:
    """The negations, but for those of a vote that isn't needed: “no vote”."""
    if sentence.all("nil"):
        return []
    starts = {mark.start for mark in sentence.all("decision")}
    return [n for n in sentence.all("not", "none") if starts.isdisjoint(range(n.end, n.end + 3))]


def _is_about_deciding(sentence: Marked) -> bool:
    bodies, deciding = sentence.all("body"), sentence.all("decision")
    if deciding:
        return bool(bodies or sentence.all("unsettled", *YES))
    return bool(bodies and sentence.all(*YES, "unsettled"))


def _limits_the_yes(sentence: Marked, mark: Mark, end: int) -> bool:
    """Whether the rest of the sentence says yes, or there is no rest."""
    outside = ((0, mark.start), (end, len(sentence.words)))
    inside = ((mark.end, end),)
    if mark.kind == "if":
        return _would_change_the_yes(sentence, inside, outside)
    other = count(sentence, outside, ABOUT_ELSE)
    others_inside = count(sentence, inside, ABOUT_ELSE)
    if mark.kind == "except" and not _excepts_something(sentence, inside, outside):
        return False
    if not mark.start and end == len(sentence.words):
        ours = count(sentence, inside, ABOUT_US)
        if mark.kind == "except" and not ours:
            return end - mark.end <= _SHORT and not others_inside
        return others_inside < 2 or others_inside <= ours
    yes = count(sentence, outside, SIGNED)
    if yes:
        return yes >= other
    if count(sentence, outside, ("everything",)):
        return not other and not others_inside and not sentence.all("harmless")
    return not other and bool(count(sentence, inside, ("part", "topic")))


def _excepts_something(sentence: Marked, inside: Places, outside: Places) -> bool:
    """Whether an exception isn't one from opening hours, or “apart from thanking you”."""
    if count(sentence, inside, SIGNED):
        return True
    if count(sentence, inside, ("wish",)):
        return False
    return not count(sentence, inside, ABOUT_ELSE) or bool(count(sentence, outside, SIGNED))


def _would_change_the_yes(sentence: Marked, inside: Places, outside: Places) -> bool:
    """Whether an “if” is about the yes, and no offer (“if you need a van”)."""
    if count(sentence, inside, ("offer", "wish")) or sentence.all("nil"):
        return False
    yes, other = count(sentence, outside, YES), count(sentence, outside, ABOUT_ELSE)
    if not other and not sentence.all("praise", *REASSURING):
        return True
    return bool(yes) and yes >= other


def _disagrees(sentence: Marked, target: Mark, denied: bool) -> bool:
    return denied and not is_elsewhere(sentence, *sentence.clause(target.start))


def _doubts(sentence: Marked, target: Mark, denied: bool) -> bool:
    start, end = sentence.clause(target.start)
    if denied or sentence.all("resolved"):
        return False
    if sentence.all("whole", start=start, end=target.start):
        return False
    # “There is no point that troubles us”: until a “but”, whatever follows is of nothing.
    turns = [mark.start for mark in sentence.all("but", end=target.start)]
    if sentence.all("nil", start=max(turns, default=0), end=target.start):
        return False
    if sentence.all("part", "topic", start=start, end=end):
        return not sentence.all("history", start=start, end=end)
    return not sentence.all("history", "wish") and weight_of(sentence, but=("agree",)) >= 0


def _criticises(sentence: Marked, target: Mark, denied: bool) -> bool:
    start, end = sentence.clause(target.start)
    opinion = sentence.all("opinion")
    about = opinion or sentence.all("part", "topic")
    if sentence.all("elsewhere", start=start, end=end) and not opinion:
        return False
    return bool(about or len(sentence.words) <= 4) and _doubts(sentence, target, denied)


def _leaves(sentence: Marked, _target: Mark, denied: bool) -> bool:
    return not denied and not sentence.all("history") and weight_of(sentence) >= 0


def _excludes(sentence: Marked, _target: Mark, denied: bool) -> bool:
    about = sentence.all("part", "topic")
    denied = denied or bool(sentence.all("resolved"))
    return bool(about) and not denied and weight_of(sentence) >= 0


def _never(_sentence: Marked, _target: Mark, _is_denied: bool) -> bool:
    return False


JUDGES: dict[str, Callable[[Marked, Mark, bool], bool]] = {
    "agree": _disagrees,
    "doubt": _doubts,
    "critique": _criticises,
    "leave": _leaves,
    "exclude": _excludes,
    "scruple": _never,
    "reserve": _never,
}
LOOKS = (said_outright, turned, tied, qualified, only, left_out, contrasted, half_and_half,
         singled_out)  # fmt: skip
