"""The tab beside the scores: what the numbers mean, how sure we are, and on what evidence."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QScrollArea, QSizePolicy, QWidget

from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.text import Language
from tna_desktop.ui.choices import ChoiceButton, ChoiceRow, Segmented
from tna_desktop.ui.desk import Desk
from tna_desktop.ui.field import Field
from tna_desktop.ui.fonts import line_height
from tna_desktop.ui.labels import KeyCap, Label
from tna_desktop.ui.layouts import FlowRow, clear, column, row
from tna_desktop.ui.painting import CONTROL, box, direct, focus_ring, start
from tna_desktop.ui.painting import mirrored as mirrored_rect
from tna_desktop.ui.tokens import theme

from ..models import ScoreColumn
from ..operations import CONDITIONAL, set_score
from ..reading import Cell
from ..score_table import NOT_APPLICABLE, UNKNOWN, VALUE
from ..voices import AGREED
from .score_blocks import meaning
from .score_painting import paint_swatch
from .score_voices import VoicesBox


class AnchorChoice(ChoiceButton):
    """One step of the scale with what it means; framed when it is the score."""

    def __init__(self, level: int, words: str, name: str):
        super().__init__(str(level), words or name)
        self.level = level
        self.setAccessibleName(name)
        self.setToolTip(words)
        self._label = Label(words, "meta", "text2" if words else "text3", wrap=True, parent=self)
        self._label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _inner(self, width: int) -> int:
        return max(60, width - theme().px(52))

    def hasHeightForWidth(self):
        return True

    def heightForWidth(self, width):
        words = self._label.heightForWidth(self._inner(width)) if self._label.text() else line_height("meta")
        return max(theme().px(34), words + theme().px(10))

    def sizeHint(self):
        return QSize(theme().px(200), self.heightForWidth(theme().px(236)))

    def minimumSizeHint(self):
        return QSize(theme().px(120), theme().px(34))

    def resizeEvent(self, event):
        super().resizeEvent(event)
        width = self._inner(self.width())
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        place = mirrored_rect(QRectF(theme().px(42), 0, width, self.height()), self.width(), rtl)
        self._label.setGeometry(place.toRect())

    def paintEvent(self, event):
        look = theme()
        painter = start(self)
        direct(painter, self)
        area = QRectF(self.rect())
        if self.isChecked():
            box(painter, area, CONTROL, look.color("surface"), look.color("petrol"), 1.5)
        elif self.underMouse():
            box(painter, area, CONTROL, look.color("mist2"))
        side = look.px(26)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        square = mirrored_rect(QRectF(look.px(7), (area.height() - side) / 2, look.px(28), side), area.width(), rtl)
        paint_swatch(painter, square, self.level, str(self.level))
        if self.ring:
            focus_ring(painter, area, CONTROL)


class AnchorChoices(ChoiceRow):
    """The scale from 5 down to 1 in words."""

    def __init__(self, language: Language):
        super().__init__(language.say("Score"))
        self._language = language
        self._column = column(gap=2, parent=self)

    def show_scale(self, words: list[str]) -> None:
        """``words`` are what 1 to 5 mean; empty where nothing is written."""
        if [button.words for button in self._buttons] == [
            text or str(5 - at) for at, text in enumerate(reversed(words))
        ] and self._buttons:
            return
        clear(self._column)
        buttons = []
        for level in range(5, 0, -1):
            text = words[level - 1]
            name = self._language.say("{value}, {meaning}", value=level, meaning=text) if text else str(level)
            buttons.append(AnchorChoice(level, text, name))
        for button in buttons:
            self._column.addWidget(button)
        self._take(buttons)

    def _step(self, key):
        return {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Home: "first", Qt.Key.Key_End: "last"}.get(key)


class ScoreTab(QScrollArea):
    """Everything about the score the keyboard is on. ``wants_next`` asks for the next empty cell."""

    wants_next = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None):
        super().__init__(parent)
        self.desk, self.language = desk, desk.language
        self.key: tuple[str, str] | None = None
        self.voice = AGREED
        self._column: ScoreColumn | None = None
        say = desk.language.say
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields take the focus
        self.setAccessibleName(say("Score"))
        self.technology = Label("", "meta", "text2", max_lines=2)
        self.criterion = Label("", "dialog_title", wrap=True)
        self.scale = Label("", "meta", "text3", wrap=True)
        self.rule = Label("", "meta", "text2", wrap=True)
        self.rule.hide()
        self.anchors = AnchorChoices(desk.language)
        self.number = Field(desk.language, say("Score"), QLineEdit())
        states = [(VALUE, say("Score")), (CONDITIONAL, say("Depends")), (NOT_APPLICABLE, say("n/a"))]
        self.state = Segmented(states, VALUE, say("Kind of answer"))
        for button, tip in zip(
            self.state.buttons(), ("A score", "Depends on a condition", "Does not apply"), strict=True
        ):
            button.setToolTip(say(tip))
        levels = [(entry.key, entry.name) for entry in desk.workflow.catalogue("sureness").entries]
        self.sureness = Segmented(levels, "", say("How sure are we?"))
        self.low = Field(desk.language, say("Lowest"), QLineEdit(), optional=True)
        self.high = Field(desk.language, say("Highest"), QLineEdit(), optional=True)
        text = QPlainTextEdit()
        text.setPlaceholderText(say("Where does this come from? Who said so, when?"))
        self.evidence = Field(desk.language, say("Evidence"), text)
        notes = QPlainTextEdit()
        notes.setPlaceholderText(say("What was said about this score? Only for the team."))
        self.comment = Field(desk.language, say("Comments"), notes)
        self.voices = VoicesBox(desk.language)
        self.voices.hide()
        self._nothing = Label(say("Choose a score in the table."), "body", "text2", wrap=True)
        self._all = QWidget()
        inside = column(
            self.technology, self.criterion, self.scale, self.rule, 6, self.anchors, self.number, self.voices, 6, Label(say("Kind of answer"), "label", "text2"),
            self.state, 4, Label(say("How sure are we?"), "label", "text2"), self.sureness, 4, self.evidence, 2, gap=4, parent=self._all,
        )  # fmt: skip
        inside.addLayout(row(self.low, self.high, gap=8))
        inside.addSpacing(2)
        inside.addWidget(self.comment)
        holder = QWidget()
        layout = column(self._all, self._nothing, None, gap=8, margins=(16, 14, 16, 12), parent=holder)
        keys = FlowRow(gap=6, row_gap=6)
        for cap, words in (
            ("1–5", say("score")),
            ("C", say("sureness")),
            ("A", say("does not apply")),
            ("D", say("depends")),
            ("0", say("do not know")),
            ("↵", say("type, as 3 or 2..4")),
            ("V", say("whose scores")),
            ("F", say("which technologies")),
            ("X", say("next disagreement")),
        ):
            pair = QWidget()
            row(KeyCap(cap), Label(words, "meta", "text3"), gap=5, parent=pair)
            keys.addWidget(pair)
        layout.addLayout(keys)
        self.setWidget(holder)
        holder.setAutoFillBackground(False)
        self.anchors.chosen.connect(lambda level: self._do(value=float(level)))
        self.number.committed.connect(self._typed)
        self.state.chosen.connect(self._state)
        self.sureness.chosen.connect(lambda level: self._do(sureness=level))
        self.low.committed.connect(lambda words: self._range("low", words))
        self.high.committed.connect(lambda words: self._range("high", words))
        self.evidence.committed.connect(lambda words: self._do(evidence=words))
        self.comment.committed.connect(lambda words: self._do(comment=words))
        self.restyle()
        self.show_score(None, None, Cell())

    def restyle(self) -> None:
        for field in (self.evidence, self.comment):
            field.editor.setFixedHeight(theme().px(76))

    def show_score(
        self, technology: dict | None, criterion: ScoreColumn | None, cell: Cell, scale: str = "", rule: str = ""
    ) -> None:
        """Show a score; what is being typed stays while it is the same cell. ``rule``: why it is not asked for."""
        here = technology is not None and criterion is not None
        self._all.setVisible(here)
        self._nothing.setVisible(not here)
        if technology is None or criterion is None:
            self.key = None
            return
        key = (technology["id"], criterion.id)
        if self.key is not None and key != self.key:
            self.commit()  # of the cell that is left
        same, self.key, self._column = key == self.key, key, criterion
        self.technology.set_text(technology["name"])
        self.criterion.set_text(criterion.name)
        self.scale.set_text(scale)
        self.rule.set_text(rule)
        self.rule.setVisible(bool(rule))
        self.scale.setVisible(not criterion.five or criterion.cost)
        self.anchors.setVisible(criterion.five)
        self.number.setVisible(not criterion.five)
        if criterion.five:
            self.anchors.show_scale(self._meanings(criterion))
            whole = cell.value is not None and float(cell.value).is_integer()
            self.anchors.set_current(str(int(cell.value)) if whole else "")
        else:
            self.number.set_label(criterion.fact["unit"] or self.language.say("Score"))
        self.state.set_current(
            NOT_APPLICABLE
            if cell.state == NOT_APPLICABLE and not cell.by_rule
            else cell.state
            if cell.value is not None
            else ""
        )
        self.sureness.set_current(cell.sureness)
        number = self.language.number
        shown = ((self.number, None if cell.only_range else cell.value), (self.low, cell.low), (self.high, cell.high))
        for field, value in shown:
            if not (same and field.editor.hasFocus()):
                field.set_value("" if value is None else number(value))
                field.clear_error()
        for field, words in ((self.evidence, cell.evidence), (self.comment, cell.comment)):
            if not (same and field.editor.hasFocus()):
                field.set_value(words)
                field.clear_error()
        for field in (self.low, self.high):
            field.setEnabled(cell.value is not None)

    def _meanings(self, criterion: ScoreColumn) -> list[str]:
        """What 1 to 5 mean; a step without words lies between its neighbours."""
        words = [criterion.fact[f"anchor_{level}"] for level in range(1, 6)]
        for at in (1, 3):
            if not words[at] and words[at - 1] and words[at + 1]:
                words[at] = self.language.say("Between {low} and {high}", low=at, high=at + 2)
        return words

    def commit(self) -> None:
        """Keep what stands in the fields now, for the cell and the voice they were written for."""
        for field in (self.number, self.evidence, self.comment, self.low, self.high):
            field.commit()

    def write_comment(self) -> None:
        self.comment.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def write_evidence(self) -> None:
        self.evidence.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # Writing -----------------------------------------------------------------------------------------

    def _do(self, **values: object) -> None:
        if self.key is not None:
            self.desk.attempt(set_score, *self.key, voice=self.voice, **values)

    def _state(self, state: str) -> None:
        if state == VALUE and not self._column:
            return
        self._do(state=state if state == NOT_APPLICABLE or self.state_possible() else UNKNOWN)

    def state_possible(self) -> bool:
        """Whether there is a number that could hold, or hold on a condition."""
        return self.low.isEnabled()

    def _typed(self, words: object) -> None:
        self._try(self.number, lambda: meaning(str(words), self._column, self.language))

    def _range(self, name: str, words: object) -> None:
        field = self.low if name == "low" else self.high
        self._try(field, lambda: {name: meaning(str(words), self._column, self.language).get("value")})

    def _try(self, field: Field, understood) -> None:
        """Keep what was typed, or say below the field why not."""
        if self.key is None:
            return
        try:
            self.desk.do(set_score, *self.key, voice=self.voice, **understood())
            field.clear_error()
        except Refused as refused:
            field.show_error(self.language.tell(refused.reason))
