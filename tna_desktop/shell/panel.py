"""The margin panel beside the work area: the screen's own tabs, the guide, the notes; or a strip of icons."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from tna_desktop.kernel.text import Language
from tna_desktop.ui.buttons import IconButton
from tna_desktop.ui.fonts import font, ready_for
from tna_desktop.ui.labels import Chip
from tna_desktop.ui.painting import KeyboardFocus, draw_text, focus_ring, start, text_width
from tna_desktop.ui.tokens import theme

from .guide import Guide
from .notes import Notes

NARROW, WIDE, STRIP = 276, 320, 44
GUIDE, NOTES = "guide", "notes"


class Tab(KeyboardFocus, QAbstractButton):
    """The head of a tab: words, perhaps a count, a petrol line when it is shown."""

    def __init__(self, key: str, title: str, parent: QWidget | None = None):
        super().__init__(parent)
        self.key, self.count = key, ""
        self.setText(title)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.tell(title)

    def tell(self, title: str, count: int = 0) -> None:
        ready_for(title)
        self.setText(title)
        self.count = str(count) if count else ""
        self.setAccessibleName(" ".join((title, self.count)).strip())
        self.updateGeometry()
        self.update()

    def sizeHint(self):
        look = theme()
        width = text_width(self.text(), font("body_strong"))
        if self.count:
            width += look.px(7) + text_width(self.count, font("body"))
        return QSize(int(width) + 2, look.px(47))

    minimumSizeHint = sizeHint

    def paintEvent(self, event):
        look = theme()
        painter = start(self)
        painter.setLayoutDirection(self.layoutDirection())
        shown = self.isChecked()
        area = QRectF(self.rect())
        face = font("body_strong" if shown else "body")
        draw_text(painter, area, self.text(), face, look.color("petrol_ink" if shown else "text2"))
        if self.count:
            draw_text(painter, area, self.count, font("body"), look.color("text2"), "end")
        if shown:
            painter.fillRect(0, self.height() - 2, self.width(), 2, look.color("petrol"))
        if self.ring:
            focus_ring(painter, area.adjusted(0, 8, 0, -8), 4)


class MarginPanel(QWidget):
    """Open it shows tabs; closed it is a strip. ``opened`` asks the window to open or close it."""

    opened = Signal(bool)

    def __init__(self, language: Language, guide: Guide, notes: Notes, parent: QWidget | None = None):
        super().__init__(parent)
        self.language, self.guide, self.notes = language, guide, notes
        self.floating = False
        self._open = True
        self._wide = False
        self._wanted = ""
        self.setAccessibleName(language.say("Guide and notes"))
        self._tabs: list[Tab] = []
        self._head = QHBoxLayout()
        self._head.setSpacing(18)
        self._close = IconButton(
            "caret-double-right",
            language.say("Close the guide"),
            px=18,
            on_click=lambda: self.opened.emit(False),
        )
        self._stack = QStackedWidget()
        self._body = QWidget()
        inside = QVBoxLayout(self._body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        self._head_holder = QWidget()
        self._head_holder.setLayout(self._head)
        inside.addWidget(self._head_holder)
        inside.addWidget(self._stack, 1)
        self.strip = _Strip(language)
        self.strip.wanted.connect(self._from_strip)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(1, 0, 1, 0)
        whole.setSpacing(0)
        whole.addWidget(self._body)
        whole.addWidget(self.strip)
        self.set_tabs([])
        self.restyle()

    # Tabs --------------------------------------------------------------------------------------------

    def set_tabs(self, own: list[tuple[str, QWidget]], own_first: bool = False) -> None:
        """Guide, the screen's own tabs, Notes; or the own ones first. The first is shown unless another was chosen."""
        while self._head.count():
            item = self._head.takeAt(0)
            if item.widget() is not None and item.widget() is not self._close:
                item.widget().hide()
                item.widget().deleteLater()
        while self._stack.count():
            self._stack.removeWidget(self._stack.widget(0))
        say = self.language.say
        named = [(f"own{at}", title, widget) for at, (title, widget) in enumerate(own)]
        first_own = named[0][1] if named else ""
        named.insert(len(named) if own_first else 0, (GUIDE, say("Guide"), self.guide))
        named.append((NOTES, say("Notes"), self.notes))
        self._head.setSpacing(18 if len(named) < 4 else 12)
        self._tabs = []
        for key, title, widget in named:
            tab = Tab(key, title)
            tab.clicked.connect(lambda _checked=False, wanted=key: self.show_tab(wanted))
            self._tabs.append(tab)
            self._head.addWidget(tab)
            self._stack.addWidget(widget)
        self._head.addStretch(1)
        self._head.addWidget(self._close)
        self.strip.set_own(first_own)
        keys = [tab.key for tab in self._tabs]
        self.show_tab(self._wanted if self._wanted in keys else keys[0], remember=False)

    def show_tab(self, key: str, remember: bool = True) -> None:
        if remember:
            self._wanted = key if not key.startswith("own") else ""
        for at, tab in enumerate(self._tabs):
            if tab.key == key:
                tab.setChecked(True)
                self._stack.setCurrentIndex(at)
            else:
                tab.setChecked(False)
            tab.update()

    def current_tab(self) -> str:
        return next((tab.key for tab in self._tabs if tab.isChecked()), "")

    def count_notes(self, count: int) -> None:
        for tab in self._tabs:
            if tab.key == NOTES:
                tab.tell(self.language.say("Notes"), count)

    # Open or a strip ---------------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        return self._open

    def set_open(self, is_open: bool, wide: bool = False) -> None:
        self._open, self._wide = is_open, wide
        self.restyle()

    def set_floating(self, floating: bool) -> None:
        self.floating = floating
        self.restyle()

    def restyle(self) -> None:
        look = theme()
        shut = not self._open
        self._body.setVisible(not shut)
        self.strip.setVisible(shut and not self.floating)
        width = STRIP if shut else WIDE if self._wide else NARROW
        self.setFixedWidth(look.px(width))
        self._head.setContentsMargins(18, 0, 14, 0)
        self._head_holder.setFixedHeight(look.px(47))
        self.update()

    def show_own(self) -> None:
        """Open at the screen's own tab."""
        self._from_strip("own")

    def _from_strip(self, key: str) -> None:
        self._wanted = "" if key == "own" else key
        keys = [tab.key for tab in self._tabs]
        self.show_tab(
            next((each for each in keys if each.startswith("own")), keys[0]) if key == "own" else key, remember=False
        )
        self.opened.emit(True)

    def event(self, event):
        # What floats over the content must not let clicks through to it.
        if self.floating and event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
            return True
        return super().event(event)

    def paintEvent(self, event):
        look = theme()
        painter = start(self)
        painter.fillRect(self.rect(), look.color("mist"))
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        painter.fillRect(self.width() - 1 if rtl else 0, 0, 1, self.height(), look.color("line"))
        if self._open:
            left, right = look.px(19), look.px(19)
            painter.fillRect(left, self._head_holder.height(), self.width() - left - right, 1, look.color("line"))


class _Strip(QWidget):
    """The closed panel: what could be opened, and how many checks need a look."""

    wanted = Signal(str)

    def __init__(self, language: Language):
        super().__init__()
        say = language.say
        self._language = language
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 9, 0, 0)
        self._layout.setSpacing(7)
        self._own = IconButton("list", say("Open the panel"), on_click=lambda: self.wanted.emit("own"))
        buttons = [
            IconButton("caret-double-left", say("Open the guide"), px=18, on_click=lambda: self.wanted.emit(GUIDE)),
            self._own,
            IconButton("book-open", say("Guide"), on_click=lambda: self.wanted.emit(GUIDE)),
            IconButton("note-pencil", say("Notes"), on_click=lambda: self.wanted.emit(NOTES)),
        ]
        self._own.hide()
        for button in buttons:
            self._layout.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._attention = Chip("", "amber")
        self._attention.hide()
        self._layout.addWidget(self._attention, 0, Qt.AlignmentFlag.AlignHCenter)
        self._layout.addStretch(1)

    def set_own(self, title: str) -> None:
        self._own.setVisible(bool(title))
        if title:
            self._own.set_name(title)

    def set_attention(self, count: int) -> None:
        self._attention.setVisible(count > 0)
        self._attention.set_text(str(count))
        sentence = self._language.say_n("{n} check needs a look", "{n} checks need a look", count)
        self._attention.setAccessibleName(sentence)
        self._attention.setToolTip(sentence)


class FloatingFrame(QWidget):
    """The ground of a panel that floats: a soft edge towards the content."""

    def paintEvent(self, event):
        look = theme()
        painter = start(self)
        for step in range(self.width()):
            strength = int(40 * (step / max(1, self.width())) ** 2)
            rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            x = self.width() - 1 - step if rtl else step
            painter.fillRect(x, 0, 1, self.height(), look.color("rail", strength))
