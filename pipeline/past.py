"""What the store knew on an earlier day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from config.records import Known


def until(known: Known, day: dt.date) -> Known:
    """The same without what was learnt after the end of that day.

    Keys of sign-ons that were seen later stay, so that they are recognised.
    """
    return replace(
        known,
        matters=tuple(m for m in known.matters if m.since <= day),
        decisions=tuple(
            replace(d, undone_on=d.undone_on if d.undone_on and d.undone_on <= day else None)
            for d in known.decisions
            if d.read_on <= day
        ),
        changes=tuple(
            replace(c, undone_on=c.undone_on if c.undone_on and c.undone_on <= day else None)
            for c in known.changes
            if c.read_on <= day
        ),
        texts=tuple(
            replace(t, last_on=min(t.last_on, day)) for t in known.texts if t.first_on <= day
        ),
        metrics=tuple(point for point in known.metrics if point.day <= day),
        tabs=tuple(
            replace(t, gone_on=t.gone_on if t.gone_on and t.gone_on <= day else None)
            for t in known.tabs
            if t.since <= day
        ),
        positions=tuple(p for p in known.positions if p.day <= day and p.read_on <= day),
        messages=tuple(message for message in known.messages if message.queued_on <= day),
        pauses=tuple(
            replace(p, resumed_on=p.resumed_on if p.resumed_on and p.resumed_on <= day else None)
            for p in known.pauses
            if p.since <= day
        ),
        signons=tuple(
            replace(s, gone_on=s.gone_on if s.gone_on and s.gone_on <= day else None)
            for s in known.signons
        ),
    )
