"""What speaks for two records being one organisation, and what against."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from pipeline.resolution.alignment import aligned
from pipeline.resolution.candidates import Slips
from pipeline.resolution.names import OWN, Floats, Names
from pipeline.resolution.reading import Flags, Ints, as_flags
from pipeline.resolution.records import Records
from pipeline.resolution.vocabulary import BRANCH, GENERIC, NUMBER, PLACE, TELLING

PLAUSIBLE = 0.9
"""Likeness from which names alone are worth a question."""
_ONE_LANGUAGE = 0.85
"""Likeness of words that mean the same and are two spellings, not two languages."""
_SHORT_NAME = 5
"""Letters of a name that many organisations could share: an acronym."""


@dataclass(frozen=True)
class Pairs:
    """Pairs of spellings, and what tells about them.

    Attributes:
        records: what is compared.
        one: a spelling's position.
        other: the other's.
        slip: whether they differ in nothing but one letter of one word.
    """

    records: Records
    one: Ints
    other: Ints
    slip: Flags

    def only(self, chosen: Flags) -> Pairs:
        """Some of the pairs."""
        some = Pairs(self.records, self.one[chosen], self.other[chosen], self.slip[chosen])
        # what was measured once isn't measured again
        if "likeness" in vars(self):
            vars(some)["likeness"] = self.likeness[chosen]
        return some

    @cached_property
    def first(self) -> Ints:
        """The record of `one`."""
        return self.records.owner[self.one]

    @cached_property
    def second(self) -> Ints:
        """The record of `other`."""
        return self.records.owner[self.other]

    @cached_property
    def same_key(self) -> Flags:
        """The names have the same words."""
        return _equal(self.records.names.key, self.one, self.other)

    @cached_property
    def same_letters(self) -> Flags:
        """The names have the same letters in the same order."""
        return _equal(self.records.names.squashed, self.one, self.other)

    @cached_property
    def at_home(self) -> Flags:
        """The names are the same but for the place that both are in."""
        same = _equal(self.records.home, self.one, self.other) & ~self.other_country
        return same & ~self._conflict("city")

    @cached_property
    def near(self) -> Flags:
        """The names are the same, or differ by blanks or by one letter."""
        return self.same_key | self.same_letters | self.slip

    @cached_property
    def loose(self) -> Flags:
        """The names are the same but for words such as `international` and `group`."""
        names = self.records.names
        own = names.telling > 0
        return _equal(names.loose_key, self.one, self.other) & own[self.one]

    @cached_property
    def acronym(self) -> Flags:
        """One name is the other's initials."""
        names = self.records.names
        forth = (names.initials[self.one] == names.squashed[self.other]) & (
            names.initials[self.one] != 0
        )
        back = (names.initials[self.other] == names.squashed[self.one]) & (
            names.initials[self.other] != 0
        )
        return as_flags(forth | back)

    @cached_property
    def likeness(self) -> Floats:
        """0 to 1: how alike the names are, their words in any order."""
        return self._likeness(np.flatnonzero(~self.same_key), self.records.names.text)

    @cached_property
    def own_likeness(self) -> Floats:
        """The same of the names' own words alone; looked at where the whole names are alike."""
        ask = np.flatnonzero(~self.same_key & (self.likeness >= PLAUSIBLE))
        return self._likeness(ask, self.records.names.own_text)

    @cached_property
    def translated(self) -> Flags:
        """The names mean the same and are written differently: in two languages."""
        ask = np.flatnonzero(self.same_key & ~self.same_letters)
        return as_flags(self._likeness(ask, self.records.names.spelt_text) < _ONE_LANGUAGE)

    def _likeness(self, ask: Ints, text: Callable[[int], str]) -> Floats:
        found = np.ones(len(self.one))
        places, back = np.unique(
            np.concatenate([self.one[ask], self.other[ask]]), return_inverse=True
        )
        texts = [text(at) for at in places.tolist()]
        listed = [texts[at] for at in back.tolist()]
        left, right = listed[: len(ask)], listed[len(ask) :]
        measured = process.cpdist(
            left, right, scorer=fuzz.token_sort_ratio, dtype=np.float32, workers=-1
        )
        found[ask] = np.minimum(np.round(measured / 100, 2), 0.99)
        return found

    @cached_property
    def aligned(self) -> Flags:
        """The names have the same words, some misspelt or cut; looked at where more agrees."""
        found = self.near.copy()
        ask = np.flatnonzero(~found & (self.same_domain | self.same_email | self.same_identifier))
        pairs = zip(self.one[ask].tolist(), self.other[ask].tolist(), strict=True)
        found[ask] = [aligned(self.records.names, a, b) for a, b in pairs]
        return found

    def _same(self, *fields: str) -> Flags:
        found = np.zeros(len(self.one), dtype=bool)
        for field in fields:
            values = getattr(self.records, field)
            found |= _equal(values, self.first, self.second)
        return found

    def _conflict(self, field: str) -> Flags:
        return _differ(getattr(self.records, field), self.first, self.second)

    @cached_property
    def same_domain(self) -> Flags:
        """They share a domain of their own, be it the website's or the address's."""
        return as_flags(self.same_website | self._same("mail") | self.at_the_other)

    @cached_property
    def same_website(self) -> Flags:
        """They have the same website of their own."""
        return self._same("web")

    @cached_property
    def at_the_other(self) -> Flags:
        """The address of one is at the other's website."""
        records, one, other = self.records, self.first, self.second
        forth = (records.web[one] == records.mail[other]) & (records.web[one] != 0)
        return as_flags(
            forth | (records.mail[one] == records.web[other]) & (records.mail[one] != 0)
        )

    @cached_property
    def other_website(self) -> Flags:
        """Each has a website of its own; a mailbox speaks against nobody."""
        return self._conflict("web")

    @cached_property
    def same_email(self) -> Flags:
        """They gave the same address."""
        return self._same("email")

    @cached_property
    def same_identifier(self) -> Flags:
        """They have the same identifier."""
        return self._same("identifier")

    @cached_property
    def same_city(self) -> Flags:
        """They are in one place, as far as is known in one country."""
        return self._same("city") & ~self.other_country

    @cached_property
    def other_country(self) -> Flags:
        """They are at home in different countries."""
        return self._conflict("country")

    @cached_property
    def other_identifier(self) -> Flags:
        """Each has an identifier, and they differ."""
        return self._conflict("identifier")

    @cached_property
    def backed(self) -> Flags:
        """Something that nobody else has says that they are one."""
        return as_flags(self.same_domain | self.same_email | self.same_identifier)

    @cached_property
    def supported(self) -> Flags:
        """Something besides the name says that they are one, be it the place."""
        return as_flags(self.backed | self.same_city)

    @cached_property
    def nothing_else(self) -> Flags:
        """Nothing besides the name is known of both."""
        records = self.records
        known = (records.web, records.mail, records.email, records.city, records.country)
        both = [(v[self.first] != 0) & (v[self.second] != 0) for v in known]
        return as_flags(~np.any(both, axis=0))

    @cached_property
    def on_platform(self) -> Flags:
        """What they share is a platform's, under which many stand."""
        records, one, other = self.records, self.first, self.second
        return as_flags(
            (records.crowded_web[one] | records.crowded_mail[one])
            & (records.crowded_web[other] | records.crowded_mail[other])
        )

    @cached_property
    def other_point(self) -> Flags:
        """The prepositions differ: `freedom of` and `freedom from`."""
        return _differ(self.records.names.pointed, self.one, self.other) & ~self.translated

    @cached_property
    def opposed(self) -> Flags:
        """Something says that they are not one."""
        elsewhere = self.other_country & ~self.same_domain
        against = (elsewhere & ~self.same_email) | self.other_website
        return as_flags((against & ~self.same_identifier) | self.other_identifier)

    @cached_property
    def other_form(self) -> Flags:
        """Each name has a legal form, and they differ."""
        return _differ(self.records.names.form, self.one, self.other)

    @cached_property
    def other_trade(self) -> Flags:
        """Both are companies, of different forms."""
        return _differ(self.records.names.trade, self.one, self.other)

    @cached_property
    def other_place(self) -> Flags:
        """The names tell different places, branches or numbers."""
        bits = self.records.names.bits(PLACE, NUMBER, BRANCH)
        return as_flags(bits[self.one] != bits[self.other])

    @cached_property
    def reordered(self) -> Flags:
        """The names' own words stand in another order."""
        return as_flags(self.records.names.order[self.one] != self.records.names.order[self.other])

    @cached_property
    def tells_place(self) -> Flags:
        """One of the names tells a place, a branch or a number."""
        bits = self.records.names.bits(PLACE, NUMBER, BRANCH) != 0
        return as_flags(bits[self.one] | bits[self.other])

    @cached_property
    def thin(self) -> Flags:
        """A name that many organisations could have: generic words, or a short acronym."""
        thin = thin_names(self.records.names)
        return thin[self.one] | thin[self.other]

    @cached_property
    def elsewhere(self) -> Flags:
        """They are in different places."""
        return as_flags(self._conflict("city"))

    @cached_property
    def disguised(self) -> Flags:
        """One of them is written so that it looks like something else."""
        strange = self.records.strange
        return as_flags(strange[self.first] != strange[self.second])

    @cached_property
    def half(self) -> Flags:
        """One of the spellings is but one half of a bilingual name."""
        count = len(self.records)
        return (self.one >= count) | (self.other >= count)

    @cached_property
    def halves(self) -> Flags:
        """Both spellings are."""
        count = len(self.records)
        return (self.one >= count) & (self.other >= count)


def _equal(values: np.ndarray, one: Ints, other: Ints) -> Flags:
    return as_flags((values[one] == values[other]) & (values[one] != 0))


def _differ(values: np.ndarray, one: Ints, other: Ints) -> Flags:
    """Both are known, and they are not the same."""
    known = (values[one] != 0) & (values[other] != 0)
    return as_flags(known & (values[one] != values[other]))


def _appended(one: str, other: str) -> bool:
    """Whether a last letter makes another word: `Paul` and `Paula`, but not a plural."""
    short, long = sorted((one, other), key=len)
    return short != long and long.startswith(short) and not long.endswith("s")


def thin_names(names: Names) -> Flags:
    """Per name, whether many organisations could have it."""
    sizes = np.diff(names.starts)
    lengths = np.array([len(word) for word in names.words], dtype=np.int64)
    acronym = (sizes == 1) & (names.total(lengths[names.ids]) <= _SHORT_NAME)
    return as_flags(acronym | (names.own == 0))


def one_letter(names: Names, found: Slips) -> Flags:
    """Which odd words are one slip apart, long enough for it, and not both in the tables."""
    one, other = found.one_word, found.other_word
    fits = np.isin(names.kinds, (TELLING, GENERIC))
    own = (names.kinds == TELLING) & (names.weights >= OWN)
    ask = np.flatnonzero(
        (one >= 0) & (other >= 0) & fits[one] & fits[other] & (own[one] | own[other])
    )
    slip = np.zeros(len(one), dtype=bool)
    if len(ask):
        left, right = names.spelt[one[ask]].tolist(), names.spelt[other[ask]].tolist()
        far = process.cpdist(left, right, scorer=OSA.distance, score_cutoff=1)
        # `storm` and `stom`, but not `beta` and `meta`
        sizes = [max(len(a), len(b)) for a, b in zip(left, right, strict=True)]
        other_word = [_appended(a, b) for a, b in zip(left, right, strict=True)]
        other_word &= own[one[ask]] & own[other[ask]]
        slip[ask] = (far <= 1) & (np.array(sizes) >= _SHORT_NAME) & ~other_word
    return slip
