"""From typed sign-ons to outcomes: who it is, what the rules say, what people decided."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from config.records import ChangeRecord, DecisionRecord
from config.settings import Form, Settings
from config.statement import Statement
from config.text import fold
from pipeline import check
from pipeline.confirming import EXTENDS
from pipeline.domains import are_free_mail, mail_domains, own_domains
from pipeline.lookup import look_up
from pipeline.rules.evidence import is_leaving
from pipeline.rules.model import Forms
from pipeline.versions import agreed, lateness

ACCEPTS = frozenset({"accept", "accept and list"})
Row = Mapping[Hashable, Any]


@dataclass(frozen=True)
class Judged:
    """Every sign-on with its outcome.

    Attributes:
        frame: the frame of `rules.model.Forms` and, per row, `base` (outcome before people's
            decisions), `outcome`, `labels`, `rules`, `reasons`, `questions`,
            `evidence`, `suggestion`, `facts` as `check.outcomes` gives them, and `decision` (the
            word that holds, "").
        not_applied: rules that were left out, with the reason.
    """

    frame: pd.DataFrame
    not_applied: tuple[check.NotApplied, ...]


def describe(
    frame: pd.DataFrame, statement: Statement, zone: ZoneInfo, marker: str
) -> pd.DataFrame:
    """The frame with all that a row says of itself: day, version, domains, whether it counts."""
    local = frame["received"].dt.tz_convert(zone).dt.tz_localize(None).dt.normalize()
    mail = mail_domains(frame["email"])
    named = frame["organisation"].str.strip() != ""
    test = frame["organisation"].str.contains(marker, case=False, regex=False)
    dated = frame.assign(day=local)
    return dated.join(agreed(dated, statement)).assign(
        late=lateness(dated, statement, zone),
        drift="",
        domain=own_domains(frame["website"]),
        mail_domain=mail,
        free_mail=are_free_mail(mail),
        folded=frame["organisation"].map(fold),
        counts=named & ~test & (frame["signing_as"] != "individual"),
    )


def judge(
    frame: pd.DataFrame,
    asked: frozenset[str],
    form: Form,
    settings: Settings,
    statement: Statement,
    decisions: Mapping[str, DecisionRecord],
    changes: Sequence[ChangeRecord],
    today: dt.date,
) -> Judged:
    """Apply the rules to the forms of one statement, and then people's decisions.

    The rules run twice: what a form adds to, and whom its sender speaks for, is only known when
    the organisation's first accepted form is.
    """
    first = frame.assign(
        repeat=False, repeat_key="", trusted=False, returns=False, confirms=False,
        extended=pd.to_datetime(look_up(frame["organisation_id"], _extended(changes), pd.NaT)),
    )  # fmt: skip
    forms = Forms(first, asked, statement, form, today, settings.eligibility)
    alone = check.judge(forms, settings.rules)
    before = check.outcomes(forms, alone)
    left = _left_on(frame, decisions, changes)
    told = first.assign(base=before["outcome"])
    second = _with_repeats(told, decisions, left, form.email_verified, statement)
    forms = Forms(second, asked, statement, form, today, settings.eligibility)
    findings = check.judge(forms, settings.rules, alone)
    found = check.outcomes(forms, findings).rename(columns={"outcome": "base"})
    whole = second.drop(columns="base").join(found)
    return Judged(_decided(whole, decisions), findings.not_applied)


def holds(decision: DecisionRecord | None, facts: str) -> bool:
    """Whether a decision still counts: nothing is asked today that it wasn't made on."""
    return decision is not None and set(facts.split()) <= set(decision.facts.split())


def _left_on(
    frame: pd.DataFrame, decisions: Mapping[str, DecisionRecord], changes: Sequence[ChangeRecord]
) -> dict[str, dt.date]:
    """Organisation → the last day on which it withdrew; a later form is a new beginning."""
    left: dict[str, dt.date] = {}
    belongs = dict(zip(frame["key"], frame["organisation_id"], strict=True))
    for change in changes:
        if change.change == "withdraw":
            left[change.organisation_id] = change.holds_from
    for matter, decision in decisions.items():
        home = belongs.get(matter.rpartition(":")[2])
        if decision.word == "withdraw" and home:
            left[home] = max(left.get(home, decision.read_on), decision.read_on)
    return left


def _extended(changes: Sequence[ChangeRecord]) -> dict[str, dt.date]:
    """Organisation → the last day to re-confirm that it was given."""
    return {
        change.organisation_id: dt.date.fromisoformat(change.value)
        for change in sorted(changes, key=lambda change: change.value)
        if change.change == EXTENDS and change.value
    }  # fmt: skip


def _with_repeats(
    frame: pd.DataFrame,
    decisions: Mapping[str, DecisionRecord],
    left: Mapping[str, dt.date],
    verified: bool,
    statement: Statement,
) -> pd.DataFrame:
    """Mark forms of an organisation of which an earlier form stands."""
    word = look_up(frame["key"], {key: d.word for key, d in decisions.items()})
    stands = (frame["base"] == "accepted") & (word != "not accepted") | word.isin(ACCEPTS)
    joins = frame["counts"] & frame["request"].isin(["", "join"])
    substance = {v: statement.substance(v) for v in frame["version"].unique()}
    told = frame.assign(
        stands=stands & joins,
        vouched=word.isin(ACCEPTS),
        substance=look_up(frame["version"], substance, -1),
    )
    rows = in_time(
        told, "organisation_id", "day", "email", "request", "stands", "vouched", "substance"
    )
    marks = _Marks(verified, {}, {}, {}, {})
    for home, forms in by_organisation(rows).items():
        marks.mark(forms, left.get(home))
    repeat_key = look_up(frame["key"], marks.earlier)
    return frame.assign(
        repeat=repeat_key != "",
        repeat_key=repeat_key,
        trusted=look_up(frame["key"], marks.trusted, False).astype(bool),
        returns=look_up(frame["key"], marks.returns, False).astype(bool),
        confirms=look_up(frame["key"], marks.confirms, False).astype(bool),
    )


@dataclass
class _Marks:
    """What a form is to the forms of its organisation before it, by key."""

    verified: bool
    earlier: dict[str, str]
    trusted: dict[str, bool]
    returns: dict[str, bool]
    confirms: dict[str, bool]

    def mark(self, forms: Sequence[Row], gone: dt.date | None) -> None:
        """Mark one organisation's forms, in the order in which they came."""
        anchor, addresses, agreed_to = "", set[str](), -1
        known: set[str] | None = None
        for row in forms:
            if gone and row["day"] is not pd.NaT and row["day"].date() > gone:
                anchor, known, addresses, gone = "", addresses, set(), None
            if anchor:
                trusted = self._repeats(row, anchor, addresses, agreed_to)
                if trusted and row["request"] == "withdraw":
                    anchor, known, addresses = "", addresses, set()
                elif row["vouched"] and row["request"] != "withdraw":
                    addresses.add(_address(row))
                sure = row["vouched"] or (trusted and row["stands"])
                if sure and row["request"] != "withdraw":
                    agreed_to = max(agreed_to, row["substance"])
                if anchor and trusted and row["stands"]:
                    anchor = row["key"]  # from now on that form says what stands
            elif known is not None and not self._ours(row, known):
                self.returns[row["key"]] = True
            elif row["stands"]:
                anchor, addresses, agreed_to = row["key"], {_address(row)}, row["substance"]

    def _repeats(self, row: Row, anchor: str, addresses: set[str], agreed_to: int) -> bool:
        """Note a form beside the one that stands; whether its sender is trusted."""
        trusted = self.verified and _address(row) in addresses - {""}
        self.earlier[row["key"]] = anchor
        self.trusted[row["key"]] = trusted
        joins = row["request"] in ("", "join", "correct")
        self.confirms[row["key"]] = joins and row["substance"] > max(agreed_to, 0)
        return trusted

    def _ours(self, row: Row, known: set[str]) -> bool:
        return bool(row["vouched"] or (self.verified and _address(row) in known - {""}))


def decision_days(
    frame: pd.DataFrame, active: Mapping[str, DecisionRecord], ever: Sequence[DecisionRecord]
) -> pd.DataFrame:
    """The forms with `decided_on`: the day a person decided, else the day an accepted form came.

    A form on hold that was taken back has none: nobody accepted it, or didn't.
    """
    read_on = pd.to_datetime(
        frame["key"].map({key: d.read_on for key, d in active.items()}).astype("datetime64[s]")
    ).astype("datetime64[ns]")
    came = frame["day"].where(frame["outcome"].isin(["accepted", "withdrawn", "superseded"]))
    final = (frame["decision"] != "") & (frame["outcome"] != "hold")
    accepted = {d.matter for d in ever if d.word in ACCEPTS and d.undone_on is None}
    stood = (frame["base"] == "accepted") | frame["key"].isin(accepted)
    untaken = (frame["outcome"] == "withdrawn") & ~stood
    return frame.assign(decided_on=read_on.where(final, came).mask(untaken))


def in_time(frame: pd.DataFrame, *fields: str) -> list[Row]:
    """Rows in the order in which they came, those without a time last: key and fields, or all."""
    ordered = frame.sort_values(["received", "key"], na_position="last", kind="stable")
    wanted = ordered[["key", *fields]] if fields else ordered
    return list(wanted.to_dict("records"))


def by_organisation(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Organisation → its rows in their order; rows of none are left out."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["organisation_id"]:
            groups[row["organisation_id"]].append(row)
    return groups


def _address(row: Row) -> str:
    return str(row["email"]).strip().casefold()


def _decided(frame: pd.DataFrame, decisions: Mapping[str, DecisionRecord]) -> pd.DataFrame:
    """Outcomes after people's decisions, and after newer forms that replace older ones."""
    words = [
        decisions[key].word if holds(decisions.get(key), facts) else ""
        for key, facts in zip(frame["key"], frame["facts"], strict=True)
    ]
    rows = zip(frame["base"], frame["rules"], frame["labels"], words, strict=True)
    final = [_final(*row) for row in rows]
    decided = frame.assign(
        decision=pd.Series(words, index=frame.index, dtype=object),
        outcome=pd.Series([outcome for outcome, _ in final], index=frame.index, dtype=object),
        labels=pd.Series([labels for _, labels in final], index=frame.index, dtype=object),
    )
    return decided.assign(outcome=decided["outcome"].mask(_replaced(decided), "superseded"))


def _final(
    base: str, rules: tuple[str, ...], labels: tuple[str, ...], word: str
) -> tuple[str, tuple[str, ...]]:
    plain = tuple(label for label in labels if not label.startswith("waiting"))
    leaving = is_leaving(rules)
    if base == "test" or not word:
        return base, labels
    if word in ACCEPTS:
        return "accepted", plain
    if word == "withdraw":
        return ("accepted" if leaving else "withdrawn"), plain
    if word in ("not accepted", "keep"):
        return "declined", plain
    return "hold", (*plain, "waiting for them")


def _replaced(frame: pd.DataFrame) -> pd.Series:
    """Forms in whose place a newer one of the same organisation stands.

    An accepted one gives way to a later one that a person accepted or a trusted signatory sent;
    one on hold gives way to a later accepted one from the same address.
    """
    replaced: set[str] = set()
    fields = ("organisation_id", "request", "outcome", "email", "repeat", "trusted", "decision")
    rows = in_time(frame, *fields)
    for forms in by_organisation(rows).values():
        newer, senders = False, set[str]()
        for row in reversed([row for row in forms if row["request"] != "withdraw"]):
            accepted, held = row["outcome"] == "accepted", row["outcome"] == "hold"
            if (accepted and newer) or (held and _address(row) in senders - {""}):
                replaced.add(row["key"])
            elif accepted:
                senders.add(_address(row))
                newer = bool(row["repeat"] and (row["trusted"] or row["decision"] in ACCEPTS))
    return frame["key"].isin(replaced)
