"""S3, continued: political parties, candidates, and those who hold public office."""

from __future__ import annotations

from collections.abc import Callable
from re import Pattern

import pandas as pd

from config.text import fold
from pipeline.rules.evidence import (
    INDIVIDUAL,
    WITHDRAWALS,
    joined,
    nothing,
    quote_where,
    says,
    words,
)
from pipeline.rules.model import Forms, Rule

PARTIES = words(
    "political party", "political parties", "party branch", "party group", "parliamentary group",
    "campaign committee", "election campaign", "electoral campaign", "candidate", "candidates",
    "candidacy", "partido político", "agrupación política", "grupo parlamentario", "candidato",
    "candidata", "candidatos", "candidatura", "candidaturas", "parti politique",
    "groupe parlementaire", "candidat", "liste électorale", "politische Partei",
    "einer Partei", "political action committee", "Parteigliederung", "Kandidat", "Kandidatin",
    "Kandidatur",
    "Wahlliste", "Wählergemeinschaft", "grupo parlamentar", "comissão de campanha",
)  # fmt: skip
PUBLIC_BODIES = words(
    "public body", "public authority", "public administration", "local authority",
    "local government", "regional government", "national government", "city government",
    "state government", "government agency", "government body", "government department",
    "government office", "governmental body", "governmental agency", "government ministry",
    "city council", "town council", "parish council", "county council", "municipal council",
    "elected official", "elected officials", "elected representative", "elected representatives",
    "member of parliament", "members of parliament", "mayor s office", "public bodies",
    "local authorities", "public authorities", "government bodies", "government agencies",
    "councillor", "senator", "congressman", "congresswoman",
    "organismo público", "administración pública", "ayuntamiento", "alcaldía", "gobierno local",
    "gobierno regional", "cargo electo", "cargo público",
    "diputado", "diputada", "concejal", "concejala", "alcalde", "alcaldesa",
    "administration publique", "organisme public", "collectivité territoriale",
    "collectivité locale", "conseil municipal",
    "élu local", "élue locale", "député", "députée",
    "Behörde", "Stadtverwaltung", "Gemeindeverwaltung", "Gebietskörperschaft",
    "Stadtrat", "Gemeinderat", "Bürgermeister", "Bürgermeisterin",
    "Abgeordneter", "Abgeordnete", "Mandatsträger", "Mandatsträgerin",
    "órgão público", "administração pública", "câmara municipal", "prefeitura",
    "junta de freguesia", "autoridade local", "vereador", "vereadora",
    "deputado", "deputada",
)  # fmt: skip
PARTIES_ALONE = frozenset(("party", "parti", "partei", "partido", "parties", "parteien"))
BODIES_ALONE = frozenset(map(fold, (
    "government", "governmental", "public sector", "council", "municipality", "municipal",
    "ministry", "mayor", "mp", "gobierno", "municipio", "ministerio", "gouvernement", "commune",
    "collectivité", "mairie", "ministère", "préfecture", "élu", "élue", "Regierung", "Kommune",
    "kommunal", "Ministerium", "Landkreis", "governo", "município", "ministério", "autarquia",
)))  # fmt: skip
"""These words say it only where nothing else is said beside them."""


def parties_in(forms: Forms) -> pd.Series:
    """Per form, the words by which it looks like a party's or a candidate's; "" for none.

    Whether parties may join makes no difference.
    """
    kind = quote_where(forms, "kind", _speaks_of(PARTIES, PARTIES_ALONE))
    # A name tells nothing: Tea Party, Garden Party Collective. Only the coalition's own list does.
    named = [name for name in forms.eligibility.parties if fold(name) not in PARTIES_ALONE]
    if not named:
        return kind
    listed = words(*named)
    name = quote_where(forms, "organisation", lambda text: bool(listed.search(fold(text))))
    return joined((kind, name), forms.frame.index)


def _party(forms: Forms) -> pd.Series:
    return nothing(forms) if forms.eligibility.parties_may_join else parties_in(forms)


def _public_body(forms: Forms) -> pd.Series:
    if forms.eligibility.governments_may_join:
        return nothing(forms)
    return quote_where(forms, "kind", _speaks_of(PUBLIC_BODIES, BODIES_ALONE))


def _speaks_of(phrases: Pattern[str], alone: frozenset[str]) -> Callable[[str], bool]:
    def speaks(text: str) -> bool:
        folded = fold(text)
        return folded in alone or says(phrases, folded)

    return speaks


RULES = (
    Rule(
        "S309",
        title="A political party or candidate",
        why="With a party on the list, others and many members see the coalition as partisan.",
        remedy="Decide it together; parties_may_join in eligibility lets all of them in.",
        severity="hold",
        question="It seems to be a political party or a candidate. {evidence}. May it join?",
        sentence="You seem to sign as a political party or for a candidate. {evidence}. "
        "Our coalition has to decide about that first.",
        reads=("kind", "organisation"),
        find=_party,
        after=("S304", *INDIVIDUAL, *WITHDRAWALS),
    ),
    Rule(
        "S310",
        title="A public body or elected official",
        why="Those who govern are often those whom the statement is addressed to.",
        remedy="Decide it together; governments_may_join in eligibility lets all of them in.",
        severity="hold",
        question="It seems to be a public body or somebody who holds office. {evidence}. "
        "May it join?",
        sentence="You seem to sign as a public body or in public office. {evidence}. "
        "Our coalition has to decide about that first.",
        reads=("kind",),
        find=_public_body,
        after=("S304", "S309", *INDIVIDUAL, *WITHDRAWALS),
    ),
)
