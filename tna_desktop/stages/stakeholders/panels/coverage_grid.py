"""The matrix of coverage: groups by stage, each opening into its stakeholders with a role for every stage."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from tna_desktop.kernel.text import Language
from tna_desktop.kernel.workflow import Workflow
from tna_desktop.ui.fonts import ready_for
from tna_desktop.ui.theme import theme

from ..reading import Participant
from ..results import Coverage, GroupRoles
from .coverage_painting import GROUP_ROW, PERSON_ROW, CoverageHead, CoveragePainter

DISPLAY, TOOLTIP, ACCESSIBLE_TEXT = 0, 3, 11
HORIZONTAL = Qt.Orientation.Horizontal
_K = Qt.Key
_ENTER = (_K.Key_Return, _K.Key_Enter, _K.Key_Space)
_CLEAR = (_K.Key_Delete, _K.Key_Backspace, _K.Key_0)
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
EVERYONE = "*"


@dataclass(frozen=True)
class Line:
    """A line of the matrix: everyone, a group, or one stakeholder of it."""

    group: GroupRoles
    person: Participant | None = None
    everyone: bool = False

    @property
    def id(self) -> str:
        return EVERYONE if self.everyone else self.person.id if self.person else f"group {self.group.key}"

    @property
    def ids(self) -> list[str]:
        """The stakeholders this line stands for."""
        return [self.person.id] if self.person else [each.id for each in self.group.stakeholders]


class CoverageModel(QAbstractTableModel):
    """The lines that are open, and in words what stands in each cell."""

    def __init__(self, workflow: Workflow, language: Language):
        super().__init__()
        self.language = language
        self.stages = [(stage.key, stage.title) for stage in workflow.stages]
        #: Role -> its number on the keyboard and its name.
        self.roles = {
            entry.key: (place, entry.name) for place, entry in enumerate(workflow.catalogue("stage_roles").entries, 1)
        }
        self.opened: set[str] = set()
        self.lines: list[Line] = []
        self._coverage: Coverage | None = None
        for text in (*(title for _, title in self.stages), *(name for _, name in self.roles.values())):
            ready_for(text)

    def show(self, found: Coverage) -> None:
        for group in found.groups:
            for text in (group.name, *(person.name for person in group.stakeholders)):
                ready_for(text)
        self._coverage = found
        self.renew()

    def renew(self) -> None:
        """Put the lines together again, after a change or when a group was opened or closed."""
        found = self._coverage
        if found is None:
            return
        self.beginResetModel()
        self.lines = [Line(found.everyone, everyone=True)]
        for group in found.groups:
            self.lines.append(Line(group))
            if group.key in self.opened:
                self.lines += [Line(group, person) for person in group.stakeholders]
        self.endResetModel()

    def row_of(self, id: str) -> int:
        return next((row for row, line in enumerate(self.lines) if line.id == id), -1)

    def stage(self, column: int) -> str:
        """The stage of a column; empty for the names."""
        return self.stages[column - 1][0] if column else ""

    def suggested(self, line: Line, column: int) -> str:
        """The role suggested for a stakeholder's empty cell."""
        if self._coverage is None or line.person is None:
            return ""
        return self._coverage.suggested.get((line.person.id, self.stage(column)), "")

    def name(self, line: Line) -> str:
        say = self.language.say
        if line.everyone:
            return say("Everyone")
        return line.person.name if line.person else line.group.name or say("No group")

    def words(self, line: Line, column: int) -> str:
        """What stands in a stage's cell, as a sentence would say it."""
        say, stage = self.language.say, self.stage(column)
        if line.person is not None:
            role = line.person.roles.get(stage, "")
            if role:
                return self.roles.get(role, (0, role))[1]
            suggested = self.suggested(line, column)
            return (
                say("no part yet; suggested: {role}", role=self.roles[suggested][1])
                if suggested
                else say("no part yet")
            )
        if not line.group.stakeholders:
            if line.group.gap:
                return say("Nobody takes part: {reason}", reason=line.group.gap)
            return say("None yet, and a reason is needed") if line.group.needs_reason else say("None yet")
        counts = line.group.counts[stage]
        if not counts:
            return say("nobody takes part yet")
        # Translators: a role and how many have it, as in "Is consulted: 3"
        return "; ".join(
            say("{role}: {count}", role=name, count=counts[role])
            for role, (_, name) in self.roles.items()
            if counts[role]
        )

    # What Qt asks ------------------------------------------------------------------------------------

    def rowCount(self, parent=QModelIndex()):  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent=QModelIndex()):  # noqa: B008
        return 0 if parent.isValid() else 1 + len(self.stages)

    def flags(self, index):
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index, role=DISPLAY):
        if not index.isValid() or role not in (DISPLAY, TOOLTIP, ACCESSIBLE_TEXT):
            return None
        line, column = self.lines[index.row()], index.column()
        if not column:
            name = self.name(line)
            if role == ACCESSIBLE_TEXT and line.person is None:
                return self.language.say("{group}: {count}", group=name, count=len(line.group.stakeholders))
            return name
        if role == ACCESSIBLE_TEXT:
            return self.language.say(
                "{name}, {stage}: {words}",
                name=self.name(line),
                stage=self.stages[column - 1][1],
                words=self.words(line, column),
            )
        return self.words(line, column)

    def headerData(self, section, orientation, role=DISPLAY):
        if orientation != HORIZONTAL or role not in (DISPLAY, TOOLTIP, ACCESSIBLE_TEXT):
            return None
        return self.stages[section - 1][1] if section else self.language.say("Group and stakeholder")


class CoverageGrid(QTableView):
    """Arrows move, digits give a role, 0 takes it away, Enter opens a group. The screen does what is asked."""

    given = Signal(object, str, str)  # Line, stage ("": all of them), role ("": none)
    reason_wanted = Signal(str)  # group
    menu_wanted = Signal(QPoint)
    moved = Signal()

    def __init__(self, model: CoverageModel):
        super().__init__()
        self.coverage = model
        self._pressed_on_current = False
        self.setHorizontalHeader(CoverageHead(self))
        self.setModel(model)
        self.setItemDelegate(CoveragePainter(self))
        self.setAccessibleName(model.language.say("Roles by group and stage"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setStyleSheet("QTableView { selection-background-color: transparent; }")  # painted cell by cell
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        model.modelReset.connect(self._renewed)
        self.restyle()

    # Measures ----------------------------------------------------------------------------------------

    def restyle(self) -> None:
        self._heights()
        self.fit()

    def fit(self) -> None:
        """The stages share what the names leave; both grow with the window."""
        look, room, stages = theme(), self.viewport().width(), max(1, len(self.coverage.stages))
        names = max(look.px(170), min(look.px(360), int(room * 0.28)))
        each = max(look.px(40), (room - names - look.px(10)) // stages)
        self.setColumnWidth(0, room - each * stages - look.px(10))
        for column in range(1, stages + 1):
            self.setColumnWidth(column, each)

    def _heights(self) -> None:
        look, head = theme(), self.verticalHeader()
        head.setMinimumSectionSize(look.px(PERSON_ROW))
        head.setDefaultSectionSize(look.px(PERSON_ROW))
        for row, line in enumerate(self.coverage.lines):
            self.setRowHeight(row, look.px(PERSON_ROW if line.person else GROUP_ROW))

    def _renewed(self) -> None:
        self.clearSpans()
        self._heights()
        for row, line in enumerate(self.coverage.lines):
            if not line.group.stakeholders and not line.everyone:
                self.setSpan(row, 1, 1, len(self.coverage.stages))

    def resizeEvent(self, event):
        super().resizeEvent(event)
        self.fit()

    # Where one is ------------------------------------------------------------------------------------

    def line(self) -> Line | None:
        index = self.currentIndex()
        return self.coverage.lines[index.row()] if index.isValid() else None

    def go_to(self, id: str, column: int = 0) -> bool:
        row = self.coverage.row_of(id)
        if row < 0:
            return False
        index = self.coverage.index(row, column)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)
        return True

    def show_again(self, renew) -> None:
        """Renew the lines without losing one's place."""
        line, column, top = self.line(), max(0, self.currentIndex().column()), self.verticalScrollBar().value()
        renew()
        self.verticalScrollBar().setValue(top)
        if line is not None:
            self.go_to(line.id, column) or self.go_to(f"group {line.group.key}", column)

    def toggle(self, line: Line) -> None:
        """Open or close a group; from one of its stakeholders, close it."""
        key = line.group.key
        if line.everyone:
            self.open_all(not self.coverage.opened)
            return
        if line.person is not None:
            self.go_to(f"group {key}", self.currentIndex().column())
        self.coverage.opened ^= {key}
        self.show_again(self.coverage.renew)

    def open_all(self, opened: bool = True) -> None:
        found = self.coverage
        groups = {line.group.key for line in found.lines if not line.everyone and line.group.stakeholders}
        found.opened = groups if opened else set()
        self.show_again(found.renew)

    def currentChanged(self, current, previous):
        super().currentChanged(current, previous)
        self.viewport().update()
        self.moved.emit()

    def focusInEvent(self, event):
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.coverage.lines:
            self.go_to(self.coverage.lines[0].id, 1)

    # Keys and mouse ----------------------------------------------------------------------------------

    def keyPressEvent(self, event):
        line, key, column = self.line(), event.key(), self.currentIndex().column()
        plain = event.modifiers() & ~_KEYPAD == Qt.KeyboardModifier.NoModifier
        if line is None or not plain and key not in (_K.Key_Plus, _K.Key_Asterisk):
            super().keyPressEvent(event)
        elif key in _CLEAR:
            self._give(line, column, "")
        elif event.text().isdigit() and (role := self._role(int(event.text()))):
            self._give(line, column, role)
        elif key in _ENTER:
            self.act(line)
        elif key in (_K.Key_Plus, _K.Key_Minus) and line.person is None and not line.everyone:
            if (line.group.key in self.coverage.opened) != (key == _K.Key_Plus) and line.group.stakeholders:
                self.toggle(line)
        elif key == _K.Key_Asterisk:
            self.open_all()
        elif key == _K.Key_Escape and line.person is not None:
            self.toggle(line)
        else:
            super().keyPressEvent(event)

    def act(self, line: Line) -> None:
        """Enter or a click: open the group, ask why it is empty, or offer the roles of a stakeholder."""
        if line.person is not None:
            self.menu_wanted.emit(self.visualRect(self.currentIndex()).bottomLeft())
        elif line.group.stakeholders or line.everyone:
            self.toggle(line)
        else:
            self.reason_wanted.emit(line.group.key)

    def _role(self, number: int) -> str:
        return next((role for role, (place, _) in self.coverage.roles.items() if place == number), "")

    def _give(self, line: Line, column: int, role: str) -> None:
        if line.ids:
            self.given.emit(line, self.coverage.stage(column), role)

    def mousePressEvent(self, event):
        index = self.indexAt(event.position().toPoint())
        self._pressed_on_current = index.isValid() and index == self.currentIndex()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event):
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid() or index != self.currentIndex():
            return
        line = self.coverage.lines[index.row()]
        if line.person is None or (self._pressed_on_current and index.column()):
            self.act(line)

    def contextMenuEvent(self, event):
        index = self.indexAt(event.pos()) if event.reason() == event.Reason.Mouse else self.currentIndex()
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.menu_wanted.emit(self.visualRect(index).bottomLeft())
