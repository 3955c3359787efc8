"""What the adoption of a draft would mean, by asking the facts as if it had been adopted."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from config.raw import Scalar
from config.statement import Statement, Version
from config.words import count, say
from pipeline.confirming import LEAVES, OBJECTS
from pipeline.feedback import CHANGED, NEVER, STRICTNESS, Feedback, answers, on
from pipeline.model import Result
from pipeline.sorting import by_name
from pipeline.standing import MEMBER, Facts

UNAFFECTED, ASKED, NOT_ASKED = "unaffected", "must re-confirm", "is not asked"


@dataclass(frozen=True)
class Figures:
    """The public figure on a day: members, of them named in public, and counted unnamed."""

    day: dt.date
    members: int
    named: int

    @property
    def unnamed(self) -> int:
        """Members whose name isn't shown."""
        return self.members - self.named


@dataclass(frozen=True)
class Line:
    """What it means for one organisation.

    Attributes:
        organisation_id, name: whom.
        today: its standing now.
        effect: "unaffected", "must re-confirm" or "is not asked".
        why: it is not asked; "" else.
        by: the last day to re-confirm; None where it isn't asked or none is set.
        silent: what becomes of it after that day without an answer; "" where it isn't asked.
        feedback: what it said about signing the draft.
    """

    organisation_id: str
    name: str
    today: str
    effect: str
    why: str
    by: dt.date | None
    silent: str
    feedback: str


@dataclass(frozen=True)
class Preview:
    """What would happen.

    Attributes:
        draft: that is adopted.
        day: of its adoption.
        lines: one per organisation, by name.
        on_adoption: the figure at the end of that day.
        after: on the day after the last day to re-confirm, if nobody answers; None where no such
            day is set.
        lapsed: on the same day, once the coalition has let those lapse who stayed silent; None
            where silence doesn't mean that they leave.
        lacking: facts that its file must have before it can be adopted.
    """

    draft: Version
    day: dt.date
    lines: tuple[Line, ...]
    on_adoption: Figures
    after: Figures | None
    lapsed: Figures | None
    lacking: tuple[str, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        """Effect → how many organisations."""
        return Counter(line.effect for line in self.lines)


def previewed(statement: Statement) -> Version | None:
    """The draft of which a preview is given: the newest to be re-confirmed, else the newest."""
    asks = [draft for draft in statement.drafts if draft.change == "must-re-confirm"]
    return asks[-1] if asks and statement.adopted else statement.newest_draft


def preview(result: Result, day: dt.date | None = None) -> Preview | None:
    """The preview for the main statement; None where it has no draft.

    Args:
        result: of a run.
        day: of the adoption; by default the day planned for it, or today where that is over.
    """
    statement = result.statements[0]
    draft = previewed(statement)
    if draft is None:
        return None
    day = day or max(draft.planned_on or result.today, result.today)
    adopted = statement.if_adopted(draft, day)
    facts = result.under(adopted)
    done = adopted.named(draft.version) or draft
    asks = done in adopted.material[1:]
    return Preview(
        draft=draft,
        day=day,
        lines=tuple(_lines(result, facts, done if asks else None, draft, day)),
        on_adoption=_figures(facts, day),
        **_afterwards(facts, done if asks else None, day),
        lacking=tuple(_lacking(draft, day)) if asks else (),
    )


def _afterwards(facts: Facts, draft: Version | None, day: dt.date) -> dict[str, Figures | None]:
    """The figures on the day after the last day to re-confirm, if nobody answers."""
    if draft is None or draft.reconfirm_by is None or draft.reconfirm_by < day:
        return {"after": None, "lapsed": None}
    first = draft.reconfirm_by + dt.timedelta(days=1)
    leave = _figures(_lapsing(facts, draft, first), first) if draft.silence == LEAVES else None
    return {"after": _figures(facts, first), "lapsed": leave}


def _figures(facts: Facts, day: dt.date) -> Figures:
    members = facts.members(day)
    return Figures(day, len(members), sum(facts.listing(i, day).listed for i in members))


def _lapsing(facts: Facts, draft: Version, day: dt.date) -> Facts:
    """The facts if the coalition decided that day that those lapse who stayed silent."""
    terms = facts.terms
    spans = {**terms.lapsing, draft.version: [(day, None)]}
    return facts.with_terms(replace(terms, lapsing=spans))


def _lines(
    result: Result, facts: Facts, asks: Version | None, draft: Version, day: dt.date
) -> Iterator[Line]:
    said: dict[str, list[Feedback]] = {}
    for each in on(result.feedback, result.statements[0], draft):
        said.setdefault(each.organisation_id, []).append(each)
    for row in by_name(result.organisations).to_dict("records"):
        home = row["id"]
        effect, why = _effect(facts, home, asks, day)
        asked = effect == ASKED and asks is not None
        by = facts.terms.deadline(asks, home, day) if asks and asked else None
        silent = _silent(facts, home, asks, by) if asks and asked else ""
        yield Line(
            home, row["name"], row["standing"], effect, why, by, silent,
            in_words(said.get(home, ())),
        )  # fmt: skip


def _effect(facts: Facts, home: str, asks: Version | None, day: dt.date) -> tuple[str, str]:
    """What it means, and why it isn't asked."""
    if asks is None:
        return UNAFFECTED, ""
    standing = facts.standing(home, day).standing
    if standing not in MEMBER:
        pending = standing == "pending"
        return NOT_ASKED, (
            say("a question about it is open") if pending
            else say("its standing is {standing}", standing=standing)
        )  # fmt: skip
    missing = facts.terms.missing(facts.agreed(home, day), day)
    return (ASKED, "") if asks in missing else (UNAFFECTED, "")


def _silent(facts: Facts, home: str, draft: Version, by: dt.date | None) -> str:
    """What becomes of an organisation that doesn't answer."""
    if by is None or draft.silence is None:
        return say("the draft doesn't say yet")
    first = by + dt.timedelta(days=1)
    if _lapsing(facts, draft, first).standing(home, first).standing == "lapsed":
        return say("leaves, once the coalition has decided it")
    if draft.silence == OBJECTS:
        return say("stays: it is taken to agree until it objects")
    before = facts.agreed(home, by)
    old = before[-1] if before and before[-1] else say("before")
    return say("stays, under version {version}", version=old)


def _lacking(draft: Version, day: dt.date) -> Iterator[str]:
    if draft.reconfirm_by is None:
        yield say("reconfirm_by: the last day to re-confirm")
    elif draft.reconfirm_by < day:
        yield say("reconfirm_by: a day after the adoption; {day} lies before it",
                  day=draft.reconfirm_by)  # fmt: skip
    if draft.silence is None:
        yield say("silence: what becomes of those who don't answer")


def in_words(feedback: Sequence[Feedback]) -> str:
    """What one organisation said about signing the draft; "" where it said nothing."""
    strictest = max(answers(feedback).values(), key=STRICTNESS.index, default="")
    if not strictest:
        return ""
    words = {NEVER: say("would not sign"), CHANGED: say("would sign with a change")}
    told = words.get(strictest, say("would sign as is"))
    still = sum(each.red_line for each in feedback)
    lines = count(still, "{n} open red line", "{n} open red lines")
    return f"{told} ({lines})" if still else told


def if_adopted_rows(found: Preview) -> Iterator[tuple[Scalar, ...]]:
    """The rows of the tab If adopted."""
    for line in found.lines:
        effect = f"{say(line.effect)} ({line.why})" if line.why else say(line.effect)
        yield (
            line.organisation_id, line.name, line.today, effect, line.by, line.silent,
            line.feedback,
        )  # fmt: skip


def in_short(found: Preview) -> str:
    """How many must act, and the public figure before and after."""
    counts = found.counts
    told = [
        say("Version {version} adopted on {day}: {n} unaffected, {m} must re-confirm, {k} not "
            "asked.", version=found.draft.version, day=found.day, n=counts[UNAFFECTED],
            m=counts[ASKED], k=counts[NOT_ASKED]),
        say("That day {figure}.", figure=figure(found.on_adoption)),
    ]  # fmt: skip
    if found.after:
        told.append(
            say("On {day}, if nobody answers, {figure}.", day=found.after.day,
                figure=figure(found.after))
        )  # fmt: skip
    if found.lapsed:
        told.append(
            say("Once the coalition has let them lapse, {figure}.", figure=figure(found.lapsed))
        )
    return " ".join(told)


def figure(found: Figures) -> str:
    """ "60 are counted (55 named, 5 unnamed)"."""
    return count(found.members, "{n} is counted", "{n} are counted") + say(
        " ({named} named, {unnamed} unnamed)", named=found.named, unnamed=found.unnamed
    )
