"""What a run leaves in the store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from config.records import Ledger, MatterRecord, MetricPoint, SignOnRecord
from pipeline.decisions import written_hashes
from pipeline.model import Result
from pipeline.organisations import Settled
from pipeline.tabrows import OUR_COLUMNS, to_decide_rows


def ledger_of(
    result: Result,
    records: Sequence[SignOnRecord],
    vanished: Sequence[SignOnRecord],
    settled: Settled,
) -> Ledger:
    """Everything that changed or may have; what is unchanged is written as it was."""
    return Ledger(
        signons=(*_signons(result, records, settled), *vanished),
        organisations=settled.records,
        matters=tuple(_matters(result)),
        decisions=result.known.decisions,
        changes=result.known.changes,
        texts=result.texts,
        metrics=tuple(_points(result)),
        tabs=result.tabs,
        positions=result.positions,
    )


def _signons(
    result: Result, records: Sequence[SignOnRecord], settled: Settled
) -> Iterator[SignOnRecord]:
    rows = {row["key"]: row for row in result.every_form.to_dict("records")}
    opted: dict[str, list[str]] = defaultdict(list)
    for letter in result.letters:
        for key in letter.opted_in["key"]:
            opted[key].append(letter.statement.name)
    for record in records:
        if row := rows.get(record.key):
            yield replace(
                record,
                organisation_id=row["organisation_id"],
                outcome=row["outcome"],
                labels=tuple(row["labels"]),
                rules=tuple(row["rules"]),
                may_list=row["list_us"] == "yes",
                version=row["version"],
                letters=tuple(opted[record.key]),
                origin=settled.origins.get(record.key, ""),
            )


def _matters(result: Result) -> Iterator[MatterRecord]:
    """Matters of today as they are written; those that are over keep what is remembered."""
    rows = {str(row[0]): row for row in to_decide_rows(result)}
    known = {record.key: record for record in result.known.matters}
    current = {matter.key: matter for matter in result.matters}
    for key in sorted(known.keys() | current.keys()):
        before, matter, row = known.get(key), current.get(key), rows.get(key)
        written = written_hashes(row[:OUR_COLUMNS]) if row else before.written if before else ()
        organisation = str(row[2]) if row else before.organisation if before else ""
        if matter is None and before is not None:
            yield replace(before, status="settled", written=written)
        elif matter is not None:
            organisation = organisation or matter.organisation
            formerly = before.formerly if before else ""
            if before and before.organisation != organisation:
                formerly = before.organisation
            yield MatterRecord(
                key, matter.kind, organisation, matter.since, matter.status, matter.facts,
                written, before.read if before else ("", "", ""), formerly,
            )  # fmt: skip


def _points(result: Result) -> Iterator[MetricPoint]:
    """A point for each metric whose value differs from the last one before today."""
    last = {
        point.code: point
        for point in sorted(result.known.metrics, key=lambda p: p.day)
        if point.day < result.today
    }
    today = {point.code: point for point in result.known.metrics if point.day == result.today}
    for code, value in result.values.items():
        point = MetricPoint(result.today, code, value.value, value.numerator, value.denominator)
        before = last.get(code)
        same = before is not None and (before.value, before.numerator, before.denominator) == (
            value.value, value.numerator, value.denominator,
        )  # fmt: skip
        if code in today or not same:
            yield point
