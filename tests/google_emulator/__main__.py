"""`python -m tests.google_emulator`: the emulator on its own, until SIGTERM."""

from __future__ import annotations

import argparse
import os
import signal
import threading
from pathlib import Path

import click

from tests.google_emulator.seeding import BadSeed, seed
from tests.google_emulator.server import Emulator
from tests.google_emulator.world import WallClock


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.google_emulator", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--credentials-out", type=Path, required=True, metavar="FILE")
    parser.add_argument("--seed-dir", type=Path, metavar="DIR")
    return parser.parse_args()


def _write_key(google: Emulator, path: Path) -> None:
    """The key file, for its owner's eyes only."""
    path.unlink(missing_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600))
    google.key_file(path)


def main() -> int:
    """Serve until SIGTERM or Ctrl-C."""
    asked, stop = _arguments(), threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with Emulator(port=asked.port, clock=WallClock()) as google:
        _write_key(google, asked.credentials_out)
        try:
            seed(google, asked.seed_dir, google.service_account()["client_email"])
        except BadSeed as error:
            click.echo(error, err=True)
            return 1
        click.echo(f"listening on {google.url}")
        for file in google.world.files.values():
            click.echo(f"{file.mime.rpartition('.')[2]} {file.id} {file.name}")
        stop.wait()
    for bug in google.bugs:
        click.echo(bug, err=True)
    return 1 if google.bugs else 0


if __name__ == "__main__":
    raise SystemExit(main())
