"""What the digest says, section by section, in sentences. Layout is the templates' affair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from config.text import shorten
from config.words import count, say
from reports.facts import DigestFacts, Due, Goal, Matter, Moved, Read, Told
from reports.folding import MOST_LINES, capped, folded, more
from reports.render import name
from reports.wording import names, near, organisations, sentence, short_day, versus, weekday

MOST_READ = 8
"""Of more tabs and forms than that, the sign-ons alone are told by name."""
_WHAT_LIMIT, _WHY_LIMIT, _TITLE_LIMIT = 160, 240, 80


@dataclass(frozen=True)
class Item:
    """One entry of a section: a strong beginning and what is to say about it."""

    head: str
    body: str = ""


@dataclass(frozen=True)
class Section:
    """A heading, sentences, and entries; `listing` is the line above numbered entries."""

    title: str
    sentences: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    listing: str = ""


def troubles(facts: DigestFacts) -> tuple[str, ...]:
    """What could not be read, and that these are quiet days: they come before everything else."""
    lines = [_trouble(one) for one in facts.read if one.problem]
    return (*capped(lines, [facts.titles.to_fix] * len(lines)), *facts.quiet)


def _trouble(one: Read) -> str:
    problem = sentence(shorten(one.problem, 2 * _WHY_LIMIT))
    what = shorten(one.what, _TITLE_LIMIT)
    return say("{what} could not be read: {problem}", what=what, problem=problem)


def headline(facts: DigestFacts) -> str:
    """41 members (of which 9 chapters of 3 parents), 3 more than a week ago; 38 on the list."""
    if not facts.members and not facts.members_before:
        members = say("No {people} yet", people=facts.people)
    else:
        members = say(
            "{members}{chapters}, {change}",
            members=organisations(facts.members, facts.people),
            chapters=_chapters(facts),
            change=versus(facts.members, facts.members_before, say("a week ago")),
        )
    if not facts.listed:
        return say("{members}; nobody on the public list.", members=members)
    return say("{members}; {n} on the public list.", members=members, n=facts.listed)


def _chapters(facts: DigestFacts) -> str:
    if not facts.chapters:
        return ""
    parts = count(facts.chapters, "of which {n} chapter", "of which {n} chapters")
    wholes = count(facts.parents, "of {n} parent", "of {n} parents")
    return f" ({parts} {wholes})"


def reading(facts: DigestFacts) -> str:
    """What was read, as of when, and what was set aside."""
    read = _all_read([one for one in facts.read if not one.problem])
    parts = [
        say("Read as of {day}: {what}.", day=short_day(facts.as_of), what="; ".join(read))
        if read
        else say("Nothing could be read on {day}.", day=short_day(facts.as_of))
    ]
    if facts.to_fix:
        things = count(facts.to_fix, "{n} thing to put right is", "{n} things to put right are")
        parts.append(
            say("{things} listed in the tab {tab} of {file}.", things=things,
                tab=facts.titles.to_fix, file=facts.results)
        )  # fmt: skip
    return " ".join(parts)


def _all_read(read: Sequence[Read]) -> list[str]:
    """Each by name; where there are many, the first, which are the sign-ons, and the rest."""
    if len(read) <= MOST_READ:
        return [_read(one) for one in read]
    rest = read[1:]
    what = say("{n} more tabs and forms", n=len(rest))
    rows, aside = sum(one.rows for one in rest), sum(one.set_aside for one in rest)
    return [_read(read[0]), _read(Read(what, rows, aside))]


def _read(one: Read) -> str:
    rows = count(one.rows, "{n} row", "{n} rows")
    if one.set_aside:
        rows = say("{rows}, {n} set aside", rows=rows, n=one.set_aside)
    return say("{what} ({rows})", what=shorten(one.what, _TITLE_LIMIT), rows=rows)


def sections(facts: DigestFacts) -> tuple[Section, ...]:
    """Everything between the picture and the numbers, in the order in which it matters."""
    made = (
        _public_list(facts),
        _left(facts),
        _to_decide(facts),
        _coming(facts),
        _promises(facts),
        _goals(facts),
        _standing(facts),
        Section(say("Whom to introduce?"), items=tuple(map(Item, facts.introductions))),
        Section(say("Whom to call?"), items=tuple(map(Item, facts.asks))),
        Section(say("Something odd"), _told(facts.odd)),
        Section(say("Something good to share"), _told(facts.good)),
    )
    return tuple(one for one in made if one.sentences or one.items)


def _items(items: Sequence[Item], tabs: Sequence[str]) -> tuple[Item, ...]:
    return (*items[:MOST_LINES], *map(Item, more(tabs)))


def _told(lines: Sequence[Told]) -> tuple[str, ...]:
    return capped([sentence(one.text) for one in lines], [one.tab for one in lines])


def _public_list(facts: DigestFacts) -> Section:
    joined, tab = tuple(one.organisation for one in facts.joined), facts.titles.who_has_signed
    items = (
        Item(say("Newly listed"), folded(facts.newly_listed, tab)),
        Item(say("Taken off"), folded(facts.taken_off, tab)),
        Item(say("New {people} this week", people=facts.people), folded(joined, tab)),
        Item(say("All who are named"), folded(facts.public_list, tab)),
    )
    return Section(say("The public list"), (_named(facts),), tuple(i for i in items if i.body))


def _named(facts: DigestFacts) -> str:
    if not facts.listed:
        return say("Nobody is named in public: it takes the signer's and a coordinator's yes.")
    named = count(
        facts.listed,
        "{n} organisation is named in public.",
        "{n} organisations are named in public.",
    )
    if facts.newly_listed or facts.taken_off:
        return named
    return say("{named} Nothing on the list changed this week.", named=named)


def _left(facts: DigestFacts) -> Section:
    title = say("Who left")
    if not facts.left:
        return Section(title, (say("Nobody left this week."),))
    tabs = [facts.titles.who_has_signed] * len(facts.left)
    return Section(title, items=_items([_moved(one) for one in facts.left], tabs))


def _moved(one: Moved) -> Item:
    what = say("{what} on {day}", what=one.what, day=short_day(one.on))
    return Item(name(one.organisation), sentence(what))


def _to_decide(facts: DigestFacts) -> Section:
    title, drafts = say("To decide"), _drafts(facts)
    if not facts.to_decide:
        return Section(title, (say("Nothing waits for a decision."), *drafts))
    waits = count(
        facts.to_decide, "{n} matter waits for a decision.", "{n} matters wait for a decision."
    )
    said = waits if facts.oldest is None else f"{waits} {_oldest(facts.oldest, facts)}"
    return Section(title, (said, *drafts), tuple(map(_matter, facts.gravest)), _gravest(facts))


def _drafts(facts: DigestFacts) -> tuple[str, ...]:
    """Mail that waits for somebody's yes, if any does."""
    if not facts.drafts:
        return ()
    return (count(facts.drafts, "{n} mail to members waits for your yes in the tab {tab}.",
                  "{n} mails to members wait for your yes in the tab {tab}.",
                  tab=facts.titles.mail_waiting),)  # fmt: skip


def _gravest(facts: DigestFacts) -> str:
    """The line above the gravest matters; none where there is only one."""
    shown = len(facts.gravest)
    if shown < 2:
        return ""
    if shown == facts.to_decide:
        return say("The gravest first:")
    return say("The three gravest:") if shown == 3 else say("The {n} gravest:", n=shown)


def _oldest(matter: Matter, facts: DigestFacts) -> str:
    waiting = (facts.as_of - matter.since).days
    if waiting < 1:
        return say("All of it came up today.")
    since = near(matter.since, facts.as_of)
    days = count(waiting, "{n} day", "{n} days")
    return say(
        "The oldest has waited {days}, since {since}: {organisation}.",
        days=days,
        since=since,
        organisation=name(matter.organisation),
    )


def _matter(matter: Matter) -> Item:
    what = shorten(matter.what, _WHAT_LIMIT)
    head = say("{organisation}: {what}", organisation=name(matter.organisation), what=what)
    body = sentence(shorten(matter.why, _WHY_LIMIT)) if matter.why else ""
    if matter.suggestion:
        suggestion = shorten(matter.suggestion, _WHAT_LIMIT)
        suggestion = say("We suggest: {suggestion}.", suggestion=suggestion)
        body = f"{body} {suggestion}".strip()
    return Item(head, body)


def _coming(facts: DigestFacts) -> Section:
    title = say("Next seven days")
    if not facts.coming:
        return Section(title, (say("Nothing has a date in the next seven days."),))
    items = [Item(weekday(one.on), _due(one)) for one in facts.coming]
    return Section(title, items=_items(items, [one.tab for one in facts.coming]))


def _promises(facts: DigestFacts) -> Section:
    title = say("Promises due")
    if not facts.promises:
        return Section(title, (say("No promise is due."),))
    items = [_promise(one, facts) for one in facts.promises]
    tabs = [one.tab for one in facts.promises]
    return Section(title, (_how_many(facts.promises),), _items(items, tabs))


def _how_many(promises: Sequence[Due]) -> str:
    late = sum(one.overdue for one in promises)
    if late == len(promises):
        return count(late, "{n} promise is overdue.", "{n} promises are overdue.")
    due = count(len(promises), "{n} promise is due", "{n} promises are due")
    return say("{due}, {late} of them overdue.", due=due, late=late) if late else sentence(due)


def _promise(one: Due, facts: DigestFacts) -> Item:
    pattern = say("Overdue since {day}") if one.overdue else say("By {day}")
    return Item(pattern.format(day=near(one.on, facts.as_of)), _due(one))


def _goals(facts: DigestFacts) -> Section:
    tabs = [facts.titles.numbers] * len(facts.goals)
    return Section(say("Our targets"), items=_items([_goal(g) for g in facts.goals], tabs))


def _goal(one: Goal) -> Item:
    by = say(" by {day}", day=short_day(one.by)) if one.by else ""
    told = say("{value}; the target is {goal}{by}: {status}.", value=one.value, goal=one.goal,
               by=by, status=one.status)  # fmt: skip
    return Item(one.title, f"{told} {one.why}".strip())


def _standing(facts: DigestFacts) -> Section:
    """The dials beside each other, none before another; then the cause and what was built."""
    read = [
        say("{title} {value} of 100", title=one.title, value=round(one.value))
        + (say(" ({moved})", moved=one.moved) if one.moved else "")
        for one in facts.readings
    ]
    told = (sentence(", ".join(read)),) if read else ()
    return Section(say("Where we stand"), told, tuple(Item(*side) for side in facts.sides))


def _due(one: Due) -> str:
    """What (who); a row may lack one of the two, and is due all the same."""
    what, who = shorten(one.what, _WHAT_LIMIT), name(one.who) if one.who else ""
    return say("{what} ({who})", what=what, who=who) if what and who else what or who


def preheader(facts: DigestFacts) -> str:
    """What a mailbox shows beside the subject: what the subject does not say."""
    trouble = troubles(facts)
    if trouble:
        return trouble[0]
    joined = count(len(facts.joined), "{n} joined", "{n} joined") if facts.joined else ""
    left = count(len(facts.left), "{n} left", "{n} left") if facts.left else say("nobody left")
    moved = say("{joined}, {left}", joined=joined, left=left) if joined else left
    listed = names(facts.newly_listed, 3)
    if not listed:
        return sentence(moved[:1].upper() + moved[1:])
    return say("{moved}. Newly listed: {names}.", moved=moved[:1].upper() + moved[1:], names=listed)
