"""Who may join, as weaver.toml says it."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.errors import WrongSettings
from config.settings import load_settings

COALITION = '[coalition]\nname = "Clean Rivers"\ntime_zone = "Europe/Lisbon"\n'


def load(folder: Path, text: str):
    file = folder / "weaver.toml"
    file.write_text(f"{COALITION}\n[eligibility]\n{text}\n", encoding="utf-8")
    return load_settings(file)


def test_what_is_left_out_is_not_asked_about(tmp_path: Path) -> None:
    settings = load(tmp_path, 'kinds = ["Charity"]\nsmallest = 5')
    assert (settings.eligibility.kinds, settings.eligibility.smallest) == (("Charity",), 5)
    assert settings.eligibility.youngest is None


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ('kind = ["Charity"]', "eligibility.kind"),
        ("smallest = 0", "eligibility.smallest"),
        ("youngest = -3", "eligibility.youngest"),
        ('roles = "chair"', "eligibility.roles"),
        ('excluded = [""]', "eligibility.excluded"),
    ],
)
def test_a_fault_is_told_with_its_path(text: str, path: str, tmp_path: Path) -> None:
    with pytest.raises(WrongSettings) as caught:
        load(tmp_path, text)
    (fault,) = caught.value.faults
    assert fault.startswith(path)
