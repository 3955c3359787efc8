"""Whether the answer to “Conditions or reservations, in your own words” reserves anything.

A text is a **reservation** when it takes something from the yes to the statement as it stands:

- a condition: “subject to board approval”, “as long as no party joins”, “pending the vote”;
- an exception: “all but point 3”, “we do not endorse paragraph 4”, “this part is not for us”;
- a provisional or partial yes: “in principle”, “for now”, “most of it”, “with reservations”, “we
  reserve the right to …”;
- disagreement with a part of what is signed, or doubt about it: “the deadline is unrealistic”.

It is none where the yes stays whole, whatever words it uses: a polite or enthusiastic nothing
(“sans réserve”), a wish, question, suggestion or offer, what they say of themselves (“we look after
a nature reserve”), a condition that is denied or met (“the board has approved it”), office hours,
thanks. A text that holds both is a reservation. In doubt a bare short phrase (“point 4”) is one, as
it answers that question.

How it is worked out: the text is cut into sentences and clauses (`sentences`), the phrases of each
language are marked in them (`lexicon`, and a `.toml` file per language), and every sentence is
looked at for each kind of reservation (`judging`), unless it takes the edge off itself (`calming`).
How far a “not” reaches is in `scope`. Questions reserve nothing. Only plain word lists and counting
are used, so that whoever reads a wrong answer can see which phrase did it.
"""

from __future__ import annotations

from config.text import fold
from pipeline.rules.reservations.calming import approves
from pipeline.rules.reservations.judging import reserving
from pipeline.rules.reservations.lexicon import lexicon
from pipeline.rules.reservations.sentences import LONGEST, Marked, sentences

__all__ = ("LONGEST", "reserved", "says_something")

_SHORT = 12
"""Words up to which a sentence with “without reservation” says no more than that."""


def reserved(text: str) -> str:
    """The text from the first words that reserve something, in one line; "" where nothing is."""
    whole = list(sentences(text))
    # Whoever repeats a sentence a thousand times is read once.
    marked = {said: Marked(each) for said, each in {each.said: each for each in whole}.items()}
    approving = {said for said, one in marked.items() if approves(one)}
    last_approval = max((at for at, each in enumerate(whole) if each.said in approving), default=-1)
    seen: set[tuple[object, bool]] = set()
    for at, each in enumerate(whole):
        before_approval = at <= last_approval
        if (each.said, before_approval) in seen:
            continue
        seen.add((each.said, before_approval))
        first = reserving(marked[each.said], before_approval)
        if first is not None:
            return " ".join(text[each.places[first] : LONGEST].split())
    return ""


def says_something(text: str) -> bool:
    """Whether a text says anything at all: more than “none”, “n/a” or “without reservation”."""
    if not any(character.isalnum() for character in text):
        return False
    if fold(text[:LONGEST]) in lexicon().nothing:
        return False
    return not all(_only_says_none(Marked(each)) for each in sentences(text))


def _only_says_none(sentence: Marked) -> bool:
    if " ".join(sentence.words) in lexicon().nothing:
        return True
    return bool(sentence.all("whole")) and len(sentence.words) <= _SHORT
