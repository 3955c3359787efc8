"""Legal forms that rigour, cleanco and our table find in real names; words they take wrongly.

    pip install rigour==2.6.1 cleanco==2.3 anyascii pandas
    PYTHONPATH=. python benchmarks/legal_forms.py ../shared/data

A word is a form where any of the three takes it and it isn't in WRONG. WRONG was judged by eye on
the first half of each set; "verein" was added when the second was seen.
"""

from __future__ import annotations

import difflib
import json
import random
import sys
import time
from pathlib import Path

import pandas as pd

from pipeline.resolution.vocabulary import FORM, LEADING, LONGEST, fold_words, phrases, words

WRONG = frozenset({
    "in", "nl", "ii", "iii", "at", "im", "ku", "stiftung", "verein", "ngo", "uk", "sc", "ca",
    "od", "et", "di", "society", "foundation", "association", "cooperative", "uu", "ps",
})  # fmt: skip
SMALL = {"and", "et", "y", "und"}


def sets(data: Path) -> dict[str, list[str]]:
    patstat = pd.read_csv(data / "names-patstat-companies/patstat_reference.csv")
    cases = pd.read_csv(data / "names-nomenklatura-cases/org_cases.csv", keep_default_na=False)
    coara = pd.read_csv(data / "signon-coara/coara_signatories.csv")
    android = pd.read_csv(data / "signon-keepandroidopen/signatures.csv")
    file = data / "signon-digitale-zivilgesellschaft/signatories.json"
    german = [each.get("name", "") for each in json.loads(file.read_text("utf-8"))["list"]]
    found = {
        "patstat": patstat.person_name,
        "nomenklatura": [*cases.name1, *cases.name2],
        "coara": coara.Organization,
        "digitale": filter(None, german),
        "keepandroidopen": android.organization,
    }
    return {name: sorted(set(some)) for name, some in found.items()}


def rigour(name: str) -> str:
    from rigour.names import remove_org_types

    return remove_org_types(name.casefold())


def cleanco(name: str) -> str:
    from cleanco import basename

    return basename(name)


def table(name: str) -> str:
    left = fold_words(name)
    while size := next((n for n in range(LONGEST, 0, -1) if _form(left[-n:]) and left[n:]), 0):
        left = left[:-size]
    fits = (n for n in range(LONGEST, 0, -1) if _form(left[:n]) and left[n:])
    size = next((n for n in fits if n > 1 or left[0] in LEADING), 0)
    return " ".join(left[size:])


def _form(some: list[str]) -> bool:
    found = words().get(some[0]) if len(some) == 1 else phrases().get(tuple(some))
    return found is not None and found[1] == FORM


def taken(name: str, rest: str) -> set[str]:
    before, after = fold_words(name), fold_words(rest)
    changes = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return {
        w for tag, i, j, *_ in changes if tag in {"delete", "replace"} for w in before[i:j]
    } - SMALL


def main() -> None:
    tools = (cleanco, rigour, table)
    for each in tools:
        each("warm gmbh")
    for half in (0, 1):
        for title, names in sets(Path(sys.argv[1])).items():
            random.Random(0).shuffle(names)
            middle = len(names) // 2
            some = names[middle:] if half else names[:middle]
            found, spent = [], []
            for tool in tools:
                start = time.process_time()
                rests = [tool(name) for name in some]
                spent.append((time.process_time() - start) * 1e6 / len(some))
                found.append([taken(name, rest) for name, rest in zip(some, rests, strict=True)])
            truth = [set().union(*per) - WRONG for per in zip(*found, strict=True)]
            line = [f"half {half + 1} {title}: {len(some)} names, {sum(map(len, truth))} forms"]
            for tool, per, micro in zip(tools, found, spent, strict=True):
                right = sum(len(a & b) for a, b in zip(per, truth, strict=True))
                wrong = sum(len(a & WRONG) for a in per)
                line.append(f"{tool.__name__} {right} found, {wrong} wrong, {micro:.0f} µs")
            print("; ".join(line))


if __name__ == "__main__":
    main()
