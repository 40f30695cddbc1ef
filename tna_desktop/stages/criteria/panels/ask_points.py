"""Direct points: 100 to share out, with what is left said all the time."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from tna_desktop.kernel.text import Language
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.labels import Label
from tna_desktop.ui.layouts import row

from ..reading.ballots import Answer
from ..results import FamilyOutcome
from .ask import Asker, NumberTable

POINTS, TOTAL = "points", 100


class PointsAsker(Asker):
    """A cell for each criterion; the rest may be shared evenly among those that have nothing yet."""

    def __init__(self, language: Language, parent: QWidget | None = None):
        super().__init__(language, parent)
        say = language.say
        self.rest = Label("", "heading")
        self.rest.setAccessibleName(say("Points left"))
        self.fill_button = Button(say("Share the rest evenly"), small=True, on_click=self.fill)
        self.table = NumberTable(language, 0, TOTAL)
        self.table.typed.connect(self.changed)
        self.table.left.connect(self.finished)
        self.body.addLayout(row(self.rest, None, self.fill_button, margins=(0, 0, 8, 0)))
        self.body.addWidget(self.table, 1)

    def show_answers(self, answers: Sequence[Answer]) -> None:
        self.table.show_nodes(self.family, [(POINTS, "")])
        self.table.set_values({(node, kind): value for node, _, kind, value in answers})

    def answers(self) -> list[Answer]:
        return [(node, "", POINTS, value) for (node, _), value in self.table.values().items()]

    def tell(self, outcome: FamilyOutcome | None) -> None:
        say_n, left = self.language.say_n, outcome.left if outcome else None
        wrong = self.table.wrong()
        left = TOTAL if left is None else left
        shown = self.language.number(abs(round(left, 2)))
        if wrong:
            self.rest.setText(wrong)
        elif left < -0.005:
            self.rest.setText(say_n("{points} point too many", "{points} points too many", _count(-left), points=shown))
        elif left > 0.005:
            self.rest.setText(say_n("{points} point left", "{points} points left", _count(left), points=shown))
        else:
            self.rest.setText(self.language.say("All {points} points are shared out", points=TOTAL))
        self.rest.set_tone("amber_ink" if wrong or left < -0.005 else "text" if left > 0.005 else "petrol_ink")
        self.rest.setAccessibleName(self.rest.text())
        self.fill_button.setEnabled(left > 0.005 and bool(self._empty()))

    def fill(self) -> None:
        """Give what is left to the criteria that have nothing yet, in whole points, the first ones one more."""
        given = self.table.values()
        empty = self._empty()
        if not empty:
            return
        for node, points in zip(empty, shared_out(TOTAL - sum(given.values()), len(empty)), strict=True):
            given[node, POINTS] = points
        self.table.set_values(given)
        self.changed.emit()
        self.table.begin()

    def begin(self) -> None:
        self.table.begin()

    def _empty(self) -> list[str]:
        given = self.table.values()
        return [node.id for node in self.family.nodes if (node.id, POINTS) not in given]


def shared_out(points: float, count: int) -> list[float]:
    """Points in whole numbers for so many, as even as can be: 11 for 3 is 4, 4, 3. A rest below one goes to the first."""
    if count < 1 or points <= 0:
        return [0.0] * max(0, count)
    each, over = divmod(int(points), count)
    parts = [float(each + (place < over)) for place in range(count)]
    parts[0] += round(points - int(points), 6)
    return parts


def _count(points: float) -> int:
    """Which plural form a number of points takes; parts of a point count as several."""
    return int(points) if float(points).is_integer() else 2
