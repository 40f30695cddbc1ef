"""What would change it: the smallest weight, the smallest score, and the missing facts, each in a sentence."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from tna_desktop.kernel.text import Language
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.labels import Hairline, Label
from tna_desktop.ui.layouts import clear, column, row
from tna_desktop.ui.tokens import theme

from .. import ranking_words as words
from ..results import Ranking
from ..results_first import NOTHING, Changes, Order

#: So many missing facts are listed.
MOST_FACTS = 12


class WhatChanges(QWidget):
    """Sentences under headings, the conclusion first. ``opened`` tells whose score on which criterion to show."""

    opened = Signal(str, str)

    def __init__(self, language: Language):
        super().__init__()
        self.language = language
        self._inner = QWidget()
        self._lines = column(gap=6, margins=(24, 8, 24, 16), parent=self._inner)
        self.page = QScrollArea()
        self.page.setWidget(self._inner)
        self.page.setWidgetResizable(True)
        self.page.setFrameShape(QScrollArea.Shape.NoFrame)
        self.page.setAccessibleName(language.say("What would change first place"))
        column(self.page, gap=0, parent=self)

    def sentences(self) -> list[str]:
        """All that is said, from top to bottom."""
        return [label.text() for label in self._inner.findChildren(Label)]

    def show_changes(self, found: Ranking, what: Changes, orders: tuple[Order, ...]) -> None:
        say, language = self.language.say, self.language
        clear(self._lines)
        self._say(words.first_words(found, what, language), "block_title")
        if what.line is not None:
            self._say(words.weight_words(what.line, found, language, line=True))
        note, score = words.proportions_words(found, what, language), words.one_score_words(found, what, language)
        if note:
            self._say(note, tone="text2")
        if score:
            self._head(say("One score"))
        if what.score is not None:
            line = row(gap=10)
            line.addWidget(Label(score, "body", wrap=True), 1)
            line.addWidget(self._link(what.score.technology, what.score.criterion))
            self._lines.addLayout(line)
        elif score:
            self._say(score)
        self._head(say("Missing facts: where to spend the next week"))
        self._say(words.facts_words(what.facts, language))
        for fact in what.facts[:MOST_FACTS]:
            line = row(gap=10)
            tone = "text2" if fact.could_change == NOTHING else "text"
            line.addWidget(Label(words.fact_words(fact, found, language), "body", tone, wrap=True), 1)
            line.addWidget(self._link(fact.technology, fact.criterion))
            self._lines.addLayout(line)
        if len(what.first) == 1 and len(found.ranked) > 1:
            self._stays(found, what)
        opinions = words.opinion_words(orders, found, language)
        if opinions:
            self._head(say("By other ways of computing"))
            for text in opinions:
                self._say(text)
        self._lines.addStretch(1)

    def _stays(self, found: Ranking, what: Changes) -> None:
        say, names = self.language.say, words.criteria_of(found)
        self._head(say("How far each weight may go before first place changes"))
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme().px(18))
        grid.setVerticalSpacing(theme().px(5))
        grid.setColumnStretch(2, 1)
        for place, text in enumerate((say("Criterion"), say("Weighs, of 100"), say("First place stays"))):
            grid.addWidget(Label(text, "label", "text2"), 0, place)
        for at, stay in enumerate(what.stays, start=1):
            grid.addWidget(Label(names[stay.criterion]), at, 0)
            grid.addWidget(Label(self.language.number(round(stay.now * 100, 1))), at, 1)
            grid.addWidget(Label(words.stay_words(stay, found, self.language), "body", "text2", wrap=True), at, 2)
        self._lines.addWidget(holder)

    def _head(self, text: str) -> None:
        self._lines.addSpacing(6)
        self._lines.addWidget(Hairline())
        self._say(text, "label", "text2")

    def _say(self, text: str, role: str = "body", tone: str = "text") -> None:
        self._lines.addWidget(Label(text, role, tone, wrap=True))

    def _link(self, technology: str, criterion: str) -> Button:
        return Button(
            self.language.say("Show the score"), "link", small=True,
            on_click=lambda: self.opened.emit(technology, criterion),
        )  # fmt: skip
