"""Impact: what is said out there; decision-makers, steps and wins stand in files of their own."""

from __future__ import annotations

from config.tables.work import TONES
from config.words import say
from pipeline.metrics.contacts import I11
from pipeline.metrics.makers import MAKERS
from pipeline.metrics.media import pieces
from pipeline.metrics.model import Context, Metric, Value
from pipeline.metrics.steps import STEPS_TAKEN
from pipeline.metrics.values import in_period, is_itself, members, no_data, ratio, until_today

_NOTHING = "no piece had appeared by the day of the report"


def _mentions(context: Context) -> Value:
    rows = pieces(context)
    recent = rows["piece"][in_period(rows["date"], context)].nunique()
    count = float(rows["piece"].nunique())
    return Value(count, details=((say("in the last month"), float(recent)),))


def _tone(context: Context) -> Value:
    rows = pieces(context)
    coded = rows[rows["tone"].isin(TONES)].drop_duplicates("piece")["tone"].value_counts()
    uncoded = rows["piece"].nunique() - int(coded.sum())
    counts = [(say(tone), float(coded.get(tone, 0))) for tone in TONES]
    nothing = say("nobody has said of any piece how it speaks of the cause")
    return ratio(
        int(coded.get(TONES[0], 0)), int(coded.sum()), nothing, tuple(counts),
        (uncoded, say("no tone") if uncoded else ""),
    )  # fmt: skip


def _voice(context: Context) -> Value:
    rows = pieces(context)
    each = rows.explode(["quotes", "quotes_ids"])
    mine = each["quotes_ids"].isin(members(context)["id"]) | is_itself(each["quotes"], context)
    ours = each["piece"][mine].nunique()
    quoting = rows["piece"][rows["quotes"].map(len) > 0].nunique()
    details = ((say("pieces that quote somebody"), float(quoting)),)
    return ratio(ours, rows["piece"].nunique(), say(_NOTHING), details)


def _message(context: Context) -> Value:
    rows = pieces(context)
    carried = rows["message"].map(len) > 0
    coded = rows["piece"][carried | rows["tone"].isin(TONES)].nunique()
    uncoded = rows["piece"].nunique() - coded
    nothing = say("no piece has a tone or a message")
    return ratio(
        rows["piece"][carried].nunique(), coded, nothing,
        excluded=(uncoded, say("neither tone nor message") if uncoded else ""),
    )  # fmt: skip


def _placed(context: Context) -> Value:
    rows = context.tables["media"]
    offered = until_today(rows["submitted"], context)
    placed = until_today(rows["placed"], context)
    unknown = int((placed & rows["submitted"].isna()).sum())
    if not offered.any() and unknown:
        return no_data(say("no row has a day under Submitted"))
    recent = (
        (say("offered in the last month"), float(in_period(rows["submitted"], context).sum())),
        (say("placed in the last month"),
         float((offered & in_period(rows["placed"], context)).sum())),
    )  # fmt: skip
    return ratio(
        int((offered & placed).sum()), int(offered.sum()),
        say("nothing was offered by the day of the report"), recent,
        (unknown, say("no day under Submitted") if unknown else ""),
    )  # fmt: skip


_PIECES = ("media.date", "media.outlet", "media.title")
_PRINTED = ("media.link", "media.submitted", "media.placed")

I1 = Metric(
    "I1", "Media mentions", "Impact",
    "Distinct pieces by the day of the report, told apart by link or else by outlet, day and "
    "title, those offered but not printed apart.",
    "pieces", "up", _PIECES, "Activist Handbook", _mentions, _PRINTED, dated=True,
)  # fmt: skip
I2 = Metric(
    "I2", "Tone", "Impact",
    "Of the distinct pieces by the day of the report of which somebody has said how they speak of "
    "the cause, those that are favourable.",
    "share", "up", (*_PIECES, "media.tone"), "Activist Handbook; ours", _tone, _PRINTED, dated=True,
)  # fmt: skip
I3 = Metric(
    "I3", "Coalition voice", "Impact",
    "Of the distinct pieces by the day of the report, those that quote at least one member or "
    "the coalition itself, by name.",
    "share", "up", (*_PIECES, "media.quotes"), "ours", _voice,
    (*_PRINTED, "organisations.standing", "organisations.joins_as"), dated=True,
)  # fmt: skip
I4 = Metric(
    "I4", "Message carried", "Impact",
    "Of the distinct pieces by the day of the report with a tone or a message, those that carry "
    "at least one of the agreed messages.",
    "share", "up", (*_PIECES, "media.message", "media.tone"), "ours", _message, _PRINTED,
    dated=True,
)  # fmt: skip
I5 = Metric(
    "I5", "Letters and op-eds", "Impact",
    "Of the letters and op-eds offered to the media by the day of the report, those printed by it.",
    "share", "up", ("media.submitted", "media.placed"), "IBI", _placed, dated=True,
)  # fmt: skip

IMPACT: tuple[Metric, ...] = (I1, I2, I3, I4, I5, *MAKERS, I11, *STEPS_TAKEN)
