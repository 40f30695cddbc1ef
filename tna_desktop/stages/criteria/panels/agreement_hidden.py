"""A round that is not revealed yet: which groups have answered, and nothing of what they said."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from tna_desktop.kernel.text import Language
from tna_desktop.ui.labels import Hairline, Label, StateMark
from tna_desktop.ui.layouts import clear, column, row
from tna_desktop.ui.shapes import ShapeMark
from tna_desktop.ui.theme import theme

from .agreement_page import GroupCount


class GroupCounts(QScrollArea):
    """A line for each group: its shape, its name, and how many ballots are in."""

    def __init__(self, language: Language):
        super().__init__()
        self.language = language
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(language.say("Who has answered in this round"))
        inner = QWidget()
        self._lines = column(gap=0, margins=(24, 8, 24, 12), parent=inner)
        inner.setMaximumWidth(theme().px(620))
        self.setWidget(inner)

    def show_counts(self, counts: Sequence[GroupCount]) -> None:
        clear(self._lines)
        for each in counts:
            line = QWidget()
            box = row(gap=10, margins=(0, 9, 0, 9), parent=line)
            box.addWidget(ShapeMark(each.group))
            box.addWidget(Label(each.name, "body_medium"), 1)
            box.addWidget(StateMark("good" if each.answered else "open", each.words))
            line.setAccessibleName(self.language.say("{group}: {state}", group=each.name, state=each.words))
            self._lines.addWidget(line)
            self._lines.addWidget(Hairline())
        self._lines.addStretch(1)
