"""One ballot being filled in: what is asked, the answers, and what they amount to. Kept as one change when it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from tna_desktop.kernel.errors import Refused
from tna_desktop.ui.buttons import Button, IconButton
from tna_desktop.ui.desk import Desk
from tna_desktop.ui.labels import Hairline, Label
from tna_desktop.ui.layouts import row
from tna_desktop.ui.shapes import ShapeMark
from tna_desktop.ui.tasks import Task
from tna_desktop.ui.theme import theme

from .. import operations, reading
from ..reading.ballots import CRITERIA, TREE, Answer, Family, Node
from ..results.ballots import FamilyOutcome, Outcome, outcome
from .ask import Asker
from .ask_best_worst import BestWorstAsker
from .ask_pairwise import PairwiseAsker
from .ask_points import PointsAsker
from .ask_rank import RankAsker
from .ask_swing import SwingAsker
from .collect_rows import ends_of_scales, methods, of_family, preview, state_of, state_words
from .collect_shares import SharesPanel, share_rows

#: An answer waits no longer than this for the ballot to be done: power fails in the middle of a ballot, too.
KEPT_AFTER = 60_000


@dataclass(frozen=True)
class Sheet:
    """Whose ballot this is and how it asks. ``voter`` "" is the group as a whole."""

    round_id: str
    group: str
    voter: str
    method: str
    level: str = CRITERIA


class BallotPage(QWidget):
    """The questions at the start, the shares at the end. ``done``: the ballot is kept; ``left``: back without more."""

    done = Signal()
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None):
        super().__init__(parent)
        self.desk, self.language = desk, desk.language
        say = self.language.say
        self.sheet: Sheet | None = None
        self.asker: Asker | None = None
        self._nodes: tuple[Node, ...] = ()
        self._families: list[Family] = []
        self._task: Task | None = None
        self._answers: dict[str, list[Answer]] = {}
        self._at = 0
        self._changed = False
        self._shape = ShapeMark("", px=14)
        self._who = Label("", "heading", elide=True)
        self._how = Label("", "body", "text2", wrap=True)
        self._level = Label("", "body_strong")
        self._back = IconButton("arrow-left", say("The level before"), on_click=lambda: self.go(-1))
        self._on = IconButton("arrow-right", say("The next level"), on_click=lambda: self.go(1))
        self._levels = QWidget()
        row(self._back, self._on, self._level, None, gap=4, parent=self._levels)
        self._place = QVBoxLayout()
        self._place.setContentsMargins(0, 0, 0, 0)
        self.shares = SharesPanel(self.language)
        self._state = Label("", "body", "text2")
        self.keep_button = Button(say("Keep this ballot"), "outline", "check", on_click=self.finish)
        self.keep_button.setToolTip(say("Keep this ballot (Ctrl Enter)"))
        self.drop_button = Button(say("Forget these changes"), "ghost", on_click=self.drop)
        start = QVBoxLayout()
        start.setSpacing(8)
        start.addLayout(row(self._shape, self._who, None, gap=8))
        start.addWidget(self._how)
        start.addWidget(self._levels)
        start.addLayout(self._place, 1)
        middle = QHBoxLayout()
        middle.setContentsMargins(24, 4, 24, 4)
        middle.setSpacing(20)
        middle.addLayout(start, 3)
        middle.addWidget(Hairline(vertical=True))
        middle.addWidget(self.shares, 2)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(middle, 1)
        outer.addWidget(Hairline())
        outer.addLayout(row(self._state, None, self.drop_button, self.keep_button, margins=(24, 6, 24, 6)))
        shortcut = QShortcut(QKeySequence("Ctrl+Return"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.finish)
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(KEPT_AFTER)
        self._waiting.timeout.connect(self.keep)
        self._turning = False
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)
        self.restyle()

    def restyle(self) -> None:
        self.shares.setMinimumWidth(theme().px(250))
        self.shares.setMaximumWidth(theme().px(460))

    def resizeEvent(self, event):
        super().resizeEvent(event)
        # The form has told how it is done; where there is little room the questions need it more.
        self._how.setVisible(self.height() >= theme().px(360))

    # Showing -----------------------------------------------------------------------------------------

    def open(self, sheet: Sheet, answers: Sequence[Answer] = ()) -> None:
        """Show a ballot, with what is answered on it already."""
        self.sheet, self._changed = sheet, False
        self._waiting.stop()
        self._nodes = self.desk.read(reading.nodes, sheet.level)
        self._families = reading.families_of(self._nodes)
        self._answers = {family.key: of_family(answers, family) for family in self._families}
        self._shape.set_group(sheet.group)
        self._shape.setVisible(bool(sheet.group))
        say = self.language.say
        whole = say("the group as a whole")
        name = next(entry for entry in methods(self.desk.workflow) if entry[0] == sheet.method)
        group = self.desk.workflow.catalogue("stakeholder_groups").find(sheet.group)
        self._who.setText(
            say(
                "{group}, {voter}: {method}",
                group=(group.short or group.name) if group else sheet.group,
                voter=sheet.voter or whole,
                method=name[1],
            )
        )
        self._how.setText(name[2])
        self._who.setToolTip(name[2])
        self._levels.setVisible(sheet.level == TREE)
        self._make_asker(sheet.method)
        self._at = next((at for at, family in enumerate(self._families) if not self._answers[family.key]), 0)
        self._show_level()

    def refresh(self) -> None:
        """The document is another: show what it holds, unless answers here are not kept yet."""
        sheet = self.sheet
        if sheet is None or self._changed:
            return
        families = self.desk.read(reading.families, sheet.level)
        stored = self._stored()
        if families != self._families or stored is None or sorted(stored, key=str) != sorted(self._all(), key=str):
            at = self._at
            self.open(sheet, stored or ())
            self._at = min(at, max(0, len(self._families) - 1))
            self._show_level()

    def begin(self) -> None:
        if self.asker is not None:
            self.asker.begin()

    def _make_asker(self, method: str) -> None:
        if self.asker is not None:
            self.asker.hide()
            self._place.removeWidget(self.asker)
            self.asker.deleteLater()
        made: Asker
        if method == "swing":
            made = SwingAsker(self.language, self.desk.read(ends_of_scales, self.language))
        else:
            made = {
                "rank": RankAsker,
                "rank_sum": RankAsker,
                "pairwise": PairwiseAsker,
                "best_worst": BestWorstAsker,
            }.get(method, PointsAsker)(self.language)
        if isinstance(made, PairwiseAsker):
            made.repair_wanted.connect(self._look_for_repair)
        made.changed.connect(self._heard)
        made.finished.connect(self._level_done)
        self.asker = made
        self._place.addWidget(made, 1)

    def _show_level(self) -> None:
        if not self._families or self.asker is None:
            return
        family, say = self._families[self._at], self.language.say
        name = family.name or (say("the main branches") if self.sheet and self.sheet.level == TREE else "")
        self._level.setText(
            say("Level {number} of {all}: {name}", number=self._at + 1, all=len(self._families), name=name)
        )
        self._back.setEnabled(self._at > 0)
        self._on.setEnabled(self._at + 1 < len(self._families))
        self._turning = True
        try:
            self.asker.ask(family, self._answers[family.key])
        finally:
            self._turning = False
        self._tell()

    def _tell(self) -> None:
        """Compute and say what the answers amount to so far."""
        sheet = self.sheet
        if sheet is None or self.asker is None or not self._families:
            return
        answers = tuple(self._all())
        found = outcome(self._nodes, sheet.method, sheet.level, answers, False)
        key = self._families[self._at].key
        family = next((each for each in found.families if each.key == key), None)
        if family is not None and _contradicting(family) and family.answered == family.asked:
            # With every pair answered it is quick to say which one to think over.
            family = self._repaired(outcome(self._nodes, sheet.method, sheet.level, answers, True)) or family
        self.asker.tell(family)
        shown = found if found.complete else preview(self._nodes, sheet.method, sheet.level, answers)
        self.shares.show_rows(
            share_rows(self._families, sheet.level, shown),
            sheet.level == TREE,
            "" if found.complete else self._missing(sheet.method),
            found.complete,
        )
        self._state.setText(
            self.language.say(
                "This ballot is {state}.",
                state=state_words(state_of(found), found.answered, found.asked, self.language),
            )
        )
        self.drop_button.setVisible(self._changed)

    def _missing(self, method: str) -> str:
        """What the shares assume about what is not answered yet."""
        say = self.language.say
        if method == "points":
            return say("So far; points that are not given yet count as shared evenly.")
        if method == "swing":
            return say("So far; what is not answered yet counts as nothing.")
        return say("It fills as you answer.")

    def _repaired(self, found: Outcome) -> FamilyOutcome | None:
        key = self._families[self._at].key
        return next((each for each in found.families if each.key == key), None)

    def _look_for_repair(self) -> None:
        """Find the pair to think over while many are not answered yet: that takes a while, so it is done aside."""
        sheet = self.sheet
        if sheet is None:
            return
        answers, at = tuple(self._all()), self._at
        task = Task(lambda _task: outcome(self._nodes, sheet.method, sheet.level, answers, True))

        def done(found: object) -> None:
            same = self.sheet == sheet and self._at == at and tuple(self._all()) == answers
            family = self._repaired(found) if same and isinstance(found, Outcome) else None
            if family is not None and self.asker is not None:
                self.asker.tell(family)

        task.done.connect(done)
        self._task = task
        self.desk.watch(task, self.language.say("Looking for the answer to think over"))
        task.start()

    # Answering ---------------------------------------------------------------------------------------

    def _all(self) -> list[Answer]:
        return [answer for family in self._families for answer in self._answers[family.key]]

    def _heard(self) -> None:
        if self.asker is None or not self._families:
            return
        self._answers[self._families[self._at].key] = self.asker.answers()
        if not self._changed:
            self._changed = True
            self._waiting.start()
        self._tell()

    def go(self, by: int) -> None:
        """The level before or after this one."""
        at = self._at + by
        if 0 <= at < len(self._families):
            self._at = at
            self._show_level()
            self.begin()

    def _level_done(self) -> None:
        """On to the next level; after the last one the ballot may be kept with Enter."""
        if self._at + 1 < len(self._families):
            self.go(1)
        else:
            self.keep_button.setFocus(Qt.FocusReason.TabFocusReason)

    # Keeping -----------------------------------------------------------------------------------------

    @property
    def changed(self) -> bool:
        """Whether there are answers that are not in the document yet."""
        return self._changed

    def keep(self) -> bool:
        """Put the answers into the document as one change, complete or not."""
        sheet = self.sheet
        self._waiting.stop()
        if sheet is None or not self._changed:
            return True
        try:
            self._changed = False
            self.desk.do(
                operations.record_ballot,
                sheet.round_id,
                sheet.group,
                sheet.voter,
                sheet.method,
                sheet.level,
                self._all(),
            )
        except Refused as refused:
            self._changed = True
            self.desk.refuse(refused)
            return False
        self.drop_button.hide()
        return True

    def finish(self) -> None:
        if self.keep():
            self.done.emit()

    def drop(self) -> None:
        """Forget what was answered since the ballot was last kept."""
        self._changed = False
        self._waiting.stop()
        if self.sheet is not None:
            self.open(self.sheet, self._stored() or ())
        self.left.emit()

    def _stored(self) -> tuple[Answer, ...] | None:
        sheet = self.sheet
        if sheet is None:
            return None
        for ballot in self.desk.read(reading.ballots, sheet.round_id):
            if (ballot.group, ballot.voter) == (sheet.group, sheet.voter):
                same = (ballot.method, ballot.level) == (sheet.method, sheet.level)
                return ballot.answers if same else None
        return None

    def _focus_moved(self, before: QWidget | None, now: QWidget | None) -> None:
        """The window was left or is about to close: nobody knows whether this ballot goes on."""
        if now is None and not self._turning and self._changed and before is not None and self.isAncestorOf(before):
            self.keep()

    def hideEvent(self, event):
        super().hideEvent(event)
        if not event.spontaneous():
            self.keep()


def _contradicting(family: FamilyOutcome) -> bool:
    return family.consistency is not None and family.consistency.acceptable is False
