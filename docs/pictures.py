"""Pictures of what a coordinator sees: `python docs/pictures.py [DEMO_FOLDER]`.

Renders every page of results.xlsx (LibreOffice) and the digest at three widths (Chromium) into
build/pictures, and puts two of them into docs/pictures for the README, and the map of a network
for docs/network.md.
"""

from __future__ import annotations

import base64
import html
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from email import policy
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageChops

ROOT = Path(__file__).resolve().parents[1]
WIDTHS = (360, 768, 1280)
SHARP = 2
"""Device pixels per CSS pixel: a phone's screen is that fine."""
SHEET_WIDTH = 2560
README_WIDTH, README_BYTES = 1400, 200_000
_STANDINGS = ("pending", "withdrawn", "removed", "declined")
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--hide-scrollbars",
)  # fmt: skip
# The narrowest window of a browser is wider than a phone, so that each width gets a frame.
_FRAME = '<iframe width="{width}" height="{height}" style="border:0;display:block" srcdoc="{page}">'
_MEASURE = """
<script>
window.onload = () => {
  const seen = [...document.querySelectorAll("iframe")].map(frame => {
    const view = frame.contentWindow, page = frame.contentDocument;
    const scroller = page.scrollingElement, edge = view.innerWidth + 0.5;
    const names = elements => elements.map(e => e.outerHTML.slice(0, 90));
    const shown = [...page.body.querySelectorAll("*")].filter(e => e.getClientRects().length);
    const texts = shown.filter(e => [...e.childNodes].some(n => n.nodeType == 3 && n.data.trim()));
    const range = page.createRange();
    const beyond = texts.filter(e => {
      range.selectNodeContents(e);
      return [...range.getClientRects()].some(r => r.right > edge || r.left < -0.5);
    });
    const cut = shown.filter(e => view.getComputedStyle(e).overflow != "visible"
      && (e.scrollWidth > e.clientWidth || e.scrollHeight > e.clientHeight));
    const first = page.querySelector("h1");
    return {
      inner: view.innerWidth, scroll: scroller.scrollWidth, height: scroller.scrollHeight,
      beyond: names(beyond), cut: names(cut),
      smallest: Math.min(...texts.map(e => parseFloat(view.getComputedStyle(e).fontSize))),
      body: parseFloat(view.getComputedStyle(page.querySelector("p:not([class])")).fontSize),
      headline_ends: first ? first.getBoundingClientRect().bottom : null,
      pictures: [...page.images].map(i => i.naturalWidth),
    };
  });
  const out = document.createElement("pre");
  out.id = "measured";
  out.textContent = btoa(JSON.stringify(seen).replace(/[^\\x00-\\x7f]/g, "?"));
  document.body.append(out);
};
</script>"""


def digest_page(letter: Path) -> str:
    """The HTML of a digest, its picture put in where the mail refers to it."""
    message = BytesParser(policy=policy.default).parsebytes(letter.read_bytes())
    page = message.get_body(("html",))
    if page is None:
        raise SystemExit(f"{letter} has no HTML part.")
    text = str(page.get_content())
    for part in message.walk():
        if part.get_content_maintype() == "image":
            data = base64.b64encode(part.get_content()).decode()
            cid = str(part["Content-ID"]).strip("<>")
            text = text.replace(f"cid:{cid}", f"data:image/png;base64,{data}")
    return text


def measure(chromium: Path, page: str, widths: Sequence[int] = WIDTHS) -> list[dict[str, Any]]:
    """What the browser says of the page at each width, all lengths in CSS pixels.

    Keys: inner (the width it really had), scroll (the width of its content), height, beyond and
    cut (elements whose text sticks out or is clipped), smallest and body (font sizes),
    headline_ends, pictures (natural widths; 0 where one did not load).
    """
    frames = "".join(_frame(page, width, 800) for width in widths)
    shown = _browse(chromium, f"<body>{frames}{_MEASURE}", "--dump-dom")
    found = re.search(r'<pre id="measured">([^<]*)</pre>', shown)
    if found is None:
        raise SystemExit("The browser measured nothing.")
    measured: list[dict[str, Any]] = json.loads(base64.b64decode(found[1]))
    return measured


def photograph(chromium: Path, page: str, width: int, height: int, out: Path) -> None:
    """The page at that width, all of it, as PNG."""
    body = f'<body style="margin:0">{_frame(page, width, height)}'
    _browse(
        chromium, body, f"--screenshot={out.resolve()}", f"--force-device-scale-factor={SHARP}",
        f"--window-size={max(width, 600)},{height + 200}",
    )  # fmt: skip
    with Image.open(out) as shot:
        cut = shot.crop((0, 0, width * SHARP, height * SHARP))
    cut.save(out, optimize=True)


def workbook_pages(soffice: Path, workbook: Path, out: Path) -> dict[Path, str]:
    """Every page of the workbook as LibreOffice prints it, as PNG, with the text that it shows."""
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        _run(soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, workbook)
        pdf = Path(folder, workbook.stem + ".pdf")
        shape = ("-png", "-scale-to-x", str(SHEET_WIDTH), "-scale-to-y", "-1")
        _run("pdftoppm", *shape, pdf, out / workbook.stem)
        texts = _run("pdftotext", "-layout", pdf, "-").split("\f")
    pages = sorted(out.glob(f"{workbook.stem}-*.png"))
    return dict(zip(pages, texts[: len(pages)], strict=True))


def for_readme(picture: Path, out: Path, height: int, shrink: float = 1.0) -> None:
    """The picture's upper left part without the paper's margins, small enough for a README.

    At most that high; it ends between two lines of text.
    """
    with Image.open(picture) as whole:
        shown = whole.convert("RGB")
    left, top, right, bottom = ImageChops.invert(shown).getbbox() or (0, 0, *shown.size)
    wide, high, edge = int(README_WIDTH / shrink), int(height / shrink), 16
    shown = shown.crop(
        (left - edge, top - edge, min(right + edge, left + wide), min(bottom + edge, top + high))
    )
    shown = shown.crop((0, 0, shown.width, _between_lines(shown)))
    small = shown.resize((int(shown.width * shrink), int(shown.height * shrink)))
    small.quantize(128).save(out, optimize=True)
    if out.stat().st_size > README_BYTES:
        raise SystemExit(f"{out} is larger than {README_BYTES} bytes.")


def _between_lines(picture: Image.Image) -> int:
    """The lowest row below which, for a bit, nothing stands."""
    edges = np.abs(np.diff(np.asarray(picture.convert("L"), dtype=int), axis=1)).max(axis=1) > 40
    free = 10
    for row in range(picture.height - free, picture.height // 2, -1):
        if not edges[row : row + free].any():
            return row + free
    return picture.height


def _frame(page: str, width: int, height: int) -> str:
    return _FRAME.format(width=width, height=height, page=html.escape(page)) + "</iframe>"


def _browse(chromium: Path, body: str, *flags: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "page.html")
        file.write_text(f'<!doctype html><meta charset="utf-8">{body}', encoding="utf-8")
        return _run(chromium, *_FLAGS, f"--user-data-dir={folder}/profile", *flags, file.as_uri())


def _run(*command: str | Path) -> str:
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, timeout=180, check=True
    )
    return done.stdout.decode("utf-8", "replace")


def _program(*names: str) -> Path:
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        raise SystemExit(f"The pictures need {names[0]}, which is not on this machine.")
    return Path(found)


def _digest_pictures(demo: Path, out: Path) -> Path:
    letters = sorted(demo.glob("outbox/**/*.eml"))
    if not letters:
        raise SystemExit(f"{demo} has no digest; run `weaver demo {demo}` first.")
    chromium, page = _program("chromium", "chromium-browser"), digest_page(letters[-1])
    for width, seen in zip(WIDTHS, measure(chromium, page), strict=True):
        photograph(chromium, page, width, seen["height"], out / f"digest-{width}.png")
        print(f"digest at {seen['inner']} px: content {seen['scroll']} px wide")
    return out / f"digest-{WIDTHS[1]}.png"


def _who_has_signed(pages: Mapping[Path, str]) -> Path:
    shown = {p: text for p, text in pages.items() if "Standing" in text and "Signatory" in text}
    if not shown:
        raise SystemExit("No page of results.xlsx shows who has signed.")
    # The page that shows most kinds of standing says most.
    return max(shown, key=lambda page: sum(word in shown[page] for word in _STANDINGS))


def main(arguments: Sequence[str]) -> None:
    """Render everything; the folder is build/demo unless another is named."""
    demo = Path(arguments[0]) if arguments else ROOT / "build" / "demo"
    out, kept = ROOT / "build" / "pictures", ROOT / "docs" / "pictures"
    for folder in (out, kept):
        folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        [sys.executable, str(Path(__file__).with_name("network_picture.py"))], check=True
    )
    for old in out.glob("*.png"):
        old.unlink()
    for_readme(_digest_pictures(demo, out), kept / "digest.png", 1_440, shrink=0.5)
    pages = workbook_pages(_program("soffice"), demo / "results.xlsx", out)
    for_readme(_who_has_signed(pages), kept / "who-has-signed.png", 1_000)
    print(f"{len(pages)} pages of results.xlsx and the digest are in {out}")


if __name__ == "__main__":
    main(sys.argv[1:])
