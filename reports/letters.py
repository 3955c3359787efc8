"""The letters to those who sign: what we have from them, and what we would like to know."""

from __future__ import annotations

from dataclasses import dataclass

from config.words import count, say
from reports.letterfacts import Greeting, QuestionFacts, ReceiptFacts
from reports.render import as_html, as_text, harmless, name, tidy
from reports.sections import Item, Section
from reports.wording import day, names

MOST_POINTS = 30
"""Principles and policies that one letter repeats."""
MOST_LETTERS = 10
_TITLE_LIMIT, _POINT_LIMIT = 120, 300
_VERSIONS = {
    "shown in the form": "You agreed to version {version}, which the form showed.",
    "its question": "You agreed to version {version}, which the form's question names.",
    "the day": "You agreed to version {version}, which was in force on the day of your form.",
    "": "You agreed to version {version}.",
}
_A_MEMBER = {
    "members": "{who} has been a member since {day}.",
    "signatories": "{who} has been a signatory since {day}.",
    "partners": "{who} has been a partner since {day}.",
}


@dataclass(frozen=True)
class Letter:
    """A letter's words: the subject, the page and the same as plain text."""

    subject: str
    page: str
    text: str


def receipt(facts: ReceiptFacts) -> Letter:
    """What you agreed to, which version, what happens next, how to withdraw."""
    facts = harmless(facts)
    values = _values(facts.greeting, _receipt_title(facts)) | {
        "preheader": _next(facts)[0],
        "headline": _receipt_headline(facts),
        "opening": (_signed(facts),),
        "sections": tuple(s for s in _sections(facts) if s.sentences or s.items),
        "consents": tuple(Item(asked, _answer(said)) for asked, said in facts.consents),
        "closing": _to_withdraw(facts.greeting),
    }
    return _letter("receipt", values)


def question(facts: QuestionFacts) -> Letter:
    """What is missing, in the rules' own words, and how to answer."""
    facts = harmless(facts)
    greeting, missing = facts.greeting, facts.missing
    until = say("Please answer by {day}: {why}.", day=day(facts.until), why=facts.until_why) if (
        facts.until) else ""  # fmt: skip
    values = _values(greeting, say("A question about your sign-on")) | {
        "preheader": missing[0] if missing else say("One of us would like to talk with you."),
        "headline": count(max(1, len(missing)), "We have a question about your sign-on",
                          "We have {n} questions about your sign-on"),
        "opening": (_thanks(facts),),
        "missing": missing,
        "until": until,
        "closing": _to_answer(greeting),
    }  # fmt: skip
    return _letter("question", values)


def _letter(template: str, values: dict[str, object]) -> Letter:
    page, text = as_html(f"{template}.html", **values), as_text(f"{template}.txt", **values)
    return Letter(str(values["subject"]), page, text)


def _values(greeting: Greeting, about: str) -> dict[str, object]:
    to = tidy(greeting.to, 60)
    return {
        "subject": say("{about} – {coalition}", about=about, coalition=greeting.coalition),
        "coalition": greeting.coalition,
        "hello": say("Hello {name},", name=name(to)) if to else say("Hello,"),
        "form": greeting.form,
        "footer": say("You get this mail because our form was sent with this address, or for your "
                      "organisation. If that was not you, please reply and tell us. If you want no "
                      "more mail from us, reply with the word “stop”."),
    }  # fmt: skip


def _receipt_title(facts: ReceiptFacts) -> str:
    if facts.corrects:
        return say("Your correction")
    return say("Your sign-on") if facts.accepted else say("Your sign-on has arrived")


def _receipt_headline(facts: ReceiptFacts) -> str:
    if facts.corrects:
        return say("Thank you for your correction")
    return say("Thank you for signing") if facts.accepted else say("Your form has arrived")


def _signed(facts: ReceiptFacts) -> str:
    """On 5 March 2026 X signed “Y”."""
    greeting = facts.greeting
    when = say("On {day}", day=day(greeting.sent_on)) if greeting.sent_on else say("Recently")
    values = {"when": when, "who": name(greeting.organisation), "what": _statement(greeting)}
    if facts.corrects:
        return say("{when} you sent a correction to the sign-on of {who} to {what}.", **values)
    if not greeting.organisation:
        return say("{when} you signed {what}, for yourself.", **values)
    if facts.accepted:
        return say("{when} {who} signed {what}.", **values)
    return say("{when} we received a form by which {who} signs {what}.", **values)


def _statement(greeting: Greeting) -> str:
    title = tidy(greeting.title, _TITLE_LIMIT)
    return say("“{title}”", title=name(title)) if title else say("our statement")


def _sections(facts: ReceiptFacts) -> tuple[Section, ...]:
    return (
        _agreed(facts),
        Section(say("What has no yes from you"), (), _points(facts.left_open)),
        Section(say("What happens next"), _next(facts)),
    )


def _agreed(facts: ReceiptFacts) -> Section:
    sentences = []
    if facts.version:
        known = _VERSIONS.get(facts.version_by, _VERSIONS[""])
        sentences.append(say(known, version=name(facts.version)))
    elif facts.whole and not facts.corrects:
        sentences.append(say("Which version you had before you, we could not tell."))
    if facts.letters:
        titles = names(facts.letters, MOST_LETTERS)
        sentences.append(say("By the same form you also signed: {titles}.", titles=titles))
    if facts.agreed:
        sentences.append(say("You said yes to:"))
    return Section(say("What you agreed to"), tuple(sentences), _points(facts.agreed))


def _points(texts: tuple[str, ...]) -> tuple[Item, ...]:
    shown = [Item(tidy(text, _POINT_LIMIT)) for text in texts[:MOST_POINTS]]
    more = len(texts) - len(shown)
    return (*shown, Item(say("… and {n} more", n=more))) if more else tuple(shown)


def _next(facts: ReceiptFacts) -> tuple[str, ...]:
    if not facts.accepted:
        return _waits(facts)
    if facts.role == "individual":
        return (say("Your sign-on counts. We count people apart from organisations."),)
    who = name(facts.greeting.organisation)
    if facts.role not in ("", "member"):
        told = say("Your sign-on counts, with {who} as “{role}”.", who=who, role=facts.role)
    elif facts.since:
        told = say(_A_MEMBER[facts.people], who=who, day=day(facts.since))
        if facts.already:
            told += " " + say("This form is kept beside the one by which it joined.")
    else:
        told = say("Your sign-on counts.")
    return told, _listing(facts)


def _waits(facts: ReceiptFacts) -> tuple[str, ...]:
    first = say("One of us looks at it before it counts. You need not do anything: where something "
                "is missing, we write to you.")  # fmt: skip
    if facts.already and facts.since:
        who, since = name(facts.greeting.organisation), day(facts.since)
        return first, say(_A_MEMBER[facts.people], who=who, day=since) + " " + say(
            "Nothing of that changes meanwhile.")  # fmt: skip
    return first, say("Until then nobody is named in public because of it.")


def _listing(facts: ReceiptFacts) -> str:
    if facts.listed_since:
        return say("It is already on the public list, since {day}.", day=day(facts.listed_since))
    if facts.may_list:
        return say("You allow us to name it in public. Before a name appears, one of us says yes "
                   "to it.")  # fmt: skip
    return say("We don't name it in public, since we have no yes to that from you.")


def _answer(said: str) -> str:
    return say(said) if said in ("yes", "no", "unclear") else say("not answered")


def _to_withdraw(greeting: Greeting) -> Section:
    by_form = greeting.form and greeting.asks_request
    how = (
        say("Send the form once more and say there that you correct or withdraw, or simply reply "
            "to this mail.")
        if by_form
        else say("Simply reply to this mail.")
    )  # fmt: skip
    first = say("If you withdraw, the name comes off our public lists at once.")
    return Section(say("To correct something, or to withdraw"), (how, first))


def _thanks(facts: QuestionFacts) -> str:
    greeting = facts.greeting
    values = {
        "what": _statement(greeting),
        "when": say(" on {day}", day=day(greeting.sent_on)) if greeting.sent_on else "",
        "whom": say(" for {who}", who=name(greeting.organisation)) if greeting.organisation else "",
    }
    thanks = say("Thank you for signing {what}{when}{whom}.", **values)
    if not facts.missing:
        return thanks + " " + say("Before it counts, one of us would like to talk with you.")
    return thanks + " " + count(len(facts.missing), "Before it counts, we need one thing from you:",
                                "Before it counts, we need {n} things from you:")  # fmt: skip


def _to_answer(greeting: Greeting) -> Section:
    reply = say("Reply to this mail in as few words as you like.")
    again = (say("Or send the form once more, with what was missing."),) if greeting.form else ()
    return Section(say("How to answer"), (reply, *again))
