"""S2: the signatory and the authority to sign."""

from __future__ import annotations

import re

import pandas as pd

from config.tables import SIGNONS
from config.text import fold
from pipeline.rules.evidence import (
    INDIVIDUAL,
    REQUESTS,
    WITHDRAWALS,
    answered,
    blank,
    joined,
    per_day,
    per_text,
    quote,
    words,
)
from pipeline.rules.model import Forms, Rule
from pipeline.rules.sizes import at_least

LARGE = 50
"""Members or staff from which an organisation is expected to have addresses of its own."""

WITHOUT_AUTHORITY = words(
    "intern", "internship", "trainee", "volunteer", "member", "student", "supporter", "follower",
    "fan", "donor", "participant", "ally", "friend", "former employee", "apprentice",
    "Praktikant", "Praktikantin", "Praktikum", "Ehrenamtliche", "Ehrenamtlicher", "Mitglied",
    "Student", "Studentin", "Studierende", "Unterstützer", "Unterstützerin", "Azubi",
    "Auszubildende", "Auszubildender",
    "becario", "becaria", "voluntario", "voluntaria", "miembro", "estudiante", "simpatizante",
    "socio", "socia", "practicante",
    "bénévole", "stagiaire", "membre", "étudiant", "étudiante", "sympathisant", "adhérent",
    "adhérente", "estagiário", "estagiária", "voluntário", "voluntária", "membro", "estudante",
    "tirocinante", "volontario", "volontaria", "studente", "studentessa",
    "vrijwilliger", "stagiair", "lid", "praktikant", "medlem", "frivillig", "volontär",
)  # fmt: skip
AUTHORITY = re.compile(
    r"\b(?:board|chair\w*|co ?chair\w*|presid\w*|vice\w*|direct\w*|head|lead\w*|coord\w*|koord\w*"
    r"|manag\w*|secret\w*|sekret\w*|treasur\w*|founder|cofounder|co founder|owner|ceo|coo|cfo"
    r"|executive|officer|steering|committee|council|trustee|governor|principal|dean|rector\w*"
    r"|partner|organi[sz]er|spokes\w*|speaker|delegate|representative|governing|elected"
    r"|vorst\w*|vorsitz\w*|leit\w*|geschaft\w*|sprecher\w*|beirat\w*|rat|grunder\w*|kasse\w*"
    r"|junta|consejo|comite|comision|respons\w*|encargad\w*|jef[ea]|fundador\w*|tesor\w*"
    r"|representante|vocer\w*|portavoz|dirig\w*|gerente|admin\w*|bureau|conseil|fondat\w*"
    r"|delegu\w*|porte parole|tresor\w*|diret\w*|conselho|chefe|porta voz|bestuur\w*"
    r"|voorzitter|consiglio|styrelse\w*|styre\w*|ordforande|leder|daglig)\b"
)


def is_large(size: str) -> bool:
    """Whether an answer about size means at least fifty; of a range the lower end counts."""
    return (at_least(size) or 0) >= LARGE


def _unnamed(forms: Forms) -> pd.Series:
    return quote(forms, "signatory", blank(forms, "signatory"))


def _not_authorised(forms: Forms) -> pd.Series:
    return quote(forms, "authorised", answered(forms, "authorised", "no"))


def _authority_blank(forms: Forms) -> pd.Series:
    return quote(forms, "authorised", blank(forms, "authorised"))


def _slight_role(forms: Forms) -> pd.Series:
    slight = per_text(forms.frame["role"], lambda role: role if _is_slight(role) else "")
    return quote(forms, "role", slight != "")


def _is_slight(role: str) -> bool:
    folded = fold(role[:500])
    return bool(WITHOUT_AUTHORITY.search(folded)) and not AUTHORITY.search(folded)


def _webmail(forms: Forms) -> pd.Series:
    large = per_text(forms.frame["size"], lambda size: size if is_large(size) else "") != ""
    found = large & forms.frame["free_mail"].astype(bool)
    parts = (quote(forms, field, found) for field in ("email", "size"))
    return joined(parts, forms.frame.index)


def _other_domain(forms: Forms) -> pd.Series:
    website, address = forms.frame["domain"], forms.frame["mail_domain"]
    theirs = ~forms.frame["free_mail"].astype(bool) & (website != "") & (address != "")
    found = theirs & (website != address)
    parts = (quote(forms, field, found) for field in ("email", "website"))
    return joined(parts, forms.frame.index)


def _individual(forms: Forms) -> pd.Series:
    return quote(forms, "signing_as", answered(forms, "signing_as", "individual"))


def _board_to_come(forms: Forms) -> pd.Series:
    days = forms.frame["decided_by_board_on"]
    coming = days > pd.Timestamp(forms.today)
    return per_day(days, coming, SIGNONS.column("decided_by_board_on").title)


def _role_blank(forms: Forms) -> pd.Series:
    return quote(forms, "role", blank(forms, "role"))


RULES = (
    Rule(
        "S201",
        title="Nobody is named who signs",
        why="Somebody has to answer for the signature.",
        remedy="Ask who signs for the organisation.",
        severity="hold",
        question="The form names nobody who signs. Who signs for them?",
        sentence="The form named nobody who signs; please tell us who signs for your organisation.",
        reads=("signatory",),
        find=_unnamed,
        needs=("signatory",),
        after=REQUESTS,
    ),
    Rule(
        "S202",
        title="The signatory isn't authorised",
        why="An organisation joins by its own decision, not by one person's wish.",
        remedy="Ask who may decide it there, and when.",
        severity="hold",
        question="The signatory answered that they may not sign for it. Who may?",
        sentence="You answered that you may not sign for your organisation; "
        "please tell us who may, or when it will be decided.",
        reads=("authorised", "signatory"),
        find=_not_authorised,
        needs=("authorised",),
        after=(*INDIVIDUAL, *WITHDRAWALS),
    ),
    Rule(
        "S203",
        title="The authorisation is left blank",
        why="An organisation joins by its own decision, not by one person's wish.",
        remedy="Ask whether the signatory may sign for it.",
        severity="hold",
        question="They didn't say whether the signatory may sign for it. May they?",
        sentence="Please tell us whether you may sign for your organisation; "
        "the answer was left blank.",
        reads=("authorised", "signatory"),
        find=_authority_blank,
        needs=("authorised",),
        after=(*INDIVIDUAL, *REQUESTS),
    ),
    Rule(
        "S204",
        title="The role seldom carries authority",
        why="Members, volunteers and trainees mean well and may not be able to bind anybody.",
        remedy="Ask whether the organisation has decided it.",
        severity="hold",
        question="Does somebody in this role sign for the organisation? {evidence}.",
        sentence="Thank you for bringing this to your organisation. "
        "Please tell us who decided there that it joins.",
        reads=("role", "signatory"),
        find=_slight_role,
        needs=("role",),
        after=("S210", *INDIVIDUAL, *WITHDRAWALS),
    ),
    Rule(
        "S205",
        title="Personal webmail for a large organisation",
        why="Large organisations have addresses of their own; a personal one may be anybody's.",
        remedy="Write to the address on the organisation's website and ask.",
        severity="hold",
        question="A large organisation signs from a personal address. {evidence}. Is it really it?",
        sentence="Please write to us once from your organisation's own address, "
        "or name somebody there who can confirm the sign-on.",
        reads=("email", "size"),
        find=_webmail,
        needs=("email", "size"),
        after=(*INDIVIDUAL, *WITHDRAWALS),
    ),
    Rule(
        "S206",
        title="Address and website differ",
        why="Often harmless; sometimes somebody else signs.",
        remedy="Have a look at the website if the name means nothing to you.",
        severity="note",
        question="The address isn't at the organisation's website. {evidence}.",
        sentence="Your address is not at your organisation's website; that is quite all right "
        "if it is the one you use.",
        reads=("email", "website"),
        find=_other_domain,
        needs=("email", "website"),
        after=("S205", "S213", *INDIVIDUAL, *WITHDRAWALS),
        suggestion="accept",
    ),
    Rule(
        "S207",
        title="Signs as an individual",
        why="People are welcome, and counted apart from organisations.",
        remedy="Nothing; thank them, and ask about their organisation.",
        severity="note",
        question="This person signs as an individual, not for an organisation.",
        sentence="You signed as an individual, and we count you as one.",
        reads=("signing_as",),
        find=_individual,
        needs=("signing_as",),
        after=WITHDRAWALS,
        suggestion="accept",
        label="individual",
    ),
    Rule(
        "S208",
        title="Their board has yet to decide",
        why="Organisations need time; until their decision the sign-on is provisional.",
        remedy="Wait for the day, then ask what came of it.",
        severity="hold",
        waits_for="their board",
        question="Their board has yet to decide. {evidence}. What did it decide?",
        sentence="We are looking forward to your board's decision. {evidence}.",
        reads=("decided_by_board_on",),
        find=_board_to_come,
        needs=("decided_by_board_on",),
        after=(*INDIVIDUAL, *WITHDRAWALS),
        label="provisional",
    ),
    Rule(
        "S209",
        title="The signatory's role is left blank",
        why="The role helps to see whether the signature binds the organisation.",
        remedy="Ask when you next talk to them.",
        severity="note",
        question="The form doesn't say which role the signatory has.",
        sentence="Please tell us your role in the organisation when you have a moment.",
        reads=("role",),
        find=_role_blank,
        needs=("role",),
        after=("S201", "S211", *INDIVIDUAL, *REQUESTS),
        suggestion="accept",
    ),
)
