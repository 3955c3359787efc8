"""Every rule there is."""

from __future__ import annotations

from pipeline.rules import (
    s0_form,
    s1_statement,
    s2_signatory,
    s3_organisation,
    s4_duplicates,
    s5_dates,
    s6_consent,
    s7_abuse,
)
from pipeline.rules.model import Rule

FAMILIES = (
    s0_form, s1_statement, s2_signatory, s3_organisation,
    s4_duplicates, s5_dates, s6_consent, s7_abuse,
)  # fmt: skip
TITLES = {
    "S0": "Form and data", "S1": "Statement, principles and policies",
    "S2": "Signatory and authority", "S3": "Organisation and eligibility",
    "S4": "Duplicates and relations", "S5": "Dates and life cycle",
    "S6": "Consent and listing", "S7": "Abuse",
}  # fmt: skip
"""Family → what its rules are about."""
RULES: tuple[Rule, ...] = tuple(
    sorted((rule for family in FAMILIES for rule in family.RULES), key=lambda rule: rule.code)
)
BY_CODE: dict[str, Rule] = {rule.code: rule for rule in RULES}
