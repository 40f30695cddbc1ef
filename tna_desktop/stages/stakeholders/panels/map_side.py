"""What stands beside the influence map: whose map it is, who waits, who is disputed, and what the map says."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from tna_desktop.kernel.text import Language
from tna_desktop.kernel.workflow import Workflow
from tna_desktop.ui.buttons import Button, IconButton
from tna_desktop.ui.field import Field
from tna_desktop.ui.fonts import ready_for
from tna_desktop.ui.forms import choice_box
from tna_desktop.ui.labels import Hairline, Label
from tna_desktop.ui.layouts import FlowRow, column, row
from tna_desktop.ui.tokens import theme

from ..results.map import InfluenceMap, Standing, remarks
from .map_assessors import assessor_name
from .map_details import PillDetails, Says
from .map_lists import Line, PillList

#: Whose places are shown: those the team agreed on, or all assessors' at once; anything else is an assessor.
AGREED, COMPARE = "", "\ncompare"
WIDTH, WIDE = 236, 272


class MapSide(QScrollArea):
    """The column beside the map; it scrolls where the window is low."""

    view_chosen = Signal(str)
    means_taken = Signal(object)  # ids of stakeholders
    levels_accepted = Signal()

    def __init__(self, language: Language, workflow: Workflow, parent: QWidget | None = None):
        super().__init__(parent)
        self.language, self._workflow = language, workflow
        say = language.say
        self._views: list[str] = []
        self.view = Field(language, say("Whose places"), choice_box([(AGREED, say("Agreed"))]))
        self.view.committed.connect(lambda value: self.view_chosen.emit(str(value or "")))
        self.assessors = IconButton("users", say("Assessors: add, rename, remove"))
        self.tray_head = Label("", "body_strong", wrap=True)
        self.tray_help = Label("", "meta", "text2", wrap=True)
        self.tray = PillList(say("Not placed yet"), lifts=True)
        self.tray_part = QWidget()
        tray = column(self.tray_head, self.tray_help, self.tray, None, gap=4, parent=self.tray_part)
        tray.setStretchFactor(self.tray, 1000)
        self.spread_head = Label(say("Where assessors differ"), "body_strong", wrap=True)
        self.spread_help = Label(
            say("The widest spread comes first. Nobody's name is shown."), "meta", "text2", wrap=True
        )
        self.spreads = PillList(say("Where assessors differ"), tall=True)
        self.take_one = Button(say("Take the mean"), small=True, on_click=self._take_one)
        self.take_all = Button(say("Take all means"), small=True, on_click=lambda: self.means_taken.emit(None))
        self.spread_part = QWidget()
        means = FlowRow(gap=6, row_gap=6)
        for button in (self.take_one, self.take_all):
            means.addWidget(button)
        spreads = column(
            self.spread_head,
            self.spread_help,
            self.spreads,
            means,
            None,
            gap=4,
            parent=self.spread_part,
        )
        spreads.setStretchFactor(self.spreads, 1000)
        self.details = PillDetails(language, workflow)
        self.says = Says(language)
        self.left = Label("", "meta", "text2", wrap=True)
        self.accept_all = Button(say("Accept all"), small=True, on_click=self.levels_accepted.emit)
        self.accept_all.setAccessibleDescription(say("Accept all suggested levels of engagement"))
        self._lines = (Hairline(), Hairline())
        content = QWidget()
        top = row(gap=4)
        top.addWidget(self.view, 1)
        top.addWidget(self.assessors, 0, Qt.AlignmentFlag.AlignBottom)
        self._column = column(
            top,
            self.tray_part,
            self.spread_part,
            self._lines[0],
            self.details,
            self._lines[1],
            self.says,
            self.left,
            row(self.accept_all, None),
            None,
            gap=9,
            margins=(0, 0, 8, 8),
            parent=content,
        )
        self._column.setStretch(2, 1000)
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for part in (content, self.viewport()):
            part.setAutoFillBackground(False)
        self.setAccessibleName(say("Beside the map"))

    def show_views(self, views: Sequence[str], current: str) -> None:
        """Offer the agreed map, each assessor's, and all at once."""
        if list(views) != self._views:
            self._views = list(views)
            box = self.view.editor
            box.blockSignals(True)
            box.clear()
            for key in views:
                words = self.view_name(key)
                ready_for(words)
                box.addItem(words, key)
            box.blockSignals(False)
        self.view.set_value(current)

    def view_name(self, key: str) -> str:
        if key == AGREED:
            return self.language.say("Agreed")
        return self.language.say("Compare all") if key == COMPARE else assessor_name(self._workflow, key)

    def show_map(self, shown: InfluenceMap, view: str, waiting: Sequence[Standing], chosen: str | None) -> None:
        """Show what belongs beside this map, and the chosen stakeholder."""
        say, say_n, comparing = self.language.say, self.language.say_n, view == COMPARE
        assessor = "" if comparing else view
        self.tray_part.setVisible(not comparing)
        self.spread_part.setVisible(comparing)
        if comparing:
            self.spreads.show_lines([self._spread_line(each) for each in shown.compared])
            self.take_all.setEnabled(bool(shown.means))
        else:
            self.tray_head.setText(
                say("Not placed yet: {n}", n=len(waiting)) if waiting else say("Everyone has a place on the map.")
            )
            self.tray_help.setText(say("Drag onto the map, or press Enter and use the arrow keys."))
            # Who has placed a few knows how, and needs the room.
            self.tray_help.setVisible(bool(waiting) and len(shown.placed(assessor)) < 3)
            self.tray.setVisible(bool(waiting))
            self._column.setStretch(1, 1000 if waiting else 0)
            self.tray.show_lines([self._waiting_line(each, assessor) for each in waiting])
        self.says.show_remarks([] if assessor else remarks(shown))
        left = len(shown.open_suggestions)
        self.left.setText(
            say_n(
                "How one stakeholder takes part is not decided yet; the map suggests it.",
                "How {n} stakeholders take part is not decided yet; the map suggests it.",
                left,
            )
        )
        for part in (self.left, self.accept_all):
            part.setVisible(bool(left) and not assessor)
        self.show_chosen(shown, view, chosen)

    def show_chosen(self, shown: InfluenceMap, view: str, chosen: str | None) -> None:
        standing = shown.of(chosen)
        self.details.setVisible(standing is not None)
        self._lines[0].setVisible(standing is not None)
        self._lines[1].setVisible(self.says.isVisibleTo(self.says.parentWidget()))
        self.take_one.setEnabled(bool(standing and standing.id in shown.means))
        if standing is not None:
            self.details.show_standing(shown, standing, "" if view == COMPARE else view)
            (self.spreads if view == COMPARE else self.tray).set_current(standing.id)

    def _take_one(self) -> None:
        if self.spreads.current():
            self.means_taken.emit([self.spreads.current()])

    def _waiting_line(self, standing: Standing, assessor: str) -> Line:
        """Someone without a place, with what is known of it."""
        influence, interest = standing.known(assessor)
        spoken = standing.row.name
        if influence is not None or interest is not None:
            spoken = self.language.say(
                "{name}: influence {influence}, interest {interest}",
                name=standing.row.name,
                influence=self.language.number(influence, 1),
                interest=self.language.number(interest, 1),
            )
        return Line(standing.id, standing.label, standing.row.group, spoken=spoken)

    def _spread_line(self, standing: Standing) -> Line:
        say, number, spread = self.language.say, self.language.number, standing.spread
        assert spread is not None
        if spread.assessors < 2:
            note = say("one assessor so far")
        else:
            note = say(
                "influence {influence}, interest {interest} apart",
                influence=number(spread.of_influence, 1),
                interest=number(spread.of_interest, 1),
            )
        spoken = say("{name}: {note}", name=standing.row.name, note=note)
        return Line(standing.id, standing.label, standing.row.group, note, spoken)

    def fit(self, width: int) -> None:
        """As wide as a window of this width can spare."""
        look = theme()
        self.setFixedWidth(look.px(WIDE if width >= look.px(1300) else WIDTH))
