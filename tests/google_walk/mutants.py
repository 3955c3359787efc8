"""Five faults that a program of this kind is prone to, planted into Weaver for a test."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from config.raw import RawTable
from config.tabplan import TabPlan
from connectors import merge
from connectors.google import calls, tables
from connectors.google.calls import FORMS, Calls
from connectors.google.refusals import Again, Unsure
from connectors.google.tables import GoogleTables

Plant = Callable[[pytest.MonkeyPatch], None]


def remembered_row() -> Plant:
    """A row is looked for where it stood when it was first met, and nobody looks afterwards."""
    stood: dict[tuple[str, Hashable], int] = {}
    real = merge._Work._by_key

    def by_key(self: Any, places: Sequence[int], among: Iterable[int]) -> dict[Any, deque[int]]:
        found = real(self, places, among)
        for key, numbers in found.items():
            number = stood.setdefault((self.plan.title, key), numbers[0])
            if number in self.rows:
                numbers[0] = number
        return found

    def plant(patch: pytest.MonkeyPatch) -> None:
        patch.setattr(merge._Work, "_by_key", by_key)
        patch.setattr(tables, "moved", lambda *_: False)

    return plant


def blind_append() -> Plant:
    """What got no answer is sent once more as it was."""

    def send(self: GoogleTables, plans: Sequence[TabPlan], store_id: str) -> None:
        for body in self._bodies(plans, store_id):
            tries = 0
            while True:
                try:
                    self._send(body, self._works(plans, self._standing()))
                    break
                except (Unsure, Again) as error:
                    tries += 1
                    self._calls.pause(tries, error)

    return lambda patch: patch.setattr(GoogleTables, "_write", send)


def rewritten_key() -> Plant:
    """A matter whose key isn't found takes over the row of another about the same organisation."""
    real = merge.merge

    def helpful(plan: TabPlan, current: RawTable | None) -> merge.Merged:
        titles = [column.title for column in plan.columns]
        if plan.key != ("Key",) or current is None or "Decision" not in titles:
            return real(plan, current)
        if "Key" not in current.header or "Organisation" not in current.header:
            return real(plan, current)
        key, name = current.header.index("Key"), current.header.index("Organisation")
        there = {row[key] for row in current.rows}
        wanted = {row[titles.index("Organisation")]: row[titles.index("Key")] for row in plan.rows}
        merged = real(plan, current)
        rows = [list(row) for row in merged.rows]
        for row in rows[: len(current.rows)]:
            new = wanted.get(row[name])
            if new is not None and new not in there:
                there.add(new)
                row[key] = new
        kept = [i for i, row in enumerate(rows) if i < len(current.rows) or row[key] not in there]
        return replace(merged, rows=tuple(tuple(rows[i]) for i in kept),
                       numbers=tuple(merged.numbers[i] for i in kept))  # fmt: skip

    return lambda patch: patch.setattr(tables, "merge", helpful)


def strictly_later() -> Plant:
    """Only responses later than the latest known are asked for."""
    known: dict[str, dict[str, Any]] = {}

    def responses(self: Calls, form_id: str) -> list[dict[str, Any]]:
        query: dict[str, Any] = {}
        if known:
            latest = max(response["lastSubmittedTime"] for response in known.values())
            query["filter"] = f"timestamp > {latest}"
        page = self._read(f"{FORMS}/{form_id}/responses", query)
        known.update((each["responseId"], each) for each in page.get("responses", []))
        return list(known.values())

    return lambda patch: patch.setattr(Calls, "responses", responses)


def first_page() -> Plant:
    """The first page of responses is taken for all."""

    def responses(self: Calls, form_id: str) -> list[dict[str, Any]]:
        page = self._read(f"{FORMS}/{form_id}/responses", {"pageSize": calls.PAGE})
        return list(page.get("responses", []))

    return lambda patch: patch.setattr(Calls, "responses", responses)


MUTANTS: Mapping[str, Callable[[], Plant]] = {
    "a remembered row number": remembered_row,
    "a blind append": blind_append,
    "a rewritten key": rewritten_key,
    "strictly later": strictly_later,
    "the first page only": first_page,
}
"""What it is → makes it; it remembers from run to run what such a program would."""
