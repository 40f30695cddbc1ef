"""What all ways of asking for weights share: one level's criteria, cells for numbers, and keys that go through them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from tna_desktop.kernel.errors import Refused, message
from tna_desktop.kernel.text import Language
from tna_desktop.ui.cell_values import read_number, unknown
from tna_desktop.ui.fonts import set_role
from tna_desktop.ui.labels import Label
from tna_desktop.ui.theme import theme

from ..reading.ballots import Answer, Family
from ..results import FamilyOutcome

_K = Qt.Key
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class Asker(QWidget):
    """Asks about the siblings of one level. ``changed``: an answer is another; ``finished``: on to what comes next."""

    changed = Signal()
    finished = Signal()

    def __init__(self, language: Language, parent: QWidget | None = None):
        super().__init__(parent)
        self.language = language
        self.family = Family("", "", ())
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(8)

    def ask(self, family: Family, answers: Sequence[Answer]) -> None:
        """Show these siblings with what was answered about them before."""
        self.family = family
        self.show_answers(answers)

    def show_answers(self, answers: Sequence[Answer]) -> None:
        """Put what was answered before where it can be changed."""

    def answers(self) -> list[Answer]:
        """What is answered now about this level."""
        return []

    def tell(self, outcome: FamilyOutcome | None) -> None:
        """Say what the answers amount to so far."""

    def begin(self) -> None:
        """Put the keyboard where the next answer is wanted."""

    def name(self, node: str) -> str:
        return next((each.name for each in self.family.nodes if each.id == node), node)


class NumberCell(QLineEdit):
    """A cell for one number; what cannot be used is marked and said, and does not count."""

    typed = Signal()
    stepped = Signal(int)

    def __init__(self, language: Language, name: str, low: float, high: float, parent: QWidget | None = None):
        super().__init__(parent)
        self._language, self._low, self._high = language, low, high
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_role(self, "body_strong")
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.textEdited.connect(self._check)
        self.restyle()

    def restyle(self) -> None:
        self.setFixedWidth(theme().px(72))

    def set_limits(self, low: float, high: float) -> None:
        self._low, self._high = low, high

    def value(self) -> float | None:
        """The number that stands here; None when there is none that can be used."""
        try:
            return self._read()
        except Refused:
            return None

    def set_value(self, value: float | None) -> None:
        self.setText("" if value is None else self._language.number(value).replace("\u00a0", "").replace("\u202f", ""))
        self._mark("")

    def wrong(self) -> str:
        """Why what stands here cannot be used; empty if it can."""
        return str(self.property("why") or "")

    def _read(self) -> float | None:
        text = self.text().strip()
        if unknown(text):
            return None
        number = read_number(text, self._language)
        if not self._low <= number <= self._high:
            raise Refused(
                message(
                    "Give a number from {low} to {high}.",
                    low=self._language.number(self._low),
                    high=self._language.number(self._high),
                )
            )
        return number

    def _check(self) -> None:
        try:
            self._read()
            self._mark("")
        except Refused as refused:
            self._mark(self._language.tell(refused.reason))
        self.typed.emit()

    def _mark(self, why: str) -> None:
        if why == self.wrong():
            return
        self.setProperty("why", why)
        self.setProperty("wrong", bool(why))
        self.setToolTip(why)
        self.setAccessibleDescription(why)
        self.style().unpolish(self)
        self.style().polish(self)

    def focusInEvent(self, event):
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {_K.Key_Return: 1, _K.Key_Enter: 1, _K.Key_Down: 1, _K.Key_Up: -1}.get(_K(event.key()))
        if step is not None and not event.modifiers() & _HELD:
            self.stepped.emit(step)
            return
        super().keyPressEvent(event)


class NumberTable(QScrollArea):
    """The siblings below each other, each with one or two cells for a number and a line of explanation.

    ``typed``: a number is another. ``left``: the last cell was left with Enter.
    """

    typed = Signal()
    left = Signal()

    def __init__(self, language: Language, low: float, high: float, parent: QWidget | None = None):
        super().__init__(parent)
        self._language, self._low, self._high = language, low, high
        self._cells: dict[tuple[str, str], NumberCell] = {}
        self._order: list[tuple[str, str]] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_nodes(
        self,
        family: Family,
        columns: Sequence[tuple[str, str]],
        notes: Mapping[str, str] | None = None,
        without: Sequence[tuple[str, str]] = (),
    ) -> None:
        """``columns``: (kind, head). ``notes``: a line below a name. ``without``: (node, kind) where nothing is asked."""
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 2, 8, 6)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(4 if len(family.nodes) > 8 else 8)
        self._cells, self._order = {}, []
        for at, (_, head) in enumerate(columns, 1):
            if head:
                words = Label(head, "meta", "text2", wrap=True)
                words.setAlignment(Qt.AlignmentFlag.AlignCenter)
                words.setFixedWidth(theme().px(118))
                grid.addWidget(words, 0, at, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
        for line, node in enumerate(family.nodes, 1):
            name = QWidget()
            box = QVBoxLayout(name)
            box.setContentsMargins(0, 0, 0, 0)
            box.setSpacing(0)
            box.addWidget(Label(node.name, "body_medium", max_lines=2))
            note = (notes or {}).get(node.id, "")
            if note:
                box.addWidget(Label(note, "meta", "text2", max_lines=2))
            grid.addWidget(name, line, 0, Qt.AlignmentFlag.AlignVCenter)
            for at, (kind, head) in enumerate(columns, 1):
                if (node.id, kind) in without:
                    mark = Label("–", "body", "text3")
                    grid.addWidget(mark, line, at, Qt.AlignmentFlag.AlignHCenter)
                    continue
                said = self._language.say("{what}, {name}", what=node.name, name=head) if head else node.name
                cell = NumberCell(self._language, said, self._low, self._high)
                cell.setAccessibleDescription(note)
                cell.typed.connect(self.typed)
                cell.stepped.connect(lambda by, key=(node.id, kind): self._step(key, by))
                self._cells[node.id, kind] = cell
                grid.addWidget(cell, line, at, Qt.AlignmentFlag.AlignHCenter)
        self._order = [
            (node.id, kind) for kind, _ in columns for node in family.nodes if (node.id, kind) in self._cells
        ]
        for before, after in zip(self._order, self._order[1:], strict=False):
            QWidget.setTabOrder(self._cells[before], self._cells[after])
        grid.setColumnStretch(0, 1)
        grid.setRowStretch(len(family.nodes) + 1, 1)
        self.setWidget(page)

    def values(self) -> dict[tuple[str, str], float]:
        """The numbers that can be used: (node, kind) -> number."""
        read = ((key, cell.value()) for key, cell in self._cells.items())
        return {key: value for key, value in read if value is not None}

    def set_values(self, values: Mapping[tuple[str, str], float | None]) -> None:
        for key, cell in self._cells.items():
            cell.set_value(values.get(key))

    def cell(self, node: str, kind: str) -> NumberCell:
        return self._cells[node, kind]

    def wrong(self) -> str:
        """The first reason why a number cannot be used."""
        return next((cell.wrong() for key in self._order if (cell := self._cells[key]).wrong()), "")

    def begin(self) -> None:
        """The first empty cell, or the first of all."""
        empty = (key for key in self._order if self._cells[key].value() is None)
        key = next(empty, self._order[0] if self._order else None)
        if key is not None:
            self._cells[key].setFocus(Qt.FocusReason.TabFocusReason)

    def _step(self, key: tuple[str, str], by: int) -> None:
        place = self._order.index(key) + by
        if 0 <= place < len(self._order):
            cell = self._cells[self._order[place]]
            cell.setFocus(Qt.FocusReason.TabFocusReason)
            self.ensureWidgetVisible(cell, 0, theme().px(40))
        elif by > 0:
            self.left.emit()
