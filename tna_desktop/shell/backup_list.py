"""Backups to choose from. A backup is always restored under a new name; no file is ever overwritten by it."""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from tna_desktop.kernel import backups
from tna_desktop.kernel.backups import Backup
from tna_desktop.kernel.text import Language
from tna_desktop.paths import user_data
from tna_desktop.ui.dialogs import Dialog
from tna_desktop.ui.fonts import ready_for, set_role
from tna_desktop.ui.theme import theme

_KEPT = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True)
class Kept:
    """A backup with the title of the assessment it was made of."""

    backup: Backup
    title: str

    @property
    def path(self) -> Path:
        return self.backup.path


def all_kept() -> list[Kept]:
    """Every backup on this computer, newest first."""
    root = user_data() / "backups"
    found = []
    for folder in root.iterdir() if root.is_dir() else ():
        kept = backups.kept(folder.name)
        title = _title(kept[0].path) if kept else ""
        found += [Kept(backup, title or folder.name) for backup in kept]
    return sorted(found, key=lambda each: each.backup.at, reverse=True)


def _title(path: Path) -> str:
    """The title in a backup that this program wrote; only read, never opened for work."""
    with (
        contextlib.suppress(sqlite3.Error),
        contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as connection,
    ):
        row = connection.execute("SELECT title, country FROM assessment").fetchone()
        if row:
            return str(row[0] or row[1] or "")
    return ""


class BackupDialog(Dialog):
    """Which backup to open. ``chosen()`` is a Kept or None."""

    def __init__(self, language: Language, parent: QWidget | None = None):
        say = language.say
        self.language = language
        self.list = QListWidget()
        self.list.setAccessibleName(say("Backups"))
        set_role(self.list, "body")
        self.list.setMinimumHeight(theme().px(260))
        found = all_kept()
        for kept in found:
            told = say("{title}, {moment}", title=kept.title, moment=language.moment(kept.backup.at))
            if kept.backup.name:
                told = say("{backup} – {name}", backup=told, name=kept.backup.name)
            ready_for(told)
            item = QListWidgetItem(told)
            item.setData(_KEPT, kept)
            self.list.addItem(item)
        text = (
            say("It is opened under a new name; your file stays as it is.")
            if found
            else say("No backup is kept on this computer yet.")
        )
        super().__init__(
            say("Which backup should be opened?"),
            text,
            say("Open the backup") if found else "",
            say("Cancel"),
            body=self.list,
            parent=parent,
        )
        self.list.setVisible(bool(found))
        if found:
            self.list.setCurrentRow(0)
        self.list.itemActivated.connect(lambda _item: self.accept())

    def chosen(self) -> Kept | None:
        item = self.list.currentItem()
        return item.data(_KEPT) if item is not None else None

    def suggestion(self) -> str:
        kept = self.chosen()
        if kept is None:
            return ""
        return self.language.say(
            "{title} backup {day}",
            title=kept.title,
            day=kept.backup.at.astimezone().strftime("%Y-%m-%d %H%M"),
        )
