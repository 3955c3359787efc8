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
RULES: tuple[Rule, ...] = tuple(
    sorted((rule for family in FAMILIES for rule in family.RULES), key=lambda rule: rule.code)
)
BY_CODE: dict[str, Rule] = {rule.code: rule for rule in RULES}
