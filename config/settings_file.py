"""Where `weaver.toml` is. Apart from the models, so that a cheap look stays cheap."""

from __future__ import annotations

from pathlib import Path

from config.errors import WrongSettings

FILE = "weaver.toml"


def find(start: Path) -> Path:
    """The `weaver.toml` of the folder or of the nearest one above it.

    Raises:
        WrongSettings: there is none.
    """
    for folder in (start, *start.parents):
        if (folder / FILE).is_file():
            return folder / FILE
    raise WrongSettings(
        f"No {FILE} was found here or in any folder above.",
        str(start),
        "Go to the coalition's folder, or name the file with -c. `weaver demo` makes an example.",
    )
