"""JSON Web Tokens as they come: taken apart, and their RS256 signature really checked."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa


@dataclass(frozen=True)
class Assertion:
    """A token of three parts; nothing of it is believed before `signed_by` says so."""

    header: dict[str, Any]
    claims: dict[str, Any]
    signed: bytes
    signature: bytes

    def signed_by(self, key: rsa.RSAPublicKey) -> bool:
        """Whether the owner of the key made it."""
        try:
            key.verify(self.signature, self.signed, padding.PKCS1v15(), hashes.SHA256())
        except InvalidSignature:
            return False
        return self.header.get("alg") == "RS256"


def read(text: str) -> Assertion:
    """Take a token apart. Raises ValueError for what isn't one."""
    signed, _, signature = text.rpartition(".")
    parts = [json.loads(unpacked(part)) for part in signed.split(".")]
    if len(parts) != 2 or not all(isinstance(part, dict) for part in parts):
        raise ValueError("not a token of three parts")
    return Assertion(parts[0], parts[1], signed.encode(), unpacked(signature))


def unpacked(part: str) -> bytes:
    """Base64url without its padding, decoded."""
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def packed(raw: bytes) -> str:
    """Base64url without its padding."""
    return base64.urlsafe_b64encode(raw).decode("ascii").rstrip("=")
