"""Every rule there is."""

from __future__ import annotations

from pipeline.rules import (
    s0_form,
    s1_parallel,
    s1_statement,
    s2_authority,
    s2_signatory,
    s3_eligibility,
    s3_organisation,
    s3_politics,
    s4_duplicates,
    s4_people,
    s5_dates,
    s6_consent,
    s7_abuse,
)
from pipeline.rules.model import Rule

FAMILIES = (
    (s0_form,),
    (s1_statement, s1_parallel),
    (s2_signatory, s2_authority),
    (s3_organisation, s3_eligibility, s3_politics),
    (s4_duplicates, s4_people),
    (s5_dates,),
    (s6_consent,),
    (s7_abuse,),
)
"""The modules of each family, by its number."""
TITLES = {
    "S0": "Form and data", "S1": "Statement, principles and policies",
    "S2": "Signatory and authority", "S3": "Organisation and eligibility",
    "S4": "Duplicates and relations", "S5": "Dates and life cycle",
    "S6": "Consent and listing", "S7": "Abuse",
}  # fmt: skip
"""Family → what its rules are about."""
RULES: tuple[Rule, ...] = tuple(
    sorted(
        (rule for family in FAMILIES for module in family for rule in module.RULES),
        key=lambda rule: rule.code,
    )
)
BY_CODE: dict[str, Rule] = {rule.code: rule for rule in RULES}
