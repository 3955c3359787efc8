"""A coalition of eight sign-ons and the demonstration, both run through the program itself."""

from __future__ import annotations

import csv
import datetime as dt
import fcntl
import json
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from config.raw import RawTable
from connectors.person import edit
from connectors.workbook import read_workbook
from tests import warm

WEAVER = warm.PROGRAM
SAVED = dt.datetime(2026, 3, 16, 18)  # noqa: DTZ001 - a workbook's moments have no zone
FIRST_DAY, SECOND_DAY = dt.date(2026, 3, 16), dt.date(2026, 3, 17)

SETTINGS = f"""\
[coalition]
name = "Seven Springs"
time_zone = "Europe/Vienna"
today = {FIRST_DAY}

[[coordinators]]
name = "Ana"
email = "ana@springs.example.org"

[[coordinators]]
name = "Bo"
email = "bo@springs.example.org"
"""
STATEMENT = """\
+++
version = "1"
state = "adopted"
adopted_on = 2026-02-01
adopted_by = "Founding assembly"
adopted_how = "by consensus"
question = "Do you agree to the statement?"

[[principles]]
id = "P1"
text = "Clean water is a right."
question = "Principle 1"
+++

Water is for everybody.
"""
HEADER = (
    "Timestamp", "Email", "Organisation", "Signatory", "Role", "Authorised",
    "Do you agree to the statement?", "Principle 1", "Reservations", "List us",
)  # fmt: skip
FORMS = (
    ("2026-03-02 09:00:00", "Alder Brook Anglers", "Yes", "", "Yes"),
    ("2026-03-03 10:30:00", "Birch Hill Growers", "Yes", "", "Yes"),
    ("2026-03-04 11:00:00", "Cedar Ferry Choir", "Yes", "", "Yes"),
    ("2026-03-05 12:00:00", "Dune Wardens", "", "", "Yes"),
    ("2026-03-09 13:00:00", "Elm Street Kitchen", "Yes", "Only if we may leave in May.", "Yes"),
    ("2026-03-10 14:00:00", "Fern Valley School", "Yes", "", "No"),
    ("2026-03-11 15:00:00", "Gorse Moor Society", "Yes", "", "Yes"),
    ("2026-03-12 16:00:00", "Heron Lake Rowers", "No", "", "Yes"),
)
"""When, who, authorised, reservations, list us."""
TRACKER: Mapping[str, Sequence[Sequence[object]]] = {
    "Promises": (
        ("Organisation", "Who", "What", "Due", "Done"),
        ("Alder Brook Anglers", "Ivo", "Count the herons", dt.date(2026, 3, 20), None),
        ("Birch Hill Growers", "Lena", "Bring soup", dt.date(2026, 3, 10), dt.date(2026, 3, 9)),
    ),
}


def response(when: str, name: str, authorised: str, reservations: str, list_us: str) -> list[str]:
    """One row of the form's download."""
    short = name.partition(" ")[0]
    address = f"office@{short.casefold()}.example.org"
    return [when, address, name, f"{short} Person", "Chair", authorised,
            "Yes", "Yes", reservations, list_us]  # fmt: skip


@dataclass(frozen=True)
class Ran:
    """What the program said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as the one JSON value that it must be."""
        return json.loads(self.out)


def run_weaver(*arguments: object, cwd: Path | None = None, **environment: str) -> Ran:
    ended = warm.weaver(*arguments, cwd=cwd, environment=environment)
    return Ran(ended.code, ended.out, ended.err)


@lru_cache(maxsize=8)
def read_once(path: Path, content: bytes) -> Mapping[str, RawTable]:
    """The workbook's tabs; read again only when its bytes are others."""
    return read_workbook(path)


@dataclass(frozen=True)
class Coalition:
    """A coalition's folder, with what a person and the program can do in it."""

    folder: Path

    @property
    def settings(self) -> Path:
        return self.folder / "weaver.toml"

    @property
    def results(self) -> Path:
        return self.folder / "results.xlsx"

    def weaver(self, command: str, *arguments: object, **environment: str) -> Ran:
        return run_weaver(command, *arguments, "-c", self.settings, **environment)

    def run(self, *arguments: object, **environment: str) -> Any:
        """A run that must come to its end; its JSON."""
        ran = self.weaver("run", "--json", *arguments, **environment)
        assert ran.code == 0, ran.out + ran.err
        return ran.json

    def files(self) -> dict[str, bytes]:
        """Every file of the folder, byte for byte, but for those that say when it was."""
        found = sorted(path for path in self.folder.rglob("*") if path.is_file())
        timeless = [p for p in found if not p.name.startswith(("weaver.log", "state.db.watch"))]
        return {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in timeless}

    def mails(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in (self.folder / "outbox").glob("*")}

    def book(self) -> Mapping[str, RawTable]:
        """Every tab of the results."""
        return read_once(self.results, self.results.read_bytes())

    def tab(self, title: str) -> list[dict[str, Any]]:
        """The rows of a tab of the results, by column title."""
        table = self.book()[title]
        return [dict(zip(table.header, row, strict=True)) for row in table.rows]

    def row(self, title: str, organisation: str, **cells: str) -> dict[str, Any]:
        """The tab's only row about the organisation (and with those cells)."""
        wanted = {"Organisation": organisation, **cells}
        (found,) = [row for row in self.tab(title) if wanted.items() <= row.items()]
        return found

    def edit(self, tab: str, change: Callable[[Sequence[str], list[Any]], list[Any]]) -> None:
        """Change a tab's rows and save the workbook."""
        edit(self.results, tab, change, SAVED)

    def decide(self, organisation: str, word: str, by: str = "Ana", note: str = "") -> None:
        """Type a decision beside every matter of the organisation."""

        def typed(header: Sequence[str], rows: list[Any]) -> list[Any]:
            at = [header.index(title) for title in ("Decision", "Decided by", "Note")]
            beside = [row for row in rows if row[header.index("Organisation")] == organisation]
            assert beside, f"no matter of {organisation}"
            for row in beside:
                for place, text in zip(at, (word, by, note), strict=True):
                    row[place] = text or None
            return rows

        self.edit("To decide", typed)

    def change(self, organisation: str, change: str, **cells: object) -> None:
        """Add a row to Changes."""
        typed = {"Organisation": organisation, "Change": change, **cells}
        self.edit("Changes", lambda header, rows: [*rows, [typed.get(t) for t in header]])

    def workbook(self, change: Callable[[openpyxl.Workbook], None]) -> None:
        """Anything else that a person can do to the workbook."""
        book = openpyxl.load_workbook(self.results)
        change(book)
        book.save(self.results)

    def on(self, day: dt.date) -> None:
        """Pin the coalition's day."""
        lines = self.settings.read_text(encoding="utf-8").splitlines(keepends=True)
        moved = [f"today = {day}\n" if line.startswith("today = ") else line for line in lines]
        self.settings.write_text("".join(moved), encoding="utf-8")

    def touched(self) -> None:
        """A remark more in the settings: nothing new, but nothing that spares a whole run."""
        with self.settings.open("a", encoding="utf-8") as file:
            file.write("# seen\n")

    def responses(self, change: Callable[[list[list[str]]], list[list[str]]]) -> None:
        """Download the sign-ons again: what `change` makes of the rows below the header."""
        path = self.folder / "responses.csv"
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *change(rows)])

    def signs(self, when: str, name: str) -> None:
        """One form more, without any doubt in it."""
        self.responses(lambda rows: [*rows, response(when, name, "Yes", "", "Yes")])

    def copy(self, to: Path) -> Coalition:
        shutil.copytree(self.folder, to)
        return Coalition(to)


def write_small(folder: Path) -> Coalition:
    (folder / "statements" / "main").mkdir(parents=True)
    (folder / "weaver.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "statements" / "main" / "v1.md").write_text(STATEMENT, encoding="utf-8")
    with (folder / "responses.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *(response(*form) for form in FORMS)])
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in TRACKER.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    book.save(folder / "tracker.xlsx")
    return Coalition(folder)


@pytest.fixture(scope="session")
def weaver() -> Callable[..., Ran]:
    """The program: arguments in, exit code and both outputs out."""
    return run_weaver


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """A folder by name, made once for all workers: the first makes it, the others wait."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def made(name: str, make: Callable[[Path], None]) -> Path:
        folder, done = shared / "once" / name, shared / f"once.{name}.done"
        with (shared / f"once.{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.exists():
                # What a maker that failed left behind.
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir(parents=True)
                make(folder)
                done.touch()
        return folder

    return made


@pytest.fixture
def fresh(tmp_path: Path) -> Coalition:
    """Eight sign-ons that nobody has looked at yet."""
    return write_small(tmp_path / "fresh")


def _settle(folder: Path) -> None:
    coalition = write_small(folder)
    coalition.run()
    coalition.decide("Alder Brook Anglers", "list", "Ana", "a founder")
    coalition.decide("Dune Wardens", "accept", "Bo", "I rang them")
    coalition.on(SECOND_DAY)
    coalition.run()


@pytest.fixture(scope="session")
def _settled(made_once: Callable[..., Path]) -> Coalition:
    return Coalition(made_once("settled", _settle))


@pytest.fixture
def settled(_settled: Coalition, tmp_path: Path) -> Coalition:
    """The same on its second day: Alder Brook Anglers are listed, Dune Wardens accepted."""
    return _settled.copy(tmp_path / "settled")


@pytest.fixture(scope="session")
def base(made_once: Callable[..., Path]) -> Path:
    """The folder of `tests.faults.springs`, to be copied: mail of every kind is due."""
    from tests.faults.springs import make

    return made_once("mailing springs", lambda folder: make(folder / "springs")) / "springs"


def _play(folder: Path) -> None:
    ran = run_weaver("demo", folder, "--json")
    assert ran.code == 0, ran.err


@pytest.fixture(scope="session")
def _demo(made_once: Callable[..., Path]) -> Coalition:
    return Coalition(made_once("rivers", _play))


@pytest.fixture
def demo(_demo: Coalition, tmp_path: Path) -> Coalition:
    """The demonstration after its year."""
    return _demo.copy(tmp_path / "demo")
