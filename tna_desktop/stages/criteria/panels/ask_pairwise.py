"""Comparing pairs: two criteria at a time with a scale between them; what contradicts the rest is asked again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget

from tna_desktop.kernel.text import Language
from tna_desktop.ui.banner import Banner
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.labels import Label
from tna_desktop.ui.layouts import column, row
from tna_desktop.ui.theme import theme

from .. import results
from ..reading.ballots import Answer
from ..results import FamilyOutcome
from .ask import Asker
from .pair_scale import PairMap, PairScale

RATIO = "ratio"
_K = Qt.Key


class PairwiseAsker(Asker):
    """One pair, large. Arrows and digits answer, Enter goes on to the next pair without an answer.

    ``repair_wanted``: which answer contradicts the others is to be found, though many pairs are still open.
    """

    repair_wanted = Signal()

    def __init__(self, language: Language, parent: QWidget | None = None):
        super().__init__(language, parent)
        say = language.say
        self._pairs: list[tuple[str, str]] = []
        self._given: dict[tuple[str, str], int] = {}
        self._at = 0
        self._doubtful: tuple[str, str] | None = None
        self.progress = Label("", "heading")
        self.first, self.second = Label("", "dialog_title", max_lines=2), Label("", "dialog_title", max_lines=2)
        self.second.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.scale = PairScale(language)
        self.scale.chosen.connect(self._answered)
        self.scale.next_wanted.connect(self._forward)
        self.said = Label("", "lead", "petrol_ink", wrap=True)
        self.said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        before = Button(say("Back"), "ghost", "arrow-left", small=True, on_click=lambda: self.go(-1))
        after = Button(say("Next pair"), "outline", icon_end="arrow-right", small=True, on_click=self._forward)
        before.setToolTip(say("The pair before (PgUp)"))
        after.setToolTip(say("The next pair (PgDn)"))
        self.map = PairMap(language)
        self.map.wanted.connect(self._jump)
        self.state = Label("", "meta", "text2", wrap=True)
        self.banner = Banner("attention")
        names = QHBoxLayout()
        names.setSpacing(24)
        names.addWidget(self.first, 1)
        names.addWidget(self.second, 1)
        page = QWidget()
        inside = column(gap=8, margins=(2, 0, 2, 0), parent=page)
        inside.addLayout(names)
        for part in (self.scale, self.said, self.banner, self.state):
            inside.addWidget(part)
        inside.addWidget(self.map, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(page)
        self.body.addLayout(row(self.progress, None, before, after, margins=(0, 0, 8, 0)))
        self.body.addWidget(area, 1)
        self.banner.hide()

    def show_answers(self, answers: Sequence[Answer]) -> None:
        self._pairs = pair_order([node.id for node in self.family.nodes])
        known = set(self._pairs)
        self._given, self._doubtful = {}, None
        for node, other, kind, value in answers:
            if kind == RATIO and value:
                way = (node, other) if (node, other) in known else (other, node)
                if way in known:
                    ratio = value if way == (node, other) else 1 / value
                    self._given[way] = step_of(ratio)
        self._at = next((at for at, pair in enumerate(self._pairs) if pair not in self._given), 0)
        self.map.show_nodes(self.family.nodes)
        self._show()

    def answers(self) -> list[Answer]:
        """Each pair the way round in which the answer is one or more, so that it is stored as it was given."""
        found: list[Answer] = []
        for (first, second), step in self._given.items():
            found.append((first, second, RATIO, float(step)) if step >= 1 else (second, first, RATIO, float(-step)))
        return found

    def tell(self, outcome: FamilyOutcome | None) -> None:
        say = self.language.say
        asked, done = len(self._pairs), len(self._given)
        if done and done == asked:
            self.state.setText("")
        elif outcome is not None and outcome.complete:
            self.state.setText(say("The answers suffice: weights are shown. More pairs make them surer."))
        else:
            self.state.setText(say("Weights are shown once every criterion is connected with the others by an answer."))
        fits = outcome.consistency if outcome else None
        wrong = fits is not None and fits.acceptable is False
        if fits is not None and wrong and fits.pair and fits.suggested:
            names = {node.id: node.name for node in self.family.nodes}
            asked_again = results.repair_words(fits, names)
            question = self.language.tell(asked_again) if asked_again else ""
            self.banner.tell(
                "attention", "", question, [(say("Yes, change it"), lambda: self._repair(fits.pair, fits.suggested))]
            )
        elif fits is not None and wrong:
            which = [(say("Show which one"), self.repair_wanted.emit)] if fits.pair is None and done < asked else []
            self.banner.tell("attention", "", say("Some answers contradict each other. Look at them again."), which)
        elif fits is not None and done == asked and asked > 2:
            self.banner.tell("good", "", say("The answers fit together well."))
        self.banner.setVisible(wrong or (fits is not None and done == asked and asked > 2))
        self.state.setVisible(bool(self.state.text()) and not wrong)
        self._doubtful = fits.pair if fits is not None and wrong else None
        self.map.show_answers(self._given, self._current(), self._doubtful)

    def begin(self) -> None:
        self.scale.setFocus(Qt.FocusReason.TabFocusReason)

    def go(self, by: int) -> None:
        """The pair before or after this one."""
        if self._pairs:
            self._jump(self._pairs[(self._at + by) % len(self._pairs)])

    def resizeEvent(self, event):
        super().resizeEvent(event)
        self.map.setVisible(self.height() >= theme().px(330))

    def event(self, event):
        asked = event.type() == QEvent.Type.ShortcutOverride and not event.modifiers()
        if asked and event.key() in (_K.Key_PageUp, _K.Key_PageDown):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event):
        if event.key() in (_K.Key_PageDown, _K.Key_PageUp) and not event.modifiers():
            self.go(1 if event.key() == _K.Key_PageDown else -1)
            return
        super().keyPressEvent(event)

    def _current(self) -> tuple[str, str] | None:
        return self._pairs[self._at] if self._pairs else None

    def _answered(self, step: object) -> None:
        pair = self._current()
        if pair is None:
            return
        if step is None:
            self._given.pop(pair, None)
        else:
            self._given[pair] = int(str(step))
        self._show()
        self.changed.emit()

    def _forward(self) -> None:
        """The next pair that has no answer; after the last one this level is done."""
        count = len(self._pairs)
        order = [(self._at + step) % count for step in range(1, count + 1)] if count else []
        following = next((at for at in order if self._pairs[at] not in self._given), None)
        if following is None:
            self.finished.emit()
            return
        self._at = following
        self._show()
        self.begin()

    def _jump(self, pair: tuple[str, str]) -> None:
        if pair in self._pairs:
            self._at = self._pairs.index(pair)
            self._show()
            self.begin()

    def _repair(self, pair: tuple[str, str] | None, suggested: float | None) -> None:
        """Take the answer that fits the others, because the person said yes."""
        if pair is None or not suggested:
            return
        way = pair if pair in self._pairs else (pair[1], pair[0])
        self._given[way] = step_of(suggested if way == pair else 1 / suggested)
        self._at = self._pairs.index(way)
        self._show()
        self.changed.emit()
        self.begin()

    def _show(self) -> None:
        pair, say = self._current(), self.language.say
        if pair is None:
            return
        first, second = (self.name(node) for node in pair)
        self.first.setText(first)
        self.second.setText(second)
        self.progress.setText(
            say("{number} of {all} answered", number=len(self._given), all=len(self._pairs))
            if len(self._given) == len(self._pairs)
            else say("Pair {number} of {all}", number=self._at + 1, all=len(self._pairs))
        )
        step = self._given.get(pair)
        self.scale.show_pair(first, second, step)
        self.said.setText(self.scale.in_words())
        self.map.show_answers(self._given, pair, self._doubtful)


def pair_order(nodes: Sequence[str]) -> list[tuple[str, str]]:
    """All pairs; neighbours first, because a chain of answers is enough to give everything a weight."""
    count = len(nodes)
    return [(nodes[at], nodes[at + apart]) for apart in range(1, count) for at in range(count - apart)]


def step_of(ratio: float) -> int:
    """A ratio as a step of the scale: 1 to 9 when the first matters more (or both alike), -2 to -9 when the second."""
    step = round(ratio if ratio >= 1 else 1 / ratio)
    return step if ratio >= 1 or step <= 1 else -step
