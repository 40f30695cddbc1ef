"""The app bar: search and commands, whether the work is saved, undo and redo, the language, the guide."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QSizePolicy, QWidget

from tna_desktop.kernel.document import FAILED, LOCAL, READ_ONLY, SAVED, SavedState
from tna_desktop.kernel.journal import Change
from tna_desktop.kernel.text import Language
from tna_desktop.ui.buttons import Button, IconButton
from tna_desktop.ui.fonts import font
from tna_desktop.ui.icons import paint_icon
from tna_desktop.ui.labels import Hairline, IconMark, KeyCap, Label
from tna_desktop.ui.painting import CONTROL, KeyboardFocus, box, draw_text, focus_ring, mirrored, start
from tna_desktop.ui.tokens import theme

from .languages import language_menu

HEIGHT = 48


class SearchButton(KeyboardFocus, QAbstractButton):
    """Looks like the search box and opens the palette, where one types."""

    def __init__(self, text: str, keys: str, parent: QWidget | None = None):
        super().__init__(parent)
        self.setText(text)
        self.setAccessibleName(text)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._cap = KeyCap(keys, parent=self)
        self._cap.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self):
        return QSize(theme().px(300), theme().px(32))

    def minimumSizeHint(self):
        return QSize(theme().px(120), theme().px(32))

    def resizeEvent(self, event):
        self._cap.resize(self._cap.sizeHint())
        place = QRectF(
            self.width() - 8 - self._cap.width(),
            (self.height() - self._cap.height()) / 2,
            self._cap.width(),
            self._cap.height(),
        )
        place = mirrored(place, self.width(), self.layoutDirection() == Qt.LayoutDirection.RightToLeft)
        self._cap.move(place.topLeft().toPoint())
        self._cap.setVisible(self.width() > theme().px(220))

    def paintEvent(self, event):
        look = theme()
        painter = start(self)
        painter.setLayoutDirection(self.layoutDirection())
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        box(
            painter,
            self.rect(),
            CONTROL,
            look.color("mist2" if self.underMouse() else "mist"),
            look.color("line"),
        )
        side = look.px(16)
        icon_at = mirrored(QRectF(look.px(11), (self.height() - side) / 2, side, side), self.width(), rtl)
        paint_icon(painter, icon_at, "magnifying-glass", "text3")
        words_at = mirrored(QRectF(look.px(35), 0, self.width() - look.px(40), self.height()), self.width(), rtl)
        painter.setClipRect(
            words_at.adjusted(0, 0, -self._cap.width() - 8, 0)
            if not rtl
            else words_at.adjusted(self._cap.width() + 8, 0, 0, 0)
        )
        draw_text(painter, words_at, self.text(), font("body"), look.color("text3"))
        painter.setClipping(False)
        if self.ring:
            focus_ring(painter, QRectF(self.rect()), CONTROL)


class SavedMark(QWidget):
    """Whether the work is in the file: never more than is true."""

    def __init__(self, language: Language, parent: QWidget | None = None):
        super().__init__(parent)
        self.language = language
        self._mark = IconMark("check-circle", "petrol", 14)
        self._label = Label("", "meta", "text3", elide=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(7)
        layout.addWidget(self._mark)
        layout.addWidget(self._label)

    def tell(self, state: SavedState, has_file: bool) -> None:
        say = self.language.say
        text, icon, token, tone = {
            SAVED: (say("All changes saved"), "check-circle", "petrol", "text3"),
            LOCAL: (
                say("Saving…") if has_file else say("Saved on this computer only"),
                "clock-counter-clockwise",
                "text3",
                "text3",
            ),
            FAILED: (say("Not saved to the file"), "x-circle-fill", "brick", "brick"),
            READ_ONLY: (say("Read-only"), "lock-simple", "text2", "text2"),
        }[state.kind]
        self._mark.set_icon(icon, token)
        self._label.set_text(text)
        self._label.set_tone(tone)
        reason = self.language.tell(state.reason) if state.reason else ""
        self._label.setToolTip(reason)
        self.setAccessibleName(" ".join((text, reason)).strip())

    def text(self) -> str:
        return self._label.text()


class AppBar(QWidget):
    """The bar above the work area."""

    searched = Signal()
    undone = Signal()
    redone = Signal()
    language_chosen = Signal(str)
    guide_wanted = Signal(bool)
    projected = Signal()
    screens_wanted = Signal()

    def __init__(self, language: Language, parent: QWidget | None = None):
        super().__init__(parent)
        self.language = language
        say = language.say
        self.search = SearchButton(say("Search or type a command"), "Ctrl K")
        self.search.clicked.connect(lambda _checked=False: self.searched.emit())
        self.saved = SavedMark(language)
        self.undo = IconButton("arrow-u-up-left", say("Undo"), on_click=self.undone.emit)
        self.redo = IconButton("arrow-u-up-right", say("Redo"), on_click=self.redone.emit)
        self.languages = Button(
            language.code.split("-")[0].upper(), "ghost", "translate", tooltip=say("Language of the window")
        )
        self.languages.setAccessibleName(say("Language of the window"))
        self.languages.clicked.connect(self._choose_language)
        self.project = Button(say("Project"), "outline", "presentation", tooltip=say("Show on the wall (F5)"))
        self.project.clicked.connect(lambda _checked=False: self.projected.emit())
        self.screens = IconButton("caret-down", say("Where to project"), on_click=self.screens_wanted.emit)
        self.guide = IconButton("book-open", say("Guide on or off (F1)"), token="text2", checkable=True)
        self.guide.toggled.connect(lambda wanted: self.guide_wanted.emit(wanted))
        self._layout = QHBoxLayout()
        for item in (
            self.search,
            None,
            self.saved,
            12,
            self.undo,
            self.redo,
            6,
            Hairline(vertical=True),
            6,
            self.languages,
            6,
            self.project,
            self.screens,
            4,
            self.guide,
        ):
            if item is None:
                self._layout.addStretch(1)
            elif isinstance(item, int):
                self._layout.addSpacing(item)
            else:
                self._layout.addWidget(item)
        self._layout.setSpacing(2)
        self._divider = self._layout.itemAt(7).widget()
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(self._layout)
        self.restyle()

    def restyle(self) -> None:
        look = theme()
        self.setFixedHeight(look.px(HEIGHT))
        rtl = self.language.right_to_left
        self._layout.setContentsMargins(16 if rtl else 24, 0, 24 if rtl else 16, 1)
        self._divider.setFixedHeight(look.px(20))
        self.search.setMaximumWidth(look.px(300))

    def tell_history(self, undo: Change | None, redo: Change | None) -> None:
        """Name what undo and redo would do."""
        say, language = self.language.say, self.language
        self.undo.setEnabled(undo is not None)
        self.undo.set_name(say("Undo: {change}", change=change_name(language, undo)) if undo else say("Undo"))
        self.redo.setEnabled(redo is not None)
        self.redo.set_name(say("Redo: {change}", change=change_name(language, redo)) if redo else say("Redo"))

    def show_guide(self, open_now: bool) -> None:
        self.guide.blockSignals(True)
        self.guide.setChecked(open_now)
        self.guide.blockSignals(False)
        self.guide.update()

    def add_strip(self, strip: QWidget) -> None:
        """What shows the page of the wall stands before the button that began it."""
        self._layout.insertWidget(self._layout.indexOf(self.project), strip)

    def show_projecting(self, on: bool) -> None:
        """While the strip tells what is projected, the button beside it needs no words."""
        self.project.set_compact(on)

    def pop_up(self, menu: QMenu) -> None:
        """A menu below the button for the screens."""
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.screens.mapToGlobal(self.screens.rect().bottomLeft()))

    def _choose_language(self) -> None:
        menu = language_menu(self, self.language, self.language_chosen.emit)
        menu.popup(self.languages.mapToGlobal(self.languages.rect().bottomLeft()))

    def paintEvent(self, event):
        look = theme()
        painter = start(self)
        painter.fillRect(self.rect(), look.color("bg"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.color("line"))


def change_name(language: Language, change: Change) -> str:
    """A change as a person reads it: what was done, and to what."""
    label = language.say(change.label)
    return language.say("{what}: {about}", what=label, about=change.about) if change.about else label
