"""Bad responses: each kind gives a message that names place and remedy, and costs no good row."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.errors import BadData, WeaverError


def test_a_file_that_may_not_be_read(coalition, unprivileged) -> None:
    coalition.responses.chmod(0)
    ran = coalition.weaver(before=unprivileged)
    assert ran.code == 77, ran.out + ran.err
    assert "responses.csv" in ran.json["error"]["where"]
    assert ran.json["error"]["remedy"]
    assert coalition.written() == []


def test_no_responses_in_the_file_stop_the_run(coalition) -> None:
    coalition.responses.write_bytes(b"")
    ran = coalition.weaver()
    assert ran.code == 65
    assert "empty" in ran.json["error"]["what"]
    assert "responses.csv" in ran.json["error"]["where"]
    assert coalition.written() == []


def test_a_header_alone_is_a_form_that_nobody_has_sent_yet(coalition) -> None:
    coalition.sheet([])
    assert coalition.run()["signons"]["received"] == 0


def test_a_header_alone_where_there_were_responses_stops_the_run(ran) -> None:
    before = ran.results.read_bytes()
    ran.sheet([])
    with pytest.raises(BadData, match="3 of 3") as stopped:
        ran.run()
    assert "responses.csv" in stopped.value.where
    assert ran.results.read_bytes() == before


def test_csv_that_really_is_a_workbook(coalition) -> None:
    coalition.responses.write_bytes(coalition.tracker.read_bytes())
    with pytest.raises(BadData, match="workbook") as stopped:
        coalition.run()
    assert "Save it as CSV" in stopped.value.remedy


WESTERN = ("Bäckerei Größenwahn e. V.", "Société « Été », Genève", "Compañía; Niños")


EASTERN = ("川を守る会", "東京都消費者生活協同組合連合会", "みんなの食堂ネットワーク")


@pytest.mark.parametrize(
    ("encoding", "delimiter", "names"),
    [
        ("utf-8", "\t", EASTERN),
        ("utf-8-sig", ";", WESTERN),
        ("utf-16", "\t", WESTERN),
        ("utf-16-le", ";", WESTERN),
        ("utf-16-be", ",", WESTERN),
        ("cp1252", ";", WESTERN),
        ("shift_jis", ",", EASTERN),
    ],
)
def test_other_encodings_and_delimiters(
    new_coalition, header, responding, as_csv, encoding: str, delimiter: str, names: tuple[str, ...]
) -> None:
    coalition = new_coalition("far")
    rows = [header, *(responding(n, name) for n, name in enumerate(names))]
    coalition.responses.write_bytes(as_csv(rows, delimiter).encode(encoding))
    assert [problem["tab"] for problem in coalition.run()["problems"]] == []
    assert coalition.outcomes() == dict.fromkeys(names, "accepted")


def test_no_column_for_the_name_stops_the_run(coalition, header, responding) -> None:
    named = tuple("Your group's calling name" if t == "Organisation" else t for t in header)
    coalition.sheet([responding(1, "Elm Street Kitchen")], named)
    ran = coalition.weaver()
    assert ran.code == 65
    error = ran.json["error"]
    assert "Your group's calling name" in error["what"]
    assert error["where"] == "responses.csv"
    assert "[[form]] questions" in error["remedy"]
    assert coalition.written() == []
    coalition.set('questions = {organisation = "Your group\'s calling name"}')
    coalition.run()
    assert coalition.outcomes() == {"Elm Street Kitchen": "accepted"}


def test_an_unknown_question_is_said_once(coalition, good, header, responding) -> None:
    rows = [responding(n, name, "green") for n, name in enumerate(good)]
    coalition.sheet(rows, (*header, "Favourite colour"))
    coalition.run()
    line = coalition.fault("responses.csv", None, "Favourite colour")
    assert line["What to do"].endswith('[[form]] ignore: "Favourite colour"')
    assert coalition.outcomes() == good
    coalition.set('ignore = ["Favourite colour"]')
    assert coalition.run()["problems"] == []


def test_a_near_miss_is_asked_about_and_not_guessed(coalition, good, header, responding) -> None:
    near = tuple("Reservatoins" if title == "Website" else title for title in header)
    rows = [list(responding(n, name)) for n, name in enumerate(good)]
    for row in rows:
        row[near.index("Reservatoins")] = "Only if we may leave."
    coalition.sheet(rows, near)
    coalition.run()
    line = coalition.fault("responses.csv", None, "Reservatoins")
    assert "looks like “reservations”" in line["What is wrong"]
    assert coalition.outcomes() == good
    assert 'reservations = "Reservatoins"' in line["What to do"]
    coalition.set('questions = {reservations = "Reservatoins"}')
    assert coalition.run()["problems"] == []
    assert set(coalition.outcomes().values()) == {"on hold"}


def test_a_cell_of_60_000_characters(coalition, good, responding) -> None:
    long = "Elm " * 15_000
    rows = [responding(n, name) for n, name in enumerate(good)]
    coalition.sheet([*rows, responding(7, long)])
    coalition.run()
    found = coalition.outcomes()
    assert good.items() <= found.items()
    (cut,) = set(found) - set(good)
    assert 31_000 < len(cut) <= 32_000
    line = coalition.fault("Every form checked", 5, "Organisation")
    assert "cut" in line["What is wrong"]
    assert coalition.run()["cells_written"] == 0


def test_rows_longer_than_the_header_lose_nothing(coalition, good, responding) -> None:
    rows = [responding(n, name) for n, name in enumerate(good)]
    coalition.sheet([*rows, responding(7, "Elm Street Kitchen", "", "what is this")])
    coalition.run()
    assert "1 of its cells" in coalition.fault("responses.csv", None, "column H")["What is wrong"]
    assert coalition.outcomes() == good | {"Elm Street Kitchen": "accepted"}


def test_rows_shorter_than_the_header_lose_nothing(coalition, good, responding) -> None:
    rows = [responding(n, name) for n, name in enumerate(good)]
    coalition.sheet([*rows, responding(7, "Elm Street Kitchen")[:3]])
    coalition.run()
    assert coalition.outcomes() == good | {"Elm Street Kitchen": "on hold"}


def test_nul_bytes_in_cells(coalition, good, responding) -> None:
    rows = [responding(n, name) for n, name in enumerate(good)]
    coalition.sheet([*rows, responding(7, "Elm\0Street"), responding(8, "Fern \0")])
    coalition.run()
    assert coalition.outcomes() == good | {"Elm\0Street": "accepted", "Fern \0": "accepted"}


def test_repeated_and_empty_titles_that_carry_data(coalition, good, header, responding) -> None:
    rows = [list(responding(n, name, "", "")) for n, name in enumerate(good)]
    first, second, third = rows
    first[6], first[4] = first[4], ""
    second[6] = "No"
    third[7] = "a remark"
    coalition.sheet(rows, (*header, "Agreement", ""))
    coalition.run()
    clash = coalition.fault("responses.csv", 3, "Agreement")
    assert "Yes ≠ No" in clash["Found"]
    assert "E (Agreement) / G (Agreement)" in clash["What is wrong"]
    assert "no title" in coalition.fault("responses.csv", None, "column H")["What is wrong"]
    # whoever says yes and no to the statement hasn't said yes
    assert coalition.outcomes() == good | {"Birch Hill Growers": "on hold"}


def test_a_column_added_half_way(coalition, good, header, responding) -> None:
    early = [responding(n, name) for n, name in enumerate(good)]
    coalition.sheet(early)
    coalition.run()
    keys = {row["Organisation"]: row["Key"] for row in coalition.tab("Every form checked")}
    late = responding(7, "Elm Street Kitchen", "Ana Ferreira")
    coalition.sheet([*early, late], (*header, "Signatory"))
    summary = coalition.run()
    assert summary["signons"]["received"] == 4
    after = {row["Organisation"]: row["Key"] for row in coalition.tab("Every form checked")}
    assert keys.items() <= after.items()
    assert coalition.outcomes()["Elm Street Kitchen"] == "accepted"


def test_a_row_typed_by_hand_without_a_time(coalition, good, responding) -> None:
    rows = [responding(n, name) for n, name in enumerate(good)]
    coalition.sheet([*rows, ("", *responding(7, "Elm Street Kitchen")[1:])])
    coalition.run()
    assert coalition.fault("responses.csv", 5, "Timestamp")["What to do"].startswith("Type the day")
    assert coalition.outcomes() == good | {"Elm Street Kitchen": "on hold"}
    (row,) = [r for r in coalition.tab("Every form checked") if r["Outcome"] == "on hold"]
    assert row["Received"] is None
    assert row["Rules"] == "S002"


@settings(max_examples=15)
@given(data=st.data())
def test_no_damage_to_the_file_of_responses_breaks_a_run(data, worn) -> None:
    coalition, whole = worn
    last = whole.rstrip().rindex(b"\n") + 1
    at = data.draw(st.one_of(st.integers(0, len(whole)), st.integers(last, len(whole))))
    much = data.draw(st.integers(0, 60))
    rubbish = data.draw(st.binary(max_size=30))
    coalition.responses.write_bytes(whole[:at] + rubbish + whole[at + much :])
    found = summary_or_error(coalition)
    if isinstance(found, WeaverError):
        assert found.exit_code == 65
        assert "responses.csv" in found.where
        assert found.remedy
    elif at >= last:
        assert found["signons"]["accepted"] >= 2


def summary_or_error(coalition: Any) -> dict[str, Any] | WeaverError:
    try:
        return coalition.run(dry=True)
    except WeaverError as error:
        return error


# Bad cells in people's tabs: each is a row of To fix, and the good ones beside it count.

ALDER, BIRCH, CEDAR = "Alder Brook Anglers", "Birch Hill Growers", "Cedar Ferry Choir"
ACTIONS = (
    ("Date", "Initiative", "Started by", "Partners", "Letters", "People"),
    ("soon", "Letter week", ALDER, BIRCH, "10", "1"),
    ("Q3", "Letter week", ALDER, "Fern Bakery", "20", "about 200"),
    ("31/02", "Letter week", ALDER, None, "1,5k", "2"),
    ("45321", "Letter week", "Moss Choir", None, "٣٤", "3"),
    ("2026-05-03", "Vigil", CEDAR, f"{ALDER}; Birch Hill Grower Union", "٣٤", "4"),
)
TARGETS = (
    ("Metric", "Target", "By"),
    ("A2", 40, "2026-12-31"),
    ("Member organisations", 50, "2026-12-31"),
    ("A12", "90 %", "2026-12-31"),
    ("Members of members", 3, "2026-12-31"),
)


def test_bad_cells_of_people_are_named_and_the_others_count(coalition) -> None:
    coalition.tabs({
        "Actions": ACTIONS,
        "Our targets": TARGETS,
        "Outreach": [
            ("Organisation", "Stage", "Added"), ("Moss Guild", "en conversación", "2026-05-01"),
            ("Fern Bakery", "contcated", "2026-05-01"), ("Dale Shop", "nearly", "2026-05-01"),
        ],
        "Conversations": [
            ("Date", "Organisation A", "Organisation B", "Kind"),
            ("2026-05-01", ALDER, ALDER.upper(), "tie"), ("2026-05-01", ALDER, BIRCH, "tie"),
        ],
    })  # fmt: skip
    summary = coalition.run()
    assert summary["tabs"] == {
        "Actions": 5, "Our targets": 4, "Outreach": 3, "Conversations": 2,
    }  # fmt: skip
    named = {
        (row["Tab"], row["Row"], row["Column"]): (row["Found"], row["What is wrong"])
        for row in coalition.tab("To fix")
    }
    assert named == {
        ("Actions", 2, "Date"): ("soon", "no day of the calendar"),
        ("Actions", 3, "Date"): ("Q3", "a quarter isn't a day"),
        ("Actions", 3, "People"): ("about 200", "an estimate, not a figure"),
        ("Actions", 4, "Date"): ("31/02", "there is no 31 February"),
        ("Actions", 4, "Letters"): ("1,5k", "a shortened figure"),
        ("Actions", 5, "Date"): (
            "45321", "looks like the number by which a spreadsheet keeps 2024-01-30",
        ),
        ("Actions", 5, "Started by"): ("Moss Choir", "No organisation of that name has signed."),
        ("Actions", 6, "Partners"): (
            "Birch Hill Grower Union", "No organisation of that name has signed.",
        ),
        ("Our targets", 3, "Metric"): (
            "Member organisations",
            "Rows 2 and 3 set two targets for one number and one day. Row 3 counts.",
        ),
        ("Our targets", 5, "Metric"): ("Members of members", "No number is called so."),
        ("Outreach", 4, "Stage"): ("nearly", "not one of the words of this column"),
        ("Conversations", 2, "Organisation B"): (
            ALDER.upper(), "An organisation has no conversation with itself.",
        ),
    }  # fmt: skip
    assert all(row["What to do"] for row in coalition.tab("To fix"))
    targets = {metric["code"]: metric["target"] for metric in summary["metrics"]}
    assert (targets["A2"], targets["A12"]) == (50, 0.9)
