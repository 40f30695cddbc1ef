"""A part of a screen that scrolls up and down, on the ground of what it stands on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget


def scrolling(content: QWidget, focus: bool = False) -> QScrollArea:
    """The content, as wide as there is room. ``focus``: the keyboard scrolls it itself; else what stands in it has it."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    if not focus:
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    for part in (content, area.viewport()):  # setWidget() has just switched it on
        part.setAutoFillBackground(False)
    return area
