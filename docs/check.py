"""Holds the documentation against the program: `python docs/check.py`, by `make check`.

With --write, renews the pages and blocks that the program writes itself.
"""

from __future__ import annotations

import difflib
import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from codenames import unknown_names
from links import broken_links, markdown_files
from pages import pages, printed, undocumented

from config.tables import BY_NAME, SIGNONS
from pipeline.cli import COMMANDS
from pipeline.metrics.model import ORGANISATION_COLUMNS, SIGNON_COLUMNS, Metric
from pipeline.metrics.registry import METRICS
from pipeline.rules.evidence import AGREES, FORM_TEXT
from pipeline.rules.model import Rule
from pipeline.rules.registry import RULES, TITLES

ROOT = Path(__file__).resolve().parents[1]
REMEDY = "run `python docs/check.py --write`"
BLOCK = re.compile(
    r"(?P<start><!-- weaver (?P<words>[^\n]*?) -->\n```text\n)"
    r"(?P<body>(?:(?!```)[^\n]*\n)*)(?P<end>```)"
)
RULE_TEXTS = ("title", "why", "remedy", "question", "sentence")
METRIC_TEXTS = ("title", "definition", "unit", "source")
COMPUTED = {"signons": SIGNON_COLUMNS, "organisations": ORGANISATION_COLUMNS}
GIVE_ORDERS = (
    "checking",
    "cli",
    "commands",
    "demo",
    "doctoring",
    "doctoring_google",
    "idle",
    "keeping",
    "outside",
    "posting",
    "reading",
    "readings",
    "resolving",
    "restoring",
    "runner",
    "scheduler",
    "state",
    "trouble",
    "watching",
)
"""Files of pipeline that may call connectors."""
_MAKE = re.compile(r"(?:`|^ {4}|^)make ([a-z][a-z-]*)", re.MULTILINE)
_WEAVER = re.compile(r"(?:`|^ {4})weaver ([a-z]+)", re.MULTILINE)


def main(arguments: Sequence[str]) -> int:
    """Print what differs; 1 when anything does."""
    # A faulty declaration has no page to compare with.
    faults = [*declarations(RULES, METRICS), *settings()]
    if not faults:
        if "--write" in arguments:
            write(ROOT)
        faults += [*made_pages(ROOT), *blocks(ROOT)]
    for look in (rooms, commands, names_of_commands, broken_links, unknown_names):
        faults += look(ROOT)
    for fault in faults:
        print(fault)
    if faults:
        print(f"\nThe documentation and the program differ in {len(faults)} places.")
        return 1
    print("The documentation says what the program does.")
    return 0


def rooms(root: Path) -> Iterator[str]:
    """Files of pipeline that no contract holds to thinking, and that may not give orders either."""
    project = tomllib.loads(_read(root / "pyproject.toml"))
    contracts = {each["id"]: each for each in project["tool"]["importlinter"]["contracts"]}
    held = set(contracts["thinking"]["source_modules"])
    for path in sorted((root / "pipeline").iterdir()):
        module = f"pipeline.{path.stem}"
        ours = path.suffix == ".py" or (path / "__init__.py").exists()
        if ours and path.stem != "__init__" and path.stem not in GIVE_ORDERS and module not in held:
            yield (
                f"pyproject.toml: {module} is missing in the contract “thinking”; add it to "
                "source_modules (or, where it has to do I/O, to GIVE_ORDERS in docs/check.py)."
            )


def declarations(rules: Iterable[Rule], metrics: Iterable[Metric]) -> Iterator[str]:
    """Rules and metrics without documentation, or that read columns which no table has."""
    for rule in rules:
        yield from _texts(f"rule {rule.code}", rule, RULE_TEXTS)
        if rule.code[:2] not in TITLES:
            yield f"rule {rule.code}: its family {rule.code[:2]} has no title in TITLES."
        known = {*SIGNONS.names, AGREES, FORM_TEXT}
        for part in ("reads", "needs"):
            for field in getattr(rule, part):
                if field not in known:
                    yield (
                        f"rule {rule.code}: {part} {field!r}, a column that no table has."
                        + _like(field, known)
                    )
    for metric in metrics:
        yield from _texts(f"metric {metric.code}", metric, METRIC_TEXTS)
        for part in ("needs", "uses"):
            for field in getattr(metric, part):
                yield from _column(f"metric {metric.code}: {part} {field!r}", field)


def settings() -> Iterator[str]:
    """Settings whose meaning is written nowhere."""
    for name in undocumented():
        yield f"config: {name} is not explained; add it to the Attributes of its class."


def made_pages(root: Path) -> Iterator[str]:
    """Pages that differ from what the program writes."""
    for name, make in pages().items():
        yield from _differs(name, _read(root / name), make(), f"the page differs; {REMEDY}")


def blocks(root: Path) -> Iterator[str]:
    """Blocks under `<!-- weaver … -->` that differ from what the program prints."""
    for file in markdown_files(root):
        text, name = _read(file), file.relative_to(root).as_posix()
        for found in BLOCK.finditer(text):
            words = found["words"]
            said = f"the text under `weaver {words}` differs from the program's; {REMEDY}"
            line = text.count("\n", 0, found.start()) + 1
            yield from _differs(f"{name}:{line}", found["body"], printed(words), said)
        if len(BLOCK.findall(text)) != text.count("<!-- weaver "):
            yield f"{name}: below each <!-- weaver … --> there must be a block ```text."


def commands(root: Path) -> Iterator[str]:
    """Commands whose help text the README lacks."""
    shown = {found["words"] for found in BLOCK.finditer(_read(root / "README.md"))}
    for name in COMMANDS:
        if f"{name} --help" not in shown:
            yield (
                f"README.md: the command {name} is missing; add <!-- weaver {name} --help --> with "
                f"an empty block ```text below it, and {REMEDY}."
            )


def names_of_commands(root: Path) -> Iterator[str]:
    """Commands and make targets that the documentation names but that don't exist."""
    targets = set(re.findall(r"^([a-z][a-z-]*):", _read(root / "Makefile"), re.MULTILINE))
    for file in markdown_files(root):
        text, name = _read(file), file.relative_to(root).as_posix()
        for pattern, known, what in ((_MAKE, targets, "make"), (_WEAVER, set(COMMANDS), "weaver")):
            for word in dict.fromkeys(pattern.findall(text)):
                if word not in known:
                    yield f"{name}: there is no `{what} {word}`.{_like(word, known)}"


def write(root: Path) -> None:
    """Renew what the program writes itself."""
    for name, make in pages().items():
        _renew(root / name, lambda _, make=make: make())
    for file in markdown_files(root):
        _renew(
            file,
            lambda text: BLOCK.sub(lambda b: b["start"] + printed(b["words"]) + b["end"], text),
        )


def _renew(file: Path, change: Callable[[str], str]) -> None:
    before = _read(file)
    after = change(before)
    if after != before:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(after, encoding="utf-8")
        print(f"renewed {file.name}")


def _texts(what: str, declared: Rule | Metric, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        if not getattr(declared, name).strip():
            yield f"{what}: has no documentation: {name} is empty; say it where it is declared."


def _column(what: str, field: str) -> Iterator[str]:
    table, _, name = field.partition(".")
    if table in COMPUTED:
        known: Iterable[str] = COMPUTED[table]
    elif table in BY_NAME:
        known = BY_NAME[table].names
    else:
        yield f"{what}: there is no table {table!r}.{_like(table, {*BY_NAME, *COMPUTED})}"
        return
    if name not in known:
        yield f"{what}, a column that no table has.{_like(name, known)}"


def _like(word: str, known: Iterable[str]) -> str:
    found = difflib.get_close_matches(word, sorted(known), n=1)
    return f" Did you mean {found[0]}?" if found else ""


def _differs(where: str, has: str, wants: str, said: str) -> Iterator[str]:
    if has == wants:
        return
    lines = difflib.unified_diff(
        has.splitlines(), wants.splitlines(), "written", "the program", lineterm="", n=0
    )
    shown = [line for line in lines if not line.startswith(("---", "+++", "@@"))][:6]
    yield "\n    ".join([f"{where}: {said}.", *shown])


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.exists() else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
