"""An invented coalition's week, and the same with hostile names."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from reports.facts import DigestFacts, Due, Figure, Matter, Moved, Point, Read, Told

D = dt.date
LONG = "Föderation der unabhängigen Nachbarschaftshilfevereinigungenzusammenschluss"
HEBREW = "אגודת הדיירים של הנמל"


def _history() -> tuple[Point, ...]:
    joined = {
        D(2025, 9, 20): 7, D(2025, 11, 3): 9, D(2025, 11, 24): 12, D(2026, 1, 12): 15,
        D(2026, 2, 2): 16, D(2026, 3, 9): 21, D(2026, 3, 30): 24, D(2026, 4, 20): 26,
        D(2026, 5, 18): 25, D(2026, 6, 8): 29, D(2026, 7, 6): 32, D(2026, 8, 17): 35,
        D(2026, 9, 7): 37, D(2026, 9, 28): 38, D(2026, 10, 6): 40, D(2026, 10, 9): 41,
    }  # fmt: skip
    return tuple(Point(on, members) for on, members in joined.items())


_LISTED = (
    "Alder Street Tenants", "Bread & Roses Kitchen", "Canal Cyclists", "Delta Legal Aid",
    "Eastside Food Bank", "Fairwind Energy Co-op", "Garden Neighbours", HEBREW,
    "Harbour Nurses", "Ivy Lane School Parents", "Jasmine Refugee Network", "Kiln Potters",
    "Lantern Theatre", LONG, "Mill Road Library Friends", "North Quay Dockers",
    "Orchard Care Workers", "Penguin Rowing Club", "Quiet Streets", "River Keepers",
    "Saltmarsh Trust", "Tideline Artists", "Upland Farmers", "Verger Singers", "Water for All",
    "Xylophone Youth Band", "Yarrow Health Centre", "Zephyr Kites",
)  # fmt: skip


@pytest.fixture
def facts() -> DigestFacts:
    """A week in which much happened."""
    return DigestFacts(
        coalition="Riverside Homes for All",
        people="members",
        as_of=D(2026, 10, 12),
        week_start=D(2026, 10, 5),
        week_end=D(2026, 10, 12),
        read=(
            Read("Sign-ons", 52, 2),
            Read("Promises", 12, 0),
            Read("Meetings", 1, 0),
            Read("Actions", 0, 0, "it has no column Date"),
        ),
        members=41,
        members_before=38,
        listed=28,
        public_list=_LISTED,
        newly_listed=("Penguin Rowing Club", HEBREW, LONG),
        taken_off=("Copper Kettle Collective",),
        joined=(
            Moved("Penguin Rowing Club", "joined", D(2026, 10, 6)),
            Moved(HEBREW, "joined", D(2026, 10, 6)),
            Moved(LONG, "joined", D(2026, 10, 9)),
            Moved("Smith, Jones and Daughters", "joined", D(2026, 10, 9)),
        ),
        left=(Moved("Copper Kettle Collective", "withdrew", D(2026, 10, 7)),),
        to_decide=7,
        oldest=Matter(
            "Northern Bakers' Guild", "Same organisation?", "Two names share one website",
            D(2026, 8, 3), "same",
        ),
        gravest=(
            Matter(
                "Hilltop Mosque", "Wants to withdraw",
                "A form asks to withdraw, from an address that nobody knows. It is hidden already",
                D(2026, 10, 10), "ask them",
            ),
            Matter(
                "Union of Harbour Workers", "Sign-on held",
                "It signed with a reservation to principle 3: “not before our congress”",
                D(2026, 9, 30), "ask them",
            ),
            Matter(
                "Maria Oduya", "Listing",
                "She signed as an individual and asks to be named", D(2026, 10, 8), "list",
            ),
        ),
        coming=(
            Due(D(2026, 10, 14), "General assembly", "everybody"),
            Due(D(2026, 10, 17), "Its board decides on the sign-on", "Union of Harbour Workers"),
        ),
        promises=(
            Due(D(2026, 10, 3), "Translate the leaflet into Arabic", HEBREW, overdue=True),
            Due(D(2026, 10, 16), "Lend the loudspeakers", "Lantern Theatre"),
        ),
        odd=(Told("11 sign-ons came within one hour on 7 October; most weeks have two"),),
        good=(Told("Eastside Food Bank was the 40th member. Tell the others!"),),
        figures=(
            Figure("C1", "Organisations wanted", "63", "Organisations in the tab Outreach.", "+4"),
            Figure(
                "A1", "Members who agree to every principle", "31 of 41",
                "Members whose newest accepted sign-on agrees to all principles and policies.",
                "+2 since last week",
            ),
            Figure(
                "C3", "Replies to our first contact", "no data",
                "Wanted organisations that replied, of those that were contacted.",
                why_no_data="no data because nobody was contacted",
            ),
        ),
        history=_history(),
        results="results.xlsx",
        target=60,
        target_by=D(2026, 12, 31),
        to_fix=3,
    )  # fmt: skip


@pytest.fixture
def quiet(facts: DigestFacts) -> DigestFacts:
    """A week in which nothing happened, in a coalition that has only begun."""
    return replace(
        facts, people="partners", read=(Read("Sign-ons", 1, 0),), members=1, members_before=1,
        listed=0, public_list=(), newly_listed=(), taken_off=(), joined=(), left=(), to_decide=0,
        oldest=None, gravest=(), coming=(), promises=(), odd=(), good=(), figures=(),
        history=(Point(D(2026, 10, 1), 1),), target=None, target_by=None, to_fix=0,
    )  # fmt: skip


HOSTILE = (
    "<script>alert(1)</script>",
    'x" onmouseover="alert(2)',
    "javascript:alert(3)",
    "Evil\u202egnp.exe\u202c\u2066 and\u2069\u0007\ud800 more\r\nBcc: all@example.org",
    "{{ 7 * 7 }}{% raw %} {people} {0} %s",
    "W" * 5_000,
    "Z" + "\u0301" * 400,
)


@pytest.fixture
def hostile(facts: DigestFacts) -> DigestFacts:
    """The same week with names and sentences that mean harm, in every place that takes text."""
    nasty = " ".join(HOSTILE[:5])
    return replace(
        facts,
        coalition=nasty,
        read=(Read(nasty, 1, 1), Read(nasty, 0, 0, nasty)),
        public_list=HOSTILE, listed=len(HOSTILE), newly_listed=HOSTILE, taken_off=HOSTILE,
        joined=tuple(Moved(one, one, facts.as_of) for one in HOSTILE),
        left=tuple(Moved(one, one, facts.as_of) for one in HOSTILE),
        oldest=Matter(nasty, nasty, nasty, facts.week_start, nasty),
        gravest=tuple(Matter(one, one, one, facts.week_start, one) for one in HOSTILE[4:]),
        coming=tuple(Due(facts.as_of, one, one) for one in HOSTILE),
        promises=tuple(Due(facts.as_of, one, one, overdue=True) for one in HOSTILE),
        odd=tuple(map(Told, HOSTILE)), good=tuple(Told(one, one) for one in HOSTILE),
        figures=tuple(Figure(one, one, one, one, one, one) for one in HOSTILE[:3])
        + tuple(Figure(one, one, one, one, one) for one in HOSTILE),
        results=nasty,
    )  # fmt: skip
