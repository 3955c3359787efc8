"""Tabs of the tracker that are missing, or that are called nearly like one that Weaver knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from config.problems import Problem
from config.raw import RawTable
from config.settings import Tracker
from config.tables import TABLES
from config.text import fold, nearest
from config.words import say


def by_known_titles(
    tabs: Mapping[str, RawTable], tracker: Tracker, *others: str
) -> tuple[dict[str, RawTable], list[Problem]]:
    """People's tabs under the titles that Weaver looks for; those told apart by no word are told.

    A tab of exactly that title is read; else one that differs in case, blanks or signs alone.

    Args:
        tabs: the tracker's, by title.
        tracker: what the coalition calls its tabs.
        others: tabs that are looked for by these titles alone.
    """
    wanted = {tracker.title(table.title) for table in TABLES} | set(others)
    alike: dict[str, list[str]] = {}
    for title in tabs:
        alike.setdefault(fold(title), []).append(title)
    found, problems = dict(tabs), []
    for title in sorted(wanted):
        like = [tab for tab in alike.get(fold(title), ()) if tab == title or tab not in wanted]
        read = title if title in tabs else next(iter(like), title)
        if read in found and read != title:
            found[title] = found.pop(read)
        if len(like) > 1:
            problems.append(_alike(read, sorted(like)))
    return found, problems


def _alike(read: str, titles: Iterable[str]) -> Problem:
    named = say(", ").join(f"“{title}”" for title in titles)
    return Problem(
        read, 0, "",
        say("these tabs have one title, but for case, blanks or signs: {tabs}; only “{read}” is "
            "read", tabs=named, read=read),
        say("Move the rows of the others into it, and delete or rename them."),
    )  # fmt: skip


_IN_RESULTS = frozenset(t.title for t in TABLES if t.day_one or t.written)


def stray_tabs(
    tabs: Iterable[str], tracker: Tracker, *others: str, beside: Iterable[str] = ()
) -> Iterator[Problem]:
    """A problem for each tab that the settings name in vain, and for each near miss.

    Args:
        tabs: the titles that the tracker has; none of them when it could not be read.
        tracker: what the coalition calls its tabs.
        others: tabs that are looked for by these titles alone.
        beside: titles of the tabs that stand where Weaver's do.
    """
    read = set(tabs)
    found = read | (set(beside) - {tracker.title(title) for title in _IN_RESULTS})
    names = [table.title for table in TABLES if table.title not in _IN_RESULTS]
    wanted = {tracker.title(name): name for name in names} | dict(zip(others, others, strict=True))
    missing = {title: name for title, name in wanted.items() if title not in found}
    near = {nearest(tab, missing, cutoff=0.8): tab for tab in sorted(found - set(wanted))}
    for title, name in missing.items() if found else ():
        if title in near:
            what = say("looks like the tab “{title}” but is not called so", title=title)
            remedy = say("Call it “{title}”.", title=title)
            if name not in others:
                line = f'"{name}" = "{near[title]}"'
                remedy = say("Call it “{title}”, or add this to [tracker.tabs]: {line}",
                             title=title, line=line)  # fmt: skip
            yield Problem(near[title], 0, "", what, remedy)
        elif name in tracker.tabs and read:
            remedy = say("Add the tab, or correct its title under [tracker.tabs] in weaver.toml.")
            yield Problem(title, 0, "", say("the tracker has no tab of this title"), remedy)
