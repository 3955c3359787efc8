"""Tabs about organisations and people: who is wanted, who talks to whom, who owes what."""

from __future__ import annotations

from config.tables.model import Column as C
from config.tables.model import Table

STAGES = (
    "wanted", "contacted", "in conversation", "deciding", "joined", "said no", "later",
)  # fmt: skip
CLOSED_STAGES = ("joined", "said no", "later")
DO_NOT_INTRODUCE = "do not introduce"
CONVERSATION_KINDS = ("one-to-one", "introduction", "table talk", "tie", DO_NOT_INTRODUCE)
HELP_KINDS = ("training", "media", "facilitation", "money", "legal", "tech", "other")
SCORES = ("Purpose", "Trust", "Voice", "Value", "Performance", "Operations", "Capacity")

CONTACTS = Table(
    "Contacts",
    "people",
    "A person to reach at an organisation, and in which role.",
    (
        C("Organisation", "organisation", "Whose person this is.", required=True, width=34),
        C("Name", "text", "The person's name.", required=True, width=24),
        C("Role for us", "choice", "What we turn to this person for.", "people",
          ("signatory", "day-to-day", "press", "deputy", "coalition staff hosted by"), True),
        C("Email", "email", "The address that this person reads.", width=28),
        C("Phone", "text", "With the country's prefix.", width=18),
        C("Language", "text", "The language to write in.", width=12),
        C("Since", "date", "The first day in this role.", width=12),
        C("Until", "date", "The last day in this role; blank while it goes on.", width=12),
        C("Which mails", "list", "Which of our mails this person wants.", width=24),
        C("How often", "choice", "How often we may write.", "people",
          ("weekly", "monthly", "only when needed", "never")),
    ),
    often="when a person changes",
    example={
        "organisation": "Example Organisation",
        "name": "Example Person",
        "role_for_us": "day-to-day",
        "email": "person@example.org",
        "since": "-7",
        "how_often": "weekly",
    },
)  # fmt: skip

OUTREACH = Table(
    "Outreach",
    "people",
    "An organisation that we would like to have with us.",
    (
        C("Organisation", "organisation", "Its name, as it writes it.", required=True, width=34),
        C("Website", "url", "Its own website, so that it is recognised when it signs.", width=28),
        C("Sector", "list", "What it works on.", width=20),
        C("Place", "text", "Where it works.", width=18),
        C("Community", "text", "The community that it is part of or serves.", width=20),
        C("Owner", "text", "Who of us looks after this contact.", width=18),
        C("Stage", "choice", "How far the conversation has come.", "people", STAGES, True),
        C("Added", "date", "The day it was put on this list.", required=True, width=12),
        C("First contact", "date", "The day we first wrote or spoke to them.", width=12),
        C("Last touch", "date", "The day of the latest contact, by either side.", width=12),
        C("Replied", "date", "The day of their first answer.", width=12),
        C("Who decides there", "text", "The person or body that has to say yes.", width=22),
        C("Answer expected by", "date", "The day by which they want to answer.", width=14),
        C("Said no because", "text", "The reason that they gave.", width=34),
        C("New to us", "yesno", "Is it of a group that we haven't worked with before?", width=10),
    ),
    often="after each contact",
    example={
        "organisation": "Example Organisation",
        "website": "https://example.org",
        "sector": "Water",
        "owner": "Your name",
        "stage": "contacted",
        "added": "-7",
        "first_contact": "-7",
        "last_touch": "-7",
    },
)  # fmt: skip

WHOS_MISSING = Table(
    "Who's missing",
    "people",
    "Somebody who would be at the victory celebration: a named guest, or a kind of guest.",
    (
        C("Guest", "text", "A guest by name, or a kind of guest in a few words.", required=True,
          width=34),
        C("Organisation", "organisation", "The organisation meant, where it has a name.",
          width=34),
        C("Sector", "text", "The sector that the guest stands for.", width=20),
        C("Place", "text", "The place that the guest comes from.", width=18),
        C("Community", "text", "The community that the guest belongs to.", width=20),
        C("Wanted", "count", "How many of this kind we would like to have.", width=10),
    ),
    often="twice a year",
    example={
        "guest": "Somebody from every school along the river",
        "sector": "Schools",
        "wanted": "3",
    },
)  # fmt: skip

CONVERSATIONS = Table(
    "Conversations",
    "people",
    "That two organisations spoke or are close: who and when, never what was said.",
    (
        C("Date", "date", "The day it took place, or was last true.", required=True, width=12),
        C("Organisation A", "organisation", "One of the two.", required=True, width=34),
        C("Organisation B", "organisation", "The other of the two.", required=True, width=34),
        C("Kind", "choice", "What it was; two who must not be brought together are named here too.",
          "people", CONVERSATION_KINDS),
        C("Reported by", "organisation", "Which side told us; blank when we saw it ourselves.",
          width=34),
    ),
    often="after each talk",
    example={
        "date": "-7",
        "organisation_a": "Example Organisation",
        "organisation_b": "Second Example Organisation",
        "kind": "one-to-one",
    },
)  # fmt: skip

GROUPS = Table(
    "Groups",
    "people",
    "One organisation in one group of the coalition.",
    (
        C("Group", "text", "The group's name.", required=True, width=26),
        C("Kind", "choice", "What kind of group it is.", "people",
          ("working group", "caucus", "district team", "funders", "steering"), True),
        C("Lever", "text", "The lever that it works on, as in Goals & levers.", width=24),
        C("Parent", "text", "The group that it belongs to.", width=22),
        C("Organisation", "organisation", "Who takes part.", required=True, width=34),
        C("Role", "text", "Its role there, such as chair or deputy.", width=16),
        C("Since", "date", "The day it joined the group.", width=12),
        C("Until", "date", "The day it left; blank while it takes part.", width=12),
    ),
    often="when somebody joins or leaves",
    example={
        "group": "Example group",
        "kind": "working group",
        "organisation": "Example Organisation",
        "role": "chair",
        "since": "-7",
    },
)  # fmt: skip

PROMISES = Table(
    "Promises",
    "people",
    "Something that an organisation said it would do.",
    (
        C("Organisation", "organisation", "Who promised.", required=True, width=34),
        C("Who", "text", "The person who said it.", width=22),
        C("What", "text", "What was promised.", required=True, width=44),
        C("Due", "date", "The day by which it shall be done.", required=True, width=12),
        C("Done", "date", "The day it was done; blank until then.", width=12),
    ),
    often="when one is made or kept",
    example={
        "organisation": "Example Organisation",
        "who": "Example Person",
        "what": "Bring twenty people to the opening",
        "due": "30",
    },
)  # fmt: skip

HELP = Table(
    "Help",
    "people",
    "Help that an organisation asked for, and what became of it.",
    (
        C("Asked on", "date", "The day they asked.", required=True, width=12),
        C("Organisation", "organisation", "Who asked.", required=True, width=34),
        C("Kind", "choice", "What kind of help.", "people", HELP_KINDS, True),
        C("First answer", "date", "The day they first heard back.", width=12),
        C("Closed", "date", "The day it was settled; blank while open.", width=12),
        C("Hours", "number", "Hours of work given.", width=10),
        C("Given by", "organisation", "Who helped.", width=34),
        C("Useful 1-5", "number", "How useful it was, in their words: 1 not at all, 5 very.",
          width=11, least=1, most=5),
    ),
    often="when somebody asks",
    example={
        "asked_on": "-7",
        "organisation": "Example Organisation",
        "kind": "media",
        "first_answer": "-7",
    },
)  # fmt: skip

CHECK_IN = Table(
    "Yearly check-in",
    "form",
    "How one organisation finds the coalition this year.",
    (
        C("Date", "date", "The day it was filled in.", "form", required=True, width=12),
        C("Organisation", "organisation", "Who answers.", "form", required=True, width=34),
        *(C(score, "number", f"{score}: from 1 (poor) to 5 (very good).", "form", width=12,
            least=1, most=5) for score in SCORES),
        C("Another member helped us lately", "yesno",
          "Did another organisation of the coalition help in the last months?", "form"),
    ),
    often="once a year",
    file="forms",
)  # fmt: skip
