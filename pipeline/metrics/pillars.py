"""How broadly the coalition presses: five pillars, told by the words under Kind."""

from __future__ import annotations

import re
from collections.abc import Mapping

from config.words import say
from pipeline.metrics.media import pieces
from pipeline.metrics.model import Context, Metric, Value
from pipeline.metrics.rows import begun, folded, last_year, left_out, listed, partners
from pipeline.metrics.values import filled

WORDS: Mapping[str, tuple[str, ...]] = {
    "contacts": (
        "visit", "lobb", "hearing", "testimon", "testif", "meeting with", "phone call",
        "representative", "legislator", "lawmaker",
        "besuch", "gesprach", "anhorung", "abgeordnet",
        "audiencia", "comparecencia", "diputad", "audition", "depute", "besok", "uppvaktning",
    ),
    "coalition": (
        "coalition", "alliance", "joint", "sign on", "open letter", "assembl", "summit",
        "koalition", "bundnis", "gemeinsam", "offener brief", "versammlung",
        "coalicion", "alianza", "conjunt", "carta abierta", "asamblea",
        "conjoint", "commune", "lettre ouverte", "gemensam", "oppet brev", "allians",
    ),
    "grassroots": (
        "letters", "letter writing", "petition", "rally", "rallies", "march", "demo", "protest",
        "vigil", "strike", "canvass", "door", "phone bank", "leaflet", "flyer", "blockade",
        "briefe", "briefaktion", "kundgebung", "mahnwache", "unterschrift", "streik", "flugblatt",
        "cartas", "peticion", "firmas", "marcha", "manifesta", "concentracion", "huelga",
        "lettres", "veillee", "greve", "tract", "namninsamling", "vaka", "strejk",
    ),
    "grasstops": (
        "grasstop", "endors", "delegat", "mayor", "expert", "roundtable", "round table",
        "briefing", "faith leader", "business leader", "community leader",
        "runder tisch", "fachgesprach", "burgermeister", "delegacion", "mesa redonda", "alcald",
        "table ronde", "maire", "rundabord", "borgmastare",
    ),
    "media": (
        "media", "press", "interview", "op ed", "radio", "tv", "television", "podcast",
        "article", "newspaper",
        "medien", "leserbrief", "zeitung", "fernsehen", "medios", "prensa", "entrevista",
        "tribun", "communique", "intervju", "debattartikel", "insandare",
    ),
}  # fmt: skip
"""Pillar → how the words begin that tell of it: English, German, Spanish, French, Swedish; without
case and accents."""
SPEAKS = {name: re.compile(rf"\b(?:{'|'.join(words)})") for name, words in WORDS.items()}


def told_by(kind: str) -> tuple[str, ...]:
    """The pillars of which the folded words speak."""
    return tuple(name for name, speaks in SPEAKS.items() if speaks.search(kind))


def _actions(context: Context) -> tuple[set[str], int]:
    """The pillars that last year's actions stand on; how many stand on none."""
    rows = context.tables["actions"].reset_index(drop=True)
    recent = rows[last_year(rows["date"], context)]
    kinds = folded(recent["kind"])
    pillars = {kind: told_by(kind) for kind in kinds.unique()}
    sizes = partners(context).groupby("action")["id"].size()
    joint = recent.index.isin(sizes.index[sizes >= 2])
    found = {name for names in pillars.values() for name in names}
    none = ~kinds.map(lambda kind: bool(pillars[kind])).astype(bool) & ~joint
    return found | ({"coalition"} if joint.any() else set()), int(none.sum())


def _contacted(context: Context) -> int:
    """Rows that say who was with a decision-maker; one without a day holds today."""
    rows = context.tables.get("decision_makers")
    if rows is None or rows.empty:
        return 0
    recent = last_year(rows["date"], context) | rows["date"].isna()
    return int((recent & listed(rows["contacted_by"])).sum())


def _in_media(context: Context) -> int:
    if "media" not in context.tables:
        return 0
    rows = pieces(context)
    return int(rows["piece"][last_year(rows["date"], context)].nunique())


def _breadth(context: Context) -> Value:
    found, none = _actions(context)
    contacted, printed = _contacted(context), _in_media(context)
    found |= ({"contacts"} if contacted else set()) | ({"media"} if printed else set())
    beside = ((say("rows under Contacted by"), contacted), (say("pieces in the media"), printed))
    details = tuple((say(name), float(name in found)) for name in WORDS) + tuple(
        (name, float(n)) for name, n in beside
    )
    why = say("actions whose kind tells of none of the five")
    return Value(float(len(found)), details=details, excluded=left_out((none, why)))


S12 = Metric(
    "S12", "Advocacy breadth", "Stewardship",
    "Of five ways to press for change, those used in the last 12 months: contacts (a visit, a "
    "hearing, Contacted by), coalition (a joint statement, an action of two members), grassroots "
    "(letters, a rally), grasstops (an endorsement, a delegation) and media (an interview, a piece "
    "on the tab Media but not one offered and unprinted), told by the words under Kind.",
    "pillars of 5", "up", ("actions.date", "actions.kind"), "FiscalNote", _breadth,
    (
        "actions.started_by", "actions.partners", "decision_makers.date",
        "decision_makers.contacted_by", "media.date", "media.outlet", "media.title",
        "media.link", "media.submitted", "media.placed", "organisations.joins_as",
    ),
    comes=begun("actions.kind", filled),
)  # fmt: skip
