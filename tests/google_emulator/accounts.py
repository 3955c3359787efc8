"""Who may sign in: service accounts with real keys, and people."""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.google_emulator.answers import PROJECT

DOMAIN = "weaver-tests.iam.gserviceaccount.com"


@functools.cache
def private_key(number: int) -> rsa.RSAPrivateKey:
    """The process's nth RSA key; making one takes a moment, so tests share them.

    They are shorter than Google's 2,048 bits: every client checks a key's primes when it loads the
    key, which for a short one takes 20 ms instead of 150.
    """
    return rsa.generate_private_key(public_exponent=65537, key_size=1024)


@dataclass
class ServiceAccount:
    """A service account and its one key.

    Attributes:
        delegated: scopes for which it may act in the name of people of its domain.
        deleted: whether the account is gone or switched off.
        key_revoked: whether its key was deleted in the console.
    """

    email: str
    number: int
    delegated: set[str] = field(default_factory=set)
    deleted: bool = False
    key_revoked: bool = False

    @property
    def key_id(self) -> str:
        """The key's id, as in the header of its assertions."""
        return hashlib.sha1(self.email.encode()).hexdigest()

    def public_key(self) -> rsa.RSAPublicKey:
        """What its assertions are checked with."""
        return private_key(self.number).public_key()

    def info(self, root: str) -> dict[str, Any]:
        """Its key file; `token_uri` is the emulator's own."""
        pem = private_key(self.number).private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        return {
            "type": "service_account",
            "project_id": "weaver-tests",
            "private_key_id": self.key_id,
            "private_key": pem.decode("ascii"),
            "client_email": self.email,
            "client_id": str(10**20 + self.number),
            "auth_uri": f"{root}/o/oauth2/auth",
            "token_uri": f"{root}/token",
            "universe_domain": "googleapis.com",
        }


class Accounts:
    """All service accounts, and the registered installed app that people sign in with."""

    def __init__(self) -> None:
        self.services: dict[str, ServiceAccount] = {}
        self.client_id = f"{PROJECT}-weaver.apps.googleusercontent.com"
        self.client_secret = "not-a-secret-of-an-installed-app"

    def service(self, name: str) -> ServiceAccount:
        """The service account of that name, made when first asked for."""
        email = name if "@" in name else f"{name}@{DOMAIN}"
        if email not in self.services:
            self.services[email] = ServiceAccount(email, len(self.services))
        return self.services[email]

    def client_secrets(self, root: str) -> dict[str, Any]:
        """The client file of the installed app, as the console hands it out."""
        return {
            "installed": {
                "client_id": self.client_id,
                "client_secret": self.client_secret,
                "project_id": "weaver-tests",
                "auth_uri": f"{root}/o/oauth2/auth",
                "token_uri": f"{root}/token",
                "redirect_uris": ["http://localhost"],
            }
        }
