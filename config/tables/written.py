"""The tabs that Weaver alone writes."""

from __future__ import annotations

from config.tables.model import Column as C
from config.tables.model import Table

CHECKED = Table(
    "Every form checked",
    "weaver",
    "One form that came in and what became of it.",
    (
        C("Key", "key", "Weaver's lasting name for the form.", "weaver", width=18),
        C("Received", "time", "When it was sent, in the coalition's time; blank when unknown.",
          "weaver", width=17),
        C("Organisation", "name", "Its name exactly as it was typed.", "weaver", width=36),
        C("Signing as", "text", "For the organisation, or as an individual.", "weaver", width=13),
        C("Statement", "text", "The statement or letter that it signs.", "weaver", width=18),
        C("Version", "text", "The version that it agreed to.", "weaver", width=9),
        C("Known by", "text", "How the version is known: shown in the form, its question, the day.",
          "weaver", width=16),
        C("Outcome", "text",
          "Accepted, on hold, not accepted, withdrawn, replaced by a newer form, or a test.",
          "weaver", width=12),
        C("Labels", "text", "Whom it waits for; late, individual, repeat.", "weaver", width=18),
        C("Rules", "text", "Codes of the rules that found something.", "weaver", width=16),
        C("Reasons", "text", "Those findings in words.", "weaver", width=70),
        C("Matched", "text", "The organisation that it belongs to.", "weaver", width=30),
        C("Because", "text", "Why it belongs to that organisation.", "weaver", width=36),
    ),
    day_one=True,
    often="at every run",
)  # fmt: skip

LETTERS = Table(
    "Letters",
    "weaver",
    "One organisation under one letter.",
    (
        C("Key", "key", "Weaver's lasting name for the line.", "weaver", width=18),
        C("Letter", "text", "What the letter is called.", "weaver", width=28),
        C("Organisation", "name", "Its name exactly as it gave it.", "weaver", width=36),
        C("Signed as", "text", "Organisation or individual; a member of the coalition or not.",
          "weaver", width=20),
        C("Standing", "text", "Signed, pending, late, withdrawn or not accepted.", "weaver",
          width=13),
        C("Since", "date", "The day from which this holds.", "weaver", width=11),
        C("Signatory", "text", "Who signed for it.", "weaver", width=22),
        C("Version", "text", "The version of the letter that it signed.", "weaver", width=9),
        C("We list it", "text", "Yes only with the signer's consent and a coordinator's yes.",
          "weaver", width=10),
        C("Why not listed", "text", "What is missing before the name may stand under it.",
          "weaver", width=40),
    ),
    often="at every run",
)  # fmt: skip

STATEMENT_DRAFT = Table(
    "Statement draft",
    "weaver",
    "One clause of a draft: what changes, and what was said about it.",
    (
        C("Key", "key", "Weaver's lasting name for the line.", "weaver", width=18),
        C("Draft", "text", "The draft; for a letter with the letter's title.", "weaver", width=14),
        C("Clause", "text", "The principle or policy; else what people named.", "weaver",
          width=14),
        C("In force", "text", "Its text in the version in force.", "weaver", width=44),
        C("In the draft", "text", "Its text in the draft.", "weaver", width=44),
        C("What changes", "text", "New, dropped, unchanged, or the words that differ.", "weaver",
          width=44),
        C("Comments", "count", "How many comments came in on it.", "weaver", width=10),
        C("Would sign as is", "count", "Organisations that would sign it as it is.", "weaver",
          width=10),
        C("With a change", "count", "Organisations that would sign it only with a change.",
          "weaver", width=10),
        C("Would not sign", "count", "Organisations that would not sign it.", "weaver", width=10),
        C("Open red lines", "text", "Who would not sign it as it is, and why; not settled yet.",
          "weaver", width=60),
    ),
    often="at every run",
)  # fmt: skip

IF_ADOPTED = Table(
    "If adopted",
    "weaver",
    "What the adoption of the draft would mean for one organisation.",
    (
        C("Id", "key", "Weaver's lasting name for the organisation.", "weaver", width=12),
        C("Organisation", "name", "Its name exactly as it gave it.", "weaver", width=36),
        C("Standing today", "text", "Where it stands now.", "weaver", width=13),
        C("What it means", "text", "Unaffected, must re-confirm, or is not asked and why.",
          "weaver", width=34),
        C("By", "date", "The last day to re-confirm, its own extension included.", "weaver",
          width=11),
        C("If it stays silent", "text", "What becomes of it after that day.", "weaver", width=40),
        C("Its feedback", "text", "What it said about signing the draft.", "weaver", width=30),
    ),
    often="at every run",
)  # fmt: skip

NUMBERS = Table(
    "Numbers",
    "weaver",
    "One number, with what it means.",
    (
        C("Code", "key", "The number's lasting code.", "weaver", width=7),
        C("Metric", "text", "Its name.", "weaver", width=34),
        C("Phase", "text", "Connect, Align or Produce, or what supports them.", "weaver",
          width=14),
        C("Value", "number", "Today's figure.", "weaver", width=10),
        C("of which", "text", "The figure as so many of so many.", "weaver", width=30),
        C("Change", "text", "Against the last time it was recorded before this week.", "weaver",
          width=24),
        C("A year ago", "text", "Against what was recorded a year ago.", "weaver", width=22),
        C("Target", "number", "What you aim for (tab Our targets).", "weaver", width=10),
        C("By", "date", "The day by which the target shall be reached.", "weaver", width=11),
        C("Status", "text", "Met, on track, behind, no day, or no data; by the rule in the notes.",
          "weaver", width=12),
        C("At this pace", "text", "Where it will be on that day if it goes on as lately.",
          "weaver", width=24),
        C("Left out", "text", "How many rows weren't counted, and why.", "weaver", width=26),
        C("Definition", "text", "How it is counted.", "weaver", width=72),
        C("Why no data", "text", "What is missing before it can be counted.", "weaver", width=40),
    ),
    day_one=True,
    often="at every run",
)  # fmt: skip

OVER_TIME = Table(
    "Numbers over time",
    "weaver",
    "What a number was on a day; a row only when it changed.",
    (
        C("Date", "date", "The day.", "weaver", width=12),
        C("Code", "text", "The number's code.", "weaver", width=8),
        C("Value", "number", "The figure on that day, as it was reported.", "weaver", width=12),
        C(
            "Revised",
            "number",
            "What the tabs say of that day now, where that is another figure.",
            "weaver",
            width=12,
        ),
    ),
    day_one=True,
    often="when a number changes",
)

BY_PART = Table(
    "Numbers by part",
    "weaver",
    "One number for one district, sector, group or month.",
    (
        C("Key", "key", "Weaver's lasting name for the line.", "weaver", width=36),
        C("Code", "text", "The number's code.", "weaver", width=16),
        C("Metric", "text", "Its name.", "weaver", width=34),
        C("By", "text", "District, sector, group or month; a month too long ago to be counted "
          "again stands as it was reported.", "weaver", width=18),
        C("Part", "text", "Which one.", "weaver", width=26),
        C("Value", "number", "The figure for that part alone.", "weaver", width=10),
        C("of which", "text", "The figure as so many of so many.", "weaver", width=14),
    ),
    often="at every run",
)  # fmt: skip

DASHBOARD = Table(
    "Dashboard",
    "weaver",
    "Where the coalition stands: dials that move on their own, none before another.",
    (
        C("Key", "key", "Weaver's lasting name for the line.", "weaver", width=16),
        C("Dial", "text", "What it shows.", "weaver", width=26),
        C("Reading", "number", "From 0 to 100, where it is one of the dials.", "weaver", width=9),
        C("Change", "text", "Against the last report.", "weaver", width=16),
        C("In words", "text", "What that means.", "weaver", width=64),
        C("Made of", "text", "The numbers behind it, by their codes.", "weaver", width=64),
    ),
    often="at every run",
)  # fmt: skip

INTRODUCTIONS = Table(
    "Introductions",
    "weaver",
    "Two organisations that it would help most to bring together, as a question to you.",
    (
        C("Key", "key", "Weaver's lasting name for the line. Write notes in a column of your own: "
          "they stay beside their line. Comments on cells don't.", "weaver", width=22),
        C("First", "name", "One of the two.", "weaver", width=34),
        C("Second", "name", "The other of the two.", "weaver", width=34),
        C("Why", "text", "What would change if they met.", "weaver", width=64),
        C("Who could do it", "text", "Who is close to both, where anybody is.", "weaver",
          width=34),
    ),
    often="at every run",
)  # fmt: skip

LOG = Table(
    "Weaver's log",
    "weaver",
    "One run that changed something.",
    (
        C("Run", "key", "The run's number.", "weaver", width=8),
        C("As of", "date", "The day it stands for.", "weaver", width=12),
        C("Read", "text", "What was read.", "weaver", width=48),
        C("Changed", "text", "What was changed.", "weaver", width=48),
    ),
    day_one=True,
    often="when a run changed something",
)

WRITTEN = (CHECKED, LETTERS, STATEMENT_DRAFT, IF_ADOPTED, NUMBERS, OVER_TIME, BY_PART,
           DASHBOARD, INTRODUCTIONS, LOG)  # fmt: skip
