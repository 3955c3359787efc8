"""The coalition itself: its forms, its spreadsheets and the folder with its settings."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from config.settings import Form as FormSettings
from config.settings import Settings, load_settings
from config.tables.later import MAIL_WAITING
from pipeline.demo.story import Stage, about_mail, answer
from tests.google_emulator import people
from tests.google_emulator.scene.rows import Download, download
from tests.google_emulator.scene.sending import Channel, open_channel, plain
from tests.google_emulator.scene.settings import form_address, on_google, sheet_address
from tests.google_emulator.scene.tracker import bring_tabs
from tests.google_emulator.sheets.model import Spreadsheet, create_spreadsheet
from tests.google_emulator.world import World

Through = Literal["form", "sheet", "both"]
OWNER = "ana@rivers-for-all.example.org"
_NOT_TEXTS = (".csv", ".xlsx", ".toml", ".weaver-demo", ".db", ".lock", ".eml")
_THEIRS = ("Decision", "Decided by", "Note")


@dataclass
class Scene:
    """A coalition on Google.

    Attributes:
        world: the emulator's.
        folder: where its `weaver.toml` and its texts are; Weaver keeps its own files there.
        account: Weaver's address, with which everything is shared that it needs.
        through: how Weaver gets at responses: the form, its linked sheet, or both.
        working: the working spreadsheet, with people's tabs.
        forms_sheet: the spreadsheet with all linked tabs.
        channels: the CSV file's name → its form and linked tab.
        google: further lines of `[google]`.
    """

    world: World
    folder: Path
    account: str
    through: Through = "both"
    working: Spreadsheet = field(init=False)
    forms_sheet: Spreadsheet = field(init=False)
    channels: dict[str, Channel] = field(default_factory=dict)
    google: Sequence[str] = ('credentials = "key"',)

    @classmethod
    def build(
        cls,
        world: World,
        local: Path,
        folder: Path,
        account: str,
        through: Through = "both",
        locale: str = "en_US",
    ) -> Scene:
        """Bring a local coalition to Google.

        Args:
            world: the emulator's.
            local: the folder of a local coalition, such as `weaver demo` writes.
            folder: a new folder for the settings.
            account: Weaver's address.
            through: how Weaver gets at responses.
            locale: of the spreadsheets; their time zone is the coalition's.
        """
        scene = cls(world, folder, account, through)
        zone = load_settings(local / "weaver.toml").coalition.time_zone
        with world.lock:
            scene.working = create_spreadsheet(
                world, "Working", OWNER, locale=locale, time_zone=zone
            )
            scene.forms_sheet = create_spreadsheet(
                world, "Responses", OWNER, locale=locale, time_zone=zone
            )
        scene.feed(local)
        world.share(scene.working.id, account, "writer")
        if through != "form":
            world.share(scene.forms_sheet.id, account, "reader")
        return scene

    def feed(self, local: Path) -> None:
        """What is new in the local coalition's folder: settings, texts, responses, people's tabs.

        Rows are only ever added to the CSV files; tabs of the tracker are brought to the state of
        the workbook.
        """
        settings = load_settings(local / "weaver.toml")
        self._copy_texts(local)
        for form in settings.form:
            read = _read(local, settings, form)
            if form.file not in self.channels:
                self._open(form.file, read)
            self.channels[form.file].send(self.world, read)
        bring_tabs(self.world, local / "tracker.xlsx", self.working)
        self._tidy()
        text = (local / "weaver.toml").read_text(encoding="utf-8")
        google = [f'working = "{sheet_address(self.working.id)}"', *self.google]
        new = on_google(text, {name: self._address(name) for name in self.channels}, google)
        (self.folder / "weaver.toml").write_text(new, encoding="utf-8")

    def sit_down(self, stage: Stage) -> int:
        """Type what the demonstration's coordinators type on that day; how many decisions."""
        decided = 0
        for row in people.records(self.working, "To decide"):
            said = answer(stage, row) if row["Status"] != "settled" else None
            if said is None:
                continue
            place = {"Key": row["Key"]}
            for title, text in zip(_THEIRS, said, strict=True):
                people.type_cell(self.world, self.working, "To decide", place, title, plain(text))
            decided += 1
        typed = [
            {title: _typed(value) for title, value in change.cells().items() if value}
            for change in stage.changes
        ]
        if typed:
            people.type_rows_at_bottom(self.world, self.working, "Changes", typed)
        self._answer_mail(stage)
        return decided

    def _answer_mail(self, stage: Stage) -> None:
        title = MAIL_WAITING.title
        if title not in {sheet.title for sheet in self.working.sheets}:
            return
        for row in people.records(self.working, title):
            word = about_mail(stage, str(row["To"])) if not row["Decision"] else ""
            if word:
                place = {"Key": row["Key"]}
                people.type_cell(self.world, self.working, title, place, "Decision", plain(word))

    def _open(self, name: str, read: Download) -> None:
        title = name.removesuffix(".csv")
        channel = open_channel(self.world, title, OWNER, read, self.forms_sheet)
        self.channels[name] = channel
        if self.through != "sheet":
            self.world.share(channel.form.id, self.account, "writer")

    def _address(self, name: str) -> dict[str, str]:
        channel = self.channels[name]
        found = {}
        if self.through != "sheet":
            found["google_form"] = form_address(channel.form.id)
        if self.through != "form":
            found["google_sheet"] = sheet_address(channel.spreadsheet.id, channel.sheet.sheet_id)
        return found

    def _copy_texts(self, local: Path) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(self.folder / "statements", ignore_errors=True)
        for path in local.rglob("*"):
            name = path.relative_to(local).as_posix()
            if path.is_file() and not name.endswith(_NOT_TEXTS):
                (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, self.folder / name)

    def _tidy(self) -> None:
        """A new spreadsheet's empty first tab goes once there are others."""
        for spreadsheet in (self.working, self.forms_sheet):
            titles = [sheet.title for sheet in spreadsheet.sheets]
            if "Sheet1" in titles and len(titles) > 1:
                people.delete_tab(self.world, spreadsheet, "Sheet1")


def _typed(value: dt.date | str) -> str:
    """A day is typed as such; a text stays one, even if it looks like a day."""
    return plain(value) if isinstance(value, str) else value.isoformat()


def _read(local: Path, settings: Settings, form: FormSettings) -> Download:
    asked = form.questions
    options = {
        question: ticked
        for name, ticked in form.options.items()
        for question in ([asked[name]] if isinstance(asked[name], str) else asked[name])
    }
    zone = ZoneInfo(form.time_zone or settings.coalition.time_zone)
    return download(local / form.file, form.date_order or "dmy", zone, options)
