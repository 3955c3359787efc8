"""The tabs that come when something happens that needs one, in the order of the tracker."""

from __future__ import annotations

from config.tables.model import Column as C
from config.tables.model import Table
from config.tables.relations import (
    CHECK_IN,
    CONTACTS,
    CONVERSATIONS,
    GROUPS,
    HELP,
    OUTREACH,
    PROMISES,
    WHOS_MISSING,
)
from config.tables.work import (
    ACTIONS,
    ACTIVITY,
    DECISION_MAKERS,
    DECISIONS_TAKEN,
    FEEDBACK,
    GOALS,
    LESSONS,
    MEDIA,
    MEETINGS,
    MILESTONES,
    TARGETS,
)

MAIL_WORDS = ("send", "don't send", "I'll send it myself")
MAIL_WAITING = Table(
    "Mail waiting",
    "both",
    "A message that is held until somebody says yes.",
    (
        C("Key", "key", "Weaver's name for the message. Leave it as it is.", "weaver", width=18),
        C("To", "text", "Whom it would go to.", "weaver", width=36),
        C("Kind", "text", "What kind of message it is.", "weaver", width=18),
        C("Subject", "text", "Its subject.", "weaver", width=36),
        C("Preview", "text", "How it begins.", "weaver", width=56),
        C("Why held", "text", "Why it didn't go by itself.", "weaver", width=36),
        C("Status", "text", "What became of it.", "weaver", width=28),
        C("Decision", "choice", "Pick a word; it counts at Weaver's next look. Blank changes "
          "nothing.", "people", MAIL_WORDS, width=18),
    ),
)  # fmt: skip

LATER: tuple[Table, ...] = (
    MAIL_WAITING, CONTACTS, OUTREACH, WHOS_MISSING, CONVERSATIONS, GROUPS, PROMISES, ACTIONS,
    MEETINGS, DECISIONS_TAKEN, GOALS, MEDIA, DECISION_MAKERS, MILESTONES, HELP, CHECK_IN, LESSONS,
    FEEDBACK, TARGETS, ACTIVITY,
)  # fmt: skip

__all__ = [
    "ACTIONS", "ACTIVITY", "CHECK_IN", "CONTACTS", "CONVERSATIONS", "DECISIONS_TAKEN",
    "DECISION_MAKERS", "FEEDBACK", "GOALS", "GROUPS", "HELP", "LATER", "LESSONS", "MAIL_WAITING",
    "MAIL_WORDS", "MEDIA", "MEETINGS", "MILESTONES", "OUTREACH", "PROMISES", "TARGETS",
    "WHOS_MISSING",
]  # fmt: skip
