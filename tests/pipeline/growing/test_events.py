"""What brings a tab: declared once for each, and told by what a run knows."""

from __future__ import annotations

import pytest

from pipeline.growing.events import EVENTS, WEAVERS, names_a_bill
from pipeline.growing.model import HIDDEN_AT_FIRST, PEOPLES, WHEN_GROWN


def test_every_later_tab_has_one_event() -> None:
    assert sorted(event.table for event in EVENTS) == sorted(table.name for table in PEOPLES)


def test_so_has_every_tab_of_weaver_s_that_is_not_seen_at_first() -> None:
    assert [event.table for event in WEAVERS] == [*HIDDEN_AT_FIRST, *WHEN_GROWN]


@pytest.mark.parametrize("event", [*EVENTS, *WEAVERS], ids=lambda event: event.table)
def test_an_event_is_a_clause(event) -> None:
    assert not event.words.endswith(".")
    assert event.words[0].islower() or event.words.startswith("Weaver")


@pytest.mark.parametrize(
    "text",
    [
        "Bill 12", "the clean water bill", "Clean Water Act", "Act of 1972", "Ley de aguas",
        "Loi sur l'eau", "Klimagesetz", "das Gesetz", "Lei das águas", "legge sull'acqua",
        "a new law",
    ],
)  # fmt: skip
def test_a_bill_is_named(text: str) -> None:
    assert names_a_bill(["", text])


@pytest.mark.parametrize(
    "text",
    ["", "We act on climate", "Act now", "billboard", "lawn", "Leyla's talk", "visit to the mayor"],
)
def test_no_bill_is_named(text: str) -> None:
    assert not names_a_bill([text])
