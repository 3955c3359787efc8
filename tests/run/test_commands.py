"""The commands that only look: their contracts, through the program."""

from __future__ import annotations

from typing import Any

import pytest


def test_check_says_what_would_come_of_each_row_and_touches_nothing(settled: Any) -> None:
    before = settled.files()
    ran = settled.weaver("check", settled.folder / "responses.csv", "--json")
    assert (ran.code, ran.err) == (0, "")
    assert settled.files() == before
    rows = ran.json["signons"]
    assert [row["row"] for row in rows] == list(range(2, 10))
    written = [row["Key"] for row in settled.tab("Every form checked")]
    assert sorted(row["key"] for row in rows) == sorted(written)
    for row in rows:
        assert isinstance(row["key"], str)
        assert isinstance(row["outcome"], str)
        for field in ("labels", "rules", "reasons"):
            assert isinstance(row[field], list)
            assert all(isinstance(text, str) for text in row[field])
        assert len(row["rules"]) == len(row["reasons"])
    held = {row["row"]: row["rules"] for row in rows if row["outcome"] == "hold"}
    assert held == {5: ["S203"], 6: ["S105"], 9: ["S202"]}


def test_check_of_a_file_that_is_not_there_is_an_error_object(fresh: Any) -> None:
    ran = fresh.weaver("check", fresh.folder / "nothing.csv", "--json")
    assert ran.code in (2, 65)
    assert ran.json["exit"] == ran.code
    assert "nothing.csv" in ran.json["error"]["where"] + ran.json["error"]["what"]


def test_explain_tells_an_organisations_story_and_touches_nothing(settled: Any) -> None:
    before = settled.files()
    ran = settled.weaver("explain", "dune wardens", "--json")
    assert (ran.code, ran.err) == (0, "")
    assert settled.files() == before
    story = " ".join(ran.json["story"])
    for part in ("Dune Wardens", "2026-03-05", "Bo", "I rang them", "member"):
        assert part in story


def test_explain_suggests_the_nearest_name(settled: Any) -> None:
    ran = settled.weaver("explain", "Dune Warden", "--json")
    assert ran.code == 2
    assert "Dune Wardens" in ran.json["error"]["what"] + ran.json["error"]["remedy"]


def test_status_says_when_it_ran_and_what_waits(settled: Any) -> None:
    before = settled.files()
    ran = settled.weaver("status", "--json")
    assert (ran.code, ran.err) == (0, "")
    assert settled.files() == before
    assert ran.json["last_run"] == "2026-03-17"
    open_rows = [row for row in settled.tab("To decide") if row["Status"] == "open"]
    assert ran.json["to_decide"] == len(open_rows)
    assert ran.json["mail_waiting"] == []
    assert settled.weaver("status", "--quiet").out == ""


def test_status_says_that_a_run_has_not_ended(fresh: Any) -> None:
    (fresh.folder / "state.db.watch.json").write_text('{"last_began": 7200, "last_ended": 3600}')
    told = fresh.weaver("status").out
    assert "began 1970-01-01, 03:00 and hasn't ended" in told, told


def test_status_before_the_first_run_makes_no_store(fresh: Any) -> None:
    before = fresh.files()
    ran = fresh.weaver("status", "--json")
    assert ran.code == 0
    assert ran.json["last_run"] is None
    assert fresh.files() == before


@pytest.mark.parametrize(("command", "field", "one"), [
    ("rules", "severity", "S101"), ("metrics", "definition", "A2"),
])  # fmt: skip
def test_the_catalogues_are_lists_with_code_and_title(
    weaver: Any, tmp_path: Any, command: str, field: str, one: str
) -> None:
    ran = weaver(command, "--json", cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    codes = [each["code"] for each in ran.json]
    assert one in codes
    assert len(codes) == len(set(codes)) >= 15
    for each in ran.json:
        assert each["title"]
        assert each[field]
    plain = weaver(command, cwd=tmp_path)
    assert all(code in plain.out for code in codes)
    assert weaver(command, "--quiet", cwd=tmp_path).out == ""


def test_rules_are_shown_as_the_coalition_set_them(fresh: Any) -> None:
    with fresh.settings.open("a") as file:
        file.write('\n[rules.S203]\nseverity = "note"\nreason = "We ask by phone."\n')
    found = {rule["code"]: rule["severity"] for rule in fresh.weaver("rules", "--json").json}
    assert found["S203"] == "note"


def test_rules_that_want_a_setting_say_so(fresh: Any, weaver: Any, tmp_path: Any) -> None:
    alone = weaver("rules", cwd=tmp_path).out
    assert "It is too small (where eligibility.smallest is set)" in alone
    without = fresh.weaver("rules").out
    assert "It is too small (not applied: eligibility.smallest isn't set)" in without
    with fresh.settings.open("a") as file:
        file.write("\n[eligibility]\nsmallest = 3\n")
    assert "It is too small (where eligibility.smallest is set)" in fresh.weaver("rules").out
