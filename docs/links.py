"""The links and pictures of the Markdown files: does what they point at exist?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

ELSEWHERE = ("http://", "https://", "mailto:")
_LINK = re.compile(r"(?P<picture>!?)\[(?P<text>[^\]]*)\]\((?P<target>[^)\s]+)\)")
_CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
_NOT_OURS = ("build", "dist", "node_modules")


def markdown_files(root: Path) -> list[Path]:
    """The project's own Markdown files, apart from those of the demo."""
    tops = [path for path in sorted(root.iterdir()) if path.is_dir() and _ours(path)]
    below = [file for top in tops for file in sorted(top.rglob("*.md")) if "demo" not in file.parts]
    return [*sorted(root.glob("*.md")), *below]


def broken_links(root: Path) -> Iterator[str]:
    """What points at nothing, and pictures without words for those who can't see them."""
    for file in markdown_files(root):
        name = file.relative_to(root).as_posix()
        text = _CODE.sub("", file.read_text(encoding="utf-8"))
        for link in _LINK.finditer(text):
            if link["picture"] and not link["text"].strip():
                yield f"{name}: the picture {link['target']} has no words that describe it."
            if not link["target"].startswith(ELSEWHERE) and (why := _missing(file, link["target"])):
                yield f"{name}: the link to {link['target']} leads nowhere: {why}."


def _ours(folder: Path) -> bool:
    return not folder.name.startswith(".") and folder.name not in _NOT_OURS


def _missing(file: Path, target: str) -> str:
    path, _, anchor = unquote(target).partition("#")
    aimed = (file.parent / path) if path else file
    if not aimed.exists():
        return "there is no such file"
    if anchor and anchor not in _anchors(aimed):
        return "there is no such heading"
    return ""


def _anchors(file: Path) -> set[str]:
    """Headings as GitHub turns them into anchors."""
    headings = _HEADING.findall(file.read_text(encoding="utf-8"))
    bare = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {heading.strip().replace(" ", "-") for heading in bare}
