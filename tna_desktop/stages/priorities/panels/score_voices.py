"""Whose scores are shown, what each voice said on the score in hand, and how it becomes the agreed one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QWidget

from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.text import Language
from tna_desktop.ui import layouts
from tna_desktop.ui.buttons import Button, IconButton
from tna_desktop.ui.choices import Segmented
from tna_desktop.ui.dialogs import Dialog
from tna_desktop.ui.field import Field
from tna_desktop.ui.fonts import font, line_height, ready_for
from tna_desktop.ui.labels import Label
from tna_desktop.ui.layouts import FlowRow, column
from tna_desktop.ui.menus import Menu
from tna_desktop.ui.painting import CELL, box, direct, draw_text, start, text_width
from tna_desktop.ui.painting import mirrored as mirrored_rect
from tna_desktop.ui.shapes import paint_shape
from tna_desktop.ui.tokens import theme

from ..voices import AGREED, MEAN, MEDIAN, Said, Voice

_ONE = "one"
#: A longer name is cut in the switch; the tooltip has the whole.
_LONGEST = 22
_SAID = 256


class VoiceSwitch(QWidget):
    """The agreed scores or those of one voice. ``chosen`` tells the voice's key, "" for the agreed scores.

    ``voices`` is asked for when the list opens; ``manage`` puts further lines below it.
    """

    chosen = Signal(str)

    def __init__(
        self,
        language: Language,
        voices: Callable[[], Sequence[Voice]],
        manage: Callable[[Menu], object],
        parent: QWidget | None = None,
    ):
        super().__init__(parent)
        self.language, self._voices, self._manage = language, voices, manage
        self._voice, self._last, self._name = AGREED, AGREED, ""
        self.choice = Segmented((), None, language.say("Whose scores"))
        self.more = IconButton("caret-down", language.say("Whose scores"), on_click=self.open_list)
        layouts.row(self.choice, self.more, gap=2, parent=self)
        self.choice.chosen.connect(self._chosen)
        self.show_voice(AGREED, "")

    def show_voice(self, voice: str, name: str) -> None:
        """Show whose scores these are, without telling anybody."""
        self._voice = voice
        self._name = name or self._name
        words = self._name or self.language.say("By voice")
        short = words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"
        choices = [(AGREED, self.language.say("Agreed scores")), (_ONE, short)]
        self.choice.set_choices(choices, _ONE if voice else AGREED)
        self.choice.buttons()[1].setToolTip(words if short != words else "")
        self.choice.buttons()[1].setAccessibleName(words)
        self.restyle()
        self._last = voice or self._last

    def restyle(self) -> None:
        """Both names stay in one line. (A layout does not count children that are new: they are.)"""
        buttons = self.choice.buttons()
        self.choice.setMinimumWidth(sum(each.sizeHint().width() for each in buttons) + 2 * (len(buttons) - 1) + 6)
        self.updateGeometry()

    def sizeHint(self):
        return QSize(self.choice.minimumWidth() + 2 + self.more.sizeHint().width(), super().sizeHint().height())

    def forget(self) -> None:
        """The voice that was shown last is not there any more."""
        self._last, self._name = AGREED, ""
        self.show_voice(AGREED, "")

    def _chosen(self, which: str) -> None:
        if which == AGREED or self._last:
            self.chosen.emit(AGREED if which == AGREED else self._last)
            return
        self.choice.set_current(AGREED)
        self.open_list()

    def open_list(self) -> None:
        """The list of all voices, with how many scores each gave."""
        self.menu = Menu(self.language.say("Whose scores"), self)
        self.fill(self.menu)
        self.menu.popup(self.choice.mapToGlobal(self.choice.rect().bottomLeft()))

    def fill(self, menu: Menu) -> None:
        say = self.language.say
        menu.add(say("Agreed scores"), lambda: self.chosen.emit(AGREED), checked=self._voice == AGREED)
        before = None
        for voice in self._voices():
            if voice.group != before:
                menu.addSeparator()
                before = voice.group
            count = self.language.number(voice.scores) if voice.scores else ""
            menu.add(
                voice.name, lambda key=voice.key: self.chosen.emit(key), keys=count, checked=voice.key == self._voice
            )
        menu.addSeparator()
        self._manage(menu)


def ask_code(
    parent: QWidget, language: Language, question: str, verb: str, understood: Callable[[str], str], code: str = ""
) -> str | None:
    """Ask for an assessor's code until it is one or the person goes back."""
    say = language.say
    field = Field(
        language, say("Short code"), QLineEdit(code), say("For instance A1 or initials; it stays in this file.")
    )
    text = say("Codes rather than names let people score freely.")
    dialog = Dialog(question, text, verb, say("Cancel"), body=field, parent=parent)
    while dialog.exec():
        try:
            return understood(str(field.value()))
        except Refused as refused:
            field.show_error(language.tell(refused.reason))
    return None


class _SaidPainter(QStyledItemDelegate):
    """A voice and what it said, on one line."""

    def paint(self, painter, option, index):
        look = theme()
        said, value = index.data(_SAID)
        area = QRectF(option.rect)
        rtl = option.direction == Qt.LayoutDirection.RightToLeft
        painter.save()
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        painter.setLayoutDirection(option.direction)
        if option.state & QStyle.StateFlag.State_Selected:
            box(painter, area, CELL, look.color("sel2"))
            if option.state & QStyle.StateFlag.State_HasFocus:
                box(painter, area, CELL, None, look.color("petrol"), 2.0)
        x = look.px(8)
        if said.group:
            side = look.px(10)
            mark = mirrored_rect(QRectF(x, (area.height() - side) / 2, side, side), area.width(), rtl)
            paint_shape(painter, said.voice, mark.translated(area.topLeft()))
        x += look.px(16)
        wide = min(text_width(value, font("label")) + 2, area.width() / 2)
        ends = mirrored_rect(QRectF(area.width() - look.px(8) - wide, 0, wide, area.height()), area.width(), rtl)
        room = area.width() - x - wide - look.px(14)
        names = mirrored_rect(QRectF(x, 0, room, area.height()), area.width(), rtl)
        face = font("body")
        name = option.fontMetrics.elidedText(said.name, Qt.TextElideMode.ElideRight, int(room))
        draw_text(painter, names.translated(area.topLeft()), name, face, look.color("text"))
        draw_text(painter, ends.translated(area.topLeft()), value, font("label"), look.color("text"), "end")
        painter.restore()

    def sizeHint(self, option, index):
        return QSize(80, line_height("body") + theme().px(6))


class VoicesBox(QWidget):
    """What each voice said on the score in hand. ``taken`` asks to make it the agreed one: how, and which voice."""

    taken = Signal(str, str)

    def __init__(self, language: Language, parent: QWidget | None = None):
        super().__init__(parent)
        say = language.say
        self.language = language
        self._heading = Label(say("What each voice said"), "label", "text2")
        self.apart = Label("", "meta", "amber_ink", wrap=True)
        self.list = QListWidget()
        self.list.setAccessibleName(say("What each voice said"))
        self.list.setItemDelegate(_SaidPainter(self.list))
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTabKeyNavigation(False)
        self.list.viewport().setAutoFillBackground(False)
        self.list.itemActivated.connect(lambda _item: self._take_one())
        self.list.itemSelectionChanged.connect(self._enable)
        self.mean = Button("", "outline", small=True, on_click=lambda: self.taken.emit(MEAN, ""))
        self.median = Button("", "outline", small=True, on_click=lambda: self.taken.emit(MEDIAN, ""))
        self.one = Button(say("Take this one"), "outline", small=True, on_click=self._take_one)
        buttons = FlowRow(gap=6, row_gap=6)
        for button in (self.mean, self.median, self.one):
            buttons.addWidget(button)
        inside = column(self._heading, self.apart, self.list, gap=4, parent=self)
        inside.addLayout(buttons)
        self._lines: list[Said] = []

    def show_said(self, said: Sequence[Said], words: Callable[[Said], str], apart: str, middles: Sequence[str]) -> None:
        """``words`` says a voice's score shortly, ``apart`` the disagreement; ``middles`` are mean and median."""
        self._lines = list(said)
        self.apart.setText(apart)
        self.apart.setVisible(bool(apart))
        self.list.clear()
        for each in self._lines:
            value = words(each)
            ready_for(each.name)
            item = QListWidgetItem(self.language.say("{name}: {score}", name=each.name, score=value))
            item.setData(_SAID, (each, value))
            tip = "\n".join(filter(None, (each.name, each.cell.evidence, each.cell.comment)))
            item.setToolTip(tip)
            self.list.addItem(item)
        high = line_height("body") + theme().px(6)
        self.list.setFixedHeight(high * min(6, max(1, len(self._lines))) + 2)
        say = self.language.say
        for button, words_, middle in zip(
            (self.mean, self.median), (say("Take the mean"), say("Take the median")), middles, strict=True
        ):
            text = say("{command}, {value}", command=words_, value=middle) if middle else words_
            button.setText(text)
            button.setEnabled(bool(middle))
        self._enable()

    def restyle(self) -> None:
        high = line_height("body") + theme().px(6)
        self.list.setFixedHeight(high * min(6, max(1, len(self._lines))) + 2)

    def _enable(self) -> None:
        self.one.setEnabled(bool(self.list.selectedItems()))

    def _take_one(self) -> None:
        if self.list.selectedItems():
            self.taken.emit("voice", self._lines[self.list.currentRow()].voice)

    def paintEvent(self, event):
        painter = start(self)
        direct(painter, self)
        box(painter, QRectF(self.list.geometry()), CELL, theme().color("surface"), theme().color("line"))


def told(language: Language, count: int, alone: tuple[str, int, int] | None, name: Callable[[str], str]) -> str:
    """How the scoring was shared out: a sentence when one voice scored most of it by itself, else how much there is."""
    if alone is not None:
        voice, many, size = alone
        return language.say_n(
            "{name} alone scored {count} of the one cell that has a voice; ask others too.",
            "{name} alone scored {count} of the {n} cells that have a voice; ask others too.",
            size, name=name(voice), count=language.number(many),
        )  # fmt: skip
    return language.say_n("One cell has been scored by voices.", "{n} cells have been scored by voices.", count)
