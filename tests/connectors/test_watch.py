"""What is remembered of runs is whole or not there, whatever happened to its file."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.errors import WeaverError
from connectors.watch import Watch, read_watch, watch_file, write_watch

SECONDS = st.none() | st.integers(0, 2**37 - 1)


@given(st.builds(Watch, *[SECONDS] * 4, st.integers(0, 99), SECONDS, st.text(), SECONDS))
@settings(max_examples=50)
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, watch: Watch) -> None:
    path = watch_file(tmp_path_factory.mktemp("watch") / "state.db")
    write_watch(path, watch)
    read = read_watch(path)
    assert vars(read) | {"what": ""} == vars(watch) | {"what": ""}
    assert read.what == watch.what.encode("utf-8", "replace").decode()
    assert (path.name, path.stat().st_mode & 0o777) == ("state.db.watch.json", 0o600)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"\xff", b'{"last_began": "now", "failures": null, "more": 1}',
     b'{"failures": true, "told": 1.5, "what": null}',
     b'{"last_began": 99999999999999999999999, "last_ended": -1, "failures": -3}'],
)  # fmt: skip
def test_a_damaged_file_is_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "w.json").write_bytes(content)
    assert read_watch(tmp_path / "w.json") == Watch()
    assert read_watch(tmp_path / "none.json") == Watch()


def test_one_fact_that_is_damaged_costs_no_other(tmp_path: Path) -> None:
    (tmp_path / "w.json").write_text('{"failures": 2, "told": "x", "first_failure": 7}')
    assert read_watch(tmp_path / "w.json") == Watch(failures=2, first_failure=7)


def test_a_place_where_nothing_may_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WeaverError):
        write_watch(tmp_path / "file" / "w.json", Watch())


@pytest.mark.parametrize("before", [Watch(failures=2), Watch(failures=2, what="w" * 900)])
def test_where_no_new_file_may_be_made_the_old_one_is_written_over(
    tmp_path: Path, before: Watch
) -> None:
    path = tmp_path / "w.json"
    write_watch(path, before)
    (tmp_path / ".w.json.part").mkdir()
    write_watch(path, Watch(failures=3, what="The disk is full."))
    assert read_watch(path) == Watch(failures=3, what="The disk is full.")


@pytest.mark.parametrize(
    ("began", "ended", "broke_off"),
    [(None, None, False), (5, None, True), (5, 4, True), (5, 5, False), (5, 9, False)],
)
def test_a_run_without_an_end_broke_off(began: int, ended: int, broke_off: bool) -> None:
    assert Watch(last_began=began, last_ended=ended).broke_off is broke_off


def test_who_was_told_of_earlier_failures_does_not_know_of_these() -> None:
    assert not Watch(failures=1, first_failure=10).knows
    assert not Watch(failures=1, first_failure=10, told=9).knows
    assert Watch(failures=1, first_failure=10, told=10).knows
    assert len(fields(Watch)) == 8
