"""A file is replaced whole, or not at all."""

from pathlib import Path

import pytest

from config.errors import Temporary
from connectors.files import replace_file


def test_the_new_content_the_old_rights_and_the_old_file(tmp_path: Path) -> None:
    path, keep = tmp_path / "results.xlsx", tmp_path / "results.previous.xlsx"
    replace_file(path, b"one", keep)
    assert not keep.exists()
    path.chmod(0o640)
    replace_file(path, b"two", keep)
    assert (path.read_bytes(), keep.read_bytes()) == (b"two", b"one")
    assert path.stat().st_mode & 0o777 == 0o640
    assert len(list(tmp_path.iterdir())) == 2


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    path.write_bytes(b"one")
    keep = tmp_path / "results.previous.xlsx"
    keep.mkdir()
    with pytest.raises(Temporary, match=r"results\.xlsx") as caught:
        replace_file(path, b"two", keep)
    assert caught.value.exit_code == 75
    assert path.read_bytes() == b"one"
    assert keep.is_dir()
    assert not (tmp_path / ".results.xlsx.part").exists()
    assert not (tmp_path / ".results.previous.xlsx.part").exists()


def test_a_link_stays_one(tmp_path: Path) -> None:
    shared, path = tmp_path / "shared.xlsx", tmp_path / "results.xlsx"
    keep = tmp_path / "results.previous.xlsx"
    shared.write_bytes(b"one")
    path.symlink_to(shared)
    replace_file(path, b"two", keep)
    assert (path.is_symlink(), shared.read_bytes(), keep.read_bytes()) == (True, b"two", b"one")
