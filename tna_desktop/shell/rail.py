"""The rail: six stages on one line, the current stage's steps as stops, and the way to the pages of the whole."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtWidgets import QMenu, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from tna_desktop.kernel.progress import Progress
from tna_desktop.kernel.text import Language
from tna_desktop.kernel.workflow import Workflow
from tna_desktop.ui.painting import start
from tna_desktop.ui.tokens import theme

from .rail_rows import HeadRow, PageRow, RailRow, StageRow, StepRow
from .route import Route

WIDE, NARROW = 224, 60
PAGES = (("overview", "squares-four"), ("decisions", "chats-circle"), ("settings", "gear-six"))


@dataclass(frozen=True)
class Here:
    """Where the window is: a step, or one of the pages; the stage whose steps are shown."""

    place: str = ""
    page: str = ""
    stage: str = ""


class Rail(QWidget):
    """The way through the assessment. Up and Down go along it, Enter goes there."""

    chosen = Signal(str)  # stage.step
    stage_chosen = Signal(str)
    page_chosen = Signal(str)

    def __init__(
        self, language: Language, workflow: Workflow, route: Route, menu: QMenu, parent: QWidget | None = None
    ):
        super().__init__(parent)
        self.language, self.route = language, route
        self.collapsed = False
        self._here = Here()
        self._progress = Progress()
        self.setAccessibleName(language.say("Stages and steps"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self.head = HeadRow(self, menu)
        whole.addWidget(self.head)
        self._way = QWidget()
        self._column = QVBoxLayout(self._way)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._stages: list[StageRow] = []
        self._steps: list[StepRow] = []
        for number, stage in enumerate(workflow.stages, 1):
            row = StageRow(self, stage.key, number, stage.title)
            row.clicked.connect(lambda _checked=False, key=stage.key: self.stage_chosen.emit(key))
            self._stages.append(row)
            self._column.addWidget(row)
            for stop in route.of_stage(stage.key):
                step = StepRow(self, stage.key, stop.place, stop.title)
                step.clicked.connect(lambda _checked=False, place=stop.place: self.chosen.emit(place))
                self._steps.append(step)
                self._column.addWidget(step)
        self._column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.viewport().setAutoFillBackground(False)
        self._scroll.setStyleSheet("QScrollArea { background: transparent; }")
        self._scroll.setWidget(self._way)
        self._way.setAutoFillBackground(False)  # setWidget() has just switched it on
        whole.addWidget(self._scroll, 1)
        names = {
            "overview": language.say("Overview"),
            "decisions": language.say("Decision log"),
            "settings": language.say("Settings"),
        }
        self._pages = []
        whole.addSpacing(12)
        for key, icon in PAGES:
            page = PageRow(self, key, icon, names[key])
            page.clicked.connect(lambda _checked=False, name=key: self.page_chosen.emit(name))
            self._pages.append(page)
            whole.addWidget(page)
        self._bottom = whole
        self.restyle()

    # What is shown -----------------------------------------------------------------------------------

    def name(self, title: str, year: int | None) -> None:
        self.head.tell(title, year, self._progress)

    def show_here(self, here: Here) -> None:
        self._here = here
        self._tell()

    def show_progress(self, progress: Progress) -> None:
        self._progress = progress
        self.head.progress(progress)
        self._tell()

    def collapse(self, collapsed: bool) -> None:
        if collapsed != self.collapsed:
            self.collapsed = collapsed
            self.restyle()

    def restyle(self) -> None:
        look = theme()
        self.setFixedWidth(look.px(NARROW if self.collapsed else WIDE))
        self._bottom.setContentsMargins(0, 0, 0, look.px(12))
        for row in self.rows():
            row.restyle()
        self._fit()
        self.update()

    def resizeEvent(self, event):
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where the window is low the rows move together before anything has to be scrolled."""
        look = theme()
        shown = [row for row in (*self._stages, *self._steps) if not row.isHidden()]
        natural = sum(row.natural_height() for row in shown)
        room = self.height() - self.head.height() - sum(page.height() for page in self._pages) - look.px(12)
        squeeze = max(0.72, min(1.0, room / natural)) if natural and room > 0 else 1.0
        for row in shown:
            row.set_squeeze(squeeze)

    def _tell(self) -> None:
        order = [row.key for row in self._stages]
        at = order.index(self._here.stage) if self._here.stage in order else -1
        for index, row in enumerate(self._stages):
            row.tell(
                self._progress.stage(row.key),
                index == at,
                index < at,
                index <= at and index > 0,
                self._here.place != "",
            )
        before = True
        last = {row.stage: row for row in self._steps}
        for step in self._steps:
            here = step.place == self._here.place
            in_stage = step.stage == self._here.stage
            step.setVisible(in_stage)
            if in_stage:
                ends = last[step.stage] is step
                step.tell(self._progress.step(step.place), here, before, ends, ends and at == len(order) - 1)
                before = before and not here and self._here.place != ""
        for page in self._pages:
            page.tell(page.key == self._here.page)
        self._tab_stop()
        self._fit()

    # Keyboard ----------------------------------------------------------------------------------------

    def rows(self) -> list[RailRow]:
        ordered: list[RailRow] = [self.head]
        for stage in self._stages:
            ordered.append(stage)
            ordered += [step for step in self._steps if step.stage == stage.key]
        return [*ordered, *self._pages]

    def last_stage(self) -> str:
        return self._stages[-1].key if self._stages else ""

    def _tab_stop(self) -> None:
        stop = next((row for row in self.rows() if row.is_here() and not row.isHidden()), self.head)
        for row in self.rows():
            row.setFocusPolicy(Qt.FocusPolicy.StrongFocus if row is stop else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(stop)

    def keyPressEvent(self, event):
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(event.key())
        rows = [row for row in self.rows() if not row.isHidden()]
        focused = next((index for index, row in enumerate(rows) if row.hasFocus()), None)
        if step is None or focused is None:
            super().keyPressEvent(event)
            return
        row = rows[max(0, min(len(rows) - 1, focused + step))]
        row.setFocus(Qt.FocusReason.TabFocusReason)
        self._scroll.ensureWidgetVisible(row, 0, 8)

    def paintEvent(self, event):
        look = theme()
        painter = start(self)
        painter.fillRect(self.rect(), look.color("rail"))
        top = self._pages[0].y() - look.px(7)
        inset = look.px(8 if self.collapsed else 16)
        painter.fillRect(QRectF(inset, top, self.width() - 2 * inset, 1).toRect(), look.color("rail_hi"))
