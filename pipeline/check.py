"""Judges every sign-on by the rules: what was found, and what that comes to."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from config.deciding import Eligibility
from config.errors import WrongSettings
from config.settings import RuleSetting
from config.tables import SIGNONS
from config.text import nearest
from config.words import say
from pipeline.rules.applying import BETWEEN_FORMS, Applied, apply
from pipeline.rules.evidence import AGREES, LETTER, WITHDRAWALS
from pipeline.rules.model import Forms, Rule
from pipeline.rules.registry import BY_CODE, RULES

COLUMNS = (
    "at", "key", "code", "severity", "waits_for", "label", "suggestion",
    "evidence", "reason", "sentence",
)  # fmt: skip
WAITING = ("us", "them", "their board")
_NOTHING = (np.array([], dtype=int), np.array([], dtype=object))
_OTHERS_FORMS = ("S4", "S7")
"""Families whose evidence may stand in forms of others."""
CAREFUL_FIRST = ("withdraw", "not accepted", "ask them")
"""Of several suggestions the most careful one is made."""


@dataclass(frozen=True)
class NotApplied:
    """A rule that was not applied, or not to all forms, and why.

    Attributes:
        code: the rule's.
        why: in words that go on after "because".
        failed: it is a fault of the program's; else the coalition's form or settings leave it out.
    """

    code: str
    why: str
    failed: bool = False


@dataclass(frozen=True)
class Findings:
    """What the rules found.

    Attributes:
        frame: a row per finding, sorted by sign-on, holds before notes, then code: `at` (position
            of the sign-on in `Forms.frame`), `key`, `code`, `severity`, `waits_for`, `label`,
            `suggestion`, `evidence`, `reason` (the question, filled in), `sentence`.
        not_applied: the rules that were left out, and those that failed. One whose settings the
            coalition hasn't made isn't among them.
        applied: code → what the rule found per form, echoes and all.
    """

    frame: pd.DataFrame
    not_applied: tuple[NotApplied, ...]
    applied: Mapping[str, Applied]


def judge(
    forms: Forms, settings_rules: Mapping[str, RuleSetting], before: Findings | None = None
) -> Findings:
    """Apply every rule that the form and the settings allow.

    Where a rule fails, the others are applied all the same, and a form on which it fails is held.

    Args:
        forms: what the rules look at.
        settings_rules: how the coalition has set them.
        before: findings on the same forms before it was known which ones repeat another; only
            the rules that look at that are applied again.

    Raises:
        WrongSettings: the settings name a rule that isn't there, or switch off one that must stay.
    """
    _check(settings_rules)
    not_applied = _left_out(forms, settings_rules)
    skipped = {one.code for one in not_applied}
    rules = [
        _as_set(rule, settings_rules)
        for rule in RULES
        if rule.code not in skipped and is_wanted(rule, forms.eligibility)
    ]
    known = before.applied if before else {}
    applied = {
        rule.code: known[rule.code]
        if rule.code in known and not rule.code.startswith(BETWEEN_FORMS)
        else apply(rule, forms)
        for rule in rules
    }
    failed = (NotApplied(c, one.fault, failed=True) for c, one in applied.items() if one.fault)
    frame = _sorted([_told(RULES[0], *_NOTHING, forms), *_parts(rules, applied, forms)])
    return Findings(frame, (*not_applied, *failed), applied)


def _parts(
    rules: Sequence[Rule], applied: Mapping[str, Applied], forms: Forms
) -> Iterator[pd.DataFrame]:
    """The findings of each rule, without echoes and without what tests would be asked."""
    hits = {code: one.evidence != "" for code, one in applied.items()}
    many = len(forms.frame)
    tests = _any((hits[rule.code] for rule in rules if _makes_test(rule)), many)
    for rule in rules:
        echoes = _any((hits[code] for code in rule.after if code in hits), many)
        silent = echoes if _makes_test(rule) else echoes | tests
        if len(at := np.flatnonzero(hits[rule.code] & ~silent)):
            yield _told(rule, at, applied[rule.code].evidence[at], forms)
        if len(at := np.flatnonzero(applied[rule.code].failed_on & ~silent)):
            yield _told(_unchecked(rule), at, np.full(len(at), rule.code, dtype=object), forms)


def is_wanted(rule: Rule, eligibility: Eligibility) -> bool:
    """Whether the coalition has made one of the settings without which nobody asks this."""
    names = [path.removeprefix("eligibility.") for path in rule.wants]
    return not names or any(getattr(eligibility, name) for name in names)


def outcomes(forms: Forms, findings: Findings) -> pd.DataFrame:
    """What the findings come to, before people's decisions; a row per sign-on, same index.

    Columns: `outcome` ("test", "hold" or "accepted"), `labels` (tuple, with "waiting for us",
    "waiting for them", "waiting for their board"), `rules` (tuple of codes, holds first),
    `reasons` and `evidence` (tuples beside `rules`), `questions` (the reasons to hold it alone),
    `sentences` (what the same rules say to whoever signed), `suggestion` (word of To decide for a
    hold, else ""), `facts` (a hash per hold of the answers that its rule reads).
    """
    by_form = _by_form(findings.frame)
    answers = {str(name): column.tolist() for name, column in forms.frame.items()}
    rows = []
    for at in range(len(forms.frame)):
        row = _outcome(by_form[at], forms.form.accept == "reviewed")
        holds = [one["code"] for one in by_form[at] if one["severity"] == "hold"]
        rows.append({**row, "facts": _facts(holds, answers, at)})
    names = (
        "outcome", "labels", "rules", "reasons", "questions", "sentences", "evidence",
        "suggestion", "facts",
    )  # fmt: skip
    columns = {name: [row[name] for row in rows] for name in names}
    return pd.DataFrame(columns, index=forms.frame.index, dtype=object)


def _check(settings_rules: Mapping[str, RuleSetting]) -> None:
    faults = []
    for code, setting in settings_rules.items():
        if code not in BY_CODE:
            like = _meant(code)
            hint = say("did you mean {like}?", like=like) if like else say("see `weaver rules`")
            faults.append(say("rules.{code}: there is no such rule; {hint}", code=code, hint=hint))
        elif code in WITHDRAWALS and setting.severity == "off":
            faults.append(
                say("rules.{code}: a request to withdraw can't be overlooked; "
                    "take 'note' or 'hold'", code=code)
            )  # fmt: skip
    if faults:
        raise WrongSettings(
            say("The rules are set wrongly:"), "weaver.toml, [rules]",
            say("Put each right and run again."), faults,
        )  # fmt: skip


def _meant(code: str) -> str | None:
    """The rule whose code looks most like it; letters that look like digits count as these."""
    digits = code.upper().translate(str.maketrans("OIL", "011"))
    return digits if digits in BY_CODE else nearest(code, BY_CODE, cutoff=0.5)


def _left_out(forms: Forms, settings_rules: Mapping[str, RuleSetting]) -> tuple[NotApplied, ...]:
    asks_points = any(field.startswith(f"{AGREES}_") for field in forms.asked)
    asked = forms.asked | ({AGREES} if asks_points else set())
    left_out = []
    for rule in RULES:
        setting = settings_rules.get(rule.code)
        missing = [_name(need) for need in rule.needs if need not in asked]
        if setting and setting.severity == "off":
            left_out.append(
                NotApplied(rule.code, say("switched off: {reason}", reason=setting.reason))
            )
        elif missing and is_wanted(rule, forms.eligibility):
            why = say("the form doesn't ask: {fields}", fields=", ".join(missing))
            left_out.append(NotApplied(rule.code, why))
    return tuple(left_out)


def _name(field: str) -> str:
    return say("principles and policies") if field == AGREES else SIGNONS.column(field).title


def _unchecked(rule: Rule) -> Rule:
    """What is said of a form on which the rule fails.

    It holds the form if the rule might have held it, or counted it as something else.
    """
    return replace(
        rule,
        severity="hold" if rule.severity == "hold" or rule.label else "note",
        question=say("This form could not be checked by rule {code} ({title}); look at it "
                     "yourself.", code=rule.code, title=rule.title),
        sentence=say("We could not check your form by machine; one of us will look at it."),
        waits_for="us", suggestion="ask them", label="",
    )  # fmt: skip


def _as_set(rule: Rule, settings_rules: Mapping[str, RuleSetting]) -> Rule:
    setting = settings_rules.get(rule.code)
    if setting is None or setting.severity == "off":
        return rule
    return replace(rule, severity=setting.severity)


def _makes_test(rule: Rule) -> bool:
    return rule.label == "test" and rule.severity == "note"


def _any(masks: Iterable[np.ndarray], rows: int) -> np.ndarray:
    found = np.zeros(rows, dtype=bool)
    for mask in masks:
        found |= mask
    return found


def _told(rule: Rule, at: np.ndarray, evidence: np.ndarray, forms: Forms) -> pd.DataFrame:
    """The rule's findings in words, the words made once per distinct evidence."""
    labels = {text: rule.label.format(evidence=text) for text in set(evidence)}
    reasons = {text: say(rule.question, evidence=text) for text in set(evidence)}
    to_them = _to_them(rule)
    sentences = {text: say(to_them, evidence=text) for text in set(evidence)}
    columns = {
        "at": at, "key": forms.frame["key"].to_numpy(dtype=object)[at],
        "code": rule.code, "severity": rule.severity, "waits_for": rule.waits_for,
        "label": [labels[text] for text in evidence], "suggestion": rule.suggestion,
        "evidence": evidence,
        "reason": [reasons[text] for text in evidence],
        "sentence": [sentences[text] for text in evidence],
    }  # fmt: skip
    return pd.DataFrame(columns, columns=list(COLUMNS)).astype(
        {column: object for column in COLUMNS if column != "at"}
    )


def _to_them(rule: Rule) -> str:
    """The sentence for the signatory; what was found in other forms is nobody's business there."""
    if rule.compares or rule.code.startswith(_OTHERS_FORMS):
        return rule.sentence.replace(" {evidence}.", "")
    return rule.sentence


def _sorted(parts: list[pd.DataFrame]) -> pd.DataFrame:
    # "hold" comes before "note" in the alphabet, too.
    return pd.concat(parts).sort_values(["at", "severity", "code"], ignore_index=True)


def _by_form(found: pd.DataFrame) -> Mapping[int, list[dict[str, str]]]:
    """The findings of each sign-on, by its position."""
    by_form: dict[int, list[dict[str, str]]] = defaultdict(list)
    texts = [name for name in COLUMNS if name != "at"]
    rows = zip(*(found[name].tolist() for name in texts), strict=True)
    for at, row in zip(found["at"].tolist(), rows, strict=True):
        by_form[at].append(dict(zip(texts, row, strict=True)))
    return by_form


def _outcome(found: list[dict[str, str]], reviewed: bool) -> dict[str, object]:
    """One sign-on's row, from its findings."""
    holds = [one for one in found if one["severity"] == "hold"]
    test = any(one["label"] == "test" and one["severity"] == "note" for one in found)
    waits_for_a_yes = reviewed and not test and not holds
    waiting = {one["waits_for"] for one in holds} | ({"us"} if waits_for_a_yes else set())
    labels = {one["label"]: None for one in sorted(found, key=lambda one: one["code"])}
    review = [say("Every sign-on waits for a coordinator's yes. Accept it?")] * waits_for_a_yes
    return {
        "outcome": "test" if test else "hold" if waiting else "accepted",
        "labels": (
            *(label for label in labels if label),
            *(f"waiting for {whom}" for whom in WAITING if whom in waiting),
        ),
        "rules": tuple(one["code"] for one in found),
        "reasons": (*review, *(one["reason"] for one in found)),
        "questions": (*review, *(one["reason"] for one in holds)),
        "sentences": tuple(dict.fromkeys(one["sentence"] for one in holds)),
        "evidence": tuple(one["evidence"] for one in found),
        "suggestion": _suggestion(holds, waits_for_a_yes),
    }


def _suggestion(holds: list[dict[str, str]], waits_for_a_yes: bool) -> str:
    words = [one["suggestion"] for one in holds] or (["accept"] if waits_for_a_yes else [])
    return next((word for word in CAREFUL_FIRST if word in words), words[0] if words else "")


def _facts(codes: list[str], answers: Mapping[str, list[object]], at: int) -> str:
    """`S105:` and a hash of the answers that the rule reads, per rule; blanks don't count.

    One hash per rule, so that a rule that falls silent takes nothing from a decision.
    """
    known = {BY_CODE[code].continues or code: _answers_hash(code, answers, at) for code in codes}
    return " ".join(f"{code}:{facts}" for code, facts in sorted(known.items()))


def _answers_hash(code: str, answers: Mapping[str, list[object]], at: int) -> str:
    fields = sorted({c for field in BY_CODE[code].reads for c in _columns(field, answers)})
    pairs = [(field, _plain(answers[field][at])) for field in fields]
    told = [pair for pair in pairs if pair[1] not in ("", [])]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:12]


def _columns(field: str, answers: Mapping[str, list[object]]) -> list[str]:
    if field == "timestamp":
        return ["received", "time_problem"]
    if field == AGREES:
        return [column for column in answers if column.startswith((f"{AGREES}_", LETTER))]
    return [field]


def _plain(value: object) -> object:
    """A cell as JSON can hold it."""
    if isinstance(value, (tuple, list)):
        return [_plain(one) for one in value]
    if isinstance(value, pd.Timestamp):
        return value.isoformat()
    return "" if value is None or value is pd.NaT or value != value else str(value)
