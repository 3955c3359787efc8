"""Drafts to which somebody said send at a terminal: the same answer as in the tab Mail waiting."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from config.errors import WrongUsage
from config.records import Message
from config.text import nearest
from config.words import say

ALL = "all"


def confirmed(
    messages: Sequence[Message], keys: Collection[str], held: Callable[[str], str] = lambda _: ""
) -> tuple[Message, ...]:
    """The drafts that the keys name, as they are once somebody said send to them.

    Args:
        messages: the outbox, with what this run drafts.
        keys: batches, or "all" for all drafts; of these, what keeps still today stays a draft.
        held: until when an edition waits today whatever people say; "" where it doesn't.

    Raises:
        WrongUsage: a key names no draft, or one that keeps still today.
    """
    drafts = [message for message in messages if message.state == "draft"]
    answered = {message.batch for message in messages} - {m.batch for m in drafts}
    _refuse_unknown({m.batch for m in drafts}, answered, set(keys) - {ALL})
    named = [m for m in drafts if m.batch in keys or ALL in keys]
    for message in named:
        if message.batch in keys and (why := held(message.edition)):
            raise WrongUsage(
                say("The draft {key} {waits}.", key=message.batch, waits=why), "--confirm",
                say("Say it again then; or write send beside it in Mail waiting, which counts "
                    "from that day on."),
            )  # fmt: skip
    return tuple(replace(m, state="waiting") for m in named if not held(m.edition))


def _refuse_unknown(
    known: Collection[str], answered: Collection[str], keys: Collection[str]
) -> None:
    for key in sorted(set(keys) - set(known)):
        if key in answered:
            raise WrongUsage(
                say("The mail {key} waits for no yes any more.", key=key), "--confirm",
                say("Mail waiting says what became of it."),
            )  # fmt: skip
        like = nearest(key, known)
        hint = say("Did you mean {key}?", key=like) + " " if like else ""
        raise WrongUsage(
            say("No draft has the key {key}.", key=key), "--confirm",
            hint + say("`weaver send` shows what waits, with its keys."),
        )  # fmt: skip
