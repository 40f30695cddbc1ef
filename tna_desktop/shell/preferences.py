"""Settings: language, theme, text size, one's name for the log, privacy and backups. Everything applies at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from tna_desktop.kernel.text import LANGUAGES
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.choices import Segmented
from tna_desktop.ui.dialogs import Dialog
from tna_desktop.ui.field import Field
from tna_desktop.ui.forms import choice_box
from tna_desktop.ui.labels import Hairline, IconMark, Label
from tna_desktop.ui.layouts import column, row
from tna_desktop.ui.tokens import theme

from .languages import offered
from .page import Page

if TYPE_CHECKING:
    from .window import MainWindow


class Preferences(Page):
    """A simple form; beside an open assessment it can keep a backup of it too."""

    def __init__(self, window: MainWindow, on_back: Callable[[], object] | None = None):
        say = window.language.say
        back = (Button(say("Back"), "outline", "arrow-left", on_click=on_back),) if on_back else ()
        super().__init__(
            say("How should the program look and speak?"),
            say("Changes apply at once, on this computer only."),
            back,
        )
        self.main, self.language = window, window.language
        settings = window.settings
        self._form = QWidget()
        lines = QVBoxLayout(self._form)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(18)

        self.languages = choice_box([(code, LANGUAGES[code]) for code in offered()])
        self.languages.setCurrentIndex(max(0, self.languages.findData(self.language.code)))
        self.languages.activated.connect(lambda _at: window.choose_language(self.languages.currentData()))
        report = say("The report has a language of its own, chosen when it is exported.")
        lines.addWidget(Field(self.language, say("Language of the window"), self.languages, report))

        self.themes = Segmented(
            [("system", say("As the system")), ("light", say("Light")), ("dark", say("Dark"))],
            settings.theme,
            say("Theme"),
        )
        self.themes.chosen.connect(window.choose_theme)
        lines.addLayout(_named(say("Theme"), self.themes))

        sizes = [(str(size), self.language.percent(size / 100)) for size in (100, 115, 130)]
        self.sizes = Segmented(sizes, str(settings.text_size), say("Text size"))
        self.sizes.chosen.connect(lambda size: window.choose_text_size(int(size)))
        lines.addLayout(_named(say("Text size"), self.sizes))

        self.author = Field(self.language, say("Your name"), QLineEdit(),
                            say("It stands beside your changes and notes in this assessment's log."), optional=True)  # fmt: skip
        self.author.set_value(settings.author)
        self.author.committed.connect(self._keep_author)
        lines.addWidget(self.author)

        lines.addWidget(Hairline())
        lines.addLayout(_facts(say("Privacy"), "shield-check", [
            say("The program works without internet and sends nothing anywhere."),
            say("Contact data and notes stay in the file; they leave it only when you ask for it."),
            say("The names of recent files are remembered on this computer; clear them on the start page."),
        ]))  # fmt: skip
        lines.addLayout(_facts(say("Backups"), "clock-counter-clockwise", [
            say("Each time you close an assessment a copy is kept on this computer: all of today, one a day for a week, "
                "one a week for a month, then one a month."),
            say("A backup with a name is never thinned out."),
        ]))  # fmt: skip
        buttons = row(gap=8)
        if window.workspace is not None or on_back is None:
            self.keep = Button(say("Keep a named backup…"), "outline", "floppy-disk", on_click=self.keep_backup)
            buttons.addWidget(self.keep)
        buttons.addWidget(Button(say("Open a backup…"), "outline", "folder-open", on_click=window.open_backup))
        buttons.addStretch(1)
        lines.addLayout(buttons)
        self.column.addLayout(row(self._form, None, gap=0))
        self.column.addStretch(1)
        self.restyle()

    def restyle(self) -> None:
        self._form.setMaximumWidth(theme().px(560))
        self._form.setMinimumWidth(min(theme().px(480), 560))

    def keep_backup(self) -> None:
        """Ask for a name and keep a backup that is never thinned out."""
        if self.main.workspace is None:
            return
        say = self.language.say
        name = QLineEdit()
        field = Field(self.language, say("Name of the backup"), name, say("For example: before workshop 1."))
        dialog = Dialog(
            say("What should this backup be called?"),
            "",
            say("Keep the backup"),
            say("Cancel"),
            body=field,
            parent=self,
        )
        if dialog.exec():
            self.main.workspace.saving.keep_backup(name.text().strip())
        dialog.deleteLater()

    def _keep_author(self, name: object) -> None:
        self.main.settings.author = str(name).strip()[:120]
        self.main.settings.save()


def _named(name: str, control: QWidget):
    return column(Label(name, "label", "text2"), row(control, None), gap=4)


def _facts(title: str, icon: str, sentences: list[str]):
    lines = column(row(IconMark(icon, "petrol", 16), Label(title, "body_strong"), None, gap=8), gap=4)
    for sentence in sentences:
        lines.addWidget(Label(sentence, "body", "text2", wrap=True))
    return lines
