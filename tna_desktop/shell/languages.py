"""Which languages the window can speak, and the menu that chooses one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QWidget

from tna_desktop.kernel.text import LANGUAGES, Language
from tna_desktop.paths import data_folder

if TYPE_CHECKING:
    from tna_desktop.ui.menus import Menu


def offered() -> list[str]:
    """The languages with a compiled catalogue, and English, which needs none."""
    folder = data_folder("resources") / "languages"
    return [code for code in LANGUAGES if code == "en" or (folder / code / "LC_MESSAGES" / "tna.mo").is_file()]


def first_language(chosen: str) -> str:
    """The chosen language, else the computer's if the program speaks it, else English."""
    if chosen:
        return chosen
    of_computer = QLocale.system().name().split("_")[0]
    return of_computer if of_computer in offered() else "en"


def language_menu(parent: QWidget, language: Language, choose: Callable[[str], object]) -> Menu:
    """Every language named in itself; the one in use is checked."""
    from tna_desktop.ui.menus import Menu

    menu = Menu(language.say("Language of the window"), parent)
    for code in offered():
        menu.add(LANGUAGES[code], lambda chosen=code: choose(chosen), checked=code == language.code)
    return menu
