"""The figures as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from benchmarks.names.results import Line

HEAD = ("Set", "Tool", "Precision", "Recall", "F1", "Held out F1", "B³ precision", "B³ recall",
        "B³ F1", "Seconds", "MB", "Note")  # fmt: skip
START, END = "<!-- figures -->", "<!-- /figures -->"


def table(lines: Iterable[Line]) -> str:
    return "\n".join([_cells(HEAD), _rule(HEAD), *map(row, lines)])


def row(line: Line) -> str:
    """One tool on one set."""
    name = line["set"]
    if line["failed"]:
        empty = [""] * (len(HEAD) - 3)
        return _cells([name, line["tool"], *empty, line["failed"]])
    note = "; ".join(line["notes"])
    figures = [*_three(line.get("all")), _figure(line.get("held_out", {}).get("f1")),
               *_three(line.get("b_cubed"))]  # fmt: skip
    took = [f"{line['seconds']:.1f}", f"{line['megabytes']:,}"]
    return _cells([name, line["tool"], *figures, *took, note])


def halves(lines: Iterable[Line]) -> str:
    """The seen and the held-out half apart."""
    head = ("Set", "Tool", "Half", "Precision", "Recall", "F1")
    rows = [
        _cells([line["set"], line["tool"], half.replace("_", " "), *_three(line[half])])
        for line in lines
        for half in ("seen", "held_out")
        if half in line
    ]
    return "\n".join([_cells(head), _rule(head), *rows])


def listed(lines: Iterable[Line]) -> str:
    """What was joined and should not have been."""
    blocks = []
    for line in lines:
        if wrong := line.get("listed"):
            blocks.append(f"\n{line['set']}, {line['tool']}:")
            blocks += [f"  {each}" for each in wrong]
    return "\n".join(blocks)


def renewed(page: str, lines: Iterable[Line]) -> str:
    """The page with these figures between its two marks."""
    before, _, rest = page.partition(START)
    _, found, after = rest.partition(END)
    if not found:
        raise ValueError(f"the page lacks the marks {START} and {END}")
    return f"{before}{START}\n{table(lines)}\n{END}{after}"


def _three(score: dict[str, float] | None) -> list[str]:
    return [_figure((score or {}).get(name)) for name in ("precision", "recall", "f1")]


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _cells(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _rule(head: Sequence[str]) -> str:
    return f"|{'|'.join('---' for _ in head)}|"
