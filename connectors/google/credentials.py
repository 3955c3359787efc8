"""Who Weaver is to Google: a service account's key, what the machine offers, or a person."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import google.auth
from google.auth.credentials import Credentials, with_scopes_if_required
from google.auth.exceptions import DefaultCredentialsError, GoogleAuthError
from google.oauth2 import credentials as user
from google.oauth2 import service_account

from config.errors import NeedsPermission, WrongSettings
from config.google import Google
from config.words import say
from connectors.google.keys import Given, check_kind, check_places, from_environment
from connectors.google.tokens import TokenRequest

ADC = "GOOGLE_APPLICATION_CREDENTIALS"

# What the libraries would tell engineers on the terminal is said by Weaver's own errors; whoever
# sets logging up still gets it.
logging.getLogger("google").addHandler(logging.NullHandler())


@dataclass(frozen=True)
class Who:
    """Weaver's sign-in.

    Attributes:
        credentials: google-auth's.
        known: the address as far as the key or the settings say it.
        person: whether it is a person's own sign-in.
        warnings: what is not as it should be, in sentences.
    """

    credentials: Credentials
    known: str = ""
    person: bool = False
    warnings: tuple[str, ...] = ()

    @property
    def identity(self) -> str:
        """The address to share files with; "" if unknown."""
        # A machine of Google's cloud learns its own address with the first token.
        found = self.known or str(getattr(self.credentials, "service_account_email", None) or "")
        return found if "@" in found else ""


def sign_in(
    google: Google,
    scopes: Sequence[str],
    environ: Mapping[str, str],
    request: TokenRequest,
    root: str,
) -> Who:
    """The credentials that the settings name.

    Raises:
        WrongSettings: something is missing, broken, or not of the right kind.
        NeedsPermission: a file may not be read, or the machine offers nothing.
    """
    if google.credentials == "key":
        given = from_environment(google.key, "[google] key", environ)
        return _account(given, google, scopes, root)
    if google.credentials == "user":
        given = from_environment(google.user_file, "[google] user_file", environ)
        return _person(given, google, scopes, root)
    return _offered(google, scopes, environ, request, root)


def _account(given: Given, google: Google, scopes: Sequence[str], root: str) -> Who:
    check_kind(given, "service_account", ("client_email", "token_uri", "private_key"))
    check_places(given, root)
    try:
        made = service_account.Credentials.from_service_account_info(  # type: ignore[no-untyped-call]
            given.info, scopes=list(scopes), subject=google.on_behalf_of
        )
    except (ValueError, TypeError, GoogleAuthError):
        # What the library says may hold a piece of the key.
        raise given.broken(say("its private_key is damaged or was cut off")) from None
    address = google.on_behalf_of or str(given.info["client_email"])
    return Who(made, address, False, given.warnings)


def _person(given: Given, google: Google, scopes: Sequence[str], root: str) -> Who:
    if google.on_behalf_of:
        raise _no_delegation()
    check_kind(given, "authorized_user", ("refresh_token", "client_id", "client_secret"))
    check_places(given, root)
    try:
        made = user.Credentials.from_authorized_user_info(  # type: ignore[no-untyped-call]
            given.info, scopes=list(scopes)
        )
    except (ValueError, TypeError, AttributeError, GoogleAuthError):
        raise given.broken(say("a part of it is not as Google writes it")) from None
    warned = (*given.warnings, unattended())
    return Who(made, str(given.info.get("account") or ""), True, warned)


def unattended() -> str:
    """The warning about a person's sign-in where nobody is there to renew it."""
    return say(
        "Weaver uses a person's own sign-in. It ends when that person changes the password, "
        "leaves, or takes it back; runs that nobody watches should use a service account."
    )


def _offered(
    google: Google,
    scopes: Sequence[str],
    environ: Mapping[str, str],
    request: TokenRequest,
    root: str,
) -> Who:
    """Application default credentials: a file that the environment names, else the machine's."""
    if environ.get(ADC):
        given = from_environment(ADC, "[google] credentials", environ)
        kind = given.info.get("type")
        if kind == "service_account":
            return _account(given, google, scopes, root)
        check_places(given, root)
        made, warned = _loaded(given, request), given.warnings
    else:
        made, warned = _machine(request), ()
    if google.on_behalf_of:
        if not hasattr(made, "with_subject"):
            raise _no_delegation()
        made = made.with_subject(google.on_behalf_of)
    person = isinstance(made, user.Credentials)
    known = google.on_behalf_of or (str(getattr(made, "account", "") or "") if person else "")
    if person:
        warned = (*warned, unattended())
    scoped = with_scopes_if_required(made, list(scopes))  # type: ignore[no-untyped-call]
    return Who(scoped, known, person, warned)


def _loaded(given: Given, request: TokenRequest) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return google.auth.load_credentials_from_dict(  # type: ignore[no-untyped-call]
                given.info, request=request
            )[0]
    except (ValueError, TypeError, KeyError, AttributeError, GoogleAuthError):
        raise given.broken(say("a part of it is missing or not as Google writes it")) from None


def _machine(request: TokenRequest) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return google.auth.default(request=request)[0]
    except (DefaultCredentialsError, ValueError, OSError):
        raise NeedsPermission(
            say("This machine offers no sign-in to Google."),
            say("[google] credentials = \"default\""),
            say(
                "Put the name of a service account's key file into the environment variable "
                "{adc}, or write credentials = \"key\" into weaver.toml. docs/google.md says "
                "how, step by step.", adc=ADC,
            ),
        ) from None  # fmt: skip


def _no_delegation() -> WrongSettings:
    return WrongSettings(
        say("Only a service account can act on behalf of a person."),
        "[google] on_behalf_of",
        say("Use a service account's key, or take on_behalf_of out of weaver.toml."),
    )
