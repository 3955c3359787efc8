"""The network for `weaver network`: its shape, the introductions, and what was exported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from config.words import count, say
from pipeline.metrics.model import Context
from pipeline.network.export import Export
from pipeline.network.graph import Network
from pipeline.network.introductions import introductions
from pipeline.network.sources import unread

Found = dict[str, Any]


def network_facts(context: Context) -> Found:
    """What `weaver network --json` prints."""
    lacking = unread(context)
    return {
        "as_of": context.today.isoformat(),
        "no_data_because": lacking or None,
        "members": _shape(context.network, bool(lacking)),
        "members_and_wanted": _shape(context.wider_network, bool(lacking)),
        "introductions": [
            {
                "key": each.key, "first": each.first, "second": each.second, "kind": each.kind,
                "why": each.why, "who": each.who,
            }
            for each in introductions(context)
        ],
    }  # fmt: skip


def _shape(network: Network, partly: bool) -> Found:
    """Counts, and names of those without a tie and of those on whom others hang.

    Args:
        network: who is close to whom.
        partly: so much can't be read that nobody can say who has no tie.
    """
    n, ties = len(network.nodes), len(network.ties)
    return {
        "organisations": n,
        "ties": ties,
        "mean_ties": 2 * ties / n if n else None,
        "density": 2 * ties / (n * (n - 1)) if n > 2 else None,
        "parts": [len(part) for part in network.parts if len(part) > 1],
        "without_a_tie": None if partly else list(network.named(network.alone)),
        "bridges": None if partly else list(network.named(network.connectors)),
    }


def exported(made: Export, folder: str) -> Found:
    """What stands under "written"."""
    return {
        "folder": folder,
        "files": sorted(made.files),
        "named": made.named,
        "not_listed": made.unlisted,
        "without_a_tie_to_others_named": made.alone,
        "map": made.drawn,
    }


def told(found: Mapping[str, Any]) -> str:
    """The same for people."""
    return "\n".join(_told(found))


def _told(found: Mapping[str, Any]) -> Iterator[str]:
    yield say("The network on {day}", day=found["as_of"])
    wider = found["members_and_wanted"]
    if lacking := found["no_data_because"]:
        yield say("Who has no tie and whom to introduce can't be said: {why}.", why=lacking)
        yield say("What follows is from the other tabs alone.")
    yield from _told_shape(found["members"])
    if not lacking and wider["organisations"] > found["members"]["organisations"]:
        yield say(
            "With the wanted organisations: {n} organisations, {ties} ties, {alone} without any.",
            n=wider["organisations"], ties=wider["ties"], alone=len(wider["without_a_tie"]),
        )  # fmt: skip
    if not lacking:
        yield ""
        yield from _told_introductions(found["introductions"], wider)
    if "written" in found:
        yield ""
        yield from _told_files(found["written"])


def _told_shape(shape: Mapping[str, Any]) -> Iterator[str]:
    if not shape["organisations"]:
        yield say("Nobody belongs yet.")
        return
    members = count(shape["organisations"], "{n} member", "{n} members")
    ties = count(shape["ties"], "{n} tie", "{n} ties")
    yield say(
        "{members}, {ties}: {mean:.1f} per member.",
        members=members, ties=ties, mean=shape["mean_ties"],
    )  # fmt: skip
    if parts := shape["parts"]:
        sizes = ", ".join(map(str, parts))
        yield count(len(parts), "They form one part, of {sizes}.",
                    "They form {n} parts that nothing connects, of {sizes}.",
                    sizes=sizes)  # fmt: skip
    if alone := shape["without_a_tie"]:
        yield say("No tie known yet: {names}.", names=", ".join(alone))
    if bridges := shape["bridges"]:
        yield say("Others reach each other through them alone: {names}.", names=", ".join(bridges))


def _told_introductions(found: list[Mapping[str, str]], shape: Mapping[str, Any]) -> Iterator[str]:
    if not found:
        yield _none(shape)
        return
    yield say("Whom to introduce?")
    for number, each in enumerate(found, 1):
        yield say(
            "{number:>2}. {first} and {second}", number=number, first=each["first"],
            second=each["second"],
        )  # fmt: skip
        yield f"    {each['why']}"
        yield say("    Who could do it: {who}", who=each["who"])


def _none(shape: Mapping[str, Any]) -> str:
    """Why nobody is proposed; that two must not meet isn't mentioned."""
    if shape["organisations"] < 3:
        return say("There are too few organisations to introduce anybody.")
    if shape["bridges"] or shape["without_a_tie"] or len(shape["parts"]) > 1:
        return say("There is no introduction to propose today.")
    return say("No introduction stands out: everybody reaches everybody in more than one way.")


def _told_files(written: Mapping[str, Any]) -> Iterator[str]:
    yield say("Written to {folder}: {files}.", folder=written["folder"],
              files=", ".join(written["files"]))  # fmt: skip
    yield count(written["named"], "{n} organisation is named.", "{n} organisations are named.")
    if written["not_listed"]:
        yield count(
            written["not_listed"], "{n} is left out, as it isn't listed in public.",
            "{n} are left out, as they aren't listed in public.",
        )  # fmt: skip
    if written["without_a_tie_to_others_named"]:
        yield count(
            written["without_a_tie_to_others_named"],
            "{n} is left out, as it has no tie to another that is named.",
            "{n} are left out, as they have no tie to another that is named.",
        )  # fmt: skip
    if not written["map"]:
        yield say("There are too many for a map; draw it with Gephi.")
