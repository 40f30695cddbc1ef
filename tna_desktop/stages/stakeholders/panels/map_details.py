"""Beside the influence map: what the chosen pill's place means, and how this stakeholder takes part."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from tna_desktop.kernel.text import Language
from tna_desktop.kernel.workflow import Workflow
from tna_desktop.ui.buttons import Button, IconButton
from tna_desktop.ui.field import Field
from tna_desktop.ui.forms import choice_box
from tna_desktop.ui.labels import Label, StateMark
from tna_desktop.ui.layouts import clear, column, row
from tna_desktop.ui.shapes import ShapeMark

from ..results.map import MEANING, QUADRANTS, InfluenceMap, Remark, Standing, why_suggested


class PillDetails(QWidget):
    """``level_chosen`` tells the level of engagement the team chose; ``taken_off`` asks to take the pill off the map."""

    level_chosen = Signal(str, str)
    taken_off = Signal(str)
    put_away = Signal()

    def __init__(self, language: Language, workflow: Workflow, parent: QWidget | None = None):
        super().__init__(parent)
        self.language, self._workflow = language, workflow
        say = language.say
        self._id = ""
        self._level = ""
        self.mark = ShapeMark("", "", 14)
        self.name = Label("", "stage", wrap=True)
        self.values = Label("", "meta", "text2", wrap=True)
        self.quadrant = Label("", "body_strong", "petrol_ink", wrap=True)
        self.meaning = Label("", "meta", "text2", wrap=True)
        self.border = Label(say("Exactly 3.0 counts as high."), "meta", "text3", wrap=True)
        levels = [("", say("Not decided yet"))]
        levels += [(entry.key, entry.name) for entry in workflow.catalogue("engagement_levels").entries]
        self.level = Field(language, say("How they take part"), choice_box(levels))
        self.level.committed.connect(lambda value: self.level_chosen.emit(self._id, str(value or "")))
        self.suggested = Label("", "meta", "text2", wrap=True)
        self.accept = Button(say("Accept suggestion"), "outline", small=True, on_click=self._accept)
        self.remove = Button(say("Take off the map"), "link", small=True, on_click=self._remove)
        close = IconButton("x", say("Close"), small=True, px=14, on_click=self.put_away.emit)
        head = row(self.mark, gap=7)
        head.addWidget(self.name, 1)
        head.addWidget(close)
        head.setAlignment(self.mark, Qt.AlignmentFlag.AlignVCenter)
        column(
            head,
            self.values,
            2,
            self.quadrant,
            self.meaning,
            self.border,
            4,
            self.level,
            self.suggested,
            row(self.accept, None),
            row(self.remove, None),
            gap=4,
            parent=self,
        )

    def show_standing(self, shown: InfluenceMap, standing: Standing, assessor: str) -> None:
        """Show a stakeholder. On an assessor's own map only this place is shown, so that nobody follows the others."""
        say, number = self.language.say, self.language.number
        self._id = standing.id
        self.mark.set_group(standing.row.group)
        self.name.setText(standing.row.name)
        influence, interest = standing.known(assessor)
        place = standing.place(assessor)
        spread = standing.spread
        mean = place is None and not assessor and spread is not None
        if mean and spread is not None:
            place = spread.mean
            influence, interest = place.influence, place.interest
        self.values.setText(
            say("Influence {influence}, interest {interest}",
                influence=number(influence, 1), interest=number(interest, 1))
        )  # fmt: skip
        if mean:
            text = say("{values}: the mean of the assessors, not agreed yet", values=self.values.text())
            self.values.setText(text)
        self.quadrant.setVisible(place is not None)
        self.meaning.setVisible(place is not None)
        self.border.setVisible(place is not None and place.on_border)
        if place is not None:
            self.quadrant.setText(self.language.tell(QUADRANTS[place.quadrant]))
            self.meaning.setText(self.language.tell(MEANING[place.quadrant]))
        self.level.setVisible(not assessor)
        self._level = "" if assessor else shown.suggestion(standing)
        why = why_suggested(standing)
        self.suggested.setVisible(bool(self._level))
        if self._level and why is not None:
            name = self._workflow.name("engagement_levels", self._level)
            reason = self.language.tell(why)
            self.suggested.setText(say("Suggested: {level}. {reason}", level=name, reason=reason))
        self.level.set_value(standing.row.engagement)
        self.accept.setVisible(bool(self._level) and self._level != standing.row.engagement)
        self.remove.setVisible(standing.place(assessor) is not None)

    def focus_level(self) -> None:
        """Go on with the keyboard at the choice of the level."""
        if self.level.isVisibleTo(self.window()):
            self.level.editor.setFocus(Qt.FocusReason.TabFocusReason)

    def _accept(self) -> None:
        self.level_chosen.emit(self._id, self._level)

    def _remove(self) -> None:
        self.taken_off.emit(self._id)


class Says(QWidget):
    """What the map says, in a few sentences with their state."""

    def __init__(self, language: Language, parent: QWidget | None = None):
        super().__init__(parent)
        self.language = language
        self._head = Label(language.say("What the map says"), "body_strong")
        self._lines = column(gap=6)
        column(self._head, self._lines, gap=6, parent=self)

    def show_remarks(self, remarks: list[Remark]) -> None:
        clear(self._lines)
        for remark in remarks:
            mark = StateMark(remark.state, self.language.tell(remark.text))
            self._lines.addWidget(mark)
            mark.show()
        self.setVisible(bool(remarks))
