"""Whose a web address is: the domain that an organisation registered for itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

LONGEST = 2_000
"""Characters that are looked at; no web address that anybody typed is longer."""

_TOKENS = re.compile(r"[\s,;<>\"'()\[\]{}|]+")
_SCHEME = re.compile(r"\A(?:(?:https?|ftp)[:/]+|mailto:|//)+")
_AFTER_HOST = re.compile(r"[/?#\\]")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_DOTS = str.maketrans("。．｡", "...")  # other scripts' full stops
_HOST = r"(?:www\.(?=[a-z0-9-]+\.))?([a-z0-9-]{1,63})\.([a-z0-9.-]+)"
_SITE = re.compile(rf"(?:https?://)?{_HOST}(?:[/?#][^\s,;<>\"'()\[\]{{}}|@]*)?")
_ADDRESS = re.compile(rf"[a-z0-9._%+-]+@{_HOST}")
_USUAL = 250
_ANY = "any-name"
"""Stands for a name of which no list of suffixes or hosts has ever heard."""


def own_domain(website: str) -> str:
    """The registrable domain of a website, in punycode.

    "" where there is none, and for a page at a host that many share. Of several addresses in one
    cell the first that tells something counts.
    """
    domain = _quickly(_SITE, website)
    if domain is not None:
        return "" if domain in _shared_hosts() else domain
    found = (_own(token) for token in _tokens(website))
    return next((domain for domain in found if domain), "")


def mail_domain(address: str) -> str:
    """The registrable domain of an email address, in punycode; "" where there is none."""
    if domain := _quickly(_ADDRESS, address):
        return domain
    for token in _tokens(address):
        _, at, host = token.rpartition("@")
        if at and (name := _host(host)):
            return _registrable(name) or (name if _suffixes().publicsuffix(name) else "")
    return ""


def is_free_mail(domain: str) -> bool:
    """Whether the domain is a provider's at which anybody gets a personal address."""
    return domain in _free_mail()


def own_domains(websites: pd.Series) -> pd.Series:
    """`own_domain` per row, worked out once per distinct text."""
    return _once_each(websites, own_domain)


def mail_domains(addresses: pd.Series) -> pd.Series:
    """`mail_domain` per row, worked out once per distinct text."""
    return _once_each(addresses, mail_domain)


def are_free_mail(domains: pd.Series) -> pd.Series:
    """`is_free_mail` per row, as bool."""
    return domains.isin(_free_mail())


def _once_each(texts: pd.Series, function: Callable[[str], str]) -> pd.Series:
    codes, distinct = pd.factorize(texts)
    answers = np.array([function(text) for text in distinct.tolist()], dtype=object)
    return pd.Series(answers[codes], index=texts.index, dtype=object)


def _tokens(text: str) -> list[str]:
    return _TOKENS.split(text[:LONGEST].strip().lower().translate(_DOTS))


def _own(token: str) -> str:
    """The organisation's own domain in one web or mail address."""
    bare = _AFTER_HOST.split(_SCHEME.sub("", token), maxsplit=1)[0]
    _, at, name = bare.rpartition("@")
    host = _host(name)
    domain = _registrable(host) if host else ""
    stranger = domain in _shared_hosts() or bool(at and is_free_mail(domain))
    return "" if stranger or f"*.{host}" in _shared_hosts() else domain


def _host(name: str) -> str:
    """The host's name in punycode, without port, `www.` and the last dot; "" if it is none."""
    bare = name.partition(":")[0].rstrip(".").removeprefix("www.")
    labels = [_punycode(label) for label in bare.split(".")]
    fits = len(labels) > 1 and all(_LABEL.fullmatch(label) for label in labels)
    return ".".join(labels) if fits and len(bare) <= 253 else ""


def _punycode(label: str) -> str:
    if label.isascii() or len(label) > 63:
        return label
    try:
        if "ß" in label or "ς" in label:  # the older standard of Python's codec changes these two
            return "xn--" + label.encode("punycode").decode("ascii")
        return label.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def _quickly(form: re.Pattern[str], text: str) -> str | None:
    """The registrable domain of an address of the usual form; None where a longer look is needed.

    Nearly every host is in no list itself: then all depends on what follows its first label, and
    that is the same for thousands.
    """
    found = form.fullmatch(text.lower()) if len(text) <= _USUAL else None
    if found is None:
        return None
    label, tail = found.groups()
    host = f"{label}.{tail}"
    if label[0] == "-" or label[-1] == "-" or label == "www" or label.startswith("xn--"):
        return None
    if host in _listed_names():
        return None
    domain = _beside(tail)
    return host if domain == _ANY else domain


@lru_cache(maxsize=1 << 16)
def _beside(tail: str) -> str | None:
    """The registrable domain of any name before that tail, `_ANY` for the whole of it."""
    whole = f"{_ANY}.{tail}"
    if "xn--" in tail or _host(whole) != whole:
        return None
    domain = _registrable(whole)
    return _ANY if domain == whole else domain


def _registrable(host: str) -> str:
    """One label more than the public suffix, or than a host that lends its names out."""
    labels = host.split(".")
    for start in range(1, len(labels) - 1):
        if f"*.{'.'.join(labels[start:])}" in _shared_hosts():
            return ".".join(labels[start - 1 :])
    if labels[-1] == "example":  # reserved for documentation, like example.org
        return ".".join(labels[-2:])
    return _suffixes().privatesuffix(host) or ""


@cache
def _suffixes() -> PublicSuffixList:
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList(accept_unknown=False)


@cache
def _listed_names() -> frozenset[str]:
    """Every name that stands in the list of suffixes or of shared hosts, without its mark."""
    suffixes = files("publicsuffixlist").joinpath("public_suffix_list.dat")
    lines = suffixes.read_text(encoding="utf-8").splitlines()
    rules = (line.split(" ")[0] for line in lines if not line.startswith("//"))
    names = (*rules, *_shared_hosts())
    return frozenset(name.removeprefix("!").removeprefix("*.").lower() for name in names)


@cache
def _free_mail() -> frozenset[str]:
    return _listed("free_mail.txt")


@cache
def _shared_hosts() -> frozenset[str]:
    return _listed("shared_hosts.txt")


def _listed(file: str) -> frozenset[str]:
    lines = files("pipeline.rules").joinpath(file).read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
