"""How well organisations are told apart and together: `make bench-names`.

Every tool gets the same rows. What was measured already with the same program and the same rows is
not measured again (`--fresh` does so all the same).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.names import datasets, results, table, tools

KEPT = datasets.MADE / "results"
SIZES = ("generated-10k", "generated-100k", "generated-1m")
PAGE = datasets.ROOT / "docs" / "resolution-benchmark.md"


def main(arguments: Sequence[str]) -> None:
    given = _arguments(arguments)
    sets = _chosen(given.only, datasets.NAMES, "--only")
    asked = _chosen(given.tools, tools.TOOLS, "--tools")
    lines = list(_lines(sets, asked, fresh=given.fresh))
    made = table.halves(lines) if given.halves else table.table(lines)
    print(made)
    if given.listed:
        print(table.listed(lines))
    if given.write:
        every = [each for each in map(_kept_line, _all()) if each]
        PAGE.write_text(table.renewed(PAGE.read_text(encoding="utf-8"), every), encoding="utf-8")


def _arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.names", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("--only", default="", help=f"sets, of {', '.join(datasets.NAMES)}")
    parser.add_argument("--tools", default="", help=f"of {', '.join(tools.TOOLS)}")
    parser.add_argument("--fresh", action="store_true", help="measure again what was measured")
    parser.add_argument("--halves", action="store_true", help="seen and held out, apart")
    parser.add_argument("--listed", action="store_true", help="also the wrong joins, where few")
    parser.add_argument(
        "--write", action="store_true", help=f"renew {PAGE.relative_to(PAGE.parents[1])}"
    )
    return parser.parse_args(arguments)


def _chosen(words: str, known: Sequence[str], option: str) -> list[str]:
    chosen = [word.strip() for word in words.split(",") if word.strip()] or list(known)
    if strangers := set(chosen) - set(known):
        sys.exit(f"{option}: {', '.join(sorted(strangers))} is none of {', '.join(known)}")
    return chosen


def _lines(sets: Sequence[str], asked: Sequence[str], *, fresh: bool) -> Iterator[results.Line]:
    for name in sets:
        todo = [tool for tool in asked if fresh or not _kept(name, tool).exists()]
        data = None
        for tool in asked:
            if tool not in todo:
                yield json.loads(_kept(name, tool).read_text())
            elif why := _hopeless(name, tool):
                yield {"set": name, "tool": tool, "rows": None, "failed": why, "notes": []}
            else:
                data = data or datasets.load(name)
                yield _measured(data, tool)


def _measured(data: datasets.Dataset, tool: str) -> results.Line:
    print(f"{data.name}: {tool} ...", file=sys.stderr, flush=True)
    answer = tools.ask(tool, data, datasets.MADE / "work" / f"{data.name}-{tool}")
    made = results.line(tool, data, answer)
    if made["failed"].startswith("failed"):
        print(made["log"], file=sys.stderr)
    else:
        kept = _kept(data.name, tool)
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(made, indent=1, ensure_ascii=False))
    print(f"  {table.row(made)}", file=sys.stderr, flush=True)
    return made


def _kept(name: str, tool: str) -> Path:
    rows = datasets.version() if name in datasets.GENERATED else "real"
    return KEPT / f"{name}-{tool}-{tools.version(tool)}-{rows}.json"


def _kept_line(which: tuple[str, str]) -> results.Line | None:
    name, tool = which
    if _kept(name, tool).exists():
        made: results.Line = json.loads(_kept(name, tool).read_text())
        return made
    why = _hopeless(name, tool)
    return {"set": name, "tool": tool, "failed": why, "notes": []} if why else None


def _all() -> Iterator[tuple[str, str]]:
    return ((name, tool) for name in datasets.NAMES for tool in tools.TOOLS)


def _hopeless(name: str, tool: str) -> str:
    """Why it isn't tried: no data, or it gave up already on as many such rows or on a tenth."""
    if name in datasets.REAL and not datasets.DATA.is_dir():
        return "not tried: the real lists are not beside the project"
    smaller = SIZES[: SIZES.index(name)] if name in SIZES else ()
    if name in datasets.AIMS:
        smaller = SIZES[:2]
    for other in smaller:
        kept = _kept(other, tool)
        failed = json.loads(kept.read_text())["failed"] if kept.exists() else ""
        if failed.startswith(("timed out", "out of memory")):
            return f"not tried: {failed.partition(' (')[0]} at {other.removeprefix('generated-')}"
    return ""


if __name__ == "__main__":
    main(sys.argv[1:])
