"""Tabs about the work: what is done, decided, aimed at, said about us, and learnt."""

from __future__ import annotations

from config.tables.model import Column as C
from config.tables.model import Table
from config.tables.relations import HELP_KINDS

TONES = ("favourable", "neutral", "opposed")
POSITIONS = ("support", "leaning", "undecided", "leaning against", "against", "unknown")
STEPS = (
    "sponsor", "introduced", "hearing", "committee", "floor", "enacted", "implemented",
)  # fmt: skip

ACTIONS = Table(
    "Actions",
    "both",
    "Something that members did for the cause.",
    (
        C("Date", "date", "The day it took place.", required=True, width=12),
        C("Initiative", "text", "Its name; several actions can belong to one.", required=True,
          width=32),
        C("Started by", "organisation", "Whose idea it was.", required=True, width=34),
        C("Partners", "organisations", "Who else took part.", width=34),
        C("Kind", "text", "What it was: letters, a rally, a visit to a representative.",
          width=18),
        C("Letters", "count", "Letters or messages sent.", width=10),
        C("People", "count", "People who took part.", width=10),
        C("District", "text", "Where it took place.", width=18),
        C("Plan", "text", "The shared plan that it belongs to.", width=22),
        C("Cost", "number", "What it cost, in the coalition's currency.", width=10),
        C("Reportable", "yesno", "Must it be reported as lobbying?", width=11),
        C("Link", "url", "Where it can be seen.", width=28),
        C("We amplified it on", "date", "The day we passed it on.", width=14),
    ),
    often="after each action",
    example={
        "date": "-7",
        "initiative": "Example letter week",
        "started_by": "Example Organisation",
        "partners": "Second Example Organisation",
        "kind": "letters",
        "letters": "40",
        "people": "12",
        "link": "https://example.org/letters",
    },
)  # fmt: skip

MEETINGS = Table(
    "Meetings",
    "people",
    "A meeting or training, past or coming.",
    (
        C("Date", "date", "The day of the meeting.", required=True, width=12),
        C("Name", "text", "What it is called.", required=True, width=32),
        C("Kind", "choice", "What kind of meeting it is.", "people",
          ("meeting", "steering", "assembly", "training", "event"), True),
        C("Group", "text", "The group that meets, as in the tab Groups.", width=24),
        C("Purpose", "text", "What it is for.", width=34),
        C("Invited", "organisations", "Organisations invited.", width=34),
        C("Present", "organisations", "Organisations that came.", width=34),
        C("Spoke or chaired", "organisations", "Organisations that spoke or chaired.", width=34),
        C("People", "count", "People who came.", width=10),
        C("Needs met", "choice", "Were the needs that people named met?", "people",
          ("yes", "partly", "no", "none named")),
        C("What came of it", "text", "The result in a sentence.", width=44),
        C("Next date", "date", "When it meets again.", width=12),
    ),
    often="before and after each meeting",
    example={
        "date": "-7",
        "name": "Example meeting",
        "kind": "meeting",
        "purpose": "Agree on the next step",
        "invited": "Example Organisation; Second Example Organisation",
        "present": "Example Organisation",
        "people": "8",
        "what_came_of_it": "Everybody knows the next step",
    },
)  # fmt: skip

DECISIONS_TAKEN = Table(
    "Decisions",
    "people",
    "Something that the coalition decided.",
    (
        C("Date", "date", "The day it was decided.", required=True, width=12),
        C("Body", "text", "Who decided: the assembly, the steering group.", required=True,
          width=22),
        C("Decision", "text", "What was decided.", required=True, width=44),
        C("How decided", "text", "By consensus, by vote, and how many.", width=22),
        C("Owner", "text", "Who sees to it.", width=18),
        C("Due", "date", "The day by which it shall be done.", width=12),
        C("Revisit on", "date", "The day on which to look at it again.", width=12),
    ),
    often="after each decision",
    example={
        "date": "-7",
        "body": "Example steering group",
        "decision": "We meet every month",
        "how_decided": "by consensus",
        "owner": "Your name",
    },
)  # fmt: skip

GOALS = Table(
    "Goals & levers",
    "people",
    "Something that must shift for the coalition to win.",
    (
        C("Lever", "text", "Its short name.", required=True, width=24),
        C("What must shift", "text", "What has to be different, in a sentence.", required=True,
          width=44),
        C("Baseline", "number", "Where it stood at the beginning.", width=10),
        C("Target", "number", "Where it shall stand.", required=True, width=10),
        C("By", "date", "The day by which the target shall be met.", width=12),
        C("Latest", "number", "Where it stands now.", width=10),
        C("As of", "date", "The day of the latest figure.", width=12),
        C("Source", "text", "Where the figure comes from.", width=28),
        C("Group", "text", "The group that works on it.", width=24),
    ),
    often="every three months",
    example={
        "lever": "Example lever",
        "what_must_shift": "Towns that test their water every week",
        "baseline": "4",
        "target": "20",
        "latest": "6",
        "as_of": "-7",
    },
)  # fmt: skip

MEDIA = Table(
    "Media",
    "people",
    "A piece in the media, or one that we offered.",
    (
        C("Date", "date", "The day it appeared or was offered.", required=True, width=12),
        C("Outlet", "text", "The paper, station or site.", required=True, width=24),
        C("Title", "text", "Its headline.", required=True, width=40),
        C("Link", "url", "Where it can be read.", width=28),
        C("Tone", "choice", "How it speaks of the cause.", "people", TONES),
        C("Quotes", "organisations", "Whom of us it quotes.", width=28),
        C("Message", "list", "Which of the agreed messages it carries.", width=28),
        C("Submitted", "date", "The day we offered it, for letters and op-eds.", width=12),
        C("Placed", "date", "The day it was printed, for letters and op-eds.", width=12),
    ),
    often="when a piece appears",
    example={
        "date": "-7",
        "outlet": "The Example Times",
        "title": "Neighbours join for an example",
        "link": "https://example.org/news",
        "tone": "favourable",
        "quotes": "Example Organisation",
    },
)  # fmt: skip

DECISION_MAKERS = Table(
    "Decision-makers",
    "people",
    "A person whose decision counts, and where that person stands on a day.",
    (
        C("Date", "date", "The day for which this holds; blank when it is simply the latest.",
          width=12),
        C("Name", "text", "The person's name.", required=True, width=26),
        C("Seat", "text", "The office or committee.", required=True, width=24, as_before=True),
        C("District", "text", "The district that the person stands for.", width=18),
        C("Position", "choice", "Where the person stands.", "people", POSITIONS, True,
          as_before=True),
        C("Influence", "number", "How much the person can move, on your own scale.", width=10),
        C("Confidence", "number", "How sure you are, on your own scale.", width=11),
        C("Evidence", "text", "How you know.", width=34),
        C("What they said in public", "text", "In their words, with the place.", width=34),
        C("Contacted by", "organisations", "Which of us spoke with the person.", width=28),
        C("Co-sponsor on", "date", "The day the person became a co-sponsor.", width=14),
        C("In office until", "date", "The end of the term.", width=14),
    ),
    often="after each talk with one",
    file="restricted",
    example={
        "date": "-7",
        "name": "Example Person",
        "seat": "Example council",
        "position": "undecided",
        "evidence": "Said so at an example meeting",
        "contacted_by": "Example Organisation",
    },
)  # fmt: skip

MILESTONES = Table(
    "Milestones",
    "people",
    "A step that a bill or goal has reached.",
    (
        C("Date", "date", "The day it was reached.", required=True, width=12),
        C("Bill or goal", "text", "What moved.", required=True, width=34),
        C("Step", "choice", "The step reached.", "people", STEPS, True),
        C("Evidence", "text", "Where it can be checked.", width=34),
    ),
    often="when a step is reached",
    example={
        "date": "-7",
        "bill_or_goal": "Example bill",
        "step": "introduced",
        "evidence": "https://example.org/bill",
    },
)  # fmt: skip

LESSONS = Table(
    "Lessons",
    "people",
    "A lesson, a guide or a win that others can use.",
    (
        C("Date", "date", "The day it was written down.", required=True, width=12),
        C("Organisation", "organisation", "Whose it is.", width=34),
        C("Kind", "choice", "A lesson, a guide or a win.", "people",
          ("lesson", "guide", "win"), True),
        C("What", "text", "What it says, in a sentence or two.", required=True, width=44),
        C("Link", "url", "Where it can be read.", width=28),
        C("Evidence", "text", "How you know.", width=34),
        C("Who did it", "organisations", "Organisations that made it happen.", width=34),
        C("May be shared", "yesno", "May it be shown outside?", width=12),
        C("Used by", "organisations", "Organisations that used it.", width=34),
    ),
    often="after each action",
    example={
        "date": "-7",
        "organisation": "Example Organisation",
        "kind": "lesson",
        "what": "Ask people in person before you write to them",
        "may_be_shared": "no",
    },
)  # fmt: skip

ACTIVITY = Table(
    "Tell us what you did",
    "form",
    "What a member reports of itself: something done, a lesson, or help that it would like.",
    (
        C("Date", "date", "The day on which it was done.", "form", required=True, width=12),
        C("Organisation", "organisation", "Who reports.", "form", required=True, width=34),
        C("What", "text", "What was done, by its name.", "form", required=True, width=44),
        C("With whom", "organisations", "Who else took part.", "form", width=34),
        C("Kind", "text", "What it was: letters, a rally, a visit.", "form", width=18),
        C("Letters", "count", "Letters or messages sent.", "form", width=10),
        C("People", "count", "People who took part.", "form", width=10),
        C("District", "text", "Where it took place.", "form", width=18),
        C("Plan", "text", "The shared plan that it belongs to.", "form", width=22),
        C("Link", "url", "Where it can be seen.", "form", width=28),
        C("Lesson", "text", "What others could learn from it.", "form", width=44),
        C("May be shared", "yesno", "May the lesson be shown outside?", "form", width=12),
        C("Help wanted", "text", "What help the organisation would like.", "form", width=44),
        C("Kind of help", "choice", "What kind of help it is.", "form", HELP_KINDS, width=14),
    ),
    often="when a member did something",
    file="forms",
)  # fmt: skip

FEEDBACK = Table(
    "Statement feedback",
    "form",
    "What an organisation says about a clause of a draft.",
    (
        C("Organisation", "organisation", "Who comments.", "form", required=True, width=34),
        C("Clause", "text", "The clause that it is about.", "form", required=True, width=18),
        C("Comment", "text", "The comment, in their words.", "form", required=True, width=44),
        C("Would sign", "choice", "Would it sign the draft?", "form",
          ("as is", "with this change", "no")),
        C("Our answer", "text", "What we answered.", width=40),
        C("Settled in draft", "text",
          "The draft in which it is settled, or “withdrawn” where they took it back.", width=16),
        C("Draft", "text", "The draft that they read.", "form", width=12),
        C("Date", "date", "The day of the comment.", "form", width=12),
    ),
    often="while a draft is out",
    file="forms",
)  # fmt: skip

TARGETS = Table(
    "Our targets",
    "people",
    "What the coalition aims for in one of its numbers.",
    (
        C("Metric", "text", "The number's code or name, as in the tab Numbers.", required=True,
          width=30),
        C("Target", "number", "The figure to reach.", required=True, width=10),
        C("By", "date", "The day by which it shall be reached.", required=True, width=12),
    ),
    often="once a year",
    example={
        "metric": "Example: A2",
        "target": "50",
        "by": "30",
    },
)  # fmt: skip
