"""What others rely on: options, exit codes, and one JSON object on standard output."""

from __future__ import annotations

from typing import Any

import pytest

OUTCOMES = {"accepted", "hold", "declined", "withdrawn", "superseded", "test"}
STANDINGS = {"member", "pending", "reaffirm", "lapsed", "withdrawn", "suspended", "removed",
             "declined", "none"}  # fmt: skip
KEYS: dict[str, type] = {
    "run_id": str, "as_of": str, "signons": dict, "organisations": dict, "metrics": list,
    "requests": int, "cells_written": int, "mail": dict, "problems": list, "warnings": list,
}  # fmt: skip
NUMBER = (int, float, type(None))


def test_a_trial_run_has_every_field_and_writes_nothing(fresh: Any) -> None:
    fresh.responses(lambda rows: [["someday", *row[1:]] if row[2].startswith("Elm") else row
                                  for row in rows])  # fmt: skip
    before = fresh.files()
    said = fresh.run("--dry-run")
    assert fresh.files() == before
    assert said["dry_run"] is True

    for key, kind in KEYS.items():
        assert type(said[key]) is kind, key
    assert said["as_of"] == "2026-03-16"
    assert said["signons"].keys() == OUTCOMES | {"received"}
    assert said["signons"]["received"] == 8
    assert sum(said["signons"][name] for name in OUTCOMES) == 8
    assert said["organisations"].keys() == STANDINGS
    assert said["cells_written"] > 0
    assert said["mail"] == {
        "queued": 2, "sent": 0, "waiting": 2, "drafts": 0, "failed": 0,
    }  # fmt: skip
    for problem in said["problems"]:
        assert problem.keys() == {"tab", "row", "column", "problem"}
    assert {(p["tab"], p["row"]) for p in said["problems"]} == {("responses.csv", 6)}
    assert said["metrics"]
    for metric in said["metrics"]:
        assert isinstance(metric["code"], str)
        for field in ("value", "numerator", "denominator", "target"):
            assert isinstance(metric[field], NUMBER), metric
        assert isinstance(metric["status"], str)
        # A number is there, or the reason why it is not.
        assert (metric["value"] is None) == bool(metric["no_data_because"])


def test_the_first_run_says_what_it_did_in_lines_for_people(fresh: Any) -> None:
    ran = fresh.weaver("run")
    assert (ran.code, ran.err) == (0, "")
    assert "As of 2026-03-16" in ran.out
    for part in ("8 sign-ons", "5 accepted", "3 on hold", "2 letters handed over"):
        assert part in ran.out
    assert fresh.weaver("run", "--quiet").out == ""


def test_results_are_found_from_a_folder_further_down(settled: Any, weaver: Any) -> None:
    ran = weaver("run", "--json", cwd=settled.folder / "statements" / "main")
    assert ran.code == 0
    assert ran.json["idle"] is True


@pytest.mark.parametrize(
    "arguments",
    [
        ("run", "--no-such-option"),
        ("run", "--as-of", "tomorrow"),
        ("run", "surplus"),
        ("no-such-command",),
        ("explain",),
        ("check",),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_2_and_an_object_where_json_was_asked(weaver: Any, arguments: Any) -> None:
    ran = weaver(*arguments, "--json")
    assert ran.code == 2
    assert ran.json["exit"] == 2
    assert ran.json["error"].keys() == {"what", "where", "remedy"}
    assert all(ran.json["error"].values())
    plain = weaver(*arguments)
    assert (plain.code, plain.out) == (2, "")
    assert ran.json["error"]["what"] in plain.err


def test_an_error_for_people_goes_to_standard_error(weaver: Any, tmp_path: Any) -> None:
    (tmp_path / "weaver.toml").write_text("[coalition\n")
    ran = weaver("run", cwd=tmp_path)
    assert (ran.code, ran.out) == (78, "")
    for part in ("TOML", "where: ", "weaver.toml", "what to do: "):
        assert part in ran.err


def test_the_demonstration_refuses_a_folder_with_something_else(weaver: Any, tmp_path: Any) -> None:
    (tmp_path / "letters.txt").write_text("mine")
    ran = weaver("demo", tmp_path, "--json")
    assert (ran.code, ran.json["exit"]) == (2, 2)
    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]
