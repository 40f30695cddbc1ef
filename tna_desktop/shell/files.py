"""Files and folders the person chooses, always in the system's own dialogs, and names that are still free."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from tna_desktop.kernel.text import Language
from tna_desktop.paths import user_documents

ENDING = ".tna"
#: The folder in the person's documents where assessments go if nobody says otherwise.
FOLDER = "TNA"


def ask_open(parent: QWidget, language: Language, folder: Path | None = None) -> Path | None:
    """Which assessment to open."""
    kinds = language.say("Assessments (*.tna)")
    chosen, _ = QFileDialog.getOpenFileName(
        parent, language.say("Open an assessment"), str(folder or tna_folder()), kinds
    )
    return Path(chosen) if chosen else None


def ask_save(parent: QWidget, language: Language, title: str, suggestion: Path) -> Path | None:
    """Where to save. The ending is added where it is missing."""
    kinds = language.say("Assessments (*.tna)")
    chosen, _ = QFileDialog.getSaveFileName(parent, title, str(suggestion), kinds)
    return with_ending(Path(chosen)) if chosen else None


def with_ending(path: Path) -> Path:
    return path if path.suffix.casefold() == ENDING else path.with_name(path.name + ENDING)


def tna_folder() -> Path:
    """Where assessments go if nobody says otherwise: the folder TNA in the person's documents."""
    folder = user_documents() / FOLDER
    return folder if folder.is_dir() else user_documents()


def made_tna_folder() -> Path:
    folder = user_documents() / FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return user_documents()
    return folder


def file_name(text: str) -> str:
    """A title as the name of a file: what no system refuses, at most 60 characters."""
    tidy = re.sub(r"[^\w .,()-]", " ", text, flags=re.UNICODE)
    return re.sub(r"\s+", " ", tidy).strip(" .")[:60].strip() or "assessment"


def free_path(folder: Path, name: str) -> Path:
    """A path in the folder that no file has yet: name.tna, name 2.tna ..."""
    path, number = folder / f"{name}{ENDING}", 1
    while path.exists():
        number += 1
        path = folder / f"{name} {number}{ENDING}"
    return path
