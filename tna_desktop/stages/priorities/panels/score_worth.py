"""The tab "Value": how a score on the criterion in hand becomes points from 0 to 100."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QScrollArea, QWidget

from tna_desktop.kernel.errors import Refused
from tna_desktop.ui.buttons import Button, IconButton
from tna_desktop.ui.cell_values import read_number
from tna_desktop.ui.choices import Segmented
from tna_desktop.ui.desk import Desk
from tna_desktop.ui.fonts import set_role
from tna_desktop.ui.labels import Label
from tna_desktop.ui.layouts import column

from .. import worth
from ..models import ScoreColumn
from ..operations import set_value_function
from ..worth import LINEAR, MOST_POINTS, PIECEWISE, STEPS, THRESHOLD, Point
from .score_curve import ValueCurve


def first_points(shape: str, low: float, high: float, cost: bool) -> tuple[Point, ...]:
    """The points a shape begins with: along the straight line, best at the better end."""
    parts = {PIECEWISE: (0, 1 / 2, 1), THRESHOLD: (0, 1 / 2), STEPS: (0, 1 / 3, 2 / 3)}.get(shape, ())
    values = {PIECEWISE: (0, 50, 100), THRESHOLD: (0, 100), STEPS: (0, 50, 100)}.get(shape, ())
    if cost:
        values = tuple(reversed(values))
    return tuple((round(low + part * (high - low), 6), float(value)) for part, value in zip(parts, values, strict=True))


class WorthTab(QScrollArea):
    """The curve, its kind, and its points as numbers, for the criterion the keyboard is on."""

    def __init__(self, desk: Desk, parent: QWidget | None = None):
        super().__init__(parent)
        self.desk, self.language = desk, desk.language
        self._column: ScoreColumn | None = None
        self._ends = (0.0, 1.0)
        self._points: tuple[Point, ...] = ()
        say = desk.language.say
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(say("Value of a score"))
        self.heading = Label(say("Value of a score"), "meta", "text2")
        self.criterion = Label("", "dialog_title", wrap=True)
        self.about = Label(
            say("How much each level is worth, from 0 to 100 points. Points add up to the ranking."), "meta", "text2", wrap=True
        )  # fmt: skip
        shapes = [
            (LINEAR, say("Straight line")), (PIECEWISE, say("By points")), (THRESHOLD, say("Threshold")), (STEPS, say("Steps")),
        ]  # fmt: skip
        self.shape = Segmented(shapes, LINEAR, say("Kind of value"))
        self.curve = ValueCurve(desk.language)
        self.problem = Label("", "meta", "brick", wrap=True)
        self.remark = Label("", "meta", "amber_ink", wrap=True)
        self.effect = Label(say("The ranking changes at once when you change this."), "meta", "text2", wrap=True)
        self.keys = Label(
            say("Drag a point, or choose one with Page Up and Page Down and move it with the arrows."), "meta", "text3", wrap=True
        )  # fmt: skip
        self.table = QWidget()
        self._grid = QGridLayout(self.table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(4)
        self.add = Button(say("Add a point"), "outline", "plus", small=True, on_click=self._add)
        self._nothing = Label(say("Choose a score in the table."), "body", "text2", wrap=True)
        self._all = QWidget()
        column(
            self.heading, self.criterion, self.about, 2, self.shape, self.curve, self.problem, self.remark, self.effect, self.table, self.add,
            self.keys, gap=6, parent=self._all,
        )  # fmt: skip
        holder = QWidget()
        column(self._all, self._nothing, None, gap=8, margins=(16, 14, 16, 12), parent=holder)
        self.setWidget(holder)
        holder.setAutoFillBackground(False)
        self.shape.chosen.connect(self._choose)
        self.curve.moved.connect(self._show_numbers)
        self.curve.kept.connect(lambda points: self._set(self.shape.current(), points))
        self._rows: list[tuple[QLineEdit, QLineEdit, IconButton]] = []
        self.show_criterion(None, ())

    def show_criterion(self, criterion: ScoreColumn | None, scores: Sequence[float]) -> None:
        """Show the value function of a criterion, with the scores it is about."""
        self._all.setVisible(criterion is not None)
        self._nothing.setVisible(criterion is None)
        if self._column is not None and (criterion is None or criterion.id != self._column.id):
            self.curve.clearFocus()
            self._tell("")
        self._column = criterion
        if criterion is None:
            return
        import numpy as np

        fact = criterion.fact
        low, high = worth.ends_of(fact, np.array(scores, dtype=float))
        usable = high > low
        self.criterion.set_text(criterion.name)
        shape, points = fact["value_shape"] or LINEAR, worth.points_of(fact)
        function = worth.function_of(fact)
        if function is None:
            shape, points = LINEAR, ()
        self._ends, self._points = (low, high) if usable else (0.0, 1.0), points
        self.shape.set_current(shape)
        self.shape.setEnabled(usable)
        self.curve.setVisible(usable)
        self.curve.show_curve(shape, points, *self._ends, criterion.cost, scores)
        against = function is not None and worth.against_direction(fact, function)
        say = self.language.say
        self.remark.setText(
            say("Give the scale its two ends, or score two technologies.") if not usable
            else say("A higher score is worth more here, although less is better.") if against and criterion.cost
            else say("A higher score is worth less here, although more is better.") if against else ""
        )  # fmt: skip
        self.remark.setVisible(bool(self.remark.text()))
        self.table.setVisible(bool(points))
        self.keys.setVisible(bool(points))
        self.add.setVisible(shape in (PIECEWISE, STEPS) and len(points) < MOST_POINTS)
        self._show_numbers(points)

    # The points as numbers ---------------------------------------------------------------------------

    def _show_numbers(self, points: Sequence[Point]) -> None:
        say = self.language.say
        if not self._rows and points:
            unit = self._column.fact["unit"] if self._column is not None else ""
            self._head = (
                Label(unit or say("Level"), "label", "text2", elide=True),
                Label(say("Worth"), "label", "text2"),
            )
            for place, label in enumerate(self._head):
                self._grid.addWidget(label, 0, place)
        elif self._rows and self._column is not None:
            self._head[0].setText(self._column.fact["unit"] or say("Level"))
        while len(self._rows) < len(points):
            self._add_row()
        for at, (level, value, remove) in enumerate(self._rows):
            here = at < len(points)
            for part in (level, value):
                part.setVisible(here)
            least = 3 if self.shape.current() == STEPS else 2
            remove.setVisible(here and self.shape.current() != THRESHOLD and len(points) >= least and len(points) > 2)
            if not here:
                continue
            first = at == 0 and self.shape.current() != PIECEWISE
            level.setEnabled(not first)
            for part, number in ((level, points[at][0]), (value, points[at][1])):
                if not part.hasFocus() or not part.isModified():
                    part.setText(say("below") if first and part is level else self.language.number(number))
                    part.setModified(False)

    def _add_row(self) -> None:
        say, at = self.language.say, len(self._rows)
        level, value = QLineEdit(), QLineEdit()
        level.setAccessibleName(say("Level of point {n}", n=at + 1))
        value.setAccessibleName(say("Worth of point {n}", n=at + 1))
        for place, editor in enumerate((level, value)):
            set_role(editor, "body")
            editor.editingFinished.connect(self._typed)
            self._grid.addWidget(editor, at + 1, place)
        remove = IconButton("minus", say("Remove point {n}", n=at + 1), small=True, on_click=lambda: self._remove(at))
        self._grid.addWidget(remove, at + 1, 2)
        self._rows.append((level, value, remove))

    def _typed(self) -> None:
        if not any(part.isModified() for row in self._rows for part in row[:2]):
            return
        points = list(self._points)
        try:
            for at, (level, value, _) in enumerate(self._rows[: len(points)]):
                new = list(points[at])
                for place, editor in enumerate((level, value)):
                    if editor.isModified():
                        new[place] = read_number(editor.text().strip(), self.language)
                points[at] = (new[0], new[1])
        except Refused as refused:
            self._tell(self.language.tell(refused.reason))
            return
        if self._set(self.shape.current(), points):
            for row in self._rows:
                for part in row[:2]:
                    part.setModified(False)

    def _add(self) -> None:
        """A point in the middle of the widest gap, where the curve is already."""
        points, high = list(self._points), self._ends[1]
        function = worth.shaped(self.shape.current(), points)
        if function is None:
            return
        levels = [level for level, _ in points]
        if self.shape.current() != PIECEWISE:
            levels.append(high)
        at = max(range(len(levels) - 1), key=lambda place: levels[place + 1] - levels[place])
        middle = round((levels[at] + levels[at + 1]) / 2, 6)
        points.insert(at + 1, (middle, round(float(function([middle])[0]), 3)))
        self.curve.chosen = at + 1
        self._set(self.shape.current(), points)

    def _remove(self, at: int) -> None:
        points = list(self._points)
        del points[at]
        if self.shape.current() != PIECEWISE and at == 0:
            points[0] = (self._ends[0], points[0][1])
        self._set(self.shape.current(), points)

    # Writing -----------------------------------------------------------------------------------------

    def _choose(self, shape: str) -> None:
        cost = self._column is not None and self._column.cost
        self._set(shape, first_points(shape, *self._ends, cost))

    def _set(self, shape: str, points: Sequence[Point]) -> bool:
        """Keep the value function, or say below the curve why not."""
        if self._column is None:
            return False
        if shape == (self._column.fact["value_shape"] or LINEAR) and tuple(points) == self._points:
            return True
        try:
            self.desk.do(set_value_function, self._column.id, shape, points)
        except Refused as refused:
            self._tell(self.language.tell(refused.reason))
            return False
        self._tell("")
        return True

    def _tell(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
