"""The statements for `weaver statement`: versions, draft, red lines, preview, progress, letters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from config.errors import WrongUsage
from config.statement import MAIN, Moment, Statement, Version
from config.text import fold, nearest
from config.words import count, say
from pipeline.adoption import adopted_over, not_written
from pipeline.drafting import Clause, clauses, printable
from pipeline.feedback import AS_IS, CHANGED, NEVER, Feedback, red_lines
from pipeline.model import Result
from pipeline.preview import Figures, Preview, in_short, preview
from pipeline.progress import progress

Found = dict[str, Any]


def statement_facts(result: Result, name: str = "", day: dt.date | None = None) -> Found:
    """What `weaver statement --json` prints.

    Args:
        result: of a run.
        name: the folder or title of one statement; "" for all.
        day: on which the draft is adopted in the preview.

    Raises:
        WrongUsage: there is no statement of that name, or the day is over.
    """
    if day is not None and day < result.today:
        raise WrongUsage(
            say("A draft can't be adopted on {day}, which is over.", day=day), "--on",
            say("Name today or a later day."),
        )  # fmt: skip
    return {
        "as_of": result.today.isoformat(),
        "statements": [_statement(result, s, day) for s in _picked(result.statements, name)],
    }


def _picked(statements: Sequence[Statement], name: str) -> list[Statement]:
    known = {fold(each): s for s in reversed(statements) for each in (s.title, s.name)}
    if not name:
        return list(statements)
    if found := known.get(fold(name)):
        return [found]
    names = [s.name for s in statements]
    like = nearest(name, names)
    hint = say("Did you mean “{name}”? ", name=like) if like else ""
    raise WrongUsage(
        say("There is no statement “{name}”.", name=name), "NAME",
        hint + say("There is: {names}.", names=", ".join(names)),
    )  # fmt: skip


def _statement(result: Result, statement: Statement, day: dt.date | None) -> Found:
    in_force = statement.in_force(result.today)
    main = statement.name == MAIN
    found = preview(result, day) if main else None
    asked = progress(result.facts, statement, result.today) if main else None
    return {
        "name": statement.name,
        "title": statement.title,
        "in_force": in_force.version if in_force else None,
        "versions": [_version(result, statement, version) for version in _ordered(statement)],
        "draft": _draft(result, statement),
        "preview": _preview(found) if found else None,
        "reconfirmation": {
            "version": asked.version.version,
            "asked": asked.asked,
            "confirmed": asked.confirmed,
            "waiting": asked.waiting,
            "silent": asked.silent,
            "lapsed": asked.lapsed,
            "left": asked.left,
            "by": _plain(asked.version.reconfirm_by),
            "silence": asked.version.silence,
            "in_words": asked.in_words,
        }
        if asked
        else None,
        "letter": None if main else _letter(result, statement, in_force),
    }


def _ordered(statement: Statement) -> tuple[Version, ...]:
    return (*statement.adopted, *statement.drafts)


def _version(result: Result, statement: Statement, version: Version) -> Found:
    adopted = version.state == "adopted"
    texts = statement.texts_of(version.version)
    return {
        "version": version.version,
        "state": version.state,
        "adopted_on": _plain(version.adopted_on),
        "adopted_by": version.adopted_by or None,
        "adopted_how": version.adopted_how or None,
        "not_written": not_written(version) if adopted else [],
        "planned_on": _plain(version.planned_on),
        "change": version.change,
        "reconfirm_by": _plain(version.reconfirm_by),
        "silence": version.silence,
        "translations": {t.language: t.translation for t in texts if t.translation},
        "open_red_lines": [_line(f) for f in red_lines(result.feedback, statement, version)]
        if adopted
        else [],
        "adopted_over": _over(result, statement, version) if adopted else None,
    }


def _over(result: Result, statement: Statement, version: Version) -> str | None:
    lines = red_lines(result.feedback, statement, version)
    return adopted_over(version, lines) if lines else None


def _draft(result: Result, statement: Statement) -> Found | None:
    draft = statement.newest_draft
    if draft is None:
        return None
    return {
        "version": draft.version,
        "state": draft.state,
        "planned_on": _plain(draft.planned_on),
        "clauses": [_clause(c) for c in clauses(statement, result.feedback, result.today)],
        "open_red_lines": [_line(f) for f in red_lines(result.feedback, statement, draft)],
    }


def _clause(clause: Clause) -> Found:
    return {
        "clause": clause.name,
        "in_force": clause.before,
        "in_the_draft": clause.after,
        "what_changes": clause.change,
        "comments": len(clause.feedback),
        "as_is": clause.would(AS_IS),
        "with_a_change": clause.would(CHANGED),
        "would_not": clause.would(NEVER),
        "open_red_lines": len(clause.red_lines),
    }


def _line(line: Feedback) -> Found:
    return {
        "clause": line.clause,
        "organisation": line.organisation,
        "organisation_id": line.organisation_id or None,
        "would_sign": line.would_sign,
        "comment": line.comment,
        "our_answer": line.answer,
    }


def _preview(found: Preview) -> Found:
    return {
        "version": found.draft.version,
        "day": found.day.isoformat(),
        "counts": dict(found.counts),
        "on_adoption": _figures(found.on_adoption),
        "after": _figures(found.after),
        "once_lapsed": _figures(found.lapsed),
        "lacking": list(found.lacking),
        "in_words": in_short(found),
        "organisations": [
            {
                "id": line.organisation_id,
                "organisation": line.name,
                "standing_today": line.today,
                "effect": line.effect,
                "why": line.why,
                "by": _plain(line.by),
                "if_silent": line.silent,
                "feedback": line.feedback,
            }
            for line in found.lines
        ],
    }


def _figures(found: Figures | None) -> Found | None:
    if found is None:
        return None
    return {
        "day": found.day.isoformat(),
        "members": found.members,
        "named": found.named,
        "unnamed": found.unnamed,
    }


def _letter(result: Result, statement: Statement, in_force: Version | None) -> Found:
    counts = next(
        letter.counts(result.today) for letter in result.letters if letter.statement == statement
    )
    return {
        "sign_by": _plain(in_force.sign_by) if in_force else None,
        "closes": _plain(in_force.closes) if in_force else None,
        "counts": counts,
    }


def _plain(moment: Moment | None) -> str | None:
    return moment.isoformat() if moment else None


def told(found: Mapping[str, Any]) -> str:
    """The same for people."""
    return "\n\n".join("\n".join(_told(each)) for each in found["statements"])


def _told(found: Mapping[str, Any]) -> Iterator[str]:
    force = found["in_force"]
    named = {found["title"]: None, found["name"]: None}
    yield (
        " – ".join(named)
        + ": "
        + (
            say("version {version} is in force", version=force)
            if force
            else say("no version is in force")
        )
    )
    yield from _told_versions(found["versions"])
    if progressed := found["reconfirmation"]:
        yield _point(progressed["in_words"])
    if letter := found["letter"]:
        yield from _told_letter(letter)
    if draft := found["draft"]:
        yield from _told_draft(draft)
    if ahead := found["preview"]:
        yield _point(say("If adopted: {told}", told=ahead["in_words"]))
        for lacking in ahead["lacking"]:
            yield _point(say("the draft's file still lacks {what}", what=lacking), 1)


def _told_versions(versions: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for each in versions:
        if each["state"] == "adopted":
            by = each["adopted_by"] or say("(it isn't written by whom)")
            how = each["adopted_how"] or say("(it isn't written how)")
            told = say("adopted on {day}, {by}, {how}", day=each["adopted_on"], by=by, how=how)
        else:
            told = each["state"]
            if each["planned_on"]:
                told += say(", to be adopted on {day}", day=each["planned_on"])
        if each is not versions[0]:
            again = each["change"] == "must-re-confirm"
            told += "; " + (say("everybody must re-confirm") if again else say("wording only"))
        yield _point(say("version {version}: {told}", version=each["version"], told=told))
        for language, kind in each["translations"].items():
            yield _point(f"{language}: {kind}", 1)
        if each["adopted_over"]:
            yield _point(each["adopted_over"], 1)


def _told_letter(letter: Mapping[str, Any]) -> Iterator[str]:
    counts = letter["counts"]
    yield _point(
        say("{signed} signed, {pending} pending, {withdrawn} withdrawn, {late} late; {people} "
            "people for themselves", signed=counts["signed"], pending=counts["pending"],
            withdrawn=counts["withdrawn"], late=counts["late"], people=counts["individuals"])
    )  # fmt: skip
    days = {say("to be signed by {day}"): letter["sign_by"], say("closes on {day}"):
            letter["closes"]}  # fmt: skip
    for words, day in days.items():
        if day:
            yield _point(words.format(day=day.replace("T", " ").removesuffix(":00")))


def _told_draft(draft: Mapping[str, Any]) -> Iterator[str]:
    yield _point(say("draft {version}:", version=draft["version"]))
    for clause in draft["clauses"]:
        said = count(clause["comments"], "{n} comment", "{n} comments") + say(
            " (as is {a}, with a change {b}, no {c})", a=clause["as_is"],
            b=clause["with_a_change"], c=clause["would_not"],
        )  # fmt: skip
        change = clause["what_changes"] or say("no clause of the draft")
        heard = f"; {said}" if clause["comments"] else ""
        yield _point(f"{printable(clause['clause'], 40)}: {change}{heard}", 1)
    lines = draft["open_red_lines"]
    yield _point(count(len(lines), "{n} red line is open", "{n} red lines are open"))
    for line in lines:
        who = printable(line["organisation"], 60) or say("somebody")
        where = printable(line["clause"], 40)
        yield _point(f"{where}, {who}: {printable(line['comment'], 100)}", 1)


def _point(text: str, depth: int = 0) -> str:
    return f"{'    ' * depth}  - {text}"
