"""Media, decision-makers, steps and wins, each worked out by hand. All people are invented."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from pipeline.measuring import as_of
from pipeline.metrics.contacts import Collision, collisions
from pipeline.metrics.makers import known_positions
from pipeline.metrics.registry import BY_CODE, compute
from pipeline.metrics.steps import levers

Verify = Callable[[str, dict[str, Any], Any], None]
Make = Callable[..., Any]

THREE = "name | standing\nOak Union | member\nRiver Trust | member\nBike Lobby | withdrawn"
MEDIA = """
date       | outlet | title | link                  | tone       | quotes     | message
2026-05-01 | Herald | Clean | https://example.org/a | favourable | Oak Union  | jobs
2026-05-02 | Herald | Again | http://example.org/a  | opposed    | Stranger   |
2026-04-02 | Echo   | Water |                       | neutral    | Bike Lobby |
2026-04-02 | Echo   | Air   |                       |            | Stranger; River Trust |
2026-04-03 | Echo   | Rain  |                       |            |            | jobs; health
2026-07-01 | Herald | Later |                       | opposed    | Oak Union  | jobs
"""
QUOTED = """
date       | outlet | title | link | quotes
2026-05-01 | Herald | Clean |      | Oak Union
2026-05-02 | Herald | Water |      | CLEAR  rivers now
2026-05-03 | Herald | Air   |      | Stranger; River Trust; Clear Rivers Now
2026-05-04 | Herald | Rain  |      | Stranger
"""
OFFERED = """
submitted  | placed
2026-05-01 | 2026-05-20
2026-04-01 |
2026-06-01 | 2026-07-01
2026-07-01 |
           | 2026-05-04
"""
MAKERS = """
date | name | seat | district | position | influence | confidence | co_sponsor_on | in_office_until
2026-03-01 | Ada Osei  | House  | 3        | undecided  | 3 | 1 |            |
2026-05-10 | Osei, Ada |        | 3        | support    |   | 2 | 2026-05-12 |
2026-03-01 | Ben Roth  | House  | 4        | leaning    | 1 | 1 | 2026-02-01 |
2026-05-20 | Ben Roth  | House  | 4        | against    | 2 |   |            |
2026-03-01 | Cleo Marsh| Senate |          | unknown    | 5 | 5 |            |
2026-06-20 | Cleo Marsh| Senate |          | support    | 5 | 5 |            |
           | Dora Lim  | Senate |          | support    | 4 | 2 | 2026-06-30 |
2026-03-01 | Eli Frost | House  | 9        | support    | 9 | 9 | 2026-01-01 | 2026-05-31
"""
CONTACTED = """
date       | name     | seat  | district | contacted_by
2026-05-28 | Ada Osei | House | 3        | Oak Union; Bike Lobby
2026-06-04 | A. Osei  | House | 3        | River Trust
2026-05-10 | Ben Roth | House | 4        | Oak Union
2026-05-18 | Ben Roth | House | 4        | River Trust
2026-06-20 | Ben Roth | House | 4        | Oak Union
           | Cy Dale  | House | 5        | Oak Union; River Trust
2026-06-01 | Eve Kohl | House | 6        | Oak Union
2026-06-01 | Eve Kohl | House | 6        | River Trust
"""
PLANNED = """
date       | initiative | started_by  | partners    | plan
2026-06-10 | Visits     | Oak Union   |             | Spring visits
2026-06-11 | Calls      | Stranger    | River Trust | spring visits
"""
TOO_EARLY = PLANNED.replace("2026-06-10", "2026-04-10")
STEPS = """
date       | bill_or_goal | step
2026-01-01 | Water Act    | sponsor
2026-03-01 | water act    | hearing
2026-07-01 | Water Act    | enacted
2026-02-01 | Air Act      | introduced
2026-02-01 | Soil Act     |
"""
ENDED = (
    "everybody's term has ended, the last on 2026-06-14; their positions are history until the tab "
    "Decision-makers names who is in office now"
)
WINS = """
date       | kind   | evidence
2026-05-02 | win    | the minutes
2025-06-16 | win    | the gazette
2025-06-15 | win    | the gazette
2026-05-03 | win    |
2026-05-03 | lesson | the minutes
2026-06-16 | win    | the minutes
"""


@pytest.mark.parametrize(
    ("code", "given", "expected"),
    [
        ("I2", {"media": MEDIA}, (1, 2, {"favourable": 1, "neutral": 1, "opposed": 0})),
        ("I3", {"media": MEDIA}, (2, 4, {"pieces that quote somebody": 3})),
        # Oak Union, the coalition and Air's River Trust; one piece of Stranger's alone.
        ("I3", {"media": QUOTED}, (3, 4, {"pieces that quote somebody": 4})),
        # The story and Rain carry a message; Water has a tone alone, Air has neither.
        ("I4", {"media": MEDIA}, (2, 3, {})),
        ("I5", {"media": OFFERED},
         (1, 3, {"offered in the last month": 1, "placed in the last month": 1})),
        ("I6", {"decision_makers": MAKERS},
         (2, {"support": 2, "leaning": 0, "undecided": 0, "leaning against": 0, "against": 1,
              "unknown": 1})),
        # 2, -2 and 2; influence 3, 2, 5, 4 and confidence 2, 1, 5, 2.
        ("I7", {"decision_makers": MAKERS},
         (2 / 3, {"people rated": 3, "mean influence": 3.5, "mean confidence": 2.5})),
        # (2·3·2 - 2·2·1 + 2·4·2) / (6 + 2 + 8)
        ("I8", {"decision_makers": MAKERS}, (24 / 16, {"people weighed": 3})),
        # Dora was first read after the month, Cleo is unknown; Eli didn't move.
        ("I9", {"decision_makers": MAKERS},
         (0, {"up": 1, "down": 1, "undecided → support": 1, "leaning → against": 1,
              "people compared": 3})),
        ("I10", {"decision_makers": MAKERS}, (2, {"no longer in office": 1})),
        ("I11", {"decision_makers": CONTACTED}, (2, 4, {})),
        ("I12", {"milestones": STEPS}, (3, {"Air Act": 2, "Water Act": 3})),
        ("I13", {"lessons": WINS}, (2, {"in the last month": 1})),
        ("P15", {"decision_makers": CONTACTED}, (2, {"pairs of members": 2})),
        ("P15", {"decision_makers": CONTACTED, "actions": PLANNED}, (0, {"pairs of members": 0})),
        ("P15", {"decision_makers": CONTACTED, "actions": TOO_EARLY},
         (2, {"pairs of members": 2})),
    ],
)  # fmt: skip
def test_worked_examples(
    verify: Verify, code: str, given: dict[str, Any], expected: tuple[Any, ...]
) -> None:
    verify(code, {"organisations": THREE, **given}, expected)


@pytest.mark.parametrize(
    ("code", "given", "why"),
    [
        ("I2", {"media": "date | outlet | title | tone\n2026-05-01 | Echo | Rain |"},
         "nobody has said of any piece how it speaks of the cause"),
        ("I3", {"media": "date | outlet | title | quotes\n2026-07-01 | Echo | Rain |"},
         "no piece had appeared by the day of the report"),
        ("I4", {"media": "date | outlet | title | tone | message\n2026-05-01 | Echo | Rain | |"},
         "no piece has a tone or a message"),
        ("I5", {"media": "submitted | placed\n2026-07-01 |"},
         "nothing was offered by the day of the report"),
        ("I5", {"media": "submitted | placed\n| 2026-05-01"}, "no row has a day under Submitted"),
        ("I6", {"decision_makers": "name\nAda Osei"},
         "the tab Decision-makers has no column Position"),
        ("I6", {"decision_makers": "name | position | in_office_until\n"
                                   "Ada Osei | support | 2026-06-14"},
         ENDED),
        ("I6", {"decision_makers": "date | name | position\n2026-07-01 | Ada Osei | support"},
         "no row of the tab Decision-makers holds for the day of the report"),
        ("I7", {"decision_makers": "name | position\nAda Osei | unknown"},
         "nobody's position is known"),
        ("I8", {"decision_makers": "name | position | influence | confidence\n"
                                   "Ada Osei | support | 3 |"},
         "nobody has a known position, an influence and a confidence"),
        ("I9", {"decision_makers": "name | position\nAda Osei | support"},
         "nobody in office has a known position both on 2026-04-30 and on 2026-05-31"),
        ("I10", {"decision_makers": "name\nAda Osei"},
         "the tab Decision-makers has no column Co-sponsor on"),
        ("I11", {"decision_makers": "date | name | contacted_by\n| Ada Osei | Oak Union"},
         "no row that says who spoke with whom has a date"),
        ("I12", {"milestones": "date | bill_or_goal | step\n2026-07-01 | Water Act | floor"},
         "no step was reached by the day of the report"),
        ("I13", {"lessons": "date | kind | evidence"}, "the tab Lessons has no row yet"),
        ("P15", {"decision_makers": "date | name | contacted_by\n| Ada Osei | Oak Union"},
         "no row that says who spoke with whom has a date"),
    ],
)  # fmt: skip
def test_missing_is_said(verify: Verify, code: str, given: dict[str, Any], why: str) -> None:
    verify(code, {"organisations": THREE, **given}, why)


def test_what_is_left_out_is_counted(context: Make) -> None:
    given = context(organisations=THREE, decision_makers=MAKERS, media=MEDIA)
    values = compute(given)
    assert values["I2"].excluded == (2, "no tone")
    assert values["I7"].excluded == (1, "position unknown")
    contacted = compute(context(organisations=THREE, decision_makers=CONTACTED))
    assert contacted["P15"].excluded == contacted["I11"].excluded == (1, "no day under Date")


def test_who_collides_is_told_apart_from_the_numbers(context: Make) -> None:
    given = context(organisations=THREE, decision_makers=CONTACTED)
    assert compute(given)["P15"].names == ("A. Osei", "Eve Kohl")
    assert collisions(given) == (
        Collision("A. Osei", "Oak Union", "River Trust", dt.date(2026, 6, 4)),
        Collision("Eve Kohl", "Oak Union", "River Trust", dt.date(2026, 6, 1)),
    )


def test_no_number_names_a_decision_maker(context: Make) -> None:
    rows = MAKERS.replace("in_office_until", "in_office_until | contacted_by", 1)
    lines = [line + " | Oak Union" for line in rows.strip().splitlines()[1:]]
    given = context(organisations=THREE, decision_makers="\n".join([rows.split("\n")[1], *lines]))
    for code, value in compute(given).items():
        said = " ".join((value.why, value.excluded[1], *(name for name, _ in value.details)))
        assert not any(name in said for name in ("Osei", "Roth", "Marsh", "Lim", "Frost")), code


NEEDED = {
    "decision_makers": {
        "date": "2026-03-01", "name": "Ada Osei", "seat": "House", "district": "3",
        "position": "support", "influence": "2", "confidence": "2", "contacted_by": "Oak Union",
        "co_sponsor_on": "2026-03-01", "in_office_until": "2026-12-31",
    }
}  # fmt: skip


@pytest.mark.parametrize("code", ["I6", "I7", "I8", "I9", "I10", "I11", "P15"])
@pytest.mark.parametrize("gone", list(NEEDED["decision_makers"]))
def test_a_column_that_a_number_does_not_name_does_not_move_it(
    context: Make, code: str, gone: str
) -> None:
    def value(columns: list[str]) -> Any:
        cells = NEEDED["decision_makers"]
        lines = [" | ".join(columns), " | ".join(cells[c] for c in columns)]
        second = cells | {
            "date": "2026-05-20", "name": "Bo Roth", "district": "4", "position": "against",
            "influence": "5", "in_office_until": "2026-05-01", "contacted_by": "River Trust",
        }  # fmt: skip
        third = second | {"name": "A. Osei", "district": "3", "in_office_until": ""}
        lines += [" | ".join(row[c] for c in columns) for row in (second, third)]
        given = context(organisations=THREE, decision_makers="\n".join(lines))
        return replace(compute(given, [BY_CODE[code]])[code], without=())

    columns = list(NEEDED["decision_makers"])
    left = value([c for c in columns if c != gone])
    metric, name = BY_CODE[code], f"decision_makers.{gone}"
    if name in metric.needs:
        assert left.why.startswith("no data because the tab Decision-makers has no column")
    elif name not in metric.uses:
        assert left == value(columns)


def test_counted_again_for_an_earlier_day(context: Make) -> None:
    now = context(organisations=THREE, decision_makers=MAKERS)
    given = as_of(
        replace(now, positions=known_positions(now)),
        dt.date(2026, 5, 31),
        set(now.organisations.id),
    )
    assert compute(given, [BY_CODE["I6"]])["I6"].value == 2  # Ada and Eli; Dora isn't known yet


LEVERS = """
lever  | what_must_shift | baseline | target | by         | latest | as_of      | group
Coal   | Plants close    | 10       | 0      | 2027-01-01 | 10     | 2026-01-01 | Plants
Homes  | Homes are warm  |          | 500    | 2027-01-01 | 100    |            |
coal   | Plants close    | 10       | 0      | 2027-01-01 | 6      | 2026-05-01 | Plants
Buses  | Buses run       | 4        | 4      |            | 4      |            |
Fields | Fields rest     | 0        | 9      |            | 9      | 2026-07-01 |
"""


def test_levers_tell_how_much_of_the_way_is_behind_us(context: Make) -> None:
    found = levers(context(goals_levers=LEVERS))
    assert [(lever.name, lever.latest, lever.way) for lever in found] == [
        ("coal", 6, 0.4), ("Homes", 100, None), ("Buses", 4, None), ("Fields", None, None),
    ]  # fmt: skip
    assert (found[0].by, found[0].as_of, found[0].group) == (
        dt.date(2027, 1, 1), dt.date(2026, 5, 1), "Plants",
    )  # fmt: skip
    assert levers(context()) == ()
