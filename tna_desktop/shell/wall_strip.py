"""The strip in the app bar while something is projected: which page the room sees, and buttons to turn it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tna_desktop.kernel.text import Language
from tna_desktop.ui.buttons import IconButton
from tna_desktop.ui.labels import Label
from tna_desktop.ui.painting import CONTROL, box, start
from tna_desktop.ui.tokens import theme

if TYPE_CHECKING:
    from .wall import Projecting


class WallStrip(QWidget):
    """Page back, which page of how many, page on, blank, stop; hidden while nothing is projected."""

    def __init__(self, language: Language, projecting: Projecting, parent: QWidget | None = None):
        super().__init__(parent)
        self.language, self.projecting = language, projecting
        say, side = language.say, ("right", "left") if language.right_to_left else ("left", "right")
        self.back = IconButton(
            f"caret-{side[0]}",
            say("Page back on the wall (Alt PgUp)"),
            on_click=lambda: projecting.turn(-1),
            small=True,
        )
        self.words = Label("", "label_medium", "petrol_ink")
        self.on = IconButton(
            f"caret-{side[1]}", say("Next page on the wall (Alt PgDn)"), on_click=lambda: projecting.turn(1), small=True
        )
        self.blank = IconButton(
            "eye-slash", say("Wall blank or not (Alt B)"), on_click=projecting.make_blank, small=True
        )
        self.stop = IconButton("x", say("Stop projecting (F5)"), on_click=projecting.stop, small=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 0, 4, 0)
        layout.setSpacing(1)
        for part in (self.back, self.words, self.on, self.blank, self.stop):
            layout.addWidget(part)
        self.restyle()
        self.hide()
        projecting.changed.connect(self.load)

    def restyle(self) -> None:
        self.setFixedHeight(theme().px(32))

    def load(self) -> None:
        """Say what the room sees."""
        on = self.projecting.is_on
        if on:
            wall, say = self.projecting.wall, self.language.say
            page = {"page": wall.page + 1, "pages": wall.pages}
            self.words.setText(say("Blank") if wall.blank else say("Page {page} of {pages}", **page))
            told = say("The wall is blank") if wall.blank else say("Projecting: page {page} of {pages}", **page)
            self.setAccessibleName(told)
            self.words.setToolTip(told)
        self.setVisible(on)

    def paintEvent(self, event):
        box(start(self), QRectF(self.rect()), CONTROL, theme().color("sel2"), theme().color("info_line"))
