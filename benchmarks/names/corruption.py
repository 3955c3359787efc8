"""How the same organisation writes itself another time."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable

from benchmarks.names import lexicon as words
from benchmarks.names.world import Organisation, free_mail

_WORD = re.compile(r"\w+")
Change = Callable[[random.Random, Organisation, str], str]
_LETTERS = "abcdefghijklmnoprstuvwz"


def later_name(chance: random.Random, of: Organisation, times: float) -> tuple[str, bool]:
    """The name as it is written this time, and whether only an acronym is left of it."""
    name, legal = of.name(), of.legal
    short = acronym(name)
    if len(short) > 2 and chance.random() < 0.03 * times:
        return short, True
    for share, change in CHANGES:
        if chance.random() < share * times:
            name = change(chance, of, name)
    if chance.random() < 0.12 * times:
        legal = "" if legal else chance.choice(words.LEGAL[of.language])
    name = f"{name} {legal}" if legal else name
    for share, change in MANNERS:
        if chance.random() < share * times:
            name = change(chance, of, name)
    return name, False


def later_row(chance: random.Random, of: Organisation, times: float) -> list[str]:
    """Organisation, website, email, country and city of a later sign-on.

    times: how much worse than usual, 1 being usual.
    """
    name, acronym = later_name(chance, of, times)
    website, email = _website(chance, of, times), _email(chance, of)
    if acronym and chance.random() < 0.9:  # somebody who signs so is known by the address
        website, email = of.website, of.email
    if chance.random() < min(0.03 * times, 0.5):
        email = ""
    return [name, website, email, *where(chance, of, times)]


def where(chance: random.Random, of: Organisation, times: float, first: bool = False) -> list[str]:
    """Country and city, as written and as far as given."""
    country = words.COUNTRIES[of.country]
    said = country.names[0] if chance.random() > (0.1 if first else 0.25) else ""
    said = said or chance.choice(country.names)
    city = of.city[0] if first or chance.random() > 0.3 else chance.choice(of.city)
    if not first and chance.random() < 0.02 * times:
        city = typo(chance, city)
    return [
        "" if chance.random() < min(0.08 * times, 0.5) else said,
        "" if chance.random() < min(0.2 * times, 0.6) else city,
    ]


def typo(chance: random.Random, text: str) -> str:
    """One letter swapped with the next, dropped, doubled or replaced, in a word of four or more."""
    long = [found for found in _WORD.finditer(text) if len(found[0]) > 3]
    if not long:
        return text
    word = chance.choice(long)
    at = chance.randrange(word.start() + (chance.random() < 0.9), word.end() - 1)
    put = (
        text[at + 1] + text[at], text[at + 1], text[at] * 2 + text[at + 1],
        chance.choice(_LETTERS) + text[at + 1],
    )[chance.randrange(4)]  # fmt: skip
    return text[:at] + put + text[at + 2 :]


def without_accents(text: str) -> str:
    apart = unicodedata.normalize("NFD", text)
    return "".join(c for c in apart if not unicodedata.combining(c))


def acronym(name: str) -> str:
    return "".join(word[0] for word in _WORD.findall(name) if word[0].isupper())


def _translated(chance: random.Random, of: Organisation, name: str) -> str:
    """In another language that its country speaks, or in English; sometimes in both."""
    others = {"en", *words.COUNTRIES[of.country].languages, "fr"} - {of.language}
    other = of.name(chance.choice(sorted(others)))
    return f"{name} / {other}" if chance.random() < 0.3 else other


def _abbreviated(chance: random.Random, of: Organisation, name: str) -> str:
    parts = name.split(" ")
    return " ".join(chance.choice(words.SHORT[part]) if part in words.SHORT else part
                    for part in parts)  # fmt: skip


def _mistyped(chance: random.Random, of: Organisation, name: str) -> str:
    name = typo(chance, name)
    return typo(chance, name) if chance.random() < 0.15 else name


def _placed(chance: random.Random, of: Organisation, name: str) -> str:
    return name + chance.choice((f", {of.city[0]}", f" ({words.COUNTRIES[of.country].names[0]})"))


def _with_article(chance: random.Random, of: Organisation, name: str) -> str:
    return f"{chance.choice(words.ARTICLES[of.language])} {name}"


def _ampersand(chance: random.Random, of: Organisation, name: str) -> str:
    return name.replace(f" {words.AND[of.language]} ", " & ")


def _plain(chance: random.Random, of: Organisation, name: str) -> str:
    return without_accents(name)


def _one_case(chance: random.Random, of: Organisation, name: str) -> str:
    return name.upper() if chance.random() < 0.6 else name.lower()


def _with_acronym(chance: random.Random, of: Organisation, name: str) -> str:
    short = acronym(of.name())
    if len(short) < 3:
        return name
    return f"{name} ({short})" if chance.random() < 0.8 else f"{short} - {name}"


def _untidy(chance: random.Random, of: Organisation, name: str) -> str:
    return chance.choice((f" {name}", f"{name} ", f"{name}.", name.replace(" ", "  ", 1)))


CHANGES: tuple[tuple[float, Change], ...] = (
    (0.06, _translated),
    (0.1, _abbreviated),
    (0.18, _mistyped),
)
MANNERS: tuple[tuple[float, Change], ...] = (
    (0.02, _placed), (0.05, _with_article), (0.3, _ampersand), (0.1, _plain), (0.08, _one_case),
    (0.05, _with_acronym), (0.04, _untidy),
)  # fmt: skip
"""How often which; CHANGES come before the legal form is put behind the name, MANNERS after it."""


def _website(chance: random.Random, of: Organisation, times: float) -> str:
    if chance.random() < min(0.2 * times, 0.6):
        return ""
    if chance.random() < 0.5:
        return of.website
    bare = of.website.partition("://")[2].removeprefix("www.")
    if not bare:
        return ""
    ends = ("", "", "/", "/about", "/en/")
    start = ("", "www.", "http://", "http://www.", "https://")
    return chance.choice(start) + bare + chance.choice(ends if of.domain else ("", "/"))


def _email(chance: random.Random, of: Organisation) -> str:
    lot = chance.random()
    if lot < 0.45:
        return of.email
    if lot < 0.8 and of.domain:
        return f"{chance.choice((*words.BOXES, *words.PEOPLE))}@{of.domain}"
    return free_mail(chance, of)
