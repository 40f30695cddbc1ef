"""Settling a disputed criterion: the agreed weight, its reason, and who decided; and the line that asks for a reason."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.text import Language
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.cell_editors import start_at_side
from tna_desktop.ui.cell_values import Column, editing_text, read_number
from tna_desktop.ui.field import Field
from tna_desktop.ui.labels import KeyCap, Label
from tna_desktop.ui.layouts import FlowRow, column, row
from tna_desktop.ui.theme import theme

from .agreement_page import DisputedCriterion

_WEIGHT = Column("weight", "", "number")
#: How far up and down move the agreed share, in parts of one.
_STEP = 0.005


class SettleForm(QWidget):
    """``settled`` asks for the change; ``shared`` tells what the weight counts as while it is typed, None when as before."""

    settled = Signal()
    skipped = Signal()
    left = Signal()
    shared = Signal(object)

    def __init__(self, language: Language, parent: QWidget | None = None):
        super().__init__(parent)
        self.language = language
        self._criterion: DisputedCriterion | None = None
        say = language.say
        self.weight = Field(language, say("Agreed weight"), QLineEdit())
        self.reason = Field(language, say("Reason"), QLineEdit())
        self.decided = Field(language, say("Decided by"), QLineEdit(), optional=True)
        for field, role in ((self.weight, "weight"), (self.reason, "reason"), (self.decided, "decided")):
            field.editor.setObjectName(role)
            start_at_side(field.editor)
            field.editor.installEventFilter(self)
        self.counts = Label("", "meta", "text2", wrap=True)
        self.settle_button = Button(say("Settle and go on"), icon="check", on_click=self.settled.emit)
        self.next_button = Button(say("Next"), "ghost", icon_end="arrow-right", on_click=self.skipped.emit)
        fields = row(gap=12)
        for field, stretch in ((self.weight, 0), (self.reason, 1), (self.decided, 0)):
            fields.addWidget(field, stretch, Qt.AlignmentFlag.AlignTop)
        foot = row(gap=10)
        foot.addWidget(self.counts, 1, Qt.AlignmentFlag.AlignVCenter)
        foot.addWidget(KeyCap("Ctrl Enter"))
        foot.addWidget(self.settle_button)
        foot.addWidget(self.next_button)
        column(fields, foot, gap=8, margins=(20, 10, 24, 10), parent=self)
        self.weight.editor.textEdited.connect(lambda _text: self._typed())
        self.restyle()

    def restyle(self) -> None:
        self.weight.setFixedWidth(theme().px(112))
        self.decided.setFixedWidth(theme().px(170))

    # What is shown -----------------------------------------------------------------------------------

    def show_criterion(self, criterion: DisputedCriterion | None) -> None:
        """Show a criterion's agreed weight; what is being typed about the same one is left alone."""
        same = criterion is not None and self._criterion is not None and criterion.id == self._criterion.id
        dirty = same and self.is_changed()
        self._criterion = criterion
        if criterion is None or dirty:
            return
        for field in (self.weight, self.reason):
            field.clear_error()
        self.weight.set_value(editing_text(_WEIGHT, criterion.weight, self.language))
        self.reason.set_value(criterion.reason)
        self._tell_share()

    def is_changed(self) -> bool:
        """Whether something is typed that is not settled yet."""
        each = self._criterion
        if each is None:
            return False
        return self.weight.value() != editing_text(_WEIGHT, each.weight, self.language) or (
            self.reason.value() != each.reason
        )

    def restore(self) -> None:
        """Bring back what is agreed."""
        criterion, self._criterion = self._criterion, None
        self.show_criterion(criterion)
        self.shared.emit(None)

    def focus_weight(self) -> None:
        self.weight.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.weight.editor.selectAll()

    # The weight and its share ------------------------------------------------------------------------

    def wanted(self) -> float | None:
        """The weight as it is typed; None while it is no number."""
        try:
            return read_number(str(self.weight.value()), self.language)
        except (Refused, ValueError):
            return None

    def share(self) -> float | None:
        weight = self.wanted()
        return None if weight is None or self._criterion is None else self._criterion.share_of(weight)

    def take_share(self, share: float) -> None:
        """The tick was dragged: the weight becomes what counts as this share."""
        weight = self._criterion.weight_of(share) if self._criterion else None
        if weight is not None:
            self.weight.clear_error()
            self.weight.editor.setText(editing_text(_WEIGHT, weight, self.language))
            self._tell_share()

    def _typed(self) -> None:
        self.weight.clear_error()
        self._tell_share()
        self.shared.emit(self.share())

    def _nudge(self, by: float) -> None:
        share = self.share()
        if share is not None:
            steps = round(share / _STEP)
            self.take_share(min(0.99, max(0.0, (steps + by) * _STEP)))
            self.shared.emit(self.share())

    def _tell_share(self) -> None:
        each, share = self._criterion, self.share()
        if each is None or share is None:
            self.counts.set_text("")
            return
        self.counts.set_text(
            self.language.say(
                "Counts as {share}. The mean of the groups is {mean}.",
                share=self.language.percent(share, 1),
                mean=self.language.percent(each.mean, 1),
            )
        )

    def show_refused(self, refused: Refused) -> None:
        """Say beside the field why it was not kept; what was typed stays."""
        field = self.reason if refused.field == "reason" else self.weight
        field.show_error(self.language.tell(refused.reason))
        field.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    # Keys --------------------------------------------------------------------------------------------

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress:
            key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if key == Qt.Key.Key_Escape:
                self.restore()
                self.left.emit()
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not held:
                if watched is self.weight.editor:
                    self.reason.editor.setFocus(Qt.FocusReason.TabFocusReason)
                elif watched is self.reason.editor:
                    self.decided.editor.setFocus(Qt.FocusReason.TabFocusReason)
                else:
                    self.settle_button.setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if watched is self.weight.editor and key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not held:
                self._nudge(1 if key == Qt.Key.Key_Up else -1)
                return True
        return super().eventFilter(watched, event)


class ReasonLine(QFrame):
    """Asks for a reason in the screen itself, so that no room has to watch a dialog: Enter does it, Esc goes back."""

    closed = Signal()

    def __init__(self, language: Language, parent: QWidget | None = None):
        super().__init__(parent)
        self.language = language
        self._do: Callable[[str, str], object] | None = None
        self.setProperty("surface", "mist")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.question = Label("", "body_strong", wrap=True)
        self.reason = Field(language, language.say("Reason"), QLineEdit())
        self.decided = Field(language, language.say("Decided by"), QLineEdit(), optional=True)
        self.verb = Button("", on_click=self._finish)
        self.cancel = Button(language.say("Cancel"), "ghost", on_click=self.closed.emit)
        line = row(gap=12)
        line.addWidget(self.reason, 1, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.decided, 0, Qt.AlignmentFlag.AlignTop)
        buttons = QWidget()
        flow = FlowRow(buttons, gap=8)
        for button in (self.verb, self.cancel):
            flow.addWidget(button)
        line.addWidget(buttons, 0, Qt.AlignmentFlag.AlignBottom)
        column(self.question, line, gap=6, margins=(24, 10, 24, 10), parent=self)
        for editor in (self.reason.editor, self.decided.editor):
            start_at_side(editor)
            editor.installEventFilter(self)
            QShortcut(QKeySequence("Ctrl+Return"), editor, self._finish, context=Qt.ShortcutContext.WidgetShortcut)
        self.restyle()

    def restyle(self) -> None:
        self.decided.setFixedWidth(theme().px(170))

    def ask(self, question: str, verb: str, do: Callable[[str, str], object], with_reason: bool = True) -> None:
        """Ask; ``do(reason, decided_by)`` may raise Refused, which is told beside the reason."""
        self._do = do
        self.question.set_text(question)
        self.verb.setText(verb)
        self.reason.setVisible(with_reason)
        self.reason.set_value("")
        self.reason.clear_error()
        self.show()
        (self.reason if with_reason else self.decided).editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _finish(self) -> None:
        if self._do is None:
            return
        try:
            self._do(str(self.reason.value()).strip(), str(self.decided.value()).strip())
        except Refused as refused:
            field = self.reason if self.reason.isVisible() else self.decided
            field.show_error(self.language.tell(refused.reason))
            return
        self.closed.emit()

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.closed.emit()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._finish()
                return True
        return super().eventFilter(watched, event)
