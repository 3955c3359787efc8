"""Lists that grow with the coalition, folded: a few lines, then where the others stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from config.text import shorten
from config.words import count, say
from reports.wording import listing, names

MOST_LINES = 12
LONGEST_LIST, FOLDED_TO = 40, 12
"""So many names stand in one sentence; where there are more, only so many."""


def capped(lines: Sequence[str], tabs: Sequence[str]) -> tuple[str, ...]:
    """The first lines, and how many more there are; `tabs` has the tab in which each stands."""
    return (*lines[:MOST_LINES], *more(tabs))


def more(tabs: Sequence[str]) -> Iterator[str]:
    """One line about what is left out, or none: and 5 more in the tab Promises."""
    left = tabs[MOST_LINES:]
    if left:
        yield say("and {n} more{where}", n=len(left), where=_where(left))


def folded(these: Sequence[str], tab: str) -> str:
    """All of the names while they are few; else the first, and where the others stand."""
    if len(these) <= LONGEST_LIST:
        return names(these)
    return names(these, FOLDED_TO) + _where([tab])


def _where(tabs: Iterable[str]) -> str:
    titles = [shorten(title) for title in dict.fromkeys(tabs) if title]
    if not titles:
        return ""
    return count(len(titles), " in the tab {tabs}", " in the tabs {tabs}", tabs=listing(titles))
