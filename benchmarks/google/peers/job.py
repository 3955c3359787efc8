"""What a program is asked to do, and the way to the emulated Google for programs that know none.

Runs in the peers' own environments, so it takes nothing from Weaver.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

Rows = list[list[Any]]


class Job(NamedTuple):
    """Read some tabs and write others.

    Attributes:
        root: where the emulated Google listens.
        key: the file with the service account's key.
        spreadsheet: the spreadsheet's id.
        read: titles of the tabs to read.
        write: title of a tab to write → its rows, the header first.
    """

    root: str
    key: str
    spreadsheet: str
    read: list[str]
    write: dict[str, Rows]


def given() -> Job:
    """The job in the file that the command line names; from here on Google is the emulated one."""
    job = Job(**json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    redirect(job.root)
    return job


def done(read: dict[str, Any]) -> None:
    """Tell how many rows were read from each tab."""
    counts = {title: len(rows) for title, rows in read.items()}
    Path(sys.argv[2]).write_text(json.dumps(counts), encoding="utf-8")


def redirect(root: str) -> None:
    """Let whatever requests or httplib2 send to Google go to the root; anything else is refused."""
    import requests.adapters

    send = requests.adapters.HTTPAdapter.send

    def sent(self: Any, request: Any, *args: Any, **more: Any) -> Any:
        request.url = _elsewhere(request.url, root, request.headers)
        return send(self, request, *args, **more)

    requests.adapters.HTTPAdapter.send = sent  # type: ignore[method-assign]
    try:
        import httplib2
    except ImportError:
        return
    ask = httplib2.Http.request

    def asked(self: Any, uri: str, method: str = "GET", body: Any = None, headers: Any = None,
              **more: Any) -> Any:  # fmt: skip
        headers = dict(headers or {})
        return ask(self, _elsewhere(uri, root, headers), method, body, headers, **more)

    httplib2.Http.request = asked


def _elsewhere(url: str, root: str, headers: Any) -> str:
    parts = urlsplit(url)
    if url.startswith(root):
        return url
    if not parts.netloc.endswith(".googleapis.com"):
        raise ConnectionError(f"{parts.netloc} is not Google")
    headers["X-Original-Host"] = parts.netloc
    return root + url[len(parts.scheme) + 3 + len(parts.netloc) :]
