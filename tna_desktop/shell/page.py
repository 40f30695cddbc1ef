"""A page of the whole assessment: a title in serif, and content that scrolls where it must."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from tna_desktop.ui.labels import Label
from tna_desktop.ui.layouts import row


class Page(QWidget):
    """Title above, content below. ``tools`` stand at the end of the title's line."""

    def __init__(
        self,
        title: str,
        sentence: str = "",
        tools: tuple[QWidget, ...] = (),
        scrolls: bool = True,
        parent: QWidget | None = None,
    ):
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("surface", "bg")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self.head = row(gap=8, margins=(24, 20, 24, 14))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(title, "screen_title"))
        if sentence:
            words.addWidget(Label(sentence, "meta", "text2", wrap=True))
        self.head.addLayout(words, 1)
        for tool in tools:
            self.head.addWidget(tool)
        whole.addLayout(self.head)
        self.content = QWidget()
        self.column = QVBoxLayout(self.content)
        self.column.setSpacing(0)
        if not scrolls:
            self.column.setContentsMargins(0, 0, 0, 0)
            whole.addWidget(self.content, 1)
            return
        self.column.setContentsMargins(24, 0, 24, 24)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self.content)
        whole.addWidget(scroll, 1)
