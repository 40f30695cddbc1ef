"""The page that shows a paste before it is done: which column is which, what fits, what does not and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QPlainTextEdit, QScrollArea, QWidget

from tna_desktop.kernel.text import Language

from .buttons import Button
from .cell_values import Choice, Column
from .fonts import set_role
from .labels import Hairline, Label
from .layouts import clear, column, row
from .painting import CELL, box, start
from .pasting import Plan, find_columns, guess_columns, has_head, plan_rows
from .tokens import theme

_SHOWN_ROWS = 8
_LEAVE_OUT = ""
#: Beyond this many rows the operations are tried only when the person says "Add".
TRY_AT_ONCE = 400


class PastePreview(QWidget):
    """A pasted table, with a choice of our column above each of its own. ``agreed`` gives the plan."""

    agreed = Signal(object)  # Plan
    closed = Signal()

    def __init__(
        self,
        language: Language,
        columns: Sequence[Column],
        table: list[list[str]],
        attempt: Callable[[Plan], Plan],
        add_words: Callable[[int], str],
        options: Callable[[Column], Iterable[Choice]] | None = None,
        parent: QWidget | None = None,
    ):
        """``attempt`` answers the plan without what the operations would refuse."""
        super().__init__(parent)
        self.language, self._table, self._attempt, self._add_words = language, table, attempt, add_words
        self._columns = [each for each in columns if each.writable]
        self._options = options
        self.plan = Plan()
        self._headed = QCheckBox(language.say("The first row holds the column names"))
        set_role(self._headed, "body")
        self._headed.setChecked(has_head(table, self._columns))
        self._headed.toggled.connect(self._head_changed)
        self._combos: list[QComboBox] = []
        self._inner = QWidget()
        self._grid = QGridLayout(self._inner)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(self._inner)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._summary = Label("", "body", "text2", wrap=True)
        self._problems = QPlainTextEdit()
        self._problems.setReadOnly(True)
        self._problems.setTabChangesFocus(True)
        self._problems.setAccessibleName(language.say("What cannot be used, and why"))
        set_role(self._problems, "meta")
        self._problems_title = Label(language.say("What cannot be used, and why"), "label", "amber_ink")
        self.add_button = Button("", "filled", on_click=self._agree)
        self.cancel_button = Button(language.say("Cancel"), on_click=self.closed.emit)
        title = Label(language.say("Which column is which?"), "dialog_title")
        text = language.say("Columns that are left out stay in your worksheet; nothing is lost there.")
        line = row(self._summary, self.cancel_button, self.add_button, gap=8)
        line.setStretchFactor(self._summary, 1)
        column(
            title, Label(text, "body", "text2", wrap=True), self._headed, area, self._problems_title, self._problems,
            Hairline(), line, gap=8, margins=(24, 12, 24, 12), parent=self,
        )  # fmt: skip
        self.layout().setStretchFactor(area, 1)
        self.setAccessibleName(language.say("Paste from Excel"))
        self._fill()

    def keys(self) -> list[str | None]:
        """For each pasted column the key of ours, or None to leave it out."""
        return [combo.currentData() or None for combo in self._combos]

    def choose(self, place: int, key: str | None) -> None:
        """Take the pasted column at this place as ours with this key; None leaves it out."""
        self._combos[place].setCurrentIndex(max(0, self._combos[place].findData(key or _LEAVE_OUT)))

    def problems(self) -> list[str]:
        return [problem.told(self.language) for problem in self.plan.problems]

    def show_refusal(self, reason: str) -> None:
        """The whole paste was refused: say why, keep everything as it is."""
        self._problems_title.show()
        self._problems.setPlainText("\n".join([reason, *self.problems()]))
        self._problems.show()

    def start(self) -> None:
        (
            self.add_button if self.add_button.isEnabled() else self._combos[0] if self._combos else self.cancel_button
        ).setFocus()

    def keyPressEvent(self, event):
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.add_button.isEnabled():
            self._agree()
        else:
            super().keyPressEvent(event)

    def restyle(self) -> None:
        high = theme().px(96)
        self._problems.setFixedHeight(high)

    # Filling -----------------------------------------------------------------------------------------

    def _body(self) -> list[list[str]]:
        return self._table[1:] if self._headed.isChecked() else self._table

    def _head_changed(self) -> None:
        self._fill()

    def _fill(self) -> None:
        clear(self._grid)
        self._combos = []
        headed = self._headed.isChecked()
        keys = (
            find_columns(self._table[0], self._columns)
            if headed
            else guess_columns(self._table, self._columns, self.language)
        )
        for place, key in enumerate(keys):
            title = self._table[0][place] if headed else self.language.say("Column {n}", n=place + 1)
            head = Label(title, "label", "text2", elide=True)
            head.setContentsMargins(8, 4, 8, 4)
            self._grid.addWidget(head, 0, place)
            combo = QComboBox()
            set_role(combo, "body")
            combo.setAccessibleName(self.language.say("“{title}” becomes", title=title))
            combo.addItem(self.language.say("Leave out"), _LEAVE_OUT)
            for each in self._columns:
                combo.addItem(each.title, each.key)
            combo.setCurrentIndex(max(0, combo.findData(key or _LEAVE_OUT)))
            combo.setMinimumWidth(theme().px(150))
            combo.currentIndexChanged.connect(lambda _index, at=place: self._chosen(at))
            self._combos.append(combo)
            holder = QWidget()
            row(combo, margins=(4, 2, 4, 6), parent=holder)
            self._grid.addWidget(holder, 1, place)
            self._grid.setColumnStretch(place, 1)
        self._renew()
        self.restyle()

    def _chosen(self, place: int) -> None:
        """Each of our columns is taken once: who had it before is left out."""
        key = self._combos[place].currentData()
        for other, combo in enumerate(self._combos):
            if other != place and key and combo.currentData() == key:
                with QSignalBlocker(combo):
                    combo.setCurrentIndex(0)
        self._renew()

    def _renew(self) -> None:
        body, first = self._body(), 2 if self._headed.isChecked() else 1
        plan = plan_rows(body, self.keys(), self._columns, self.language, first_line=first, options=self._options)
        self.plan = self._attempt(plan) if len(plan.entries) <= TRY_AT_ONCE else plan
        self._show_rows(body, first)
        number, wrong = len(self.plan.entries), len(self.plan.problems)
        self.add_button.setText(self._add_words(number))
        self.add_button.setEnabled(number > 0)
        good = self.language.say_n("{n} row will be added.", "{n} rows will be added.", number)
        bad = self.language.say_n("{n} thing cannot be used.", "{n} things cannot be used.", wrong)
        self._summary.set_text(self.language.say("{one} {two}", one=good, two=bad) if wrong else good)
        self._problems.setPlainText("\n".join(self.problems()))
        self._problems.setVisible(wrong > 0)
        self._problems_title.setVisible(wrong > 0)

    def _show_rows(self, body: list[list[str]], first: int) -> None:
        while self._grid.count() > 2 * len(self._combos):
            item = self._grid.takeAt(self._grid.count() - 1)
            item.widget().hide()
            item.widget().deleteLater()
        titles = {each.key: each.title for each in self._columns}
        for down, cells in enumerate(body[:_SHOWN_ROWS]):
            for place, text in enumerate(cells):
                key = self.keys()[place]
                problem = self.plan.at(first + down, titles[key]) if key else None
                reason = self.language.tell(problem.reason) if problem else ""
                self._grid.addWidget(_Cell(text, key is not None, reason), down + 2, place)
        self._grid.setRowStretch(len(body[:_SHOWN_ROWS]) + 2, 1)

    def _agree(self) -> None:
        if len(self.plan.entries) > TRY_AT_ONCE:
            tried = self._attempt(self.plan)
            if len(tried.problems) > len(self.plan.problems):
                self.plan = tried
                self.show_refusal(
                    self.language.say("Some rows cannot be used as they are. Look below, then add the others.")
                )
                self.add_button.setText(self._add_words(len(tried.entries)))
                return
        self.agreed.emit(self.plan)


class _Cell(Label):
    """A pasted cell: grey when it is left out, amber with its reason when it cannot be used."""

    def __init__(self, text: str, used: bool, reason: str):
        super().__init__(
            " ".join(text.split()), "body", "amber_ink" if reason else "text" if used else "text3", elide=True
        )
        self._reason = reason
        self.setContentsMargins(8, 0, 8, 0)
        self.setFixedHeight(theme().px(28))
        if reason:
            self.setToolTip(reason)
            self.setAccessibleDescription(reason)

    def paintEvent(self, event):
        painter = start(self)
        if self._reason:
            area = QRectF(self.rect()).adjusted(2, 2, -2, -3)
            box(painter, area, CELL, theme().color("amber_bg"), theme().color("amber_line"), dashed=True)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme().color("line"))
        painter.end()
        super().paintEvent(event)
