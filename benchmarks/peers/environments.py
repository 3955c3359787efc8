"""A Python of its own for every program that Weaver is compared with."""

from __future__ import annotations

import subprocess
import sys
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ROOT / "benchmarks" / "peers"


def environment(tool: str) -> Path:
    """The Python of the peer's own environment, made from its lock on first use.

    Raises:
        subprocess.CalledProcessError: it can't be installed here; pip has said why.
    """
    lock = LOCKS / f"{tool}.lock"
    folder = ROOT / "build" / "peers" / f"{tool}-{zlib.crc32(lock.read_bytes()):08x}"
    python = folder / "bin" / "python"
    if not (folder / "ready").exists():
        print(f"Making the environment of {tool} ...", file=sys.stderr, flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
        install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([str(python), *install, "--require-hashes", "-r", str(lock)], check=True)
        (folder / "ready").touch()
    return python
