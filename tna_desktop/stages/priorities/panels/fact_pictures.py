"""The pictures of a technology in its fact sheet: added, looked at, removed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainterPath
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QWidget

from tna_desktop.kernel.errors import Refused
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.desk import Desk
from tna_desktop.ui.dialogs import Dialog
from tna_desktop.ui.fonts import font
from tna_desktop.ui.labels import Label
from tna_desktop.ui.layouts import FlowRow, column
from tna_desktop.ui.painting import draw_text, focus_ring, start
from tna_desktop.ui.tokens import theme

from ..operations_pictures import MOST, add_picture, pictures, remove_picture
from .picture_reading import decoded, read_picture

_WIDE, _HIGH = 112, 84


class Thumbnail(QAbstractButton):
    """One picture, small. Enter or a click shows it large; Delete removes it."""

    removing = Signal()

    def __init__(self, name: str, image: QImage | None, unreadable: str):
        super().__init__()
        self._image, self._unreadable = image, unreadable
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self):
        return QSize(theme().px(_WIDE), theme().px(_HIGH))

    def keyPressEvent(self, event):
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removing.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event):
        look, painter = theme(), start(self)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        frame = QPainterPath()
        frame.addRoundedRect(area, 5, 5)
        painter.fillPath(frame, look.color("mist2"))
        if self._image is None:
            draw_text(painter, area.adjusted(6, 0, -6, 0), self._unreadable, font("smallest"), look.color("text2"))
        else:
            painter.save()
            painter.setClipPath(frame)
            size = self._image.size().scaled(area.size().toSize(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
            place = QRectF(0, 0, size.width(), size.height())
            place.moveCenter(area.center())
            painter.setRenderHint(painter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, self._image)
            painter.restore()
        painter.setPen(look.color("line2"))
        painter.drawPath(frame)
        if self.hasFocus():
            focus_ring(painter, area, 5)


class Pictures(QWidget):
    """The pictures of the technology in view."""

    def __init__(self, desk: Desk):
        super().__init__()
        self.desk, self.language = desk, desk.language
        self.id: str | None = None
        self._shown: list[dict[str, Any]] = []
        self.thumbnails: list[Thumbnail] = []
        say = desk.language.say
        self._help = Label(
            say("PNG or JPEG. A picture is made smaller before it is kept, without place and time of the camera."),
            "meta",
            "text3",
            wrap=True,
        )
        self._problem = Label("", "meta", "amber_ink", wrap=True)
        self._problem.hide()
        self.add_button = Button(say("Add a picture…"), "outline", "plus", small=True, on_click=self.choose)
        holder = QWidget()
        self._flow = FlowRow(holder, gap=8, row_gap=8)
        self._holder = holder
        box = column(holder, gap=6, parent=self)
        box.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeading)
        box.addWidget(self._problem)
        box.addWidget(self._help)

    def show_pictures(self, id: str | None) -> None:
        """Show the pictures of a technology; those that are there already are not decoded again."""
        found = self.desk.read(pictures, id) if id else []
        if id != self.id:
            self._problem.hide()
        before, self.id = [each["id"] for each in self._shown], id
        if [each["id"] for each in found] != before:
            self._build(found)
        self._shown = found
        self.add_button.setEnabled(len(found) < MOST)

    def _build(self, found: list[dict[str, Any]]) -> None:
        had_focus = any(each.hasFocus() for each in self.thumbnails)
        for old in self.thumbnails:
            self._flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        say, self.thumbnails = self.language.say, []
        for at, each in enumerate(found, 1):
            name = each["name"] or say("Picture {n}", n=at)
            made = Thumbnail(name, decoded(each["content"], 2 * theme().px(_WIDE)), say("Cannot be shown"))
            made.clicked.connect(lambda _checked=False, id=each["id"]: self.open(id))
            made.removing.connect(lambda id=each["id"]: self.remove(id))
            made.setAccessibleDescription(say("Enter shows it large, Delete removes it"))
            self.thumbnails.append(made)
            self._flow.addWidget(made)
            made.show()
        self._holder.setVisible(bool(found))
        if had_focus:
            (self.thumbnails[-1] if self.thumbnails else self.add_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self) -> None:
        """Ask for a picture file and keep it."""
        say = self.language.say
        path, _ = QFileDialog.getOpenFileName(self, say("Add a picture"), "", say("Pictures (*.png *.jpg *.jpeg)"))
        if path:
            self.add_file(Path(path))

    def add_file(self, path: Path) -> None:
        """Keep a picture file with the technology in view; a refusal stands below the button."""
        if self.id is None:
            return
        try:
            self.desk.do(add_picture, self.id, read_picture(path), path.name)
            self._problem.hide()
        except Refused as refused:
            self._problem.set_text(self.language.tell(refused.reason))
            self._problem.show()

    def remove(self, id: str) -> None:
        """Take a picture away, with undo."""
        before = self.desk.document.seq
        self.desk.attempt(remove_picture, id)
        if self.desk.document.seq != before:
            self.desk.notice(self.language.say("Picture removed"), undo=True)

    def open(self, id: str) -> None:
        """Show a picture as large as the window allows, with a way to remove it."""
        found = next((each for each in self._shown if each["id"] == id), None)
        if found is None:
            return
        say, window = self.language.say, self.window().size()
        image = decoded(found["content"], max(200, min(900, window.width() - 160)))
        large = _Large(image, window.height() - 260, say("Cannot be shown"))
        dialog = Dialog(
            found["name"] or say("Picture"), "", say("Remove picture"), say("Close"), body=large, parent=self
        )
        dialog.verb_button.set_kind("danger")
        dialog.verb_button.setDefault(False)
        dialog.safe_button.setDefault(True)
        dialog.safe_button.setFocus(Qt.FocusReason.TabFocusReason)
        dialog.setMaximumWidth(max(theme().px(560), large.sizeHint().width() + 60))
        wanted = bool(dialog.exec())
        dialog.deleteLater()
        if wanted:
            self.remove(id)


class _Large(QWidget):
    """A picture in a dialog."""

    def __init__(self, image: QImage | None, highest: int, unreadable: str):
        super().__init__()
        if image is not None and image.height() > max(120, highest):
            image = image.scaledToHeight(max(120, highest), Qt.TransformationMode.SmoothTransformation)
        self._image, self._unreadable = image, unreadable
        size = image.size() if image is not None else QSize(300, 60)
        self.setMinimumSize(size.boundedTo(QSize(theme().px(500), 4000)))
        self._size = size

    def sizeHint(self):
        return self._size

    def paintEvent(self, event):
        painter = start(self)
        if self._image is None:
            draw_text(painter, QRectF(self.rect()), self._unreadable, font("body"), theme().color("text2"))
            return
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio).boundedTo(self._image.size())
        place = QRectF(0, 0, size.width(), size.height())
        place.moveCenter(QRectF(self.rect()).center())
        painter.drawImage(place, self._image)
