"""Breaking a name into the few lines that a box has room for."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextOption


def wrapped(text: str, letters: QFont, width: float, most: int) -> list[str]:
    """The text in at most ``most`` lines of this width; what does not fit ends in an ellipsis."""
    layout = QTextLayout(text, letters)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    lines: list[str] = []
    layout.beginLayout()
    while True:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(width, 1))
        begin, length = line.textStart(), line.textLength()
        if len(lines) == most - 1:
            lines.append(QFontMetricsF(letters).elidedText(text[begin:].strip(), Qt.TextElideMode.ElideRight, width))
            break
        lines.append(text[begin : begin + length].strip())
    layout.endLayout()
    return lines or [""]
