"""Scores: every technology on every criterion, unknown where nobody knows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QWidget
from sqlalchemy.orm import Session

from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.findings import Place
from tna_desktop.kernel.journal import Change, Touch
from tna_desktop.ui import layouts
from tna_desktop.ui.banner import Banner
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.commands import Command
from tna_desktop.ui.empty import EmptyState
from tna_desktop.ui.labels import Hairline
from tna_desktop.ui.layouts import column
from tna_desktop.ui.screen import StepScreen

from ...criteria import reading as criteria_reading
from ...criteria import results as criteria_results
from .. import operations, reading, voices
from ..competition import competing_groups
from ..models import ScoreColumn, ScoreModel
from ..operations import CONDITIONAL
from ..reading import Cell, cell_of
from ..score_table import NOT_APPLICABLE, VALUE
from ..voices import AGREED
from . import score_blocks
from .score_filter import RowFilter
from .score_grid import (
    APART,
    APART_BEFORE,
    BEFORE,
    CLEAR,
    COMMENT,
    COPY,
    DEPENDS,
    EVIDENCE,
    FILTER,
    NEXT,
    NOT_APPLIES,
    PASTE,
    SURENESS,
    VOICES,
    ScoreGrid,
)
from .score_import import import_table
from .score_marks import Legend, Progress
from .score_painting import SIDE
from .score_panel import ScoreTab
from .score_voice_room import VoiceRoom
from .score_worth import WorthTab

_GRID, _EMPTY = 0, 1
_TOOL_GAP = 8
#: A change that touches more scores of voices is read anew as a whole, and a larger block is pasted slice by slice.
_FEW = 400


def score_columns(session: Session, workflow: Any = None) -> list[ScoreColumn]:
    """The criteria as columns: branch by branch, with their weights as shares of one."""
    rows = criteria_reading.criteria(session)
    shares = {each.id: each.share for each in criteria_results.weights(session, workflow).criteria}
    tops = criteria_reading.top_group(session)
    branches = {group["id"]: (group["name"], group["short"]) for group in criteria_reading.groups(session)}
    return [
        ScoreColumn(
            row["id"], row["name"], row["short"] or row["name"], tops.get(row["group_id"], ""),
            *branches.get(tops.get(row["group_id"], ""), ("", "")),
            shares.get(row["id"], 0.0), row["low"] == 1 and row["high"] == 5, row,
        )
        for row in rows
    ]  # fmt: skip


class ScoresScreen(StepScreen):
    """The matrix, its tool row and legend; the tab beside it explains the score the keyboard is on."""

    concerns = ("score", "technology", "sector", "criterion", "criteria_group", "competition")
    own_tabs_first = True

    def build(self) -> None:
        say = self.language.say
        self.model = ScoreModel(self.language, self)
        self.grid = ScoreGrid(self.model, self.language)
        self.tab = ScoreTab(self.desk)
        self.worth = WorthTab(self.desk)
        self.voices = VoiceRoom(self)
        self.rows = RowFilter(self)
        self.import_button = Button(say("Import a table…"), "outline", "download-simple", on_click=self.import_table)
        self.progress = Progress(self.language)
        self.next_button = Button(
            say("Next empty"), "outline", icon_end="arrow-right", small=True, on_click=lambda: self._asked(NEXT)
        )
        self.banner = Banner("attention")
        self.banner.hide()
        self._tools = (self.voices.switch, self.rows.button, self.import_button, self.progress, self.next_button)
        tools = layouts.row(*self._tools[:3], None, *self._tools[3:], gap=_TOOL_GAP, margins=(SIDE, 8, SIDE, 8))
        page = QWidget()
        box_ = column(gap=0, parent=page)
        box_.addLayout(tools)
        for line in (self.banner, self.voices.line):
            box_.addLayout(layouts.row(line, margins=(SIDE, 0, SIDE, 6)))
        box_.addWidget(self.grid, 1)
        box_.addWidget(Hairline())
        box_.addWidget(Legend(self.language, self.model))
        self.pages = QStackedWidget()
        self.pages.addWidget(page)
        self._empty_holder = QWidget()
        self._empty_box = column(None, None, margins=(SIDE, SIDE, SIDE, SIDE), parent=self._empty_holder)
        self._empty: EmptyState | None = None
        self.pages.addWidget(self._empty_holder)
        self.body.addWidget(self.pages)
        self.grid.scored.connect(self._score)
        self.grid.typed.connect(self._typed)
        self.grid.asked.connect(self._asked)
        self.grid.moved.connect(self._show_score)
        self._awaited: Place | None = None

    def _fit_tools(self) -> None:
        """Where room is short, leave out what the rest says too: words beside icons, the bar, the count."""
        room, count = self.width() - 2 * SIDE, len(self._tools)
        for spared in range(5):
            self.import_button.set_compact(spared > 0)
            self.progress.show_bar(spared < 2)
            self.rows.button.set_compact(spared > 2)
            self.progress.setVisible(spared < 4)
            if sum(each.sizeHint().width() for each in self._tools) + count * _TOOL_GAP <= room:
                return

    def resizeEvent(self, event):
        super().resizeEvent(event)
        self._fit_tools()

    def panel_tabs(self) -> list[tuple[str, QWidget]]:
        return [(self.language.say("Score"), self.tab), (self.language.say("Value"), self.worth)]

    def commands(self) -> list[Command]:
        say = self.language.say
        return [
            Command(
                "scores.next",
                say("Go to the next empty score"),
                lambda: self._asked(NEXT),
                "arrow-right",
                shortcut="N",
                english="Go to the next empty score",
            ),
            *self.voices.commands(),
            *self.rows.commands(),
            Command(
                "scores.import",
                say("Import a table of scores"),
                self.import_table,
                "download-simple",
                english="Import a table of scores",
            ),
        ]

    # Reading -----------------------------------------------------------------------------------------

    def load(self) -> None:
        self.show_scores(anew=True)

    def read_later(self) -> None:
        """What was being read when the screen was left is read when it is shown again."""
        self._stale = True

    def voices_read(self) -> None:
        """What all voices said has been read, later than the rest."""
        self._shown()

    def filtered(self) -> None:
        """Other technologies are shown than before."""
        self._shown()
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_scores(self, anew: bool = False) -> None:
        """Show the scores of the voice in hand; ``anew``: what the others said may have changed too."""
        key = self.model.key(self.grid.currentIndex()) if self.grid.currentIndex().isValid() else None
        matrix, columns, groups = self.desk.read(
            lambda session: (
                reading.matrix(session, self.voice),
                score_columns(session, self.desk.workflow),
                competing_groups(session, self.desk.workflow),
            )
        )
        self.rows.take(groups)
        self.model.load(matrix, columns)
        if anew:
            self.voices.read()
        else:
            self.banner.hide()  # it is about another voice's scores
        self._show_page()
        if key is not None and not self.grid.currentIndex().isValid():
            self.grid.go_to(self.model.place(*key))
        if not self.grid.currentIndex().isValid() and self.model.rows and self.model.columns:
            self.grid.go_to(self.model.index(0, 0))
        if self._awaited is not None:
            place, self._awaited = self._awaited, None
            self.show_place(place)
        self._shown()

    def _heard(self, change: Change) -> None:
        if change.undoes:
            self.banner.hide()  # it may be the paste it tells about
        scores = change.tables == {"score"}
        said = (
            {_key(touch) for touch in change.touched if any(image["voice"] for image in _images(touch))}
            if scores
            else set()
        )
        if scores and len(said) <= _FEW and not self._stale and self.isVisible():
            self.model.patch(_cells(change, self.voice))
            if said:
                found = self.desk.read(voices.spreads, said)
                self.model.take_spreads({key: found.get(key) for key in said})
                self.voices.count(change)
            self._shown()
            return
        super()._heard(change)

    @property
    def voice(self) -> str:
        """Whose scores are shown and written; "" are the agreed ones."""
        return self.voices.voice

    def _shown(self) -> None:
        known, size = self.model.scored()
        self.progress.tell(known, size)
        self.next_button.setEnabled(known < size)
        self.rows.settle(self.voices.reading)
        self.rows.tell()
        self.voices.show_line()
        self._fit_tools()
        self._show_score()

    def _show_page(self) -> None:
        ready = bool(self.model.every and self.model.columns)
        self.pages.setCurrentIndex(_GRID if ready else _EMPTY)
        if ready:
            return
        say = self.language.say
        if not self.model.every:
            place, words = "priorities.longlist", say("Go to the long list")
        else:
            place, words = "criteria.tree", say("Go to the criteria")
        actions = [(words, lambda: self.desk.go(place)), (say("Import a table…"), self.import_table)]
        if self._empty is not None:
            self._empty.setParent(None)
            self._empty.deleteLater()
        line = say("What shall be scored?") if not self.model.every else say("On what shall they be scored?")
        sentence = say("Scores stand between technologies and criteria. A table with both can be imported.")
        self._empty = EmptyState("chart-bar-horizontal", line, sentence, actions)
        self._empty_box.insertWidget(1, self._empty)

    def _show_score(self) -> None:
        index = self.grid.currentIndex()
        if not index.isValid():
            self.tab.show_score(None, None, Cell())
            self.worth.show_criterion(None, ())
            return
        criterion = self.model.columns[index.column()]
        self.voices.show_said(criterion, self.model.key(index))
        self.worth.show_criterion(criterion, self.model.scores_of(criterion.id))
        key, cell = self.model.key(index), self.model.cell(index)
        rule = self.model.rule_words(criterion, cell.by_rule) if key in self.model.outside else ""
        self.tab.show_score(self.model.rows[index.row()], criterion, cell, self.model.scale_words(criterion), rule)

    def show_place(self, place: Place) -> None:
        if self._stale:
            self._awaited = place
            return
        self.rows.reveal(place.record)
        index = self.model.place(place.record, place.field)
        if index.isValid():
            self.grid.go_to(index)
            self.grid.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # Scoring -----------------------------------------------------------------------------------------

    def _score(self, number: float) -> None:
        """One number for every chosen cell with a scale from 1 to 5."""
        chosen = [index for index in self.grid.chosen() if self.model.columns[index.column()].five]
        self._set(chosen, lambda _: {"value": number})

    def _typed(self, key: tuple[str, str], text: str) -> None:
        index = self.model.place(*key)
        cell = self.model.cell(index)
        try:
            values = score_blocks.meaning(text, self.model.columns[index.column()], self.language)
            values = score_blocks.exactly(values)
            if text.strip() != score_blocks.written(cell, self.language) and score_blocks.differs(cell, values):
                self.desk.do(operations.set_score, *key, voice=self.voice, **values)
            self.grid.close_editor()
        except Refused as refused:
            self.grid.tell(self.language.tell(refused.reason), index)

    def _set(self, indexes: list[QModelIndex], values: Any) -> None:
        """Set the cells that are not so already, as one change; the toast offers undo when there are many."""
        cells = []
        for index in indexes:
            wanted, cell = values(self.model.cell(index)), self.model.cell(index)
            if score_blocks.differs(cell, wanted):
                cells.append((*self.model.key(index), wanted))
        if len(cells) == 1:
            self.desk.attempt(operations.set_score, *cells[0][:2], voice=self.voice, **cells[0][2])
        elif cells and self.desk.attempt(operations.set_scores, cells, voice=self.voice):
            self.desk.notice(self.language.say_n("One score changed", "{n} scores changed", len(cells)), undo=True)

    def _asked(self, wish: str) -> None:
        chosen = self.grid.chosen()
        if wish in (NEXT, BEFORE):
            self._go(self.model.next_empty(self.grid.currentIndex(), back=wish == BEFORE))
        elif wish in (APART, APART_BEFORE):
            if self.voice != AGREED:
                self.voices.show(AGREED)
            self._go(self.model.next_apart(self.grid.currentIndex(), back=wish == APART_BEFORE))
        elif wish == CLEAR:
            known = [index for index in chosen if self.model.cell(index).known and not self.model.cell(index).by_rule]
            self._set(known, lambda _: {"value": None, "state": "unknown"})
        elif wish == NOT_APPLIES and chosen:
            chosen = [index for index in chosen if not self.model.cell(index).by_rule]
            if not chosen:
                self.grid.tell(self.language.say("It is not asked for here already. Type a score if it is to count."))
            every = all(self.model.cell(index).state == NOT_APPLICABLE for index in chosen)
            self._set(chosen, lambda _: {"state": "unknown" if every else NOT_APPLICABLE})
        elif wish == DEPENDS and chosen:
            scored = [index for index in chosen if self.model.cell(index).value is not None]
            every = all(self.model.cell(index).state == CONDITIONAL for index in scored)
            self._set(scored, lambda _: {"state": VALUE if every else CONDITIONAL})
            if not scored:
                self.grid.tell(self.language.say("Give a score first; then say that it depends on a condition."))
        elif wish == SURENESS and chosen:
            levels = ["", *(entry.key for entry in self.desk.workflow.catalogue("sureness").entries)]
            current = self.model.cell(self.grid.currentIndex()).sureness
            following = levels[(levels.index(current) + 1) % len(levels)] if current in levels else ""
            self._set(chosen, lambda _: {"sureness": following})
        elif wish == EVIDENCE:
            self.panel_wanted.emit()
            self.tab.write_evidence()
        elif wish == COMMENT:
            self.panel_wanted.emit()
            self.tab.write_comment()
        elif wish == FILTER:
            self.rows.open_menu()
        elif wish == VOICES:
            self.voices.switch.open_list()
        elif wish == COPY:
            QGuiApplication.clipboard().setText(
                score_blocks.copied(self.model, [(i.row(), i.column()) for i in chosen])
            )
        elif wish == PASTE and chosen:
            self.paste(QGuiApplication.clipboard().text())

    def _go(self, index: QModelIndex) -> None:
        if index.isValid():
            self.grid.go_to(index)
            self.grid.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def paste(self, text: str) -> None:
        """Take a block from a spreadsheet as one change; what cannot be taken is named."""
        places = [(index.row(), index.column()) for index in self.grid.chosen()]
        try:
            if text.count("\t") + text.count("\n") > _FEW:
                self._paste_much(text, places)
                return
            found = score_blocks.pasted(text, self.model, places)
            if found.cells:
                self.desk.do(operations.set_scores, found.cells, voice=self.voice)
        except Refused as refused:
            self.desk.refuse(refused)
            return
        self._pasted(found)

    def _paste_much(self, text: str, places: list[tuple[int, int]]) -> None:
        """Take a large block: read slice by slice and written off the window's thread, so that nothing stands still."""
        self.grid.close_editor()
        voice, reading_ = self.voice, score_blocks.slices(text, self.model, places)
        self._hold(True)

        def written(count: object) -> None:
            self._hold(False)
            if count is not None:
                self._pasted(found)

        def go_on() -> None:
            nonlocal found
            try:
                found = next(reading_, None) or found
            except Refused as refused:
                self._hold(False)
                self.desk.refuse(refused)
                return
            if not found.whole:
                QTimer.singleShot(0, self, go_on)
            elif found.cells:
                what = self.language.say("Writing {n} scores", n=self.language.number(len(found.cells)))
                self.desk.do_later(what, operations.set_scores, found.cells, voice=voice, then=written)
            else:
                written(0)

        found = score_blocks.Pasted()
        QTimer.singleShot(0, self, go_on)

    def _hold(self, busy: bool) -> None:
        """While a large block is read and written, nothing else is done with the scores."""
        self.pages.setEnabled(not busy)
        self.tab.setEnabled(not busy)
        if not busy:
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _pasted(self, found: score_blocks.Pasted) -> None:
        """Say what was pasted, and what was left out."""
        say, told = self.language.say, [self.language.tell(reason) for reason in found.refused]
        self.banner.setVisible(bool(told))
        if told:
            lead = self.language.say_n("One cell was left out.", "{n} cells were left out.", len(told))
            text = (
                " ".join(told[:3])
                if len(told) <= 3
                else say("{examples} And {n} more.", examples=" ".join(told[:3]), n=len(told) - 3)
            )
            self.banner.tell("attention", lead, text, [(say("Close"), self.banner.hide)])
        if found.cells:
            self.desk.notice(self.language.say_n("One score pasted", "{n} scores pasted", len(found.cells)), undo=True)
        elif found.read:
            self.desk.notice(say("These scores are there already."))

    # Import ------------------------------------------------------------------------------------------

    def import_table(self) -> None:
        import_table(self, self.desk)


def _images(touch: Touch) -> list[Mapping[str, Any]]:
    return [image for image in (touch.before, touch.after) if image is not None]


def _key(touch: Touch) -> tuple[str, str]:
    image = _images(touch)[0]
    return image["technology_id"], image["criterion_id"]


def _cells(change: Change, voice: str) -> Mapping[tuple[str, str], Cell | None]:
    """The scores of a voice that a change touched, as they are after it."""
    found: dict[tuple[str, str], Cell | None] = {}
    names = ("state", "value", "low", "high", "sureness", "evidence", "comment")
    for touch in change.touched:
        if touch.after is not None and touch.after["voice"] == voice:
            found[_key(touch)] = cell_of(*(touch.after[name] for name in names))
        elif touch.before is not None and touch.before["voice"] == voice and found.get(_key(touch)) is None:
            found[_key(touch)] = None
    return found
