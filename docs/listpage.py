"""docs/lists.md: what `weaver resolve` does, shown on a list that it resolves meanwhile."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from click.testing import CliRunner

from config.lists import COLUMNS
from pipeline.cli import weaver

_MEMBERS = """\
Name,Website,Email,Country
Friends of the Miresk,https://miresk.example.org,,Austria
The Friends of the Miresk Inc.,www.miresk.example.org/about,,Österreich
FRIENDS OF THE MIRESK,,ana@miresk.example.org,
Wasserwacht Altvelm e.V.,,,Germany
Wasserwacht Altvelm,,wasserwacht@gmail.com,Deutschland
Wasserwacht Altvelm – Ortsgruppe Nord,,,Germany
Mireskfreunde,https://miresk.example.org,,Austria
,,office@elm.example.org,
"""
_MORE = """\
Group
friends of the miresk
Wasserwacht Altfelm
Moss Choir
"""
_SHOWN = 7
"""Titles of a column that are named, spread over the languages."""


def lists_page(made: str) -> str:
    """docs/lists.md"""
    page, before = Path(__file__).with_name("lists.txt").read_text("utf-8"), Path.cwd()
    with TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            return page.format(made=made, columns=_columns(), **_shown())
        finally:
            os.chdir(before)


def _shown() -> dict[str, str]:
    Path("members.csv").write_text(_MEMBERS, encoding="utf-8")
    Path("more.csv").write_text(_MORE, encoding="utf-8")
    said = _printed("resolve members.csv -o cleaned.csv --questions questions.csv")
    _printed("resolve more.csv -o found.csv --against cleaned.csv")
    read = {name: Path(f"{name}.csv").read_text(encoding="utf-8")
            for name in ("cleaned", "questions", "found")}  # fmt: skip
    return {"members": _MEMBERS, "said": said, **read}


def _printed(words: str) -> str:
    done = CliRunner().invoke(weaver, words.split(), prog_name="weaver", catch_exceptions=False)
    return done.stdout


def _columns() -> str:
    spread = {field: titles[:: len(titles) // _SHOWN][:_SHOWN] for field, titles in COLUMNS.items()}
    return "\n".join(f"- `--{field}`: {', '.join(some)}, …" for field, some in spread.items())
