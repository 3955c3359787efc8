"""Forms by which members report themselves, through the program."""

from __future__ import annotations

from typing import Any

import pytest

FORMS = """
[[form]]

[[form]]
table = "Tell us what you did"
file = "did.csv"

[[form]]
table = "Yearly check-in"
file = "year.csv"
"""
DID = (
    "Timestamp,Organisation,What did you do?,When was it?,Letters\n"
    "2026-03-04 10:00:00,Alder Brook Anglers,Letters for clean water,2026-03-03,120\n"
    "2026-03-05 10:00:00,Nobody Known,=1+1,2026-03-03,9\n"
)
YEAR = "Timestamp,Organisation,Trust\n2026-03-04 10:00:00,Alder Brook Anglers,4\n"


@pytest.fixture
def reporting(settled: Any) -> Any:
    """The coalition on its second day, with two further forms."""
    with settled.settings.open("a", encoding="utf-8") as file:
        file.write(FORMS)
    (settled.folder / "did.csv").write_text(DID, encoding="utf-8")
    (settled.folder / "year.csv").write_text(YEAR, encoding="utf-8")
    return settled


def test_who_is_unknown_is_said_and_a_new_response_wakes_the_idle_run(reporting: Any) -> None:
    (problem,) = reporting.run()["problems"]
    assert (problem["tab"], problem["row"]) == ("did.csv", 3)
    assert [line["Tab"] for line in reporting.tab("To fix")] == ["did.csv"]
    assert reporting.run()["idle"]
    more = DID + "2026-03-06 10:00:00,Birch Hill Growers,Soup,2026-03-06,\n"
    (reporting.folder / "did.csv").write_text(more, encoding="utf-8")
    assert "idle" not in reporting.run()
    assert reporting.run()["idle"]
    (reporting.folder / "year.csv").write_text(YEAR.replace(",4", ",5"), encoding="utf-8")
    assert "idle" not in reporting.run()


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 a workbook"])
def test_a_form_that_cannot_be_read_is_told_and_the_run_goes_on(
    reporting: Any, content: bytes | None
) -> None:
    file = reporting.folder / "did.csv"
    file.unlink()
    if content is not None:
        file.write_bytes(content)
    (problem,) = reporting.run()["problems"]
    assert (problem["tab"], problem["row"]) == ("did.csv", None)
    assert "the form for “Tell us what you did” can't be read" in problem["problem"]
