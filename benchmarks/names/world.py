"""Invented organisations, some of them easily taken for one another.

Their domains end in `.example`, so none belongs to anybody; what many share (a page at a large
host, free mail) has the real host, because that is what a program has to know.
"""

from __future__ import annotations

import random
from typing import NamedTuple

from benchmarks.names import lexicon as words

CHAPTERS, LOCALS, NAMELESS, ON_PLATFORM = 0.06, 0.07, 0.08, 0.09
"""Below which lot a new organisation is a chapter, a numbered local group, one whose name is made
of generic words alone, or one on a platform that isn't a well-known host."""
GROWING = 20
"""Parents that get chapters at a time, so that a family has a handful and not hundreds."""
_ASCII = str.maketrans("áàâãäéèëêíìïóòôõöúùüçñÉÀÁÍÓÖÜ", "aaaaaeeeeiiiooooouuucneaaioou")
_OF = {"en": " of ", "de": " ", "fr": " de ", "es": " de ", "pt": " de ", "nl": " ", "it": " di "}


class Organisation(NamedTuple):
    """What is true of one; `domain` is its own or its parent's, "" where it has none."""

    truth: int
    telling: str
    concept: int
    fields: tuple[int, ...]
    place: str
    suffix: str
    language: str
    legal: str
    country: int
    city: tuple[str, ...]
    domain: str
    website: str
    email: str

    def name(self, language: str = "") -> str:
        """Its name without the legal form, in its own or in another language."""
        said = language or self.language
        column = words.LANGUAGES.index(said)
        concept = words.CONCEPTS[self.concept][column]
        joint = f" {words.AND[said]} "
        field = joint.join(words.FIELDS[each][column] for each in self.fields)
        parts = {
            "en": (self.telling, field, concept),
            "de": (self.telling, concept, field),
            "nl": (self.telling, concept, field),
            "fr": (concept, field, self.telling),
            "it": (concept, field, self.telling),
        }.get(said)
        if parts is None:
            parts = (concept, self.telling, field and f"de {field}")
        name = " ".join(part for part in parts if part)
        return name + (_OF[said] + self.place if self.place else "") + self.suffix


class Founder:
    """Makes one organisation after the other; nobody gets a name that another has."""

    def __init__(self, chance: random.Random, platforms: int) -> None:
        self._chance = chance
        self._names: set[object] = set()
        self._domains: set[str] = set()
        self._all: list[Organisation] = []
        self._parents: list[Organisation] = []
        self._platforms = [
            f"{invented(chance, 'en').lower()}-hub.example" for _ in range(platforms)
        ]

    def found(self) -> Organisation:
        lot = self._chance.random()
        if lot < LOCALS and self._all:
            made = self._below(self._parent(), chapter=lot < CHAPTERS)
        elif lot < NAMELESS:
            made = self._new(nameless=True)
        else:
            made = self._new(platform=lot < ON_PLATFORM)
        self._all.append(made)
        return made

    def _parent(self) -> Organisation:
        """One that has several chapters already, or that gets its first."""
        if self._parents and self._chance.random() < 0.75:
            return self._chance.choice(self._parents[-GROWING:])
        while (found := self._chance.choice(self._all)).suffix:
            continue
        self._parents.append(found)
        return found

    def _new(self, *, nameless: bool = False, platform: bool = False) -> Organisation:
        chance = self._chance
        country = chance.randrange(len(words.COUNTRIES))
        language = chance.choice(words.COUNTRIES[country].languages)
        city = chance.choice(words.COUNTRIES[country].cities)
        made = Organisation(
            len(self._all), "" if nameless else telling(chance, language),
            chance.randrange(len(words.CONCEPTS)), self._fields(1 if nameless else 0),
            city[0] if chance.random() < 0.15 else "", "", language,
            chance.choice(words.LEGAL[language]) if chance.random() < 0.25 else "",
            country, city, "", "", "",
        )  # fmt: skip
        identity = (made.name(), city if nameless else None)
        if identity in self._names:
            return self._new(platform=platform)
        self._names.add(identity)
        return self._reachable(made, platform=platform)

    def _fields(self, least: int) -> tuple[int, ...]:
        count = max(least, self._chance.choice((0, 1, 1, 1, 1, 1, 1, 2)))
        return tuple(self._chance.sample(range(len(words.FIELDS)), count))

    def _below(self, parent: Organisation, *, chapter: bool) -> Organisation:
        """A chapter or a numbered group of it: related, and an organisation of its own."""
        chance = self._chance
        country = parent.country
        if chance.random() < 0.4:
            country = chance.randrange(len(words.COUNTRIES))
        city = chance.choice(words.COUNTRIES[country].cities)
        suffix = place = f" Local {chance.randrange(1, 400)}"
        if chapter:
            suffix, place = self._suffix(parent.language, country, city[0])
        # no two chapters of one parent are for one place, nor for the parent's own
        home = (words.COUNTRIES[parent.country].names[0], parent.city[0], parent.place)
        if place in home or (parent.truth, place) in self._names:
            return self._new()
        self._names.add((parent.truth, place))
        made = parent._replace(
            truth=len(self._all), suffix=suffix, country=country, city=city,
            domain="", website="", email="",
        )  # fmt: skip
        if made.name() in self._names:
            return self._new()
        self._names.add(made.name())
        lot = chance.random()
        if not parent.domain or lot < 0.3:
            return self._reachable(made, platform=False)
        slug = _slug(suffix)
        website = (
            parent.website, f"https://www.{parent.domain}/{slug}", f"https://{slug}.{parent.domain}",
        )[chance.randrange(3)]  # fmt: skip
        box = chance.choice((slug, "info", chance.choice(words.PEOPLE)))
        own = f"{box}@{parent.domain}" if chance.random() < 0.5 else free_mail(chance, made)
        return made._replace(domain=parent.domain, website=website, email=own)

    def _suffix(self, language: str, country: int, city: str) -> tuple[str, str]:
        """What a chapter adds to its parent's name, and the place that it is for."""
        chance = self._chance
        column = words.LANGUAGES.index(language)
        chapter = chance.choice(words.CHAPTERS)[column]
        region = chance.choice(words.REGIONS)
        abroad = chance.choice(words.COUNTRIES[country].names[:2])
        land = words.COUNTRIES[country].names[0]
        return chance.choice((
            (f" – {region} {chapter}", region), (f" - {chapter} {region}", region),
            (f", {city} {chapter}", city), (f" {city}", city), (f" {abroad}", land),
            (f" ({abroad})", land), (f" {region}", region),
        ))  # fmt: skip

    def _reachable(self, made: Organisation, *, platform: bool) -> Organisation:
        """With website and address: at its own domain, at one that many share, or neither."""
        chance = self._chance
        lot, slug = chance.random(), _slug(made.telling or made.name())
        if platform:
            host = chance.choice(self._platforms)
            website = f"https://{host}" + (f"/{slug}" if chance.random() < 0.5 else "")
            return made._replace(website=website, email=free_mail(chance, made))
        if lot > 0.65:
            shared = lot < 0.77
            website = chance.choice(words.SHARED).format(slug) if shared else ""
            return made._replace(website=website, email=self._address(made))
        domain = self._domain(made, slug)
        email = free_mail(chance, made)
        if chance.random() < 0.8:
            email = f"{chance.choice((*words.BOXES, *words.PEOPLE))}@{domain}"
        www = "www." if chance.random() < 0.7 else ""
        return made._replace(domain=domain, website=f"https://{www}{domain}", email=email)

    def _domain(self, made: Organisation, slug: str) -> str:
        for wish in (slug, _slug(made.name())[:50], f"{slug}{made.truth}"):
            if f"{wish}.example" not in self._domains:
                break
        self._domains.add(f"{wish}.example")
        return f"{wish}.example"

    def _address(self, made: Organisation) -> str:
        """Free mail; now and then the inbox of another organisation in the same house."""
        if self._all and self._chance.random() < 0.05:
            return self._all[-1].email
        return free_mail(self._chance, made)


def telling(chance: random.Random, language: str) -> str:
    """The part of a name that tells: invented, shared with many, or one of each."""
    pool = words.POOL[words.LANGUAGES.index(language)]
    lot = chance.random()
    if lot < 0.25:
        return " ".join(chance.sample(pool, 2))
    if lot < 0.4:
        return f"{chance.choice(pool)} {invented(chance, language)}"
    return invented(chance, language) + (f" {invented(chance, language)}" if lot < 0.55 else "")


def invented(chance: random.Random, language: str) -> str:
    """A word of two or three syllables that no dictionary has."""
    accents = words.ACCENTED[language]
    word = ""
    for _ in range(chance.choice((2, 2, 2, 3))):
        vowel = chance.choice(words.VOWELS)
        if accents and chance.random() < 0.15:
            vowel = chance.choice(accents)
        word += chance.choice(words.ONSETS) + vowel + chance.choice(words.CODAS)
    return word.capitalize()


def free_mail(chance: random.Random, of: Organisation) -> str:
    """At a provider: half of them after the organisation, half after a person."""
    provider = chance.choice(words.FREE_MAIL)
    if of.telling and chance.random() < 0.5:
        return (
            f"{_slug(of.telling)}{chance.choice(('', '.org', '-info'))}{of.truth % 997}@{provider}"
        )
    person = f"{chance.choice(words.PEOPLE)}.{chance.choice(words.SURNAMES)}"
    return f"{person}{chance.randrange(1_000_000)}@{provider}"


def _slug(text: str) -> str:
    plain = text.lower().translate(_ASCII)
    return "".join(c for c in plain if c.isascii() and c.isalnum())
