"""The step header: where one is, the question the team answers here, and the way on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tna_desktop.kernel.text import Language
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.labels import Label
from tna_desktop.ui.tokens import theme

from .route import Stop

HEIGHT = 72


class DoneToggle(Button):
    """Says that the step is done, or takes it back."""

    def __init__(self, language: Language, parent: QWidget | None = None):
        super().__init__(language.say("Mark step done"), "ghost", "circle", parent=parent)
        self.language = language
        self.setCheckable(True)

    def show_done(self, done: bool) -> None:
        self.blockSignals(True)
        self.setChecked(done)
        self.blockSignals(False)
        self.set_icon("check-circle-fill" if done else "circle")
        self.setText(self.language.say("Step done") if done else self.language.say("Mark step done"))
        self.setAccessibleName(self.language.say("Mark step done"))


class StepHeader(QWidget):
    """72 pixels above the work area. ``marked`` tells that the team calls the step done."""

    marked = Signal(bool)
    went_on = Signal()

    def __init__(self, language: Language, parent: QWidget | None = None):
        super().__init__(parent)
        self.language = language
        self._eyebrow = Label("", "meta", "text2", elide=True)
        self._question = Label("", "screen_title", max_lines=2)
        self.done = DoneToggle(language)
        self.done.clicked.connect(lambda _checked=False: self.marked.emit(self.done.isChecked()))
        self.next = Button("", "filled", icon_end="arrow-right", on_click=self.went_on.emit)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addStretch(1)
        words.addWidget(self._eyebrow)
        words.addWidget(self._question)
        words.addStretch(1)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(24, 4, 24, 0)
        self._layout.setSpacing(8)
        self._layout.addLayout(words, 1)
        self._layout.addWidget(self.done)
        self._layout.addWidget(self.next)
        self.restyle()

    def restyle(self) -> None:
        self.setMinimumHeight(theme().px(HEIGHT))

    def tell(self, stop: Stop, question: str, following: Stop | None) -> None:
        say = self.language.say
        self._eyebrow.set_text(
            say("Stage {stage}  ·  Step {number} of {count}  ·  {title}",
                stage=stop.stage_number, number=stop.number, count=stop.of, title=stop.title)
        )  # fmt: skip
        self._question.set_text(question)
        self.next.setVisible(following is not None)
        if following is not None:
            self.next.setText(say("Next: {step}", step=following.title))

    def show_done(self, done: bool, allowed: bool = True) -> None:
        self.done.show_done(done)
        self.done.setEnabled(allowed)

    def question(self) -> str:
        return self._question.text()
