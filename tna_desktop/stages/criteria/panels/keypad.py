"""Typing in paper ballots with the keypad alone, and a second time blind, so that slips are found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tna_desktop.kernel.errors import Refused, message
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.choices import Segmented
from tna_desktop.ui.desk import Desk
from tna_desktop.ui.labels import Hairline, Label
from tna_desktop.ui.layouts import FlowRow, row
from tna_desktop.ui.pasting import read_table
from tna_desktop.ui.theme import theme

from .. import operations, reading, results
from ..reading.ballots import CRITERIA, Answer
from ..results import RANKED
from .ask import NumberCell
from .collect_ballot import Sheet
from .collect_rows import ONE_NUMBER, CollectState, group_names, methods
from .keypad_grid import KeypadGrid
from .keypad_model import CODE, FIRST, KeypadModel, PaperRow, pasted_rows


class KeypadPage(QWidget):
    """The grid with its tools; below it, one at a time, what differs between the first and the second typing."""

    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None):
        super().__init__(parent)
        self.desk, self.language = desk, desk.language
        say = self.language.say
        self.sheet = Sheet("", "", "", ONE_NUMBER[0])
        self._state: CollectState | None = None
        self._busy = False
        groups = group_names(desk.workflow)
        self.model = KeypadModel(self.language, groups, self)
        self.grid = KeypadGrid(self.model, self.language)
        self.grid.row_left.connect(self._store)
        self.grid.row_done.connect(self._row_done)
        self.grid.left.connect(self._keep_row)
        self.grid.paste_wanted.connect(self.paste)
        self.grid.removal_wanted.connect(self.remove)
        names = [(key, name) for key, name, _ in methods(desk.workflow, ONE_NUMBER)]
        self.method = Segmented(names, ONE_NUMBER[0], say("Method"))
        self.method.chosen.connect(self._other_method)
        self.paste_button = Button(
            say("Paste from Excel"), "outline", "clipboard-text", small=True, on_click=self.paste
        )
        self.remove_button = Button(say("Remove this ballot"), "ghost", small=True, on_click=self.remove)
        self.remove_button.setToolTip(say("Remove this ballot (Shift Del)"))
        self.again_button = Button(
            say("Type them in again to check"), "outline", "shield-check", small=True, on_click=self.toggle_check
        )
        self.settle = SettleStrip(desk)
        self.settle.settled.connect(self._settled)
        self.hint = Label("", "meta", "text2", wrap=True)
        self._legend = legend = QWidget()
        flow = FlowRow(legend, gap=12, row_gap=2)
        for number, (_, name) in enumerate(groups, 1):
            flow.addWidget(Label(say("{number} {name}", number=number, name=name), "meta", "text3"))
        tools = row(self.method, None, self.remove_button, self.paste_button, self.again_button, gap=8)
        tools.setContentsMargins(24, 2, 24, 4)
        foot = QVBoxLayout()
        foot.setContentsMargins(24, 4, 24, 6)
        foot.setSpacing(3)
        foot.addWidget(self.settle)
        foot.addWidget(self.hint)
        foot.addWidget(legend)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(tools)
        outer.addWidget(self.grid, 1)
        outer.addWidget(Hairline())
        outer.addLayout(foot)
        self.settle.hide()

    # Showing -----------------------------------------------------------------------------------------

    def open(self, sheet: Sheet, state: CollectState) -> None:
        """The ballots of this round that are given this way, and an empty row for the next."""
        self.sheet, self._state = sheet, state
        self.method.set_current(sheet.method)
        self._show(second=False)

    def refresh(self, state: CollectState) -> None:
        """The document is another: take over what is stored, keep what is being typed."""
        self._state = state
        if self._busy:
            return
        lines = {line.id: line for line in self._lines()}
        nodes = self._nodes()
        known = {row.id for row in self.model.rows if row.id}
        same = nodes == self.model.nodes and known == set(lines)
        for each in self.model.rows:
            line = lines.get(each.id)
            same = same and (
                line is None or each.changed or (_values(line.answers) == each.values and line.checked == each.checked)
            )
        if not same:
            self._show(self.model.second)

    def begin(self) -> None:
        self.grid.setFocus(Qt.FocusReason.TabFocusReason)

    def _lines(self):
        lines = self._state.lines if self._state else ()
        wanted = (self.sheet.method, CRITERIA)
        return [line for line in lines if line.voter and (line.method, line.level) == wanted]

    def _nodes(self):
        families = self.desk.read(reading.families, CRITERIA)
        return list(families[0].nodes) if families else []

    def _show(self, second: bool) -> None:
        typed = {row.id: row for row in self.model.rows if row.id and (row.changed or row.second)}
        rows = [
            PaperRow(line.voter, line.group, _values(line.answers), line.id, (line.group, line.voter), line.checked)
            for line in self._lines()
        ]
        for each in rows:
            before = typed.get(each.id)
            if before is not None and second == self.model.second:
                each.second = before.second
                if before.changed:
                    each.code, each.group, each.values, each.changed = before.code, before.group, before.values, True
        unsaved = [row for row in self.model.rows if not row.id and row.values]
        if second:
            rows = [each for each in rows if not each.checked or each.second]
        elif self.model.kind == self.sheet.method:
            rows += unsaved
        at = self.grid.currentIndex()
        place = (at.row(), at.column()) if second == self.model.second and at.isValid() else None
        self.model.show(self._nodes(), rows, self.sheet.method, second)
        if not second:
            made = self.model.next_row()
            self.model.add(PaperRow(made.code, made.group if rows else (self.sheet.group or made.group)))
        row_count = self.model.rowCount()
        if place is not None and place[0] < row_count:
            self.grid.go_to(*place)
        elif row_count:
            self.grid.go_to(0 if second else row_count - 1, self.grid.first_column())
        self._tell()

    def _tell(self) -> None:
        say, say_n, second = self.language.say, self.language.say_n, self.model.second
        lines = self._lines()
        open_ = [line for line in lines if not line.checked]
        self.again_button.setText(say("Back to the first typing") if second else say("Type them in again to check"))
        self.again_button.setEnabled(second or bool(open_))
        self.remove_button.setVisible(not second)
        self.paste_button.setVisible(not second)
        self.method.setEnabled(not second)
        self._legend.setVisible(not second)
        if second and self.settle.isVisibleTo(self):
            self.hint.setText(say("Type the number that stands on the paper and press Enter."))
        elif second:
            self.hint.setText(
                say_n(
                    "One ballot is left to type again. What was typed first is hidden.",
                    "{n} ballots are left to type again. What was typed first is hidden.",
                    len(open_),
                )
                if open_
                else say("All ballots were typed twice and agree.")
                if lines
                else say("No ballot is given this way yet.")
            )
        else:
            self.hint.setText(
                say("Type a number and press Enter; after the last criterion Enter begins the next ballot. Groups:")
            )

    def _other_method(self, key: str) -> None:
        if self.grid.take():
            self._store(self.grid.currentIndex().row())
            self.sheet = Sheet(self.sheet.round_id, self.sheet.group, "", key, CRITERIA)
            self._show(second=False)
        else:
            self.method.set_current(self.sheet.method)

    # Storing -----------------------------------------------------------------------------------------

    def _row_done(self, place: int) -> None:
        """A ballot's last cell was left with Enter."""
        if self.model.second:
            self._compare(place)
            return
        if not self._store(place):
            return
        if place + 1 >= self.model.rowCount():
            self.model.add(self.model.next_row())
        self.grid.go_to(place + 1, CODE)

    def _store(self, place: int) -> bool:
        """Keep a ballot as one change; an empty one is none. False when it could not be kept."""
        if self._busy or self.model.second or not 0 <= place < self.model.rowCount():
            return True
        each = self.model.rows[place]
        if not each.changed or (not each.values and not each.id):
            return True
        # A code belongs to one ballot of a group: another one must not be written over.
        lines = self._state.lines if self._state else ()
        twin = any((line.group, line.voter) == (each.group, each.code) and line.id != each.id for line in lines)
        if twin or any(row is not each and (row.group, row.code) == (each.group, each.code) for row in self._filled()):
            self.grid.go_to(place, CODE)
            self.grid.tell(self.language.say("This group has a ballot with the code {code} already.", code=each.code))
            return False
        return self._record(each, each.answers(self.sheet.method), checked=False)

    def _filled(self) -> list[PaperRow]:
        return [row for row in self.model.rows if row.values or row.id]

    def _record(self, each: PaperRow, answers: list[Answer], checked: bool) -> bool:
        self._busy = True
        try:
            another = bool(each.id) and each.kept != (each.group, each.code)
            each.id = self.desk.do(
                operations.record_ballot,
                self.sheet.round_id,
                each.group,
                each.code,
                self.sheet.method,
                CRITERIA,
                answers,
                checked,
                instead_of=each.id if another else "",
            )
            each.kept, each.checked, each.changed = (each.group, each.code), checked, False
            return True
        except Refused as refused:
            self.grid.tell(self.language.tell(refused.reason))
            return False
        finally:
            self._busy = False
            self._tell()
            self.grid.viewport().update()
            self.grid.frozen.viewport().update()

    def paste(self) -> None:
        """Ballots from a worksheet, as one change; a code that is there already gets the new numbers."""
        if self.model.second or not self.grid.take():
            return
        try:
            rows = pasted_rows(read_table(QGuiApplication.clipboard().text()), self.model)
            twice = [row.code for at, row in enumerate(rows) if (row.group, row.code) in _keys(rows[:at])]
            if twice:
                raise Refused(message("Nothing was pasted. The code {code} comes twice.", code=twice[0]))
            self.desk.do(
                operations.record_ballots,
                self.sheet.round_id,
                self.sheet.method,
                CRITERIA,
                [(row.group, row.code, row.answers(self.sheet.method)) for row in rows],
            )
        except Refused as refused:
            self.desk.refuse(refused)
            return
        self.desk.notice(
            self.language.say_n("One ballot pasted", "{n} ballots pasted", len(rows)),
            undo=True,
        )

    def remove(self) -> None:
        """Take the current ballot away; undo brings it back."""
        place = self.grid.currentIndex().row()
        if self.model.second or not 0 <= place < self.model.rowCount():
            return
        each = self.model.rows[place]
        self.grid.typed = None
        if each.id:
            each.changed = False
            self.desk.attempt(operations.remove_ballots, [each.id])
            self.desk.notice(self.language.say("The ballot {code} is removed", code=each.code), undo=True)
        else:
            each.values.clear()
            each.changed = False
            self.model.redraw(place)
        self.begin()

    # The second time ---------------------------------------------------------------------------------

    def toggle_check(self) -> None:
        """Type the ballots in a second time without seeing the first; and back."""
        if not self.grid.take() or not self._store(self.grid.currentIndex().row()):
            return
        self.settle.hide()
        self._show(second=not self.model.second)
        self.begin()

    def _compare(self, place: int) -> None:
        each, names = self.model.rows[place], {node.id: node.name for node in self.model.nodes}
        kind = self.sheet.method
        found = results.differences(each.answers(kind), each.answers(kind, second=True))
        if not found:
            self._agreed(place, each.answers(kind))
            return
        self.settle.ask(place, each.code, found, names, (1 if kind in RANKED else 0, self.model.high()))
        self._tell()
        self.settle.begin()

    def _settled(self, place: int, answers: object) -> None:
        """All that differed is settled: what was the same both times, and what was decided now."""
        each = self.model.rows[place]
        decided: dict[str, float | None] = dict(answers)  # type: ignore[call-overload]
        for node, value in decided.items():
            if value is None:
                each.values.pop(node, None)
            else:
                each.values[node] = value
        each.second = dict(each.values)
        self.settle.hide()
        self._agreed(place, each.answers(self.sheet.method))

    def _agreed(self, place: int, answers: list[Answer]) -> None:
        if not self._record(self.model.rows[place], answers, checked=True):
            return
        rows = self.model.rows
        order = [*range(place + 1, len(rows)), *range(place)]
        following = next((at for at in order if not rows[at].checked), None)
        self.model.redraw(place)
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        if following is not None:
            self.grid.go_to(following, FIRST)
        self._tell()

    def _keep_row(self) -> None:
        """The grid is left: what was typed so far is kept."""
        if self.grid.take():
            self._store(self.grid.currentIndex().row())

    def hideEvent(self, event):
        super().hideEvent(event)
        if not event.spontaneous():
            self._keep_row()


class SettleStrip(QWidget):
    """One cell that differs: both numbers, and a field for the one on the paper. ``settled``: row, {node: number}."""

    settled = Signal(int, object)

    def __init__(self, desk: Desk, parent: QWidget | None = None):
        super().__init__(parent)
        self.language = desk.language
        say = self.language.say
        self._row = 0
        self._left: list[results.Difference] = []
        self._names: Mapping[str, str] = {}
        self._code = ""
        self._decided: dict[str, float | None] = {}
        self.words = Label("", "body_strong", "amber_ink", wrap=True)
        self.first = Button("", small=True, on_click=lambda: self._take(self._left[0].first))
        self.second = Button("", small=True, on_click=lambda: self._take(self._left[0].second))
        self.number = NumberCell(self.language, say("The number on the paper"), 0, 100)
        self.number.stepped.connect(lambda by: self._typed() if by > 0 else None)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 2, 0, 2)
        box.setSpacing(8)
        box.addWidget(self.words, 1)
        for part in (Label(say("On the paper"), "body"), self.number, self.first, self.second):
            box.addWidget(part)

    def ask(
        self,
        place: int,
        code: str,
        found: Sequence[results.Difference],
        names: Mapping[str, str],
        limits: tuple[int, int],
    ) -> None:
        """Settle what differs on one ballot, one cell after the other."""
        self._names = names
        self._row, self._left, self._decided = place, list(found), {}
        self._code = code
        self.number.set_limits(*limits)
        self.show()
        self._show()

    def begin(self) -> None:
        self.number.setFocus(Qt.FocusReason.TabFocusReason)

    def restyle(self) -> None:
        self.setMinimumHeight(theme().px(34))

    def _show(self) -> None:
        each, say = self._left[0], self.language.say
        self.words.setText(
            say("{code}: {difference}", code=self._code, difference=results.difference_words(each, self._names))
        )
        self.first.setText(say("First time {number}", number=self.language.number(each.first)))
        self.second.setText(say("Second time {number}", number=self.language.number(each.second)))
        self.number.set_value(None)
        self.number.setAccessibleDescription(self.words.text())

    def _typed(self) -> None:
        value = self.number.value()
        if value is not None:
            self._take(value)

    def _take(self, value: float | None) -> None:
        self._decided[self._left.pop(0).node] = value
        if self._left:
            self._show()
            self.begin()
        else:
            self.settled.emit(self._row, dict(self._decided))


def _values(answers) -> dict[str, float]:
    return {node: value for node, _, _, value in answers if value is not None}


def _keys(rows: list[PaperRow]) -> set[tuple[str, str]]:
    return {(row.group, row.code) for row in rows}
