"""The token endpoint: assertions of service accounts, refresh tokens and codes of people."""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from tests.google_emulator.accounts import Accounts, ServiceAccount
from tests.google_emulator.answers import Answer, as_json
from tests.google_emulator.assertions import packed, read
from tests.google_emulator.discovery import DOCUMENTS, scopes
from tests.google_emulator.world import World

AUDIENCE = "https://oauth2.googleapis.com/token"
JWT_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
LEEWAY = 300
TESTING_LIFE = 7 * 86_400
REASONABLE = (
    "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. "
    "Check your iat and exp values in the JWT claim."
)
NO_DELEGATION = (
    "Client is unauthorized to retrieve access tokens using this method, or client not authorized "
    "for any of the scopes requested."
)
ALSO = {"openid", "email", "profile"} | {
    "https://www.googleapis.com/auth/userinfo.email",
    "https://www.googleapis.com/auth/userinfo.profile",
    "https://www.googleapis.com/auth/cloud-platform",
    "https://www.googleapis.com/auth/iam",
    "https://spreadsheets.google.com/feeds",  # of the API before v4; older programs still ask
}


class OAuthError(Exception):
    """A refusal of the token endpoint: its code, its text and the HTTP status."""

    def __init__(self, error: str, text: str, status: int = 400) -> None:
        super().__init__(f"{error}: {text}")
        self.error, self.text, self.status = error, text, status

    def answer(self) -> Answer:
        """The refusal as it goes over the wire."""
        body = {"error": self.error, "error_description": self.text}
        return Answer(self.status, as_json(body))


@dataclass(frozen=True)
class Access:
    """What an access token opens, until when on the simulated clock (seconds)."""

    principal: str
    delegated: str
    scopes: frozenset[str]
    until: float


@dataclass
class Grant:
    """What a person once agreed to; `testing` ones die after seven days."""

    person: str
    scopes: frozenset[str]
    since: float
    testing: bool = False
    revoked: bool = False


class Tokens:
    """Gives out tokens and knows them again.

    Attributes:
        lifetime: seconds for which new access tokens last, on the simulated clock.
        skew: seconds by which Google's real time differs from this machine's.
    """

    def __init__(self, world: World, accounts: Accounts) -> None:
        self._world = world
        self.accounts = accounts
        self.lifetime = 3599
        self.skew = 0.0
        self.grants: dict[str, Grant] = {}
        self.codes: dict[str, tuple[Grant, str, str]] = {}
        self._given: dict[str, Access] = {}
        self._made = 0

    def answer(self, raw: bytes, headers: Mapping[str, str]) -> Answer:
        """Answer a POST to the token endpoint; clients may name themselves by HTTP Basic, too."""
        kind = headers.get("content-type", "")
        is_form = kind.startswith("application/x-www-form-urlencoded")
        form = dict(parse_qsl(raw.decode("utf-8", "replace"))) if is_form else {}
        form |= _basic(headers.get("authorization", ""))
        try:
            return Answer(200, as_json(self._granted(form)))
        except OAuthError as error:
            return error.answer()

    def known(self, token: str) -> Access | None:
        """What the token opens, unless it is unknown or over."""
        access = self._given.get(token)
        return access if access and access.until > self._now() else None

    def grant(self, person: str, wanted: frozenset[str], testing: bool = False) -> str:
        """A person agrees; returns the refresh token."""
        token = self._fresh("1//")
        self.grants[token] = Grant(person, wanted, self._now(), testing)
        return token

    def forget_access(self) -> None:
        """All access tokens stop working at once."""
        self._given.clear()

    def code(self, grant: Grant, redirect: str, challenge: str) -> str:
        """The code that the browser carries back to the installed app."""
        code = self._fresh("4/")
        self.codes[code] = (grant, redirect, challenge)
        return code

    def _now(self) -> float:
        return self._world.clock.now().timestamp()

    def _fresh(self, start: str) -> str:
        self._made += 1
        seed = f"{self._world.seed}/{self._made}/{id(self)}"
        return start + hashlib.sha256(seed.encode()).hexdigest()

    def _granted(self, form: Mapping[str, str]) -> dict[str, Any]:
        match form.get("grant_type"):
            case grant if grant == JWT_GRANT:
                return self._by_assertion(form.get("assertion", ""))
            case "refresh_token":
                return self._by_refresh(form)
            case "authorization_code":
                return self._by_code(form)
            case other:
                raise OAuthError("unsupported_grant_type", f"Invalid grant_type: {other or ''}")

    def access(self, principal: str, wanted: frozenset[str], by: str = "") -> dict[str, Any]:
        """A new access token, as the answer to whoever asked for it."""
        token = self._fresh("ya29.")
        self._given[token] = Access(principal, by, wanted, self._now() + self.lifetime)
        return {"access_token": token, "expires_in": self.lifetime, "token_type": "Bearer"}

    def _by_assertion(self, assertion: str) -> dict[str, Any]:
        claims, account = self._verified(assertion)
        self._check_times(claims)
        if claims.get("aud") != AUDIENCE:
            raise OAuthError("invalid_grant", "Invalid JWT: Failed audience check.")
        wanted = checked_scopes(claims.get("scope", ""))
        person = claims.get("sub", "")
        if person and person != account.email:
            if not wanted <= account.delegated:
                raise OAuthError("unauthorized_client", NO_DELEGATION, 401)
            return self.access(person, wanted, account.email)
        return self.access(account.email, wanted)

    def _verified(self, assertion: str) -> tuple[dict[str, Any], ServiceAccount]:
        """The claims and who makes them, once the signature is checked."""
        try:
            found = read(assertion)
        except ValueError as error:
            raise OAuthError("invalid_grant", "Bad Request") from error
        account = self.accounts.services.get(found.claims.get("iss", ""))
        if account is None or account.deleted:
            raise OAuthError("invalid_grant", "Invalid grant: account not found")
        known = found.header.get("kid") == account.key_id and not account.key_revoked
        if not known or not found.signed_by(account.public_key()):
            raise OAuthError("invalid_grant", "Invalid JWT Signature.")
        return found.claims, account

    def _check_times(self, claims: Mapping[str, Any]) -> None:
        now = time.time() + self.skew
        issued, until = claims.get("iat"), claims.get("exp")
        if not isinstance(issued, int | float) or not isinstance(until, int | float):
            raise OAuthError("invalid_grant", REASONABLE)
        if until - issued > 3600 or until < issued or abs(now - issued) > LEEWAY:
            raise OAuthError("invalid_grant", REASONABLE)

    def _client(self, form: Mapping[str, str]) -> None:
        if form.get("client_id") != self.accounts.client_id:
            raise OAuthError("invalid_client", "The OAuth client was not found.", 401)
        if form.get("client_secret") != self.accounts.client_secret:
            raise OAuthError("invalid_client", "The provided client secret is invalid.", 401)

    def _by_refresh(self, form: Mapping[str, str]) -> dict[str, Any]:
        self._client(form)
        grant = self.grants.get(form.get("refresh_token", ""))
        dead = grant is None or grant.revoked
        if dead or (grant.testing and self._now() - grant.since > TESTING_LIFE):
            raise OAuthError("invalid_grant", "Token has been expired or revoked.")
        wanted = checked_scopes(form["scope"]) if form.get("scope") else grant.scopes
        if not wanted <= grant.scopes:
            raise OAuthError("invalid_scope", "Some requested scopes were not granted.")
        return self.access(grant.person, wanted) | {"scope": " ".join(sorted(wanted))}

    def _by_code(self, form: Mapping[str, str]) -> dict[str, Any]:
        self._client(form)
        grant, redirect, challenge = self.codes.pop(form.get("code", ""), (None, "", ""))
        if grant is None:
            raise OAuthError("invalid_grant", "Malformed auth code.")
        if form.get("redirect_uri") != redirect:
            raise OAuthError("redirect_uri_mismatch", "Bad Request")
        verifier = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if challenge and packed(verifier) != challenge:
            raise OAuthError("invalid_grant", "Invalid code verifier.")
        refresh = self.grant(grant.person, grant.scopes, grant.testing)
        given = self.access(grant.person, grant.scopes)
        return given | {"refresh_token": refresh, "scope": " ".join(sorted(grant.scopes))}


def _basic(header: str) -> dict[str, str]:
    """Client id and secret of an Authorization header."""
    kind, _, packed = header.partition(" ")
    if kind.lower() != "basic":
        return {}
    try:
        name, _, secret = base64.b64decode(packed).decode("utf-8").partition(":")
    except ValueError:
        return {}
    return {"client_id": name, "client_secret": secret}


def checked_scopes(text: str) -> frozenset[str]:
    """The scopes of a request. Raises `invalid_scope` for none or unknown ones."""
    wanted = frozenset(text.split())
    known = ALSO.union(*(scopes(api) for api in DOCUMENTS))
    if not wanted:
        raise OAuthError("invalid_scope", "Empty or missing scope not allowed.")
    if unknown := wanted - known:
        text = f"{sorted(unknown)} is not a valid audience string."
        raise OAuthError(
            "invalid_scope", f"Invalid OAuth scope or ID token audience provided: {text}"
        )
    return wanted
