"""The coordinators' weekly digest, as a page and as plain text that says the same."""

from __future__ import annotations

from dataclasses import replace

from config.words import say
from reports.facts import DigestFacts, Figure
from reports.picture import members_alt
from reports.render import as_html, as_text, harmless
from reports.sections import headline, preheader, reading, sections, troubles
from reports.wording import organisations, sentence, span, week


def digest_html(facts: DigestFacts, picture_cid: str) -> str:
    """The page, complete in itself but for the picture, which the mail carries under that id."""
    return as_html("digest.html", picture=f"cid:{picture_cid}", **_values(harmless(facts)))


def digest_text(facts: DigestFacts) -> str:
    """The same for readers without HTML: the picture in words."""
    return as_text("digest.txt", **_values(harmless(facts)))


def subject(facts: DigestFacts) -> str:
    """Week 41: 41 members (+3), 7 to decide – Coalition name. One line."""
    facts = harmless(facts)
    gained = facts.members - facts.members_before
    members = organisations(facts.members, facts.people)
    if gained:
        members = say(
            "{members} ({change})", members=members, change=f"{gained:+}".replace("-", "−")
        )
    waits = say("{n} to decide", n=facts.to_decide) if facts.to_decide else say("nothing to decide")
    return say(
        "{week}: {members}, {waits} – {coalition}",
        week=week(facts.week_start),
        members=members,
        waits=waits,
        coalition=facts.coalition,
    )


def _values(facts: DigestFacts) -> dict[str, object]:
    return {
        "subject": subject(facts),
        "preheader": preheader(facts),
        "coalition": facts.coalition,
        "week": week(facts.week_start),
        "span": span(facts.week_start, facts.week_end),
        "troubles": troubles(facts),
        "headline": headline(facts),
        "picture_says": members_alt(facts),
        "reading": reading(facts),
        "sections": sections(facts),
        "figures": tuple(map(_number, facts.figures)),
        "results": facts.results,
    }


def _number(figure: Figure) -> Figure:
    """The figure with its reason, where it has one, as a whole sentence."""
    if not figure.why_no_data:
        return figure
    clause = figure.why_no_data.removeprefix(say("no data because {reason}", reason=""))
    return replace(figure, why_no_data=sentence(say("No data because {why}", why=clause)))
