"""The page on which a person agrees to what an app asks for; the emulator agrees at once."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from tests.google_emulator.answers import Answer, html
from tests.google_emulator.query import Query
from tests.google_emulator.tokens import Grant, OAuthError, Tokens, checked_scopes


@dataclass
class Consent:
    """Who sits before the browser.

    Attributes:
        person: address of whoever signs in.
        agrees: whether that person clicks "Allow".
        testing: whether the app's consent screen is still in testing (seven days' life).
    """

    person: str = "coordinator@example.org"
    agrees: bool = True
    testing: bool = False

    def answer(self, tokens: Tokens, query: Query) -> Answer:
        """Redirect the browser to the app's loopback address with a code, or a refusal."""
        asked = {name: values[-1] for name, values in query.items()}
        redirect = asked.get("redirect_uri", "")
        if asked.get("client_id") != tokens.accounts.client_id:
            return html(401, "Error 401: invalid_client", "The OAuth client was not found.")
        if urlsplit(redirect).hostname not in ("localhost", "127.0.0.1", "::1"):
            return html(400, "Error 400: redirect_uri_mismatch", "Not a loopback address.")
        back = {"state": asked.get("state", "")} | self._outcome(tokens, asked, redirect)
        return Answer(302, b"", "text/html", [("Location", f"{redirect}?{urlencode(back)}")])

    def _outcome(self, tokens: Tokens, asked: dict[str, str], redirect: str) -> dict[str, str]:
        if not self.agrees:
            return {"error": "access_denied"}
        try:
            wanted = checked_scopes(asked.get("scope", ""))
        except OAuthError as error:
            return {"error": error.error}
        grant = Grant(self.person, wanted, 0.0, self.testing)
        code = tokens.code(grant, redirect, asked.get("code_challenge", ""))
        return {"code": code, "scope": " ".join(sorted(wanted))}
