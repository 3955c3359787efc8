"""Workload identity: somebody else's token becomes Google's, and that a service account's."""

from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from google.auth import crypt, jwt

from tests.google_emulator.accounts import ServiceAccount, private_key
from tests.google_emulator.answers import PROJECT, Answer, as_json, failure
from tests.google_emulator.assertions import read
from tests.google_emulator.errors import GoogleError, invalid
from tests.google_emulator.refusals import unauthenticated
from tests.google_emulator.tokens import OAuthError, Tokens, checked_scopes

EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
KINDS = ("urn:ietf:params:oauth:token-type:jwt", "urn:ietf:params:oauth:token-type:id_token")
ISSUER = "https://tokens.example.org"
POOL = f"projects/{PROJECT}/locations/global/workloadIdentityPools/weaver/providers/host"
AUDIENCE = f"//iam.googleapis.com/{POOL}"
ACTING = {
    "https://www.googleapis.com/auth/cloud-platform",
    "https://www.googleapis.com/auth/iam",
}
"""Scopes with either of which one may act as a service account."""
KEY = 1_000_003
"""The number of the issuer's key, far from those of service accounts."""
DENIED = "Permission 'iam.serviceAccounts.getAccessToken' denied on resource (or it may not exist)."


@dataclass
class Federation:
    """One pool with one issuer of tokens, which Google trusts.

    Attributes:
        may_act_as: subject → addresses of the service accounts that it may act as.
    """

    tokens: Tokens
    may_act_as: dict[str, set[str]] = field(default_factory=dict)

    def subject_token(self, subject: str, **claims: Any) -> str:
        """A token of the issuer, such as the host of a scheduled job gives to it."""
        now = int(time.time())
        whole = {"iss": ISSUER, "sub": subject, "aud": f"https:{AUDIENCE}"}
        whole |= {"iat": now, "exp": now + 600} | claims
        signer = crypt.RSASigner(private_key(KEY))
        return jwt.encode(signer, whole).decode("ascii")

    def exchange(self, raw: bytes) -> Answer:
        """POST sts.googleapis.com/v1/token."""
        try:
            return Answer(200, as_json(self._exchanged(dict(parse_qsl(raw.decode("utf-8"))))))
        except OAuthError as error:
            return error.answer()

    def _exchanged(self, form: Mapping[str, str]) -> dict[str, Any]:
        if form.get("grant_type") != EXCHANGE:
            raise OAuthError("unsupported_grant_type", "Invalid grant_type.")
        if form.get("subject_token_type") not in KINDS:
            raise OAuthError("invalid_request", "Invalid subject_token_type.")
        if form.get("audience") != AUDIENCE:
            raise OAuthError("invalid_target", 'The target service indicated by the "audience" '
                             "parameters is invalid.")  # fmt: skip
        subject = self._subject(form.get("subject_token", ""))
        wanted = checked_scopes(form.get("scope", ""))
        given = self.tokens.access(f"principal://iam.googleapis.com/{subject}", wanted, subject)
        return given | {"issued_token_type": "urn:ietf:params:oauth:token-type:access_token"}

    def _subject(self, token: str) -> str:
        """Whom the issuer's token is about, once it is checked."""
        try:
            found = read(token)
        except ValueError as error:
            raise OAuthError("invalid_request", "Invalid JWT.") from error
        if not found.signed_by(private_key(KEY).public_key()):
            raise OAuthError("invalid_grant", "Invalid JWT Signature.")
        if found.claims.get("iss") != ISSUER or found.claims.get("aud") != f"https:{AUDIENCE}":
            raise OAuthError("invalid_grant", "The issuer or audience in ID Token is wrong.")
        if found.claims.get("exp", 0) < time.time() + self.tokens.skew:
            raise OAuthError("invalid_grant", "ID Token is stale to sign-in.")
        return str(found.claims.get("sub", ""))

    def impersonate(self, email: str, headers: Mapping[str, str], raw: bytes) -> Answer:
        """POST iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/EMAIL:…"""
        access = self.tokens.known(headers.get("authorization", "").partition(" ")[2])
        if access is None or not ACTING & access.scopes:
            return failure("iam", *unauthenticated())
        account = self.tokens.accounts.services.get(email)
        if account is None or email not in self.may_act_as.get(access.delegated, ()):
            return failure("iam", GoogleError(403, "PERMISSION_DENIED", DENIED))
        return self._as_account(account, raw)

    def _as_account(self, account: ServiceAccount, raw: bytes) -> Answer:
        try:
            wanted = checked_scopes(" ".join(json.loads(raw).get("scope", ())))
        except (OAuthError, ValueError, AttributeError):
            return failure("iam", invalid("Request contains an invalid argument."))
        given = self.tokens.access(account.email, wanted)
        until = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=self.tokens.lifetime)
        end = until.strftime("%Y-%m-%dT%H:%M:%SZ")
        return Answer(200, as_json({"accessToken": given["access_token"], "expireTime": end}))

    def config(self, root: str, token_file: str, email: str = "") -> dict[str, Any]:
        """The configuration file that google-auth reads ("external_account")."""
        given: dict[str, Any] = {
            "type": "external_account",
            "audience": AUDIENCE,
            "subject_token_type": KINDS[0],
            "token_url": f"{root}/v1/token",
            "credential_source": {"file": token_file},
        }
        if email:
            path = f"/v1/projects/-/serviceAccounts/{email}:generateAccessToken"
            given["service_account_impersonation_url"] = root + path
        return given
