"""What must hold after a run, and how two coalitions are compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from config.tables import BY_NAME
from reports.tabs import _KEYS
from tests.google_walk import deeds
from tests.google_walk.side import Ended, Side

if TYPE_CHECKING:
    from tests.google_walk.walk import Walk

COMPARED = ("to_decide", "who_has_signed", "changes", "numbers", "every_form_checked",
            "numbers_over_time")  # fmt: skip
ORDERED = {"numbers", "numbers_over_time"}
"""Tabs that Weaver writes anew: their rows have an order."""
HISTORY = {"matters": {"written", "read", "formerly"}, "signons": {"response"},
           "texts": {"number"}}  # fmt: skip
"""Fields of records that tell of the way, not of where it led: what was last read or written."""


class Wrong(AssertionError):
    """Something that must hold doesn't."""


def unfaithful(walk: Walk, ended: Ended) -> list[str]:
    """Sign-ons lost or doubled, words obeyed for another matter, mail sent twice."""
    known = walk.known
    wrong = [
        f"{d.by!r} decided {d.word!r} beside {walk.words[d.by]}, it was obeyed for {d.matter}"
        for d in known.decisions
        if walk.words.get(d.by, d.matter) != d.matter
    ]
    responses = Counter(signon.response for signon in known.signons if signon.response)
    wrong += [f"the response {name} is {n} sign-ons" for name, n in responses.items() if n > 1]
    queued = Counter((m.address, m.edition, m.about) for m in known.messages)
    wrong += [f"{n} mails {about}" for about, n in queued.items() if n > 1]
    mails = Counter(m.file for m in known.messages if m.state == "sent")
    there = {path.name for path in (walk.main.folder / "outbox").glob("*.eml")}
    wrong += [
        f"mail {name} is marked as sent, but isn't there" for name in mails if name not in there
    ]
    if ended.code == 0:
        wrong += _all_there(walk)
    return wrong


def _all_there(walk: Walk) -> Iterator[str]:
    """Every sign-on that Weaver knows stands once in its tab, and every answer is known."""
    keys = set(deeds.keyed(walk.main, "every_form_checked", "Key"))
    ever = {signon.key for signon in walk.known.signons}
    # One that is gone from the form keeps its row.
    stands = {signon.key for signon in walk.known.signons if signon.gone_on is None}
    yield from (f"sign-on {key} isn't in its tab" for key in sorted(stands - keys))
    yield from (f"sign-on {key} is in its tab, and unknown" for key in sorted(keys - ever))
    if walk.through != "sheet" and walk.whole:
        known = {signon.response for signon in walk.known.signons}
        for number, response in enumerate(walk.main.sent):
            if response.id in walk.main.form.responses and response.id not in known:
                yield f"answer {number} of {response.email} at {response.submitted} is lost"


def rows(side: Side, name: str) -> list[dict[str, Any]]:
    """The planned columns of a tab's rows; a row without a key is people's."""
    found = deeds.table(side, name)
    if found is None:
        return []
    table = BY_NAME[name]
    titles = found.titles()
    places = {c.title: titles.index(c.title) for c in table.columns if c.title in titles}
    lines = [{t: found.sheet.value(r, p) for t, p in places.items()} for r in found.rows()]
    key = _KEYS.get(name, ())
    wanted = key if len(key) == 1 else tuple(places)
    return [line for line in lines if any(line.get(title) is not None for title in wanted)]


def differences(one: Side, other: Side) -> Iterator[str]:
    """Cells that differ, tab by tab."""
    for name in COMPARED:
        mine, theirs = rows(one, name), rows(other, name)
        if name not in ORDERED:
            mine, theirs = sorted(mine, key=repr), sorted(theirs, key=repr)
        if mine != theirs:
            yield from _told(name, mine, theirs)


def _told(name: str, mine: list[dict[str, Any]], theirs: list[dict[str, Any]]) -> Iterator[str]:
    yield from (f"{name}: only here {row}" for row in mine if row not in theirs)
    yield from (f"{name}: only there {row}" for row in theirs if row not in mine)
    if len(mine) != len(theirs) or all(row in theirs for row in mine):
        yield f"{name}: {len(mine)} rows here, {len(theirs)} there"


def same_store(one: Side, other: Side) -> Iterator[str]:
    """Records that differ."""
    mine, theirs = one.known(), other.known()
    for name in ("signons", "organisations", "matters", "decisions", "changes", "texts"):
        here, there = (
            Counter(_told_of(name, record) for record in getattr(known, name) if _lasting(record))
            for known in (mine, theirs)
        )
        yield from (f"store, {name}: only here {record}" for record in here - there)
        yield from (f"store, {name}: only there {record}" for record in there - here)


def _lasting(record: Any) -> bool:
    """Whether the record names nothing that each Google numbers by itself, as ids of questions."""
    return not getattr(record, "place", "").startswith("asked ")


def _told_of(name: str, record: Any) -> str:
    left_out = HISTORY.get(name, set())
    kept = {f.name: getattr(record, f.name) for f in fields(record) if f.name not in left_out}
    return repr(kept)
