"""Rows, columns, and a row that flows on to the next line; all mirror for languages written from right to left."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QLayoutItem, QVBoxLayout, QWidget

#: As large as a layout may say it can become.
_LARGEST = 524287


def row(
    *items, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0), parent: QWidget | None = None
) -> QHBoxLayout:
    """Widgets and layouts side by side; a number is space of that many pixels, None a stretch."""
    return _filled(QHBoxLayout(parent), items, gap, margins)


def column(
    *items, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0), parent: QWidget | None = None
) -> QVBoxLayout:
    """Widgets and layouts one below the other; a number is space of that many pixels, None a stretch."""
    return _filled(QVBoxLayout(parent), items, gap, margins)


def _filled(box, items, gap: int, margins: tuple[int, int, int, int]):
    box.setSpacing(gap)
    box.setContentsMargins(*margins)
    add(box, *items)
    return box


def add(box: QBoxLayout, *items) -> None:
    """Add widgets, layouts, spaces (numbers) and stretches (None) to a row or column."""
    for item in items:
        if item is None:
            box.addStretch(1)
        elif isinstance(item, QWidget):
            box.addWidget(item)
        elif isinstance(item, QLayout):
            box.addLayout(item)
        else:
            box.addSpacing(int(item))


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while layout.count():
        item = layout.takeAt(0)
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


class FlowRow(QHBoxLayout):
    """A row whose items go on in the next line when there is no more room.

    Qt keeps the items, as in every row: kept in Python they were gone after a collection of garbage, and the program
    with them.
    """

    def __init__(self, parent: QWidget | None = None, gap: int = 8, row_gap: int = 8):
        # Without the argument: a row made without a parent may be given one later.
        super().__init__(*([parent] if parent is not None else []))
        self._gap, self._row_gap = gap, row_gap
        self.setContentsMargins(0, 0, 0, 0)

    def expandingDirections(self):
        return Qt.Orientation(0)

    def hasHeightForWidth(self):
        return True

    def heightForWidth(self, width):
        return self._arranged(QRect(0, 0, width, 0), place=False)

    def minimumHeightForWidth(self, width):
        return self.heightForWidth(width)

    def setGeometry(self, rect):
        QLayout.setGeometry(self, rect)  # not the row's own, which would put all in one line first
        self._arranged(rect, place=True)

    def maximumSize(self):
        return QSize(_LARGEST, _LARGEST)

    def sizeHint(self):
        """All in one line."""
        sizes = [item.sizeHint() for item in self._shown()]
        margins = self.contentsMargins()
        width = sum(size.width() for size in sizes) + self._gap * max(0, len(sizes) - 1)
        height = max((size.height() for size in sizes), default=0)
        return QSize(width + margins.left() + margins.right(), height + margins.top() + margins.bottom())

    def minimumSize(self):
        sizes = [item.minimumSize() for item in self._shown()]
        margins = self.contentsMargins()
        width = max((size.width() for size in sizes), default=0)
        height = max((size.height() for size in sizes), default=0)
        return QSize(width + margins.left() + margins.right(), height + margins.top() + margins.bottom())

    def _shown(self) -> list[QLayoutItem]:
        items = [self.itemAt(place) for place in range(self.count())]
        return [item for item in items if not item.isEmpty()]

    def _arranged(self, rect: QRect, place: bool) -> int:
        """Go through the items line by line; returns the height needed."""
        margins = self.contentsMargins()
        area = rect.marginsRemoved(margins)
        parent = self.parentWidget()
        rtl = parent is not None and parent.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x, y, tallest = 0, area.y(), 0
        line: list[tuple] = []

        def put() -> None:
            for item, offset, size in line if place else ():
                left = area.right() + 1 - offset - size.width() if rtl else area.x() + offset
                item.setGeometry(QRect(QPoint(left, y + (tallest - size.height()) // 2), size))

        for item in self._shown():
            size = item.sizeHint().boundedTo(QSize(max(area.width(), 1), 100000))
            if line and x + size.width() > area.width():
                put()
                y += tallest + self._row_gap
                x, tallest, line = 0, 0, []
            line.append((item, x, size))
            x += size.width() + self._gap
            tallest = max(tallest, size.height())
        put()
        return y + tallest - rect.y() + margins.bottom()


def leave_out(widget: QWidget, unless: object) -> None:
    """Hide a part that is not wanted. Nothing is done for one that is: without its parent it would flash up as a window."""
    if not unless:
        widget.hide()
