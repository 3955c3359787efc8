"""A coalition's folder that takes whatever is put into it, and Weaver run on it."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from connectors.workbook import read_workbook
from pipeline.runner import Order, run
from tests import warm

WEAVER = warm.PROGRAM
NOW = dt.datetime(2026, 6, 1, 9, tzinfo=dt.UTC)
HEADER = ("Timestamp", "Email", "Organisation", "Website", "Agreement", "List us")
GOOD = ("Alder Brook Anglers", "Birch Hill Growers", "Cedar Ferry Choir")
SETTINGS = f"""\
[coalition]
name = "Harbour Alliance"
time_zone = "Europe/Berlin"
today = {NOW.date()}

[[form]]
"""
COORDINATOR = """\
[[coordinators]]
name = "Ana"
email = "ana@harbour.example.org"

"""
STATEMENT = """\
+++
version = "1"
state = "adopted"
adopted_on = 2016-01-01
adopted_by = "Founding assembly"
adopted_how = "by consensus"
+++
We stand together.
"""


@dataclass(frozen=True)
class Ran:
    """What the program said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Coalition:
    """A coalition's folder. Its day is the first of June 2026, a Monday."""

    folder: Path

    @property
    def settings(self) -> Path:
        return self.folder / "weaver.toml"

    @property
    def responses(self) -> Path:
        return self.folder / "responses.csv"

    @property
    def tracker(self) -> Path:
        return self.folder / "tracker.xlsx"

    @property
    def results(self) -> Path:
        return self.folder / "results.xlsx"

    def set(self, *lines: str) -> None:
        """Add lines to the settings; the first ones belong to the form."""
        with self.settings.open("a", encoding="utf-8") as file:
            file.write("".join(f"{line}\n" for line in lines))

    def coordinated(self) -> None:
        """Give it a coordinator, who gets a digest at the next run."""
        text = self.settings.read_text(encoding="utf-8")
        self.settings.write_text(text.replace("[[form]]", COORDINATOR + "[[form]]"), "utf-8")

    def later(self, days: int) -> None:
        """Move the coalition's day on."""
        text = self.settings.read_text(encoding="utf-8")
        day = NOW.date() + dt.timedelta(days=days)
        self.settings.write_text(re.sub("today = .*", f"today = {day}", text), "utf-8")

    def sheet(self, rows: Iterable[Sequence[str]], header: Sequence[str] = HEADER) -> None:
        """Put these rows into the file of responses."""
        self.responses.write_text(text_of([header, *rows]), encoding="utf-8", newline="")

    def tabs(self, tabs: Mapping[str, Sequence[Sequence[object]]]) -> None:
        """Make the tracker hold these tabs."""
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in tabs.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(list(row))
        book.save(self.tracker)

    def run(self, **order: Any) -> Any:
        """A whole run in this process; its summary."""
        return run(Order(self.settings, NOW, **order))

    def weaver(self, *arguments: object, before: Sequence[str] = ()) -> Ran:
        """The program's own `run --json`; `before` is put before it."""
        if not before:
            ended = warm.weaver("run", "--json", "-c", self.settings, *arguments)
            return Ran(ended.code, ended.out, ended.err)
        done = subprocess.run(
            [*before, WEAVER, "run", "--json", "-c", self.settings, *map(str, arguments)],
            capture_output=True, text=True, encoding="utf-8", timeout=120,
        )  # fmt: skip
        return Ran(done.returncode, done.stdout, done.stderr)

    def tab(self, title: str) -> list[dict[str, Any]]:
        """The rows of a tab of the results, by column title."""
        table = read_workbook(self.results)[title]
        return [dict(zip(table.header, row, strict=True)) for row in table.rows]

    def outcomes(self) -> dict[str, str]:
        """Organisation → what became of its form."""
        return {row["Organisation"] or "": row["Outcome"] for row in self.tab("Every form checked")}

    def fault(self, tab: str, row: int | None = None, column: str | None = None) -> dict[str, Any]:
        """The only line of To fix about that place; it must say what to do."""
        lines = [
            line for line in self.tab("To fix")
            if line["Tab"] == tab and line["Row"] == row and column in (None, line["Column"])
        ]  # fmt: skip
        assert len(lines) == 1, self.tab("To fix")
        assert lines[0]["What is wrong"]
        assert lines[0]["What to do"]
        return lines[0]

    def digest(self) -> tuple[str, str]:
        """The coordinator's digest: its HTML and its plain text."""
        (letter,) = (self.folder / "outbox").glob("*.eml")
        mail = message_from_bytes(letter.read_bytes(), policy=policy.default)
        parts = [mail.get_body((kind,)) for kind in ("html", "plain")]
        html, plain = (part.get_content() for part in parts if part is not None)
        return html, plain

    def written(self) -> list[str]:
        """What a run has left behind that people see."""
        made = [self.results, *(self.folder / "outbox").glob("*")]
        return [path.name for path in made if path.exists()]


def text_of(rows: Iterable[Sequence[str]], delimiter: str = ",") -> str:
    """The rows as CSV."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


def response(number: int, name: str, *more: str) -> tuple[str, ...]:
    """A row of the responses without a flaw, sent on that minute of a day in the last week."""
    sent = dt.datetime(2026, 5, 26, 8) + dt.timedelta(minutes=number)  # noqa: DTZ001
    site = f"member{number}.example.org"
    return (f"{sent:%Y-%m-%d %H:%M:%S}", f"office@{site}", name, site, "Yes", "Yes", *more)


def make(folder: Path) -> Coalition:
    (folder / "statements" / "main").mkdir(parents=True)
    coalition = Coalition(folder)
    coalition.settings.write_text(SETTINGS, encoding="utf-8")
    (folder / "statements" / "main" / "v1.md").write_text(STATEMENT, encoding="utf-8")
    coalition.sheet(response(number, name) for number, name in enumerate(GOOD))
    return coalition


@pytest.fixture
def coalition(tmp_path: Path) -> Coalition:
    """Three sign-ons without a flaw, a statement, and a tracker with one tab in use."""
    made = make(tmp_path / "harbour")
    made.tabs({"Promises": [["Organisation", "What", "Due"], [GOOD[0], "Soup", "2026-06-03"]]})
    return made


@pytest.fixture(scope="session")
def _ran(tmp_path_factory: pytest.TempPathFactory) -> Coalition:
    made = make(tmp_path_factory.mktemp("ran") / "harbour")
    made.run()
    return made


@pytest.fixture
def ran(_ran: Coalition, tmp_path: Path) -> Coalition:
    """The same three sign-ons, without a tracker, after a first run."""
    return Coalition(Path(shutil.copytree(_ran.folder, tmp_path / "ran")))


@pytest.fixture
def new_coalition(tmp_path: Path) -> Callable[[str], Coalition]:
    """Makes such a coalition, without a tracker, in a folder of the given name."""
    return lambda name: make(tmp_path / name)


@pytest.fixture(scope="session")
def worn(tmp_path_factory: pytest.TempPathFactory) -> tuple[Coalition, bytes]:
    """One coalition for many tries, and its responses as they were."""
    made = make(tmp_path_factory.mktemp("worn") / "harbour")
    return made, made.responses.read_bytes()


@pytest.fixture(scope="session")
def good() -> dict[str, str]:
    """The outcomes of the three sign-ons without a flaw."""
    return dict.fromkeys(GOOD, "accepted")


@pytest.fixture(scope="session")
def header() -> tuple[str, ...]:
    """The titles of the responses."""
    return HEADER


@pytest.fixture(scope="session")
def responding() -> Callable[..., tuple[str, ...]]:
    """`responding(number, name, *more)`: a row of the responses without a flaw."""
    return response


@pytest.fixture(scope="session")
def as_csv() -> Callable[..., str]:
    """`as_csv(rows, delimiter)`: the rows as CSV."""
    return text_of


@pytest.fixture
def unprivileged() -> tuple[str, ...]:
    """Words to put before a command, so that even root's may only do what files allow."""
    if os.name != "posix":
        pytest.skip("only posix has such permissions")
    if os.geteuid() != 0:
        return ()
    if not (found := shutil.which("setpriv")):
        pytest.skip("setpriv is not on this machine, and tests run as root")
    return (found, "--bounding-set", "-dac_override,-dac_read_search")
