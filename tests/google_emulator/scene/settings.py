"""`weaver.toml` of a local coalition, with Google in the place of its files."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_FORM = re.compile(r"^\[\[form\]\]$", re.MULTILINE)
_FILE = re.compile(r'^file = "([^"]+)"\n', re.MULTILINE)


def form_address(form_id: str) -> str:
    """As it stands in the browser while one edits the form."""
    return f"https://docs.google.com/forms/d/{form_id}/edit"


def sheet_address(spreadsheet_id: str, sheet_id: int | None = None) -> str:
    """As it stands in the browser while one looks at a spreadsheet, or at one of its tabs."""
    tab = "" if sheet_id is None else f"?gid={sheet_id}#gid={sheet_id}"
    return f"https://docs.google.com/spreadsheets/d/{spreadsheet_id}/edit{tab}"


def on_google(text: str, forms: Mapping[str, Mapping[str, str]], google: Sequence[str]) -> str:
    """The settings with each form's file replaced.

    Args:
        text: the local settings; each `[[form]]` names its file.
        forms: file → what stands in its place, such as google_form → address.
        google: the lines of `[google]`.
    """
    first, *parts = _FORM.split(text)
    parts = [_FILE.sub(lambda m: _lines(forms[m[1]]), part, count=1) for part in parts]
    return "[[form]]".join([first, *parts]).rstrip() + "\n\n[google]\n" + "\n".join(google) + "\n"


def _lines(values: Mapping[str, str]) -> str:
    return "".join(f'{name} = "{value}"\n' for name, value in values.items())
