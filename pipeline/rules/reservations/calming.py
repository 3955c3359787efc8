"""What leaves the yes whole although a sentence uses words of reservations."""

from __future__ import annotations

from pipeline.rules.reservations.scope import AHEAD, YES, nots
from pipeline.rules.reservations.sentences import Marked


def calmed(sentence: Marked) -> bool:
    """Whether nothing in the sentence is meant as a reservation."""
    return conceded(sentence) or taken_up(sentence) or about_a_slip(sentence)


def conceded(sentence: Marked) -> bool:
    """“We'd have gone further, but we back it fully as it is”: the whole yes has the last word."""
    last = max((sentence.turn(mark) for mark in sentence.all("but")), default=0)
    whole = sentence.all("fully", "whole", "indifferent", start=last)
    against = sentence.all("not", "none", "condition", "if", "except", "doubt", "only", "critique",
                           "provisional", "partial", "unsettled", start=last)  # fmt: skip
    rest = {mark.start for mark in sentence.all("everything", start=last)}
    against += [m for m in sentence.all("reserve", start=last) if m.start not in rest]
    yes = sentence.all(*YES, start=last) or sentence.all("indifferent", start=last)
    return bool(last and whole and yes and not against)


def taken_up(sentence: Marked) -> bool:
    """“The exhibition is provisional, our support is not”: the “not” takes up the clause before."""
    return any(
        end - start <= AHEAD
        and sentence.all("ours", start=start, end=end)
        and any(mark.end >= end - 2 for mark in nots(sentence, start, end))
        and not sentence.all("doubt", "critique", "leave", "exclude", start=start, end=end)
        and not sentence.all(*YES, "ours", end=start)
        and sentence.all("reserve", "scruple", "doubt", "critique", "partial", end=start)
        for start, end in sentence.clauses()
    )


def about_a_slip(sentence: Marked) -> bool:
    """“A comma too many in paragraph 2”: a remark on spelling, in which nothing else is denied."""
    loud = sentence.all("not", "leave", "if", "except", "pending", "opinion")
    rest = {mark.start for mark in sentence.all("everything")}
    return bool(sentence.all("slip")) and not [m for m in loud if m.start not in rest]


def approves(sentence: Marked) -> bool:
    """Whether it says that those who decide have said yes."""
    negations = sentence.all("not")
    return any(
        not any(mark.start - 2 <= n.start < mark.end for n in negations)
        for mark in sentence.all("approved")
    )
