"""Bad settings, statements and arguments: each fault is named with its place, and all at once."""

from __future__ import annotations

import pytest

from config.errors import WrongSettings


def test_six_faults_in_the_settings_are_said_together(coalition) -> None:
    coalition.settings.write_text(
        '[coalition]\nnmae = "Harbour"\ntime_zone = "Europe/Berln"\n'
        '[[form]]\nfile = "../responses.csv"\ndate_order = "dym"\n'
        'questions = {organization = "Who are you?"}\n'
        '[[coordinators]]\nname = "Ana"\nemail = "ana at example.org"\n',
        encoding="utf-8",
    )
    ran = coalition.weaver()
    assert ran.code == 78
    error = ran.json["error"]
    assert error["where"].endswith("weaver.toml")
    assert error["remedy"]
    for fault in (
        "coalition.nmae: there is no such setting; did you mean name?",
        "coalition.name: is missing",
        "coalition.time_zone: 'Europe/Berln' is no time zone",
        "form[1].file: must be a file inside",
        "form[1].date_order: ",
        "form[1].questions.organization: there is no such name; did you mean organisation?",
        "coordinators[1].email: 'ana at example.org' is no email address",
    ):
        assert fault in error["what"]
    assert coalition.written() == []


def test_settings_that_are_not_there_or_no_toml(coalition) -> None:
    coalition.settings.write_text("[coalition\nname = 1", encoding="utf-8")
    with pytest.raises(WrongSettings, match="line 1") as stopped:
        coalition.run()
    assert stopped.value.remedy
    coalition.settings.unlink()
    ran = coalition.weaver()
    assert ran.code == 78
    assert "weaver.toml" in ran.json["error"]["where"]


def test_a_day_that_is_none_is_wrong_usage(coalition) -> None:
    ran = coalition.weaver("--as-of", "31 June")
    assert ran.code == 2
    assert "2026-05-31" in ran.json["error"]["what"]


def version(name: str, facts: str) -> str:
    return f'+++\nversion = "{name}"\nstate = "adopted"\n{facts}\n+++\nWe stand together.\n'


def test_every_fault_of_the_statement_is_said_together(coalition) -> None:
    statements = coalition.folder / "statements" / "main"
    point = '[[principles]]\nid = "P1"\ntext = "Peace."\n'
    for file, text in {
        "v2.md": version("2", ""),
        "v3.md": version("3", f"adopted_on = 2026-02-01\n{point}{point}"),
        "v4.md": version("4", "adopted_on = 2026-03-01"),
        "v5.md": version("5", "adopted_on = 2026-03-01"),
        "v6.md": "We stand together.\n",
    }.items():
        (statements / file).write_text(text, encoding="utf-8")
    ran = coalition.weaver()
    assert ran.code == 78
    said = ran.json["error"]["what"]
    assert ran.json["error"]["where"].endswith("main")
    for fault in (
        "v2.md: an adopted version needs adopted_on",
        "v3.md: the id p1 is used twice",
        "two versions are adopted on 2026-03-01",
        "v6.md: begin with a line +++",
    ):
        assert fault in said


def test_a_statement_without_a_file(coalition) -> None:
    (coalition.folder / "statements" / "main" / "v1.md").unlink()
    with pytest.raises(WrongSettings, match="no unity statement") as stopped:
        coalition.run()
    assert "Markdown" in stopped.value.remedy
