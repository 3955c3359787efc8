"""How the locales that are emulated write numbers, dates and booleans."""

from __future__ import annotations

from dataclasses import dataclass

from tests.google_emulator.errors import NotEmulated


@dataclass(frozen=True)
class Locale:
    """A locale's signs and patterns."""

    decimal: str
    thousands: str
    date: str
    time: str
    currency: str
    true: str
    false: str
    day_first: bool
    date_mark: str
    months: tuple[str, ...]
    days: tuple[str, ...]
    symbol_first: bool = True

    @property
    def date_time(self) -> str:
        """The pattern of a day with a time."""
        return f"{self.date} {self.time}"


ENGLISH = "January February March April May June July August September October November December"
ENGLISH_DAYS = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday"
GERMAN = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
GERMAN_DAYS = "Sonntag Montag Dienstag Mittwoch Donnerstag Freitag Samstag"
FRENCH = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
FRENCH_DAYS = "dimanche lundi mardi mercredi jeudi vendredi samedi"

LOCALES = {
    "en_US": Locale(
        ".",
        ",",
        "M/d/yyyy",
        "H:mm:ss",
        "$",
        "TRUE",
        "FALSE",
        False,
        "/",
        tuple(ENGLISH.split()),
        tuple(ENGLISH_DAYS.split()),
    ),
    "en_GB": Locale(
        ".",
        ",",
        "dd/MM/yyyy",
        "HH:mm:ss",
        "£",
        "TRUE",
        "FALSE",
        True,
        "/",
        tuple(ENGLISH.split()),
        tuple(ENGLISH_DAYS.split()),
    ),
    "de_DE": Locale(
        ",",
        ".",
        "dd.MM.yyyy",
        "HH:mm:ss",
        "€",
        "WAHR",
        "FALSCH",
        True,
        ".",
        tuple(GERMAN.split()),
        tuple(GERMAN_DAYS.split()),
        symbol_first=False,
    ),
    "fr_FR": Locale(
        ",",
        "\u202f",
        "dd/MM/yyyy",
        "HH:mm:ss",
        "€",
        "VRAI",
        "FAUX",
        True,
        "/",
        tuple(FRENCH.split()),
        tuple(FRENCH_DAYS.split()),
        symbol_first=False,
    ),
}


def locale_of(name: str) -> Locale:
    """The signs of a locale; NotEmulated for those that nobody wrote down."""
    found = LOCALES.get(name)
    if found is None:
        raise NotEmulated(f"the locale {name}; there are {', '.join(LOCALES)}")
    return found
