"""What can be seen in a window: every text with the widget it stands in, what is cut, what is squeezed."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QWidget,
)

from tna_desktop.ui.buttons import Button
from tna_desktop.ui.labels import Label
from tna_desktop.ui.pictures import Picture

_DISPLAY, _TIP, _NAME = (
    int(role) for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
)
_ROOT = QModelIndex()
_SVG_TEXT = re.compile(r"<text\b[^>]*>(.*?)</text>", re.S)
_TAG = re.compile(r"<[^>]+>")
#: Rows of long tables are alike; the first ones tell.
ROWS = 40


@dataclass(frozen=True)
class Text:
    """A text, what it is (label, tooltip, head…) and the kind of widget it belongs to."""

    words: str
    what: str
    of: str


def shown(root: QWidget) -> list[QWidget]:
    """Every widget one could see in this one, itself included."""
    return [each for each in (root, *root.findChildren(QWidget)) if each.isVisible()]


def texts(root: QWidget) -> set[Text]:
    """Every text of every visible widget, also those only a screen reader or the pointer finds."""
    found: set[Text] = set()
    for widget in shown(root):
        kind = type(widget).__name__
        for what, words in _of(widget):
            if words and words.strip():
                found.add(Text(words, what, kind))
    return found


def _of(widget: QWidget) -> Iterator[tuple[str, str]]:
    yield "tooltip", widget.toolTip()
    yield "name", widget.accessibleName()
    yield "description", widget.accessibleDescription()
    if widget.isWindow():
        yield "window title", widget.windowTitle()
    if isinstance(widget, Button):
        yield "button", widget.words()
    elif isinstance(widget, QAbstractButton):
        yield "button", widget.text().replace("&&", "&")
    elif isinstance(widget, QLabel):
        yield "label", widget.text()
    elif isinstance(widget, QLineEdit):
        yield "placeholder", widget.placeholderText()
        yield "field", widget.text()
    elif isinstance(widget, QPlainTextEdit | QTextEdit):
        yield "placeholder", widget.placeholderText()
        yield "field", widget.toPlainText()
    elif isinstance(widget, QComboBox):
        for at in range(widget.count()):
            yield "choice", widget.itemText(at)
    elif isinstance(widget, QAbstractSpinBox):
        yield "special value", widget.specialValueText()
    elif isinstance(widget, QMenu):
        for action in widget.actions():
            yield "entry", action.text().split("\t")[0]
    elif isinstance(widget, Picture):
        for piece in _SVG_TEXT.findall(widget.svg):
            yield "picture", _TAG.sub("", piece).replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
        yield "picture", widget.description
    elif isinstance(widget, QHeaderView) and widget.model() is not None:
        for at in range(widget.count()):
            if not widget.isSectionHidden(at):
                for what, role in (("head", _DISPLAY), ("head tooltip", _TIP)):
                    yield what, _text(widget.model().headerData(at, widget.orientation(), role))
    elif isinstance(widget, QAbstractItemView) and not isinstance(widget, QHeaderView) and widget.model() is not None:
        model = widget.model()
        for row in range(min(model.rowCount(_ROOT), ROWS)):
            for column in range(_columns(model)):
                index = model.index(row, column)
                for what, role in (("cell", _DISPLAY), ("cell tooltip", _TIP), ("cell name", _NAME)):
                    yield what, _text(index.data(role))


def _columns(model: QAbstractItemModel) -> int:
    """A list has one column, and keeps it to itself."""
    return 1 if isinstance(model, QAbstractListModel) else model.columnCount(_ROOT)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


@contextmanager
def painted() -> Iterator[set[str]]:
    """What is painted by hand meanwhile, word by word; it stands in no widget's text."""
    from tna_desktop.ui import painting

    found: set[str] = set()
    real = painting.draw_text

    def noted(painter, rect, text, font, color, align="start"):
        found.add(text)
        real(painter, rect, text, font, color, align)

    places = [
        (module, name)
        for module in list(sys.modules.values())
        if getattr(module, "__name__", "").startswith("tna_desktop.")
        for name, value in list(vars(module).items())
        if value is real
    ]
    for module, name in places:
        setattr(module, name, noted)
    try:
        yield found
    finally:
        for module, name in places:
            setattr(module, name, real)


def cut(root: QWidget) -> list[str]:
    """Texts of which a part is missing without the whole being one hover away, and buttons too narrow for their words."""
    found = []
    for widget in shown(root):
        if isinstance(widget, Label) and widget.width() > 1:
            if widget.is_cut() and not widget.toolTip():
                found.append(f"no tooltip: {_told(widget)}")
            if widget.is_cut() and widget._role in TITLES:
                found.append(f"title cut: {_told(widget)}")
            if widget.hasHeightForWidth() and widget.text():
                needed = widget.heightForWidth(widget.width())
                if widget.height() < needed - 1 and not widget.is_cut():
                    found.append(f"lines cut ({widget.height()} of {needed}): {_told(widget)}")
        elif isinstance(widget, Button) and widget.words() and widget.width() < widget.sizeHint().width() - 1:
            found.append(f"button cut ({widget.width()} of {widget.sizeHint().width()}): {_told(widget)}")
    return found


#: Roles that are never cut: what a page or a dialog is called.
TITLES = ("start_title", "welcome", "screen_title", "dialog_title")


def outside(root: QWidget) -> list[str]:
    """Widgets of which a part lies outside what holds them, with no way to scroll there; and squeezed ones."""
    found = []
    for widget in shown(root):
        if widget is root or widget.isWindow() or not widget.width() or not widget.height():
            continue
        holder = widget.parentWidget()
        if holder is None or isinstance(holder, QAbstractItemView | QHeaderView):
            continue
        scrolls = _scrolls(widget)
        area, room = widget.geometry(), holder.rect()
        if scrolls is not None:
            if (
                scrolls.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
                and area.width() > room.width()
            ):
                found.append(f"wider than its view ({area.width()} in {room.width()}): {_told(widget)}")
            continue
        if isinstance(holder, QAbstractScrollArea) or _in_viewport(widget):
            continue
        over = QRect(area).united(room)
        if over.width() > room.width() + 1 or over.height() > room.height() + 1:
            found.append(f"outside {type(holder).__name__} {_box(room)}: {_told(widget)} {_box(area)}")
    return found


def _scrolls(widget: QWidget) -> QScrollArea | None:
    holder = widget.parentWidget()
    area = holder.parentWidget() if holder is not None else None
    return area if isinstance(area, QScrollArea) and area.widget() is widget else None


def _in_viewport(widget: QWidget) -> bool:
    """Editors and marks that an item view places among its cells."""
    holder = widget.parentWidget()
    return isinstance(holder.parentWidget(), QAbstractItemView) and holder.parentWidget().viewport() is holder


def overlaps(root: QWidget) -> list[str]:
    """Pairs of things to read or press that lie on each other."""
    found = []
    for holder in shown(root):
        layout = holder.layout()
        if layout is None:
            continue
        parts = [
            each
            for each in holder.children()
            if isinstance(each, Button | Label) and each.isVisible() and each.width() > 1 and layout.indexOf(each) >= -1
        ]
        for at, one in enumerate(parts):
            for other in parts[at + 1 :]:
                common = one.geometry().intersected(other.geometry())
                if common.width() > 2 and common.height() > 2:
                    found.append(f"{_told(one)} lies on {_told(other)}")
    return found


def _box(rect: QRect) -> str:
    return f"[{rect.x()},{rect.y()} {rect.width()}x{rect.height()}]"


def _told(widget: QWidget) -> str:
    words = widget.words() if isinstance(widget, Button) else widget.text() if isinstance(widget, QLabel) else ""
    chain, holder = [], widget.parentWidget()
    while holder is not None and len(chain) < 4:
        chain.append(type(holder).__name__)
        holder = holder.parentWidget()
    return f"{type(widget).__name__} “{words or widget.accessibleName()}” in {' < '.join(chain)}"


def at(widget: QWidget, root: QWidget) -> QRect:
    """Where a widget is in the window."""
    return QRect(widget.mapTo(root, QPoint(0, 0)), widget.size())
