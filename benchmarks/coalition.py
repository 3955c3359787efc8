"""A large invented coalition: the demo's folder with many more sign-ons behind its own."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
from pathlib import Path

from config.text import fold
from pipeline.demo import TODAY, write_folder
from pipeline.demo.forms import NO, YES, csv_bytes, points, questions, stamp

FIRST = dt.datetime.fromisoformat("2026-01-01T08:00")
"""The coalition's own time, as the form notes it."""
WHAT = (
    "Anglers", "Association des Riverains", "Bürgerinitiative", "Canoe Club", "Cofradía",
    "Comité de Bassin", "Farmers", "Flussfreunde", "Friends", "Guardianes", "Growers' Circle",
    "Heimatverein", "Mill Owners", "Naturschutzbund", "Parents", "Pêcheurs", "Regantes", "Rowers",
    "Swimmers", "Teachers", "Vecinas", "Wasserwacht", "Water Watch", "Well Keepers",
)  # fmt: skip
PLACES = (
    "Alt", "Bram", "Cor", "Dun", "Esk", "Fal", "Gar", "Hol", "Ister", "Jor", "Kel", "Lim", "Mor",
    "Neder", "Oster", "Pel", "Quin", "Ras", "Sel", "Tor", "Ulm", "Val", "Wen", "Yar", "Zol",
)  # fmt: skip
ENDS = ("bach", "brook", "combe", "eau", "ford", "mead", "quella", "ried", "rive", "tal", "wick")
WHO = ("Ada", "Bela", "Chiara", "Dario", "Edda", "Femi", "Goran", "Hana", "Ilse", "João", "Kofi")
SURNAMES = ("Brackmoor", "Deichsen", "Fenwright", "Larivière", "Orilla", "Salgado", "Uferkamp")
SECTORS = ("Rivers, lakes and wetlands", "Farming, food and land", "Law, rights and democracy")
TROUBLE = {
    "signatory": "",
    "authorised": NO,
    "reservations": "subject to the approval of our board",
    "organisation": "asdf",
}
"""Field → the answer that makes somebody look; one of them in a sign-on out of twenty."""


def responses(count: int = 1_000, seed: int = 1) -> bytes:
    """`responses.csv` with that many sign-ons; the same seed gives the same bytes.

    The demo's own come first, so that its tracker speaks of organisations that have signed. Of
    the others one in twenty is in doubt, and one in thirty comes from somebody who signed before.
    """
    chance = random.Random(seed)
    demo = csv_bytes(TODAY).decode()
    own = len(list(csv.reader(io.StringIO(demo, newline="")))) - 1
    text = io.StringIO(newline="")
    text.write(demo)
    writer = csv.DictWriter(text, list(questions()), lineterminator="\r\n")
    sent, names = FIRST, list[str]()
    for number in range(count - own):
        sent += dt.timedelta(seconds=chance.randrange(60, 20_000_000 // count))
        again = bool(names) and chance.randrange(30) == 0
        names.append(chance.choice(names) if again else _name(chance, number))
        writer.writerow(_signon(chance, names[-1], sent))
    return text.getvalue().encode()


def write(folder: Path, count: int = 1_000, seed: int = 1) -> Path:
    """A coalition's folder without results or store; returns its `weaver.toml`."""
    write_folder(folder, TODAY)
    (folder / "responses.csv").write_bytes(responses(count, seed))
    return folder / "weaver.toml"


def _name(chance: random.Random, number: int) -> str:
    """A name that nobody else has: the number decides what and where, chance decides the rest."""
    number, what = divmod(number, len(WHAT))
    far, place = divmod(number, len(PLACES))
    far, end = divmod(far, len(ENDS))
    ordinal = f" {far + 1}" if far else ""
    return f"{WHAT[what]} {chance.choice(('', 'of '))}{PLACES[place]}{ENDS[end]}{ordinal}"


def _signon(chance: random.Random, name: str, sent: dt.datetime) -> dict[str, str]:
    slug = "".join(c if c.isascii() and c.isalnum() else "-" for c in name.lower())
    who = f"{chance.choice(WHO)} {chance.choice(SURNAMES)}"
    answers = {
        "timestamp": stamp(sent),
        "email": f"{fold(who).partition(' ')[0]}@{slug}.example.org",
        "request": "Join",
        "organisation": name,
        "website": f"https://{slug}.example.org",
        "kind": "Association",
        "country": chance.choice(("Velmark", "Oravie", "Northmere")),
        "district": chance.choice(("Upper Velmar", "Oravelle Valley", "Harrow Fens")),
        "sector": ", ".join(chance.sample(SECTORS, chance.randint(1, 2))),
        "level": chance.choice(("Local", "Local", "Regional", "National")),
        "signing_as": "Organisation",
        "joins_as": "Member",
        "signatory": who,
        "role": chance.choice(("Chair", "Director", "Secretary")),
        "authorised": YES,
        "agreement": YES,
        **dict.fromkeys(points(), YES),
        "list_us": chance.choice((YES, YES, YES, NO)),
        "count_us_unnamed": YES,
        "show_signatory": chance.choice((YES, NO)),
        "use_our_logo": NO,
        "worth_your_time": chance.choice(("", "Somebody who reads the permits with us.")),
        "language": "English",
    }
    if chance.randrange(20) == 0:
        field = chance.choice(list(TROUBLE))
        answers[field] = TROUBLE[field]
    return answers
