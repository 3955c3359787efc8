"""Why Google gives no sign-in, in the words of a coordinator; no word of keys and tokens."""

from __future__ import annotations

from collections.abc import Callable

from google.auth.exceptions import GoogleAuthError

from config.errors import NeedsPermission, WeaverError, WrongSettings
from config.words import say
from connectors.google.answers import scrub

Told = tuple[str, str]
"""What is wrong, and what to do."""


def token_refusal(error: GoogleAuthError, identity: str) -> WeaverError:
    """The error where asking again won't help.

    Args:
        error: what google-auth raised.
        identity: the address that Weaver signs in with; "" if unknown.
    """
    said = " ".join(str(each) for each in error.args if isinstance(each, str))
    low = said.casefold()
    where = say(
        "sign-in to Google as {who}", who=identity or say("the account that Weaver signs in with")
    )
    for words, kind, tell in _DENIALS:
        if any(word in low for word in words):
            return kind(tell()[0], where, tell()[1])
    return NeedsPermission(say("Google gives no sign-in: {said}", said=scrub(said)), where,
                           _new_key())  # fmt: skip


def _clock() -> Told:
    return (
        say("The clock of this machine is wrong, so Google refuses the sign-in."),
        say(
            "Set the machine's clock right, best by letting it set itself over the network; "
            "five minutes are too much already."
        ),
    )


def _impersonation() -> Told:
    return (
        say("This machine's identity may not act as the service account."),
        say(
            "In the Google Cloud console open the service account, then Permissions, and grant "
            "the machine's identity the role Workload Identity User."
        ),
    )


def _machine() -> Told:
    return (
        say("Google doesn't trust what this machine shows of itself (workload identity)."),
        say(
            "Look at the provider of the workload identity pool: issuer, audience and condition. "
            "What the machine shows must be fresh."
        ),
    )


def _key() -> Told:
    what = say(
        "Google doesn't know the key: it was deleted or replaced, has expired, or is of another "
        "account."
    )
    return what, _new_key()


def _account() -> Told:
    return (
        say("The account was deleted or switched off."),
        say(
            "Switch it on again, or make another with a key of its own, and share the "
            "coalition's files with it."
        ),
    )


def _delegation() -> Told:
    return (
        say("Weaver may not act on behalf of a person of this organisation's Google."),
        say(
            "An administrator grants domain-wide delegation to the service account for the "
            "scopes of Sheets and Forms; or take on_behalf_of out of weaver.toml."
        ),
    )


def mail_delegation(scope: str) -> str:
    """What to look at where it is mail that Weaver may not send."""
    return say(
        "For mail, an administrator grants the service account domain-wide delegation for {scope}; "
        "a person signs in again: weaver doctor --sign-in. docs/mail.md says how, step by step.",
        scope=scope,
    )


def _person() -> Told:
    return (
        say("The sign-in has expired, was taken back, or was given for less."),
        say(
            "Sign in again: weaver doctor --sign-in. Where this happens every week, the "
            "project's consent screen is still in testing: publish it, or use a service account."
        ),
    )


def _new_key() -> str:
    return say(
        "Make a new key for the service account and put it where the old one was; with a "
        "person's sign-in: weaver doctor --sign-in."
    )


_DENIALS: tuple[
    tuple[tuple[str, ...], type[NeedsPermission | WrongSettings], Callable[[], Told]], ...
] = (
    (("reasonable timeframe", "short-lived"), WrongSettings, _clock),
    (("impersonated", "getaccesstoken"), NeedsPermission, _impersonation),
    (("error code ", "id token", "subject token"), NeedsPermission, _machine),
    (("jwt signature",), NeedsPermission, _key),
    (("account not found", "account_not_found"), NeedsPermission, _account),
    (("unauthorized_client", "access_denied"), NeedsPermission, _delegation),
    (("expired or revoked", "invalid_scope", "invalid_rapt"), NeedsPermission, _person),
)
"""Words of Google's or the library's, in small letters; the first that fits."""
