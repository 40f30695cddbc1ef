"""The ballots of a round by group, and beside them what a new one needs: group, voter, method, level."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from tna_desktop.ui.buttons import Button
from tna_desktop.ui.choices import Segmented
from tna_desktop.ui.commands import Command
from tna_desktop.ui.desk import Desk
from tna_desktop.ui.field import Field
from tna_desktop.ui.forms import choice_box
from tna_desktop.ui.labels import Hairline, Label
from tna_desktop.ui.shapes import shape_icon
from tna_desktop.ui.table_step import Choice, Column, EmptyTexts, RecordTable, Row, TableTexts
from tna_desktop.ui.theme import theme

from .. import operations, reading
from ..reading.ballots import CRITERIA, TREE
from .collect_ballot import Sheet
from .collect_rows import COMPLETE, BallotLine, CollectState, group_names, methods, state_words

PAIRS = "pairwise"
#: From so many comparisons on, a person is told before they begin.
MANY = 45


class BallotForm(QWidget):
    """Whose ballot, and how it asks. ``begun`` tells the choice (the round is the screen's), ``paper`` wants the grid."""

    begun = Signal(object)  # Sheet
    paper = Signal(object)  # Sheet without a voter

    def __init__(self, desk: Desk, parent: QWidget | None = None):
        super().__init__(parent)
        self.desk, self.language = desk, desk.language
        say = self.language.say
        self._methods = methods(desk.workflow)
        groups = choice_box([])
        for key, name in group_names(desk.workflow):
            groups.addItem(shape_icon(key), name, key)
        self.group = Field(self.language, say("Group"), groups)
        self.voter = Field(
            self.language,
            say("Voter"),
            QLineEdit(),
            help=say("A name or a code. Left empty, the group answers as a whole."),
            optional=True,
        )
        self.voter.editor.returnPressed.connect(self._begin)  # type: ignore[attr-defined]
        self.method = Field(self.language, say("Method"), choice_box([(key, name) for key, name, _ in self._methods]))
        self.method.committed.connect(lambda _key: self._explain())
        self.method.editor.activated.connect(lambda _at: self._explain())  # type: ignore[attr-defined]
        self.how = Label("", "meta", "text2", wrap=True)
        self.pairs = Label("", "meta", "text", wrap=True)
        self.level = Segmented(
            [(CRITERIA, say("All criteria")), (TREE, say("Branch by branch"))], CRITERIA, say("Level")
        )
        self.begin_button = Button(say("Begin the ballot"), "outline", "hand", on_click=self._begin)
        self.paper_button = Button(say("Type in paper ballots"), "outline", "keyboard", on_click=self._paper)
        box = QVBoxLayout(self)
        box.setContentsMargins(22, 4, 22, 8)
        box.setSpacing(10)
        for part in (
            self.group, self.voter, self.method, self.how, self.level, self.pairs, self.begin_button, self.paper_button,
        ):  # fmt: skip
            box.addWidget(part)
        self.level.chosen.connect(lambda _key: self._explain())
        box.addStretch(1)
        self._explain()

    def choose(self, group: str = "") -> None:
        """The group whose turn it is; the voter is the next one."""
        if group:
            self.group.set_value(group)
        self.voter.set_value("")
        self._explain()

    def begin(self) -> None:
        self.voter.editor.setFocus(Qt.FocusReason.TabFocusReason)

    def allow(self, allowed: bool) -> None:
        for part in (self.group, self.voter, self.method, self.level, self.begin_button, self.paper_button):
            part.setEnabled(allowed)

    def sheet(self) -> Sheet:
        return Sheet(
            "",
            str(self.group.value() or ""),
            str(self.voter.value() or "").strip(),
            str(self.method.value() or ""),
            self.level.current(),
        )

    def _explain(self) -> None:
        key = self.method.value()
        self.how.setText(next((definition for each, _, definition in self._methods if each == key), ""))
        self.pairs.setText(self._many_pairs() if key == PAIRS and self.level.current() == CRITERIA else "")
        self.pairs.setVisible(bool(self.pairs.text()))

    def _many_pairs(self) -> str:
        """How long comparing all pairs would take, where comparing within each branch is much shorter."""
        number = self.language.number
        whole, within = (
            sum(len(family.nodes) * (len(family.nodes) - 1) // 2 for family in self.desk.read(reading.families, level))
            for level in (CRITERIA, TREE)
        )
        if whole < MANY or within > whole / 2:
            return ""
        return self.language.say(
            "That is {many} comparisons. Branch by branch it is {few}.", many=number(whole), few=number(within)
        )

    def _begin(self) -> None:
        self.begun.emit(self.sheet())

    def _paper(self) -> None:
        self.paper.emit(self.sheet())


class BallotList(QWidget):
    """The form at the start, the table of ballots beside it."""

    opened = Signal(str)  # ballot id

    def __init__(self, desk: Desk, parent: QWidget | None = None):
        super().__init__(parent)
        self.desk, self.language = desk, desk.language
        say, say_n = self.language.say, self.language.say_n
        self._state: CollectState | None = None
        self._methods = {key: name for key, name, _ in methods(desk.workflow)}
        self.form = BallotForm(desk)
        self.table = RecordTable(
            desk,
            columns=[
                Column("group", say("Group"), "choice", width=150, choices=self._groups(), editable=False, strong=True),
                Column("voter", say("Voter"), width=110, editable=False),
                Column("method", say("Method"), width=130, editable=False, least=560),
                Column("state", say("State"), width=150, editable=False),
                Column("checked", say("Typed twice"), width=90, editable=False, least=700),
            ],
            rows=self._rows,
            remove=operations.remove_ballots,
            noun=(say("ballot"), say("ballots")),
            texts=TableTexts(
                title=say("Ballots of this round"),
                removed=lambda n: say_n("{n} ballot removed", "{n} ballots removed", n),
            ),
            empty=EmptyTexts(
                "hand",
                say("No ballot in this round yet"),
                say(
                    "Choose a group and a method, then begin. Nothing is shown of a hidden round but the number of ballots."
                ),
            ),
            row_menu=self._menu,
            compact=True,
        )
        self.table.activated.connect(lambda id, _column: self.opened.emit(id))
        self._side = QScrollArea()
        self._side.setWidgetResizable(True)
        self._side.setFrameShape(QFrame.Shape.NoFrame)
        self._side.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._side.setWidget(self.form)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._side)
        box.addWidget(Hairline(vertical=True))
        box.addWidget(self.table, 1)
        self.restyle()

    def restyle(self) -> None:
        self._side.setFixedWidth(theme().px(300))

    def show_state(self, state: CollectState) -> None:
        self._state = state
        self.table.reload()
        allowed = state.round is not None and not state.round.closed and not state.locked
        self.form.allow(allowed)

    def _groups(self) -> Sequence[Choice]:
        return [Choice(key, name, group=key) for key, name in group_names(self.desk.workflow)]

    def _rows(self, _session: Session) -> list[Row]:
        if self._state is None:
            return []
        order = {key: place for place, (key, _) in enumerate(group_names(self.desk.workflow))}
        lines = sorted(self._state.lines, key=lambda line: order.get(line.group, len(order)))
        return [Row(line.id, self._values(line), self._marks(line)) for line in lines]

    def _values(self, line: BallotLine) -> dict[str, str]:
        say = self.language.say
        return {
            "group": line.group,
            "voter": line.voter or say("the group as a whole"),
            "method": self._methods.get(line.method, line.method),
            "state": state_words(line.state, line.answered, line.asked, self.language),
            "checked": say("Yes") if line.checked else "",
        }

    def _marks(self, line: BallotLine) -> dict[str, str]:
        if line.state == COMPLETE:
            return {}
        return {"state": state_words(line.state, line.answered, line.asked, self.language)}

    def _menu(self, id: str) -> list[Command]:
        return [
            Command(
                "ballot.open",
                self.language.say("Open this ballot"),
                lambda: self.opened.emit(id),
                "pencil-simple",
                english="Open this ballot",
            )
        ]
