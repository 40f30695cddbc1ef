"""Who is invited to a meeting: a line each, with who came and how many women and men."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from tna_desktop.kernel.text import Language
from tna_desktop.ui.buttons import IconButton
from tna_desktop.ui.fonts import ready_for, set_role
from tna_desktop.ui.labels import Label
from tna_desktop.ui.layouts import column, row
from tna_desktop.ui.shapes import ShapeMark
from tna_desktop.ui.theme import theme


class CountBox(QLineEdit):
    """A small box for a number of persons; empty is unknown. Enter goes on to the next box, Esc takes back."""

    counted = Signal(str)
    passed_on = Signal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        set_role(self, "body")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setPlaceholderText("–")
        self._known = ""
        self.editingFinished.connect(self._leave)
        self.restyle()

    def restyle(self) -> None:
        self.setFixedSize(theme().px(44), theme().px(28))

    def show_count(self, count: int | None, other: bool = False) -> None:
        """Show what is known, unless somebody is writing here; in any case where it is another's count now."""
        text = "" if count is None else str(count)
        if other or not (self.hasFocus() and self.text() != self._known):
            self.setText(text)
        self._known = text

    def take_back(self) -> None:
        self.setText(self._known)

    def _leave(self) -> None:
        if self.text().strip() != self._known:
            self.counted.emit(self.text().strip())

    def keyPressEvent(self, event):
        if event.key() == Qt.Key.Key_Escape and self.text() != self._known:
            self.take_back()
            return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
            self.passed_on.emit()


class PersonLine(QWidget):
    """One stakeholder invited: a check for having come, and below it the counts once it has."""

    noted = Signal(str, dict)  # the entry, and what was noted
    unwanted = Signal(str)  # take the invitation back
    passed_on = Signal()

    def __init__(self, language: Language, parent: QWidget | None = None):
        super().__init__(parent)
        self.id, self.language, self.name = "", language, ""
        self.check = QCheckBox()
        self.check.toggled.connect(lambda on: self.noted.emit(self.id, {"present": on}))
        self.check.installEventFilter(self)
        self.mark = ShapeMark("")
        self.label = Label("", "body", wrap=True, max_lines=2)
        self.drop = IconButton("x", "", "text3", 14, small=True, on_click=lambda: self.unwanted.emit(self.id))
        # With the keyboard, Delete on the check does it: one stop less on the way through the list.
        self.drop.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        head = row(self.check, self.mark, self.label, self.drop, gap=6)
        head.setStretch(2, 1)
        self._column = column(head, gap=2, margins=(0, 2, 0, 2), parent=self)
        self._counts: QWidget | None = None
        self.women: CountBox | None = None
        self.men: CountBox | None = None

    def show_entry(self, entry: dict[str, Any], group_name: str) -> None:
        """Show an entry of the list; the line may have shown another before."""
        other = entry["id"] != self.id
        if other or entry["name"] != self.name:
            self._show_name(entry["name"])
        self.id = entry["id"]
        self.mark.set_group(entry["group"], group_name)
        self.check.blockSignals(True)
        self.check.setChecked(entry["present"])
        self.check.blockSignals(False)
        if entry["present"] and self._counts is None:
            self._make_counts()
        if self._counts is not None and self.women is not None and self.men is not None:
            self.women.show_count(entry["women"], other)
            self.men.show_count(entry["men"], other)
            self._counts.setVisible(entry["present"])

    def _show_name(self, name: str) -> None:
        say = self.language.say
        self.name = name
        ready_for(name)
        self.label.set_text(name)
        self.check.setAccessibleName(say("{name} came", name=name))
        words = say("Take back the invitation of {name}", name=name)
        self.drop.setAccessibleName(words)
        self.drop.setToolTip(words)
        self._name_counts()

    def _make_counts(self) -> None:
        """The boxes for women and men, made when they are first needed: most lists have many who are only invited."""
        say = self.language.say
        self.women, self.men = CountBox(), CountBox()
        for box, name in ((self.women, "women"), (self.men, "men")):
            box.counted.connect(lambda text, name=name: self.noted.emit(self.id, {name: text}))
            box.passed_on.connect(self.passed_on)
        self._name_counts()
        self._counts = QWidget(self)
        row(
            Label(say("Women"), "meta", "text2"), self.women, 4, Label(say("Men"), "meta", "text2"), self.men, None,
            gap=6, margins=(24, 0, 0, 4), parent=self._counts,
        )  # fmt: skip
        self._column.addWidget(self._counts)
        self.setTabOrder(self.check, self.women)
        self.setTabOrder(self.women, self.men)

    def _name_counts(self) -> None:
        if self.women is not None and self.men is not None:
            self.women.setAccessibleName(self.language.say("Women from {name}", name=self.name))
            self.men.setAccessibleName(self.language.say("Men from {name}", name=self.name))

    def boxes(self) -> list[CountBox]:
        return [box for box in (self.women, self.men) if box is not None and self.check.isChecked()]

    def take_back(self) -> None:
        """What was typed was refused: show what is known again."""
        for box in self.boxes():
            box.take_back()

    def eventFilter(self, watched, event):
        if watched is self.check and event.type() == event.Type.KeyPress and event.key() == Qt.Key.Key_Delete:
            self.unwanted.emit(self.id)
            return True
        return super().eventFilter(watched, event)


class PeopleList(QScrollArea):
    """The lines of everyone invited. What is being written stays when something else changes."""

    noted = Signal(str, dict)
    unwanted = Signal(str)

    def __init__(self, language: Language, group_name: Callable[[str], str], parent: QWidget | None = None):
        super().__init__(parent)
        self.language, self._group_name = language, group_name
        self.lines: list[PersonLine] = []
        inside = QWidget()
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        column(self._column, None, gap=0, margins=(2, 0, 6, 8), parent=inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)
        self.setAccessibleName(language.say("Who is invited"))
        for part in (inside, self.viewport()):  # the margin panel's own ground shows through
            part.setAutoFillBackground(False)

    def show_entries(self, entries: list[dict[str, Any]]) -> None:
        """Show these; lines are used again, so that going from meeting to meeting is quick."""
        while len(self.lines) > len(entries):
            line = self.lines.pop()
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        for place, entry in enumerate(entries):
            if place == len(self.lines):
                self._add_line()
            self.lines[place].show_entry(entry, self._group_name(entry["group"]))

    def _add_line(self) -> None:
        made = PersonLine(self.language, self.widget())
        made.noted.connect(self.noted)
        made.unwanted.connect(self.unwanted)
        made.passed_on.connect(self._next_box)
        self.lines.append(made)
        self._column.addWidget(made)

    def _next_box(self) -> None:
        boxes = [box for line in self.lines for box in line.boxes()]
        here = next((place for place, box in enumerate(boxes) if box.hasFocus()), -1)
        if 0 <= here < len(boxes) - 1:
            following = boxes[here + 1]
            following.setFocus(Qt.FocusReason.TabFocusReason)
            following.selectAll()
            self.ensureWidgetVisible(following)
