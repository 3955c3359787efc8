"""What a rule is, what it may look at, and what it finds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from config.deciding import Eligibility
from config.settings import Form
from config.statement import Statement

Severity = Literal["hold", "note"]
WaitsFor = Literal["us", "them", "their board"]


@dataclass(frozen=True)
class Forms:
    """What rules look at: every sign-on, with what is known about it.

    Attributes:
        frame: the frame of `intake.model.SignOns`, and per row
            `key`, `day` (datetime64[ns], the coalition's day; NaT when the time is unknown),
            `version` (that it agreed to; "" when none), `version_by` (how that is known: "shown
            in the form", "its question", "the day", ""), `drift` (how the text that the form
            showed differs from that version, in words; "" where it doesn't),
            `late` ("late" after the day asked for, "closed" after the last day, ""),
            `domain` (registrable domain of the website, "" when blank or a shared host),
            `mail_domain` (registrable domain of the address, "" when blank),
            `free_mail` (bool: the address is at a provider of personal mail),
            `folded` (name folded for comparison), `organisation_id`,
            `repeat` (bool: an earlier form of the same organisation stands),
            `repeat_key` (key of that earlier form, ""),
            `returns` (bool: the organisation had withdrawn before this form came, and nobody whom
            it had trusted sent it),
            `trusted` (bool: Google verified the address and it is an accepted signatory's),
            `stranger` (bool: the organisation has signed another statement, and nobody known
            sent this one),
            `confirms` (bool: it agrees to a newer substance than the organisation had), `extended`
            (the last day to re-confirm that the organisation was given).
        asked: fields that the form asks.
        statement: with all its versions.
        form: how the form is to be read.
        today: the coalition's day.
        eligibility: which organisations may join.
    """

    frame: pd.DataFrame
    asked: frozenset[str]
    statement: Statement
    form: Form
    today: dt.date
    eligibility: Eligibility = field(default_factory=Eligibility)


@dataclass(frozen=True)
class Rule:
    """One declaration with many uses: To decide, the mail to a signatory, explain, docs.

    Attributes:
        code: `S` and three digits; never changes meaning.
        title: what is wrong, in a few words.
        why: why it matters to a coalition, in a sentence.
        remedy: what a coordinator can do about it.
        severity: "hold" asks a person; "note" is only said.
        waits_for: who has to move, where it holds.
        question: for the coordinator; may contain {evidence}.
        sentence: for the signatory; may contain {evidence}.
        reads: fields of the sign-on (columns of `config.tables.SIGNONS`; "agrees" for
            all principles and policies) whose change reopens a decision.
        needs: those of them that the form must ask; else the rule isn't applied.
        after: codes whose finding on the same sign-on silences this one.
        wants: settings such as "eligibility.kinds"; where none of them is set, the coalition
            doesn't ask this, and the rule isn't applied.
        find: gives, per row of `Forms.frame`, the evidence as text, "" where there is nothing.
        suggestion: the word of To decide that Weaver would pick.
        label: a label that the finding puts on the sign-on ("individual", "late", ...); may be
            "{evidence}".
        continues: code of the rule whose question this one goes on asking, under another face of
            the same answers: who decided on that one has decided on this one.
        compares: it compares forms with each other, so that no form can be judged alone.
    """

    code: str
    title: str
    why: str
    remedy: str
    severity: Severity
    question: str
    sentence: str
    reads: tuple[str, ...]
    find: Callable[[Forms], pd.Series]
    needs: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    waits_for: WaitsFor = "us"
    suggestion: str = "ask them"
    label: str = ""
    wants: tuple[str, ...] = ()
    continues: str = ""
    compares: bool = False
