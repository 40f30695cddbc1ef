"""How the ranking works, for those who ask; and the chart as a picture for other programs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QScrollArea, QWidget

from tna_desktop.ui.dialogs import Dialog
from tna_desktop.ui.labels import Label
from tna_desktop.ui.layouts import column
from tna_desktop.ui.screen import StepScreen
from tna_desktop.ui.tokens import theme


def explain(screen: StepScreen, guidance: str, more: Sequence[str]) -> None:
    """A dialog with what the handbook says, then ``more``, one paragraph each."""
    say = screen.language.say
    text = "\n\n".join(part for part in (_paragraphs(guidance), *more) if part)
    holder = QWidget()
    label = Label(text, wrap=True, selectable=True)
    label.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
    column(label, None, margins=(0, 0, 10, 0), parent=holder)
    body = QScrollArea()
    body.setWidget(holder)
    body.setWidgetResizable(True)
    body.setFrameShape(QScrollArea.Shape.NoFrame)
    body.setMinimumHeight(theme().px(300))
    dialog = Dialog(say("How this works"), "", "", say("Close"), body=body, parent=screen)
    dialog.exec()
    dialog.deleteLater()


def _paragraphs(text: str) -> str:
    """The guidance as lines: headings bare, lists with a dash, blocks apart."""
    lines = [line.removeprefix("### ") for line in text.split("\n")]
    return "\n".join("– " + line[2:] if line.startswith("- ") else line for line in lines)


def picture(svg: QByteArray, scale: float = 2.0) -> QImage:
    """An SVG as a picture on white, twice as fine as it is large."""
    renderer = QSvgRenderer(svg)
    size = renderer.defaultSize() * scale
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    renderer.render(painter, QRectF(image.rect()))
    painter.end()
    return image
