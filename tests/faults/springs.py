"""Seven Springs on the morning on which mail of every kind is due, and what must leave then.

The runs before took place without a server. A form came in that morning whose receipt goes by
itself, somebody said send to the draft of another one, and a digest is due to two coordinators.
"""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

from pipeline.runner import Order, run
from tests.mailserver import MailServer
from tests.run.conftest import Coalition, write_small

NOW = dt.datetime(2026, 3, 23, 9, tzinfo=dt.UTC)
LEAVES = (
    ("ana@springs.example.org", "Week 12: "),
    ("bo@springs.example.org", "Week 12: "),
    ("office@iris.example.org", "Your sign-on "),
    ("office@juniper.example.org", "Your sign-on "),
)
"""To whom and with which beginning of a subject: each once, and nothing else."""
_RULES = {"automatic": ["receipt"], "domains": ["iris.example.org"]}


def make(folder: Path) -> Coalition:
    """The coalition's folder as that morning finds it; no `[mail]` yet."""
    coalition = unpinned(write_small(folder))
    coalition_run(coalition, NOW - dt.timedelta(days=7))
    coalition.decide("Alder Brook Anglers", "list", "Ana", "a founder")
    coalition.signs("2026-03-17 06:00:00", "Juniper Bay Club")
    coalition_run(coalition, NOW - dt.timedelta(days=6))
    coalition.decide("Cedar Ferry Choir", "list", "Bo", "")
    coalition.change("Alder Brook Anglers", "withdraw")
    answer(coalition, "office@juniper.example.org", "send")
    coalition.signs("2026-03-18 08:00:00", "Iris Meadow Trust")
    shutil.rmtree(coalition.folder / "outbox")
    return coalition


def unpinned(coalition: Coalition) -> Coalition:
    """Its day is that of the run's moment."""
    lines = coalition.settings.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("today = ")]
    coalition.settings.write_text("".join(kept), encoding="utf-8")
    return coalition


def coalition_run(coalition: Coalition, now: dt.datetime) -> dict[str, object]:
    """A whole run at that moment, in this process."""
    return run(Order(coalition.settings, now))


def answer(coalition: Coalition, to: str, word: str, tab: str = "Mail waiting") -> None:
    """Type a decision beside every row of that address, in Mail waiting or To decide."""
    column = "To" if tab == "Mail waiting" else "Organisation"

    def typed(header: list[str], rows: list[list[object]]) -> list[list[object]]:
        beside = [row for row in rows if row[header.index(column)] == to]
        assert beside, f"no row of {to} in {tab}: {rows}"
        for row in beside:
            row[header.index("Decision")] = word
        return rows

    coalition.edit(tab, typed)  # type: ignore[arg-type]


def copied(base: Path, folder: Path, server: MailServer | None) -> Coalition:
    """A copy whose mail leaves by the server, or into the folder where there is none."""
    shutil.copytree(base, folder)
    coalition = Coalition(folder)
    with coalition.settings.open("a", encoding="utf-8") as file:
        file.write(mail_table(folder, server))
    return coalition


def mail_table(folder: Path, server: MailServer | None) -> str:
    if server is not None:
        return "\n" + server.toml(folder, **_RULES)
    return '\n[mail]\nautomatic = ["receipt"]\ndomains = ["iris.example.org"]\n'
