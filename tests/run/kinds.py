"""One mail of each kind that Weaver writes, sent by runs through a mail server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.run.conftest import response

KINDS = {
    "digest": "Week 11: ",
    "receipt": "Your sign-on",
    "question": "A question about your sign-on",
    "trouble": "Weaver could not run since ",
    "recovered": "Weaver works again",
}
"""How each kind's subject begins."""
WRITTEN_TO = (
    "ana@springs.example.org", "bo@springs.example.org",
    "office@ivy.example.org", "office@juniper.example.org",
)  # fmt: skip
"""Two coordinators, who get the digest and are told of trouble; and two who sign."""


def write_to_everybody(coalition: Any, mail: str, environ: Mapping[str, str]) -> None:
    """Have five runs send each kind at least once.

    Args:
        coalition: on its first day.
        mail: the [mail] table for the server.
        environ: the environment with the password.
    """
    with coalition.settings.open("a", encoding="utf-8") as file:
        file.write(
            f'\n{mail}\nautomatic = ["receipt", "question"]\n'
            'domains = ["ivy.example.org", "juniper.example.org"]\n\n[schedule]\nfailures = 1\n'
        )
    coalition.run(**environ)
    new = (
        response("2026-03-16 09:00:00", "Ivy Lane Bakers", "Yes", "", "Yes"),
        response("2026-03-16 10:00:00", "Juniper Gate Players", "", "", "Yes"),
    )
    coalition.responses(lambda rows: [*rows, *new])
    coalition.run(**environ)
    coalition.decide("Juniper Gate Players", "ask them")
    coalition.run(**environ)
    responses = coalition.folder / "responses.csv"
    away = responses.rename(coalition.folder / "away")
    assert coalition.weaver("run", **environ).code == 65
    away.rename(responses)
    coalition.run(**environ)


def kind_of(subject: str) -> str:
    """The kind of a mail with that subject."""
    (kind,) = [kind for kind, begins in KINDS.items() if subject.startswith(begins)]
    return kind
