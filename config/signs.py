"""Signs that turn the reading direction, or that nobody sees. Kept light for the idle look."""

from __future__ import annotations

import unicodedata

OPEN, CLOSE = "\u2068", "\u2069"
"""A name stands between these two, so that its writing direction ends where it ends."""
UNSEEN = dict.fromkeys(
    [
        0x00AD, 0x061C, 0x180E, 0x200B, 0x200E, 0x200F, 0xFEFF, *range(0x202A, 0x202F),
        *range(0x2060, 0x2070), *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080),
    ]
)  # fmt: skip
"""Signs that turn the reading direction, or that nobody sees; what joins letters stays."""
_ALONE = {sign: none for sign, none in UNSEEN.items() if chr(sign) not in OPEN + CLOSE}


def seen(lines: str) -> str:
    """Lines for the console: without control signs and signs that turn or hide what is read.

    Those two stay that set a name apart, as they turn nothing beyond it.
    """
    if lines.isascii() and lines.replace("\n", "").isprintable():
        return lines
    bare = lines.translate(_ALONE)
    return "".join(c for c in bare if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"})
