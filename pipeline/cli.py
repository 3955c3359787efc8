"""The command line: thin, lazy, and the only place that asks what time it is."""

from __future__ import annotations

import datetime as dt
import importlib
import json
import sys
import traceback

import click

from config.errors import WeaverError
from pipeline import VERSION

COMMANDS = {
    "run": "Read, check, count, write the tabs and queue the mail.",
    "send": "Show the mail that waits, or say send to it.",
    "schedule": "Stay and run by itself; or print what cron or systemd needs.",
    "check": "Check a file of sign-ons and say what would come of each.",
    "resolve": "Clean any list of organisations: which rows are the same one, and why.",
    "explain": "Tell an organisation's story: forms, questions, decisions, standing.",
    "statement": "Say where the statement stands: versions, draft, red lines, what adoption means.",
    "network": "Say who is close to whom, and whom to introduce; draw it and export it.",
    "doctor": "Look at everything that a run needs, and say what is to do.",
    "state": "Look at what Weaver remembers, copy it, and put a copy back.",
    "status": "Say when Weaver last ran, what waits and what is wrong.",
    "rules": "List the rules that sign-ons are checked against.",
    "metrics": "List the numbers that Weaver counts, and what each one means.",
    "demo": "Write an invented coalition into a folder and run it.",
}
BUG = 1
INTERRUPTED = 130


class LazyGroup(click.Group):
    """Knows every command's name and help; loads one only when it is called."""

    def list_commands(self, _: click.Context) -> list[str]:
        """Names in the order in which a coordinator meets them."""
        return list(COMMANDS)

    def get_command(self, _: click.Context, name: str) -> click.Command | None:
        """The command, or None where there is none of that name."""
        if name not in COMMANDS:
            return None
        found: click.Command = importlib.import_module(f"pipeline.commands.{name}").command
        return found

    def format_commands(self, _: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without loading any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="weaver")
def weaver() -> None:
    """Weaver runs a coalition's paperwork, so that its people can do the weaving.

    Every command takes --json (one JSON object on standard output) and --quiet.
    """


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and end the process with the exit code of the contract."""
    given = sys.argv[1:] if arguments is None else arguments
    as_json = "--json" in given
    now = dt.datetime.now(dt.UTC)
    sys.exit(_run(given, as_json, now))


def _run(given: list[str], as_json: bool, now: dt.datetime) -> int:
    try:
        ended = weaver.main(given, prog_name="weaver", standalone_mode=False, obj=now)
    except WeaverError as error:
        return _fail(error.what, error.where, error.remedy, error.exit_code, as_json)
    except click.ClickException as error:
        where = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else ""
        remedy = f"See {where or 'weaver'} --help."
        return _fail(error.format_message(), where or "weaver", remedy, 2, as_json)
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        return 0
    except Exception as error:  # noqa: BLE001 - the last line of defence: say it, don't hide it
        traceback.print_exc(file=sys.stderr)
        remedy = "Nothing is lost; please report what stands above."
        what = f"Weaver has a fault: {type(error).__name__}: {error}"
        return _fail(what, "weaver", remedy, BUG, as_json)
    # A command that looks at many things says how grave what it found is.
    return ended if isinstance(ended, int) else 0


def _fail(what: str, where: str, remedy: str, code: int, as_json: bool) -> int:
    if as_json:
        found = {"error": {"what": what, "where": where, "remedy": remedy}, "exit": code}
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        click.echo(f"{what}\n  where: {where}\n  what to do: {remedy}", err=True)
    return code
