"""The wire: HTTP as Google speaks it, addresses, headers and scripted faults."""

from __future__ import annotations

from tests.google_emulator.clients import session
from tests.google_emulator.server import Emulator

FORM = "https://forms.googleapis.com/v1/forms/nowhere"


def test_a_wrong_id_is_googles_404(google: Emulator) -> None:
    answer = session(google).get(FORM)
    assert answer.status_code == 404
    inner = {"code": 404, "message": "Requested entity was not found.", "status": "NOT_FOUND"}
    assert answer.json() == {"error": inner}
