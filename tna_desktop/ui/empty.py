"""What a step shows before there is anything: one sentence, and one to three ways to begin."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from .buttons import ActionCard, Button
from .labels import IconMark, Label
from .layouts import FlowRow, column, row
from .painting import CARD, box, start
from .tokens import theme

#: How wide an empty state with buttons gets; one with cards takes more.
WIDTH = 560

#: The width Qt gives to what has no greatest width.
_UNBOUNDED = 16777215


class EmptyState(QFrame):
    """Icon, a line in the handbook's voice, a sentence; then a filled and an outlined button, or three cards."""

    def __init__(
        self,
        icon: str,
        line: str,
        sentence: str = "",
        actions: Sequence[tuple[str, Callable[[], object]]] = (),
        cards: Sequence[tuple[str, str, str, Callable[[], object]]] = (),
        parent: QWidget | None = None,
    ):
        super().__init__(parent)
        self._title = Label(line, "block_title", wrap=True)
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence = Label(sentence, "body", "text2", wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._buttons: list[QWidget] = []
        layout = column(gap=0, margins=(24, 24, 24, 22), parent=self)
        layout.addWidget(IconMark(icon, "petrol", 40), 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(4)
        layout.addWidget(self._title)
        layout.addWidget(self._sentence)
        self._sentence.setVisible(bool(sentence))
        if actions:
            layout.addSpacing(8)
            self._buttons = [
                Button(words, "filled" if place == 0 else "outline", on_click=on_click)
                for place, (words, on_click) in enumerate(actions)
            ]
            layout.addWidget(_Centred(self._buttons))
        if cards:
            layout.addSpacing(12)
            self._buttons = [ActionCard(icon_, title, text, on_click=do) for icon_, title, text, do in cards[:3]]
            line_ = row(gap=12)
            for card in self._buttons:
                line_.addWidget(card, 1)
            layout.addLayout(line_)
        self.setAccessibleName(line)
        self.setAccessibleDescription(sentence)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self):
        """As wide as it may become: a layout that centres it gives this width, and lines wrap by the width given."""
        hint, most = super().sizeHint(), self.maximumWidth()
        if most >= _UNBOUNDED:
            return hint
        return QSize(most, max(hint.height(), self.heightForWidth(most)))

    def buttons(self) -> list[QWidget]:
        """The ways to begin, the first one first."""
        return list(self._buttons)

    def paintEvent(self, event):
        box(start(self), self.rect(), CARD, theme().color("mist"))


def empty_page(state: EmptyState, width: int = WIDTH) -> QWidget:
    """A page with nothing but this, in its middle."""
    state.setMaximumWidth(theme().px(width))
    page = QWidget()
    layout = column(None, gap=0, margins=(24, 12, 24, 12), parent=page)
    layout.addWidget(state, 0, Qt.AlignmentFlag.AlignHCenter)
    layout.addStretch(1)
    return page


class _Centred(QWidget):
    """Buttons in the middle; they flow on to a second line where words are long and room is short."""

    def __init__(self, buttons: Sequence[QWidget]):
        super().__init__()
        self._inner = QWidget(self)
        self._flow = FlowRow(self._inner, gap=8, row_gap=8)
        for button in buttons:
            self._flow.addWidget(button)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self):
        return self._flow.sizeHint()

    def minimumSizeHint(self):
        return self._flow.minimumSize()

    def hasHeightForWidth(self):
        return True

    def heightForWidth(self, width):
        return self._flow.heightForWidth(min(width, self._flow.sizeHint().width()))

    def resizeEvent(self, event):
        width = min(self.width(), self._flow.sizeHint().width())
        self._inner.setGeometry((self.width() - width) // 2, 0, width, self.height())
