"""weaver resolve"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from config.errors import WrongUsage
from config.words import say
from pipeline.commands.common import common, pace, put, put_json, settings_file

if TYPE_CHECKING:
    import pandas as pd

_COLUMNS = ("name", "website", "email", "country", "city", "identifier")


def _columns(function: Callable[..., Any]) -> Callable[..., Any]:
    """An option per column that is looked for."""
    for column in reversed(_COLUMNS):
        function = click.option(
            f"--{column}", default="", metavar="COLUMN", help=f"The column with the {column}."
        )(function)
    return function


@click.command("resolve")
@common
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), required=True, metavar="OUT.csv",
    help="Where the list is written with what was found.",
)  # fmt: skip
@_columns
@click.option("--tab", default="", metavar="TITLE", help="The tab, where FILE is a workbook.")
@click.option(
    "--questions", type=click.Path(path_type=Path), metavar="PAIRS.csv",
    help="Write the pairs that a person should look at.",
)  # fmt: skip
@click.option(
    "--against", type=click.Path(path_type=Path), metavar="REGISTRY",
    help="Look each row up in that list of known organisations.",
)  # fmt: skip
@click.option("--known", is_flag=True, help="Look each row up among your coalition's own.")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def command(
    now: dt.datetime,
    /,
    config: Path | None,
    as_json: bool,
    quiet: bool,
    out: Path,
    tab: str,
    questions: Path | None,
    against: Path | None,
    known: bool,
    file: Path,
    **columns: str,
) -> None:
    """Clean FILE, any list of organisations: say which rows are the same one.

    Writes its rows in their order, untouched, with four columns more: organisation_id,
    canonical_name, confidence and because. FILE is CSV or .xlsx; it needs a column with names, and
    website, email, country, city and identifier help. Works without any settings.
    """
    from pipeline.resolving.file import Wish, resolve_file
    from pipeline.resolving.telling import told

    if known and against:
        raise WrongUsage(say("--known and --against exclude each other."), "weaver resolve",
                         say("Leave one of them out."))  # fmt: skip
    given = {column: title for column, title in columns.items() if title}
    registry = _known(settings_file(config), now) if known else None
    done = resolve_file(Wish(file, out, given, tab, questions, against, registry))
    if as_json:
        put_json(done)
    else:
        put(told(done), quiet)


def _known(file: Path, now: dt.datetime) -> pd.DataFrame:
    """The coalition's organisations, with every name that they use."""
    from pipeline.resolution.matching import registry_of
    from pipeline.runner import Order, coalition, think_only

    settings, statements = coalition(file)
    known = think_only(
        Order(file, now, None, dry=True, pace=pace()), settings, statements
    ).result.organisations
    names, also = (dict(zip(known["id"], known[column], strict=True)) for column in
                   ("name", "aliases"))  # fmt: skip
    return registry_of(names, also)
