"""The tabs that a coalition has from its first day."""

from __future__ import annotations

from config.tables.model import Column as C
from config.tables.model import Table

DECISIONS = (
    "accept", "accept and list", "not accepted", "ask them", "same", "not the same",
    "chapter of", "list", "don't list", "withdraw", "keep", "send", "don't send", "undo",
)  # fmt: skip
CHANGE_KINDS = (
    "withdraw", "hide now", "show as", "new contact", "new signatory", "same as",
    "not the same as", "chapter of", "suspend", "remove", "extend deadline", "pause mail", "undo",
)  # fmt: skip

START_WORDS = ("yes", "keep", "simplify", "drop")

START = Table(
    "Start",
    "both",
    "A tab of this tracker: what it is for, who fills it in, and when it was last touched.",
    (
        C("Tab", "key", "The tab this line is about.", "weaver", width=20),
        C("What it is for", "text", "What a row of that tab is.", "weaver", width=64),
        C("Who fills it in", "text", "People, Weaver, the form, or both.", "weaver", width=18),
        C("How often", "text", "How often somebody writes in it.", "weaver", width=20),
        C("Rows", "count", "How many rows Weaver read there at its last look.", "weaver", width=8),
        C("Last touched", "date", "The day on which Weaver last found something new there.",
          "weaver", width=13),
        C("Why it is here", "text", "What brought the tab.", "weaver", width=40),
        C("What to do now", "text", "What waits there for somebody.", "weaver", width=44),
        C("Your word", "choice",
          "Yes switches a tab on. Keep, simplify or drop answer for one that nobody has touched.",
          "people", START_WORDS, width=13),
    ),
    day_one=True,
)  # fmt: skip

SIGNONS = Table(
    "Sign-ons",
    "form",
    "A response to the form: one organisation (or person) joining the statement.",
    (
        C("Timestamp", "time", "When the form was sent.", "form"),
        C("Email", "email", "The address of whoever sent the form.", "form"),
        C(
            "Request",
            "choice",
            "Joining, correcting what was sent, or withdrawing.",
            "form",
            ("join", "correct", "withdraw"),
        ),
        C("Organisation", "name", "Its name, exactly as it should appear.", "form", (), True),
        C("Website", "url", "The organisation's own website.", "form"),
        C("Kind", "text", "What kind of organisation it is.", "form"),
        C("Size", "text", "How many people belong to it.", "form"),
        C("Founded", "text", "When it was founded.", "form"),
        C("Country", "text", "Where it is at home.", "form"),
        C("District", "text", "The district it works in.", "form"),
        C("Sector", "list", "What it works on.", "form"),
        C(
            "Level",
            "choice",
            "How far it reaches.",
            "form",
            ("national", "regional", "local", "international"),
        ),
        C("Parent", "organisation", "The organisation that it is a chapter of.", "form"),
        C("Parent approval", "yesno", "Has the parent agreed to this sign-on?", "form"),
        C("Acts autonomously", "yesno", "May it decide this by itself?", "form"),
        C(
            "Signing as",
            "choice",
            "For the organisation, or as an individual.",
            "form",
            ("organisation", "individual"),
        ),
        C(
            "Joins as",
            "choice",
            "In which role it joins.",
            "form",
            ("member", "signatory only", "observer", "funder", "coalition staff"),
        ),
        C("Signatory", "text", "Who signs for the organisation.", "form"),
        C("Role", "text", "The signatory's role there.", "form"),
        C("Authorised", "yesno", "Is the signatory allowed to sign for it?", "form"),
        C("Contact", "text", "Whom to reach day to day.", "form"),
        C("Agreement", "yesno", "Does it agree to the unity statement?", "form"),
        C("Version shown", "text", "The version of the statement that the form showed.", "form"),
        C("Reservations", "text", "Conditions or reservations, in its own words.", "form"),
        C("List us", "yesno", "May the name be shown in public?", "form"),
        C("Count us unnamed", "yesno", "May it be counted without being named?", "form"),
        C("Show signatory", "yesno", "May the signatory's name be shown?", "form"),
        C("Use our logo", "yesno", "May the logo be shown?", "form"),
        C("Already doing", "text", "What it is already doing for the cause.", "form"),
        C("Worth your time", "text", "What would make the coalition worth its time.", "form"),
        C("Communities led", "list", "Communities that lead it; optional.", "form"),
        C("Communities served", "list", "Communities that it serves; optional.", "form"),
        C("Needs", "list", "Access, food, language.", "form"),
        C("Groups to join", "list", "Working groups that it wants to join.", "form"),
        C("Offers", "list", "What it can give to others.", "form"),
        C("Referred by", "organisation", "Who brought it here.", "form"),
        C("Decided by board on", "date", "When its board decides or decided.", "form"),
        C("Language", "text", "The language to write to it in.", "form"),
    ),
    file="forms",
    day_one=True,
    often="whenever somebody sends the form",
)

TO_DECIDE = Table(
    "To decide",
    "both",
    "One matter that a person has to decide.",
    (
        C("Key", "key", "Weaver's name for the matter. Leave it as it is.", "weaver", width=18),
        C("Since", "date", "The day Weaver first asked.", "weaver", width=11),
        C("Organisation", "name", "Whom it is about, as they wrote it.", "weaver", width=34),
        C("What is it", "text", "What kind of matter it is.", "weaver", width=22),
        C("Why", "text", "What made Weaver ask.", "weaver", width=56),
        C("Evidence", "text", "What the form or the tracker says.", "weaver", width=44),
        C("We suggest", "text", "What Weaver would do, if it were asked.", "weaver", width=20),
        C("If you do nothing", "text", "What happens while nobody decides.", "weaver", width=48),
        C(
            "Status",
            "text",
            "Open, seen, settled or reopened. Weaver keeps this up to date.",
            "weaver",
            ("open", "seen", "settled", "reopened"),
            width=22,
        ),
        C("Gravity", "count", "1 is the gravest. Sort or filter by it.", "weaver", width=9),
        C(
            "Decision",
            "choice",
            "Pick a word. Blank changes nothing; undo takes a decision back. Chapter of: this one "
            "is part of the other one.",
            "people",
            DECISIONS,
            width=18,
        ),
        C("Decided by", "text", "Your name.", width=16),
        C("Note", "text", "Your reason. The organisation may ask to read it.", width=40),
    ),
    day_one=True,
    often="whenever something waits",
)

WHO = Table(
    "Who has signed",
    "weaver",
    "One organisation and where it stands today.",
    (
        C("Id", "key", "Weaver's lasting name for the organisation.", "weaver", width=12),
        C("Organisation", "name",
          "Its name as in the newest form that speaks for it, or as you say in Changes (show as).",
          "weaver", width=38),
        C(
            "Standing", "text",
            "Member, pending (a question is open), withdrawn, suspended, removed or declined.",
            "weaver", width=13,
        ),
        C("Since", "date", "The day from which this standing holds.", "weaver", width=11),
        C("Level", "text", "How far it reaches.", "weaver", width=13),
        C("Parent", "organisation", "What it is a chapter or another part of.", "weaver", width=22),
        C("Signatory", "text", "Who signed for it.", "weaver", width=22),
        C("Role", "text", "The signatory's role there.", "weaver", width=20),
        C("Version", "text", "The version of the statement it agreed to.", "weaver", width=10),
        C("Principles agreed", "text", "How many principles and policies it agreed to.",
          "weaver", width=11),
        C("Signer allows listing", "text", "What the signer said about being named in public.",
          "weaver", width=12),
        C("We list it", "text", "Yes only with the signer's consent and a coordinator's yes.",
          "weaver", width=10),
        C("Why not listed", "text", "What is missing before the name may be public.",
          "weaver", width=40),
        C("Country", "text", "Where it is at home.", "weaver", width=16),
        C("District", "text", "The district it works in.", "weaver", width=16),
        C("Sector", "text", "What it works on.", "weaver", width=34),
        C("Confirm by", "date", "The day by which it is asked to re-confirm a new version.",
          "weaver", width=11),
        C("Letters", "text", "The letters that it has signed.", "weaver", width=26),
        C("Sign-ons", "count", "How many forms came in under this organisation.", "weaver",
          width=9),
        C("Also known as", "text", "Other names it used.", "weaver", width=30),
        C("Next step", "text", "What would move it on.", "weaver", width=36),
    ),
    day_one=True,
    often="at every run",
)  # fmt: skip

CHANGES = Table(
    "Changes",
    "both",
    "Something a person wants changed without having been asked.",
    (
        C("Date", "date", "The day from which it holds; today when left blank.", width=12),
        C("Organisation", "organisation",
          "Its name, or its Id from Who has signed; where several are called so, the Id.",
          required=True, width=34),
        C("Change", "choice", "Pick what shall change; undo takes your last change back.",
          "people", CHANGE_KINDS, True, width=18),
        C("New value", "text",
          "The new name, contact or organisation; the body that suspends or removes; the day of "
          "a deadline. Not the same as: also the Keys of those forms (Every form checked) that are "
          "another organisation's, or the website or address that they alone have.", width=30),
        C("Asked by", "text", "Who asked for it.", width=20),
        C("Entered by", "text", "Your name; two names where two people have to agree.", width=16),
        C("Answer", "text", "What Weaver understood, or what to put right.", "weaver", width=48),
        C("Done", "date", "The day Weaver did it.", "weaver", width=12),
    ),
    day_one=True,
    often="whenever something is to change",
)  # fmt: skip

TO_FIX = Table(
    "To fix",
    "weaver",
    "A cell, a column or a tab that could not be read.",
    (
        C("Tab", "text", "Where to look. Write notes in a column of your own: they stay beside "
          "their line. Comments on cells don't.", "weaver", width=22),
        C("Row", "count", "The row's number in the spreadsheet; blank for the whole column.",
          "weaver", width=8),
        C("Column", "text", "The column's title.", "weaver", width=26),
        C("Found", "text", "What stands there.", "weaver", width=34),
        C("What is wrong", "text", "Why it could not be used.", "weaver", width=54),
        C("What to do", "text", "How to put it right.", "weaver", width=54),
    ),
    often="at every run",
)  # fmt: skip

DAY_ONE = (START, SIGNONS, TO_DECIDE, WHO, CHANGES, TO_FIX)
