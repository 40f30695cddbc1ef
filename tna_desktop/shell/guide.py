"""The guide: why this step, what good looks like, one tip, how it works, and where that is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from tna_desktop.kernel.findings import Finding, Place, State
from tna_desktop.kernel.text import Language
from tna_desktop.kernel.workflow import Step, split_line
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.labels import IconMark, Label, StateMark
from tna_desktop.ui.layouts import clear, column, row
from tna_desktop.ui.painting import CARD, CELL, KeyboardFocus, box, focus_ring, start
from tna_desktop.ui.tokens import theme

_SOURCE_ICONS = {
    "article": "bookmark-simple",
    "decision": "file-text",
    "handbook": "book-open",
    "source": "file-text",
    "seed": "list-bullets",
}


class CheckRow(KeyboardFocus, QWidget):
    """One check: how it stands, what it asks for. Where it knows a place, a click goes there, the next click to the next."""

    asked = Signal(object)  # Place

    def __init__(self, language: Language, text: str, finding: Finding | None, parent: QWidget | None = None):
        super().__init__(parent)
        state = finding.state if finding else State.OPEN
        self.places = finding.places if finding else ()
        self._next = 0
        found = language.tell(finding.text) if finding else language.say("Not checked yet.")
        word = {
            State.GOOD: language.say("good"),
            State.ATTENTION: language.say("needs a look"),
            State.OPEN: language.say("open"),
        }[state]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 2, 2, 2)
        layout.setSpacing(0)
        mark = StateMark(state, text)
        layout.addWidget(mark)
        if state is State.ATTENTION:
            detail = Label(found, "meta", "text2", wrap=True)
            detail.setContentsMargins(theme().px(24), 0, 0, 0)
            layout.addWidget(detail)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setToolTip(found)
        self.setAccessibleName(language.say("{check}: {state}", check=text, state=word))
        self.setAccessibleDescription(found)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        if self.places:
            self.setAttribute(Qt.WidgetAttribute.WA_Hover)
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def ask(self) -> None:
        if self.places:
            self.asked.emit(self.places[self._next % len(self.places)])
            self._next += 1

    def mouseReleaseEvent(self, event):
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.ask()

    def keyPressEvent(self, event):
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.ask()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event):
        painter = start(self)
        if self.places and self.underMouse():
            box(painter, self.rect(), CELL, theme().color("mist2"))
        if self.ring:
            focus_ring(painter, self.rect(), CELL)


class TipCard(QWidget):
    """One piece of practical advice."""

    def __init__(self, text: str, parent: QWidget | None = None):
        super().__init__(parent)
        holder = QHBoxLayout(self)
        holder.setContentsMargins(12, 10, 10, 10)
        holder.setSpacing(8)
        holder.addWidget(IconMark("lightbulb", "petrol", 16), 0, Qt.AlignmentFlag.AlignTop)
        holder.addWidget(Label(text, "meta", "text2", wrap=True), 1)

    def paintEvent(self, event):
        look = theme()
        box(start(self), self.rect(), CARD, look.color("surface"), look.color("line"))


class Guide(QScrollArea):
    """The handbook's voice for the step that is shown."""

    def __init__(self, language: Language, go: Callable[[Place], object], parent: QWidget | None = None):
        super().__init__(parent)
        self.language, self._go = language, go
        self._step: Step | None = None
        self._findings: tuple[Finding, ...] = ()
        self._rows: list[CheckRow] = []
        self._more_open = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setStyleSheet("QScrollArea { background: transparent; }")
        self.viewport().setAutoFillBackground(False)
        self._page = QWidget()
        self._column = QVBoxLayout(self._page)
        self._column.setContentsMargins(19, 17, 18, 14)
        self._column.setSpacing(0)
        self._checks = QVBoxLayout()
        self._checks.setSpacing(4)
        self._more = QWidget()
        self.setWidget(self._page)
        self._page.setAutoFillBackground(False)  # setWidget() has just switched it on

    def minimumSizeHint(self):
        return QSize(60, 60)

    def show_step(self, step: Step, findings: Sequence[Finding]) -> None:
        self._step, self._findings, self._more_open = step, tuple(findings), False
        self._build()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        if tuple(findings) != self._findings:
            self._findings = tuple(findings)
            self._fill_checks()

    def rows(self) -> list[CheckRow]:
        return list(self._rows)

    def _build(self) -> None:
        clear(self._column)
        self._rows = []
        say, step = self.language.say, self._step
        if step is None:
            return
        guidance = step.guidance
        if guidance.why:
            self._column.addWidget(Label(say("Why this step"), "label", "text3"))
            self._column.addSpacing(2)
            self._column.addWidget(Label(guidance.why, "voice", wrap=True))
            self._column.addSpacing(18)
        if step.checks:
            self._column.addWidget(Label(say("What good looks like"), "label", "text3"))
            self._column.addSpacing(4)
            self._checks = QVBoxLayout()
            self._checks.setSpacing(3)
            self._column.addLayout(self._checks)
            self._fill_checks()
            self._column.addSpacing(14)
        if guidance.tip:
            self._column.addWidget(TipCard(guidance.tip))
            self._column.addSpacing(12)
        if guidance.more:
            self._toggle = Button(say("How this works"), "link", "caret-right", on_click=self._turn_more)
            self._column.addLayout(row(self._toggle, None))
            self._more = self._told(guidance.more)
            self._more.hide()
            self._column.addWidget(self._more)
        self._column.addStretch(1)
        if guidance.sources:
            self._column.addSpacing(18)
            self._column.addWidget(Label(say("Sources"), "label", "text3"))
            self._column.addSpacing(4)
            for source in guidance.sources:
                icon = IconMark(_SOURCE_ICONS.get(source.kind, "file-text"), "petrol", 14)
                line = row(gap=9)
                line.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
                line.addWidget(Label(source.text, "meta", "petrol_ink", wrap=True, selectable=True), 1)
                self._column.addLayout(line)
                self._column.addSpacing(4)

    def _fill_checks(self) -> None:
        clear(self._checks)
        self._rows = []
        found = {finding.check: finding for finding in self._findings}
        for check in self._step.checks if self._step else ():
            line = CheckRow(self.language, check.text, found.get(check.check))
            line.asked.connect(self._go)
            self._rows.append(line)
            self._checks.addWidget(line)

    def _turn_more(self) -> None:
        self._more_open = not self._more_open
        self._toggle.set_icon("caret-down" if self._more_open else "caret-right")
        self._more.setVisible(self._more_open)

    def _told(self, text: str) -> QWidget:
        """Guidance in lines: headings, list items, paragraphs."""
        holder = QWidget()
        lines = column(gap=6, margins=(4, 6, 0, 0), parent=holder)
        for line in text.split("\n"):
            mark, words = split_line(line)
            if not words.strip():
                continue
            if mark.startswith("#"):
                lines.addWidget(Label(words, "body_strong", wrap=True))
            elif mark:
                bullet = row(gap=6)
                sign = "•" if mark == "- " else mark.strip()
                bullet.addWidget(Label(sign, "body", "text2"), 0, Qt.AlignmentFlag.AlignTop)
                bullet.addWidget(Label(words, "body", "text2", wrap=True), 1)
                lines.addLayout(bullet)
            else:
                lines.addWidget(Label(words, "body", "text2", wrap=True))
        return holder
