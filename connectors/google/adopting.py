"""Whether a tab that only bears a title of Weaver's may be taken for Weaver's."""

from __future__ import annotations

from collections.abc import Sequence

from config.errors import WrongSettings
from config.text import fold
from config.words import say
from connectors.google.book import GoogleTab, raw_table, sheet_id_of


def demand_fitting(
    tab: GoogleTab, name: str, titles: Sequence[str], key: Sequence[str] = ()
) -> None:
    """Leave a tab of people's alone that happens to be called like one of Weaver's.

    Weaver knows its own by the number that it gave them, or by its marks on their columns; an
    empty one it takes as it is.

    Args:
        tab: what was found by its title or number.
        name: the table's.
        titles: the columns that Weaver writes or reads there.
        key: those among them by which rows are found.

    Raises:
        WrongSettings: it lacks its one key, or most of the columns.
    """
    if tab.sheet_id == sheet_id_of(name) or tab.marks or not tab.cells:
        return
    header = {fold(title) for title in raw_table(tab).header}
    there = sum(fold(title) in header for title in titles)
    keyless = len(key) == 1 and fold(key[0]) not in header
    if header and (keyless or there * 2 <= len(titles)):
        raise WrongSettings(
            say("There is a tab “{title}” that Weaver didn't make: it has other columns than "
                "Weaver's tab of that title. Nothing was written.", title=tab.title),
            tab.title,
            say("Rename your tab, or give Weaver's another title under [tracker.tabs] in "
                "weaver.toml."),
        )  # fmt: skip
