"""Notes: what the team wants to remember about a step, beside the work."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from tna_desktop.kernel import assessment
from tna_desktop.ui.buttons import Button, IconButton
from tna_desktop.ui.desk import Desk
from tna_desktop.ui.fonts import set_role
from tna_desktop.ui.labels import Label
from tna_desktop.ui.layouts import clear, row
from tna_desktop.ui.painting import CARD, box, start
from tna_desktop.ui.tokens import theme


class NoteEditor(QPlainTextEdit):
    """A few lines of text; Ctrl Enter keeps them, Esc gives up."""

    kept = Signal()
    given_up = Signal()

    def __init__(self, name: str, text: str = "", parent: QWidget | None = None):
        super().__init__(text, parent)
        set_role(self, "body")
        self.setAccessibleName(name)
        self.setPlaceholderText(name)
        self.setTabChangesFocus(True)
        self.restyle()

    def restyle(self) -> None:
        self.setFixedHeight(theme().px(78))

    def keyPressEvent(self, event):
        ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if ctrl and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.kept.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)


class NoteCard(QWidget):
    """One note with who wrote it and when."""

    def __init__(self, notes: Notes, note: dict[str, Any]):
        super().__init__()
        say, language = notes.desk.language.say, notes.desk.language
        who = language.moment(note["at"])
        if note["author"]:
            who = say("{author}, {moment}", author=note["author"], moment=who)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 9, 6, 4)
        layout.setSpacing(2)
        layout.addWidget(Label(note["text"], "body", wrap=True, selectable=True))
        foot = row(gap=0)
        foot.addWidget(Label(who, "meta", "text3", elide=True), 1)
        if not notes.desk.document.read_only:
            foot.addWidget(
                IconButton(
                    "pencil-simple",
                    say("Change this note"),
                    small=True,
                    px=14,
                    on_click=lambda: notes.edit(note["id"]),
                )
            )
            foot.addWidget(
                IconButton(
                    "trash",
                    say("Delete this note"),
                    small=True,
                    px=14,
                    on_click=lambda: notes.remove(note["id"]),
                )
            )
        layout.addLayout(foot)

    def paintEvent(self, event):
        look = theme()
        box(start(self), self.rect(), CARD, look.color("surface"), look.color("line"))


class Notes(QScrollArea):
    """The notes of the step that is shown. ``counted`` tells how many there are."""

    counted = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None):
        super().__init__(parent)
        self.desk = desk
        self._step = ""
        self._editing: str | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setStyleSheet("QScrollArea { background: transparent; }")
        self.viewport().setAutoFillBackground(False)
        self._page = QWidget()
        self._column = QVBoxLayout(self._page)
        self._column.setContentsMargins(19, 17, 18, 14)
        self._column.setSpacing(8)
        self.setWidget(self._page)
        self._page.setAutoFillBackground(False)  # setWidget() has just switched it on
        say = desk.language.say
        self._new = NoteEditor(say("Write a note for the team"))
        self._new.kept.connect(self.add)
        self._add = Button(say("Add note"), "outline", "plus", small=True, on_click=self.add)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        hint = Label(say("Notes stay with the team; they are not printed in the report."), "meta", "text3", wrap=True)
        self._column.addWidget(self._new)
        self._column.addLayout(row(None, self._add))
        self._column.addLayout(self._list)
        self._column.addStretch(1)
        self._column.addWidget(hint)
        for part in (self._new, self._add):
            part.setVisible(not desk.document.read_only)
        desk.changed.connect(self._heard)

    def minimumSizeHint(self):
        return QSize(60, 60)

    def show_step(self, step: str) -> None:
        if step != self._step and self._new.toPlainText().strip() and self._step:
            self.add()  # a note half written belongs to the step it was written beside
        self._step, self._editing = step, None
        self.load()

    def load(self) -> None:
        found = self.desk.read(assessment.notes, self._step)
        clear(self._list)
        for note in reversed(found):
            self._list.addWidget(self._editor(note) if note["id"] == self._editing else NoteCard(self, note))
        self.counted.emit(len(found))

    def add(self) -> None:
        text = self._new.toPlainText().strip()
        if text and self.desk.attempt(assessment.add_note, self._step, text, self.desk.settings.author) is not None:
            self._new.clear()

    def edit(self, id: str) -> None:
        self._editing = id
        self.load()

    def remove(self, id: str) -> None:
        if self.desk.attempt(assessment.remove_notes, [id]):
            self.desk.notice(self.desk.language.say("Note deleted."), undo=True)

    def _editor(self, note: dict[str, Any]) -> QWidget:
        say = self.desk.language.say
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        editor = NoteEditor(say("Note"), note["text"])

        def keep() -> None:
            self._editing = None
            text = editor.toPlainText().strip()
            if text and text != note["text"]:
                self.desk.attempt(assessment.change_note, note["id"], text)
            self.load()

        def give_up() -> None:
            self._editing = None
            self.load()

        editor.kept.connect(keep)
        editor.given_up.connect(give_up)
        inside.addWidget(editor)
        inside.addLayout(
            row(
                None,
                Button(say("Cancel"), "ghost", small=True, on_click=give_up),
                Button(say("Keep"), "outline", small=True, on_click=keep),
            )
        )
        editor.setFocus()
        return holder

    def _heard(self, change: object) -> None:
        if change.touches("note") and self._editing is None:
            self.load()
