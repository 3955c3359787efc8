"""The registries as lists and as pages of the documentation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from config.deciding import Eligibility
from config.settings import RuleSetting
from config.tables import BY_NAME, SIGNONS
from config.words import say
from pipeline.aiming import RULE
from pipeline.check import is_wanted
from pipeline.dials import DIALS, SIDES
from pipeline.example_words import example_words
from pipeline.metrics.model import Metric
from pipeline.metrics.registry import BY_CODE, COMPUTED, METRICS
from pipeline.metrics.wanting import WANTING
from pipeline.rules.evidence import AGREES, FORM_TEXT
from pipeline.rules.examples import examples_of
from pipeline.rules.model import Rule
from pipeline.rules.registry import RULES, TITLES

_MADE = "This page is made by `weaver {command} --markdown`; change the declarations, not the page."
_SEVERITIES = (
    "A finding of severity *hold* asks a person; a *note* is only said. A coalition changes "
    'either under `[rules.S206]` in `weaver.toml`, with a `severity` ("hold", "note" or "off") '
    "and a `reason`, which is printed."
)
_EXAMPLES = (
    "The examples say what a form answered and what comes of it; whatever they don't mention is "
    "in good order. The form is of 2026-05-01, and it is 2026-06-01. What stands first in code "
    "style is how the coalition has set it under `[eligibility]` (or its form, under `[[form]]`). "
    "The same examples are the tests of the rules."
)
_NOT_COUNTED = (
    "The dictionary of coalitions' numbers has these too, but no tab holds what they need."
)
_DIALS = (
    "Each dial is the mean of the shares behind it that have data, from 0 to 100, turned so that "
    "more is better. No dial comes before another: a coalition can be high on one and low on the "
    "next. The two sides below them have no reading; they stand beside each other."
)
_NO_DATA = (
    "A number without its data says why; one whose tabs nobody uses isn't shown. "
    "Ratios are shown as so many of so many."
)


def rules(
    settings: Mapping[str, RuleSetting], eligibility: Eligibility | None = None
) -> list[dict[str, Any]]:
    """Every rule as `weaver rules --json` prints it.

    Args:
        settings: how the coalition has set the rules.
        eligibility: which organisations may join; None where no coalition is looked at.
    """
    return [
        {
            "code": rule.code,
            "title": rule.title,
            "severity": settings[rule.code].severity if rule.code in settings else rule.severity,
            "set_because": settings[rule.code].reason if rule.code in settings else "",
            "why": rule.why,
            "remedy": rule.remedy,
            "waits_for": rule.waits_for,
            "question": rule.question,
            "sentence": rule.sentence,
            "reads": list(rule.reads),
            "after": list(rule.after),
            "wants": list(rule.wants),
            "applied": _is_applied(rule, settings, eligibility),
            "examples": [
                {
                    "settings": one.set_as,
                    "forms": one.forms,
                    "rules": [sorted(codes) for codes in one.codes],
                    "words": example_words(one, rule.severity),
                }
                for one in examples_of(rule.code)
            ],
        }
        for rule in RULES
    ]


def _is_applied(
    rule: Rule, settings: Mapping[str, RuleSetting], eligibility: Eligibility | None
) -> bool:
    """Whether the settings leave the rule in; the form may leave it out all the same."""
    off = rule.code in settings and settings[rule.code].severity == "off"
    return not off and (eligibility is None or is_wanted(rule, eligibility))


def metrics() -> list[dict[str, Any]]:
    """Every metric that is counted, as `weaver metrics --json` prints it."""
    return [
        {
            "code": metric.code,
            "title": metric.title,
            "phase": metric.phase,
            "definition": metric.definition,
            "unit": metric.unit,
            "better": metric.better,
            "needs": list(metric.needs),
            "uses": list(metric.uses),
            "source": metric.source,
            "reported": metric.reported,
            "by": list(metric.by),
            "lacks": "",
        }
        for metric in METRICS
    ]


def wanting() -> list[dict[str, Any]]:
    """Numbers of the dictionary that no table of Weaver's can give, in the same shape."""
    return [
        {
            "code": one.code,
            "title": one.title,
            "phase": one.phase,
            "definition": say("Not counted; needs: {lacks}.", lacks=one.lacks),
            "unit": "",
            "better": "",
            "needs": [],
            "uses": [],
            "source": "",
            "reported": False,
            "by": [],
            "lacks": one.lacks,
        }
        for one in WANTING
    ]


def rules_markdown() -> str:
    """docs/rules.md"""
    parts = [
        "# Rules",
        _MADE.format(command="rules"),
        _SEVERITIES,
        _EXAMPLES,
    ]
    for family, title in TITLES.items():
        parts.append(f"## {family}: {title}")
        parts += [_rule_text(rule) for rule in rules({}) if rule["code"].startswith(family)]
    return "\n\n".join(parts)


def metrics_markdown() -> str:
    """docs/metrics.md"""
    parts = [
        "# Numbers",
        _MADE.format(command="metrics"),
        _NO_DATA,
    ]
    for phase in dict.fromkeys(metric.phase for metric in METRICS):
        parts.append(f"## {phase}")
        parts += [_metric_text(metric) for metric in METRICS if metric.phase == phase]
    parts += ["## Not counted", _NOT_COUNTED]
    parts.append("\n".join(f"- {one.code} {one.title}: needs {one.lacks}." for one in WANTING))
    parts += ["## Targets", RULE, "## Where we stand", _DIALS, *_dial_lines()]
    return "\n\n".join(parts)


def _rule_text(rule: Mapping[str, Any]) -> str:
    reads = ", ".join(_question(field) for field in rule["reads"])
    lines = [
        f"### {rule['code']} {rule['title']}",
        f"*{rule['severity']}*. {rule['why']}",
        f"- Asks the coordinator: {rule['question']}",
        f"- Says to the signatory: {rule['sentence']}",
        f"- What to do: {rule['remedy']}",
        f"- Reads: {reads}",
    ]
    wants = " or ".join(f"`{path}`" for path in rule["wants"])
    after = ", ".join(rule["after"])
    lines += [f"- Asked only where the coalition has set {wants}"] if wants else []
    lines += [f"- Silent after: {after}"] if after else []
    return "\n".join([*lines, "- Examples:", *(f"  - {one['words']}" for one in rule["examples"])])


def _metric_text(metric: Metric) -> str:
    better = {"up": "; more is better", "down": "; less is better"}.get(metric.better, "")
    lines = [
        f"### {metric.code} {metric.title}",
        metric.definition,
        f"- Unit: {metric.unit}{better}",
        f"- Needs: {_columns(metric.needs)}",
    ]
    lines += [f"- Uses, where there: {_columns(metric.uses)}"] if metric.uses else []
    if metric.by:
        lines.append(f"- Also by {', '.join(metric.by)}")
    if metric.dated:
        lines.append("- Counted again for earlier months, so that a later difference is shown")
    lines += [] if metric.reported else ["- Kept out of reports; in exports only"]
    return "\n".join([*lines, f"- Recommended by: {metric.source}"])


def _dial_lines() -> list[str]:
    return [
        "\n".join(
            f"- {title}: " + ", ".join(f"{code} {BY_CODE[code].title}" for code in codes)
            for title, codes in kind.values()
        )
        for kind in (DIALS, SIDES)
    ]


def _question(field: str) -> str:
    named = {AGREES: "principles and policies", FORM_TEXT: "what the form showed"}
    return named.get(field) or SIGNONS.column(field).title


def _columns(fields: Sequence[str]) -> str:
    return ", ".join(_named(fields)) or "nothing beyond the sign-ons"


def _named(fields: Iterable[str]) -> Iterable[str]:
    for field in fields:
        table, _, name = field.partition(".")
        if table in COMPUTED:
            yield f"{table}: {name.replace('_', ' ')}"
        else:
            yield f"{BY_NAME[table].title}: {BY_NAME[table].column(name).title}"
