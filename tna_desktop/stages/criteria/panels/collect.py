"""Collecting weights in the work area: the round, the ballots in it, one ballot at a time, or a pile of paper."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from tna_desktop.ui.buttons import Button, IconButton
from tna_desktop.ui.desk import Desk
from tna_desktop.ui.field import Field
from tna_desktop.ui.forms import choice_box
from tna_desktop.ui.labels import IconMark, Label
from tna_desktop.ui.layouts import row
from tna_desktop.ui.theme import theme

from .. import operations
from ..reading.ballots import CRITERIA, Round
from .collect_ballot import BallotPage, Sheet
from .collect_list import BallotList
from .collect_rows import ONE_NUMBER, CollectState, come_in, round_words, state
from .keypad import KeypadPage

_LIST, _BALLOT, _KEYPAD = 0, 1, 2


class CollectPage(QWidget):
    """A head with the round, below it the list, a ballot or the grid for paper. ``closed``: back to the weights."""

    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None):
        super().__init__(parent)
        self.desk, self.language = desk, desk.language
        say = self.language.say
        self.state = CollectState((), None, (), 0, False)
        self._round = ""
        self.back_button = IconButton("arrow-left", say("Back"), on_click=self.back)
        self.title = Label(say("Collect weights"), "stage")
        box = choice_box([])
        self.rounds = Field(self.language, "", box)
        box.setAccessibleName(say("Round"))
        self.rounds.committed.connect(self._chosen_round)
        self._eye = IconMark("eye-slash", "text2", 16)
        self.count = Label("", "body", "text2", elide=True)
        self.reveal_button = Button(say("Reveal the round"), icon="eye", small=True, on_click=self._reveal)
        self.close_button = Button(say("Close the round"), small=True, on_click=self._close)
        self.new_button = Button(say("Open a new round"), icon="plus", small=True, on_click=self._open)
        self.list = BallotList(desk)
        self.ballot = BallotPage(desk)
        self.keypad = KeypadPage(desk)
        self.list.form.begun.connect(self._begin)
        self.list.form.paper.connect(self._paper)
        self.list.opened.connect(self.open_ballot)
        self.ballot.done.connect(self._ballot_done)
        self.ballot.left.connect(self.show_list)
        self.keypad.left.connect(self.show_list)
        self.pages = QStackedWidget()
        for page in (self.list, self.ballot, self.keypad):
            self.pages.addWidget(page)
        head = row(self.back_button, self.title, 8, self.rounds, self._eye, self.count, None, gap=8)
        head.setContentsMargins(20, 0, 20, 6)
        for button in (self.reveal_button, self.close_button, self.new_button):
            head.addWidget(button)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 2, 0, 0)
        outer.setSpacing(4)
        outer.addLayout(head)
        outer.addWidget(self.pages, 1)
        self.restyle()

    def restyle(self) -> None:
        self.rounds.setFixedWidth(theme().px(190))

    # Showing -----------------------------------------------------------------------------------------

    def load(self) -> None:
        self.state = self.desk.read(state, self._round)
        say, each = self.language.say, self.state.round
        box = self.rounds.editor
        box.blockSignals(True)
        box.clear()  # type: ignore[attr-defined]
        for one in self.state.rounds:
            box.addItem(round_words(one, self.language), one.id)  # type: ignore[attr-defined]
        box.blockSignals(False)
        self.rounds.set_value(each.id if each else None)
        self.rounds.setVisible(bool(self.state.rounds))
        hidden = each is not None and not each.revealed
        self._eye.setVisible(hidden)
        self.count.setText(
            say("{count}. Hidden until revealed.", count=come_in(self.state, self.language))
            if hidden
            else come_in(self.state, self.language)
            if each
            else say("Open the first round to begin.")
        )
        if self.state.locked:
            self.count.setText(say("{count}. The weights are locked.", count=come_in(self.state, self.language)))
        before = self.state.before
        self.count.setToolTip(say("The round before had {number} ballots.", number=before) if before else "")
        newest = each is not None and each == self.state.rounds[-1]
        self.reveal_button.setVisible(hidden)
        self.reveal_button.setEnabled(bool(self.state.lines))
        self.close_button.setVisible(newest and not hidden and each is not None and not each.closed)
        self.new_button.setVisible(each is None or (newest and not hidden))
        self.new_button.setText(say("Open the first round") if each is None else say("Open a new round"))
        self.new_button.setEnabled(not self.state.locked)
        self.list.show_state(self.state)
        if self.pages.currentIndex() == _BALLOT:
            self.ballot.refresh()
        elif self.pages.currentIndex() == _KEYPAD:
            self.keypad.refresh(self.state)

    def start(self, group: str = "") -> None:
        """Come in from the weights: the list, with the group that was chosen there."""
        self._round = ""
        self.load()
        self.list.form.choose(group)
        self.show_list()

    def show_list(self) -> None:
        self.pages.setCurrentIndex(_LIST)
        self.load()
        self.list.form.choose()
        if self.state.round is None:
            self.new_button.setFocus(Qt.FocusReason.TabFocusReason)
        elif self.list.form.voter.isEnabled():
            self.list.form.begin()
        else:
            self.back_button.setFocus(Qt.FocusReason.TabFocusReason)

    def back(self) -> None:
        """From a ballot to the list, from the list to the weights."""
        if self.pages.currentIndex() == _LIST:
            self.closed.emit()
        else:
            self.show_list()

    def keyPressEvent(self, event):
        if event.key() == Qt.Key.Key_Escape:
            self.back()
            return
        super().keyPressEvent(event)

    # Rounds ------------------------------------------------------------------------------------------

    def _chosen_round(self, id: object) -> None:
        self._round = str(id or "")
        self.show_list()

    def _current(self) -> Round | None:
        return self.state.round

    def _open(self) -> None:
        if self.desk.attempt(operations.open_round):
            self._round = ""
            self.show_list()

    def _reveal(self) -> None:
        each = self._current()
        if each is not None:
            self.desk.attempt(operations.reveal_round, each.id)
            self.load()
            if self.state.round is not None and self.state.round.revealed:
                self.desk.notice(self.language.say("Round {number} is revealed", number=each.number), undo=True)

    def _close(self) -> None:
        each = self._current()
        if each is not None:
            self.desk.attempt(operations.close_round, each.id)
            self.load()

    # Ballots -----------------------------------------------------------------------------------------

    def _begin(self, wanted: Sheet) -> None:
        """A ballot of this voter: the one that is there, else a new one."""
        each = self._current()
        if each is None:
            return
        there = next(
            (line for line in self.state.lines if (line.group, line.voter) == (wanted.group, wanted.voter)), None
        )
        if there is not None:
            self.open_ballot(there.id)
            self.desk.notice(self.language.say("This ballot was begun before and is open again"))
            return
        self._show_ballot(Sheet(each.id, wanted.group, wanted.voter, wanted.method, wanted.level), ())

    def open_ballot(self, id: str) -> None:
        line = next((line for line in self.state.lines if line.id == id), None)
        if line is not None and self.state.round is not None:
            sheet = Sheet(self.state.round.id, line.group, line.voter, line.method, line.level)
            self._show_ballot(sheet, line.answers)

    def _show_ballot(self, sheet: Sheet, answers: tuple) -> None:
        self.ballot.open(sheet, answers)
        self.pages.setCurrentIndex(_BALLOT)
        self.ballot.begin()

    def _ballot_done(self) -> None:
        self.show_list()

    def _paper(self, wanted: Sheet) -> None:
        each = self._current()
        if each is None:
            return
        method = wanted.method if wanted.method in ONE_NUMBER else ONE_NUMBER[0]
        self.keypad.open(Sheet(each.id, wanted.group, "", method, CRITERIA), self.state)
        self.pages.setCurrentIndex(_KEYPAD)
        self.keypad.begin()
