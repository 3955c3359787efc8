"""S4: forms of an organisation that is already there."""

from __future__ import annotations

import pandas as pd

from config.tables import SIGNONS
from config.text import clean, fold, shorten
from config.words import say
from pipeline.lookup import look_up
from pipeline.rules.evidence import (
    AGREES,
    INDIVIDUAL,
    LETTER,
    REQUESTS,
    WITHDRAWALS,
    answered,
    joined,
    name_of,
    per_day,
    per_text,
    points_asked,
    quote,
)
from pipeline.rules.model import Forms, Rule

STANDS = ("agreement", "list_us", "count_us_unnamed", "show_signatory", "use_our_logo")
"""What an organisation once said and nobody changes in passing.

Another sender or signatory is no doubt: a second signatory adds evidence, and the first stays.
"""


def _repeats(forms: Forms) -> pd.Series:
    return quote(forms, "organisation", forms.frame["repeat"].astype(bool))


def _changes(forms: Forms) -> pd.Series:
    stranger = forms.frame["repeat"].astype(bool) & ~forms.frame["trusted"].astype(bool)
    now = forms.frame[stranger]
    letters = sorted(str(c) for c in forms.frame.columns if str(c).startswith(LETTER))
    fields = [*STANDS, *(point.field for point in points_asked(forms)), *letters]
    known = forms.frame.drop_duplicates("key").set_index("key")[fields]
    before = known.reindex(now["repeat_key"]).fillna("").set_axis(now.index)
    changes = (_changed(name_of(forms, field), now[field], before[field]) for field in fields)
    return joined(changes, now.index).reindex(forms.frame.index, fill_value="")


def _changed(title: str, now: pd.Series, before: pd.Series) -> pd.Series:
    """`Title: new answer (was: old answer)`; a blank changes nothing."""
    new, old = per_text(now, _alike), per_text(before, _alike)
    was = " (" + say("was") + ": " + per_text(before, lambda text: _short(text) or "–") + ")"
    told = title + ": " + per_text(now, _short) + was
    return told.where((new != "") & (new != old), "")


def _alike(text: str) -> str:
    return clean(text).casefold()


def _short(text: str) -> str:
    return shorten(text, 40)


def _confirms(forms: Forms) -> pd.Series:
    stranger = forms.frame["confirms"].astype(bool) & ~forms.frame["trusted"].astype(bool)
    return quote(forms, "email", stranger)


def _stranger(forms: Forms) -> pd.Series:
    return quote(forms, "email", forms.frame["stranger"].astype(bool))


def _second_signatory(forms: Forms) -> pd.Series:
    """Where somebody signs whose name the organisation's earlier form doesn't carry."""
    again = forms.frame["repeat"].astype(bool) & (forms.frame["signatory"].str.strip() != "")
    now = forms.frame[again]
    first = forms.frame.drop_duplicates("key").set_index("key")["signatory"]
    before = first.reindex(now["repeat_key"]).fillna("").set_axis(now.index)
    told = [
        say("{now} beside {before}", now=_short(new), before=_short(old) or "–")
        if old.strip() and fold(new) != fold(old) else ""
        for new, old in zip(now["signatory"], before, strict=True)
    ]  # fmt: skip
    return pd.Series(told, index=now.index, dtype=object).reindex(forms.frame.index, fill_value="")


def _confirmed_late(forms: Forms) -> pd.Series:
    """Where it re-confirms a version after the last day for it."""
    last = {v.version: v.reconfirm_by for v in forms.statement.adopted if v.reconfirm_by}
    until = pd.to_datetime(look_up(forms.frame["version"], last, pd.NaT))
    given = forms.frame["extended"]
    until = until.where(given.isna() | (given < until), given)
    late = forms.frame["confirms"].astype(bool) & (forms.frame["day"] > until)
    return per_day(forms.frame["day"], late, SIGNONS.column("timestamp").title)


def _returns(forms: Forms) -> pd.Series:
    joins = forms.frame["request"].isin(["", "join", "correct"])
    return quote(forms, "email", forms.frame["returns"].astype(bool) & joins)


def _request(forms: Forms, word: str, trusted: bool) -> pd.Series:
    sender = forms.frame["trusted"].astype(bool) == trusted
    return quote(forms, "request", answered(forms, "request", word) & sender)


def _withdraws(forms: Forms) -> pd.Series:
    return _request(forms, "withdraw", trusted=False)


def _corrects(forms: Forms) -> pd.Series:
    return _request(forms, "correct", trusted=False)


def _withdraws_trusted(forms: Forms) -> pd.Series:
    return _request(forms, "withdraw", trusted=True)


def _corrects_trusted(forms: Forms) -> pd.Series:
    return _request(forms, "correct", trusted=True)


RULES = (
    Rule(
        "S401",
        title="The organisation has signed before",
        why="One organisation counts once; a second form is more evidence of its will.",
        remedy="Nothing.",
        severity="note",
        question="The organisation has signed before; this form adds evidence, not a count.",
        sentence="Your organisation had already signed; your form was added to it.",
        reads=("organisation", "website"),
        find=_repeats,
        after=REQUESTS,
        suggestion="accept",
        label="repeat",
    ),
    Rule(
        "S402",
        title="A later form would change what stands",
        why="Contacts, consents and answers of a member change only when the member wants it.",
        remedy="Ask the signatory whom you know; until then nothing changes.",
        severity="hold",
        question="This form would change what the organisation said before. {evidence}. "
        "Does the organisation want that?",
        sentence="Your form differs from what your organisation told us before; "
        "please let its signatory confirm the change.",
        reads=(*STANDS, AGREES),
        find=_changes,
        after=(*INDIVIDUAL, *REQUESTS),
    ),
    Rule(
        "S403",
        title="Somebody asks to withdraw it",
        why="The name is hidden at once; whether the sender may ask for it is checked afterwards.",
        remedy="Write to the signatory whom you know; then withdraw, or keep.",
        severity="hold",
        question="Somebody asks to withdraw the organisation; it is hidden meanwhile. "
        "May they ask for it?",
        sentence="We have taken your organisation off our public lists. "
        "Please let its signatory confirm the withdrawal.",
        reads=("request", "email", "signatory"),
        find=_withdraws,
        needs=("request",),
        suggestion="ask them",
        label="withdrawal",
    ),
    Rule(
        "S404",
        title="Somebody asks to correct it",
        why="Contacts, consents and answers of a member change only when the member wants it.",
        remedy="Compare the two forms; ask the signatory whom you know.",
        severity="hold",
        question="Somebody asks to correct what the organisation sent. May they ask for it?",
        sentence="Thank you for your correction; please let your organisation's signatory "
        "confirm it.",
        reads=("request", "email", "signatory", "contact", *STANDS, AGREES),
        find=_corrects,
        needs=("request",),
        label="correction",
    ),
    Rule(
        "S405",
        title="Its signatory withdraws it",
        why="Who joined may leave, at once and without a reason.",
        remedy="Thank them for the time together, and ask what made them leave.",
        severity="note",
        question="The organisation's own signatory withdraws it.",
        sentence="Your organisation has been withdrawn, as you asked.",
        reads=("request", "email"),
        find=_withdraws_trusted,
        needs=("request",),
        suggestion="withdraw",
        label="withdrawal",
    ),
    Rule(
        "S406",
        title="Its signatory corrects it",
        why="The signatory speaks for the organisation, and Google has verified the address.",
        remedy="Nothing.",
        severity="note",
        question="The organisation's own signatory corrects what it sent.",
        sentence="Your correction holds from now on.",
        reads=("request", "email"),
        find=_corrects_trusted,
        needs=("request",),
        suggestion="accept",
        label="correction",
    ),
    Rule(
        "S407",
        title="It had withdrawn before",
        why="Whoever left comes back only when it wants to, not when somebody says so.",
        remedy="Ask the signatory whom you know whether it wants to join again.",
        severity="hold",
        question="The organisation withdrew before this form came. {evidence}. "
        "Does it want to join again?",
        sentence="Your organisation had withdrawn; "
        "please let its signatory confirm that it joins again.",
        reads=("organisation", "email"),
        find=_returns,
        after=INDIVIDUAL,
        suggestion="ask them",
    ),
    Rule(
        "S408",
        title="It would re-confirm, from an address we don't know",
        why="A new version holds for an organisation when it says so, not when somebody else does.",
        remedy="Ask the signatory whom you know; accept it if the organisation means it.",
        severity="hold",
        question="This form would re-confirm the new version for the organisation. {evidence}. "
        "Does it speak for it?",
        sentence="Please let your organisation's signatory confirm that it agrees to the new "
        "version.",
        reads=("organisation", "email", "agreement"),
        find=_confirms,
        after=(*INDIVIDUAL, *WITHDRAWALS, "S402", "S407"),
        label="re-confirmation",
    ),
    Rule(
        "S409",
        title="A second person signs for it",
        why="A second signatory adds evidence; the first stays until somebody changes it.",
        remedy="Nothing; to change who signs, use Changes (new signatory).",
        severity="note",
        question="Somebody else signs for it than before: {evidence}. The first one stays.",
        sentence="Thank you for signing as well; the first signatory stays the one we name.",
        reads=("signatory",),
        find=_second_signatory,
        needs=("signatory",),
        after=(*INDIVIDUAL, *REQUESTS),
        suggestion="accept",
    ),
    Rule(
        "S412",
        title="It re-confirms after the last day",
        why="Who comes back is welcome; that it was away stays on record.",
        remedy="Nothing.",
        severity="note",
        question="It re-confirms after the last day for it ({evidence}).",
        sentence="Welcome back: your organisation has re-confirmed.",
        reads=("timestamp",),
        find=_confirmed_late,
        after=(*INDIVIDUAL, *WITHDRAWALS),
        suggestion="accept",
        label="return",
    ),
    Rule(
        "S413",
        title="Somebody unknown signs in the name of one that is known",
        why="An organisation that has signed one text joins another when it wants to, not when "
        "somebody says so.",
        remedy="Ask the signatory whom you know whether the organisation signs this one, too.",
        severity="hold",
        question="The organisation has signed another text before, and nobody whom we know from "
        "there sent this form. {evidence}. Does it want to sign this one?",
        sentence="Please let your organisation's signatory confirm that it signs this one, too.",
        reads=("organisation", "email"),
        find=_stranger,
        after=(*INDIVIDUAL, *WITHDRAWALS),
    ),
)
