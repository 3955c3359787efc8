"""The tab Mail waiting: drafts that wait for a yes, and what people answered beside them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from config.problems import Problem
from config.raw import RawTable, Scalar
from config.records import Message
from config.tables.later import MAIL_WAITING, MAIL_WORDS
from config.text import fold, nearest, shorten
from config.words import count, say
from pipeline.hashing import cell_text
from pipeline.intake.answers import choices
from pipeline.intake.model import UNCLEAR
from pipeline.outbox import OWN

SEND, DONT, MYSELF = MAIL_WORDS
SHOWN = 5
_NEEDED = ("Key", "To", "Decision")
Batches = Mapping[str, Sequence[Message]]


@dataclass(frozen=True)
class Answered:
    """What people said.

    Attributes:
        messages: drafts as they stand after it.
        problems: words that can't be obeyed.
        later: batches to which somebody said send, and that keep still today.
        moved: batches with a word beside another To than theirs → that To. It stays until a
            person mends it; written over, the word would be obeyed for another mail.
        lost: the tab has lost a column. It isn't written then: beside new columns the words of
            people would stand for nothing, and the old title couldn't come back.
    """

    messages: tuple[Message, ...] = ()
    problems: tuple[Problem, ...] = ()
    later: frozenset[str] = frozenset()
    moved: Mapping[str, Scalar] = field(default_factory=dict)
    lost: bool = False


def batches_of(messages: Iterable[Message]) -> dict[str, list[Message]]:
    """Batch → its messages, of mail that needs or needed a yes; the oldest batch first."""
    found: dict[str, list[Message]] = defaultdict(list)
    for message in sorted(messages, key=lambda m: (m.queued_on, m.batch, m.key)):
        if message.batch and message.why:
            found[message.batch].append(message)
    return found


def answered(
    raw: RawTable | None, messages: Iterable[Message], held: Callable[[str], str]
) -> Answered:
    """What the tab says of the drafts.

    A word counts where Key and To are the pair that Weaver wrote.

    Args:
        raw: the tab as it stands; None where there is none. An emptied one is none.
        messages: the outbox.
        held: until when an edition waits today whatever people say; "" where it doesn't.
    """
    if raw is None or not any(raw.header):
        return Answered()
    batches = batches_of(messages)
    changed: list[Message] = []
    problems: list[Problem] = []
    later: set[str] = set()
    moved: dict[str, Scalar] = {}
    rows, unclear = _rows(raw)
    twice = {key for key, n in Counter(key for _, key, _, _ in rows).items() if key and n > 1}
    for number, key, to, word in rows:
        batch = batches.get(key, [])
        wrong = _misplaced(key, to, word, batch, twice)
        if wrong and batch and key not in twice:
            moved[key] = to
        if wrong is None and word == UNCLEAR:
            wrong = _no_word(raw, number)
        elif wrong is None and word:
            wrong = _too_late(word, batch)
            changed += _obeyed(word, batch, held)
            later |= {m.batch for m in batch if word == SEND and held(m.edition)}
        if wrong is not None:
            problems.append(Problem(raw.tab, number, "Decision", *wrong))
    lost = bool(unclear)
    return Answered(tuple(changed), (*unclear, *problems), frozenset(later), moved, lost)


def waiting_rows(
    messages: Iterable[Message],
    standing: Collection[str],
    held: Callable[[str], str] = lambda _: "",
    later: Collection[str] = (),
    moved: Mapping[str, Scalar] = MappingProxyType({}),
) -> Iterator[tuple[Scalar, ...]]:
    """Rows of the tab, a batch each: those with a draft, and those whose row stands there.

    Args:
        messages: the outbox.
        standing: keys that stand in the tab.
        held: until when an edition waits today whatever people say; "" where it doesn't.
        later: batches that keep still today, and to which somebody said send.
        moved: batches beside which another To stands → that To.
    """
    for key, batch in batches_of(messages).items():
        if key in standing or any(message.state == "draft" for message in batch):
            first, to = batch[0], moved.get(key, _to(batch))
            yield (
                key, to, first.edition.replace("-", " "), first.subject,
                first.preview, first.why,
                _waits(batch, held(first.edition), key in later) or _status(batch), None,
            )  # fmt: skip


def _obeyed(word: str, batch: Sequence[Message], held: Callable[[str], str]) -> Iterator[Message]:
    for message in batch:
        if message.state != "draft" or (word == SEND and held(message.edition)):
            continue
        if word == SEND:
            yield replace(message, state="waiting")
        elif word == MYSELF:
            yield replace(message, state=OWN)
        else:
            yield replace(message, state="stopped", said=_said_no(), content=b"")


def _said_no() -> str:
    return say("You said don't send.")


def _misplaced(
    key: str, to: str, word: str, batch: Sequence[Message], twice: Collection[str]
) -> tuple[str, str, str] | None:
    """What is wrong with a row that isn't the one that Weaver wrote."""
    if not word:
        return None
    if key in twice:
        return (say("This key stands in two rows, so neither is obeyed."),
                say("Keep one of the two rows and delete the other."), shorten(key))  # fmt: skip
    if not batch:
        return (say("Weaver never wrote this key, so the row is not obeyed."),
                say("Delete the row."), shorten(key))  # fmt: skip
    if cell_text(_to(batch)) != to:
        return (say("Key and To are not the pair that Weaver wrote, so the row is not obeyed."),
                say("Undo the last sort or paste, or write “{to}” back into To.",
                    to=shorten(_to(batch))), shorten(key))  # fmt: skip
    return None


def _too_late(word: str, batch: Sequence[Message]) -> tuple[str, str, str] | None:
    """Where a word comes after the mail has left, or after another word. Status tells the rest."""
    if any(message.state == "draft" for message in batch):
        return None
    states = {message.state for message in batch}
    if word == DONT and states & {"sent", "sending", "unknown"}:
        return (say("It has left already."), say("Nothing can call it back; clear the cell."),
                word)  # fmt: skip
    if word == SEND and {(m.state, m.said) for m in batch} == {("stopped", _said_no())}:
        return (say("It was stopped, and won't be sent."), say("Clear the cell."), word)
    return None


def _no_word(raw: RawTable, number: int) -> tuple[str, str, str]:
    at = [fold(title) for title in raw.header].index(fold("Decision"))
    typed = str(raw.rows[raw.numbers.index(number)][at])
    like = nearest(typed, MAIL_WORDS)
    hint = say("Did you mean “{word}”?", word=like) + " " if like else ""
    return (say("This is no word that can be obeyed."),
            hint + say("Pick one of: {words}.", words=", ".join(MAIL_WORDS)),
            shorten(typed))  # fmt: skip


def _rows(raw: RawTable) -> tuple[list[tuple[int, str, str, str]], list[Problem]]:
    """(row number, Key, To, the word under Decision), and what the tab has lost."""
    at = {fold(title): index for index, title in reversed(list(enumerate(raw.header)))}
    if lost := [title for title in _NEEDED if fold(title) not in at]:
        return [], [_no_column(raw, title) for title in lost]
    key, to, word = (at[fold(title)] for title in _NEEDED)
    words = choices([cell_text(row[word]) for row in raw.rows], MAIL_WORDS)
    return [
        (number, cell_text(row[key]), cell_text(row[to]), said)
        for number, row, said in zip(raw.numbers, raw.rows, words, strict=True)
    ], []


def _no_column(raw: RawTable, title: str) -> Problem:
    """What to say where a column that is needed is gone, or has another title now."""
    ours = [column.title for column in MAIL_WAITING.columns]
    now = raw.header[ours.index(title)] if ours.index(title) < len(raw.header) else ""
    renamed = now.strip() and fold(now) not in map(fold, ours)
    return Problem(
        raw.tab, 1, title,
        say("The tab has no column “{title}” any more, so no word in it was obeyed, and it is not "
            "written.", title=title),
        say("Name the column “{now}” “{title}” again.", now=shorten(now), title=title) if renamed
        else say("Write “{title}” back above its column. If the column was deleted, delete the "
                 "tab: Weaver makes it anew.", title=title),
    )  # fmt: skip


def _to(batch: Sequence[Message]) -> str:
    """Whom a row is about: addresses, since names change and the row must stay the same."""
    if len(batch) == 1:
        return batch[0].address
    shown = sorted(message.address for message in batch)[:SHOWN]
    more = len(batch) - len(shown)
    tail = say(" and {n} more", n=more) if more > 0 else ""
    mails = count(len(batch), "{n} mail", "{n} mails")
    return shorten(f"{mails}: {', '.join(shown)}", 400) + tail


_BECAME: Mapping[str, tuple[str, str]] = {
    "draft": ("waits for your word", "wait for your word"),
    "waiting": ("goes out next", "go out next"),
    "sending": ("goes out next", "go out next"),
    OWN: ("goes to you as a draft", "go to you as drafts"),
    "sent": ("sent", "sent"),
    "unknown": ("may have arrived: see To decide", "may have arrived: see To decide"),
    "failed": ("refused", "refused"),
    "stopped": ("not sent", "not sent"),
}
"""State → what is said of one mail, and of several."""
_AGAIN = ("is tried again", "are tried again")


def _waits(batch: Sequence[Message], until: str, said: bool) -> str:
    """What quiet days mean for a row; "" where they mean nothing."""
    states = {message.state for message in batch}
    if not until or not states & {"draft", "waiting"}:
        return ""
    return until if said or "draft" not in states else say("needs your word, and {waits}",
                                                           waits=until)  # fmt: skip


def _status(batch: Sequence[Message]) -> str:
    """What became of it: how many of each, with the reason where there is but one."""
    by_state: dict[str, list[Message]] = defaultdict(list)
    for message in sorted(batch, key=lambda m: (list(_BECAME).index(m.state), m.key)):
        by_state[message.state].append(message)
    alone = len(batch) == 1
    return "; ".join(
        _became(state, those) if alone or len(by_state) == 1
        else f"{len(those)} {_became(state, those)}"
        for state, those in by_state.items()
    )  # fmt: skip


def _became(state: str, those: Sequence[Message]) -> str:
    said = {message.said for message in those}
    reason = said.pop() if state in ("stopped", "failed", "waiting") and len(said) == 1 else ""
    one, many = _AGAIN if state == "waiting" and reason else _BECAME[state]
    told = say(one) if len(those) == 1 else say(many)
    return f"{told} ({shorten(reason.rstrip('.'), 200)})" if reason else told
